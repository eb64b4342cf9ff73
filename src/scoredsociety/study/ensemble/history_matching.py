"""Constrained, not calibrated: which settings the few published figures rule out.

History matching (Pukelsheim's three-sigma rule; Vernon et al. 2010 [M]): the points over which an
answer ranges (parameter_space.py, latin_hypercube.py) are the points that are tried, and one is
ruled out where an indicator lies further from a published figure than three times what luck and the
model's own inexactness (declared here) allow. The whole set that is left is kept; none of it is
called the best, and a figure that served to rule out is never an answer afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import hypot, isfinite, nan, sqrt
from pathlib import Path

import numpy as np
import polars as pl

from scoredsociety.conduct.responses import BY_ID
from scoredsociety.errors import UserError
from scoredsociety.measure.measure import Floats
from scoredsociety.runs.scenario import Scenario
from scoredsociety.runs.seeds import seed_of
from scoredsociety.study.ensemble.assumed_parameters import Number
from scoredsociety.study.ensemble.cases import Case, case_of, vary
from scoredsociety.study.ensemble.ensemble import Observed, Tell, observe_all, observe_scenarios
from scoredsociety.study.ensemble.latin_hypercube import sets_of, unit_latin
from scoredsociety.study.ensemble.matching_targets import read_aims
from scoredsociety.study.ensemble.parameter_space import FormAxis, movable, space_of, wide
from scoredsociety.study.paired.variance_reduction import ratio_of_lanes
from scoredsociety.study.questions.indicators import ASKED, read_asked

CUT = 3.0  # implausibility from which a point is ruled out
SEEDS = 3  # of the default, to know what luck does


@dataclass(frozen=True)
class Target:
    """A published figure that an indicator should come near to, and how near is near enough."""

    id: str
    indicator: str
    low: float
    high: float
    spread: float  # standard deviation of the model's own inexactness; assumed
    says: str
    source: str

    def far(self, value: float, luck: float) -> float:
        """Distance of a value from the published range in standard deviations.

        0 where the value does not arise: a scheme cannot miss what it is not asked.
        """
        if not isfinite(value):
            return 0.0
        return max(self.low - value, value - self.high, 0.0) / hypot(self.spread, luck)


TARGETS: tuple[Target, ...] = (
    Target("expressed_support", "says_support", 80, 80, 5,
           "about 80 of 100 internet users approve, as told to a survey", "V14"),
    Target("speech_given_up", "silent_opinion", 2, 20, 2,
           "sensitive activity falls by about 2 to 20 of 100 once watching is known of", "V18"),
    Target("approval_gradient", "approval_gradient", 0, 100, 4,
           "the rich, urban, schooled and old approve more, none of them less", "V14"),
    Target("awareness", "aware", 11, 11, 3,
           "11 of 100 in pilots know of them, asked of runs of 42 to 54 months", "V16"),
    Target("new_listings", "new_listings", 17.7, 17.7, 3,
           "17.7 new listings a year of 10,000 people", "V7"),
    Target("list_stock", "on_list", 40.4, 60.5, 8,
           "40 to 61 of 10,000 people are on the list, asked of runs of six years and more", "V6"),
    Target("flights_to_trains", "flights_to_trains", 2.8, 3.2, 0.3,
           "2.8 to 3.2 flights are refused for each train", "V10"),
)  # fmt: skip
FITTED = {one.indicator: one.source for one in TARGETS}


def read_held(case: Case, made: Observed) -> dict[str, float]:
    """Every indicator that answers a question, and what else published figures ask for."""
    return read_asked(case, made) | read_aims(case, made)


def luck_of(runs: Sequence[Mapping[str, float]], target: Target) -> float:
    """Standard deviation over seeds of the default; 0 of one seed."""
    values = [run[target.indicator] for run in runs if isfinite(run.get(target.indicator, nan))]
    return float(np.std(values, ddof=1)) if len(values) > 1 else 0.0


def ruled_out(
    run: Mapping[str, float], luck: Mapping[str, float], targets: Sequence[Target] = TARGETS
) -> list[str]:
    """Ids of the targets that rule a run out."""
    return [one.id for one in targets if one.far(run.get(one.indicator, nan), luck[one.id]) > CUT]


def chosen_axes(first: Case, responses: Sequence[str]) -> list[Number]:
    """All axes of the space, or the coefficients and forms of some responses."""
    for name in responses:
        if name not in BY_ID:
            raise UserError(f"{name} is no response; there are {', '.join(BY_ID)}")
    every = [
        one for one in space_of(first)[0]
        if not responses
        or (isinstance(one, FormAxis) and one.response in responses)
        or one.key.split(".")[0] in ("response", "life_effect")
        and one.key.split(".")[1] in responses
    ]  # fmt: skip
    return movable(first, every)[0]


@dataclass(frozen=True)
class Constrained:
    """All points with their implausibility, and how many are not ruled out."""

    frame: pl.DataFrame
    kept: int
    targets: tuple[Target, ...]
    by_target: Mapping[str, int]  # points that each target rules out
    variance_ratio: float | None  # of points against the first, over two seeds
    axes: tuple[Number, ...]

    def asked(self, target: Target) -> int:
        """Points of which the target could be asked."""
        return int(self.frame[target.indicator].is_finite().sum())

    @property
    def predicted(self) -> pl.DataFrame:
        """Of each target that was asked: what the points say of it that no other target rules out.

        A target takes no part in its own row, so the row is a prediction of it.
        """
        rows = []
        for one in self.targets:
            others = [other for other in self.targets if other.id != one.id]
            fits = (pl.col(f"implausibility_{other.id}") <= CUT for other in others)
            left = self.frame.filter(pl.all_horizontal(*fits) if others else pl.lit(True))
            values = [value for value in left[one.indicator] if isfinite(value)]
            if values:
                rows.append({
                    "target": one.id, "source": one.source, "low": one.low, "high": one.high,
                    "points": len(values), "predicted_min": min(values),
                    "predicted_max": max(values),
                    "within": sum(one.low <= value <= one.high for value in values),
                })  # fmt: skip
        return pl.DataFrame(rows)

    @property
    def answers(self) -> pl.DataFrame:
        """Of each indicator that no target is: its range over all points, and over those left."""
        held = {one.indicator for one in self.targets}
        left = self.frame.filter(pl.col("not_ruled_out"))
        rows = []
        for one in ASKED:
            every = [value for value in self.frame[one.id] if isfinite(value)]
            if one.id in held or not every:
                continue
            some = [value for value in left[one.id] if isfinite(value)]
            rows.append({
                "question": one.question, "indicator": one.id, "unit": one.unit, "low": min(every),
                "high": max(every), "left_low": min(some, default=None),
                "left_high": max(some, default=None),
            })  # fmt: skip
        return pl.DataFrame(rows, infer_schema_length=None)

    @property
    def ranges(self) -> pl.DataFrame:
        """Of each moved number: its bounds, and its ends among the points not ruled out."""
        left = self.frame.filter(pl.col("not_ruled_out"))
        return pl.DataFrame([
            {"key": axis.key, "swept_min": axis.at(0.0), "swept_max": axis.at(1.0),
             **{f"left_{end}": getattr(left[axis.key], end)() for end in ("min", "max")}}
            for axis in self.axes if not isinstance(axis, FormAxis)
        ])  # fmt: skip


def match_history(
    base: Scenario, points: int = 64, responses: Sequence[str] = (),
    targets: Sequence[Target] = TARGETS, folder: Path | None = None, workers: int = 1,
    progress: Tell | None = None,
) -> Constrained:  # fmt: skip
    """Run the points and say which of them the targets rule out."""
    first = case_of(replace(base, panel=0))
    axes = chosen_axes(first, responses)
    shares = unit_latin(points, axes, 0)
    few = wide(first.scenario, first)
    seeds = [vary(first, replace(first.scenario, seed=seed_of(base.seed, k))) for k in range(SEEDS)]
    default = observe_all(seeds, read_held, folder, workers)
    luck = {one.id: luck_of(default, one) for one in targets}
    asked = {
        (k, seed): replace(
            few, sets=(*few.sets, *sets_of(axes, row)), seed=seed_of(base.seed, seed)
        )
        for k, row in enumerate(shares) for seed in range(2)
    }  # fmt: skip
    made = observe_scenarios(asked, read_held, folder, workers, progress)
    lanes = [[made.values[k, seed] for seed in range(2) if (k, seed) in made.values]
             for k in range(points)]  # fmt: skip
    whole = [(k, lane) for k, lane in enumerate(lanes) if len(lane) == 2]
    frame = pl.DataFrame([_row_of(k, lane, axes, shares[k], targets, luck) for k, lane in whole])
    out = {one.id: int((frame[f"implausibility_{one.id}"] > CUT).sum()) for one in targets}
    ratio = ratio_of_lanes(whole[0][1], [lane for _, lane in whole[1:]]) if whole else None
    return Constrained(frame, int(frame["not_ruled_out"].sum()), tuple(targets), out, ratio,
                       tuple(axes))  # fmt: skip


def _row_of(
    place: int, lane: Sequence[Mapping[str, float]], axes: Sequence[Number], shares: Floats,
    targets: Sequence[Target], luck: Mapping[str, float],
) -> dict[str, object]:  # fmt: skip
    """One point: its numbers, the mean of two seeds of every indicator, and how far off it is."""
    row: dict[str, object] = {"point": place}
    mean = {name: float(np.mean([run[name] for run in lane])) for name in lane[0]}
    row |= {one.id: mean[one.id] for one in ASKED if one.id in mean}
    for axis, u in zip(axes, shares, strict=True):
        row[axis.key] = axis.form(float(u)) if isinstance(axis, FormAxis) else axis.at(float(u))
    worst = 0.0
    for one in targets:
        value = mean[one.indicator]
        far = one.far(value, luck[one.id] / sqrt(len(lane)))
        row |= {one.indicator: value, f"implausibility_{one.id}": far}
        worst = max(worst, far)
    return row | {"not_ruled_out": bool(worst <= CUT)}
