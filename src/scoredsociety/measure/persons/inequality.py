"""Inequality: Gini, Theil within and between groups, Atkinson (Q5; S2-33, S3-45).

For amounts that have a true zero (income, person-months of restriction, denials): a score on
an arbitrary scale such as 350 to 950 has none, so its Gini means nothing. References: Gini
(1912), Theil (1967), Atkinson (1970), Shorrocks (1980).
``counts`` weights each value by persons, so tallies need not be spread out.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.measure import Floats, same_length


def _amounts(values: npt.ArrayLike, counts: npt.ArrayLike | None) -> tuple[Floats, Floats]:
    amount = np.asarray(values, dtype=np.float64)
    weight = (
        np.ones(len(amount)) if counts is None else np.asarray(counts, dtype=np.float64)
    )
    same_length(values=amount, counts=weight)
    if not bool(np.isfinite(amount).all()) or bool((amount < 0).any()):
        raise ValueError("amounts must be finite and not negative")
    if bool((weight < 0).any()):
        raise ValueError("counts must not be negative")
    kept = weight > 0
    return amount[kept], weight[kept]


def gini(values: npt.ArrayLike, counts: npt.ArrayLike | None = None) -> float:
    """Gini coefficient, 0 to 1 - 1/n: mean absolute difference over twice the mean.

    nan where all is zero or nobody is there.
    """
    amount, weight = _amounts(values, counts)
    order = np.argsort(amount, kind="stable")
    amount, weight = amount[order], weight[order]
    persons, total = float(weight.sum()), float((weight * amount).sum())
    if total == 0:
        return nan
    below = np.cumsum(weight) - weight  # persons placed before this value
    ranks = below + (weight + 1) / 2  # mean rank, from 1, of the persons with this value
    return float(2 * (weight * amount * ranks).sum() / (persons * total) - (persons + 1) / persons)


def theil(values: npt.ArrayLike, counts: npt.ArrayLike | None = None) -> float:
    """Theil's T: mean of (x / mean) ln(x / mean), with 0 ln 0 = 0; 0 to ln n; nan if all zero."""
    amount, weight = _amounts(values, counts)
    total = float((weight * amount).sum())
    if total == 0:
        return nan
    ratio = amount * float(weight.sum()) / total
    terms = ratio * np.log(np.where(ratio > 0, ratio, 1.0))
    return float((weight * terms).sum() / weight.sum())


@dataclass(frozen=True, slots=True)
class TheilParts:
    """Theil's T split exactly: ``total = between + within``."""

    total: float
    between: float
    within: float


def theil_parts(
    values: npt.ArrayLike,
    group: npt.NDArray[np.generic],
    counts: npt.ArrayLike | None = None,
) -> TheilParts:
    """Theil's T between and within groups (Shorrocks 1980): income shares weight the groups."""
    amount = np.asarray(values, dtype=np.float64)
    weight = np.ones(len(amount)) if counts is None else np.asarray(counts, dtype=np.float64)
    same_length(values=amount, counts=weight, group=group)
    whole = float((weight * amount).sum())
    total = theil(amount, weight)
    if whole == 0:
        return TheilParts(total, nan, nan)
    names, code = np.unique(group, return_inverse=True)
    persons = np.bincount(code, weight, minlength=len(names))
    sums = np.bincount(code, weight * amount, minlength=len(names))
    filled = persons > 0
    means = np.divide(sums, persons, out=np.zeros(len(names)), where=filled)
    between = theil(means[filled], persons[filled])
    within = sum(
        float(sums[i]) / whole * theil(amount[code == i], weight[code == i])
        for i in range(len(names))
        if sums[i] > 0
    )
    return TheilParts(total, between, within)


def atkinson(
    values: npt.ArrayLike, aversion: float, counts: npt.ArrayLike | None = None
) -> float:
    """Atkinson's index for an inequality aversion > 0: 1 - equally distributed equivalent / mean.

    1 where somebody has nothing and the aversion is 1 or more.
    """
    if aversion <= 0:
        raise ValueError(f"inequality aversion must be positive, not {aversion}")
    amount, weight = _amounts(values, counts)
    total, persons = float((weight * amount).sum()), float(weight.sum())
    if total == 0:
        return nan
    ratio = amount * persons / total
    if aversion >= 1 and bool((ratio == 0).any()):
        return 1.0
    if aversion == 1:
        return 1 - float(np.exp((weight * np.log(ratio)).sum() / persons))
    power = float((weight * ratio ** (1 - aversion)).sum() / persons)
    return float(1 - power ** (1 / (1 - aversion)))
