"""Exclusion: who is shut out, and how unlike that is between groups (Q1, Q5; S0-23).

Rates are persons under a restriction over persons of the group. Parity difference and ratio
are Fairlearn's demographic parity (Agarwal et al. 2018; Feldman et al. 2015 for the ratio):
largest less smallest rate, smallest over largest. They are *differences in the simulation*.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.measure import Bools, Estimate, bools, same_length
from scoredsociety.measure.statistics.intervals import katz, newcombe, wilson, z_of

SUPPRESSED_BELOW = 10  # persons: the cell is not shown
WARNED_BELOW = 30  # persons: the cell is shown with a warning


@dataclass(frozen=True, slots=True)
class GroupRate:
    """One group's rate; ``count`` is -1 and the rate nan where the cell is too small to show."""

    group: str
    count: int
    of: int
    rate: Estimate
    note: str  # "", "few persons" (under 30) or "too few to show" (under 10)


def group_rate(group: str, count: int, of: int) -> GroupRate:
    """A group's rate from counts, with small cells suppressed or warned of."""
    if of < SUPPRESSED_BELOW:
        return GroupRate(group, -1, of, Estimate(nan, nan, nan, of), "too few to show")
    note = "few persons" if of < WARNED_BELOW else ""
    return GroupRate(group, count, of, wilson(count, of), note)


def exclusion_rate(excluded: npt.ArrayLike) -> Estimate:
    """Share of persons under a restriction, with Wilson's interval."""
    flags = bools(excluded, "excluded")
    return wilson(int(flags.sum()), len(flags))


def counts_by_group(
    flags: npt.ArrayLike, group: npt.NDArray[np.generic], among: Bools | None = None
) -> dict[str, tuple[int, int]]:
    """For each group (sorted) the pair (persons flagged, persons), of those ``among``."""
    array = bools(flags, "flags")
    same_length(flags=array, group=group)
    chosen = np.ones(len(array), dtype=np.bool_) if among is None else among
    names, code = np.unique(group, return_inverse=True)
    of = np.bincount(code[chosen], minlength=len(names))
    count = np.bincount(code[chosen & array], minlength=len(names))
    return {str(name): (int(count[i]), int(of[i])) for i, name in enumerate(names)}


def exclusion_by_group(
    excluded: npt.ArrayLike, group: npt.NDArray[np.generic]
) -> tuple[GroupRate, ...]:
    """Every group's exclusion rate, groups in sorted order."""
    counts = counts_by_group(excluded, group)
    return tuple(group_rate(name, count, of) for name, (count, of) in counts.items())


def parity_difference(counts: dict[str, tuple[int, int]]) -> Estimate:
    """Highest less lowest rate over groups; interval of those two groups (Newcombe).

    The two groups are chosen by the data, so with many groups the interval is too narrow
    about a true difference of zero. Groups without persons are left out; a single group
    differs from none, by 0 and without an interval.
    """
    high, low = _extremes(counts)
    if high is low:
        return Estimate(0.0, nan, nan, high[1])
    return newcombe(*high, *low)


def parity_ratio(counts: dict[str, tuple[int, int]]) -> Estimate:
    """Lowest over highest rate, 1 where nobody is in the state; interval of Katz."""
    high, low = _extremes(counts)
    if high is low:
        return Estimate(1.0, nan, nan, high[1])
    if high[0] == 0:
        return Estimate(1.0, nan, nan, high[1] + low[1])
    return katz(*low, *high)


def _extremes(counts: dict[str, tuple[int, int]]) -> tuple[tuple[int, int], tuple[int, int]]:
    filled = [pair for pair in counts.values() if pair[1] > 0]
    if not filled:
        raise ValueError("no group has a person in it")
    ordered = sorted(filled, key=lambda pair: (pair[0] / pair[1], pair[1]))
    return ordered[-1], ordered[0]


def gap_at_equal_conduct(
    excluded: npt.ArrayLike,
    in_group: npt.ArrayLike,
    conduct: npt.NDArray[np.generic],
) -> Estimate:
    """Difference in exclusion, group less others, among persons with equal true acts (Q1).

    The Mantel-Haenszel risk difference (Greenland and Robins 1985): strata of equal ``conduct``
    weigh n1 n0 / n; the interval is Wald's from the strata's binomial variances. nan where no
    stratum holds both.
    """
    flags, member = bools(excluded, "excluded"), bools(in_group, "in_group")
    same_length(excluded=flags, in_group=member, conduct=conduct)
    _, code = np.unique(conduct, return_inverse=True)
    size = int(code.max()) + 1 if len(code) else 0
    of1 = np.bincount(code[member], minlength=size)
    of0 = np.bincount(code[~member], minlength=size)
    hit1 = np.bincount(code[member & flags], minlength=size)
    hit0 = np.bincount(code[~member & flags], minlength=size)
    both = (of1 > 0) & (of0 > 0)
    if not bool(both.any()):
        return Estimate(nan, nan, nan, 0)
    n1, n0 = of1[both].astype(np.float64), of0[both].astype(np.float64)
    p1, p0 = hit1[both] / n1, hit0[both] / n0
    weight = n1 * n0 / (n1 + n0)
    weight = weight / weight.sum()
    value = float((weight * (p1 - p0)).sum())
    spread = float((weight**2 * (p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0)).sum()) ** 0.5
    half = z_of(0.95) * spread
    return Estimate(value, value - half, value + half, int(n1.sum() + n0.sum()))
