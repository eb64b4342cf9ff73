"""How a scheme makes a score: scale, memory, grades, components."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from scoredsociety.scheme.model.rule import (
    EVERY_LAYER,
    Layer,
    Level,
    Missing,
    Step,
    Within,
)
from scoredsociety.scheme.model.status import Status
from scoredsociety.scheme.model.values import (
    Grade,
    Id,
    Millionths,
    Months,
    Number,
    Points,
    SchemePart,
    Share,
    Sources,
    Text,
)  # fmt: skip


class Score(SchemePart):
    """[score]: the scale."""

    kind: Literal["points", "weighted", "none"]
    start: Points | None = None
    low: Points | None = None
    high: Points | None = None
    round_to: Points | None = None
    published_every: Annotated[int, Field(ge=1, le=120)] = 1
    yearly_start: bool = False
    assumed: list[Literal["start", "low", "high", "round_to", "published_every"]] = []


class Bound(SchemePart):
    """One step of expiry by severity: deductions up to ``up_to`` points last ``months``."""

    up_to: Points | None = None
    months: Months


class Memory(SchemePart):
    """[dynamics.memory]: how long records of rules without a memory of their own count."""

    deduction: Annotated[list[Bound], Field(min_length=1, max_length=20)] | None = None
    award: Months | None = None
    award_by_level: dict[Level, Months] = {}
    grade: dict[Grade, Months] = {}


class Dynamics(SchemePart):
    """[dynamics]: what holds for all rules of the scheme unless a rule says otherwise."""

    repeat: Literal["once", "double"] = "once"
    one_act: Literal["every_rule", "heaviest"] = "every_rule"
    awards_suspended: bool = False
    memory: Memory = Memory()
    source: Sources = []
    assumed: list[str] = []


class GradeBand(SchemePart):
    """[[grade]]: a name for scores from here up, or for the best by rank; the lowest has neither.

    ``top_share`` and ``quota`` count the better grades too: 0.1 and 0.3 are the best tenth and the
    next fifth. They are of everybody, or of each region or community.
    """

    id: Grade
    title: Text | None = None
    from_: Points | None = Field(None, alias="from")
    top_share: Millionths | None = None
    quota: Annotated[int, Field(ge=1, le=1_400_000_000)] | None = None
    edge: Literal["in", "out"] | None = None
    within: Within | None = None
    source: Sources = []
    status: Status | None = None
    assumed: list[Literal["from", "top_share", "quota", "edge", "within"]] = []


class Category(SchemePart):
    """[[category]]: a weighted part of the scale; its components share its weight."""

    id: Id
    title: Text
    weight: Share
    source: Sources = []
    status: Status = "assumed"
    assumed: list[str] = []


class Component(SchemePart):
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
    layers: Annotated[list[Layer], Field(min_length=1)] = list(EVERY_LAYER)
    source: Sources = []
    status: Status = "assumed"
    assumed: list[str] = []
