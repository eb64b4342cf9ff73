"""The parts of a conduct document: acts, sources, effects by trait, episodes, envelopes.

An act carries three separate facts: harm to others, its status under the cited law, and the
right that protects it. Unknown keys are errors, and every number has a source id or stands in
its owner's ``assumed`` list.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from scoredsociety.conduct.tables import AMOUNT_CLASSES, CONTEXTS, EPISODE_BITS
from scoredsociety.document.shape import Misplaced
from scoredsociety.errors import did_you_mean
from scoredsociety.society.tables import TRAIT, TRAIT_HIGHEST

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,47}$")]
Title = Annotated[str, Field(min_length=1, max_length=160)]
Rate = Annotated[Decimal, Field(ge=0, le=60, max_digits=24)]  # a person-year
Share = Annotated[Decimal, Field(ge=0, le=1, max_digits=24)]
Multiplier = Annotated[Decimal, Field(ge=0, le=1000, max_digits=24)]
Scale9 = Annotated[int, Field(ge=0, le=9, strict=True)]
Domain = Literal["none", "general", "finance", "traffic", "speech", "conduct"]
Protection = Annotated[str, Field(pattern=r"^(none|(ICCPR|ICESCR) [0-9]{1,2})$")]
Legal = Literal["lawful", "offence", "contested"]
DataKind = Literal[
    "identity", "location", "friends", "health", "insurance", "messages", "finance", "gaming",
    "smart_home", "news", "shopping", "dating", "mobility", "court", "police", "traffic", "tax",
    "utilities", "education", "work", "family", "giving", "complaints", "posts", "neighbourhood",
    "land", "military", "platform", "market",
]  # fmt: skip

ACT_NUMBERS = ("rate", "false_rate", "effects", "amounts", "stays", "harm", "gravity")
SOURCE_NUMBERS = (
    "coverage", "effects", "missing", "late", "misattributed", "on_whom", "stale", "duplicated",
    "trust", "consent_share", "consent_effects",
)  # fmt: skip


class ConductError(Misplaced):
    """A conduct document whose parts do not fit together, with the place of each mistake."""


class ConductPart(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Exposure(ConductPart):
    """Only persons whose ``trait`` lies in ``low``..``high`` (inclusive) are exposed."""

    trait: str
    low: int = Field(default=0, ge=0, strict=True)
    high: int | None = Field(default=None, ge=0, strict=True)

    @model_validator(mode="after")
    def _known(self) -> Exposure:
        _check_trait(self.trait)
        highest = TRAIT_HIGHEST[self.trait]
        if self.low > highest or (self.high is not None and self.high < self.low):
            raise ValueError(f"{self.trait} runs from 0 to {highest}: low..high is empty")
        return self


class Effect(ConductPart):
    """Multipliers of a rate by trait value, in one of three forms.

    ``values`` from trait value 0 up (the last one holds above); ``low`` and ``high``, geometric
    between the lowest and the highest trait value; ``steps``, pairs (from trait value, multiplier).
    """

    trait: str
    values: tuple[Multiplier, ...] = ()
    low: Multiplier | None = None
    high: Multiplier | None = None
    steps: tuple[tuple[Annotated[int, Field(ge=0, strict=True)], Multiplier], ...] = ()

    @model_validator(mode="after")
    def _one_form(self) -> Effect:
        _check_trait(self.trait)
        geometric = self.low is not None or self.high is not None
        if [bool(self.values), geometric, bool(self.steps)].count(True) != 1:
            raise ValueError("give one of: values, low and high, steps")
        if geometric and not (self.low and self.high):
            raise ValueError("low and high are both needed, and above 0")
        if len(self.values) > TRAIT_HIGHEST[self.trait] + 1:
            raise ValueError(f"{self.trait} has {TRAIT_HIGHEST[self.trait] + 1} values at most")
        if list(self.steps) != sorted(self.steps):
            raise ValueError("steps must rise")
        return self


class Amount(ConductPart):
    """One class of an act's amount: its value in the act's unit, and its share of the acts."""

    value: int = Field(ge=0, le=10**9, strict=True)
    share: Share


class Episode(ConductPart):
    """A state that the act opens: it stays from month to month with probability ``stays``."""

    bit: int = Field(ge=0, lt=EPISODE_BITS, strict=True)
    stays: Share
    repeats: bool = False
    ends_with: Identifier | None = None


class Act(ConductPart):
    """A kind of thing that people do. ``rate`` is per person-year among those exposed."""

    id: Identifier
    title: Title
    context: Literal[CONTEXTS]  # type: ignore[valid-type]
    envelope: Identifier
    rate: Rate
    frailty: Domain = "none"
    exposure: tuple[Exposure, ...] = ()
    effects: tuple[Effect, ...] = ()
    unit: str = "times"
    amounts: tuple[Amount, ...] = Field(default=(), max_length=AMOUNT_CLASSES)
    harm: Scale9
    legal: Legal
    protection: Protection = "none"
    gravity: Scale9
    episode: Episode | None = None
    false_rate: Rate = Decimal(0)
    seen_by: tuple[Identifier, ...] = ()
    source: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _sourced(self) -> Act:
        stated = {"harm", "gravity"}
        stated |= {"rate"} if self.rate else set()
        stated |= {"false_rate"} if self.false_rate else set()
        stated |= {"effects"} if self.effects else set()
        stated |= {"amounts"} if self.amounts else set()
        stated |= {"stays"} if self.episode else set()
        _check_sources(stated, self.source, self.assumed, ACT_NUMBERS)
        if self.amounts and sum(one.share for one in self.amounts) != 1:
            raise ValueError("the shares of the amounts must add up to 1")
        return self


class OnWhom(ConductPart):
    """On whom a misattributed record lands: shares that add up to 1."""

    community: Share = Decimal(0)  # anybody of the same community
    homonym: Share = Decimal(0)  # somebody of a like name there
    household: Share = Decimal(0)  # a member of the household
    device: Share = Decimal(0)  # a member of the household or a friend near by

    @model_validator(mode="after")
    def _whole(self) -> OnWhom:
        if self.community + self.homonym + self.household + self.device != 1:
            raise ValueError("the shares of community, homonym, household, device must add up to 1")
        return self


ON_ANYBODY = OnWhom(community=Decimal(1))


class Source(ConductPart):
    """Who observes acts: coverage, and the kinds of error of its records."""

    id: Identifier
    title: Title
    kind: DataKind
    operator: Literal["state", "private", "community"]
    coverage: Share
    effects: tuple[Effect, ...] = ()
    missing: Share = Decimal(0)
    late: tuple[Share, Share, Share] = (Decimal(0), Decimal(0), Decimal(0))
    misattributed: Share = Decimal(0)
    on_whom: OnWhom = ON_ANYBODY
    stale: Share = Decimal(0)  # of payments and promises kept: not filed, so the record stays
    duplicated: Share = Decimal(0)  # of records: filed a second time, in a later month
    by_hand: bool = False  # a person enters its records, who may have discretion
    trust: Share = Decimal(1)
    consent: bool = False
    consent_share: Share = Decimal(1)
    consent_effects: tuple[Effect, ...] = ()
    source: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _sourced(self) -> Source:
        stated = {"coverage"}
        told = ("missing", "misattributed", "effects", "stale", "duplicated")
        stated |= {name for name in told if getattr(self, name)}
        stated |= {"on_whom"} if self.on_whom != ON_ANYBODY else set()
        stated |= {"late"} if any(self.late) else set()
        stated |= {"trust"} if self.trust != 1 else set()
        stated |= {"consent_share"} if self.consent_share != 1 else set()
        stated |= {"consent_effects"} if self.consent_effects else set()
        if not self.consent and stated & {"consent_share", "consent_effects"}:
            raise ValueError("consent_share and consent_effects belong to consent = true")
        _check_sources(stated, self.source, self.assumed, SOURCE_NUMBERS)
        if sum(self.late) > 1:
            raise ValueError("late: the shares 1, 2 and 3 months late add up to more than 1")
        return self


class Envelope(ConductPart):
    """Candidate acts: a number that no scheme, patch or response changes."""

    id: Identifier
    title: Title
    candidates_a_year: Annotated[Decimal, Field(gt=0, le=24)]
    scale: Literal["frailty", "flat"]
    assumed: tuple[str, ...] = ()


class Frailty(ConductPart):
    """Shares of persons by general frailty class 0 to 15, to which rates are normed."""

    shares: tuple[Share, ...] = Field(min_length=16, max_length=16)
    classes_per_doubling: int = Field(ge=1, le=8, strict=True)
    steps: tuple[Share, ...] = Field(min_length=1, max_length=9)  # shares of domain less general
    source: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Frailty:
        if sum(self.shares) != 1 or sum(self.steps) != 1:
            raise ValueError("shares and steps must each add up to 1")
        if len(self.steps) % 2 == 0:
            raise ValueError("steps run from -n to n classes: an odd number of shares")
        return self

    @property
    def reach(self) -> int:
        """Classes by which the frailty of a domain may lie off the general one."""
        return len(self.steps) // 2


class Errors(ConductPart):
    """How errors are spread over people: ``clustering`` 0 is evenly.

    A person's errors are multiplied by X = (1 + clustering) B with B ~ Beta(1 / clustering, 1), so
    with a chance of error p a record the number of errors is beta-binomial with mean p.
    """

    clustering: Annotated[Decimal, Field(ge=0, le=30, max_digits=8)] = Decimal(0)
    source: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _sourced(self) -> Errors:
        stated = {"clustering"} if self.clustering else set()
        _check_sources(stated, self.source, self.assumed, ("clustering",))
        return self


class BetweenPlaces(ConductPart):
    """How far communities differ beyond who lives there: standard deviations in logits."""

    acts: Annotated[Decimal, Field(ge=0, le=1, max_digits=8)] = Decimal(0)
    collectors: Annotated[Decimal, Field(ge=0, le=1, max_digits=8)] = Decimal(0)
    source: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _sourced(self) -> BetweenPlaces:
        stated = {name for name in ("acts", "collectors") if getattr(self, name)}
        _check_sources(stated, self.source, self.assumed, ("acts", "collectors"))
        return self


class Places(ConductPart):
    """Cells of one act in its envelope: ``true`` and ``false`` are (first, count)."""

    envelope: Identifier
    first: int = Field(ge=0, lt=4096)
    count: int = Field(ge=1, le=4096)


def _check_trait(name: str) -> None:
    if name not in TRAIT:
        raise ValueError(f"no trait {name!r}.{did_you_mean(name, TRAIT)}")


def _check_sources(
    stated: set[str], source: tuple[str, ...], assumed: tuple[str, ...], known: tuple[str, ...]
) -> None:
    strange = [name for name in assumed if name not in known]
    if strange:
        raise ValueError(f"assumed: no number {strange[0]!r}; there are {', '.join(known)}")
    bare = sorted(stated - set(assumed))
    if bare and not source:
        raise ValueError(f"{', '.join(bare)}: give a source, or list it in assumed")
