"""Ablation: a scheme without each of its rules in turn, and what keyed draws save in telling.

Leaving a rule out renumbers nobody's luck, so a replicate of the scheme and one without the rule
differ by what the rule does (common random numbers, Law 2015). The *variance ratio* says how
much that saves: the variance of the paired differences over that of independent seeds, var a +
var b. 0.1 means that a tenth of the replicates tell the same difference as exactly.

All rules are asked at once, so the intervals of all rules and measures hold together, none is of
width zero, and a sign is given only where its interval tells
(measure/statistics/joint_intervals.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import NamedTuple

import polars as pl

from scoredsociety.errors import UserError, did_you_mean
from scoredsociety.measure.statistics.joint_intervals import Family
from scoredsociety.measure.statistics.replicates import variance_ratio
from scoredsociety.runs.prepare import prepare_changed
from scoredsociety.runs.scenario import Scenario
from scoredsociety.runs.seeds import seed_of, seeds_of
from scoredsociety.scheme.read.lane import is_baseline
from scoredsociety.scheme.read.patch import document_of
from scoredsociety.study.ensemble.cases import Case, case_of, key_of_run, vary
from scoredsociety.study.ensemble.ensemble import Observed, Tell, observe_all
from scoredsociety.study.questions.indicator_functions import (
    keeps_scores,
    person_months,
    restricted_share,
)
from scoredsociety.study.questions.zero_event_bounds import household_size, width

NO_DIFFERENCE = "no difference"  # in any replicate; the interval says how large it may still be
SAME = 1e-12  # two numbers worked out from the same integers are the same

COLUMNS: dict[str, type[pl.DataType]] = {
    "rule": pl.String, "title": pl.String, "measure": pl.String, "with_rule": pl.Float64,
    "without_rule": pl.Float64, "difference": pl.Float64, "low": pl.Float64, "high": pl.Float64,
    "sign": pl.String, "replicates": pl.Int64, "variance_ratio": pl.Float64, "note": pl.String,
}  # fmt: skip


def _mean_score(case: Case, made: Observed) -> float:
    """Mean published score of subjects of the main scheme in the last year, in points."""
    if not keeps_scores(case):
        return float("nan")
    of = int(person_months(case, made)[0])
    return float(made.year.scores[case.main].sum()) / of / 100 if of else float("nan")


MEASURES: dict[str, Callable[[Case, Observed], float]] = {
    "mean score, points": _mean_score,
    "under a restriction, of 100": restricted_share(0),
}
RESTRICTED = 1  # of MEASURES: a share of persons


class Read(NamedTuple):
    """The headline measures of a run, with what bounds a difference that nobody showed."""

    values: tuple[float, ...]
    most: tuple[float, ...]  # the largest that each could differ by
    subjects: float  # in a mean month


def read(case: Case, made: Observed) -> Read:
    """The headline measures of a run."""
    return Read(
        tuple(one(case, made) for one in MEASURES.values()), (width(case, made), 100.0),
        float(person_months(case, made)[0]) / made.year_months,
    )  # fmt: skip


@dataclass(frozen=True)
class Ablation:
    """One row a rule and measure; rules that cannot be left out alone say why."""

    frame: pl.DataFrame
    scheme: str
    people: int
    months: int
    seeds: tuple[int, ...]
    family: Family  # the intervals that hold together

    def ratios(self, measure: str) -> list[float]:
        """Variance ratios of a measure, of the rules that make a difference."""
        rows = self.frame.filter(pl.col("measure") == measure, pl.col("note") == "")
        return [float(one) for one in rows["variance_ratio"].drop_nulls()]

    @property
    def variance_ratio(self) -> float | None:
        """The median over every rule and measure that differs."""
        known = [one for measure in MEASURES for one in self.ratios(measure)]
        return median(known) if known else None


def ablate(
    base: Scenario, replicates: int = 8, folder: Path | None = None,
    workers: int | Executor = 1, progress: Tell | None = None, rules: Sequence[str] = (),
) -> Ablation:  # fmt: skip
    """Run a scheme without each of its rules (or of ``rules``), ``replicates`` seeds each."""
    if replicates < 2:
        raise UserError(f"--replicates must be at least 2 to tell a variance, not {replicates}")
    base = replace(base, panel=0)
    whole = case_of(base)
    titles = titles_of(whole, rules)
    lanes, refused = lanes_without(whole, list(titles))
    cases = [
        vary(case, replace(case.scenario, seed=seed_of(base.seed, k)))
        for case in (whole, *lanes.values()) for k in range(replicates)
    ]  # fmt: skip
    found = observe_all(cases, read, folder, workers, progress)
    by_lane = [found[k : k + replicates] for k in range(0, len(found), replicates)]
    family = Family(len(lanes) * len(MEASURES), household_size(whole.prepared))
    rows = [
        row
        for rule, values in zip(lanes, by_lane[1:], strict=True)
        for row in rows_of((rule, titles[rule]), by_lane[0], values, family)
    ]
    rows += [(rule, titles[rule], "", *[None] * 5, "", 0, None, why)
             for rule, why in refused.items()]  # fmt: skip
    return Ablation(
        pl.DataFrame(rows, schema=COLUMNS, orient="row"),
        whole.prepared.names.schemes[whole.main].id,
        base.people, base.months, seeds_of(base.seed, replicates), family,
    )  # fmt: skip


def titles_of(whole: Case, rules: Sequence[str]) -> dict[str, str]:
    """Titles of the rules of the main scheme by id, or of those asked for."""
    document = document_of(whole.prepared.versions.schemes[whole.main][0][1])
    titles = {row["id"]: str(row.get("title", "")) for row in document.get("rule", ())}
    if not titles:
        raise UserError(f"{whole.scenario.schemes[whole.main]} has no rule that could be left out")
    unknown = [rule for rule in rules if rule not in titles]
    if unknown:
        hint = did_you_mean(unknown[0], titles)
        raise UserError(f"--rule {unknown[0]}: the scheme has no such rule.{hint}")
    return {rule: titles[rule] for rule in rules or titles}


def lanes_without(whole: Case, rules: Sequence[str]) -> tuple[dict[str, Case], dict[str, str]]:
    """The case without each rule, and the rules that do not go alone with the reason."""
    lanes, refused = {}, {}
    shared = shared_ids(whole)
    for rule in rules:
        if rule in shared:
            refused[rule] = f"does not go alone: {shared[rule]} has a rule of the same id"
            continue
        try:
            prepared = prepare_changed(whole.prepared, (f"rule.{rule}",))
            lanes[rule] = Case(prepared, key_of_run(prepared))
        except UserError as error:
            refused[rule] = f"does not go alone: {error}".splitlines()[0]
    return lanes, refused


def shared_ids(whole: Case) -> dict[str, str]:
    """Ids of rules that another scheme of the lane has too (a baseline keeps its own), by scheme.

    Left out by its id, such a rule would go from both.
    """
    others = [history[0][1] for place, history in enumerate(whole.prepared.versions.schemes)
              if place != whole.main]  # fmt: skip
    return {rule.id: one.id for one in others if not is_baseline(one) for rule in one.rule}


def rows_of(
    rule: tuple[str, str], whole: Sequence[Read], without: Sequence[Read], family: Family
) -> list[tuple[object, ...]]:
    """A row a measure of a rule (id, title): its difference, and the variance ratio of telling it.

    The interval holds together with all others of the family.
    """
    rows: list[tuple[object, ...]] = []
    persons = sum(min(a.subjects, b.subjects) for a, b in zip(whole, without, strict=True))
    for place, measure in enumerate(MEASURES):
        a, b = ([one.values[place] for one in lane] for lane in (whole, without))
        if any(value != value for value in (*a, *b)):
            continue
        gaps = [x - y if abs(x - y) >= SAME else 0.0 for x, y in zip(a, b, strict=True)]
        found = family.difference(gaps, persons, max(one.most[place] for one in whole),
                                  counted=place == RESTRICTED)  # fmt: skip
        rows.append((
            *rule, measure, sum(a) / len(a), sum(b) / len(b), *found, len(a),
            variance_ratio(a, b) if any(gaps) else None, "" if any(gaps) else NO_DIFFERENCE,
        ))  # fmt: skip
    return rows


def luck_of_ablation(found: Ablation) -> str:
    """What the intervals are."""
    return (
        f"Intervals are Student's t over {len(found.seeds)} pairs of runs, so wide that all "
        f"{found.family.answers} hold together in 95 of 100 such ablations (Bonferroni); where "
        "few or none differ, they reach as far as that many households do not rule out. A "
        "direction is given only where its interval tells."
    )
