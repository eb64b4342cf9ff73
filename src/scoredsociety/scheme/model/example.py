"""[[example]] as a document: a published case, or one that follows from the rule text."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from scoredsociety.scheme.model.rule import Whole
from scoredsociety.scheme.model.values import Amount, Grade, Id, Points, SchemePart, Sources, Text


class ExampleRecord(SchemePart):
    """One record of a worked example; ``month`` counts from 0."""

    act: str
    month: Annotated[int, Field(ge=0, le=600)] = 0
    amount: Amount | None = None
    count: Annotated[int, Field(ge=1, le=20)] = 1
    on: Literal["self", "spouse", "child", "parent", "fellow_leader", "resident", "tie"] = "self"
    seen_by: str | None = None


class ExampleRating(SchemePart):
    """Stars that somebody gave; ``month`` counts from 0."""

    rating: Id
    stars: Annotated[int, Field(ge=1, le=5)]
    month: Annotated[int, Field(ge=0, le=600)] = 0
    count: Annotated[int, Field(ge=1, le=20)] = 1


class Expect(SchemePart):
    """What the rules say of the example."""

    grade: Grade | None = None
    score: Points | None = None
    score_at_most: Points | None = None
    score_at_least: Points | None = None
    list_: Id | None = Field(None, alias="list")
    not_list: Id | None = None


class Example(SchemePart):
    """[[example]]: a published case, or one that follows from the text, held by a test."""

    name: Text
    records: list[ExampleRecord] = Field([], max_length=20)
    ratings: list[ExampleRating] = Field([], max_length=20)
    attributes: dict[str, Whole] = {}
    lists: list[Id] = []
    peers_score: Points | None = None
    after_months: Annotated[int, Field(ge=0, le=600)] | None = None
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
