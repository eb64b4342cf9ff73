"""The conduct document: acts, the sources that observe them, and the candidate envelopes.

An act is a kind of thing that people do; it carries three separate facts (harm, legal status,
the right that protects it). A source is who observes acts and how wrongly. Every number of the
document has a source id or stands in its owner's ``assumed`` list; unknown keys are errors.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from scoredsociety.conduct.tables import AMOUNT_CLASSES, CONTEXTS, EPISODE_BITS, ConductTables
from scoredsociety.errors import UserError, did_you_mean
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
SOURCE_NUMBERS = ("coverage", "effects", "missing", "late", "misattributed", "trust")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Exposure(_Part):
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


class Effect(_Part):
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


class Amount(_Part):
    """One class of an act's amount: its value in the act's unit, and its share of the acts."""

    value: int = Field(ge=0, le=10**9, strict=True)
    share: Share


class Episode(_Part):
    """A state that the act opens: it stays from month to month with probability ``stays``."""

    bit: int = Field(ge=0, lt=EPISODE_BITS, strict=True)
    stays: Share
    repeats: bool = False
    ends_with: Identifier | None = None


class Act(_Part):
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


class Source(_Part):
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
    trust: Share = Decimal(1)
    consent: bool = False
    source: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _sourced(self) -> Source:
        stated = {"coverage"}
        stated |= {name for name in ("missing", "misattributed", "effects") if getattr(self, name)}
        stated |= {"late"} if any(self.late) else set()
        stated |= {"trust"} if self.trust != 1 else set()
        _check_sources(stated, self.source, self.assumed, SOURCE_NUMBERS)
        if sum(self.late) > 1:
            raise ValueError("late: the shares 1, 2 and 3 months late add up to more than 1")
        return self


class Envelope(_Part):
    """Candidate acts: a number that no scheme, patch or response changes."""

    id: Identifier
    title: Title
    candidates_a_year: Annotated[Decimal, Field(gt=0, le=24)]
    scale: Literal["frailty", "flat"]
    assumed: tuple[str, ...] = ()


class Frailty(_Part):
    """Shares of persons by general frailty class 0 to 15, to which rates are normed."""

    shares: tuple[Share, ...] = Field(min_length=16, max_length=16)
    classes_per_doubling: int = Field(ge=1, le=8, strict=True)
    reach: int = Field(ge=0, le=4, strict=True)  # classes that a domain may lie off the general
    source: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Frailty:
        if sum(self.shares) != 1:
            raise ValueError("the shares of the frailty classes must add up to 1")
        return self


class Places(_Part):
    """Cells of one act in its envelope: ``true`` and ``false`` are (first, count)."""

    envelope: Identifier
    first: int = Field(ge=0, lt=4096)
    count: int = Field(ge=1, le=4096)


class Conduct(_Part):
    """A conduct document. ``allotment`` is filled when the document is first read.

    A patched document keeps the allotment of its base, so that removing an act leaves its
    cells empty and a changed rate changes no candidate.
    """

    id: Identifier
    title: Title
    headroom: Annotated[Decimal, Field(ge=1, le=10)]  # by how much a patch may raise a rate
    reserve: Annotated[Decimal, Field(ge=0, le=Decimal("0.9"))]  # share of cells kept empty
    false_envelope: Identifier
    frailty: Frailty
    envelope: tuple[Envelope, ...] = Field(min_length=1, max_length=8)
    source: tuple[Source, ...] = Field(min_length=1, max_length=62)
    act: tuple[Act, ...] = Field(min_length=1, max_length=1024)
    allotment: dict[str, Places] = Field(default_factory=dict)
    assumed: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Conduct:
        _check_unique("act", self.act_ids)
        _check_unique("source", self.source_ids)
        _check_unique("envelope", [one.id for one in self.envelope])
        envelopes = {one.id for one in self.envelope}
        if self.false_envelope not in envelopes:
            raise ValueError(f"false_envelope: no envelope {self.false_envelope!r}")
        _check_references(self, envelopes)
        if not self.allotment:
            from scoredsociety.conduct.envelopes import allot  # the compiler reads this model

            self.allotment.update(allot(self))
        return self

    @property
    def act_ids(self) -> list[str]:
        """Ids of the acts in table order."""
        return [one.id for one in self.act]

    @property
    def source_ids(self) -> list[str]:
        """Ids of the sources in table order; a source's place is its bit in a mask of sources."""
        return [one.id for one in self.source]

    def compile(self) -> ConductTables:
        """The integer tables of this document; ConductError where an act would not fit."""
        from scoredsociety.conduct.acts import compile_conduct  # the compiler reads this model

        return compile_conduct(self)


class ConductError(UserError):
    """A conduct document that cannot be used; the message says which file, entry and key."""


def load_conduct(name_or_path: str | Path) -> Conduct:
    """The conduct document of the catalogue with this name, or of a TOML file."""
    text, where = _read(name_or_path)
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise ConductError(f"{where}: not valid TOML: {error}") from None
    return conduct_of(raw, where)


def conduct_of(raw: object, where: str) -> Conduct:
    """A checked document from parsed TOML; ConductError lists every problem, one a line."""
    from pydantic import ValidationError

    try:
        return Conduct.model_validate(raw)
    except ValidationError as error:
        lines = [f"{where}: {_place(raw, one['loc'])}: {one['msg']}" for one in error.errors()]
        raise ConductError("\n".join(lines)) from None


def catalogue() -> list[str]:
    """Names of the conduct documents that the package ships."""
    folder = files("scoredsociety.conduct") / "catalogue"
    return sorted(item.name[:-5] for item in folder.iterdir() if item.name.endswith(".toml"))


def _read(name_or_path: str | Path) -> tuple[str, str]:
    name = str(name_or_path)
    if name in catalogue():
        item = files("scoredsociety.conduct") / "catalogue" / f"{name}.toml"
        return item.read_text(encoding="utf-8"), f"{name}.toml"
    path = Path(name_or_path)
    try:
        return path.read_text(encoding="utf-8"), str(path)
    except UnicodeDecodeError:
        raise ConductError(f"{path}: not UTF-8 text") from None
    except OSError as error:
        known = ", ".join(catalogue())
        reason = error.strerror or "cannot be read"
        raise ConductError(f"{path}: {reason}; the catalogue has {known}") from None


def _place(raw: object, loc: Iterable[int | str]) -> str:
    """``act parking_ticket: rate`` for a place in the parsed document."""
    words: list[str] = []
    here = raw
    for step in loc:
        try:
            here = here[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            here = None
        if isinstance(step, int) and isinstance(here, dict) and isinstance(here.get("id"), str):
            words.append(here["id"])
        else:
            words.append(str(step))
    return " ".join(words) or "document"


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


def _check_unique(what: str, ids: list[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise ValueError(f"{what} {one!r} occurs twice")
        seen.add(one)


def _check_references(conduct: Conduct, envelopes: set[str]) -> None:
    acts, sources = set(conduct.act_ids), set(conduct.source_ids)
    bits: dict[int, str] = {}
    for act in conduct.act:
        if act.envelope not in envelopes:
            raise ValueError(f"act {act.id}: no envelope {act.envelope!r}")
        for name in act.seen_by:
            if name not in sources:
                hint = did_you_mean(name, sources)
                raise ValueError(f"act {act.id}: seen_by: no source {name!r}.{hint}")
        if act.episode is None:
            continue
        if act.episode.bit in bits:
            other = bits[act.episode.bit]
            raise ValueError(f"act {act.id}: episode bit {act.episode.bit} is that of {other}")
        bits[act.episode.bit] = act.id
        ends = act.episode.ends_with
        if ends and ends not in acts:
            hint = did_you_mean(ends, acts)
            raise ValueError(f"act {act.id}: ends_with: no act {ends!r}.{hint}")
