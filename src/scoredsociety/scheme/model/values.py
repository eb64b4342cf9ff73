"""Kinds of value in a document: exact numbers, ids, months, sources; each says what is wrong.

Numbers stay the decimals that were written, because points are compiled to whole centipoints.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)

from scoredsociety.calendar import month_number
from scoredsociety.scheme.model.status import as_today

MOST_POINTS = 100_000  # centipoints of this fit 32 bits with room for sums
_ID = r"^[a-z][a-z0-9_]{0,63}$"
_SOURCE = re.compile(r"(S[0-4]|O|L)-[A-Z]{0,2}\d{1,3}[a-z]?|[VPF]\d{1,2}")


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise ValueError("a number is needed")
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise ValueError("a finite number is needed")
    return number


def _two_places(value: Decimal) -> Decimal:
    if value * 100 != int(value * 100):
        raise ValueError("points have at most two decimal places")
    return value


def _six_places(value: Decimal) -> Decimal:
    if value.adjusted() > 6 or value * 1_000_000 != int(value * 1_000_000):
        raise ValueError("a share by rank has at most six decimal places")
    return value


def as_list(value: Any) -> Any:
    """One word stands for a list of one."""
    return [value] if isinstance(value, str) else value


def _month(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError('a month is written as text, such as "2020-01"')
    month_number(value)
    return value


def _cited(value: str) -> str:
    if not published(value) and not re.fullmatch(_ID, value):
        raise ValueError(
            "a source is an id such as S2-27, O-R0, V3 or P4, or the id of a [[source]] of this "
            "document, which has the title, date and article of a text of one's own"
        )
    return value


def published(source: str) -> bool:
    """Whether a source is one of the fact collection, not a text of the author's own."""
    return _SOURCE.fullmatch(source) is not None


def shown_source(source: str) -> str:
    """A source as badges print it: one of the author's own is said to be so."""
    return source if published(source) else f"the author's own text {source}"


def _memory(value: Any) -> Any:
    if value == "forever":
        return 4095
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 4095:
        raise ValueError('a memory is 1 to 4095 months, or "forever"')
    return value


Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
Share = Annotated[
    Decimal, BeforeValidator(_number), Field(ge=0, le=1),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1}),
]  # fmt: skip
Millionths = Annotated[
    Decimal, BeforeValidator(lambda value: _six_places(_number(value))), Field(gt=0, lt=1),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}),
]  # fmt: skip
Points = Annotated[
    Decimal,
    BeforeValidator(lambda value: _two_places(_bounded(_number(value)))),
    WithJsonSchema({"type": "number", "minimum": -MOST_POINTS, "maximum": MOST_POINTS}),
]
Amount = Annotated[
    Decimal, BeforeValidator(_number), Field(ge=0, le=10**9),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 10**9}),
]  # fmt: skip
Id = Annotated[str, Field(pattern=_ID)]
Grade = Annotated[str, Field(pattern=r"^[A-Za-z0-9_+-]{1,24}$")]
Text = Annotated[str, Field(min_length=1, max_length=600)]
Month = Annotated[str, BeforeValidator(_month), Field(json_schema_extra={"pattern": r"\d{4}-\d\d"})]
Months = Annotated[
    int,
    BeforeValidator(_memory),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1}, {"const": "forever"}]}),
]
Cited = Annotated[str, AfterValidator(_cited)]
ONE_OR_MORE = {
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]
}
Sources = Annotated[
    list[Cited], BeforeValidator(as_list), Field(max_length=20), WithJsonSchema(ONE_OR_MORE)
]


def _bounded(value: Decimal) -> Decimal:
    if abs(value) > MOST_POINTS:
        raise ValueError(f"points lie between -{MOST_POINTS} and {MOST_POINTS}")
    return value


class SchemePart(BaseModel):
    """A table of a document: an unknown key or a wrong type is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    @model_validator(mode="before")
    @classmethod
    def _status_of_older_files(cls, table: Any) -> Any:
        return as_today(table) if "status" in cls.model_fields else table
