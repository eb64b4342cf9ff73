"""A report that is got ready beside the months is the report that is written afterwards."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.commandline import Scored
from tests.report.conftest import evidence

from scoredsociety.commands.console.publishing import beside
from scoredsociety.report.render import (
    DRAWN_FROM_STATE,
    DRAWN_FROM_TALLIES,
    SECTIONS,
    build_ahead,
    report_text,
)
from scoredsociety.results import Run, open_run
from scoredsociety.study.readout.kernel_warmup import load_kernels

SIZE = ("--people", "400", "--months", "6", "--seed", "5", "--threads", "2", "--quiet")


def test_a_run_writes_the_report_that_its_folder_gives(scored: Scored, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    assert scored("run", "wendeng_2020", *SIZE, "--out", str(folder)).code == 0
    written = (folder / "report.html").read_text(encoding="utf-8")
    open_run(folder).report().save(tmp_path / "again.html")
    assert written == (tmp_path / "again.html").read_text(encoding="utf-8")
    assert written.count("<svg") > 5


def test_sections_that_are_built_ahead_are_those_of_the_report() -> None:
    found = evidence()
    ahead = build_ahead(found, (*DRAWN_FROM_TALLIES, *DRAWN_FROM_STATE))
    assert report_text(found, ahead) == report_text(found)
    assert set(ahead) <= set(SECTIONS)
    lost = report_text(found, dict.fromkeys(DRAWN_FROM_TALLIES))
    assert lost != report_text(found)  # what was built ahead is what stands there


def test_loading_kernels_touches_nothing_of_the_run(small_run: Run) -> None:
    persons = small_run.setting.persons
    columns = {
        name: array.copy() for name, array in persons._asdict().items()
        if isinstance(array, np.ndarray)
    }  # fmt: skip
    load_kernels(small_run.prepared, small_run.setting)
    assert columns
    for name, array in columns.items():
        assert np.array_equal(getattr(persons, name), array), name


def test_an_error_beside_the_months_is_told_to_whoever_waits() -> None:
    def fails() -> None:
        raise ValueError("the recipe is gone")

    with pytest.raises(ValueError, match="the recipe is gone"):
        beside(fails).result(10)
    assert beside(lambda: 3).result(10) == 3
