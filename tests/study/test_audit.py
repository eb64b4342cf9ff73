"""The audit finds an effect that was planted, and none where nothing was planted.

Every run of an audit has the same luck, so a number that nothing reads has an effect of exactly
zero: the rate of false findings is 0, and the tests ask for 0.
"""

from __future__ import annotations

from math import isfinite
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.commandline import Scored

from scoredsociety.errors import UserError
from scoredsociety.runs.scenario import Scenario
from scoredsociety.scheme.read.patch import document_of
from scoredsociety.study.ensemble import sensitivity as study
from scoredsociety.study.ensemble.assumed_parameters import of_scheme
from scoredsociety.study.ensemble.cases import Case
from scoredsociety.study.ensemble.parameter_space import of_coefficients
from scoredsociety.study.ensemble.sensitivity import (
    Number,
    audit_assumptions,
    conclusions,
    morris_design,
    screened,
)
from scoredsociety.study.questions.indicators import INDICATORS

SCHEME = """
[scheme]
id = "two_numbers"
title = "One rule that acts trigger, one that nothing does"
min_age = 18
source = ["O-R0"]

[score]
kind = "points"
start = 1000
low = 0
high = 2000

[[rule]]
id = "seen"
on = ["parking_ticket"]
points = -50
memory_months = 60
assumed = ["points"]

[[rule]]
id = "never"
on = ["parking_ticket"]
points = -50
amount = { from = 900000000 }
memory_months = 60
assumed = ["points"]
"""


def rules_alone(case: Case) -> tuple[list[Number], list[str]]:
    """The space without people and conduct."""
    return of_scheme(document_of(case.prepared.versions.schemes[0][0][1]))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """A scheme with an assumed number that matters and one that cannot."""
    file = tmp_path_factory.mktemp("scheme") / "two.toml"
    file.write_text(SCHEME, encoding="utf-8")
    off = ("responses", "life_effects")
    return Scenario((str(file),), people=600, months=4, panel=0, seed=6, switched_off=off)


def test_a_planted_effect_is_found_and_no_other(
    base: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(study, "space_of", rules_alone)
    found = audit_assumptions(base, trajectories=3, few=2, samples=2, replicates=2, folder=tmp_path)
    assert [one.key for one in found.moved] == ["rule.seen.points", "rule.never.points"]
    assert (found.moved[0].low, found.moved[0].high) == (-100, -25)
    effect = found.screening.group_by("number").agg(pl.col("mean_effect").max())
    by_number = dict(effect.iter_rows())
    assert by_number["rule.seen.points"] > 0
    assert by_number["rule.never.points"] == 0
    gap = found.indices.filter(pl.col("indicator") == "rural_score_gap")
    total = dict(gap.select("number", "total").iter_rows())
    assert total["rule.never.points"] == 0 < total["rule.seen.points"]
    told = found.conclusions.filter(pl.col("indicator") == "rural_score_gap").row(0, named=True)
    assert told["moved_most_by"] == "rule.seen.points" and "survives" not in told
    assert told["low"] <= told["kept_low"] <= told["kept_high"] <= told["high"]
    assert told["low"] <= told["value"] <= told["high"] and told["low"] < told["high"]
    assert found.runs == 4 + 3 * 3 + 2 * 4


@pytest.mark.parametrize("slopes", [(3.0, 0.0, -1.0), (0.0, 0.0, 2.5)])
def test_screening_of_a_plane_gives_its_slopes(slopes: tuple[float, ...]) -> None:
    """Morris's mean absolute effect of a linear function is |slope|, with no spread."""
    moved = [Number(f"x{k}", 0, 1) for k in range(3)]
    design = morris_design(3, 4, 1)
    runs = [dict.fromkeys((one.id for one in INDICATORS), float(row @ slopes)) for row in design]
    frame = screened(moved, design, runs, runs[0])
    one = frame.filter(pl.col("indicator") == INDICATORS[0].id)
    np.testing.assert_allclose(one["mean_effect"], np.abs(slopes), atol=1e-12)
    np.testing.assert_allclose(one["spread"], 0, atol=1e-12)


def test_a_figure_that_a_target_fitted_is_no_answer_over_what_is_left() -> None:
    """Planted: two runs, one of them ruled out; the fitted figure keeps no range of its own."""
    runs = [dict.fromkeys((one.id for one in INDICATORS), value) for value in (1.0, 5.0)]
    moved = [Number("x", 0, 1)]
    screening = screened(moved, np.array([[0.0], [1.0]]), runs, runs[0])
    frame = conclusions(runs[0], runs[0], runs, [True, False], screening, "judgment_list")
    rows = {row["indicator"]: row for row in frame.to_dicts()}
    plain, fitted = rows["supports"], rows["says_support"]
    assert (plain["low"], plain["high"], plain["kept_low"], plain["kept_high"]) == (1, 5, 1, 1)
    assert fitted["fitted_to"] == "V14" and fitted["kept_low"] is None and fitted["kept"] == 0
    assert rows["restricted"]["fitted_to"].startswith("V7"), "the grounds are set to it"


def test_bad_requests(base: Scenario) -> None:
    with pytest.raises(UserError, match="--samples"):
        audit_assumptions(base, samples=3)
    with pytest.raises(UserError, match="--trajectories"):
        audit_assumptions(base, trajectories=1)


def test_the_command(
    scored: Scored, base: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = of_coefficients()[:1]

    def space(case: Case) -> tuple[list[Number], list[str]]:
        return [*first, *rules_alone(case)[0]], []

    monkeypatch.setattr(study, "space_of", space)
    words = ("audit", base.schemes[0], "--people", 300, "--months", 3, "--trajectories", 2,
             "--few", 2, "--samples", 2, "--cache", tmp_path, "--quiet")  # fmt: skip
    record = scored(*words, "--json").json
    assert record["numbers_moved"] == [first[0].key, "rule.seen.points", "rule.never.points"]
    assert all(row["value"] is None or isfinite(row["value"]) for row in record["conclusions"])
    said = scored(*words)
    assert said.code == 0 and "independent seeds" in said.out and said.err == ""
