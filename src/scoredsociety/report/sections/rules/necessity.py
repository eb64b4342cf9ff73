"""The necessity table: aim reached, cost by right, and the same aim without the scheme.

Legality and aim are the reader's; what a simulation can add to *necessity* is whether the harmful
acts fall more under the scheme than under ordinary law, and at what cost to which rights.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from scoredsociety.report import phrasing
from scoredsociety.report.elements import Block, Heading, Note, Section, Table, Text
from scoredsociety.report.evidence import (
    ComparisonEvidence,
    Document,
    Evidence,
    scheme_id,
    tables_under,
)
from scoredsociety.report.rights import bears_on, in_order, right_name

BASELINES = ("ordinary_law", "none", "price_only")


def necessity_section(evidence: Evidence) -> Section | None:
    """One table for each comparison against a baseline with tallies of both lanes."""
    blocks: list[Block] = []
    for comparison in evidence.comparisons:
        if comparison.a_tallies is None or comparison.b_tallies is None:
            continue
        if comparison.b.split(" ")[0].split(",")[0] not in BASELINES or not evidence.conduct:
            continue
        blocks.append(Heading(f"{comparison.a} beside {comparison.b}"))
        blocks.extend(_tables(evidence, comparison))
    if not blocks:
        return None
    blocks.append(
        Note(
            "Read in the order legality, aim, necessity, proportionality. Harm and protection are "
            "declared by the conduct document and can be edited there; whether a cost is "
            "justified is for the reader."
        )
    )
    return Section("necessity", "Is the scheme needed for its aim?", tuple(blocks))


def _tables(evidence: Evidence, comparison: ComparisonEvidence) -> list[Block]:
    a, b = comparison.a_tallies, comparison.b_tallies
    assert a is not None and b is not None
    acts = tables_under(evidence.conduct or {}, "act")
    harmful = {str(act["id"]) for act in acts if _harms(act)}
    protected = {str(act["id"]) for act in acts if _protects(act)}
    counted = [(_acts(a, kind), _acts(b, kind)) for kind in (harmful, protected)]
    rows = [
        ("aim", "harmful acts that no right protects", *map(phrasing.number, counted[0]),
         _change(*counted[0])),
        ("cost", "acts that a right protects", *map(phrasing.number, counted[1]),
         _change(*counted[1])),
    ]  # fmt: skip
    for right in _rights_touched(evidence, comparison):
        months = (_burden(a, evidence.schemes, right),
                  _burden(b, [comparison.b_scheme or {}], right))  # fmt: skip
        rows.append(("cost", f"{right_name(right)}: person-months of restriction",
                     *map(phrasing.number, months), _change(*months)))  # fmt: skip
    months = (_burden(a, evidence.schemes, ""), _burden(b, [comparison.b_scheme or {}], ""))
    if any(months):
        rows.append(("cost", "no right named: person-months of restriction",
                     *map(phrasing.number, months), _change(*months)))  # fmt: skip
    return [
        Text(_sentence(comparison, counted[0])),
        Table(
            "Aim reached and cost by right over the whole run (a person under two restrictions "
            "counts twice)",
            ("what", "counted", comparison.a, comparison.b, "difference"),
            tuple(rows), frozenset({2, 3, 4}),
        ),
    ]  # fmt: skip


def _sentence(comparison: ComparisonEvidence, harmful: tuple[int, int]) -> str:
    """The finding on necessity in one sentence."""
    under, without = harmful
    if under == without:
        return (
            f"In this simulation the same {phrasing.number(under)} harmful acts took place under "
            f"{comparison.a} and under {comparison.b}: the scheme reached no part of its aim that "
            "the other did not. (With the responses of people switched off this holds by "
            "construction and is no evidence.)"
        )
    less, more = min(harmful), max(harmful)
    which = comparison.a if under < without else comparison.b
    fewer = f"{phrasing.number(more - less)} fewer of {phrasing.number(more)} harmful acts"
    return (
        f"In this simulation {fewer} took place under {which}, through responses and life effects "
        "whose strength is assumed; see the run without them before drawing a conclusion."
    )


def _harms(act: Document) -> bool:
    return int(act.get("harm") or 0) > 0 and not _protects(act)


def _protects(act: Document) -> bool:
    return str(act.get("protection") or "none") != "none"


def _acts(tallies: pl.DataFrame, kind: set[str]) -> int:
    chosen = tallies.filter(
        (pl.col("measure") == "acts") & (pl.col("dimension") == "all") & pl.col("item").is_in(kind)
    )
    return int(chosen.get_column("count").sum())


def _rights_touched(evidence: Evidence, comparison: ComparisonEvidence) -> list[str]:
    """Rights that a restriction of either lane bears on, in the order of their articles."""
    found: set[str] = set()
    for document in (*evidence.schemes, comparison.b_scheme or {}):
        for row in tables_under(document, "consequence"):
            if row.get("denies"):
                found.update(bears_on(row))
    return in_order(found)


def _burden(tallies: pl.DataFrame, schemes: Any, right: str) -> int:
    """Person-months of restrictions that bear on ``right`` (an empty one: on none named)."""
    total = 0
    for document in schemes:
        if not isinstance(document, Mapping):
            continue
        items = [
            str(row["id"]) for row in tables_under(document, "consequence")
            if row.get("denies") and (right in bears_on(row) if right else not bears_on(row))
        ]  # fmt: skip
        chosen = tallies.filter(
            (pl.col("measure") == "consequence") & (pl.col("dimension") == "all")
            & (pl.col("scheme") == scheme_id(document)) & pl.col("item").is_in(items)
        )  # fmt: skip
        total += int(chosen.get_column("count").sum())
    return total


def _change(a: int, b: int) -> str:
    return ("+" if a > b else "") + phrasing.number(a - b)
