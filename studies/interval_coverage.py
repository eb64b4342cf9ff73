"""Do the intervals hold what they say? Disjoint sets of seeds, and the mean over all of them.

Each set of seeds gives every answer an interval, as a study of so many seeds prints it
(study/questions/answer_table.py); counted is how many of the sets' intervals hold the mean over all
seeds.

    python -m studies.interval_coverage wendeng_2020 judgment_list
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

import numpy as np

from scoredsociety.measure.statistics.joint_intervals import sign
from scoredsociety.runs.scenario import Scenario
from scoredsociety.study.ensemble.cases import Case, case_of, vary
from scoredsociety.study.ensemble.ensemble import observe_all
from scoredsociety.study.questions.answer_table import luck
from scoredsociety.study.questions.design import NOTHING
from scoredsociety.study.questions.indicators import INDICATORS, Indicator, none_seen, read_asked

Values = Mapping[str, float]


@dataclass(frozen=True)
class Coverage:
    """Of one answer: intervals, those that hold the mean over all seeds, and signs given."""

    indicator: str
    mean: float
    intervals: int
    held: int
    zero_width: int
    signs: int


def coverage(
    scheme: str, people: int = 2000, months: int = 36, sets: int = 20, each: int = 3,
    first: int = 1, folder: Path | None = None, workers: int = 1,
) -> list[Coverage]:  # fmt: skip
    """Every answer of a scheme that arises under all seeds."""
    runs = lane(scheme, people, months, first, sets * each, folder, workers)
    bare = runs if scheme == NOTHING else lane(
        NOTHING, people, months, first, sets * each, folder, workers
    )
    found = [of_answer(one, scheme, runs, bare, each) for one in INDICATORS]
    return [one for one in found if one is not None]


def lane(
    scheme: str, people: int, months: int, first: int, seeds: int, folder: Path | None,
    workers: int,
) -> list[Values]:  # fmt: skip
    """The same scheme under so many seeds."""
    base = case_of(Scenario((scheme,), people=people, months=months, panel=0, seed=first))
    cases: list[Case] = [
        vary(base, Scenario((scheme,), people=people, months=months, panel=0, seed=first + k))
        for k in range(seeds)
    ]
    return list(observe_all(cases, read_asked, folder, workers))


def of_answer(
    one: Indicator, scheme: str, runs: Sequence[Values], bare: Sequence[Values], each: int
) -> Coverage | None:
    """How often the intervals of one answer hold; None where it does not always arise."""
    change = one.change and scheme != NOTHING
    values = [
        run[one.id] - (other[one.id] if change else 0.0)
        for run, other in zip(runs, bare, strict=True)
    ]
    if not all(map(isfinite, values)):
        return None
    mean, held, flat, signs, intervals = float(np.mean(values)), 0, 0, 0, 0
    for begin in range(0, len(values), each):
        part = slice(begin, begin + each)
        bound = float(np.mean([run[none_seen(one.id)] for run in runs[part]])) / each
        found = luck(values[part], bound, one, scheme)
        if not isfinite(found.high):
            continue  # the rules alone decide it
        intervals += 1
        held += found.low <= mean <= found.high
        flat += found.low == found.high
        signs += bool(sign(found.low, found.high)) and scheme != NOTHING
    return Coverage(one.id, mean, intervals, held, flat, signs)


def main() -> None:
    """Print a row an answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("schemes", nargs="+")
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--each", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    print("Synthetic society, not a forecast.\n")
    print("| scheme | answer | mean | intervals | hold the mean | of width zero | signs |")
    print("|---|---|---|---|---|---|---|")
    for scheme in asked.schemes:
        for one in coverage(scheme, asked.people, each=asked.each, workers=asked.workers):
            print(f"| {scheme} | {one.indicator} | {one.mean:.4g} | {one.intervals} | {one.held} "
                  f"| {one.zero_width} | {one.signs} |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
