"""Measures of a run folder: fed by what the plan keeps, equal to the counts that they stand on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scoredsociety.calendar import month_number
from scoredsociety.engine import checkpoint
from scoredsociety.measure.plan import HOW, TALLIES, Plan
from scoredsociety.measure.registry import MEASURES, NEEDS
from scoredsociety.study.folder import read_manifest
from scoredsociety.study.measures_of import as_rows, measures_of, missing_of, plan_of, status_at
from scoredsociety.study.scenario import Scenario
from scoredsociety.study.simulate import make
from scoredsociety.study.tied import open_ties


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of two schemes."""
    asked = Scenario(("wendeng_2020", "sesame_documented"), people=1500, months=5, seed=2, panel=20)
    return make(asked, tmp_path_factory.mktemp("runs") / "a").folder


def test_the_change_log_replayed_is_the_last_state(folder: Path) -> None:
    manifest = read_manifest(folder)
    last = status_at(folder, manifest, month_number("2020-05"))
    np.testing.assert_array_equal(last, checkpoint.load(folder / "checkpoint").exchange.status)


def test_measures_of_a_run(folder: Path) -> None:
    rows = as_rows(measures_of(folder))
    by_name = {(row["measure"], row["of"]): row for row in rows}
    exclusion = by_name["Exclusion rate", "subjects of wendeng_2020"]
    assert 0 <= float(str(exclusion["low"])) <= float(str(exclusion["value"])) <= 0.2
    assert any(name == "Gini coefficient" for name, _ in by_name)
    assert all(row["rights"] and row["unit"] and row["of"] for row in rows)


def test_every_measure_is_fed_or_says_what_would(folder: Path) -> None:
    fed, missing = {one.id for one in plan_of(folder).feeds}, missing_of(folder)
    assert fed | set(missing) == set(MEASURES) and not fed & set(missing)
    assert "exclusion_rate" in fed and "shorrocks" in fed
    assert "scored compare" in missing["lost_degree"]


def test_a_plan_without_a_log_feeds_no_mobility() -> None:
    assert "change log" in Plan(change_log=False).lacks("shorrocks")
    assert not Plan().lacks("shorrocks")
    assert Plan(panel=0).lacks("gini") and not Plan(ties=True).lacks("assortativity")
    assert set(TALLIES.values()) <= NEEDS.keys() and HOW.keys() <= NEEDS.keys()


def test_ties_of_a_state_are_the_bits_of_both_ends() -> None:
    """Every tie is kept at both ends, so each slot's bit is found from either."""
    from scoredsociety.engine.run import begin_run, settle
    from scoredsociety.study.observe import case_of

    inputs = case_of(Scenario(("none",), people=1500, months=1, panel=0)).prepared.inputs
    setting = settle(inputs)
    state = begin_run(inputs, setting)
    ties = open_ties(inputs, setting, state)
    pairs = np.stack((ties.one, ties.other), axis=1)
    assert (ties.one < ties.other).all() and ties.other.max() < 1500
    bits = np.concatenate([block.ties for block in state.blocks]).astype(np.int64)
    kept = sum(int(word).bit_count() for word in bits)
    assert len(pairs) * 2 == kept
