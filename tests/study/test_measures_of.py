"""Measures of a run folder: fed by what the plan keeps, equal to the counts that they stand on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from scoredsociety.calendar import month_number
from scoredsociety.engine import checkpoint
from scoredsociety.measure.observation_plan import HOW, TALLIES, Plan
from scoredsociety.measure.persons.spells import spells_of
from scoredsociety.measure.registry import MEASURES, NEEDS
from scoredsociety.runs.edge_list import open_ties
from scoredsociety.runs.execute import make
from scoredsociety.runs.folder.run_folder import read_manifest
from scoredsociety.runs.scenario import Scenario
from scoredsociety.study.readout.from_change_log import (
    AFTER,
    LivedMonths,
    lived_of,
    of_lives,
    of_spells,
)
from scoredsociety.study.readout.from_tallies import (
    as_rows,
    measures_of,
    missing_of,
    plan_of,
    status_at,
)


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


def test_the_restricted_of_the_log_are_those_counted(folder: Path) -> None:
    """Month by month: the replayed table against the tallies of the run itself."""
    manifest, frame = read_manifest(folder), pl.read_parquet(folder / "tallies.parquet")
    for place, scheme in enumerate(manifest["inputs"]["schemes"]):
        lived = lived_of(folder, manifest, place)
        counted = frame.filter(
            pl.col("scheme") == scheme, pl.col("measure") == "restricted",
            pl.col("dimension") == "all",
        ).sort("month")["count"]  # fmt: skip
        assert lived.restricted.sum(axis=1).tolist() == counted.to_list()
        assert (lived.denied.any(axis=1) == lived.restricted[-1]).all()


def test_spells_of_a_run_equal_lifelines(folder: Path) -> None:
    """Survival after six months of a busier table: the log four times, with noise."""
    lifelines = pytest.importorskip("lifelines")
    lived = lived_of(folder, read_manifest(folder), 0)
    chance = np.random.default_rng(7)
    table = np.vstack([lived.restricted | (chance.random(lived.restricted.shape) < 0.3)] * 4)
    found = {one.name: one for one in of_spells(table, "spells")}
    spells = spells_of(table)
    seen = spells.known_start
    fitter = lifelines.KaplanMeierFitter().fit(spells.months[seen], spells.ended[seen])
    survival = found["How long a restriction lasts"]
    assert survival.value == pytest.approx(float(fitter.predict(AFTER)), abs=1e-12)
    bounds = fitter.confidence_interval_.loc[:AFTER].iloc[-1]
    assert (survival.low, survival.high) == pytest.approx(tuple(bounds), abs=1e-9)
    ends, at_risk = spells.ended[seen].sum(), spells.months[seen].sum()
    leaving = found["Monthly chance of leaving a restriction"]
    assert leaving.value == pytest.approx(ends / at_risk)
    again = found["Restricted again"]
    assert again.low <= again.value <= again.high


def test_places_and_months_by_hand() -> None:
    """Two communities, all restricted in one: apart; one person bears every month: most unequal."""
    restricted = np.zeros((3, 8), dtype=np.bool_)
    restricted[:, :4] = True
    lived = LivedMonths(
        restricted, restricted[-1:].T.repeat(2, axis=1), np.ones(8, dtype=np.bool_),
        np.arange(8, dtype=np.int64), np.arange(8, dtype=np.int64) // 2 << 7,
        np.arange(8, dtype=np.int64) // 4,
    )  # fmt: skip
    found = {one.name: one.value for one in of_lives(lived, "x", np.eye(2) / 2 + 0.25)}
    assert found["Segregation (dissimilarity)"] == 1
    assert found["Exposure to the unrestricted"] == 0
    assert found["Gini coefficient"] == pytest.approx(0.5)
    assert found["Theil's T between and within groups"] == pytest.approx(np.log(2))
    assert found["Starting income and final score"] > 0.9
    assert found["Relative stay in a grade"] == pytest.approx(2.0)


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
    from scoredsociety.engine.run import begin_run
    from scoredsociety.engine.run_constants import settle
    from scoredsociety.study.ensemble.cases import case_of

    inputs = case_of(Scenario(("none",), people=1500, months=1, panel=0)).prepared.inputs
    setting = settle(inputs)
    state = begin_run(inputs, setting)
    ties = open_ties(inputs, setting, state)
    pairs = np.stack((ties.one, ties.other), axis=1)
    assert (ties.one < ties.other).all() and ties.other.max() < 1500
    bits = np.concatenate([block.ties for block in state.blocks]).astype(np.int64)
    kept = sum(int(word).bit_count() for word in bits)
    assert len(pairs) * 2 == kept
