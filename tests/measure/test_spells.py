"""Spells and appeals against lifelines and plain loops."""

import lifelines
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from scoredsociety.measure.persons.appeals import (
    appeals,
    mean_wait,
    months_to_repair,
    never_appealed,
)
from scoredsociety.measure.persons.spells import (
    hazard,
    hazard_by_group,
    kaplan_meier,
    re_entry,
    spells_of,
)

lives = st.lists(st.tuples(st.integers(1, 20), st.booleans()), min_size=2, max_size=60)


@given(lives)
@settings(max_examples=60, deadline=None)
@pytest.mark.filterwarnings("ignore")
def test_kaplan_meier_equals_lifelines(rows):
    duration, ended = np.array(rows).T
    ours = kaplan_meier(duration, ended)
    oracle = lifelines.KaplanMeierFitter().fit(duration, ended)
    for month, survival, low, high in zip(ours.month, ours.survival, ours.low, ours.high,
                                          strict=True):  # fmt: skip
        assert survival == pytest.approx(oracle.predict(month), abs=1e-12)
        band = oracle.confidence_interval_.loc[month].to_numpy()
        if 0 < survival < 1:  # at the end both say 0, lifelines by another road
            assert (low, high) == pytest.approx(tuple(band), abs=1e-9)
    if not np.isclose(ours.survival, 0.5, atol=1e-9).any():  # exactly half: lifelines rounds
        assert ours.median == oracle.median_survival_time_


def test_the_median_is_the_first_month_by_which_half_have_ended():
    assert kaplan_meier([1, 1, 1, 2], [1, 1, 0, 0]).median == 1
    assert kaplan_meier([1, 1, 1, 2], [1, 0, 0, 0]).median == np.inf


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(1, 12), st.booleans()),
                min_size=3, max_size=50))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_late_entry_equals_a_count_at_each_month(rows):
    entry = np.array([r[0] for r in rows])
    duration = entry + np.array([r[1] for r in rows])
    ended = np.array([r[2] for r in rows])
    ours, left = kaplan_meier(duration, ended, entry), 1.0
    for place, month in enumerate(ours.month):
        at_risk = int(((entry < month) & (duration >= month)).sum())
        events = int(((duration == month) & ended).sum())
        left *= 1 - events / at_risk
        assert ours.at_risk[place] == at_risk and ours.ended[place] == events
        assert ours.survival[place] == pytest.approx(left)


@given(lives)
@settings(max_examples=30, deadline=None)
@pytest.mark.filterwarnings("ignore")
def test_hazard_equals_the_exponential_fit(rows):
    duration, ended = np.array(rows).T
    if not ended.any():
        return
    fit = lifelines.ExponentialFitter().fit(duration, ended)
    assert hazard(duration, ended).value == pytest.approx(1 / fit.lambda_, rel=1e-4)


def test_hazard_by_group_hides_few_spells():
    group = np.repeat(["few", "many"], [9, 40])
    rows = hazard_by_group(np.full(49, 4), np.ones(49), group)
    assert [r.note for r in rows] == ["too few to show", ""]
    assert rows[1].rate.value == pytest.approx(0.25)


@given(hnp.arrays(np.bool_, st.tuples(st.integers(1, 12), st.integers(1, 6))))
@settings(deadline=None)
def test_spells_equal_a_loop(state):
    window, people = state.shape
    expected = []
    for person in range(people):
        month = 0
        while month < window:
            if not state[month, person]:
                month += 1
                continue
            start = month
            while month < window and state[month, person]:
                month += 1
            expected.append((person, start, month - start, month < window, start > 0))
    made = spells_of(state)
    columns = (made.person, made.start, made.months, made.ended, made.known_start)
    assert list(zip(*(c.tolist() for c in columns), strict=True)) == expected
    assert int(made.months.sum()) == int(state.sum())


def test_re_entry_counts_who_comes_back_and_censors_the_rest():
    state = np.zeros((10, 3), dtype=bool)
    state[0:2, 0] = state[5:6, 0] = True  # outside 3 months, back, then outside 4 to the end
    state[2:4, 1] = True  # outside 6 to the end
    state[7:10, 2] = True  # never ends
    curve = re_entry(spells_of(state), 10)
    assert curve.spells == 3
    assert 1 - curve.at(3) == pytest.approx(1 / 3)
    assert curve.at(2) == 1


def test_appeals_by_hand():
    made = appeals(
        filed=[1, 1, 1, 0, 0], answered=[1, 1, 0, 0, 0], upheld=[1, 0, 0, 0, 0],
        waited_months=[4, 2, 6, 0, 0], through_error=[1, 1, 0, 1, 0],
    )  # fmt: skip
    assert made.filed.value == pytest.approx(3 / 5)
    assert made.upheld.value == pytest.approx(1 / 2)
    assert made.harm_before_answer == 4
    assert made.errors_never_appealed.value == pytest.approx(1 / 3)
    assert made.delay.at(4) == pytest.approx(1 / 3)  # 3 at risk, 2 answered by month 4
    assert mean_wait([4, 2, 6], [1, 1, 0]) == 3
    with pytest.raises(ValueError, match="filed"):
        appeals([0], [1], [0], [1], [0])
    shares = never_appealed(np.r_[np.ones(10), np.zeros(30)], np.repeat(["a", "b"], 20))
    assert [s.rate.value for s in shares] == [0.5, 1.0]


def test_months_to_repair_censors_what_is_never_repaired():
    assert months_to_repair([0, 0], [0, 4], window=12).at(0) == 0.5  # mended the same month
    curve = months_to_repair([0, 0, 5], [3, -1, 8], window=12)
    assert curve.at(3) == pytest.approx(1 / 3)
    assert curve.spells == 3
