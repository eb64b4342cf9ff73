"""The thirteen questions, answered for any schemes: sign, size, ranges, and what moves them most.

The design is declared before any run: the default setting at full size at as many seeds as asked
for, roll-out and settled state apart, and points that fill the space of what is assumed, in
smaller societies. An interval says what luck does; the range over points says how far the
conclusion may go, and beside it stands the range over the points that published figures do not
rule out. Schemes that never existed stand in a band of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import polars as pl

from scoredsociety.measure.scoring.unmet import Unmet
from scoredsociety.measure.statistics.joint_intervals import sign
from scoredsociety.measure.tallies import frame_of
from scoredsociety.runs.execute import unmet_of
from scoredsociety.runs.scenario import Scenario
from scoredsociety.runs.seeds import seeds_of
from scoredsociety.scheme.read.patch import document_of
from scoredsociety.study.ensemble.cases import Case
from scoredsociety.study.ensemble.ensemble import Observed, Tell, observe_all, observe_scenarios
from scoredsociety.study.ensemble.history_matching import TARGETS, luck_of, read_held, ruled_out
from scoredsociety.study.paired.variance_reduction import ratio_of_lanes
from scoredsociety.study.questions.answer_table import (
    COLUMNS,
    Lane,
    Values,
    flipped_rows,
    quote,
    row_of,
    three_figures,
)
from scoredsociety.study.questions.design import (
    NOTHING,
    PHASES,
    SMALL,
    Design,
    DesignPoints,
    Place,
    cases_of,
    design_points,
    point,
    point_scenarios,
)
from scoredsociety.study.questions.indicators import ASKED, PARTLY, UNANSWERED
from scoredsociety.study.questions.plausible_settings import DEFAULT, PlausibleSetting

__all__ = [
    "BANDS", "COLUMNS", "NOTHING", "PHASES", "Answers", "Design", "answer_questions",
    "count_assumed", "three_figures", "quote", "quotes", "sign",
]  # fmt: skip
BANDS = ("baseline", "rule text", "operator", "press", "assumed", "disputed", "never existed")


@dataclass(frozen=True)
class Answers:
    """A table of answers, one row a scheme, phase and indicator, and how it was made."""

    frame: pl.DataFrame
    people: int
    months: int
    seeds: tuple[int, ...]
    runs: int
    variance_ratio: float | None  # of keyed draws against independent seeds, median
    settings: tuple[PlausibleSetting, ...]
    unanswered: Mapping[str, str]
    partly: Mapping[str, str]
    documents: Mapping[str, Mapping[str, Any]]  # schemes by id, then conduct and society
    discretion: tuple[PlausibleSetting, ...] = ()  # settings of Q11
    points: int = 0
    point_people: int = 0
    moved: Mapping[str, int] = field(default_factory=dict)  # axes of each scheme
    unmoved: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ruled_out: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # points by target
    refused: int = 0  # points whose numbers the documents do not accept together
    # by scheme and phase: what befell nobody under any seed of the default, in the months counted
    unmet: Mapping[str, tuple[Unmet, ...]] = field(default_factory=dict)

    @property
    def assumed(self) -> dict[str, int]:
        """Values of each document that no source gives."""
        return {name: count_assumed(document) for name, document in self.documents.items()}


def answer_questions(
    design: Design, folder: Path | None = None, workers: int | Executor = 1,
    progress: Tell | None = None,
) -> Answers:  # fmt: skip
    """Make the runs that are not kept yet, and the table; UserError for a bad request."""
    cases = cases_of(design, progress)
    readings = observe_all(list(cases.values()), read_with_unmet, folder, workers, progress)
    by_place: dict[Place, Values] = {
        place: values for place, (values, _) in zip(cases, readings, strict=True)
    }
    unmet = {place: nobody for place, (_, nobody) in zip(cases, readings, strict=True)}
    points, asked = points_asked(design, cases)
    made = observe_scenarios(asked, read_held, folder, workers, progress)
    by_place |= made.values
    rows, ruled = [], {}
    for name in design.schemes:
        for phase in design.phases:
            kept, ruled[f"{name}, {phase}"] = left_over(design, name, phase, by_place)
            lane = Lane(design, name, phase, cases[name, phase, DEFAULT.id, 0], by_place,
                        points[name], kept)  # fmt: skip
            for one in ASKED:
                rows += [row_of(lane, one), *flipped_rows(lane, cases, one)]
    frame = pl.DataFrame([row for row in rows if row], schema=COLUMNS, orient="row")
    return Answers(
        frame.sort(pl.col("band").replace_strict(list(BANDS), list(range(len(BANDS)))),
                   maintain_order=True),
        design.base.people, design.base.months,
        seeds_of(design.base.seed, design.replicates),
        len({case.key for case in cases.values()} | made.keys), pairing(design, by_place),
        design.settings, UNANSWERED, PARTLY, documents_of(design, cases), design.discretion,
        design.points, design.small, {name: len(one.axes) for name, one in points.items()},
        {name: one.unmoved for name, one in points.items()}, ruled, len(made.refused),
        unmet_of_all(design, unmet),
    )  # fmt: skip


def read_with_unmet(case: Case, made: Observed) -> tuple[Values, tuple[Unmet, ...]]:
    """Every answer of a run, and what of its schemes befell nobody in the months counted."""
    inputs = case.prepared.inputs
    counted = frame_of(inputs.origin + inputs.months - 1, made.year, case.prepared.labels)
    return read_held(case, made), unmet_of(case.prepared, counted)


def unmet_of_all(
    design: Design, unmet: Mapping[Place, tuple[Unmet, ...]]
) -> dict[str, tuple[Unmet, ...]]:
    """What befell nobody under any seed of the default, by scheme and phase."""
    found = {}
    for name in dict.fromkeys(one for one in design.schemes if one != NOTHING):
        for phase in design.phases:
            first, *later = (unmet[name, phase, DEFAULT.id, k] for k in range(design.replicates))
            found[f"{name}, {phase}"] = tuple(
                one for one in first if all(one in other for other in later)
            )
    return found


def points_asked(
    design: Design, cases: Mapping[Place, Case]
) -> tuple[dict[str, DesignPoints], dict[Place, Scenario]]:
    """The points of each scheme, and their runs, in all phases."""
    points: dict[str, DesignPoints] = {}
    asked: dict[Place, Scenario] = {}
    for name in dict.fromkeys((*design.schemes, NOTHING)):
        first = cases[name, design.phases[0], SMALL, 0]
        points[name] = design_points(design, name, first)
        for phase in design.phases:
            asked |= dict(point_scenarios(design, name, phase, first, points[name]))
    return points, asked


def left_over(
    design: Design, name: str, phase: str, by_place: Mapping[Place, Values]
) -> tuple[frozenset[str], dict[str, int]]:
    """Settings and points that no published figure rules out; points that each rules out."""
    small = [by_place[name, phase, SMALL, k] for k in range(design.replicates)]
    luck = {one.id: luck_of(small, one) for one in TARGETS}
    ids = [SMALL, *(one.id for one in design.settings), *(point(k) for k in range(design.points))]
    out = {
        setting: ruled_out(by_place[name, phase, setting, 0], luck)
        for setting in ids if setting != DEFAULT.id and (name, phase, setting, 0) in by_place
    }  # fmt: skip
    kept = frozenset(setting for setting, why in out.items() if not why)
    return kept, {
        one.id: sum(one.id in why for setting, why in out.items() if setting.startswith("point "))
        for one in TARGETS
    }


def documents_of(design: Design, cases: Mapping[Place, Case]) -> dict[str, Mapping[str, Any]]:
    """The documents of the runs under the default setting, as their files would have them."""
    found: dict[str, Mapping[str, Any]] = {}
    for name in dict.fromkeys(design.schemes):
        prepared = cases[name, design.phases[0], DEFAULT.id, 0].prepared
        for history in prepared.versions.schemes:
            scheme = history[0][1]
            found[name if len(prepared.versions.schemes) == 1 else scheme.id] = document_of(scheme)
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
