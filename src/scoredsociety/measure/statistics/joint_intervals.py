"""Intervals that are asked at once: as wide as it takes for all of a table to hold together.

Of m intervals at 95 % one in twenty misses, so a reader who picks the striking ones picks misses.
Each of a *family* is widened to 1 - 0.05 / m (Bonferroni; Dunn 1961), so that all hold in 95 of
100 studies. None is of width zero: where nothing was seen in a run, it reaches as far as so many
households without an event do not rule out (zero_counts.py). Counts of few persons can be alike in
all replicates by chance, so an interval is also as wide as the households that differ make it. A
sign is given only where the interval lies on one side of nothing. [M]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, sqrt
from typing import NamedTuple

from scoredsociety.measure.measure import Estimate
from scoredsociety.measure.statistics.intervals import z_of
from scoredsociety.measure.statistics.replicates import mean_interval
from scoredsociety.measure.statistics.zero_counts import none_of, together

SURE = 0.95  # that all intervals of a family hold


class Bounds(NamedTuple):
    """A mean over replicates; no interval where one run alone, or the rules, decide it."""

    value: float
    low: float | None
    high: float | None
    sign: str  # "+", "-", or nothing where the interval does not tell


def sign(low: float, high: float) -> str:
    """The direction on which all that lies between agrees; else nothing."""
    return "+" if low > 0 else "-" if high < 0 else ""


def reaching(found: Estimate, values: Sequence[float], bound: float) -> Estimate:
    """An interval that reaches as far as ``bound`` from what was not seen, and is never flat."""
    low, high = found.low, found.high
    if not all(values):  # in a replicate, or in all, nothing was seen
        high = max(high, bound) if isfinite(high) else bound
        low = min(low, -bound) if isfinite(low) else -bound
    elif low == high:
        low, high = low - bound, high + bound
    return Estimate(found.value, low, high, found.n)


@dataclass(frozen=True)
class Family:
    """So many intervals at once, over persons of whom a household has ``household`` on average.

    ``exact``: both sides of every difference are the same by their rules, so nothing is estimated.
    """

    answers: int
    household: float
    exact: bool = False

    @property
    def level(self) -> float:
        """Level of each interval, that all may hold."""
        return together(SURE, max(self.answers, 1))

    def bound(self, persons: float, most: float = 1.0) -> float:
        """The largest share of ``most`` that so many persons without an event do not rule out.

        Persons of one household are not independent, so households are counted.
        """
        homes = persons / self.household
        return most * none_of(homes, self.level) if homes > 0 else most

    def difference(
        self, values: Sequence[float], persons: float, most: float = 1.0, counted: bool = True
    ) -> Bounds:
        """Mean of paired differences, a value a replicate, over ``persons`` in all replicates.

        ``most``: the largest that a difference can be, either way; ``counted``: it is a share of
        persons, so that few who differ are never sure, however alike the replicates are.
        """
        found = mean_interval(values, self.level)
        if self.exact:
            return Bounds(found.value, None, None, "")
        found = reaching(found, values, self.bound(persons, most))
        if not (isfinite(found.low) and isfinite(found.high)):
            return Bounds(found.value, None, None, "")
        least = most * self.paired(abs(found.value) / most, persons) if counted else 0.0
        low, high = min(found.low, found.value - least), max(found.high, found.value + least)
        low, high = max(-most, low), min(most, high)
        return Bounds(found.value, low, high, sign(low, high))

    def paired(self, share: float, persons: float) -> float:
        """Half width of Bonett and Price (2012) if that share of persons differs, all one way.

        No fewer can differ, so no interval of a net difference is narrower. Of households.
        """
        homes = persons / self.household
        if homes <= 0:
            return 1.0
        one, other = (share * homes + 1) / (homes + 2), 1 / (homes + 2)
        gap = one - other
        return z_of(self.level) * sqrt(max(one + other - gap * gap, 0.0) / (homes + 2))

    def share(self, counts: Sequence[int], of: Sequence[int]) -> Bounds | None:
        """Mean share over replicates, within 0 and 1; None where there is nobody.

        Of one replicate it is by household alone (Wilson 1927, of households), which says nothing
        of what differs from run to run; of several it is as wide as that at least.
        """
        known = [count / n for count, n in zip(counts, of, strict=True) if n]
        if not known:
            return None
        found = mean_interval(known, self.level)
        if self.exact:
            return Bounds(found.value, None, None, "")
        homes = sum(of) / self.household
        low, high = score_interval(sum(counts) / sum(of), homes, self.level)
        if isfinite(found.low) and isfinite(found.high):
            low, high = min(low, found.low), max(high, found.high)
        return Bounds(found.value, max(0.0, low), min(1.0, high), "")


def score_interval(share: float, homes: float, level: float) -> tuple[float, float]:
    """Wilson's interval of a share of households; of none or all the exact one-sided bound."""
    if share in (0.0, 1.0):
        bound = none_of(homes, level)
        return (0.0, bound) if share == 0 else (1 - bound, 1.0)
    z = z_of(level)
    centre = (share + z * z / (2 * homes)) / (1 + z * z / homes)
    half = z * sqrt(share * (1 - share) / homes + z * z / (4 * homes * homes)) / (1 + z * z / homes)
    return centre - half, centre + half


@dataclass(frozen=True)
class Families:
    """Two tables of one study: what is said of everybody, and what is said by group."""

    everybody: Family
    groups: Family

    def of(self, dimension: str) -> Family:
        """The table in which a row of a dimension of groups stands."""
        return self.everybody if dimension == "all" else self.groups


def luck_in_words(families: Families, pairs: int) -> str:
    """What the intervals over so many pairs of runs are, as screen and report print it."""
    one, groups = families.everybody, families.groups
    if one.exact:
        return (
            "Both are the same by their rules: nothing can differ, nothing is estimated, and "
            "there is no interval."
        )
    start = (
        f"{pairs} pairs of runs, each with a seed of its own. Intervals are Student's t over the "
        "pairs" if pairs > 1 else "One pair of runs: intervals are by household, of shares only"
    )
    return (
        f"{start}, so wide that the {one.answers:,} about everybody hold together in 95 of 100 "
        f"such comparisons, and so do the {groups.answers:,} about groups (Bonferroni); where "
        "few or none differ, they reach as far as that many households do not rule out. A "
        "direction is given only where its interval tells. They speak of the luck of the "
        "draw, not of what is assumed: for that, scored questions."
    )


