"""Two lanes over the same people with the same luck: what one change does, by group."""

from __future__ import annotations

from typing import Any

import polars as pl

from scoredsociety.report import charts, words
from scoredsociety.report.blocks import Block, Figure, Heading, Note, Points, Section, Table
from scoredsociety.report.evidence import Comparison, Evidence
from scoredsociety.report.outcomes import CAUSES, short
from scoredsociety.report.select import GROUP_ORDER

NAMES = {"restricted": "under at least one restriction", **CAUSES}
MOST_ROWS = 60


def comparison_section(evidence: Evidence) -> Section | None:
    """Every paired study: persons moved, differences by group, the widest ones in a table."""
    blocks: list[Block] = []
    for place, comparison in enumerate(evidence.comparisons):
        blocks.append(Heading(f"{comparison.a} against {comparison.b}"))
        blocks.extend(_comparison(comparison, place))
    return Section("comparison", "The same people under other rules", tuple(blocks)) if (
        blocks
    ) else None


def _comparison(comparison: Comparison, place: int) -> list[Block]:
    blocks: list[Block] = []
    moved = persons_moved(comparison)
    if moved:
        blocks.append(moved)
    frame = comparison.differences
    restricted = _rows(frame, "restricted", "any") if frame is not None else []
    if restricted:
        blocks.append(_chart(restricted, place))
    causes = [row for item in CAUSES for row in _rows(frame, "restricted_cause", item)
              if row["dimension"] == "all"] if frame is not None else []  # fmt: skip
    if causes:
        blocks.append(_table(causes, f"Why people stood under a restriction, study {place + 1}"))
    if frame is not None:
        other = frame.filter(~pl.col("measure").is_in(["restricted", "restricted_cause"]))
        rows = _ordered(other.filter(pl.col("dimension") == "all").to_dicts())
        rows = [row for row in rows if row["difference"]][:MOST_ROWS]
        if rows:
            blocks.append(_table(rows, f"Other differences among everyone, study {place + 1}"))
    blocks.append(_how_sure(comparison))
    return blocks


def persons_moved(comparison: Comparison) -> Block | None:
    """Whose score is lower, higher, the same; ``None`` where the scales differ."""
    said = {key: value for key, value in comparison.persons.items() if value is not None}
    names = (("lower_score", "lower"), ("higher_score", "higher"), ("same_score", "the same"))
    if not all(key in said for key, _ in names):
        return None
    total = sum(said[key] for key, _ in names)
    return Points(tuple(
        f"{words.share(said[key], total)} people scored under both have a score that is {name} "
        f"under {comparison.a}."
        for key, name in names
    ))  # fmt: skip


def _rows(frame: pl.DataFrame, measure: str, item: str) -> list[dict[str, Any]]:
    chosen = frame.filter((pl.col("measure") == measure) & (pl.col("item") == item))
    return _ordered(chosen.to_dicts())


def _ordered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    order = list(GROUP_ORDER)

    def key(row: dict[str, Any]) -> tuple[str, str, int, int]:
        groups = GROUP_ORDER.get(row["dimension"], ())
        known = row["dimension"] in order
        return (
            row["measure"], row["item"],
            order.index(row["dimension"]) if known else len(order),
            groups.index(row["group"]) if row["group"] in groups else len(groups),
        )  # fmt: skip

    return sorted(rows, key=key)


def _label(row: dict[str, Any]) -> str:
    if row["dimension"] == "all":
        return "everyone"
    return f"{short(row['dimension'])}: {words.group(row['dimension'], row['group'])}"


def per_thousand(share: float | None) -> str:
    """A share as ``of 1,000``, one place, true minus."""
    return "one run" if share is None else f"{1000 * share:.1f}".replace("-", words.MINUS)


def _chart(rows: list[dict[str, Any]], place: int) -> Figure:
    bounded = all(row["low"] is not None for row in rows)
    values = [
        {"name": _label(row), "difference": round(1000 * row["difference"], 4),
         "low": round(1000 * (row["low"] if bounded else row["difference"]), 4),
         "high": round(1000 * (row["high"] if bounded else row["difference"]), 4)}
        for row in rows
    ]  # fmt: skip
    title = f"Difference in restrictions by group, study {place + 1}"
    all_row = rows[0]
    sentence = (
        f"Under at least one restriction among {_label(all_row)}: {per_thousand(all_row['a'])} "
        f"of 1,000 against {per_thousand(all_row['b'])} of 1,000; the dot is the difference in "
        "this simulation"
        + (", the line its 95 % interval over replicates." if bounded else ".")
    )
    chart = charts.ranges(values, title=title, unit="difference, of 1,000 subjects of the scheme")
    return Figure(
        title, sentence,
        charts.svg(chart, name=f"difference-{place}", title=title, description=sentence),
        _table(rows, f"Under at least one restriction, by group, study {place + 1}", folded=True),
    )  # fmt: skip


def _table(rows: list[dict[str, Any]], caption: str, folded: bool = False) -> Table:
    def what(row: dict[str, Any]) -> str:
        name = NAMES.get(row["item"]) or NAMES.get(row["measure"])
        return name or f"{words.plain(row['measure'])}: {words.plain(row['item'])}"

    return Table(
        f"{caption} (of 1,000)",
        ("what", "group", "n", "first", "second", "difference", "low", "high"),
        tuple(
            (what(row), _label(row), words.number(row["of"]),
             *(per_thousand(row[key]) for key in ("a", "b", "difference", "low", "high")))
            for row in rows
        ),
        frozenset(range(2, 8)), folded=folded or len(rows) > 12,
    )  # fmt: skip


def _how_sure(comparison: Comparison) -> Block:
    frame = comparison.differences
    replicates = 1
    if frame is not None and not frame.is_empty():
        replicates = int(frame.get_column("replicates").max() or 1)  # type: ignore[arg-type]
    if replicates < 2:
        return Note(
            "One pair of runs: the differences carry no interval. Both lanes have the same "
            "people with the same luck; person-level counts hold under that coupling only."
        )
    ratio = comparison.variance_ratio
    tail = f" Variance against independent seeds: {ratio:.3f}." if ratio is not None else ""
    return Note(
        f"{replicates} pairs of runs, each with a seed of its own; intervals are Student's t over "
        "the pairs, and speak of the luck of the draw, not of the assumptions. Person-level "
        f"counts hold under the same-luck coupling only.{tail}"
    )


