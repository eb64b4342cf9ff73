"""Nothing seen is not nothing: upper bounds where no event was counted, and clusters.

Clopper and Pearson (1934) for a count; with none of n the one-sided bound 1 - a**(1/n), which is
the rule of three (about 3 / n; Hanley and Lippman-Hand 1983). Where persons are not independent
the units are households or communities: Taylor's ratio estimator over clusters, and Korn and
Graubard (1998), who put the sample's effective size into Clopper and Pearson. [M]
"""

from __future__ import annotations

from math import inf, isfinite, nan

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.measure import Estimate
from scoredsociety.measure.statistics.student import incomplete_beta, t_quantile


def beta_quantile(probability: float, a: float, b: float) -> float:
    """The x below which ``probability`` of a Beta(a, b) lies; bisection to the last digits."""
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if incomplete_beta(a, b, middle) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def clopper_pearson(count: float, of: float, level: float = 0.95) -> Estimate:
    """Share ``count / of`` with Clopper and Pearson's interval, never of width zero.

    Both may be fractions (an effective size). With no event, or nothing else, the whole of
    ``1 - level`` lies on the one side that is open.
    """
    if not 0 <= count <= of:
        raise ValueError(f"a count lies between 0 and its denominator, not {count} of {of}")
    if of == 0:
        return Estimate(nan, 0.0, 1.0, 0)
    out = 1 - level
    if count == 0:
        return Estimate(0.0, 0.0, 1 - out ** (1 / of), int(of))
    if count == of:
        return Estimate(1.0, out ** (1 / of), 1.0, int(of))
    low = beta_quantile(out / 2, count, of - count + 1)
    high = beta_quantile(1 - out / 2, count + 1, of - count)
    return Estimate(count / of, low, high, int(of))


def none_of(units: float, level: float = 0.95) -> float:
    """Largest share that ``units`` independent units without an event do not rule out."""
    return 1 - (1 - level) ** (1 / units) if units > 0 else 1.0


def clustered(
    hits: npt.ArrayLike, sizes: npt.ArrayLike, level: float = 0.95
) -> Estimate:
    """Share of persons, by cluster: ``hits`` of ``sizes`` persons in each household or community.

    The variance is that of a ratio of two sums over clusters (Taylor's linearisation); it gives an
    effective number of persons, at most the true number, which goes into Clopper and Pearson. With
    fewer than two clusters nothing is known of the variance: the interval is 0 to 1.
    """
    y, x = np.asarray(hits, dtype=np.float64), np.asarray(sizes, dtype=np.float64)
    if y.shape != x.shape or y.ndim != 1:
        raise ValueError("hits and sizes are two rows, a number a cluster")
    if bool((y < 0).any()) or bool((y > x).any()):
        raise ValueError("a cluster has from none to all of its persons hit")
    y, x = y[x > 0], x[x > 0]
    n, clusters = float(x.sum()), len(x)
    if clusters < 2:
        return Estimate(float(y.sum()) / n if n else nan, 0.0, 1.0, int(n))
    share = float(y.sum()) / n
    if share in (0.0, 1.0):  # nothing tells how alike a cluster is, so each is one unit
        bound = none_of(clusters, level)
        return Estimate(share, 0.0 if share == 0 else 1 - bound, bound if share == 0 else 1.0,
                        int(n))  # fmt: skip
    off = y - share * x
    variance = clusters / (clusters - 1) * float((off * off).sum()) / n**2
    size = share * (1 - share) / variance if variance > 0 else inf
    half = 0.5 + level / 2
    size = min(n, size * (t_quantile(half, n - 1) / t_quantile(half, clusters - 1)) ** 2)
    found = clopper_pearson(share * size, size, level)
    return Estimate(share, found.low, found.high, int(n))


def together(level: float, answers: int) -> float:
    """Level of each of several intervals that all hold with ``level`` (Bonferroni)."""
    if answers < 1 or not isfinite(level):
        raise ValueError("at least one answer")
    return 1 - (1 - level) / answers
