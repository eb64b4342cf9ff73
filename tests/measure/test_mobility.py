"""Mobility: closed forms; rank correlations against scipy; proportionality by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import cohen_kappa_score

from scoredsociety.measure.persons import mobility, proportionality
from scoredsociety.measure.persons.proportionality import Sanction
from scoredsociety.measure.statistics import rank_correlation

pairs = st.lists(st.tuples(st.integers(0, 9), st.integers(-5, 40)), min_size=2, max_size=60)


@given(pairs)
@settings(deadline=None)
def test_rank_correlations_equal_scipy(rows):
    x, y = np.array(rows).T
    if len(set(x)) < 2 or len(set(y)) < 2:
        assert np.isnan(rank_correlation.kendall(x, y)) and np.isnan(
            rank_correlation.spearman(x, y)
        )
        return
    assert rank_correlation.kendall(x, y) == pytest.approx(
        stats.kendalltau(x, y).statistic, abs=1e-12
    )
    assert rank_correlation.spearman(x, y) == pytest.approx(
        stats.spearmanr(x, y).statistic, abs=1e-12
    )
    assert rank_correlation.mean_ranks(y) == pytest.approx(stats.rankdata(y))


@given(pairs)
def test_pairs_are_counted_exactly(rows):
    made = rank_correlation.pairs_of(*np.array(rows).T)
    signs = [(np.sign(a[0] - b[0]), np.sign(a[1] - b[1]))
             for i, a in enumerate(rows) for b in rows[:i]]  # fmt: skip
    assert made.concordant == sum(p * q > 0 for p, q in signs)
    assert made.discordant == sum(p * q < 0 for p, q in signs)
    assert made.only_x == sum(p == 0 != q for p, q in signs)
    assert made.only_y == sum(q == 0 != p for p, q in signs)
    assert made.both == sum(p == 0 == q for p, q in signs)


def test_kendall_of_many():
    generator = np.random.default_rng(3)
    x = generator.normal(size=20_000)
    y = x + generator.normal(size=20_000)
    assert rank_correlation.kendall(x, y) == pytest.approx(
        stats.kendalltau(x, y).statistic, abs=1e-12
    )


@given(st.lists(st.tuples(st.integers(-1, 4), st.integers(-1, 4)), max_size=60))
def test_transitions_equal_a_count(rows):
    before, after = [r[0] for r in rows], [r[1] for r in rows]
    table = mobility.transitions(before, after, 4)
    for i in range(4):
        for j in range(4):
            assert table[i, j] == rows.count((i, j))
    matrix = mobility.transition_matrix(table)
    assert matrix.sum(axis=1) == pytest.approx(1)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=60))
@settings(deadline=None)
def test_kappa_equals_scikit_learn(rows):
    before, after = [r[0] for r in rows], [r[1] for r in rows]
    made = mobility.kappa(mobility.transitions(before, after, 4))
    if len(set(before) | set(after)) == 1:
        assert np.isnan(made)  # chance alone keeps all
    else:
        assert made == pytest.approx(cohen_kappa_score(before, after), abs=1e-12)


def test_mobility_closed_forms():
    k = 4
    still, free = np.eye(k), np.tile([0.1, 0.2, 0.3, 0.4], (k, 1))
    assert mobility.shorrocks(still) == 0
    assert mobility.shorrocks(free) == pytest.approx(1)  # the origin says nothing
    assert mobility.shorrocks(1 - np.eye(2)) == 2  # everybody changes places: k / (k - 1)
    assert mobility.stationary(free) == pytest.approx([0.1, 0.2, 0.3, 0.4])
    assert mobility.prais(free) == pytest.approx(1)
    assert np.isinf(mobility.prais_stay(still)).all()
    assert np.isinf(mobility.prais(still)).all()
    two = np.array([[0.9, 0.1], [0.3, 0.7]])
    assert mobility.stationary(two) == pytest.approx([0.75, 0.25])
    assert mobility.prais_stay(two) == pytest.approx([10, 1 / 0.3])
    assert mobility.prais(two) == pytest.approx([0.25 / 0.1, 0.75 / 0.3])


@given(st.lists(st.lists(st.integers(1, 20), min_size=3, max_size=3), min_size=3, max_size=3))
def test_the_long_run_equals_many_steps(counts):
    matrix = mobility.transition_matrix(counts)
    many = np.linalg.matrix_power(matrix, 512)[0]
    assert mobility.stationary(matrix) == pytest.approx(many, abs=1e-9)


def test_small_act_long_harm():
    rules = [Sanction("parking", 1, 6, 24), Sanction("fraud", 7, 5, 12),
             Sanction("fine_unpaid", 3, 3, 6), Sanction("violence", 9, 9, 60)]  # fmt: skip
    found = proportionality.small_act_long_harm(rules)
    assert [(f.sanction.rule, f.graver_treated_lighter, f.example) for f in found] == [
        ("parking", 1, "fraud")
    ]
    tau, rho = proportionality.severity_follows_gravity(rules)
    assert tau == pytest.approx(1 / 3)  # of six pairs parking is the wrong way in two
    assert rho == pytest.approx(0.4)
    three_graver = [Sanction("a", 1, 5, 1), Sanction("b", 4, 2, 1)]
    assert len(proportionality.small_act_long_harm(three_graver, margin=3)) == 1
    assert proportionality.small_act_long_harm(three_graver, margin=4) == ()
    in_order = [Sanction(str(g), g, g, 1) for g in range(5)]
    assert proportionality.severity_follows_gravity(in_order) == pytest.approx((1, 1))
    assert proportionality.small_act_long_harm(in_order) == ()


def test_arbitrariness_lies_between_its_ends():
    gravity = np.array([1, 1, 5, 5])
    assert proportionality.arbitrariness([2, 2, 9, 9], gravity) == 0
    assert proportionality.arbitrariness([2, 9, 2, 9], gravity) == 1
    assert np.isnan(proportionality.arbitrariness([3, 3, 3, 3], gravity))
    made = proportionality.arbitrariness([1, 3, 5, 7], gravity)
    assert made == pytest.approx(4 / 20)  # within 1 + 1 + 1 + 1, whole 9 + 1 + 1 + 9


def test_context_matrix_counts_person_months_and_what_is_unrelated():
    table = proportionality.context_matrix([0, 0, 2, 2], [0, 1, 2, 0], [10, 5, 4, 1], 3)
    assert table.tolist() == [[10, 5, 0], [0, 0, 0], [1, 0, 4]]
    assert proportionality.unrelated_share(table) == pytest.approx(6 / 20)
    related = np.eye(3, dtype=bool)
    related[0, 1] = True
    assert proportionality.unrelated_share(table, related) == pytest.approx(1 / 20)
