"""Constrained, not calibrated: which settings the few published figures rule out.

History matching: points of a Latin hypercube over the assumed *behavioural* numbers are run, and
a point is ruled out where an indicator lies further from a published figure than three times
what luck and the model's own inexactness (declared here) allow. The whole set that is left is
kept; none of it is called the best, and no number of a scheme is ever moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from scoredsociety.conduct.responses import RESPONSES
from scoredsociety.errors import UserError
from scoredsociety.measure.measure import Bools, Floats
from scoredsociety.study.luck import ratio_of_points
from scoredsociety.study.observe import Tell
from scoredsociety.study.scenario import Scenario
from scoredsociety.study.sweep import Axis, latin, sweep

CUT = 3.0  # implausibility from which a point is ruled out (Pukelsheim's three-sigma rule)


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


TARGETS: tuple[Target, ...] = (
    Target("expressed_support", "says_support", 80, 80, 5,
           "about 80 of 100 internet users approve, as told to a survey", "V14"),
    Target("speech_given_up", "silent_opinion", 2, 20, 2,
           "sensitive activity falls by about 2 to 20 of 100 once watching is known of", "V18"),
)  # fmt: skip


def behavioural(responses: Sequence[str] = ()) -> list[Axis]:
    """An axis for every assumed coefficient of the responses, or of some of them."""
    known = [spec.id for spec in RESPONSES]
    for name in responses:
        if name not in known:
            raise UserError(f"{name} is no response; there are {', '.join(known)}")
    return [
        Axis(f"response.{spec.id}.values.{value.id}", (), float(value.low), float(value.high))
        for spec in RESPONSES if not responses or spec.id in responses
        for value in spec.values if value.source == "assumed"
    ]  # fmt: skip


@dataclass(frozen=True)
class Constrained:
    """All points with their implausibility, and how many are not ruled out."""

    frame: pl.DataFrame
    kept: int
    targets: tuple[Target, ...]
    variance_ratio: float | None  # of points against the first, over two seeds

    @property
    def ranges(self) -> pl.DataFrame:
        """Of each moved number: its bounds, and its ends among the points not ruled out."""
        left = self.frame.filter(pl.col("not_ruled_out"))
        keys = [name for name in self.frame.columns if name.startswith("response.")]
        return pl.DataFrame([
            {"key": key,
             **{f"swept_{end}": getattr(self.frame[key].cast(pl.Float64), end)()
                for end in ("min", "max")},
             **{f"left_{end}": getattr(left[key].cast(pl.Float64), end)()
                for end in ("min", "max")}}
            for key in keys
        ])  # fmt: skip


def constrain(
    base: Scenario, points: int = 64, responses: Sequence[str] = ("awareness", "silence",
    "support"), targets: Sequence[Target] = TARGETS, folder: Path | None = None,
    workers: int = 1, progress: Tell | None = None,
) -> Constrained:  # fmt: skip
    """Run the points and say which of them the targets rule out."""
    axes = behavioural(responses)
    made = sweep(base, axes, latin(axes, points, base.seed), 2, folder, workers, progress)
    by_point = made.group_by("point", maintain_order=True)
    frame = by_point.agg(
        *(pl.col(axis.key).first() for axis in axes),
        *(pl.col(one.indicator).mean() for one in targets),
        *(pl.col(one.indicator).std().fill_null(0).alias(f"luck_{one.id}") for one in targets),
    )
    far = [implausibility(frame, one) for one in targets]
    worst = np.max(far, axis=0)
    kept: Bools = worst <= CUT
    frame = frame.with_columns(
        *(pl.Series(f"implausibility_{one.id}", values)
          for one, values in zip(targets, far, strict=True)),
        not_ruled_out=pl.Series(kept),
    )  # fmt: skip
    numbers = [one.indicator for one in targets]
    return Constrained(frame, int(kept.sum()), tuple(targets), ratio_of_points(made, numbers))


def implausibility(frame: pl.DataFrame, target: Target) -> Floats:
    """Distance from the published range in standard deviations; infinite where unmeasured."""
    value = frame[target.indicator].to_numpy().astype(np.float64)
    luck = frame[f"luck_{target.id}"].to_numpy().astype(np.float64) / np.sqrt(2)
    off = np.maximum(np.maximum(target.low - value, value - target.high), 0)
    far: Floats = off / np.hypot(target.spread, luck)
    return np.where(np.isfinite(far), far, np.inf)
