"""Fixed point against exact decimals, and what a threshold promises."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoredsociety import fixed


def test_exp2_table_is_exact_to_the_last_bit() -> None:
    """Each entry from its own power (the table is built by repeated products)."""
    with localcontext() as context:
        context.prec = 60
        for place, value in enumerate(fixed.exp2_table()):
            exact = Decimal(2) ** (Decimal(place) / 1024) * 2**31
            assert int(value) == int(exact.to_integral_value()), place


@given(st.integers(-34 * 1024, 100))
def test_threshold_is_within_one_of_two_to_the_rate(rate: int) -> None:
    with localcontext() as context:
        context.prec = 50
        exact = min(Decimal(2) ** (Decimal(rate) / 1024), Decimal(1)) * 2**32
    assert abs(int(fixed.threshold(rate, fixed.exp2_table())) - exact) <= 1


def test_thresholds_are_monotone() -> None:
    exp2 = fixed.exp2_table()
    values = [int(fixed.threshold(rate, exp2)) for rate in range(-35 * 1024, 1025)]
    assert values == sorted(values)
    assert values[0] == 0 and values[-1] == fixed.ONE


@pytest.mark.parametrize("rate", [fixed.NEVER, 3 * fixed.NEVER])
def test_never_is_never(rate: int) -> None:
    assert fixed.threshold(rate, fixed.exp2_table()) == 0


@given(st.decimals("1e-9", "1e6", places=9))
def test_log2_units_undo_exp2(value: Decimal) -> None:
    with localcontext() as context:
        context.prec = 40
        back = Decimal(2) ** (Decimal(fixed.log2_units(value)) / 1024)
        assert abs(back / value - 1) < Decimal("0.00034")  # half a unit is 0.0339 %


def test_logistic_is_monotone_and_symmetric() -> None:
    table = fixed.logistic_table()
    values = [int(v) for v in table]
    assert values == sorted(values)
    assert all(abs(a + b - fixed.ONE) <= 1 for a, b in zip(values, reversed(values), strict=True))
    assert fixed.logistic(0, table) == fixed.ONE // 2
    assert fixed.logistic(10**6, table) == values[-1]
    assert fixed.logistic(-(10**6), table) == values[0]


def test_a_decimal_is_the_one_that_was_written() -> None:
    assert fixed.decimal(0.1) == Decimal("0.1")
    assert fixed.probability("0.5") == 2**31
    with pytest.raises(ValueError, match="between 0 and 1"):
        fixed.probability("1.5")
