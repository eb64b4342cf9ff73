"""Joint cells: they add up to the tallies, and small ones are not shown."""

from __future__ import annotations

from typing import Any

from tests.report.conftest import evidence

from scoredsociety.engine import checkpoint
from scoredsociety.measure.observation_plan import Plan
from scoredsociety.measure.registry import MEASURES
from scoredsociety.report.elements import Table
from scoredsociety.report.sections.outcomes.joint_cells import joint_section
from scoredsociety.results import Run, simulate
from scoredsociety.study.readout.intersections import joint_of


def test_cells_add_up_to_the_tallies(tmp_path: Any) -> None:
    run = simulate("wendeng_2020", people=3000, months=8, threads=2, out=tmp_path / "run")
    state = checkpoint.load(run.folder / "checkpoint")
    cells = joint_of(run.prepared, run.setting, state)[0]["cells"]
    last = run.tallies.filter(month="2020-08", measure="restricted")
    everyone = last.filter(dimension="all").row(0, named=True)
    assert sum(one["of"] for one in cells) == everyone["of"]
    shown = [one for one in cells if one["restricted"] >= 0]
    assert sum(one["restricted"] for one in shown) <= everyone["count"]
    rural = last.filter(dimension="place", group="rural").row(0, named=True)
    assert sum(one["of"] for one in cells if one["cell"].startswith("rural")) == rural["of"]
    assert all((one["restricted"] < 0) == (one["of"] < 10) for one in cells)
    assert all(one["low"] <= one["restricted"] / one["of"] <= one["high"] for one in shown)


def test_where_nobody_is_restricted_there_is_no_table(small_run: Run) -> None:
    run = simulate("none", people=300, months=2, threads=1)
    assert joint_of(run.prepared, run.setting, checkpoint.load(run.folder / "checkpoint")) == []


def test_a_run_folder_feeds_the_measure() -> None:
    assert "intersections" in {kind.id for kind in Plan().feeds}
    assert "last state" in Plan(change_log=False).lacks("intersections")


def test_the_section_keeps_the_row_of_a_small_cell() -> None:
    cells = [
        {"cell": "urban x highest fifth x online", "restricted": 3, "of": 300, "low": 0.003,
         "high": 0.03, "note": ""},
        {"cell": "rural x lowest fifth x offline", "restricted": -1, "of": 7,
         "low": float("nan"), "high": float("nan"), "note": "too few to show"},
    ]  # fmt: skip
    section = joint_section(evidence(joint=({"scheme": "wendeng_2020", "cells": cells},)))
    assert section is not None
    table = section.blocks[1]
    assert isinstance(table, Table)
    assert table.rows[0] == ("rural, lowest fifth, offline", "7", "too few to show", "", "")
    assert table.rows[1][2:4] == ("3 of 300", "3 to 30 of 1,000")
    assert joint_section(evidence()) is None


def test_the_table_of_measures_has_the_id_of_each(small_run: Run) -> None:
    frame = small_run.measures
    assert set(frame["id"]) == set(MEASURES)
    titles = {name: one.title for name, one in MEASURES.items()}
    assert frame["measure"].to_list() == [titles[one] for one in frame["id"]]
