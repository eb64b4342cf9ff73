"""Liu et al. (2018): the outcome curve, its regions, and the years after."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples.published import lending as ld
from examples.published.lending_years import lend, starting_scores
from scoredsociety.measure.statistics.intervals import z_of

LEVELS = len(ld.levels())


@st.composite
def borrowers(draw):
    weight = draw(st.lists(st.integers(1, 50), min_size=LEVELS, max_size=LEVELS))
    chance = sorted(draw(st.lists(st.floats(0.01, 0.99), min_size=LEVELS, max_size=LEVELS)))
    return ld.Borrowers(np.array(weight) / sum(weight), np.array(chance))


def test_the_scale_and_the_break_even():
    assert ld.levels()[0] == 300 and ld.levels()[-1] == 850
    made = ld.Borrowers(np.full(3, 1 / 3), np.array([0.5, 2 / 3, 0.8]))
    assert made.expected_change == pytest.approx([-37.5, 0, 30])  # +75 and -150 meet at 2/3


@given(borrowers(), st.lists(st.floats(0, 1), min_size=3, max_size=3, unique=True))
def test_the_outcome_curve_is_concave_and_starts_at_zero(group, rates):
    low, middle, high = sorted(rates)
    share = (middle - low) / (high - low)
    chord = (1 - share) * group.outcome(low) + share * group.outcome(high)
    assert group.outcome(middle) >= chord - 1e-9
    assert group.outcome(0) == 0
    assert ld.region(group, 0) == "stagnation"


@given(borrowers(), st.floats(0, 1))
def test_the_three_regions(group, rate):
    """Up to the peak and on to the return to zero it improves; past that it declines."""
    peak, zero = ld.best_for_group(group), ld.returns_to_zero(group)
    assert group.outcome(rate) <= group.outcome(peak) + 1e-9
    assert peak <= zero + 1e-9
    if zero < 1:
        assert group.outcome(zero) == pytest.approx(0, abs=1e-9)
    if 1e-6 < rate < zero - 1e-6 and peak > 0:
        assert ld.region(group, rate) == "improvement"
    if rate > zero + 1e-6:
        assert ld.region(group, rate) == "decline"


@given(borrowers())
def test_the_lender_left_alone_never_harms_where_a_loss_costs_it_more(group):
    """u-/u+ = -4 is stricter than c-/c+ = -2, so loans stop before the peak (Assumption 1)."""
    rate = ld.best_for_lender(group)
    assert rate <= ld.best_for_group(group) + 1e-9
    assert ld.region(group, rate) != "decline"


@given(borrowers(), borrowers(), st.floats(0.05, 0.95))
def test_equal_rates_lie_between_the_lenders_own(one, other, size):
    own = sorted((ld.best_for_lender(one), ld.best_for_lender(other)))
    rate = ld.equal_rates((one, other), (size, 1 - size))[0]
    assert own[0] - 1e-9 <= rate <= own[1] + 1e-9


@given(borrowers(), borrowers(), st.floats(0.05, 0.95), st.floats(0, 1))
@settings(max_examples=25, deadline=None)
def test_equal_opportunity_equalises_and_is_the_best_that_does(one, other, size, share):
    groups, sizes = (one, other), (size, 1 - size)

    def profit(rates):
        return sum(s * g.profit(r) for g, s, r in zip(groups, sizes, rates, strict=True))

    made = ld.equal_opportunity(groups, sizes)
    assert one.opportunity(made[0]) == pytest.approx(other.opportunity(made[1]), abs=1e-9)
    rival = [ld.rate_of_opportunity(g, share) for g in groups]
    assert profit(made) >= profit(rival) - 1e-9


def test_a_fairness_rule_may_harm_or_help_the_group_that_it_is_for():
    """The paper's finding, with invented groups: the same rule, opposite outcomes."""
    (few, many), sizes = ld.example(smaller=0.125)
    equal = ld.equal_rates((few, many), sizes)
    same_chance = ld.equal_opportunity((few, many), sizes)
    assert ld.region(few, ld.best_for_lender(few)) == "improvement"
    assert ld.region(few, equal[0]) == "decline"  # active harm
    assert ld.region(few, same_chance[0]) == "improvement"
    assert ld.against_the_lender(few, same_chance[0]) == "decline"  # relative harm
    (few, many), sizes = ld.example(smaller=0.5)
    for rule in (ld.equal_rates, ld.equal_opportunity):
        assert ld.against_the_lender(few, rule((few, many), sizes)[0]) == "improvement"


def test_650_is_the_threshold_of_most_profit_in_the_example():
    for group in ld.example()[0]:
        assert ld.at_threshold(group) == pytest.approx(ld.best_for_lender(group))


def test_a_simulated_year_equals_the_outcome_curve():
    """20,000 keyed persons, no ends of the scale: within 4 standard errors (1 seed in 16,000)."""
    (few, _), _ = ld.example()
    scores = lend(few, 20_000, 1, seed=2018, bounded=False)
    got = scores[0] >= ld.THRESHOLD
    chance = few.repays[(scores[0][got] - ld.LOWEST) // ld.STEP]
    expected = (ld.GAIN * chance + ld.LOSS * (1 - chance)).sum() / 20_000
    spread = (ld.GAIN - ld.LOSS) * np.sqrt((chance * (1 - chance)).sum()) / 20_000
    assert abs((scores[1] - scores[0]).mean() - expected) <= 4 * spread
    assert expected == pytest.approx(few.outcome(ld.at_threshold(few)), abs=0.02)  # rounding
    assert z_of(0.99994) > 4


def test_below_the_threshold_there_is_no_way_back():
    scores = lend(ld.example()[0][1], 2000, 10, seed=7)
    out = scores < ld.THRESHOLD
    assert (out[1:] >= out[:-1]).all()
    assert out[-1].sum() > out[0].sum()
    assert (scores[1:][out[:-1]] == scores[:-1][out[:-1]]).all()
    assert scores.min() >= ld.LOWEST and scores.max() <= ld.HIGHEST


def test_the_same_seed_lends_to_the_same_people():
    group = ld.example()[0][0]
    assert (lend(group, 500, 3, seed=1) == lend(group, 500, 3, seed=1)).all()
    assert (lend(group, 500, 3, seed=1) != lend(group, 500, 3, seed=2)).any()
    assert len(starting_scores(group, 777)) == 777
