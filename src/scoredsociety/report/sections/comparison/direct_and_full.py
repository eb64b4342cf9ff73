"""Direct and full effect of the change, told apart: what the rules do, and what reactions add.

Direct: with every response and life effect off in both lanes (Hudgens and Halloran 2008).
"""

from __future__ import annotations

from functools import partial

import polars as pl

from scoredsociety.report import phrasing
from scoredsociety.report.charts import vega_lite
from scoredsociety.report.charts.figure import on_page
from scoredsociety.report.elements import Block, Figure, Heading, Note, Table
from scoredsociety.report.evidence import ComparisonEvidence
from scoredsociety.report.sections.comparison.comparison_rows import (
    Row,
    direction,
    label,
    ordered,
    per_thousand,
    span,
    what,
)
from scoredsociety.report.sections.outcomes.causes import CAUSES

PARTS = {
    "full": "full effect", "direct": "direct: everybody acts as without any rules",
    "reactions": "through reactions: full less direct",
}  # fmt: skip
SEEN = 0.0005  # of 1: what a line of the table shows as 0.5 of 1,000 or more


def effects_blocks(comparison: ComparisonEvidence, place: int) -> list[Block]:
    """Full, direct and through reactions, among everyone; by group in the table."""
    frame = comparison.effects
    if frame is None:
        return [Note(
            "Direct and full effect are not told apart: reactions were off in both runs, or the "
            "comparison was made without it (--no-direct)."
        )]  # fmt: skip
    picked = pl.col("measure").is_in(["restricted", "restricted_cause"])
    rows = by_cause(ordered(frame.filter(picked, pl.col("dimension") == "all").to_dicts()))
    if not rows:
        return []
    return [Heading("What the rules do, and what reactions add"), _figure(rows, frame, place)]


def by_cause(rows: list[Row]) -> list[Row]:
    """All restrictions first, then by cause in the order of the three bars; one scheme only."""
    order = ["any", *CAUSES]
    scheme = rows[0]["scheme"] if rows else None
    known = [row for row in rows if row["scheme"] == scheme and row["item"] in order]
    return sorted(known, key=lambda row: order.index(row["item"]))


def _figure(rows: list[Row], frame: pl.DataFrame, place: int) -> Figure:
    values = [
        {"name": what(row), "series": series, **span(row, key)}
        for row in rows for key, series in PARTS.items()
    ]  # fmt: skip
    title = "Direct and full effect on restrictions"
    said = f"Among everyone, first less second: {said_of(rows[0])}."
    if rows[0]["replicates"] > 1:
        said += " Lines are intervals over pairs of runs, which hold together (see below)."
    chart = partial(vega_lite.dots,
        values, title=title, unit="difference, of 1,000 subjects", series=tuple(PARTS.values()),
        note="Right of the line: more under the first of the two.",
    )
    return Figure(title, said, on_page(chart, name=f"effects-{place}", title=title,
                                       description=said), _table(rows, frame))  # fmt: skip


def said_of(row: Row) -> str:
    """One row as a sentence."""
    full, direct, more = (per_thousand(row[key]) for key in PARTS)
    unsure = [name for key, name in (("full", "in all"), ("direct", "of the rules"),
                                     ("reactions", "of reactions"))
              if not row[f"{key}_sign"]]  # fmt: skip
    doubt = f"; the direction {phrasing.listed(unsure)} is not settled" if unsure else ""
    return (f"{what(row)} {full} of 1,000 in all, {direct} by what the rules do with the same acts "
            f"and {more} because people reacted{doubt}")  # fmt: skip


def _table(first: list[Row], frame: pl.DataFrame) -> Table:
    keys = {(row["scheme"], row["measure"], row["item"]) for row in first}
    groups = [
        row for row in ordered(frame.filter(pl.col("dimension") != "all").to_dicts())
        if (row["scheme"], row["measure"], row["item"]) in keys and row["item"] == "any"
    ]  # fmt: skip
    seen = pl.max_horizontal(pl.col("full").abs(), pl.col("direct").abs()) >= SEEN
    others = [
        row for row in ordered(frame.filter(seen, pl.col("dimension") == "all").to_dicts())
        if (row["scheme"], row["measure"], row["item"]) not in keys
    ]  # fmt: skip
    names = [f"{name}{end}" for name in ("full", "direct", "reactions")
             for end in ("", ", low", ", high", ", direction")]  # fmt: skip

    def cells(row: Row, part: str) -> tuple[str, ...]:
        """Effect, interval and direction."""
        numbers = (per_thousand(row[f"{part}{end}"]) for end in ("", "_low", "_high"))
        return (*numbers, direction(row[f"{part}_sign"]))

    return Table(
        "Full effect, direct effect and effect through reactions (of 1,000)",
        ("what", "group", "n", *names),
        tuple(
            (what(row), label(row), phrasing.number(row["of"]),
             *(cell for part in PARTS for cell in cells(row, part)))
            for row in (*first, *groups, *others)
        ),
        frozenset(range(2, 14)), folded=True,
    )  # fmt: skip
