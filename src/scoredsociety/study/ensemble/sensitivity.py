"""The assumption audit: everything that is assumed is moved, and each conclusion watched.

Morris's trajectories screen the whole space (parameter_space.py): responses and life effects with
their rival forms, rates, gravity, coverage and errors of the conduct, and what the scheme itself
marks. Sobol's indices are taken on the few that matter most. Of each conclusion the audit gives the
range over all its runs, the range over those that published figures do not rule out, and the one or
two numbers that move it most; it passes no verdict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from scoredsociety.errors import UserError
from scoredsociety.runs.scenario import Scenario
from scoredsociety.runs.seeds import seed_of
from scoredsociety.study.ensemble.assumed_parameters import Number
from scoredsociety.study.ensemble.cases import Case, case_of, vary
from scoredsociety.study.ensemble.ensemble import Observed, Tell, observe_all
from scoredsociety.study.ensemble.fitted_figures import fitted_to
from scoredsociety.study.ensemble.history_matching import TARGETS, luck_of, ruled_out
from scoredsociety.study.ensemble.matching_targets import read_aims
from scoredsociety.study.ensemble.parameter_space import movable, space_of, wide
from scoredsociety.study.paired.variance_reduction import ratio_of_lanes
from scoredsociety.study.questions.indicators import INDICATORS, read_all
from scoredsociety.study.questions.questions import NOTHING

LEVELS = 4
Floats = npt.NDArray[np.float64]
Values = Mapping[str, float]


@dataclass(frozen=True)
class Audit:
    """Conclusions with what became of them, the screening, and the indices of the few."""

    conclusions: pl.DataFrame
    screening: pl.DataFrame
    indices: pl.DataFrame
    moved: tuple[Number, ...]
    unmoved: tuple[str, ...]  # numbers that cannot be moved alone, and why
    runs: int
    variance_ratio: float | None  # of the default against no scheme, over seeds


def audit_assumptions(
    base: Scenario, trajectories: int = 4, few: int = 3, samples: int = 8, replicates: int = 3,
    folder: Path | None = None, workers: int = 1, progress: Tell | None = None,
) -> Audit:  # fmt: skip
    """Screen every assumed number, then take indices of the ``few`` that move most."""
    if replicates < 1 or trajectories < 2:
        raise UserError("give at least one seed (--replicates) and two --trajectories")
    if samples < 2 or samples & (samples - 1):
        raise UserError(f"--samples is a power of two, such as 8, not {samples}")
    first = case_of(replace(base, panel=0))
    every, other = space_of(first)
    moved, unmoved = movable(first, every)
    bare = case_of(replace(base, schemes=(NOTHING,), panel=0))
    if not moved:
        raise UserError(f"{first.scenario.schemes[first.main]}: no assumed number of it, or of "
                        "people, can be moved")  # fmt: skip
    seeds = [
        vary(case, replace(case.scenario, seed=seed_of(base.seed, k)))
        for case in (bare, first) for k in range(replicates)
    ]  # fmt: skip
    lanes = observe_all(seeds, _read_held, folder, workers)
    nothing, default = lanes[0], lanes[replicates]
    design = morris_design(len(moved), trajectories, base.seed)
    broad = case_of(wide(first.scenario, first))
    runs = run_design(broad, moved, design, folder, workers, progress)
    screening = screened(moved, design, runs, default)
    shares = screening.group_by("number").agg(pl.col("share_moved").max())
    top = shares.sort("share_moved", "number", descending=[True, False])["number"][:few]
    chosen = [one for one in moved if one.key in set(top)]
    later, indices = sobol_of(broad, chosen, samples, folder, workers, progress)
    all_runs = [*runs, *later]
    luck = {one.id: luck_of(lanes[replicates:], one) for one in TARGETS}
    kept = [not ruled_out(run, luck) for run in all_runs]
    return Audit(
        conclusions(default, nothing, all_runs, kept, screening,
                    first.prepared.names.schemes[first.main].id), screening, indices,
        tuple(moved), (*unmoved, *other), len(seeds) + len(all_runs),
        ratio_of_lanes(lanes[replicates:], [lanes[:replicates]]),
    )  # fmt: skip


def _read_held(case: Case, made: Observed) -> Values:
    """Every indicator of one run, and what else published figures ask for."""
    return read_all(case, made) | read_aims(case, made)


def with_number(first: Case, sets: tuple[str, ...]) -> Case:
    """The case with numbers set."""
    return vary(first, replace(first.scenario, sets=(*first.scenario.sets, *sets)))


def run_design(
    first: Case, moved: Sequence[Number], design: Floats, folder: Path | None, workers: int,
    progress: Tell | None,
) -> list[Values]:  # fmt: skip
    """Indicators of every row of a design, shares of the way from low to high."""
    cases = [
        with_number(first, tuple(chain.from_iterable(
            one.sets(u) for one, u in zip(moved, row, strict=True)
        )))
        for row in design
    ]  # fmt: skip
    return observe_all(cases, _read_held, folder, workers, progress)


def problem(names: Sequence[str]) -> dict[str, Any]:
    """SALib's description of a unit cube."""
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def morris_design(numbers: int, trajectories: int, seed: int) -> Floats:
    """(trajectories * (numbers + 1), numbers) Morris's design, the same for the same seed."""
    from SALib.sample import morris

    names = [str(k) for k in range(numbers)]
    return np.asarray(morris.sample(problem(names), trajectories, LEVELS, seed=seed % 2**32))


def screened(
    moved: Sequence[Number], design: Floats, runs: Sequence[Values], default: Values
) -> pl.DataFrame:
    """Morris's mean absolute effect of each number on each indicator that varies."""
    from SALib.analyze import morris

    rows: list[tuple[str, str, float, float, float]] = []
    names = [one.key for one in moved]
    for one in INDICATORS:
        values = np.array([run[one.id] for run in runs])
        if not (np.isfinite(values).all() and isfinite(default[one.id])) or np.ptp(values) == 0:
            continue
        found = morris.analyze(problem(names), design, values, num_levels=LEVELS, seed=1)
        total = float(np.ptp(values))
        rows += [
            (one.id, name, float(mean), float(spread), float(mean) / total)
            for name, mean, spread in zip(names, found["mu_star"], found["sigma"], strict=True)
        ]
    return pl.DataFrame(rows, orient="row", schema={
        "indicator": pl.String, "number": pl.String, "mean_effect": pl.Float64,
        "spread": pl.Float64, "share_moved": pl.Float64,
    })  # fmt: skip


def sobol_of(
    first: Case, chosen: Sequence[Number], samples: int, folder: Path | None, workers: int,
    progress: Tell | None,
) -> tuple[list[Values], pl.DataFrame]:  # fmt: skip
    """Sobol's first-order and total indices of a few numbers; more ``samples``, less noise."""
    from SALib.analyze import sobol as analyze
    from SALib.sample import sobol as sample

    schema = {"indicator": pl.String, "number": pl.String, "first_order": pl.Float64,
              "total": pl.Float64, "total_half_width": pl.Float64}  # fmt: skip
    if len(chosen) < 2:
        return [], pl.DataFrame(schema=schema)
    cube = problem([one.key for one in chosen])
    design = np.asarray(sample.sample(cube, samples, calc_second_order=False, seed=1))
    runs = run_design(first, chosen, design, folder, workers, progress)
    rows: list[tuple[str, str, float, float, float]] = []
    for one in INDICATORS:
        values = np.array([run[one.id] for run in runs])
        if not np.isfinite(values).all() or np.ptp(values) == 0:
            continue
        found = analyze.analyze(cube, values, calc_second_order=False, seed=1)
        parts = zip(cube["names"], found["S1"], found["ST"], found["ST_conf"], strict=True)
        rows += [(one.id, n, float(s), float(t), float(h)) for n, s, t, h in parts]
    return runs, pl.DataFrame(rows, schema=schema, orient="row")


def conclusions(
    default: Values, nothing: Values, runs: Sequence[Values], kept: Sequence[bool],
    screening: pl.DataFrame, scheme: str,
) -> pl.DataFrame:  # fmt: skip
    """Of each indicator: its range over all runs and over those kept, and what moves it most.

    A change is against no scheme under the default conduct. A figure that served to rule runs out
    is not given over those that are left.
    """
    rows = []
    for one in INDICATORS:
        less = nothing[one.id] if one.change else 0.0
        value = default[one.id] - less
        moved = [run[one.id] - less for run in runs if isfinite(run[one.id])]
        if not isfinite(value) or not moved:
            continue
        left = [run[one.id] - less for run, stays in zip(runs, kept, strict=True)
                if stays and isfinite(run[one.id])]  # fmt: skip
        fitted = fitted_to(scheme, one.id)
        ends = (min(left), max(left)) if left and not fitted else (None, None)
        mine = screening.filter(pl.col("indicator") == one.id, pl.col("mean_effect") > 0).sort(
            "mean_effect", "number", descending=[True, False]
        )
        rows.append((
            one.question, one.id, f"{'change in ' if one.change else ''}{one.says}", one.unit,
            value, min(*moved, value), max(*moved, value), len(moved), *ends,
            0 if fitted else len(left), " and ".join(mine["number"][:2]), fitted,
        ))  # fmt: skip
    return pl.DataFrame(rows, orient="row", schema={
        "question": pl.String, "indicator": pl.String, "conclusion": pl.String,
        "unit": pl.String, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64,
        "runs": pl.Int64, "kept_low": pl.Float64, "kept_high": pl.Float64, "kept": pl.Int64,
        "moved_most_by": pl.String, "fitted_to": pl.String,
    })  # fmt: skip
