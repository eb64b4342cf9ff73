"""Rows of the answers: default, interval of luck, ranges over what is assumed, a sentence to quote.

An interval says what the luck of the persons drawn does. All answers of a table are asked at once,
so each interval is widened until all of them hold together in 95 of 100 studies (Bonferroni), and a
sign is given only where the interval and the whole range lie on one side of nothing. Where nothing
was seen an interval is never of width zero (zero_event_bounds.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, isfinite, nan

import numpy as np
import polars as pl

from scoredsociety.measure.measure import Estimate
from scoredsociety.measure.statistics.joint_intervals import SURE, reaching, sign
from scoredsociety.measure.statistics.replicates import mean_interval
from scoredsociety.measure.statistics.zero_counts import together
from scoredsociety.scheme.model.status import badge_words
from scoredsociety.scheme.read.lane import is_baseline
from scoredsociety.study.ensemble.cases import Case
from scoredsociety.study.ensemble.fitted_figures import fitted_to
from scoredsociety.study.ensemble.latin_hypercube import Mover, movers
from scoredsociety.study.ensemble.parameter_space import axis_words
from scoredsociety.study.questions.design import (
    NOTHING,
    SMALL,
    Design,
    DesignPoints,
    Place,
    entered,
    point,
)
from scoredsociety.study.questions.indicators import ASKED, Indicator, none_seen
from scoredsociety.study.questions.plausible_settings import DEFAULT

Values = Mapping[str, float]
AND, MORE = " and ", " (more of it, "  # between two movers, and before which way one moves
COLUMNS: dict[str, type[pl.DataType]] = {
    "band": pl.String, "scheme": pl.String, "title": pl.String, "phase": pl.String,
    "question": pl.String, "indicator": pl.String, "says": pl.String, "unit": pl.String,
    "of": pl.String, "change": pl.Boolean, "value": pl.Float64, "low": pl.Float64,
    "high": pl.Float64, "replicates": pl.Int64, "range_low": pl.Float64, "range_high": pl.Float64,
    "settings": pl.Int64, "kept_low": pl.Float64, "kept_high": pl.Float64, "kept": pl.Int64,
    "sign": pl.String, "moved_most_by": pl.String, "fitted_to": pl.String, "quote": pl.String,
}  # fmt: skip


@dataclass(frozen=True)
class Lane:
    """What the answers of one scheme in one phase are made of."""

    design: Design
    name: str
    phase: str
    case: Case  # the default, for titles
    by_place: Mapping[Place, Values]
    points: DesignPoints
    kept: frozenset[str]  # settings and points that no published figure rules out

    def value(self, one: Indicator, setting: str, seed: int = 0) -> float:
        """The indicator of a run, less that without any scheme where a change is asked for.

        Of Q11, less that of the same run in which every record seen is entered.
        """
        values = self.by_place.get((self.name, self.phase, setting, seed))
        if values is None:
            return nan
        if one.by_hand:
            other = (self.name, self.phase, self.beside(setting, True), seed)
        elif one.change and self.name != NOTHING:
            other = (NOTHING, self.phase, self.beside(setting, False), seed)
        else:
            return values[one.id]
        less = self.by_place.get(other)
        return nan if less is None else values[one.id] - less[one.id]

    def beside(self, setting: str, by_hand: bool) -> str:
        """The setting of the run that a run is compared with."""
        if setting.startswith("point "):
            return entered(setting) if by_hand else setting
        full = (DEFAULT.id, self.design.discretion[0].id, *(one.id for one in self.design.flips))
        return DEFAULT.id if setting in full else SMALL

    def ranged(self, one: Indicator) -> dict[str, float]:
        """The answer at every setting and point at which it arises, by its id."""
        few = self.design.discretion[1:] if one.by_hand else self.design.settings
        ids = [*(setting.id for setting in few if setting.id != DEFAULT.id),
               *(point(k) for k in range(self.design.points))]  # fmt: skip
        ids += [] if one.by_hand else [SMALL]
        found = {name: self.value(one, name) for name in ids}
        return {name: value for name, value in found.items() if isfinite(value)}

    def movers(self, one: Indicator) -> list[Mover]:
        """The one or two assumptions that move an answer most over the points."""
        values = np.array([self.value(one, point(k)) for k in range(self.design.points)])
        return movers(values, self.points.axes, self.points.shares)


def row_of(lane: Lane, one: Indicator) -> tuple[object, ...] | None:
    """One line of the table; None where the question does not arise."""
    first = lane.design.discretion[0].id if one.by_hand else DEFAULT.id
    default = [lane.value(one, first, k) for k in range(lane.design.replicates)]
    if not all(isfinite(value) for value in default):
        return None
    found = luck(default, none_bound(lane, one, first), one, lane.name)
    ranged = lane.ranged(one)
    low, high = _ends((*ranged.values(), found.value), found)
    fitted = fitted_to(lane.case.prepared.names.schemes[lane.case.main].id, one.id)
    left = [value for name, value in ranged.items() if name in lane.kept]
    kept = (None, None) if fitted or not left else _within(_ends(left, found), low, high)
    told = directed(lane, one) and not fitted
    certain = sign(min(low, found.low), max(high, found.high)) if told else ""
    named = lane.movers(one)
    moved = AND.join(_said(mover) for mover in named)
    bounded = isfinite(found.low) and isfinite(found.high)
    text = "" if fitted else quote(
        one, lane.case.title, lane.phase, (low, high),
        len(ranged), kept if left and not fitted else None, certain, moved,
    )  # fmt: skip
    return (
        *heading(lane, one), found.value, found.low if bounded else None,
        found.high if bounded else None, lane.design.replicates, low, high, len(ranged),
        *kept, 0 if fitted else len(left), certain, moved, fitted, text,
    )  # fmt: skip


def directed(lane: Lane, one: Indicator) -> bool:
    """Could the answer have gone the other way? Without any scheme nothing is changed."""
    return lane.name != NOTHING and (one.change or one.signed)


def _said(mover: Mover) -> str:
    """An assumption in words, and how much of the spread follows it."""
    way = "" if mover.rises is None else f"{MORE}{'more' if mover.rises else 'less'})"
    return f"{axis_words(mover.axis)}{way}"


def none_bound(lane: Lane, one: Indicator, setting: str) -> float:
    """What all seeds together would not rule out had nothing been seen in any."""
    seeds = range(lane.design.replicates)
    runs = [lane.by_place[lane.name, lane.phase, setting, k] for k in seeds]
    bounds = [run[none_seen(one.id)] for run in runs]
    return sum(bounds) / len(bounds) ** 2


def luck(values: Sequence[float], bound: float, one: Indicator, name: str) -> Estimate:
    """Mean over seeds, with an interval that holds together with all others of its table.

    What the rules alone decide has none. Never of width zero: what was not seen may be as much as
    ``bound``, and a count that is not negative is never surer than one of nothing.
    """
    mean = mean_interval(values, together(SURE, len(ASKED)))
    if not bound:
        return Estimate(mean.value, -inf, inf, mean.n)
    found = reaching(mean, values, bound)
    return Estimate(mean.value, max(found.low, floor(one, name)), found.high, mean.n)


def _ends(values: Sequence[float], found: Estimate) -> tuple[float, float]:
    """The range of some answers; where all are alike, what luck does not rule out."""
    low, high = min(values), max(values)
    if low == high and isfinite(found.low) and isfinite(found.high):
        return min(low, found.low), max(high, found.high)
    return low, high


def _within(kept: tuple[float, float], low: float, high: float) -> tuple[float, float]:
    """What is left lies in the whole, also where nothing at all was seen of it."""
    return max(kept[0], low), min(kept[1], high)


def heading(
    lane: Lane, one: Indicator, identity: str = "", more: str = ""
) -> tuple[object, ...]:  # fmt: skip
    """What a line is about: band, scheme, phase, question, indicator, unit and denominator."""
    return (
        _band_of(lane.case), lane.name, lane.case.title, lane.phase, one.question,
        one.id + identity, one.says + more, one.unit, one.of, one.change and lane.name != NOTHING,
    )  # fmt: skip


def flipped_rows(
    lane: Lane, cases: Mapping[Place, Case], one: Indicator
) -> list[tuple[object, ...]]:  # fmt: skip
    """The same line with one path flipped; none where the scheme does not have the path."""
    rows: list[tuple[object, ...]] = []
    for flip in lane.design.flips:
        case = cases.get((lane.name, lane.phase, flip.id, 0))
        if case is None or one.id not in flip.indicators:
            continue
        values = [lane.value(one, flip.id, k) for k in range(lane.design.replicates)]
        if not all(isfinite(value) for value in values):
            continue
        found = luck(values, none_bound(lane, one, flip.id), one, lane.name)
        bounded, more = isfinite(found.low) and isfinite(found.high), f", if {flip.says}"
        text = (
            f"In an invented population under “{case.title}” "
            f"({lane.phase}): {one.says}{more}: {three_figures(found.value)} {one.unit} {one.of} "
            f"(one thing changed, the same people with the same luck, {len(values)} seeds)."
        )
        rows.append((
            *heading(lane, one, f"_{flip.id}", more), found.value,
            found.low if bounded else None, found.high if bounded else None,
            lane.design.replicates, found.value, found.value, 1, None, None, 0,
            sign(found.low, found.high), "", "", text,
        ))  # fmt: skip
    return rows


def _band_of(case: Case) -> str:
    """The evidence for the scheme; one that never existed is said so before all else."""
    document = case.prepared.versions.schemes[case.main][0][1]
    scheme = document.scheme
    if "never existed" in f"{scheme.title} {getattr(scheme, 'period', '')}":
        return "never existed"
    if is_baseline(document):
        return "baseline"
    return badge_words(scheme.status)


def _span(low: float, high: float) -> str:
    """A range in words."""
    one, other = three_figures(low), three_figures(high)
    if one == other:
        return one
    return f"{one} to {other}"


def quote(
    one: Indicator, scheme: str, phase: str, ranged: tuple[float, float], settings: int,
    kept: tuple[float | None, float | None] | None, certain: str, moved: str,
) -> str:  # fmt: skip
    """A sentence that may be printed, with its denominator, its range and its condition."""
    change = "change in " if one.change else ""
    left = ""
    if kept is not None and kept[0] is not None and kept[1] is not None:
        left = (f" ({_span(kept[0], kept[1])} over those that published figures do "
                "not rule out)")  # fmt: skip
    more = f"; moved most by {moved}" if moved else ""
    if not certain and (one.change or one.signed):
        more += "; its direction is not settled"
    return (
        f"In an invented population under “{scheme}” ({phase}): {change}{one.says}: "
        f"{_span(*ranged)} {one.unit} {one.of}, over {settings} settings of what is "
        f"assumed in this simulation{left}{more}."
    )


def floor(one: Indicator, scheme: str) -> float:
    """Below which an indicator cannot lie: counts and shares are not negative."""
    return -inf if one.signed or (one.change and scheme != NOTHING) else 0.0


def three_figures(value: float) -> str:
    """A number to three figures, without a sign for nothing; only nothing is printed as 0."""
    if abs(value) < 1e-9:
        return "0"
    if abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.3g}" if abs(value) >= 1e-3 else f"{value:.1g}"
