"""The tables of a recipe: each names its source, or lists its numbers as assumed."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Share = Annotated[float, Field(ge=0, le=1)]
Shares8 = Annotated[list[Share], Field(min_length=8, max_length=8)]
Fifths = Annotated[list[Share], Field(min_length=5, max_length=5)]
_META = {"source", "assumed", "note"}


class Sourced(BaseModel):
    """A table of a recipe: its numbers have a source, or are named as assumed."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    source: str = ""
    assumed: list[str] = []
    note: str = ""

    @model_validator(mode="after")
    def says_where_from(self) -> Self:
        fields = set(type(self).model_fields) - _META
        unknown = [name for name in self.assumed if name not in fields]
        if unknown:
            raise ValueError(f"assumed names {unknown[0]!r}, which is no key of this table")
        if not self.source and not self.assumed:
            raise ValueError("give source = 'O-D2' or list the numbers in assumed = [...]")
        return self


class SocietyHead(Sourced):
    """What the society is."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{1,40}$")
    title: str
    about: str
    year: int = Field(ge=1900, le=2100)
    base: str = ""  # a catalogue recipe whose tables hold where this one gives none
    place: str = "China"
    community_size: int = 2048

    @model_validator(mode="after")
    def is_a_power_of_two(self) -> Self:
        size = self.community_size
        if not 64 <= size <= 2048 or size & (size - 1):
            raise ValueError(f"community_size must be 64, 128, ... or 2048, not {size}")
        return self


class RegionOf(Sourced):
    """A region: people of the whole society that it stands for, urban share, income factor."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,40}$")
    title: str
    people: int = Field(ge=1000, le=10**10)
    urban: Share
    income: float = Field(1.0, gt=0.05, lt=20)


class HouseholdSizes(Sourced):
    """Shares of households with 1 to 10 persons."""

    urban: Annotated[list[Share], Field(min_length=10, max_length=10)]
    rural: Annotated[list[Share], Field(min_length=10, max_length=10)]


class Structure(BaseModel):
    """A composition of households of one size, with its share among them."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    size: int = Field(ge=1, le=10)
    spouse: int = Field(0, ge=0, le=1)
    children: int = Field(0, ge=0, le=9)
    parents: int = Field(0, ge=0, le=2)
    others: int = Field(0, ge=0, le=9)
    urban: Share
    rural: Share
    head: str

    @model_validator(mode="after")
    def adds_up(self) -> Self:
        if 1 + self.spouse + self.children + self.parents + self.others != self.size:
            raise ValueError(f"a household of {self.size} must have {self.size} members")
        return self


class Kin(Sourced):
    """Compositions, ages of heads (deciles, years) and gaps between generations (quantiles).

    ``elsewhere``: shares of parents with 0, 1 and 2 grown children in other households of the
    community; ``fits``: years by which such a child's age may differ from what the parents' says.
    """

    head_ages: dict[str, list[float]]
    birth: list[float]
    spouse_gap: list[float]
    parent_gap: list[float]
    male: Annotated[list[Share], Field(min_length=4, max_length=4)]
    structure: list[Structure]
    elsewhere: Annotated[list[Share], Field(min_length=3, max_length=3)] = [0.2, 0.35, 0.45]
    fits: int = Field(2, ge=0, le=5)


class Income(Sourced):
    """Yuan a year per head: quantiles at the percents ``at``, urban and rural."""

    at: list[float]
    urban: list[float]
    rural: list[float]
    currency: str = "yuan"


class Schooling(Sourced):
    """Shares of none, primary, junior, senior secondary, college by cohort (five age bands)."""

    urban: list[Fifths]
    rural: list[Fifths]
    like: Share
    hukou: Annotated[list[Share], Field(min_length=2, max_length=2)]


class Work(Sourced):
    """Shares of the eight kinds of work by four age bands, low and high schooling."""

    urban: list[Shares8]
    rural: list[Shares8]
    firm: Shares8
    party: Annotated[list[Share], Field(min_length=4, max_length=4)]


class Online(Sourced):
    """Internet by seven age bands; accounts by income fifth; mobile payment and real names."""

    internet_urban: Annotated[list[Share], Field(min_length=7, max_length=7)]
    internet_rural: Annotated[list[Share], Field(min_length=7, max_length=7)]
    like: Share
    account_age: int
    account_urban: Fifths
    account_rural: Fifths
    mobile: Share
    real_name: Share


class Credit(Sourced):
    """Credit files among adults with an account; loans among those with a file."""

    file_urban: Fifths
    file_rural: Fifths
    file_years: list[float]
    loan: Fifths
    debt_without_loan: Shares8
    debt_with_loan: Shares8
    savings: list[Shares8]


class Habits(Sourced):
    """Driving by urban, sex and age; game hours by sex and age; dispositions; frailty."""

    drives_urban: list[list[Share]]
    drives_rural: list[list[Share]]
    games_male: list[list[float]]
    games_female: list[list[float]]
    disposition: Shares8
    opinion: Shares8
    frailty: Annotated[list[Share], Field(min_length=16, max_length=16)]
    domain_step: Fifths


class Tie(Sourced):
    """A kind of tie: its slots, the chance that a slot is open, and how likeness lowers it.

    ``layer`` is what rules on ties call it. Ties of the layers work, school and online are only
    of those who both are in work, at school, online; ``far`` friends live anywhere.
    """

    kind: str
    layer: Literal["neighbours", "kin", "work", "school", "friends", "online"]
    far: bool = False
    slots: int = Field(ge=1, le=32)
    close: int = Field(0, ge=0, le=32)
    open: float = Field(gt=0, le=0.9)
    age: Annotated[list[Share], Field(min_length=5, max_length=5)]
    urban_unlike: Share = 1.0
    schooling: Annotated[list[Share], Field(min_length=4, max_length=4)]
    income: Annotated[list[Share], Field(min_length=5, max_length=5)]
    closes_yearly: Share
    needs_internet: bool = False

    @model_validator(mode="after")
    def has_slots_for_its_layer(self) -> Self:
        most = {"kin": 6, "work": 15, "school": 15}.get(self.layer, 32)
        if self.slots > most:
            raise ValueError(f"the layer {self.layer} has at most {most} slots, not {self.slots}")
        if self.far and self.layer != "friends":
            raise ValueError("far = true is for friends; online ties are far, all others near")
        return self

    @model_validator(mode="after")
    def stays_at_its_share(self) -> Self:
        if self.open * (1 + self.closes_yearly) > 1:
            raise ValueError(
                f"open = {self.open:g} cannot last where {self.closes_yearly:g} of the ties close "
                f"in a year; at most {1 / (1 + self.closes_yearly):.2f} of like pairs can be tied"
            )
        return self
