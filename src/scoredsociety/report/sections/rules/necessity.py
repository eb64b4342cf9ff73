"""The necessity table: aim reached, cost by right, and the same aim without the scheme.

Legality and aim are the reader's; what a simulation can add to *necessity* is whether the harmful
acts fall more under the scheme on top of the law than under the law alone, and at what cost to
which rights.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from scoredsociety.report import phrasing
from scoredsociety.report.elements import Block, Heading, Note, Section, Table, Text
from scoredsociety.report.evidence import Evidence
from scoredsociety.report.sections.rules.necessity_figures import (
    Sides,
    necessity_of,
    settled,
    sides_of,
)

Row = dict[str, Any]


def necessity_section(evidence: Evidence) -> Section | None:
    """The tables of each comparison of a scheme with what holds without it."""
    blocks: list[Block] = []
    for comparison in evidence.comparisons:
        sides = sides_of(comparison)
        if sides is None or not evidence.conduct:
            continue
        frame = necessity_of(comparison, evidence.conduct)
        assert frame is not None  # the sides are known
        blocks.append(Heading(f"{sides.with_} beside {sides.without}"))
        blocks.extend(_blocks(sides, frame))
    if not blocks:
        return None
    blocks.append(
        Note(
            "Read in the order legality, aim, necessity, proportionality. Harm and protection are "
            "declared by the conduct document and can be edited there; whether a cost is "
            "justified is for the reader. Scores are no part of these tables, and a scheme that a "
            "lane does not have counts 0 there."
        )
    )
    return Section("necessity", "Is the scheme needed for its aim?", tuple(blocks))


def _blocks(sides: Sides, frame: pl.DataFrame) -> list[Block]:
    rows = frame.to_dicts()
    columns = ("without", "with it", "difference", *_range_title(rows))
    lanes = f"without: {sides.without}; with it: {sides.with_}"
    found: list[Block] = [Text(sentence(sides, rows[0]))]
    if not sides.on_top:
        found.append(Note(
            f"{sides.with_} is compared here instead of {sides.without}, not on top of it: what "
            "courts and police do would be gone. To ask what the scheme adds, compare "
            f"“{sides.without}” with “{sides.without} + {sides.with_}” (--baseline)."
        ))  # fmt: skip
    found.append(Table(
        "Aim reached and cost by right over the whole run (a person under two restrictions "
        f"counts twice). {lanes}",
        ("what", "counted", *columns),
        tuple((row["part"], row["what"], *_numbers(row)) for row in rows if not row["scheme"]),
        frozenset(range(2, 2 + len(columns))),
    ))  # fmt: skip
    for title in dict.fromkeys(row["scheme"] for row in rows if row["scheme"]):
        found.append(Table(
            f"Restrictions, errors and rewards by the rules of “{title}”. {lanes}",
            ("counted", *columns),
            tuple((row["what"], *_numbers(row)) for row in rows if row["scheme"] == title),
            frozenset(range(1, 1 + len(columns))),
        ))  # fmt: skip
    found.append(Table(
        "Where each figure stands: the rows of tallies.parquet whose column count adds up to it",
        ("what", "rules of", "filter"),
        tuple((row["what"], row["scheme"] or "the whole lane", row["where"]) for row in rows),
        folded=True,
    ))  # fmt: skip
    return found


def _range_title(rows: list[Row]) -> tuple[str, ...]:
    pairs = rows[0]["pairs"]
    return (f"over {pairs} pairs",) if pairs > 1 else ()


def _numbers(row: Row) -> tuple[str, ...]:
    found = (phrasing.number(row["without"]), phrasing.number(row["with"]),
             change(row["difference"]))  # fmt: skip
    if row["pairs"] < 2:
        return found
    return (*found, f"{change(row['least'])} to {change(row['most'])}")


def sentence(sides: Sides, harmful: Row) -> str:
    """The finding on necessity in one sentence."""
    without, under = harmful["without"], harmful["with"]
    if without == under and harmful["least"] == harmful["most"]:
        return (
            f"In this simulation the same {phrasing.number(under)} harmful acts took place under "
            f"{sides.with_} and under {sides.without}: the scheme reached no part of its aim that "
            "the other did not. (With the responses of people switched off this holds by "
            "construction and is no evidence.)"
        )
    less, more = sorted((without, under))
    which = sides.with_ if under <= without else sides.without
    fewer = f"{phrasing.number(more - less)} fewer of {phrasing.number(more)} harmful acts"
    doubt = ""
    if harmful["pairs"] > 1:
        least, most = change(harmful["least"]), change(harmful["most"])
        doubt = (f" Over the {harmful['pairs']} pairs of runs the difference goes from {least} to "
                 f"{most}")  # fmt: skip
        alike = settled((harmful["least"], harmful["most"]))
        doubt += "." if alike else ", so not even its direction is settled."
    return (
        f"In this simulation {fewer} took place under {which}, through responses and life effects "
        f"whose strength is assumed; see the run without them before drawing a conclusion.{doubt}"
    )


def change(difference: int) -> str:
    """A difference with its sign."""
    return ("+" if difference > 0 else "") + phrasing.number(difference)
