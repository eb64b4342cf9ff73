"""Spells: how long a restriction lasts, with those that the run cuts off counted rightly.

Kaplan and Meier (1958) with Greenwood's (1926) variance and log-log interval; the discrete
hazard is ends over months at risk; re-entry is the time from the end of one spell to the start
of the next. A spell that stands when the run ends is censored, not short.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, nan

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.measure import Estimate, Floats, Ints, bools, same_length
from scoredsociety.measure.persons.exclusion import GroupRate
from scoredsociety.measure.statistics.intervals import wilson, z_of


@dataclass(frozen=True, slots=True, eq=False)
class Survival:
    """A Kaplan-Meier curve at the months in which a spell ended."""

    month: Floats
    at_risk: Ints
    ended: Ints
    survival: Floats
    low: Floats
    high: Floats
    spells: int

    def at(self, month: float) -> float:
        """Share of spells that last longer than ``month``."""
        place = int(np.searchsorted(self.month, month, side="right"))
        return float(self.survival[place - 1]) if place else 1.0

    @property
    def median(self) -> float:
        """First month by which half have ended; inf where fewer did within the run."""
        below = np.flatnonzero(self.survival <= 0.5 + 1e-12)  # a product of shares
        return float(self.month[below[0]]) if len(below) else inf


def kaplan_meier(
    duration: npt.ArrayLike,
    ended: npt.ArrayLike,
    entry: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> Survival:
    """Survival of spells of ``duration`` months; ``ended`` is 0 where the run cut them off.

    ``entry`` (months, default 0) is the age of a spell when it came under observation.
    """
    length = np.asarray(duration, dtype=np.float64)
    end = bools(ended, "ended")
    start = np.zeros(len(length)) if entry is None else np.asarray(entry, dtype=np.float64)
    same_length(duration=length, ended=end, entry=start)
    if bool((start >= length).any()) and entry is not None:
        raise ValueError("a spell must come under observation before it ends")
    month, events = np.unique(length[end], return_counts=True)
    begun = np.searchsorted(np.sort(start), month, side="left" if entry is not None else "right")
    gone = np.searchsorted(np.sort(length), month, side="left")
    at_risk = (begun - gone).astype(np.int64)
    survival: Floats = np.cumprod(1 - events / at_risk).astype(np.float64)
    left = at_risk - events
    terms = np.divide(events, at_risk * left, out=np.full(len(month), inf), where=left > 0)
    low, high = _log_log(survival, np.cumsum(terms), z_of(level))
    return Survival(month, at_risk, events.astype(np.int64), survival, low, high, len(length))


def _log_log(survival: Floats, greenwood: Floats, z: float) -> tuple[Floats, Floats]:
    """Interval of ln(-ln S): stays within 0 and 1; 0 to 0 where nobody is left."""
    inside = (survival > 0) & (survival < 1)
    log_s = np.log(np.where(inside, survival, 0.5))
    spread = z * np.sqrt(np.where(inside, greenwood, 0.0)) / np.abs(log_s)
    low = np.where(inside, np.exp(log_s * np.exp(spread)), survival)
    high = np.where(inside, np.exp(log_s * np.exp(-spread)), survival)
    return np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)


def hazard(duration: npt.ArrayLike, ended: npt.ArrayLike) -> Estimate:
    """Ends per month at risk, with Wilson's interval (n is the months at risk)."""
    end = bools(ended, "ended")
    months = int(np.asarray(duration, dtype=np.int64).sum())
    return wilson(int(end.sum()), months)


def hazard_by_group(
    duration: npt.ArrayLike, ended: npt.ArrayLike, group: npt.NDArray[np.generic]
) -> tuple[GroupRate, ...]:
    """Each group's hazard; suppressed under ten spells, warned of under thirty."""
    length, end = np.asarray(duration, dtype=np.int64), bools(ended, "ended")
    same_length(duration=length, ended=end, group=group)
    rows = []
    for name in np.unique(group):
        chosen = group == name
        spells, events = int(chosen.sum()), int(end[chosen].sum())
        if spells < 10:
            rows.append(GroupRate(str(name), -1, spells, Estimate(nan, nan, nan, spells),
                                  "too few to show"))  # fmt: skip
            continue
        note = "few spells" if spells < 30 else ""
        rate = wilson(events, int(length[chosen].sum()))
        rows.append(GroupRate(str(name), events, rate.n, rate, note))
    return tuple(rows)


@dataclass(frozen=True, slots=True, eq=False)
class Spells:
    """Spells in a state, sorted by person and start; months are places in the observed window."""

    person: Ints
    start: Ints
    months: Ints
    ended: npt.NDArray[np.bool_]  # False: stands when the window closes
    known_start: npt.NDArray[np.bool_]  # False: stood when the window opened


def spells_of(state: npt.ArrayLike) -> Spells:
    """Every spell of a (months, persons) table of truths."""
    table = np.asarray(state, dtype=np.bool_)
    if table.ndim != 2:
        raise ValueError("a state comes as a table of months by persons")
    window = len(table)
    ever = np.flatnonzero(table.any(axis=0))  # most persons have no spell at all
    edge = np.zeros((1, len(ever)), dtype=np.int8)
    step = np.diff(np.vstack((edge, table[:, ever].astype(np.int8), edge)), axis=0).T
    person, start = np.nonzero(step == 1)
    _, stop = np.nonzero(step == -1)  # row by row, so starts and stops pair off in order
    return Spells(
        ever[person].astype(np.int64), start.astype(np.int64), (stop - start).astype(np.int64),
        stop < window, start > 0,
    )  # fmt: skip


def re_entry(spells: Spells, window: int, level: float = 0.95) -> Survival:
    """Survival *outside* after a spell ended: 1 - at(k) have come back within k months."""
    done = spells.ended
    person, stop = spells.person[done], (spells.start + spells.months)[done]
    place = np.flatnonzero(done) + 1
    inside = place < len(spells.person)
    following = np.where(inside, place, 0)
    again = inside & (spells.person[following] == person)
    outside = np.where(again, spells.start[following] - stop, window - stop)
    return kaplan_meier(outside, again, level=level)
