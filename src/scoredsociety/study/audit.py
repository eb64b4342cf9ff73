"""The assumption audit: every number that no source gives is moved, and each conclusion watched.

Morris's trajectories screen all assumed numbers: of responses, life effects and the scheme (its
rules, partners, ratings, memory and thresholds). Sobol's indices are taken on the few that matter
most. A conclusion is the sign of an indicator; it *survives* where no run of the audit turns it
round.
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
from scoredsociety.scheme.patch import document_of
from scoredsociety.study.assumed import Number, of_people, of_scheme
from scoredsociety.study.indicators import INDICATORS, read_all
from scoredsociety.study.luck import ratio_of_lanes
from scoredsociety.study.observe import Case, Tell, case_of, observe_all, vary
from scoredsociety.study.questions import NOTHING
from scoredsociety.study.scenario import Scenario
from scoredsociety.study.seeds import seed_of

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


def audit(
    base: Scenario, trajectories: int = 4, few: int = 3, samples: int = 8, replicates: int = 3,
    folder: Path | None = None, workers: int = 1, progress: Tell | None = None,
) -> Audit:  # fmt: skip
    """Screen every assumed number, then take indices of the ``few`` that move most."""
    if replicates < 1 or trajectories < 2:
        raise UserError("give at least one seed (--replicates) and two --trajectories")
    if samples < 2 or samples & (samples - 1):
        raise UserError(f"--samples is a power of two, such as 8, not {samples}")
    first = case_of(replace(base, panel=0))
    of_rules, other = of_scheme(document_of(first.prepared.versions.schemes[0][0][1]))
    moved, unmoved = movable(first, [*of_people(), *of_rules])
    bare = case_of(replace(base, schemes=(NOTHING,), panel=0))
    if not moved:
        raise UserError(f"{base.schemes[0]}: no assumed number of it, or of people, can be moved")
    seeds = [
        vary(case, replace(case.scenario, seed=seed_of(base.seed, k)))
        for case in (bare, first) for k in range(replicates)
    ]  # fmt: skip
    lanes = observe_all(seeds, read_all, folder, workers)
    nothing, default = lanes[0], lanes[replicates]
    design = morris_design(len(moved), trajectories, base.seed)
    runs = run_design(first, moved, design, folder, workers, progress)
    screening = screened(moved, design, runs, default)
    shares = screening.group_by("number").agg(pl.col("share_moved").max())
    top = shares.sort("share_moved", "number", descending=[True, False])["number"][:few]
    chosen = [one for one in moved if one.key in set(top)]
    later, indices = sobol_of(first, chosen, samples, folder, workers, progress)
    every = [*runs, *later]
    return Audit(
        conclusions(default, nothing, every, screening), screening, indices, tuple(moved),
        (*unmoved, *other), len(seeds) + len(every),
        ratio_of_lanes(lanes[replicates:], [lanes[:replicates]]),
    )  # fmt: skip


def movable(first: Case, every: Sequence[Number]) -> tuple[list[Number], list[str]]:
    """Numbers whose two ends the documents accept, and the others with the reason."""
    moved, unmoved = [], []
    for one in every:
        try:
            for share in (0.0, 1.0):
                with_number(first, one.sets(share))
        except UserError as error:
            unmoved.append(f"{one.key}: {error}".splitlines()[0])
        else:
            moved.append(one)
    return moved, unmoved


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
    return observe_all(cases, read_all, folder, workers, progress)


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
    default: Values, nothing: Values, runs: Sequence[Values], screening: pl.DataFrame
) -> pl.DataFrame:
    """Of each indicator: its sign, whether any run turns it round, and what moves it most."""
    rows = []
    for one in INDICATORS:
        less = nothing[one.id] if one.change else 0.0
        value = default[one.id] - less
        moved = [run[one.id] - less for run in runs if isfinite(run[one.id])]
        if not isfinite(value) or not moved:
            continue
        turned = sum(np.sign(other) == -np.sign(value) != 0 for other in moved)
        gone = sum(abs(other) < 1e-9 for other in moved) if value else 0
        mine = screening.filter(pl.col("indicator") == one.id).sort(
            "mean_effect", descending=True
        )
        rows.append((
            one.question, one.id, f"{'change in ' if one.change else ''}{one.says}", one.unit,
            value, min(*moved, value), max(*moved, value), len(moved), int(turned), int(gone),
            verdict(value, int(turned), int(gone), any(moved)),
            mine["number"][0] if mine.height else "",
        ))  # fmt: skip
    return pl.DataFrame(rows, orient="row", schema={
        "question": pl.String, "indicator": pl.String, "conclusion": pl.String,
        "unit": pl.String, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64,
        "runs": pl.Int64, "turned_round": pl.Int64, "gone": pl.Int64, "survives": pl.String,
        "moved_most_by": pl.String,
    })  # fmt: skip


def verdict(value: float, turned: int, gone: int, appears: bool) -> str:
    """Does the sign of the default survive?"""
    if value == 0:
        return "appears in some runs" if appears else "0 in every run"
    if turned:
        return "does not survive"
    return "vanishes in some runs" if gone else "survives"
