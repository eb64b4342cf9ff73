"""One history, many futures: a whole run goes on from its last month under different patches.

Every future has the same past, bit for bit, and meets the same luck; so what differs between two
futures is what their patches do. The past is run again for each, because a patch may renumber the
rules that records name; that gives the same bits, because a dated patch does nothing before its
month.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import isfinite, nan
from pathlib import Path

import polars as pl

from scoredsociety.calendar import month_number, month_text
from scoredsociety.errors import UserError
from scoredsociety.measure.measure import Estimate
from scoredsociety.measure.statistics.joint_intervals import SURE, reaching, sign
from scoredsociety.measure.statistics.replicates import mean_interval, paired_interval
from scoredsociety.measure.statistics.zero_counts import together
from scoredsociety.runs.folder.manifest import scenario_of
from scoredsociety.runs.folder.run_folder import whole_manifest
from scoredsociety.runs.folder.seal import check_files
from scoredsociety.runs.scenario import Scenario
from scoredsociety.runs.seeds import seed_of
from scoredsociety.scheme.read.patch import load_patch
from scoredsociety.study.ensemble.cases import Case, case_of, vary
from scoredsociety.study.ensemble.ensemble import YEAR, Tell, observe_all
from scoredsociety.study.paired.variance_reduction import ratio_of_lanes
from scoredsociety.study.questions.indicators import INDICATORS, Indicator, none_seen, read_bounded

AS_IT_WAS = "as it was"


@dataclass(frozen=True)
class Futures:
    """Futures of one run: a table, one row an indicator, a column a future."""

    frame: pl.DataFrame
    branched: str  # first month of the futures
    months: int
    counted: str  # which months the indicators are of
    replicates: int
    variance_ratio: float | None


def branch_from(
    run: Path, patches: Sequence[Path], months: int, replicates: int = 1,
    folder: Path | None = None, workers: int = 1, progress: Tell | None = None,
) -> Futures:  # fmt: skip
    """The run's future as it was, and under each patch; UserError for what cannot be branched.

    With more ``replicates`` the past is lived again under other seeds too, so that the change
    that a patch makes has an interval.
    """
    if months < 1:
        raise UserError(f"--months must be at least 1, not {months}")
    if replicates < 1:
        raise UserError(f"--replicates must be at least 1, not {replicates}")
    manifest = whole_manifest(run)
    check_files(run, manifest)
    with tempfile.TemporaryDirectory() as place:
        past = replace(scenario_of(manifest, Path(place)), panel=0)
        at = month_text(month_number(past.start) + past.months)
        names = [AS_IT_WAS, *(patch.stem for patch in patches)]
        if len(set(names)) < len(names):
            raise UserError("two futures have the same name; rename a patch file")
        firsts = [future(past, patch, months, at, Path(place)) for patch in (None, *patches)]
        cases = [
            vary(case, replace(case.scenario, seed=seed_of(past.seed, k)))
            for case in firsts for k in range(replicates)
        ]  # fmt: skip
        read = partial(read_bounded, tables=max(len(patches), 1))
        found = observe_all(cases, read, folder, workers, progress)
    lanes = [found[k : k + replicates] for k in range(0, len(found), replicates)]
    year = min(YEAR, past.months + months)
    counted = f"the last {year} months" + (
        f", {year - months} of them before {at}" if year > months else ""
    )
    return Futures(
        _table(names, lanes), at, months, counted, replicates, ratio_of_lanes(lanes[0], lanes[1:])
    )


def _table(names: Sequence[str], lanes: Sequence[Sequence[Mapping[str, float]]]) -> pl.DataFrame:
    """Means of each future, and with several seeds what each changes, with interval and sign.

    All intervals of the table hold together (measure/statistics/joint_intervals.py).
    """
    columns: dict[str, list[float]] = {}
    signs: dict[str, list[str]] = {}
    for name, lane in zip(names, lanes, strict=True):
        columns[name] = [mean_interval([v[one.id] for v in lane]).value if _known(lane, one.id)
                         else nan for one in INDICATORS]  # fmt: skip
    for name, lane in zip(names[1:], lanes[1:], strict=True) if len(lanes[0]) > 1 else ():
        ends = {end: columns.setdefault(f"{name}: {end}", []) for end in ("change", "low", "high")}
        signs[f"{name}: sign"] = []
        for one in INDICATORS:
            found = _changed(one, lanes[0], lane, len(INDICATORS) * (len(lanes) - 1))
            for end, value in zip(ends.values(), (found.value, found.low, found.high), strict=True):
                end.append(value)
            signs[f"{name}: sign"].append(sign(found.low, found.high))
    return pl.DataFrame({
        "question": [one.question for one in INDICATORS],
        "indicator": [one.id for one in INDICATORS],
        "says": [one.says for one in INDICATORS],
        "unit": [f"{one.unit} ({one.of})" for one in INDICATORS], **columns, **signs,
    })  # fmt: skip


def _changed(
    one: Indicator, first: Sequence[Mapping[str, float]], lane: Sequence[Mapping[str, float]],
    answers: int,
) -> Estimate:  # fmt: skip
    """What a future changes of an indicator, with an interval of so many that hold together."""
    if not (_known(lane, one.id) and _known(first, one.id)):
        return Estimate(nan, nan, nan, 0)
    a, b = ([values[one.id] for values in each] for each in (first, lane))
    bound = max(values[none_seen(one.id)] for values in (*first, *lane)) / len(first)
    gaps = [y - x for x, y in zip(a, b, strict=True)]
    found = paired_interval(a, b, together(SURE, answers))
    return reaching(found, gaps, bound) if bound else found


def _known(lane: Sequence[Mapping[str, float]], name: str) -> bool:
    return all(isfinite(values[name]) for values in lane)


def future(past: Scenario, patch: Path | None, months: int, at: str, place: Path) -> Case:
    """The past and so many months more, under a patch that holds from the month ``at``."""
    longer = replace(past, months=past.months + months)
    if patch is None:
        return case_of(longer)
    given = load_patch(patch)
    if given.at is not None and month_number(given.at) < month_number(at):
        raise UserError(
            f"{patch}: at is {given.at}, which the run has lived; give {at} or later, or no at"
        )
    if given.at is None:
        dated = place / f"future-{patch.stem}.toml"
        dated.write_text(f'at = "{at}"\n{patch.read_text(encoding="utf-8")}', encoding="utf-8")
        patch = dated
    return case_of(replace(longer, patches=(*longer.patches, str(patch))))
