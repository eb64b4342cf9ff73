"""The thirteen questions, answered for any schemes: sign, size, range, and what moves it most.

The design is declared before any run: every plausible setting at the first seed, the default
setting at as many seeds as asked for, roll-out and settled state apart. An interval says what
luck does; the range over settings says how far the conclusion may go. Schemes that never existed
stand in a band of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from math import isfinite, nan
from pathlib import Path
from statistics import median

import polars as pl

from scoredsociety.measure.replicates import mean_interval
from scoredsociety.study.indicators import INDICATORS, UNANSWERED, Indicator, read_all
from scoredsociety.study.luck import ratio_of_lanes
from scoredsociety.study.observe import YEAR, Case, Tell, case_of, observe_all, vary
from scoredsociety.study.scenario import Scenario
from scoredsociety.study.settings import DEFAULT, PLAUSIBLE, Setting

NOTHING = "none"  # the scheme without rules: what is changed is changed against it
BANDS = ("baseline", "documented", "reported", "assumed", "disputed", "never existed")
PHASES = ("roll-out", "settled")
Values = Mapping[str, float]
Place = tuple[str, str, str, int]  # scheme, phase, setting, replicate

COLUMNS: dict[str, type[pl.DataType]] = {
    "band": pl.String, "scheme": pl.String, "title": pl.String, "phase": pl.String,
    "question": pl.String, "indicator": pl.String, "says": pl.String, "unit": pl.String,
    "of": pl.String, "change": pl.Boolean, "value": pl.Float64, "low": pl.Float64,
    "high": pl.Float64, "replicates": pl.Int64, "range_low": pl.Float64, "range_high": pl.Float64,
    "settings": pl.Int64, "sign": pl.String, "moved_most_by": pl.String, "moved_to": pl.Float64,
    "quote": pl.String,
}  # fmt: skip


@dataclass(frozen=True)
class Answers:
    """A table of answers, one row a scheme, phase and indicator, and how it was made."""

    frame: pl.DataFrame
    people: int
    months: int
    seeds: tuple[int, ...]
    runs: int
    variance_ratio: float | None  # of keyed draws against independent seeds, median
    settings: tuple[Setting, ...]
    unanswered: Mapping[str, str]


@dataclass(frozen=True)
class Design:
    """Which runs are made, before any is."""

    schemes: tuple[str, ...]
    base: Scenario
    replicates: int = 3
    settings: tuple[Setting, ...] = PLAUSIBLE
    phases: tuple[str, ...] = PHASES

    def scenarios(self) -> dict[Place, Scenario]:
        """Every run by its place; the scheme without rules is run under default only."""
        found: dict[Place, Scenario] = {}
        for phase in self.phases:
            for name in dict.fromkeys((*self.schemes, NOTHING)):
                one = replace(self.base, schemes=(name,), panel=0)
                if phase == "settled":  # a year is counted, after the burn-in
                    one = replace(one, settled=True, months=min(YEAR, one.months))
                for k in range(self.replicates):
                    found[name, phase, DEFAULT.id, k] = replace(one, seed=one.seed + k)
                for setting in self.settings:
                    if setting != DEFAULT and name != NOTHING and asked(setting, phase):
                        found[name, phase, setting.id, 0] = setting.of(one)
        return found


def asked(setting: Setting, phase: str) -> bool:
    """Is the setting run in this phase?"""
    return phase != "settled" or setting.settled


def answer(
    design: Design, folder: Path | None = None, workers: int | Executor = 1,
    progress: Tell | None = None,
) -> Answers:  # fmt: skip
    """Make the runs that are not kept yet, and the table; UserError for a bad request."""
    places = design.scenarios()
    cases: dict[Place, Case] = {}
    for place, scenario in places.items():
        base = cases.get((place[0], place[1], DEFAULT.id, 0))
        cases[place] = vary(base, scenario) if base else case_of(scenario)
    values = observe_all(list(cases.values()), read_all, folder, workers, progress)
    by_place = dict(zip(cases, values, strict=True))
    rows = [
        row_of(design, cases[name, phase, DEFAULT.id, 0], name, phase, one, by_place)
        for name in design.schemes for phase in design.phases for one in INDICATORS
    ]  # fmt: skip
    frame = pl.DataFrame([row for row in rows if row], schema=COLUMNS, orient="row")
    return Answers(
        frame.sort(pl.col("band").replace_strict(list(BANDS), list(range(len(BANDS)))),
                   maintain_order=True),
        design.base.people, design.base.months,
        tuple(design.base.seed + k for k in range(design.replicates)),
        len({case.key for case in cases.values()}), pairing(design, by_place), design.settings,
        UNANSWERED,
    )  # fmt: skip


def row_of(
    design: Design, case: Case, name: str, phase: str, one: Indicator,
    by_place: Mapping[Place, Values],
) -> tuple[object, ...] | None:  # fmt: skip
    """One line of the table; None where the question does not arise."""
    seeds = range(design.replicates)
    default = [value_of(one, name, phase, DEFAULT.id, k, by_place) for k in seeds]
    if not all(isfinite(value) for value in default):
        return None
    found = mean_interval(default)
    ranged = {
        setting: value_of(one, name, phase, setting.id, 0, by_place)
        for setting in design.settings if (name, phase, setting.id, 0) in by_place
    }  # fmt: skip
    shifts = {
        setting: value - default[0] for setting, value in ranged.items() if isfinite(value)
    }  # by the same luck, so that the range over settings holds no luck
    least, most = min(shifts.values()), max(shifts.values())
    low, high = found.value + least, found.value + most
    mover = max(shifts, key=lambda setting: abs(shifts[setting]))
    moved = abs(shifts[mover]) > 1e-9
    scheme = case.prepared.names.schemes[0]
    bounded = design.replicates > 1
    certain = sign(found.low + least, found.high + most) if bounded else "one seed"
    return (
        band_of(case), name, str(case.prepared.versions.schemes[0][0][1].scheme.title), phase,
        one.question, one.id, one.says, one.unit, one.of, one.change and name != NOTHING,
        found.value,
        found.low if bounded else None, found.high if bounded else None, design.replicates,
        low, high, len(shifts), certain, mover.says if moved else "",
        found.value + shifts[mover],
        quote(one, scheme.id, phase, low, high, len(shifts), certain,
              mover.says if moved else ""),
    )  # fmt: skip


def value_of(
    one: Indicator, name: str, phase: str, setting: str, seed: int,
    by_place: Mapping[Place, Values],
) -> float:  # fmt: skip
    """The indicator of a run, less that without any scheme where a change is asked for."""
    values = by_place.get((name, phase, setting, seed))
    if values is None:
        return nan
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
    return str(scheme.status)


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
    amount = f"{span} {one.unit} ({one.of})"
    change = "change in " if one.change else ""
    moved = f"; moved most where {mover}" if mover else ""
    if certain in ("either way", "one seed"):
        moved += "; its direction is not settled"
    return (
        f"{scheme}, {phase}: {change}{one.says}: {amount}, over {settings} plausible "
        f"settings of this simulation{moved}."
    )


def number(value: float) -> str:
    """A number to three figures, without a sign for nothing."""
    if abs(value) < 5e-4:
        return "0"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def pairing(design: Design, by_place: Mapping[Place, Values]) -> float | None:
    """Median variance ratio of scheme against no scheme, over what varies under both."""

    def lane(name: str, phase: str) -> list[Values]:
        return [by_place[name, phase, DEFAULT.id, k] for k in range(design.replicates)]

    ratios = [
        ratio_of_lanes(lane(name, phase), [lane(NOTHING, phase)])
        for phase in design.phases for name in design.schemes if name != NOTHING
    ]
    known = [ratio for ratio in ratios if ratio is not None]
    return median(known) if known else None


def quotes(answers: Answers, schemes: Sequence[str] = ()) -> list[str]:
    """The printable sentences, of all schemes or of some."""
    frame = answers.frame
    if schemes:
        frame = frame.filter(pl.col("scheme").is_in(list(schemes)))
    return [str(text) for text in frame["quote"]]
