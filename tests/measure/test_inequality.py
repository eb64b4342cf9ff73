"""Gini, Theil, Atkinson and stacked denials against their definitions, written out in full."""

from math import exp, inf, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoredsociety.measure.persons.denials import alkire_foster
from scoredsociety.measure.persons.inequality import atkinson, gini, theil, theil_parts

amounts = st.lists(st.integers(0, 1000), min_size=1, max_size=25).filter(sum)


@given(amounts)
def test_gini_equals_all_pairs(values):
    n, mean = len(values), sum(values) / len(values)
    pairs = sum(abs(a - b) for a in values for b in values)
    assert gini(values) == pytest.approx(pairs / (2 * n * n * mean), abs=1e-12)


@given(amounts, st.data())
def test_counts_are_the_same_as_repeating(values, data):
    counts = data.draw(st.lists(st.integers(1, 4), min_size=len(values), max_size=len(values)))
    spread = np.repeat(values, counts)
    assert gini(values, counts) == pytest.approx(gini(spread), abs=1e-12)
    assert theil(values, counts) == pytest.approx(theil(spread), abs=1e-12)
    assert atkinson(values, 0.5, counts) == pytest.approx(atkinson(spread, 0.5), abs=1e-12)


@given(amounts)
def test_theil_and_atkinson_equal_their_definitions(values):
    n, mean = len(values), sum(values) / len(values)
    assert theil(values) == pytest.approx(
        sum(x / mean * log(x / mean) for x in values if x) / n, abs=1e-12
    )
    half = (sum(x**0.5 for x in values) / n) ** 2
    assert atkinson(values, 0.5) == pytest.approx(1 - half / mean, abs=1e-9)
    if min(values) > 0:
        geometric = exp(sum(log(x) for x in values) / n)
        assert atkinson(values, 1) == pytest.approx(1 - geometric / mean, abs=1e-9)
        harmonic = n / sum(1 / x for x in values)
        assert atkinson(values, 2) == pytest.approx(1 - harmonic / mean, abs=1e-9)
    else:
        assert atkinson(values, 1) == 1


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 3)), min_size=1, max_size=40)
       .filter(lambda rows: sum(r[0] for r in rows)))  # fmt: skip
def test_theil_between_and_within_add_up(rows):
    values, group = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    parts = theil_parts(values, group)
    assert parts.total == pytest.approx(parts.between + parts.within, abs=1e-12)
    assert parts.between >= -1e-12 and parts.within >= -1e-12


def test_closed_forms():
    assert gini([0, 0, 0, 1]) == pytest.approx(3 / 4)  # one has all: 1 - 1/n
    assert gini([5, 5, 5]) == pytest.approx(0)
    assert theil([0, 0, 0, 1]) == pytest.approx(log(4))
    assert np.isnan(gini([0, 0]))
    n = 1000  # 1..n: (n^2 - 1) / (3 n (n + 1)) = (n - 1) / (3 n)
    assert gini(np.arange(1, n + 1)) == pytest.approx((n - 1) / (3 * n))


def test_negative_amounts_are_refused():
    with pytest.raises(ValueError, match="negative"):
        gini([1, -1])
    with pytest.raises(ValueError, match="finite"):
        theil([1, inf])


def test_stacked_denials_by_hand():
    """Alkire and Foster's own kind of example: four persons, four equal doors, cutoff two."""
    table = [[1, 1, 1, 1], [1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]]
    made = alkire_foster(table, 0.5)
    assert made.headcount.value == 0.5
    assert made.intensity == pytest.approx(0.75)
    assert made.m0 == pytest.approx(0.375)
    assert made.contribution == pytest.approx((1 / 3, 1 / 3, 1 / 6, 1 / 6))


def test_denials_without_weights_or_cutoff_are_refused():
    assert alkire_foster([[1, 0]], 1, weights=[1, 0]).headcount.value == 1
    for weights, cutoff in (([0, 0], 0.5), ([1, -1], 0.5), ([1], 0.5), (None, 0), (None, 1.1)):
        with pytest.raises(ValueError, match="weight|cutoff"):
            alkire_foster([[1, 0]], cutoff, weights)


@given(st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=1, max_size=30),
       st.integers(1, 3))  # fmt: skip
def test_stacked_denials_equal_the_definition(table, least):
    made = alkire_foster(table, least / 3)
    poor = [sum(row) / 3 for row in table if sum(row) >= least]
    assert made.m0 == pytest.approx(sum(poor) / len(table))
    assert made.headcount.value == pytest.approx(len(poor) / len(table))
    if poor:
        assert made.m0 == pytest.approx(made.headcount.value * made.intensity)
        assert sum(made.contribution) == pytest.approx(1)
