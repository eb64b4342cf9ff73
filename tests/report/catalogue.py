"""What a report may say of a run of each scheme of the catalogue, and whether it says something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import Future
from itertools import permutations
from math import asin, sqrt
from pathlib import Path
from typing import Any

import polars as pl

from scoredsociety.measure.statistics.intervals import newcombe
from scoredsociety.report.charts.vega_lite import Chart
from scoredsociety.report.elements import Table
from scoredsociety.report.evidence import Evidence, tables_under
from scoredsociety.report.render import sections
from scoredsociety.results.gather import evidence_of
from scoredsociety.runs.execute import Manner, machine_of, make
from scoredsociety.runs.scenario import Scenario
from scoredsociety.scheme.read.load import catalogue

EMPTY = re.compile(r"[-+−]?0(\.0+)?( %)?|none of [\d,]+( \(0\.0 %\))?|not given|none|")


def schemes() -> list[str]:
    """Every scheme of the catalogue."""
    return sorted(catalogue())


def evidence(scheme: str, folder: Path, people: int, months: int) -> Evidence:
    """The evidence of a run, whose report is not written."""
    kept: list[Evidence] = []
    machine = machine_of(2, None, people)
    scenario = Scenario(schemes=(scheme,), people=people, months=months, panel=12, seed=3)
    make(scenario, folder / scheme,
         manner=Manner(machine, publish=lambda whole: kept.append(evidence_of(whole))))  # fmt: skip
    return kept[0]


def not_drawn(_: Chart) -> Future[str]:
    """In place of drawing a chart."""
    future: Future[str] = Future()
    future.set_result("<svg></svg>")
    return future


def tables(store: Evidence) -> Iterator[tuple[str, Table]]:
    """Every table of a report, and those behind its pictures, with the section's id."""
    for section in sections(store):
        for block in section.blocks:
            table = getattr(block, "table", block)
            if isinstance(table, Table):
                yield section.id, table


def vacuous(store: Evidence) -> list[str]:
    """Tables without rows, with nothing but zeros, or of one grade; and sentences of one grade."""
    found = []
    for section, table in tables(store):
        cells = [cell for row in table.rows for cell in row[1:]]
        if not table.rows or all(EMPTY.fullmatch(cell) for cell in cells):
            found.append(f"{section}: {table.caption}")
        grades = [name for name in table.columns if name.startswith("grade ")]
        if section == "grades" and len(grades) < 2:
            found.append(f"{section}: one grade in {table.caption}")
    found += [said for said in (str(section.blocks) for section in sections(store))
              if re.search(r"\ball all\b|grade all\b", said)]  # fmt: skip
    return found


Pair = tuple[dict[str, Any], dict[str, Any]]


def widest_by_hand(store: Evidence, scheme: str) -> list[Pair]:
    """The two groups that differ most (Cohen's h), from the frame alone; all that are level."""
    held = store.tallies.filter(
        (pl.col("scheme") == scheme) & (pl.col("month") == pl.col("month").max())
        & pl.col("measure").is_in(["restricted", "consequence", "listed", "grade"])
        & (pl.col("count").max().over("measure", "item") > 0)
    )  # fmt: skip
    grades = held.filter(measure="grade")["item"].n_unique()
    held = held.filter((pl.col("measure") != "grade") | (grades > 1))
    groups = [frame for _, frame in held.filter(
        (pl.col("of") >= 30) & (pl.col("dimension") != "all")
    ).group_by("measure", "item", "dimension", maintain_order=True)]  # fmt: skip
    tried = sum(frame.height * (frame.height - 1) // 2 for frame in groups)
    best: list[Pair] = []
    most, level = 0.0, 1 - 0.05 / max(tried, 1)
    for frame in groups:
        for a, b in permutations(frame.to_dicts(), 2):
            h = 2 * asin(sqrt(a["count"] / a["of"])) - 2 * asin(sqrt(b["count"] / b["of"]))
            sure = newcombe(a["count"], a["of"], b["count"], b["of"], level).low > 0
            if sure and h > most - 1e-12:
                best = [(a, b)] if h > most + 1e-12 else [*best, (a, b)]
                most = max(h, most)
    return best


def title(store: Evidence, scheme: str, row: dict[str, Any]) -> str:
    """What a row of the frame is called in a sentence."""
    if row["measure"] == "restricted":
        return "at least one restriction"
    kind = {"consequence": "consequence", "listed": "list", "grade": "grade"}[row["measure"]]
    named = {str(one["id"]): one for one in tables_under(store.scheme(scheme), kind)}
    return str(named[row["item"]].get("title") or row["item"].replace("_", " "))
