"""Intervals of proportions: how much of a share is the luck of the persons drawn.

Wilson (1927) for one share, Newcombe (1998, method 10) for a difference of two, Katz et al.
(1978) for a ratio, Bonett and Price (2012) for a difference over the same persons. They treat
persons as independent, so within one run they are footnotes; intervals over replicates
(replicates.py) and ranges over settings stand above them.
"""

from __future__ import annotations

from math import exp, inf, nan, sqrt
from statistics import NormalDist

from scoredsociety.measure.measure import Estimate


def z_of(level: float) -> float:
    """The two-sided normal quantile of a confidence level, 1.96 at 0.95."""
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, not {level}")
    return NormalDist().inv_cdf(0.5 + level / 2)


def _check(count: int, of: int) -> None:
    if not 0 <= count <= of:
        raise ValueError(f"a count lies between 0 and its denominator, not {count} of {of}")


def wilson(count: int, of: int, level: float = 0.95) -> Estimate:
    """Share ``count / of`` with Wilson's interval; nan and 0 to 1 where ``of`` is 0."""
    _check(count, of)
    if of == 0:
        return Estimate(nan, 0.0, 1.0, 0)
    z, share = z_of(level), count / of
    centre = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    low = 0.0 if count == 0 else centre - half
    high = 1.0 if count == of else centre + half
    return Estimate(share, low, high, of)


def newcombe(count: int, of: int, other: int, of_other: int, level: float = 0.95) -> Estimate:
    """Share less other share of separate persons, with Newcombe's score interval."""
    one, two = wilson(count, of, level), wilson(other, of_other, level)
    if of == 0 or of_other == 0:
        return Estimate(nan, -1.0, 1.0, of + of_other)
    gap = one.value - two.value
    down = sqrt((one.value - one.low) ** 2 + (two.high - two.value) ** 2)
    up = sqrt((one.high - one.value) ** 2 + (two.value - two.low) ** 2)
    return Estimate(gap, gap - down, gap + up, of + of_other)


def katz(count: int, of: int, other: int, of_other: int, level: float = 0.95) -> Estimate:
    """Share over other share of separate persons, with Katz's log interval.

    0 / 0 is nan; the interval is 0 to infinity where a count is 0.
    """
    _check(count, of)
    _check(other, of_other)
    n = of + of_other
    if of == 0 or of_other == 0 or (count == 0 and other == 0):
        return Estimate(nan, 0.0, inf, n)
    if count == 0 or other == 0:
        return Estimate(0.0 if count == 0 else inf, 0.0, inf, n)
    ratio = (count / of) / (other / of_other)
    spread = exp(z_of(level) * sqrt(1 / count - 1 / of + 1 / other - 1 / of_other))
    return Estimate(ratio, ratio / spread, ratio * spread, n)


def paired_shares(only_first: int, only_second: int, of: int, level: float = 0.95) -> Estimate:
    """First share less second share of the *same* ``of`` persons (Bonett and Price 2012).

    ``only_first`` counts those who are in the first state and not in the second. One is added
    to both discordant counts for the interval, not for the value.
    """
    _check(only_first + only_second, of)
    if of == 0:
        return Estimate(nan, -1.0, 1.0, 0)
    first, second = (only_first + 1) / (of + 2), (only_second + 1) / (of + 2)
    gap = first - second
    half = z_of(level) * sqrt((first + second - gap * gap) / (of + 2))
    value = (only_first - only_second) / of
    return Estimate(value, max(-1.0, gap - half), min(1.0, gap + half), of)
