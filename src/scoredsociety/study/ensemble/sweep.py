"""Sweeps: one question asked at many settings, as a whole table, one row a run.

A grid takes every combination of the values given; a Latin hypercube spreads points over ranges
with keyed draws. Every point meets the same people with the same luck, replicate by replicate.
Finished runs are kept by their content, so an interrupted sweep goes on where it stopped. A sweep
returns all that it ran, in the order of its points: nothing is ranked and nothing is searched for.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from itertools import product
from math import ceil, floor
from pathlib import Path

import numpy as np
import polars as pl

from scoredsociety.errors import UserError
from scoredsociety.keyed import draw, key_of, stream
from scoredsociety.runs.scenario import Scenario
from scoredsociety.runs.seeds import seed_of
from scoredsociety.study.ensemble.cases import Case, case_of, vary
from scoredsociety.study.ensemble.ensemble import Observed, Tell, observe_all
from scoredsociety.study.ensemble.key_resolution import places_of
from scoredsociety.study.questions.indicators import INDICATORS, read_all

MOST_POINTS = 100_000
_LATIN = stream("sweep:latin")


@dataclass(frozen=True)
class Axis:
    """One key with its values (a grid), or with the two ends of a range (a hypercube)."""

    key: str  # as for --set
    values: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 0.0

    @property
    def ranged(self) -> bool:
        """Is it a range?"""
        return not self.values


@dataclass(frozen=True)
class Point:
    """One setting of every axis, in their order."""

    number: int
    values: tuple[str, ...]


def axis_of(text: str) -> Axis:
    """``KEY=1,2,3`` or ``KEY=0:0.5``; UserError with what would be right."""
    key, equals, right = text.partition("=")
    if not equals or not key.strip() or not right.strip():
        raise UserError(f"--over {text}: give KEY=1,2,3 or KEY=0:0.5")
    if ":" not in right:
        values = tuple(one.strip() for one in right.split(","))
        if len(set(values)) < len(values):
            raise UserError(f"--over {text}: a value occurs twice")
        return Axis(key.strip(), values)
    try:
        low, high = (float(one) for one in right.split(":"))
    except ValueError:
        raise UserError(f"--over {text}: a range is two numbers, such as 0:0.5") from None
    if not low < high:
        raise UserError(f"--over {text}: the low end comes first")
    return Axis(key.strip(), (), low, high)


def grid(axes: Sequence[Axis]) -> list[Point]:
    """Every combination of the axes' values, the last axis fastest."""
    if any(axis.ranged for axis in axes):
        raise UserError("a range is swept by a hypercube: give --points")
    combined = product(*(axis.values for axis in axes))
    return _checked([Point(k, values) for k, values in enumerate(combined)])


def latin(axes: Sequence[Axis], points: int, seed: int) -> list[Point]:
    """A Latin hypercube: each range is cut into ``points`` parts, and each part is used once.

    The order of parts and the place within a part are keyed draws, so that the same request
    gives the same points everywhere. An axis of values takes them in turn, shuffled alike.
    """
    if points < 2:
        raise UserError(f"--points must be at least 2, not {points}")
    k0, k1 = key_of(seed)
    columns = []
    for place, axis in enumerate(axes):
        words = np.array([
            [int(word) for word in draw(k0, k1, k, 0, _LATIN, place)[:2]] for k in range(points)
        ])  # fmt: skip
        rank = words[:, 0].argsort(kind="stable").argsort(kind="stable")
        if axis.ranged:
            within = (rank + words[:, 1] / 2**32) / points
            columns.append([_value(axis, float(u)) for u in within])
        else:
            columns.append([axis.values[k % len(axis.values)] for k in rank])
    rows = zip(*columns, strict=True)
    return _checked([Point(k, tuple(values)) for k, values in enumerate(rows)])


def _value(axis: Axis, u: float) -> str:
    """The value at ``u`` (0 to 1) of a range: a whole number, cents, or six digits, by its key."""
    places = places_of(axis.key)
    value = axis.low + u * (axis.high - axis.low)
    if places is None:
        return f"{value:.6g}"
    if places == 0:  # each whole number from low to high has an equal part of the range
        low, high = ceil(axis.low), floor(axis.high)
        return str(min(low + int(u * (high - low + 1)), high))
    return f"{value:.{places}f}"


def _checked(points: list[Point]) -> list[Point]:
    """The points; UserError where there are too many or two are alike."""
    if len(points) > MOST_POINTS:
        raise UserError(f"{len(points):,} points are too many; {MOST_POINTS:,} can be swept")
    if len({point.values for point in points}) < len(points):
        raise UserError("two points of the sweep are alike; their runs would be the same run: "
                        "fewer --points, or a wider range")  # fmt: skip
    return points


def sweep_points(
    base: Scenario, axes: Sequence[Axis], points: Sequence[Point], replicates: int = 1,
    folder: Path | None = None, workers: int | Executor = 1, progress: Tell | None = None,
) -> pl.DataFrame:  # fmt: skip
    """One row a run: point, replicate, seed, the axes, the run's key and checksum, indicators.

    UserError where a value does not fit its key, or two replicates would be the same run.
    """
    if replicates < 1:
        raise UserError(f"--replicates must be at least 1, not {replicates}")
    first = case_of(base)
    rows: list[tuple[Point, int, Case]] = []
    for point in points:
        sets = tuple(f"{a.key}={v}" for a, v in zip(axes, point.values, strict=True))
        one = vary(first, replace(base, sets=(*base.sets, *sets)))
        rows += [
            (point, k, vary(one, replace(one.scenario, seed=seed_of(base.seed, k))))
            for k in range(replicates)
        ]
    refuse_twins([(f"point {point.number}, replicate {k}", case) for point, k, case in rows])
    read = observe_all([case for _, _, case in rows], numbers, folder, workers, progress)
    return pl.DataFrame(
        [
            (point.number, k, case.scenario.seed, *point.values, case.key, *found)
            for (point, k, case), found in zip(rows, read, strict=True)
        ],
        schema={
            "point": pl.Int64, "replicate": pl.Int64, "seed": pl.UInt64,
            **{axis.key: pl.String for axis in axes}, "run": pl.String, "checksum": pl.String,
            **{one.id: pl.Float64 for one in INDICATORS},
        },
        orient="row",
    )  # fmt: skip


def numbers(case: Case, made: Observed) -> tuple[object, ...]:
    """Checksum and indicators of a run."""
    return made.checksum, *read_all(case, made).values()


def refuse_twins(cases: Sequence[tuple[str, Case]]) -> None:
    """UserError where two rows of a sweep are one run under two names."""
    seen: dict[str, str] = {}
    for name, case in cases:
        if case.key in seen:
            raise UserError(
                f"{name} is the same run as {seen[case.key]}: what is swept changes nothing there"
            )
        seen[case.key] = name
