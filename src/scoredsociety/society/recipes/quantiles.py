"""Published shares and quantiles as integers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from scoredsociety.document.shape import Misplaced
from scoredsociety.fixed import ONE, decimal

if TYPE_CHECKING:
    pass

KNOTS = 257
DECILES = [Fraction(10 * k) for k in range(11)]


def exact(value: float | int) -> Fraction:
    """The fraction that was written."""
    return Fraction(decimal(value))


def cumulative(shares: Sequence[float], where: str) -> list[int]:
    """Cumulative thresholds of shares that add up to 1 (within 0.5 %; made to fit)."""
    parts = [exact(share) for share in shares]
    total = sum(parts, Fraction(0))
    if abs(total - 1) > Fraction(5, 1000):
        raise Misplaced.at(where, f"shares add up to {float(total):.4f}, not 1")
    out, running = [], Fraction(0)
    for part in parts:
        running += part
        out.append(round(running / total * ONE))
    return out


def knots(at: Sequence[Fraction], values: Sequence[Fraction], where: str) -> list[int]:
    """A quantile table: 257 values x 256 from values at rising percents 0 to 100."""
    if len(at) != len(values):
        raise Misplaced.at(where, f"{len(values)} values for {len(at)} percents")
    if at[0] != 0 or at[-1] != 100 or any(a >= b for a, b in zip(at, at[1:], strict=False)):
        raise Misplaced.at(where, "percents must rise from 0 to 100")
    if any(a > b for a, b in zip(values, values[1:], strict=False)):
        raise Misplaced.at(where, "quantiles must not fall")
    # whole numbers over common denominators: exact as fractions are, and forty times faster
    scale = lcm(*(percent.denominator for percent in at)) * (KNOTS - 1)
    places = [int(percent * scale) for percent in at]
    unit = lcm(*(value.denominator for value in values))
    heights = [int(value * unit) for value in values]
    out: list[int] = []
    k = 0
    for knot in range(KNOTS):
        here = 100 * knot * (scale // (KNOTS - 1))
        while k < len(at) - 2 and here > places[k + 1]:
            k += 1
        width = places[k + 1] - places[k]
        rise = (heights[k + 1] - heights[k]) * (here - places[k])
        out.append(nearest((heights[k] * width + rise) * 256, width * unit))
    return out


def nearest(above: int, below: int) -> int:
    """The whole number nearest to ``above / below`` (positive), a half to the even one."""
    whole, rest = divmod(above, below)
    return whole + (2 * rest > below or (2 * rest == below and whole % 2 == 1))


def deciles(values: Sequence[float], where: str) -> list[int]:
    """A quantile table of eleven values at 0, 10, ... 100 percent."""
    return knots(DECILES, [exact(v) for v in values], where)
