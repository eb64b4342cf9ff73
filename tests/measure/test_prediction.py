"""Discrimination and calibration against scikit-learn; DeLong against its definition."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from scoredsociety.measure.scoring import prediction

rows = st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=4, max_size=80)


@given(rows)
@settings(deadline=None)
def test_auc_equals_sklearn_and_delong_its_definition(made):
    score, outcome = np.array(made).T
    ours = prediction.auc(score, outcome)
    if len(set(outcome)) < 2:
        assert np.isnan(ours.value)
        return
    assert ours.value == pytest.approx(metrics.roc_auc_score(outcome, score))
    one, none = score[outcome == 1], score[outcome == 0]
    if len(one) < 2 or len(none) < 2:
        return
    kernel = (one[:, None] > none) + 0.5 * (one[:, None] == none)
    variance = kernel.mean(1).var(ddof=1) / len(one) + kernel.mean(0).var(ddof=1) / len(none)
    half = 1.959963985 * variance**0.5
    assert ours.low == pytest.approx(max(0, kernel.mean() - half), abs=1e-8)
    assert ours.high == pytest.approx(min(1, kernel.mean() + half), abs=1e-8)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=2, max_size=60))
@settings(deadline=None)
def test_brier_equals_sklearn(made):
    chance = np.array([m[0] for m in made])
    outcome = np.array([m[1] for m in made])
    assert prediction.brier(chance, outcome) == pytest.approx(
        ((chance - outcome) ** 2).mean(), abs=1e-12
    )
    if len(set(outcome)) == 2:
        theirs = metrics.brier_score_loss(outcome, chance)
        assert prediction.brier(chance, outcome) == pytest.approx(theirs, abs=1e-12)
        skill = 1 - theirs / (outcome.mean() * (1 - outcome.mean()))
        assert prediction.brier_skill(chance, outcome) == pytest.approx(skill, abs=1e-9)


def test_bands_hold_what_happened_in_them():
    chance = np.concatenate((np.full(40, 0.05), np.full(60, 0.95)))
    outcome = np.concatenate((np.arange(40) < 2, np.arange(60) < 57))
    low, high = prediction.reliability(chance, outcome)
    assert (low.happened.rate.value, high.happened.rate.value) == (0.05, 0.95)
    assert prediction.calibration_gap(chance, outcome) == pytest.approx(0)
    bands = prediction.outcome_by_band([10, 20, 30], [0, 1, 1], [20])
    assert [(b.group, b.of) for b in bands] == [("-inf to 20", 1), ("20 to inf", 2)]


def test_what_knows_nothing_has_no_skill():
    outcome = np.array([0, 1, 1, 1])
    assert prediction.brier_skill(np.full(4, 0.75), outcome) == pytest.approx(0)
    assert prediction.auc(np.zeros(4), outcome).value == 0.5
