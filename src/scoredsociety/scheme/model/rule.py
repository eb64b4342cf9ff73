"""[[rule]] as a document: what an act, a list, a grade, an attribute or ties do to a score."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from scoredsociety.scheme.model.status import Status
from scoredsociety.scheme.model.values import (
    ONE_OR_MORE,
    Amount,
    Grade,
    Id,
    Millionths,
    Month,
    Months,
    Number,
    Points,
    SchemePart,
    Share,
    Sources,
    Text,
    as_list,
)  # fmt: skip

Layer = Literal["neighbours", "kin", "work", "school", "friends", "online"]
EVERY_LAYER: tuple[Layer, ...] = ("neighbours", "kin", "work", "school", "friends", "online")
Level = Literal["county", "prefecture", "province", "nation"]
Person = Literal["head_of_household", "spouse", "parents", "children", "household",
                 "leaders", "fellow_leaders"]  # fmt: skip
Within = Literal["society", "region", "community"]
LEADERS = 5  # of a community (assumed, 1 to 16)
Acts = Annotated[
    list[str], BeforeValidator(as_list), Field(min_length=1, max_length=20),
    WithJsonSchema(ONE_OR_MORE),
]  # fmt: skip
Whole = Annotated[int, Field(ge=0, le=255)]


class TraitRange(SchemePart):
    """A trait with the values for which something holds (both ends included)."""

    trait: str
    from_: Whole | None = Field(None, alias="from")
    to: Whole | None = None


class Step(SchemePart):
    """From this trait value up, these points (or this value from 0 to 1)."""

    from_: Whole = Field(0, alias="from")
    points: Points | None = None
    value: Share | None = None


class Missing(SchemePart):
    """What counts where ``unless`` (a trait such as account or internet) is 0: nothing is seen."""

    unless: str
    value: Share | None = None
    points: Points | None = None


class Span(SchemePart):
    """Amounts for which a rule holds, both ends included."""

    from_: Amount = Field(Decimal(0), alias="from")
    to: Amount | None = None


class Bracket(SchemePart):
    """From this amount up, these points in all (not on top of the bracket below)."""

    from_: Amount = Field(alias="from")
    points: Points


class Slice(SchemePart):
    """Up to this amount in all: so many points for every ``per`` of it."""

    to: Amount
    per: Annotated[Amount, Field(gt=0)]
    points: Points


class Residue(SchemePart):
    """What is left of a record once it has been corrected, or its list or grade was left."""

    points: Points | None = None
    grade: Grade | None = None
    list_: Id | None = Field(None, alias="list")
    memory_months: Months | None = None


class Spill(SchemePart):
    """What is booked to somebody else: of the family, a leader of the community, a tie."""

    to: Literal[Person, Layer]
    leaders: Annotated[int, Field(ge=1, le=16)] | None = None
    points: Points | None = None
    grade: Grade | None = None
    memory_months: Months | None = None


class OnGrade(SchemePart):
    """A grade that a scheme has published: exactly this one, this or lower, this or higher."""

    scheme: Id
    grade: Grade | None = None
    at_most: Grade | None = None
    at_least: Grade | None = None

    @model_validator(mode="after")
    def _a_grade(self) -> OnGrade:
        if self.grade is None and self.at_most is None and self.at_least is None:
            raise ValueError('say which: grade = "C", at_most = "C", or at_least = "C"')
        if self.grade is not None and (self.at_most or self.at_least):
            raise ValueError("grade is one grade; at_most and at_least go without it")
        return self


class OnRating(SchemePart):
    """So many stars from somebody whom one meets."""

    rating: Id
    stars: Annotated[int, Field(ge=1, le=5)]


class OnPeers(SchemePart):
    """Ties whose latest violation is at least this grave."""

    gravity_from: Annotated[int, Field(ge=1, le=9)]
    most_ties: Annotated[int, Field(ge=1, le=200)] = 200
    layers: Annotated[list[Layer], Field(min_length=1)] = list(EVERY_LAYER)


class OnOthers(SchemePart):
    """A record of somebody else: another leader, anybody whom one leads, a tie."""

    by: Literal["fellow_leaders", "residents", Layer]
    what: Literal["deduction", "grade", "offence", "award"] = "offence"
    leaders: Annotated[int, Field(ge=1, le=16)] | None = None


class OnRank(SchemePart):
    """The best or the worst by rank, of the scores published last month."""

    best: Annotated[int, Field(ge=1, le=1_400_000_000)] | None = None
    worst: Annotated[int, Field(ge=1, le=1_400_000_000)] | None = None
    best_share: Millionths | None = None
    worst_share: Millionths | None = None
    within: Within = "society"
    edge: Literal["in", "out"] = "out"
    yearly_in: Annotated[int, Field(ge=1, le=12)] | None = None

    @model_validator(mode="after")
    def _one_size(self) -> OnRank:
        given = [key for key in SIZES if getattr(self, key) is not None]
        if len(given) != 1:
            raise ValueError(f"a rank has one of {', '.join(SIZES)}; here {len(given)}")
        return self


SIZES = ("best", "worst", "best_share", "worst_share")


class Dated(SchemePart):
    """A value of the rule from a month on."""

    from_: Month = Field(alias="from")
    points: Points
    source: Sources = []


class Rule(SchemePart):
    """[[rule]]: what an act, a list, a grade, an attribute or ties do to a score."""

    id: Id
    title: Text | None = None
    on: Acts | None = None
    on_list: Id | None = None
    on_grade: OnGrade | None = None
    on_peers: OnPeers | None = None
    on_rating: OnRating | None = None
    on_others: OnOthers | None = None
    on_rank: OnRank | None = None
    from_attribute: str | None = None
    table: Annotated[list[Step], Field(min_length=1, max_length=256)] | None = None
    missing: Missing | None = None
    points: Points | None = None
    shift: Annotated[Number, Field(ge=-1, le=1)] | None = None
    feeds: Id | None = None
    per_amount: bool = False
    brackets: Annotated[list[Bracket], Field(min_length=1, max_length=200)] | None = None
    slices: Annotated[list[Slice], Field(min_length=1, max_length=50)] | None = None
    bracket_of: Literal["record", "year"] = "record"
    yearly_cap: Points | None = None
    cap: Id | None = None
    repeat: Literal["once", "double"] | None = None
    heaviest_of: Id | None = None
    grade: Grade | None = None
    list_: Id | None = Field(None, alias="list")
    memory_months: Months | None = None
    stays: bool = False
    level: Level | None = None
    suspended: bool | None = None
    corrected_by: str | None = None
    residue: Residue | None = None
    spill: Spill | None = None
    amount: Span | None = None
    if_: TraitRange | None = Field(None, alias="if")
    reads: list[str] | None = None
    gravity: Annotated[int, Field(ge=0, le=9)] | None = None
    context: str | None = None
    from_: Month | None = Field(None, alias="from")
    until: Month | None = None
    dated: Annotated[list[Dated], Field(max_length=100)] = []
    source: Sources = []
    status: Status = "assumed"
    assumed: list[str] = []
    note: Text | None = None

    @model_validator(mode="after")
    def _cited_or_assumed(self) -> Rule:
        if not self.source and self.status != "assumed":
            raise ValueError('a rule without a source has status = "assumed"')
        return self
