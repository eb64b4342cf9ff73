"""Grades over time, and of each group in the last month."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from scoredsociety.report import phrasing
from scoredsociety.report.charts import vega_lite
from scoredsociety.report.charts.figure import on_page
from scoredsociety.report.elements import Block, Figure, Table
from scoredsociety.report.evidence import Document, Evidence, tables_under
from scoredsociety.report.phrasing import short_dimension
from scoredsociety.report.tally_queries import Count, dimensions, items, last_month, tally_counts


def grades(evidence: Evidence, scheme: str) -> list[Block]:
    """Grades over time, and by group at the end."""
    month = last_month(evidence, scheme, "grade")
    if month is None:
        return []
    names = grade_order(evidence, scheme)
    if len(names) < 2:
        return []  # one grade for all is none
    rows = tally_counts(evidence, scheme, "grade")
    blocks: list[Block] = []
    if len({row.month for row in rows}) > 1:
        blocks.append(_grades_over_time(rows, names, scheme))
    final = tally_counts(evidence, scheme, "grade", month=month, dimension=None)
    if any(row.of >= phrasing.FEW for row in final):
        blocks.append(_grades_by_group(final, names, scheme, month))
    return blocks


def grade_order(evidence: Evidence, scheme: str) -> list[str]:
    """Grades, lowest first: from the document, else as the frame has them."""
    present = items(evidence, scheme, "grade")
    declared = tables_under(evidence.scheme(scheme), "grade")

    def start(row: Document) -> float:
        value = row.get("from", row.get("from_"))
        return float("-inf") if value is None else float(value)

    ordered = [str(row["id"]) for row in sorted(declared, key=start)]
    return [g for g in ordered if g in present] + [g for g in present if g not in ordered]


def _grades_over_time(rows: Sequence[Count], names: Sequence[str], scheme: str) -> Figure:
    last = max(row.month for row in rows)
    ends = {row.item: row for row in rows if row.month == last}
    shares = dict(zip(ends, phrasing.beside((row.people, row.of) for row in ends.values()),
                      strict=True))  # fmt: skip
    who = phrasing.denominator(rows[0].denominator)

    def panel(item: str) -> str:
        return f"Grade {item}: {shares.get(item, 'none')} at the end"

    values = [
        {"month": row.month, "series": panel(row.item),
         "value": round(1000 * row.people / row.of, 3) if row.of else 0}
        for item in reversed(names) for row in rows if row.item == item
    ]  # fmt: skip
    title = "Grades over time"
    said = phrasing.listed([f"{item} {shares[item]}" for item in reversed(names) if item in shares])
    sentence = f"In {last}, of the {who}, the grades held: {said}."
    chart = partial(vega_lite.over_time, values, title=title, unit="of 1,000")
    months = sorted({row.month for row in rows})
    cell = {(row.month, row.item): row.people for row in rows}
    table = Table(
        f"People in each grade, month by month ({who})",
        ("month", *(f"grade {name}" for name in reversed(names))),
        tuple(
            (month, *(phrasing.number(cell.get((month, name), 0)) for name in reversed(names)))
            for month in months
        ),
        frozenset(range(1, len(names) + 1)), folded=True,
    )  # fmt: skip
    name = f"grades-time-{scheme}"
    return Figure(
        title, sentence, on_page(chart, name=name, title=title, description=sentence), table
    )


def _grades_by_group(
    rows: Sequence[Count], names: Sequence[str], scheme: str, month: str
) -> Figure:
    found = [d for d in ("all", *dimensions(rows)) if any(row.dimension == d for row in rows)]
    cells: dict[tuple[str, str], dict[str, Count]] = {}
    for dimension in found:
        for row in (row for row in rows if row.dimension == dimension):
            cells.setdefault((dimension, row.group), {})[row.item] = row
    ordered = sorted(cells, key=lambda key: found.index(key[0]))
    values, lines = [], []
    for dimension, group in ordered:
        by_grade = cells[dimension, group]
        of = next(iter(by_grade.values())).of
        if of < phrasing.FEW:
            continue
        graded = sum(row.people for row in by_grade.values()) or 1
        label = phrasing.group(dimension, group)
        label = label if dimension == "all" else f"{short_dimension(dimension)}: {label}"
        for name in names:
            count = by_grade[name].people if name in by_grade else 0
            values.append({"group": label, "segment": name, "value": 100 * count / graded})
        lines.append((
            label, phrasing.number(of),
            *(phrasing.number(by_grade[name].people if name in by_grade else 0)
              for name in reversed(names)),
        ))  # fmt: skip
    title = f"Grades by group, {month}"
    sentence = (
        "Each bar is one group of graded people, cut by grade from the lowest (dark, left) to "
        f"the highest (light, right). Groups of fewer than {phrasing.FEW} people are left out."
    )
    chart = partial(
        vega_lite.stacked, values, title=title, segments=names, unit="of 100 graded people"
    )
    table = Table(
        f"People in each grade, by group, {month}",
        ("group", "n", *(f"grade {name}" for name in reversed(names))),
        tuple(lines), frozenset(range(1, len(names) + 2)), folded=True,
    )  # fmt: skip
    name = f"grades-group-{scheme}"
    return Figure(
        title, sentence, on_page(chart, name=name, title=title, description=sentence), table
    )
