"""Q11: who enters whose records, who is close, and what collectors' choices do to scores."""

from __future__ import annotations

import numpy as np
import pytest

from scoredsociety.engine.collect.discretion import collector
from scoredsociety.engine.run import begin_run
from scoredsociety.engine.run_constants import settle
from scoredsociety.keyed import key_of
from scoredsociety.runs.edge_list import open_ties
from scoredsociety.runs.scenario import Scenario
from scoredsociety.study.ensemble.cases import Case, case_of, vary
from scoredsociety.study.ensemble.ensemble import observe
from scoredsociety.study.questions.plausible_settings import BY_HAND, COLLECTORS, DISCRETION
from scoredsociety.study.questions.q11_discretion import (
    entered_by_hand,
    entering,
    gap_of_the_close,
    mean_score,
    seen_in_scores,
)
from scoredsociety.study.readout.persons import subjects_now


@pytest.fixture(scope="module")
def case() -> Case:
    """The district scheme on 700 people: two whole grids of 256 seats and a part of one."""
    return case_of(Scenario(("wendeng_2020",), people=700, months=12, panel=0, seed=9))


def test_close_is_to_live_with_the_collector_or_to_have_a_tie(case: Case) -> None:
    """Brute force, person by person."""
    who = entering(case)
    assert who is not None and entering(case) is who  # drawn once
    inputs = case.prepared.inputs
    setting, (k0, k1) = settle(inputs), key_of(9)
    ties = open_ties(inputs, setting, begin_run(inputs, setting))
    pairs = set(zip(ties.one.tolist(), ties.other.tolist(), strict=True))
    home = np.arange(700) - (setting.persons.household.astype(int) >> 4)
    for dense in range(700):
        of = collector(k0, k1, inputs.seats, dense)[0]
        assert who.collector[dense] == of
        tied = (dense, of) in pairs or (of, dense) in pairs
        expected = dense != of and (bool(home[dense] == home[of]) or tied)
        assert bool(who.close[dense]) == expected, dense
    assert 5 < who.close.sum() < 200


def test_which_schemes_read_what_is_entered_by_hand(case: Case) -> None:
    assert entered_by_hand(case)
    assert entered_by_hand(case_of(Scenario(("weihai_village",), people=300, months=2, panel=0)))
    for name in ("none", "schufa"):
        assert not entered_by_hand(case_of(Scenario((name,), people=300, months=2, panel=0)))


def test_scores_are_read_as_they_were_published(case: Case) -> None:
    made, who = observe(case), entering(case)
    assert who is not None
    among = subjects_now(made.status, 0)
    score = made.score[0][among] / 100
    assert mean_score(case, made) == pytest.approx(score.mean())
    close = who.close[among]
    assert gap_of_the_close(case, made) == pytest.approx(score[close].mean() - score[~close].mean())
    assert seen_in_scores(case, made) > 0


def test_off_there_is_no_difference_and_each_setting_is_one(case: Case) -> None:
    plain = observe(case)
    off = vary(case, Scenario(("wendeng_2020",), people=700, months=12, panel=0, seed=9,
                              sets=(BY_HAND,), switched_off=("discretion",)))  # fmt: skip
    np.testing.assert_array_equal(observe(off).score, plain.score)
    on = vary(case, COLLECTORS.of(case.scenario))
    assert (observe(on).score != plain.score).any()
    keys = {vary(case, one.of(case.scenario)).key for one in DISCRETION}
    assert len(keys) == len(DISCRETION)
