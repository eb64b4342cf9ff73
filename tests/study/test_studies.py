"""Studies of many runs: interrupted ones resume, workers decide nothing, nothing is run twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from scoredsociety.errors import UserError
from scoredsociety.runs.execute import make
from scoredsociety.runs.prepare import prepare
from scoredsociety.runs.scenario import Scenario
from scoredsociety.runs.seeds import seeds_of
from scoredsociety.study.ensemble import cases
from scoredsociety.study.ensemble import ensemble as ob
from scoredsociety.study.ensemble.cases import Case, case_of, vary
from scoredsociety.study.ensemble.ensemble import Observed, observe, observe_all
from scoredsociety.study.ensemble.sweep import Axis, axis_of, grid, latin, sweep_points
from scoredsociety.study.questions.plausible_settings import PLAUSIBLE

BASE = Scenario(("wendeng_2020",), people=500, months=4, panel=0, seed=3)
AXES = [Axis("response.awareness.values.start", ("0.05", "0.2", "0.5"))]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[pl.DataFrame, Path]:
    """A sweep that nothing disturbed, and its folder."""
    folder = tmp_path_factory.mktemp("sweep")
    return sweep_points(BASE, AXES, grid(AXES), 2, folder), folder


def test_a_kept_run_is_what_was_run(tmp_path: Path) -> None:
    case = case_of(BASE)
    made, read = observe(case, tmp_path), observe(case, tmp_path)
    assert made.checksum == read.checksum and made.year_months == read.year_months == 4
    for part in ("year", "last"):
        for one, two in zip(getattr(made, part), getattr(read, part), strict=True):
            np.testing.assert_array_equal(one, two)
    for name in ob.COLUMNS:
        np.testing.assert_array_equal(getattr(made, name), getattr(read, name))


def test_it_is_the_run_that_a_run_folder_holds(tmp_path: Path) -> None:
    made = make(BASE, tmp_path / "run")
    assert observe(case_of(BASE)).checksum == made.manifest["checksum"]


def test_the_year_is_the_sum_of_its_months(tmp_path: Path) -> None:
    long, short = replace(BASE, months=15), replace(BASE, months=3)
    year = observe(case_of(long)).year
    before, after = observe(case_of(short)), observe(case_of(long))
    np.testing.assert_array_equal(before.status, after.status_before)
    np.testing.assert_array_equal(before.score, after.score_before)
    assert year.persons[0] == 12 * BASE.people


def test_a_varied_case_is_the_case_read_anew() -> None:
    base = case_of(BASE)
    chosen = ("no_responses", "deterred_at_thresholds", "known_to_many")
    for setting in (one for one in PLAUSIBLE if one.id in chosen):
        scenario = setting.of(replace(BASE, seed=99))
        assert vary(base, scenario).key == case_of(scenario).key, setting.id
        again = vary(vary(base, scenario), replace(scenario, seed=7))
        assert again.key == case_of(replace(scenario, seed=7)).key, setting.id
    for other in (replace(BASE, people=600), replace(BASE, without=("rule.bad_information",)),
                  replace(BASE, switched_off=("ties",)), replace(BASE, settled=True)):  # fmt: skip
        assert vary(base, other).key == case_of(other).key != base.key


def test_every_setting_changes_what_decides_the_run() -> None:
    base = case_of(BASE)
    keys = [vary(base, setting.of(BASE)).key for setting in PLAUSIBLE]
    assert len(set(keys)) == len(keys)


def test_workers_decide_nothing(whole: tuple[pl.DataFrame, Path], tmp_path: Path) -> None:
    again = sweep_points(BASE, AXES, grid(AXES), 2, tmp_path, workers=3)
    assert again.equals(whole[0], null_equal=True)


def test_an_interrupted_sweep_repeats_no_finished_run(
    whole: tuple[pl.DataFrame, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, ran = ob.simulate_case, list[str]()

    def counted(case: Case, machine: object) -> Observed:
        if len(ran) == 4:
            raise KeyboardInterrupt
        ran.append(case.key)
        return real(case, machine)  # type: ignore[arg-type]

    monkeypatch.setattr(ob, "simulate_case", counted)
    with pytest.raises(KeyboardInterrupt):
        sweep_points(BASE, AXES, grid(AXES), 2, tmp_path)
    finished = list(ran)
    ran.append("interrupted")  # so that the count goes on past four
    frame = sweep_points(BASE, AXES, grid(AXES), 2, tmp_path)
    assert frame.equals(whole[0], null_equal=True)
    later = ran[5:]
    assert sorted([*finished, *later]) == sorted(set(whole[0]["run"]))
    assert not list(tmp_path.glob("*.writing"))


def test_replicates_differ_and_meet_the_same_luck_at_every_point(
    whole: tuple[pl.DataFrame, Path],
) -> None:
    frame = whole[0]
    assert frame["run"].n_unique() == frame["checksum"].n_unique() == frame.height == 6
    assert frame["seed"].to_list() == [*seeds_of(3, 2)] * 3
    assert frame["point"].to_list() == [0, 0, 1, 1, 2, 2]


def test_a_sweep_of_what_changes_nothing_is_refused() -> None:
    axes = [Axis("response.silence.values.weight", ("0.5", "0.50"))]
    with pytest.raises(UserError, match="the same run"):
        sweep_points(BASE, axes, grid(axes))


def test_a_damaged_run_is_a_sentence(whole: tuple[pl.DataFrame, Path], tmp_path: Path) -> None:
    case = case_of(BASE)
    (tmp_path / f"{case.key}.npz").write_bytes(b"half a file")
    with pytest.raises(UserError, match="remove it"):
        observe(case, tmp_path)


@pytest.mark.parametrize("points", [2, 5, 16])
def test_a_hypercube_uses_each_part_of_each_range_once(points: int) -> None:
    axes = [Axis("a", (), 0, 1), Axis("b", (), -4, 4)]
    rows = np.array([[float(v) for v in one.values] for one in latin(axes, points, 1)])
    unit = (rows - [0, -4]) / [1, 8]
    for column in (unit * points).astype(int).T:
        assert sorted(column) == list(range(points))
    assert latin(axes, points, 1) == latin(axes, points, 1) != latin(axes, points, 2)


@pytest.mark.parametrize(
    "text", ["x", "x=", "=1", "x=1:", "x=2:1", "x=1,1", "x=a:b"]
)
def test_an_axis_that_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="--over"):
        axis_of(text)


def test_axes() -> None:
    assert axis_of("rule.x.points=-5,-10") == Axis("rule.x.points", ("-5", "-10"))
    assert axis_of("a.b=0:0.5") == Axis("a.b", (), 0, 0.5)
    assert [one.values for one in grid([Axis("a", ("1", "2")), Axis("b", ("3", "4"))])] == [
        ("1", "3"), ("1", "4"), ("2", "3"), ("2", "4")
    ]  # fmt: skip


def test_a_run_asked_for_twice_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    real = ob.simulate_case

    def counted(case: Case, machine: object) -> Observed:
        made.append(case.key)
        return real(case, machine)  # type: ignore[arg-type]

    monkeypatch.setattr(ob, "simulate_case", counted)
    cases = [case_of(BASE), case_of(BASE)]
    found = observe_all(cases, lambda case, one: one.checksum)
    assert len(made) == 1 and found[0] == found[1]


def test_the_key_holds_no_name_and_no_panel() -> None:
    assert case_of(BASE).key == case_of(replace(BASE, panel=10)).key
    assert cases.key_of_run(prepare(BASE)) != cases.key_of_run(prepare(replace(BASE, seed=4)))
