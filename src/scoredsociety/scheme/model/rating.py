"""[[rating]] as a document: those whom one meets rate one, from one star to five (S3-1, O-W5)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from scoredsociety.scheme.model.rule import Step
from scoredsociety.scheme.model.status import Status
from scoredsociety.scheme.model.values import Id, SchemePart, Share, Sources, Text


class Rating(SchemePart):
    """Meetings of a month, and how often and how far a rating falls short of five stars."""

    id: Id
    title: Text | None = None
    meetings: Annotated[int, Field(ge=1, le=12)]
    short: Share | None = None
    trait: str | None = None
    table: Annotated[list[Step], Field(min_length=1, max_length=256)] | None = None
    spread: Annotated[list[Share], Field(min_length=4, max_length=4)]
    gravity_from: Annotated[int, Field(ge=1, le=9)] | None = None
    gravity_stars: Annotated[int, Field(ge=1, le=4)] = 1
    raters: Literal["anybody", "subjects"] = "anybody"
    count: Literal["alike", "by_score"] = "alike"
    source: Sources = []
    status: Status = "assumed"
    assumed: list[str] = []
    note: Text | None = None
