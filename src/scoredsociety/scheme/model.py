"""A scheme as a document: scale, dynamics, rules, grades, lists, categories, consequences.

One class per table of the file. What a key means in a month is told in docs/writing-a-scheme.md;
what it becomes for the engine in compile.py.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from scoredsociety.scheme.values import (
    Amount, Cited, Grade, Id, Month, Months, Number, Part, Points, Share, Sources, Status, Text,
    listed,
)  # fmt: skip

Layer = Literal["neighbours", "friends", "far"]
Level = Literal["county", "prefecture", "province", "nation"]
Person = Literal["head_of_household", "spouse", "parents", "children", "household"]
Acts = Annotated[list[str], BeforeValidator(listed), Field(min_length=1, max_length=20)]
Whole = Annotated[int, Field(ge=0, le=255)]


class TraitRange(Part):
    """A trait with the values for which something holds (both ends included)."""

    trait: str
    from_: Whole | None = Field(None, alias="from")
    to: Whole | None = None


class Head(Part):
    """[scheme]: what it is, whose it is, whom it scores."""

    id: Id
    title: Text
    place: Text | None = None
    period: Text | None = None
    operator: Text | None = None
    about: Annotated[str, Field(max_length=4000)] | None = None
    mechanism: Text | None = None
    subjects: Literal["persons"] = "persons"
    participation: Literal["mandatory", "opt_in"] = "mandatory"
    opt_in_share: Share | None = None
    min_age: Annotated[int, Field(ge=0, le=100)] = 0
    subject: TraitRange | None = None
    region: Annotated[int, Field(ge=0, le=1023)] | None = None
    visibility: Literal["private", "shown_by_choice", "operator", "public"] = "private"
    reads: list[str] | None = None
    source: Sources = []
    status: Status = "assumed"
    assumed: list[str] = []


class Score(Part):
    """[score]: the scale."""

    kind: Literal["points", "weighted", "none"]
    start: Points | None = None
    low: Points | None = None
    high: Points | None = None
    round_to: Points | None = None
    published_every: Annotated[int, Field(ge=1, le=120)] = 1
    yearly_start: bool = False


class Bound(Part):
    """One step of expiry by severity: deductions up to ``up_to`` points last ``months``."""

    up_to: Points | None = None
    months: Months


class Memory(Part):
    """[dynamics.memory]: how long records of rules without a memory of their own count."""

    deduction: Annotated[list[Bound], Field(min_length=1, max_length=20)] | None = None
    award: Months | None = None
    award_by_level: dict[Level, Months] = {}
    grade: dict[Grade, Months] = {}


class Dynamics(Part):
    """[dynamics]: what holds for all rules of the scheme unless a rule says otherwise."""

    repeat: Literal["once", "double"] = "once"
    one_act: Literal["every_rule", "heaviest"] = "every_rule"
    awards_suspended: bool = False
    memory: Memory = Memory()
    source: Sources = []
    assumed: list[str] = []


class GradeBand(Part):
    """[[grade]]: a name for scores from here up; ``from`` is left out for the lowest."""

    id: Grade
    title: Text | None = None
    from_: Points | None = Field(None, alias="from")
    source: Sources = []
    status: Status | None = None


class ListOf(Part):
    """[[list]]: a list that rules place people on."""

    id: Id
    title: Text
    source: Sources = []
    status: Status = "assumed"


class Cap(Part):
    """[[cap]]: the most (or, negative, the least) that its rules bring in a calendar year."""

    id: Id
    year: Points
    source: Sources = []


class Category(Part):
    """[[category]]: a weighted part of the scale; its components share its weight."""

    id: Id
    title: Text
    weight: Share
    source: Sources = []
    status: Status = "assumed"
    assumed: list[str] = []


class Step(Part):
    """From this trait value up, these points (or this value from 0 to 1)."""

    from_: Whole = Field(0, alias="from")
    points: Points | None = None
    value: Share | None = None


class Missing(Part):
    """What counts where ``unless`` (a trait such as account or internet) is 0: nothing is seen."""

    unless: str
    value: Share | None = None
    points: Points | None = None


class Component(Part):
    """[[component]]: an input of a category, a value from 0 to 1."""

    id: Id
    title: Text | None = None
    category: Id
    share: Share = Decimal(1)
    kind: Literal["history", "attribute", "records", "peers", "constant"]
    prior_good: Annotated[Number, Field(ge=0, le=10000)] | None = None
    prior_all: Annotated[Number, Field(ge=0, le=10000)] | None = None
    window_months: Annotated[int, Field(ge=1, le=720)] | None = None
    trait: str | None = None
    table: Annotated[list[Step], Field(min_length=1, max_length=256)] | None = None
    missing: Missing | None = None
    value: Share | None = None
    of: Literal["score", "own_part"] = "score"
    none: Literal["zero", "own", "neutral"] = "zero"
    down_only: bool = False
    layers: Annotated[list[Layer], Field(min_length=1)] = ["neighbours", "friends", "far"]
    source: Sources = []
    status: Status = "assumed"
    assumed: list[str] = []


class Span(Part):
    """Amounts for which a rule holds, both ends included."""

    from_: Amount = Field(Decimal(0), alias="from")
    to: Amount | None = None


class Bracket(Part):
    """From this amount up, these points in all (not on top of the bracket below)."""

    from_: Amount = Field(alias="from")
    points: Points


class Slice(Part):
    """Up to this amount in all: so many points for every ``per`` of it."""

    to: Amount
    per: Annotated[Amount, Field(gt=0)]
    points: Points


class Residue(Part):
    """What is left of a record once it has been corrected."""

    points: Points | None = None
    grade: Grade | None = None
    memory_months: Months | None = None


class Spill(Part):
    """What is booked to somebody else of the family."""

    to: Person
    points: Points | None = None
    grade: Grade | None = None
    memory_months: Months | None = None


class OnGrade(Part):
    """A grade that another scheme has published."""

    scheme: Id
    at_most: Grade


class OnPeers(Part):
    """Ties whose latest violation is at least this grave."""

    gravity_from: Annotated[int, Field(ge=1, le=9)]
    most_ties: Annotated[int, Field(ge=1, le=200)] = 200
    layers: Annotated[list[Layer], Field(min_length=1)] = ["neighbours", "friends", "far"]


class Dated(Part):
    """A value of the rule from a month on."""

    from_: Month = Field(alias="from")
    points: Points
    source: Sources = []


class Rule(Part):
    """[[rule]]: what an act, a list, a grade, an attribute or ties do to a score."""

    id: Id
    title: Text | None = None
    on: Acts | None = None
    on_list: Id | None = None
    on_grade: OnGrade | None = None
    on_peers: OnPeers | None = None
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


class When(Part):
    """When a consequence holds; all that is given must hold."""

    grade_at_most: Grade | None = None
    grade_at_least: Grade | None = None
    list_: Id | None = Field(None, alias="list")
    score_at_least: Points | None = None
    score_below: Points | None = None


class Consequence(Part):
    """[[consequence]]: a restriction (``denies``) or a reward (``grants``)."""

    id: Id
    title: Text | None = None
    when: When
    denies: Id | None = None
    grants: Id | None = None
    context: str
    severity: Annotated[int, Field(ge=0, le=9)] = 3
    right: Text | None = None
    source: Sources = []
    status: Status = "assumed"
    assumed: list[str] = []
    note: Text | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Consequence:
        if (self.denies is None) == (self.grants is None):
            raise ValueError("a consequence either denies or grants something")
        if not self.source and self.status != "assumed":
            raise ValueError('a consequence without a source has status = "assumed"')
        return self


class ExampleRecord(Part):
    """One record of a worked example; ``month`` counts from 0."""

    act: str
    month: Annotated[int, Field(ge=0, le=600)] = 0
    amount: Amount | None = None
    count: Annotated[int, Field(ge=1, le=20)] = 1
    on: Literal["self", "spouse", "child", "parent"] = "self"


class Expect(Part):
    """What the rules say of the example."""

    grade: Grade | None = None
    score: Points | None = None
    score_at_most: Points | None = None
    score_at_least: Points | None = None
    list_: Id | None = Field(None, alias="list")
    not_list: Id | None = None


class Example(Part):
    """[[example]]: a published case, or one that follows from the text, held by a test."""

    name: Text
    records: list[ExampleRecord] = Field([], max_length=20)
    attributes: dict[str, Whole] = {}
    lists: list[Id] = []
    peers_score: Points | None = None
    after_months: Annotated[int, Field(ge=0, le=600)] = 0
    expect: Expect
    rules: list[Id] = []
    source: Sources = []

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, data: object) -> object:
        if isinstance(data, dict) and isinstance(data.get("records"), dict):
            counted = [{"act": act, "count": n} for act, n in data["records"].items()]
            return {**data, "records": counted}
        return data


class Scheme(Part):
    """A rule book as a document."""

    scheme: Head
    score: Score
    dynamics: Dynamics = Dynamics()
    grade: Annotated[list[GradeBand], Field(max_length=15)] = []
    list_: Annotated[list[ListOf], Field(max_length=8)] = Field([], alias="list")
    cap: Annotated[list[Cap], Field(max_length=100)] = []
    category: Annotated[list[Category], Field(max_length=20)] = []
    component: Annotated[list[Component], Field(max_length=60)] = []
    rule: Annotated[list[Rule], Field(max_length=1000)] = []
    consequence: Annotated[list[Consequence], Field(max_length=62)] = []
    example: Annotated[list[Example], Field(max_length=100)] = []

    @property
    def id(self) -> str:
        """The scheme's id."""
        return self.scheme.id

    @property
    def title(self) -> str:
        """The scheme's title."""
        return self.scheme.title


__all__ = ["Cited", "Example", "Rule", "Scheme"]
