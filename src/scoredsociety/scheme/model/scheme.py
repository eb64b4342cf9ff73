"""A scheme as a document: scale, dynamics, objections, rules, grades, lists, consequences.

One class per table of the file. What a key means in a month is told in docs/writing-a-scheme.md;
what it becomes for the engine in compile.py.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from scoredsociety.scheme.model.example import Example
from scoredsociety.scheme.model.rating import Rating
from scoredsociety.scheme.model.rule import (
    Rule,
    TraitRange,
)
from scoredsociety.scheme.model.score import Category, Component, Dynamics, GradeBand, Score
from scoredsociety.scheme.model.status import Status
from scoredsociety.scheme.model.values import (
    Grade,
    Id,
    Month,
    Months,
    Number,
    Points,
    SchemePart,
    Share,
    Sources,
    Text,
)  # fmt: skip


class SchemeHead(SchemePart):
    """[scheme]: what it is, whose it is, whom it scores."""

    id: Id
    title: Text
    based_on: Id | None = None  # a scheme of the catalogue that this is a changed copy of
    place: Text | None = None
    period: Text | None = None
    operator: Text | None = None
    operator_kind: Literal["state", "company", "community", "nobody"] | None = None
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


class OwnSource(SchemePart):
    """[[source]]: a text of the author's own, such as a draft law; never published evidence."""

    id: Id
    title: Text
    date: Annotated[str, Field(max_length=40)] | None = None
    url: Annotated[str, Field(max_length=400)] | None = None
    article: Annotated[str, Field(max_length=80)] | None = None


class Appeal(SchemePart):
    """[appeal]: how one objects to a record, and what comes of it."""

    kind: Literal["objection", "appeal", "none"] = "objection"
    records: Literal["wrong", "any"] = "any"
    within_months: Annotated[int, Field(ge=1, le=720)] | None = None
    months: Annotated[int, Field(ge=1, le=12)] = 1
    capacity: Annotated[Number, Field(ge=0, le=1000)] | None = None
    leaves: Literal["nothing", "residue"] = "nothing"
    source: Sources = []
    status: Status = "assumed"
    assumed: list[Literal["kind", "records", "within_months", "months", "capacity", "leaves"]] = []
    note: Text | None = None

    @model_validator(mode="after")
    def _cited_or_assumed(self) -> Appeal:
        if not self.source and self.status != "assumed":
            raise ValueError('a channel without a source has status = "assumed"')
        return self


class Trust(SchemePart):
    """[trust]: what a source files counts by how far it is trusted (S3-33); without it, all alike.

    ``declared`` takes each source's own weight; ``weights`` (by source or kind) goes before it.
    """

    declared: bool = False
    weights: dict[str, Share] = Field({}, max_length=200)
    grades_from: Share = Decimal("0.5")
    source: Sources = []
    status: Status = "assumed"
    assumed: list[Literal["declared", "weights", "grades_from"]] = []
    note: Text | None = None

    @model_validator(mode="after")
    def _cited_or_assumed(self) -> Trust:
        if not self.source and self.status != "assumed":
            raise ValueError('trust without a source has status = "assumed"')
        return self


class ListOf(SchemePart):
    """[[list]]: a list that rules place people on."""

    id: Id
    title: Text
    source: Sources = []
    status: Status = "assumed"


class Cap(SchemePart):
    """[[cap]]: the most (or, negative, the least) that its rules bring in a calendar year."""

    id: Id
    year: Points
    source: Sources = []


class When(SchemePart):
    """When a consequence holds; all that is given must hold."""

    grade: Grade | None = None
    grade_at_most: Grade | None = None
    grade_at_least: Grade | None = None
    list_: Id | None = Field(None, alias="list")
    score_at_least: Points | None = None
    score_below: Points | None = None


class Partner(SchemePart):
    """[[partner]]: somebody else who reads the score; its consequences name it."""

    id: Id
    title: Text
    needs_consent: bool = False
    consent_share: Share | None = None
    from_: Month | None = Field(None, alias="from")
    until: Month | None = None
    source: Sources = []
    status: Status = "assumed"
    assumed: list[str] = []
    note: Text | None = None


class Consequence(SchemePart):
    """[[consequence]]: a restriction (``denies``) or a reward (``grants``)."""

    id: Id
    title: Text | None = None
    when: When
    if_: TraitRange | None = Field(None, alias="if")
    partner: Id | None = None
    months: Months | None = None
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


class Scheme(SchemePart):
    """A rule book as a document."""

    scheme: SchemeHead
    source: Annotated[list[OwnSource], Field(max_length=100)] = []
    score: Score
    dynamics: Dynamics = Dynamics()
    appeal: Appeal | None = None
    trust: Trust | None = None
    grade: Annotated[list[GradeBand], Field(max_length=15)] = []
    list_: Annotated[list[ListOf], Field(max_length=8)] = Field([], alias="list")
    cap: Annotated[list[Cap], Field(max_length=100)] = []
    category: Annotated[list[Category], Field(max_length=20)] = []
    component: Annotated[list[Component], Field(max_length=60)] = []
    rating: Annotated[list[Rating], Field(max_length=20)] = []
    rule: Annotated[list[Rule], Field(max_length=1000)] = []
    partner: Annotated[list[Partner], Field(max_length=62)] = []
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
