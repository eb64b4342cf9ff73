"""Who is worse and who is better off under the first of two lanes, and by whose acts.

Counts are of persons met twice with the same luck, which no data can confirm: groups are quoted,
and never one person.
"""

from __future__ import annotations

from functools import partial
from typing import Literal

import polars as pl

from scoredsociety.report import phrasing
from scoredsociety.report.charts import vega_lite
from scoredsociety.report.charts.figure import on_page
from scoredsociety.report.elements import Block, Figure, Heading, Note, Table
from scoredsociety.report.evidence import ComparisonEvidence, Document
from scoredsociety.report.sections.comparison.comparison_rows import (
    Row,
    interval,
    label,
    ordered,
    per_thousand,
    span,
)

WORSE, BETTER = "worse off under the first", "better off under the first"


def winners_blocks(comparison: ComparisonEvidence, place: int) -> list[Block]:
    """Worse, better and equally off, by group; nothing where it was not counted."""
    rows = rows_of_winners(comparison.winners)
    if not rows:
        return []
    by = (
        "under a restriction of any scheme in one of the two only; else under all restrictions of "
        "the other and more; else without a reward of the other and with none that it lacks; "
        + ("scores decide nothing, for they stand on unlike scales" if comparison.unlike else
           "else a lower or higher score")
    )  # fmt: skip
    return [
        Heading("Who is worse off and who is better off"),
        _figure(rows, place),
        Note(f"Worse and better off in the last month: {by}. {by_others(comparison)}"),
    ]


def rows_of_winners(frame: pl.DataFrame | None) -> list[Row]:
    """The groups in which both lanes apply to anybody."""
    return [] if frame is None else ordered(frame.filter(pl.col("persons") > 0).to_dicts())


def sentence(row: Row, told: Literal["a", "b"] = "a") -> str:
    """Of 1,000 persons to whom both lanes apply, how many are worse and better off."""

    def said(key: str) -> str:
        """The share with its interval; where nobody was counted, what is not ruled out."""
        share, low, high = (row[f"share_{key}{end}"] for end in ("", "_low", "_high"))
        return per_thousand(share) + interval(low, high)

    worse, better, under = said("worse"), said("better"), "the first"
    if told == "b":  # the second is the first with more on top
        worse, better, under = better, worse, "the second"
    return (
        f"Of 1,000 persons to whom both apply, {worse} are worse off under {under} and {better} "
        f"better off under {under}, in this simulation"
    )


def _figure(rows: list[Row], place: int) -> Figure:
    values = [
        {"name": label(row), "series": series, **span(row, f"share_{key}")}
        for row in rows for key, series in (("worse", WORSE), ("better", BETTER))
    ]  # fmt: skip
    title = "Worse and better off, by group"
    said = (
        f"Circles are persons {WORSE}, triangles persons {BETTER}, of 1,000 of each group"
        + ("; lines are 95 % intervals over pairs of runs" if rows[0]["replicates"] > 1 else "")
        + f". {sentence(rows[0])}."
    )
    chart = partial(
        vega_lite.dots,
        values, title=title, unit="of 1,000 persons to whom both apply", series=(WORSE, BETTER),
        note="Nobody is counted on both sides; who is missing from both is equally off.",
    )
    name = f"winners-{place}"
    return Figure(title, said, on_page(chart, name=name, title=title, description=said),
                  _table(rows))  # fmt: skip


def _table(rows: list[Row]) -> Table:
    return Table(
        "Worse, better and equally off under the first, by group: persons of the first pair of "
        "runs, then of 1,000 over all pairs",
        ("group", "n", "worse", "better", "equal", "worse of 1,000", "low", "high",
         "better of 1,000", "low ", "high ", "caution"),
        tuple(
            (label(row), phrasing.number(row["persons"]),
             *(phrasing.number(row[key]) for key in ("worse_under_a", "better_under_a", "equal")),
             *(per_thousand(row[f"share_{key}{end}"]) for key in ("worse", "better")
               for end in ("", "_low", "_high")),
             f"fewer than {phrasing.FEW}" if row["persons"] < phrasing.FEW else "none")
            for row in rows
        ),
        frozenset(range(1, 11)), folded=True,
    )  # fmt: skip


def by_others(comparison: ComparisonEvidence) -> str:
    """Who is harmed by nothing that they did themselves, or why it cannot be told."""
    only: Document = comparison.only_by_others
    if not only:
        return ""
    if only["why_not"]:
        return f"Who is harmed only by others’ acts is not told: {only['why_not']}."

    def told(lane: str, name: str) -> str:
        worse, restricted = only[f"worse_under_{lane}"], only[f"restricted_under_{lane}"]
        share = ""
        if only.get(f"share_under_{lane}_low") is not None:
            low, high = (only[f"share_under_{lane}_{end}"] for end in ("low", "high"))
            share = (f", over all pairs {per_thousand(only[f'share_under_{lane}'])} of 1,000"
                     f"{interval(low, high)}")  # fmt: skip
        return (f"{phrasing.number(worse)} are worse off under the {name} "
                f"({phrasing.number(restricted)} restricted only there{share})")  # fmt: skip

    return (
        f"Harmed only by others’ acts: of {phrasing.number(only['equal_own'])} whose own acts "
        f"and records are equal in both, {told('a', 'first')} and {told('b', 'second')}."
    )
