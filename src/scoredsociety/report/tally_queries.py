"""Reading the tallies frame: one question, one small list of counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import polars as pl

from scoredsociety.report.evidence import Evidence

GROUP_ORDER: dict[str, tuple[str, ...]] = {
    "all": ("all",),
    "age": ("0-17", "18-29", "30-44", "45-59", "60+"),
    "sex": ("female", "male"),
    "place": ("rural", "urban"),
    "schooling": ("primary or less", "junior secondary", "senior secondary", "college"),
    "income": ("1", "2", "3", "4", "5"),
    "account": ("no bank account", "bank account"),
    "internet": ("offline", "online"),
}


class Count(NamedTuple):
    """One count of a tally: ``people`` (or records) of ``of``."""

    month: str
    item: str
    dimension: str
    group: str
    people: int
    of: int
    denominator: str


def tally_counts(
    evidence: Evidence,
    scheme: str,
    measure: str,
    *,
    item: str | None = None,
    month: str | None = None,
    dimension: str | None = "all",
) -> list[Count]:
    """Counts of one measure in order of month, item and group; ``None`` takes every value."""
    chosen = pl.col("scheme") == scheme
    for column, value in (("item", item), ("month", month), ("dimension", dimension)):
        if value is not None:
            chosen = chosen & (pl.col(column) == value)
    frame = evidence.of(measure).filter(chosen).rename({"count": "people"})
    return sorted((Count(*row) for row in frame.select(Count._fields).rows()), key=_order)


def _order(row: Count) -> tuple[str, str, int, int, str]:
    dimensions = list(GROUP_ORDER)
    groups = GROUP_ORDER.get(row.dimension, ())
    return (
        row.month,
        row.item,
        dimensions.index(row.dimension) if row.dimension in dimensions else len(dimensions),
        groups.index(row.group) if row.group in groups else len(groups),
        row.group,
    )


def last_month(evidence: Evidence, scheme: str, measure: str) -> str | None:
    """The last month in which a measure was taken, or ``None``."""
    months = evidence.of(measure).filter(pl.col("scheme") == scheme)
    return None if months.is_empty() else str(months.get_column("month").max())


def items(evidence: Evidence, scheme: str, measure: str) -> list[str]:
    """Items of a measure in the order in which they first stand in the frame."""
    rows = evidence.of(measure).filter(pl.col("scheme") == scheme)
    return [str(item) for item in rows.get_column("item").unique(maintain_order=True)]


def dimensions(rows: Iterable[Count]) -> list[str]:
    """Dimensions that are present, in the report's order, without ``all``."""
    present = {row.dimension for row in rows}
    known = [name for name in GROUP_ORDER if name in present and name != "all"]
    return known + sorted(present - set(GROUP_ORDER))
