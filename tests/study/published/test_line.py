"""Contagion on a line: the closed form, exact walks, and the integer run agree."""

from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples.published import line
from scoredsociety.fixed import UNIT
from scoredsociety.measure.persons.restriction_errors import reach

weights = st.fractions(Fraction(1, 100), Fraction(9, 10), max_denominator=100)


@given(weights, st.integers(0, 6))
def test_the_walks_approach_the_closed_form(weight, distance):
    """What is left after t months is at most w^(t + 1): no tolerance is chosen."""
    months = 80
    gap = line.settled(float(weight), distance) - float(line.after(weight, months, distance))
    assert -1e-12 <= gap <= float(weight) ** (months + 1) + 1e-12


@given(weights, st.integers(0, 12))
def test_nothing_outruns_one_person_a_month(weight, months):
    assert line.after(weight, months, months + 1) == 0
    assert line.after(weight, months, months) == (1 - weight) * weight**months / 2**months


@given(weights)
def test_the_whole_change_is_shared_out(weight):
    """Weights sum to one, so contagion spreads a change and does not add to it."""
    far = range(-400, 401)
    r = line.decay(float(weight))
    rest = 2 * line.settled(float(weight), 401) / (1 - r)
    whole = sum(line.settled(float(weight), d) for d in far)
    assert whole + rest == pytest.approx(1)
    assert line.amplification(float(weight)) == pytest.approx(1 / line.settled(float(weight), 0))


def test_no_weight_no_contagion():
    assert line.settled(0, 0) == 1 and line.settled(0, 1) == 0
    own = np.full(9, 60_000)
    assert (line.scores(own, 0, 12) == own).all()


@pytest.mark.parametrize("percent", [5, 35, 70])
def test_the_integer_run_equals_the_closed_form_within_its_rounding(percent):
    """Rounding down costs under 1 / (1 - w) centipoints in each of the two runs; a ring of 201
    people and 60 months stands for the line."""
    weight = UNIT * percent // 100
    exact = weight / UNIT
    own = np.full(201, 60_000)
    hit = own.copy()
    hit[100] -= 10_000  # an error of 100 points in one person's own part
    change = line.scores(hit, weight, 60) - line.scores(own, weight, 60)
    bound = 1 / (1 - exact) + 10_000 * exact**61
    for distance in range(30):
        expected = -10_000 * line.settled(exact, distance)
        assert abs(change[100 + distance] - expected) <= bound
        assert change[100 + distance] == change[100 - distance]
    assert (line.scores(hit, weight, 3) != line.scores(own, weight, 3)).sum() <= 7


def test_sesames_reported_weight_reaches_few():
    """w = 0.05: an error of 100 points moves a friend by 2.4, a friend's friend by 0.06.

    Rounding down carries at most a centipoint further, to everybody: reach() leaves it out."""
    assert line.amplification(0.05) == pytest.approx(sqrt(1.05 / 0.95))
    own = np.full(41, 60_000)
    hit = own.copy()
    hit[20] -= 10_000
    weight = round(0.05 * UNIT)
    runs = line.scores(own, weight, 36), line.scores(hit, weight, 36)
    made = reach(*runs, 20, distance=np.abs(np.arange(41) - 20), least=1)
    assert made.by_distance == (1, 2, 2)
    assert made.amplification == pytest.approx(line.amplification(0.05), abs=0.001)
    assert reach(*runs, 20).others_changed == 40  # a hair of rounding reaches the whole ring
    assert abs(runs[1] - runs[0])[:17].max() == 1


def test_what_is_no_weight_is_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        line.settled(1.0, 1)
