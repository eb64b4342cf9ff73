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
from math import inf, isfinite, nan
from pathlib import Path
from statistics import median
from typing import Any

import polars as pl

from scoredsociety.measure.measure import Estimate
from scoredsociety.measure.replicates import mean_interval
from scoredsociety.scheme.patch import document_of
from scoredsociety.study.indicators import INDICATORS, PARTLY, UNANSWERED, Indicator, read_all
from scoredsociety.study.luck import ratio_of_lanes
from scoredsociety.study.observe import YEAR, Case, Tell, case_of, observe_all, vary
from scoredsociety.study.paths import PATHS
from scoredsociety.study.paths import Path as Flip
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
    partly: Mapping[str, str]
    documents: Mapping[str, Mapping[str, Any]]  # schemes by id, then conduct and society

    @property
    def assumed(self) -> dict[str, int]:
        """Values of each document that no source gives."""
        return {name: count_assumed(document) for name, document in self.documents.items()}


@dataclass(frozen=True)
class Design:
    """Which runs are made, before any is."""

    schemes: tuple[str, ...]
    base: Scenario
    replicates: int = 3
    settings: tuple[Setting, ...] = PLAUSIBLE
    phases: tuple[str, ...] = PHASES
    flips: tuple[Flip, ...] = PATHS  # of roll-out, at every seed

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
    cases = cases_of(design, progress)
    values = observe_all(list(cases.values()), read_all, folder, workers, progress)
    by_place = dict(zip(cases, values, strict=True))
    rows = [
        row
        for name in design.schemes for phase in design.phases for one in INDICATORS
        for row in (
            row_of(design, cases[name, phase, DEFAULT.id, 0], name, phase, one, by_place),
            *flipped_rows(design, cases, name, phase, one, by_place),
        )
    ]  # fmt: skip
    frame = pl.DataFrame([row for row in rows if row], schema=COLUMNS, orient="row")
    return Answers(
        frame.sort(pl.col("band").replace_strict(list(BANDS), list(range(len(BANDS)))),
                   maintain_order=True),
        design.base.people, design.base.months,
        tuple(design.base.seed + k for k in range(design.replicates)),
        len({case.key for case in cases.values()}), pairing(design, by_place), design.settings,
        UNANSWERED, PARTLY, documents_of(design, cases),
    )  # fmt: skip


def documents_of(design: Design, cases: Mapping[Place, Case]) -> dict[str, Mapping[str, Any]]:
    """The documents of the runs under the default setting, as their files would have them."""
    found: dict[str, Mapping[str, Any]] = {}
    for name in dict.fromkeys(design.schemes):
        prepared = cases[name, design.phases[0], DEFAULT.id, 0].prepared
        found[name] = document_of(prepared.versions.schemes[0][0][1])
        common = {"conduct": prepared.conduct, "society": prepared.recipe}
    found |= {kind: document_of(one) for kind, one in common.items()}
    return found


def count_assumed(part: object) -> int:
    """Keys that a document's tables name as ``assumed``, in whatever depth."""
    if isinstance(part, Mapping):
        named = part.get("assumed")
        here = len(named) if isinstance(named, list | tuple) else 0
        return here + sum(map(count_assumed, part.values()))
    return sum(map(count_assumed, part)) if isinstance(part, list | tuple) else 0


def cases_of(design: Design, progress: Tell | None = None) -> dict[Place, Case]:
    """Every run of the design, compiled; what differs in seed or responses is read once."""
    cases: dict[Place, Case] = {}
    places = design.scenarios()
    for done, (place, scenario) in enumerate(places.items()):
        base = cases.get((place[0], place[1], DEFAULT.id, 0))
        cases[place] = vary(base, scenario) if base else case_of(scenario)
        if progress:
            progress(done, len(places), "runs prepared")
    for name in dict.fromkeys(design.schemes):
        default = cases.get((name, "roll-out", DEFAULT.id, 0))
        if default is None or name == NOTHING:
            continue
        for flip in design.flips:
            flipped = flip.of(default)
            if flipped is None:
                continue
            first = case_of(flipped)
            for k in range(design.replicates):
                cases[name, "roll-out", flip.id, k] = vary(
                    first, replace(flipped, seed=flipped.seed + k)
                )
    return cases


def row_of(
    design: Design, case: Case, name: str, phase: str, one: Indicator,
    by_place: Mapping[Place, Values],
) -> tuple[object, ...] | None:  # fmt: skip
    """One line of the table; None where the question does not arise."""
    seeds = range(design.replicates)
    default = [value_of(one, name, phase, DEFAULT.id, k, by_place) for k in seeds]
    if not all(isfinite(value) for value in default):
        return None
    found = within(mean_interval(default), one, name)
    ranged = {
        setting: value_of(one, name, phase, setting.id, 0, by_place)
        for setting in design.settings if (name, phase, setting.id, 0) in by_place
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
