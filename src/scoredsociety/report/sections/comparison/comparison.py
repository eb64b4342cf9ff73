"""Two lanes over the same people with the same luck: what one change does, by group."""

from __future__ import annotations

from functools import partial

import polars as pl

from scoredsociety.measure.scoring.unmet import PLURALS
from scoredsociety.report import phrasing
from scoredsociety.report.charts import vega_lite
from scoredsociety.report.charts.figure import on_page
from scoredsociety.report.elements import (
    Block,
    Code,
    Facts,
    Figure,
    Heading,
    Note,
    Points,
    Section,
    Table,
)
from scoredsociety.report.evidence import ComparisonEvidence, Evidence, heading_of, scheme_id
from scoredsociety.report.sections.comparison.comparison_rows import (
    Row,
    by_scheme,
    direction,
    label,
    ordered,
    per_thousand,
    what,
    whose,
)
from scoredsociety.report.sections.comparison.direct_and_full import effects_blocks
from scoredsociety.report.sections.comparison.winners import winners_blocks
from scoredsociety.report.sections.outcomes.causes import CAUSES

MOST_ROWS = 60


def comparison_section(evidence: Evidence) -> Section | None:
    """Every paired study: persons moved, winners and losers, effects, differences by group."""
    blocks: list[Block] = []
    for place, comparison in enumerate(evidence.comparisons):
        blocks.append(Heading(f"{comparison.a} against {comparison.b}"))
        blocks.append(Facts((("First", comparison.a), ("Second", comparison.b))))
        blocks.extend(_comparison(comparison, place))
    return Section("comparison", "The same people under other rules", tuple(blocks)) if (
        blocks
    ) else None


def _comparison(comparison: ComparisonEvidence, place: int) -> list[Block]:
    blocks: list[Block] = []
    moved = _persons_moved(comparison)
    if moved:
        blocks.append(moved)
    if comparison.differences is not None:
        blocks += _differences(comparison, comparison.differences, place)
    blocks += winners_blocks(comparison, place)
    blocks += effects_blocks(comparison, place)
    blocks.append(_how_sure(comparison))
    blocks += _unmet(comparison)
    if comparison.command:
        blocks.append(Code(comparison.command, "The command that makes this comparison again"))
    return blocks


def _differences(comparison: ComparisonEvidence, frame: pl.DataFrame, place: int) -> list[Block]:
    """Restrictions by group, why, and what else differs, scheme by scheme."""
    blocks: list[Block] = []
    names = names_of(comparison, frame)
    for k, restricted in enumerate(by_scheme(_rows(frame, "restricted", "any"))):
        if k == 0 or any(row["a"] or row["b"] for row in restricted):
            blocks.append(_chart(restricted, f"{place}" + (f"-{k}" if k else ""),
                                 whose(restricted, names)))  # fmt: skip
    causes = [row for item in CAUSES for row in _rows(frame, "restricted_cause", item)
              if row["dimension"] == "all"]  # fmt: skip
    for rows in by_scheme(causes):
        blocks.append(_table(rows, f"Why people stood under a restriction{whose(rows, names)}"))
    other = frame.filter(~pl.col("measure").is_in(["restricted", "restricted_cause"]))
    everyone = ordered(other.filter(pl.col("dimension") == "all").to_dicts())
    for rows in by_scheme([row for row in everyone if row["difference"]][:MOST_ROWS]):
        blocks.append(_table(rows, f"Other differences among everyone{whose(rows, names)}"))
    return blocks


def names_of(comparison: ComparisonEvidence, frame: pl.DataFrame) -> dict[str, str]:
    """Titles of the schemes of a comparison's frame, as it lines them up."""
    titles = {
        scheme_id(one): str(heading_of(one, "scheme").get("title") or scheme_id(one))
        for one in (*comparison.a_schemes, *comparison.b_schemes)
    }
    return {name: titles.get(name, "the two that differ") for name in frame["scheme"].unique(
        maintain_order=True)}  # fmt: skip


def _persons_moved(comparison: ComparisonEvidence) -> Block | None:
    """Whose score is lower, higher, the same, or why scores are not compared."""
    if comparison.unlike:
        return Note(f"{phrasing.opening(comparison.unlike)}. What follows compares restrictions, "
                    "rewards, acts and lives.")  # fmt: skip
    said = {key: value for key, value in comparison.persons.items() if value is not None}
    names = (("lower_score", "a lower"), ("higher_score", "a higher"), ("same_score", "the same"))
    if not all(key in said for key, _ in names):
        return None
    total = sum(said[key] for key, _ in names)
    return Points(tuple(
        phrasing.opening(f"{phrasing.share(said[key], total)} people scored under both have {name} "
                         "score under the first (counts of the first pair of runs).")
        for key, name in names
    ))  # fmt: skip


def _rows(frame: pl.DataFrame, measure: str, item: str) -> list[Row]:
    chosen = frame.filter((pl.col("measure") == measure) & (pl.col("item") == item))
    return ordered(chosen.to_dicts())


def _chart(rows: list[Row], place: str, rules: str = "") -> Figure:
    bounded = all(row["low"] is not None for row in rows)
    values = [
        {"name": label(row), "difference": round(1000 * row["difference"], 4),
         "low": round(1000 * (row["low"] if bounded else row["difference"]), 4),
         "high": round(1000 * (row["high"] if bounded else row["difference"]), 4)}
        for row in rows
    ]  # fmt: skip
    title = f"Difference in restrictions by group{rules}"
    all_row = rows[0]
    sentence = (
        f"Under at least one restriction{rules} among {label(all_row)}: "
        f"{per_thousand(all_row['a'])} of 1,000 against {per_thousand(all_row['b'])} of "
        "1,000; the dot is the difference in this simulation"
        + (", the line its interval over pairs of runs." if bounded else ".")
        + ("" if all_row.get("sign") else " Its direction is not settled.")
    )
    chart = partial(vega_lite.ranges,
        values, title=title, unit="difference, of 1,000 subjects of the scheme"
    )
    return Figure(
        title, sentence,
        on_page(chart, name=f"difference-{place}", title=title, description=sentence),
        _table(rows, f"Under at least one restriction{rules}, by group", folded=True),
    )  # fmt: skip


def _table(rows: list[Row], caption: str, folded: bool = False) -> Table:
    return Table(
        f"{caption} (of 1,000)",
        ("what", "group", "n", "first", "second", "difference", "low", "high", "direction"),
        tuple(
            (what(row), label(row), phrasing.number(row["of"]),
             *(per_thousand(row[key]) for key in ("a", "b", "difference", "low", "high")),
             direction(row["sign"]))
            for row in rows
        ),
        frozenset(range(2, 8)), folded=folded or len(rows) > 12,
    )  # fmt: skip


def _how_sure(comparison: ComparisonEvidence) -> Block:
    frame = comparison.differences
    replicates = 1
    if frame is not None and not frame.is_empty():
        replicates = int(frame.get_column("replicates").max() or 1)  # type: ignore[arg-type]
    ratio = comparison.variance_ratio
    tail = "" if ratio is None or replicates < 2 else (
        " The same luck in both runs left the differences by group "
        f"{ratio:.3f} times the variance that independent seeds would have (median)."
    )
    return Note(
        f"{comparison.luck} Both runs of a pair have the same people with the same luck; "
        f"person-level counts hold under that coupling only.{tail}"
    )


def _unmet(comparison: ComparisonEvidence) -> list[Block]:
    rows = tuple(
        (name, PLURALS[one.kind], one.title)
        for name, unmet in zip(("first", "second"), comparison.unmet, strict=True)
        for one in unmet
    )
    if not rows:
        return []
    return [Table("What nobody met in any run of a lane: it says nothing of what it would do",
                  ("under the", "of its", "title"), rows, folded=len(rows) > 12)]  # fmt: skip
