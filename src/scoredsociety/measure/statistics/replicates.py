"""Intervals from replicates, paired where two schemes meet the same people with the same luck.

With keyed draws, replicate i of both schemes shares its seed, so the difference within a
replicate is what the scheme does and most of the luck cancels. ``variance_ratio`` measures
how much: well under 1 where pairing helps, 1 where it does nothing.
"""

from __future__ import annotations

from math import inf, nan, sqrt

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.measure import Estimate, Floats
from scoredsociety.measure.statistics.student import t_quantile


def _values(values: npt.ArrayLike, name: str) -> Floats:
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1 or not bool(np.isfinite(array).all()):
        raise ValueError(f"{name} must be a row of finite numbers, one a replicate")
    return array


def mean_interval(values: npt.ArrayLike, level: float = 0.95) -> Estimate:
    """Mean over replicates with its t interval; unbounded with fewer than two replicates."""
    array = _values(values, "values")
    n = len(array)
    if n == 0:
        return Estimate(nan, -inf, inf, 0)
    mean = float(array.mean())
    if n == 1:
        return Estimate(mean, -inf, inf, 1)
    half = t_quantile(0.5 + level / 2, n - 1) * float(array.std(ddof=1)) / sqrt(n)
    return Estimate(mean, mean - half, mean + half, n)


def paired_interval(a: npt.ArrayLike, b: npt.ArrayLike, level: float = 0.95) -> Estimate:
    """Mean of ``b - a`` over replicates that share their seeds, with its t interval."""
    one, two = _values(a, "a"), _values(b, "b")
    if len(one) != len(two):
        raise ValueError(f"paired runs come in pairs, not {len(one)} and {len(two)}")
    return mean_interval(two - one, level)


def replicates_needed(values: npt.ArrayLike, half_width: float, level: float = 0.95) -> int:
    """Replicates whose t interval would be at most ``half_width`` to each side.

    ``values`` are pilot replicates (or paired differences); at least two are needed, and the
    spread that they show is taken as the true one.
    """
    array = _values(values, "values")
    if len(array) < 2:
        raise ValueError("at least two pilot replicates are needed to know their spread")
    if half_width <= 0:
        raise ValueError(f"a half width must be positive, not {half_width}")
    spread = float(array.std(ddof=1))

    def enough(n: int) -> bool:
        return t_quantile(0.5 + level / 2, n - 1) * spread / sqrt(n) <= half_width

    high = 2
    while not enough(high):
        high *= 2
    low = max(2, high // 2)  # the half width falls with n, so halving finds the edge
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle + 1, high)
    return low


def variance_ratio(a: npt.ArrayLike, b: npt.ArrayLike) -> float:
    """Variance of ``b - a`` over what independent seeds would give, var a + var b.

    The price of a difference in replicates, keyed draws against independent seeds; nan where
    neither run varies at all.
    """
    one, two = _values(a, "a"), _values(b, "b")
    if len(one) != len(two) or len(one) < 2:
        raise ValueError("at least two pairs of replicates are needed")
    independent = float(one.var(ddof=1) + two.var(ddof=1))
    return float((two - one).var(ddof=1)) / independent if independent > 0 else nan


def measured_variance_ratio(paired: npt.ArrayLike, independent: npt.ArrayLike) -> float:
    """Variance of paired differences over the variance of differences of unlike seeds."""
    one, two = _values(paired, "paired"), _values(independent, "independent")
    if len(one) < 2 or len(two) < 2:
        raise ValueError("at least two differences of each kind are needed")
    below = float(two.var(ddof=1))
    return float(one.var(ddof=1)) / below if below > 0 else nan
