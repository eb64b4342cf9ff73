"""Rows of the answers: default, interval of luck, range over settings, a sentence to quote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import inf, isfinite, nan

import polars as pl

from scoredsociety.measure.measure import Estimate
from scoredsociety.measure.replicates import mean_interval
from scoredsociety.scheme.status import words_of
from scoredsociety.study.design import NOTHING, Design, Place
from scoredsociety.study.indicators import Indicator
from scoredsociety.study.observe import Case
from scoredsociety.study.settings import DEFAULT

Values = Mapping[str, float]
COLUMNS: dict[str, type[pl.DataType]] = {
    "band": pl.String, "scheme": pl.String, "title": pl.String, "phase": pl.String,
    "question": pl.String, "indicator": pl.String, "says": pl.String, "unit": pl.String,
    "of": pl.String, "change": pl.Boolean, "value": pl.Float64, "low": pl.Float64,
    "high": pl.Float64, "replicates": pl.Int64, "range_low": pl.Float64, "range_high": pl.Float64,
    "settings": pl.Int64, "sign": pl.String, "moved_most_by": pl.String, "moved_to": pl.Float64,
    "quote": pl.String,
}  # fmt: skip


def row_of(
    design: Design, case: Case, name: str, phase: str, one: Indicator,
    by_place: Mapping[Place, Values],
) -> tuple[object, ...] | None:  # fmt: skip
    """One line of the table; None where the question does not arise."""
    seeds = range(design.replicates)
    settings = design.discretion if one.by_hand else design.settings
    first = settings[0].id if one.by_hand else DEFAULT.id
    default = [value_of(one, name, phase, first, k, by_place) for k in seeds]
    if not all(isfinite(value) for value in default):
        return None
    found = within(mean_interval(default), one, name)
    ranged = {
        setting: value_of(one, name, phase, setting.id, 0, by_place)
        for setting in settings if (name, phase, setting.id, 0) in by_place
    }  # fmt: skip
    shifts = {
        setting: value - default[0] for setting, value in ranged.items() if isfinite(value)
    }  # by the same luck, so that the range over settings holds no luck
    least, most = min(shifts.values()), max(shifts.values())
    low, high = max(floor(one, name), found.value + least), found.value + most
    mover = max(shifts, key=lambda setting: abs(shifts[setting]))
    moved = abs(shifts[mover]) > 1e-9
    scheme = case.prepared.names.schemes[0]
    bounded = design.replicates > 1
    certain = (
        sign(max(floor(one, name), found.low + least), found.high + most) if bounded else "one seed"
    )
    return (
        *heading(case, name, phase, one), found.value,
        found.low if bounded else None, found.high if bounded else None, design.replicates,
        low, high, len(shifts), certain, mover.says if moved else "",
        found.value + shifts[mover],
        quote(one, scheme.title, phase, low, high, len(shifts), certain,
              mover.says if moved else ""),
    )  # fmt: skip


def heading(
    case: Case, name: str, phase: str, one: Indicator, identity: str = "", more: str = ""
) -> tuple[object, ...]:  # fmt: skip
    """What a line is about: band, scheme, phase, question, indicator, unit and denominator."""
    return (
        band_of(case), name, str(case.prepared.versions.schemes[0][0][1].scheme.title), phase,
        one.question, one.id + identity, one.says + more, one.unit, one.of,
        one.change and name != NOTHING,
    )  # fmt: skip


def flipped_rows(
    design: Design, cases: Mapping[Place, Case], name: str, phase: str, one: Indicator,
    by_place: Mapping[Place, Values],
) -> list[tuple[object, ...]]:  # fmt: skip
    """The same line with one path flipped; none where the scheme does not have the path."""
    rows: list[tuple[object, ...]] = []
    for flip in design.flips:
        case = cases.get((name, phase, flip.id, 0))
        if case is None or one.id not in flip.indicators:
            continue
        values = [value_of(one, name, phase, flip.id, k, by_place)
                  for k in range(design.replicates)]  # fmt: skip
        if not all(isfinite(value) for value in values):
            continue
        found, bounded = within(mean_interval(values), one, name), design.replicates > 1
        certain = sign(found.low, found.high) if bounded else "one seed"
        more = f", if {flip.says}"
        text = (
            f"In an invented population under “{case.prepared.names.schemes[0].title}” ({phase}): "
            f"{one.says}{more}: {number(found.value)} {one.unit} {one.of} (one thing changed, the "
            f"same people with the same luck, {len(values)} seeds)."
        )
        rows.append((
            *heading(case, name, phase, one, f"_{flip.id}", more), found.value,
            found.low if bounded else None, found.high if bounded else None, design.replicates,
            found.value, found.value, 1, certain, "", found.value, text,
        ))  # fmt: skip
    return rows


def value_of(
    one: Indicator, name: str, phase: str, setting: str, seed: int,
    by_place: Mapping[Place, Values],
) -> float:  # fmt: skip
    """The indicator of a run, less that without any scheme where a change is asked for.

    Of Q11, less that of the same run in which every record seen is entered.
    """
    values = by_place.get((name, phase, setting, seed))
    if values is None:
        return nan
    if one.by_hand:
        return values[one.id] - by_place[name, phase, DEFAULT.id, seed][one.id]
    if not one.change or name == NOTHING:
        return values[one.id]
    return values[one.id] - by_place[NOTHING, phase, DEFAULT.id, seed][one.id]


def band_of(case: Case) -> str:
    """The evidence for the scheme; one that never existed is said so before all else."""
    scheme = case.prepared.versions.schemes[0][0][1].scheme
    if "never existed" in f"{scheme.title} {getattr(scheme, 'period', '')}":
        return "never existed"
    if scheme.mechanism in ("none", "baseline"):
        return "baseline"
    return words_of(scheme.status)


def sign(low: float, high: float) -> str:
    """Whether every setting, with the interval of luck around it, agrees on the direction."""
    if low == high == 0:
        return "0"
    if low > 0:
        return "+"
    if high < 0:
        return "-"
    return "0 or +" if low == 0 else "- or 0" if high == 0 else "either way"


def quote(
    one: Indicator, scheme: str, phase: str, low: float, high: float, settings: int,
    certain: str, mover: str,
) -> str:  # fmt: skip
    """A sentence that may be printed, with its denominator, its range and its condition."""
    span = number(low) if number(low) == number(high) else f"{number(low)} to {number(high)}"
    change = "change in " if one.change else ""
    moved = f"; moved most where {mover}" if mover else ""
    if certain in ("either way", "one seed"):
        moved += "; its direction is not settled"
    return (
        f"In an invented population under “{scheme}” ({phase}): {change}{one.says}: {span} "
        f"{one.unit} {one.of}, over {settings} plausible settings of this simulation{moved}."
    )


def floor(one: Indicator, scheme: str) -> float:
    """Below which an indicator cannot lie: counts and shares are not negative."""
    return -inf if one.signed or (one.change and scheme != NOTHING) else 0.0


def within(found: Estimate, one: Indicator, name: str) -> Estimate:
    """An interval cut at what the indicator can be; Student's t does not know it."""
    return replace(found, low=max(found.low, floor(one, name)))


def number(value: float) -> str:
    """A number to three figures, without a sign for nothing."""
    if abs(value) < 5e-4:
        return "0"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
