"""Intervals against scipy's, published examples and their own coverage."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from scoredsociety.measure.statistics.intervals import katz, newcombe, paired_shares, wilson
from scoredsociety.measure.statistics.replicates import (
    mean_interval,
    measured_variance_ratio,
    paired_interval,
    replicates_needed,
    variance_ratio,
)
from scoredsociety.measure.statistics.student import incomplete_beta, t_below, t_quantile

counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts, st.sampled_from((0.8, 0.95, 0.99)))
def test_wilson_equals_scipy(pair, level):
    count, of = pair
    ours = wilson(count, of, level)
    theirs = stats.binomtest(count, of).proportion_ci(level, method="wilson")
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@given(counts, counts)
def test_katz_equals_scipy(one, two):
    ours = katz(*one, *two)
    if one[0] == 0 or two[0] == 0:
        assert ours.high == float("inf")
        return
    theirs = stats.contingency.relative_risk(one[0], one[1], two[0], two[1])
    interval = theirs.confidence_interval(0.95)
    assert ours.value == pytest.approx(theirs.relative_risk, rel=1e-12)
    assert (ours.low, ours.high) == pytest.approx((interval.low, interval.high), rel=1e-9)


def test_newcombe_gives_his_own_example():
    """Newcombe (1998), table II: 56/70 against 48/80, method 10: 0.0524 to 0.3339."""
    ours = newcombe(56, 70, 48, 80)
    assert (round(ours.low, 4), round(ours.high, 4)) == (0.0524, 0.3339)


@given(counts, counts)
def test_newcombe_is_antisymmetric_and_holds_its_value(one, two):
    ours, turned = newcombe(*one, *two), newcombe(*two, *one)
    assert ours.low <= ours.value + 1e-12 and ours.value <= ours.high + 1e-12
    assert (ours.value, ours.low, ours.high) == pytest.approx(
        (-turned.value, -turned.high, -turned.low), abs=1e-12
    )


def test_paired_shares_equal_bonett_and_price_written_out():
    made = paired_shares(20, 5, 100)
    first, second = 21 / 102, 6 / 102
    half = 1.959963984540054 * np.sqrt((first + second - (first - second) ** 2) / 102)
    assert made.value == pytest.approx(0.15)
    assert (made.low, made.high) == pytest.approx((15 / 102 - half, 15 / 102 + half))
    assert paired_shares(3, 0, 3).high == 1


def test_paired_shares_cover_the_truth():
    """True gap 0.08 of 200 persons, 2,000 keyed repeats: a 95 % interval covers 93 to 97 %.

    Binomial error of 2,000 repeats at 95 %: standard deviation 0.5 points, so the band is four
    of them wide to each side; a correct interval fails less than once in 10,000 seeds.
    """
    generator = np.random.default_rng(11)
    n, chances = 200, (0.15, 0.07, 0.78)
    covered = 0
    for first, second, _ in generator.multinomial(n, chances, size=2000):
        made = paired_shares(int(first), int(second), n)
        covered += made.low <= 0.08 <= made.high
    assert 0.93 <= covered / 2000 <= 0.97


@given(st.floats(0.2, 60), st.floats(0.2, 60), st.floats(0.001, 0.999))
def test_incomplete_beta_equals_scipy(a, b, x):
    assert incomplete_beta(a, b, x) == pytest.approx(stats.beta.cdf(x, a, b), abs=1e-10)


@given(st.floats(0.001, 0.999), st.integers(1, 300))
@settings(max_examples=60)
def test_t_quantile_equals_scipy(probability, freedom):
    theirs = stats.t.ppf(probability, freedom)
    assert t_quantile(probability, freedom) == pytest.approx(theirs, rel=1e-7, abs=1e-9)
    assert t_below(theirs, freedom) == pytest.approx(probability, abs=1e-10)


@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=30))
def test_mean_interval_equals_scipy(values):
    ours, spread = mean_interval(values), np.std(values, ddof=1)
    if spread < 1e-6:
        assert ours.value == pytest.approx(np.mean(values), abs=1e-9)
        return
    theirs = stats.t.interval(0.95, len(values) - 1, np.mean(values), stats.sem(values))
    assert (ours.low, ours.high) == pytest.approx(theirs, rel=1e-6, abs=1e-6)


def test_one_replicate_has_no_interval():
    assert mean_interval([3.0]).high == float("inf")


@given(st.lists(st.floats(-10, 10), min_size=3, max_size=12), st.floats(0.05, 3))
def test_replicates_needed_is_the_least_number(values, half):
    if np.std(values) < 1e-6:
        return
    n = replicates_needed(values, half)
    spread = np.std(values, ddof=1)

    def width(m):
        return stats.t.ppf(0.975, m - 1) * spread / np.sqrt(m)

    assert width(n) <= half * (1 + 1e-6)
    assert n == 2 or width(n - 1) > half * (1 - 1e-6)


def test_paired_runs_that_differ_by_a_constant_have_no_width_and_ratio_zero():
    luck = np.array([4.0, 1.0, 9.0, 2.0])
    made = paired_interval(luck, luck + 3)
    assert (made.value, made.low, made.high) == pytest.approx((3, 3, 3))
    assert variance_ratio(luck, luck + 3) == 0
    assert variance_ratio([1, 2, 3, 4], [4, 3, 2, 1]) == 2  # luck that runs against itself
    assert measured_variance_ratio([1, 1, 2], [10, 30, 20]) == pytest.approx((1 / 3) / 100)
    assert measured_variance_ratio([1, 2], [1, 3]) == pytest.approx(0.25)


def test_independent_runs_have_a_ratio_of_one():
    """20,000 independent pairs: the ratio's standard deviation is about 0.01, five of them."""
    generator = np.random.default_rng(5)
    one, two = generator.normal(size=(2, 20_000))
    assert variance_ratio(one, two) == pytest.approx(1, abs=0.05)


def test_what_is_not_a_share_is_refused():
    with pytest.raises(ValueError, match="5 of 4"):
        wilson(5, 4)
    with pytest.raises(ValueError, match="pairs"):
        paired_interval([1, 2], [1, 2, 3])
