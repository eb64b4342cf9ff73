"""Mobility of a run: hand-made spells, and the change log against the tallies."""

from __future__ import annotations

import numpy as np
import pytest

from scoredsociety.results import Run, simulate
from scoredsociety.runs.recorder import ChangeLog
from scoredsociety.study.readout.mobility import lasting, moves_of, replayed
from scoredsociety.study.readout.persons import denied_by


def test_spells_by_hand() -> None:
    """Six months, four persons: one stood before, one twice, one to the end, one never."""
    state = np.array([
        [1, 0, 0, 0],
        [1, 1, 0, 0],
        [0, 1, 0, 0],
        [0, 0, 1, 0],
        [0, 1, 1, 0],
        [0, 0, 1, 0],
    ], dtype=bool)  # fmt: skip
    found = lasting(state)
    assert (found["spells"], found["persons"], found["ended"]) == (3, 2, 2)
    # 3 spells: one ends after 1 month, one after 2, one is cut off at 3
    assert found["after"] == {"1": pytest.approx(2 / 3), "3": pytest.approx(1 / 3)}
    assert found["median"] == 2.0
    # two came free: one was back after a month, the other's first month out is the run's last
    assert found["back_within_a_year"] == pytest.approx(1 / 2)


def test_a_state_that_nobody_enters_has_no_spell() -> None:
    assert lasting(np.zeros((4, 3), dtype=bool)) == {"spells": 0, "ended": 0}
    stood = np.ones((4, 3), dtype=bool)
    assert lasting(stood) == {"spells": 0, "ended": 0}  # they began before anybody looked


def test_the_replayed_log_has_what_the_tallies_counted(small_run: Run) -> None:
    prepared = small_run.prepared
    found = moves_of(prepared, small_run.setting, ChangeLog(small_run.folder))[0]
    assert (found["from"], found["to"]) == ("2020-01", "2020-06")
    last = small_run.tallies.filter(month="2020-06", measure="grade", dimension="all")
    held = dict(zip(found["grades"], np.array(found["counts"]).sum(axis=0), strict=True))
    # who was a subject in both months; 400 persons have no new subject in six months
    for row in last.to_dicts():
        assert abs(held.get(row["item"], 0) - row["count"]) <= 2, row["item"]
    assert len(list(replayed(prepared, ChangeLog(small_run.folder)))) == 6


def test_nobody_moves_in_one_month(small_run: Run) -> None:
    one = small_run.prepared._replace(
        scenario=small_run.prepared.scenario.__class__(("wendeng_2020",), people=400, months=1)
    )
    assert moves_of(one, small_run.setting, ChangeLog(small_run.folder)) == []


@pytest.mark.parametrize("sets", [(), ("turnover.on=true",)])
def test_who_is_denied_is_looked_at_when_it_may_have_changed(sets: tuple[str, ...]) -> None:
    """As if everybody were looked at in every month."""
    run = simulate("wendeng_2020", people=2_000, months=18, seed=3, threads=2, sets=sets)
    prepared, setting = run.prepared, run.setting
    table = [
        denied_by(prepared.inputs, exchange.status, exchange.score, 0,
                  coarse=setting.persons_at(month - prepared.inputs.origin).coarse)
        for month, exchange, _ in replayed(prepared, ChangeLog(run.folder))
    ]  # fmt: skip
    found = moves_of(prepared, setting, ChangeLog(run.folder))[0]["restricted"]
    assert found == lasting(np.array(table)) and found["spells"] > 0
