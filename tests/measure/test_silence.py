"""Silence, display, discretion, children: hand cases, and no mechanism no difference."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from scoredsociety.measure.persons import children
from scoredsociety.measure.public import display, silence
from scoredsociety.measure.scoring import discretion

speech = st.integers(1, 50).flatmap(
    lambda n: st.tuples(hnp.arrays(np.bool_, n), hnp.arrays(np.bool_, n), hnp.arrays(np.bool_, n))
)


@given(speech)
def test_chilling_is_the_difference_of_shares_of_those_who_wished(made):
    wished, without, with_it = made
    ours = silence.chilling(wished, without, with_it)
    if not wished.any():
        assert np.isnan(ours.value)
        return
    assert ours.value == pytest.approx(without[wished].mean() - with_it[wished].mean())
    assert ours.n == wished.sum()
    assert silence.chilling(wished, without, without).value == 0  # no mechanism, no difference


def test_spillover_tells_scored_from_unscored():
    scored = np.array([1, 1, 1, 1, 0, 0, 0, 0])
    without = np.ones(8)
    with_it = np.array([0, 0, 1, 1, 0, 1, 1, 1])
    made = silence.spillover(scored, np.ones(8), without, with_it)
    assert (made.scored.value, made.unscored.value, made.ratio) == (0.5, 0.25, 0.5)
    assert silence.falsification([0, 2], [3, 3]) == 2


def test_display_stands_beside_conduct():
    kind = np.array(["harmful", "rewarded", "unscored_good", "other"])
    made = display.conduct_and_display([90, 60, 30, 5], [100, 20, 40, 5], kind, 1000)
    assert (made.harmful, made.rewarded, made.unscored_good) == pytest.approx((-1, 4, -1))
    assert display.gain_without_conduct([5, 5, -1, 0], [0, -2, 0, 0]) == 0.5
    assert [e.value for e in display.seen_share([1, 3], [4, 4])] == [0.25, 0.75]


def test_discretion_leaves_marks():
    assert discretion.bunching([949, 950, 951, 952], 950, 10) == pytest.approx(0.5)
    assert discretion.bunching([940, 945, 950, 955], 950, 10) == 0
    assert discretion.points_by_discretion([5, 1], [0, 2], np.array(["close", "far"])) == {
        "close": 5, "far": -1}  # fmt: skip


def test_like_collectors_are_dispersed_by_chance_alone():
    """2,000 like collectors: chi-square / df has standard deviation sqrt(2 / 1999) = 0.03; four."""
    seen = np.full(2000, 200)
    alike = np.random.default_rng(1).binomial(seen, 0.3)
    assert discretion.collector_dispersion(alike, seen) == pytest.approx(1, abs=0.127)
    unlike = np.where(np.arange(2000) % 2, alike + 30, alike - 30)
    assert discretion.collector_dispersion(unlike, seen) > 10


def test_child_years():
    made = children.child_years([6, 0, 12], [24, 24, 24])
    assert (made.excluded, made.of, made.children.value) == (1.5, 6, pytest.approx(2 / 3))
    with pytest.raises(ValueError, match="more months"):
        children.child_years([5], [4])
    one, other = children.second_generation([1, 1, 0, 0], [1, 0, 0, 0])
    assert (one.value, other.value) == (0.5, 0)


def test_children_beside_like_ones():
    """Two strata in which both are found, one in which only one is: by hand."""
    made = children.beside_like([2, 1, 3], [4, 1, 9], [4, 2, 0], [12, 4, 0])
    assert made.children == 3
    assert made.theirs == pytest.approx(5 / 3)
    assert made.like == pytest.approx((2 * 3 + 1 * 2) / 3)
    assert made.gap == pytest.approx(-1)
    assert np.isnan(children.beside_like([1], [1], [0], [0]).gap)
    assert children.paired_loss(90, 100, 5) == -2
    assert np.isnan(children.paired_loss(1, 1, 0))
