"""Quantile tables are exact: the same integers as fractions give."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scoredsociety.society.recipes.quantiles import KNOTS, knots, nearest


@given(st.integers(0, 10**30), st.integers(1, 10**12))
def test_nearest_rounds_as_a_fraction_does(above: int, below: int) -> None:
    assert nearest(above, below) == round(Fraction(above, below))


@given(
    st.lists(st.fractions(1, 99, max_denominator=40), max_size=6, unique=True),
    st.lists(st.fractions(0, 10**7, max_denominator=1000), min_size=8, max_size=8),
)
def test_knots_are_the_straight_lines_between_quantiles(
    inner: list[Fraction], heights: list[Fraction]
) -> None:
    at = [Fraction(0), *sorted(inner), Fraction(100)]
    values = sorted(heights)[: len(at)]
    found = knots(at, values, "test")
    for knot in (0, 1, 77, 128, 200, KNOTS - 1):
        percent = Fraction(100 * knot, KNOTS - 1)
        k = max(place for place in range(len(at) - 1) if at[place] < percent or place == 0)
        share = (percent - at[k]) / (at[k + 1] - at[k])
        assert found[knot] == round((values[k] + (values[k + 1] - values[k]) * share) * 256)
