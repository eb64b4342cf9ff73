"""Stacked denials: how many doors are shut to the same person (Alkire and Foster 2011).

Each restriction is a dimension. A person counts as multiply restricted from ``cutoff``
(weighted) denials on: H is the share of such persons, A their mean share of denials, and
M0 = H A the adjusted headcount, which falls when a door opens even if H does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.measure import Estimate
from scoredsociety.measure.statistics.intervals import wilson


@dataclass(frozen=True, slots=True)
class StackedDenials:
    """Alkire-Foster: ``m0 == headcount * intensity`` and the part each restriction gives to it."""

    headcount: Estimate
    intensity: float  # nan where nobody is multiply restricted
    m0: float
    contribution: tuple[float, ...]  # of each dimension to M0; sums to 1, or all 0


def alkire_foster(
    denied: npt.ArrayLike, cutoff: float, weights: npt.ArrayLike | None = None
) -> StackedDenials:
    """H, A and M0 of a (persons, restrictions) table; ``cutoff`` is a share of the weights, 0 to 1.

    Weights are scaled to sum to one; equal by default.
    """
    table = np.asarray(denied)
    if table.ndim != 2 or table.shape[1] == 0:
        raise ValueError("denials come as a table of persons by restrictions")
    weight = (
        np.ones(table.shape[1]) if weights is None else np.asarray(weights, dtype=np.float64)
    )
    if len(weight) != table.shape[1] or bool((weight < 0).any()) or float(weight.sum()) <= 0:
        raise ValueError("one weight, not negative, for each restriction")
    if not 0 < cutoff <= 1:
        raise ValueError(f"the cutoff is a share above 0 and up to 1, not {cutoff}")
    share = weight / weight.sum()
    hit = table.astype(np.bool_)
    deprivation = hit @ share
    poor = deprivation >= cutoff - 1e-12  # 1/3 + 1/3 must meet a cutoff of 2/3
    n, count = len(table), int(poor.sum())
    m0 = float(deprivation[poor].sum() / n) if n else nan
    parts = (hit[poor].sum(axis=0) * share / n) if n else np.zeros(len(share))
    contribution = parts / m0 if count else np.zeros(len(share))
    intensity = float(deprivation[poor].mean()) if count else nan
    return StackedDenials(wilson(count, n), intensity, m0, tuple(float(x) for x in contribution))
