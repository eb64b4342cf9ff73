"""Estimates of a drawn society with their sampling error: ratios and quantiles.

People of one community share its surroundings, so the error is that of a stratified cluster
sample: communities are clusters, the rural and the urban ones of each region the strata
(linearised ratio). Intervals are at 99.9 %: of 31 targets that are met exactly, one or more is
missed in about 3 % of seeds.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scoredsociety.fixed import Ints
from scoredsociety.society.describe.sample import Drawn

Z = 3.29  # two-sided 99.9 %
Floats = npt.NDArray[np.float64]
Weights = npt.NDArray[np.bool_] | npt.NDArray[np.float64] | Ints


class SampledEstimate(NamedTuple):
    """What was made, its interval at 99.9 %, and the number of people (or households) behind."""

    made: float
    low: float
    high: float
    n: int


NOBODY = SampledEstimate(float("nan"), float("nan"), float("nan"), 0)


def _totals(drawn: Drawn, values: Weights) -> Floats:
    """Sums of a column over the communities that hold anybody: (communities,)."""
    sums: Floats = np.bincount(drawn.community, np.asarray(values, float)).astype(float)
    return sums[np.bincount(drawn.community) > 0]


def strata(drawn: Drawn) -> Ints:
    """Region and urban or rural of the communities that hold anybody: (communities,).

    Strata of a single community cannot tell their error; they are joined, urban and rural apart.
    """
    present = np.unique(drawn.community)
    urban = drawn.seats.urban[present]
    group = drawn.seats.region[present] * 2 + urban
    return np.where(np.bincount(group)[group] > 1, group, -1 - urban)


def standard_error(drawn: Drawn, above: Weights, below: Weights, ratio: float) -> float:
    """Standard error of sum(above) / sum(below)."""
    over, under = _totals(drawn, above), _totals(drawn, below)
    rest = over - ratio * under
    group = strata(drawn)
    variance = 0.0
    for stratum in np.unique(group):
        part = rest[group == stratum]
        if len(part) > 1:
            variance += len(part) * float(part.var(ddof=1))
    return float(np.sqrt(variance)) / float(under.sum())


def ratio(drawn: Drawn, above: Weights, below: Weights, scale: float = 1.0) -> SampledEstimate:
    """sum(above) / sum(below), times ``scale``."""
    under = float(np.asarray(below, float).sum())
    if under == 0:
        return NOBODY
    made = float(np.asarray(above, float).sum()) / under
    error = Z * standard_error(drawn, above, below, made)
    n = int(np.count_nonzero(below))
    return SampledEstimate(made * scale, (made - error) * scale, (made + error) * scale, n)


def sampled_share(
    drawn: Drawn, what: npt.NDArray[np.bool_], among: npt.NDArray[np.bool_]
) -> SampledEstimate:
    """Per cent of those ``among`` for whom ``what`` holds."""
    return ratio(drawn, what & among, among, 100.0)


def median_income(drawn: Drawn, among: npt.NDArray[np.bool_]) -> SampledEstimate:
    """Median yuan a year per head (Woodruff's interval: of the share below, turned back)."""
    if not among.any():
        return NOBODY
    code = drawn.trait("income")[among]
    middle = float(quantile_income(drawn, code, 0.5))
    below = (drawn.income_yuan() < middle) & among
    part = ratio(drawn, below, among)
    width = part.high - part.made
    return SampledEstimate(
        middle,
        float(quantile_income(drawn, code, 0.5 - width)),
        float(quantile_income(drawn, code, 0.5 + width)),
        int(among.sum()),
    )


def quantile_income(drawn: Drawn, code: Ints, at: float) -> float:
    """Quantile of income with each code spread evenly over its step of 3 %."""
    counts = np.bincount(code, minlength=256)
    edges = np.append(0, np.cumsum(counts)) / counts.sum()
    place = float(np.interp(at, edges, np.arange(257) - 0.5))
    return float(np.exp(np.interp(place, np.arange(256), np.log(drawn.tables.income_yuan))))


def sampled_gini(values: Floats) -> float:
    """Gini coefficient of non-negative values."""
    ordered = np.sort(values)
    n = len(ordered)
    ranks = np.arange(1, n + 1)
    return float((2 * (ranks * ordered).sum() / (n * ordered.sum())) - (n + 1) / n)
