"""Is the range a range? A second design of other points, and how many lie outside the first's.

Of n independent points about 2 / (n + 1) of further ones lie outside, answer by answer. The
points of the second design are drawn with another seed; the people and their luck are the same.

    python -m studies.second_design wendeng_2020 sesame_documented
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path

from scoredsociety.runs.scenario import Scenario
from scoredsociety.study.ensemble.cases import Case, case_of
from scoredsociety.study.ensemble.ensemble import observe_scenarios
from scoredsociety.study.ensemble.fitted_figures import fitted_to
from scoredsociety.study.questions.answer_table import Lane
from scoredsociety.study.questions.design import (
    NOTHING,
    PHASES,
    Design,
    DesignPoints,
    Place,
    design_points,
    point,
    point_scenarios,
)
from scoredsociety.study.questions.indicators import ASKED, read_asked
from scoredsociety.study.questions.questions import answer_questions


@dataclass(frozen=True)
class Outside:
    """Of a scheme: pairs of point and answer, and those outside the range of the first design."""

    scheme: str
    pairs: int
    outside: int
    worst: str  # the answer that lies outside most often
    worst_share: float


def outside(
    first: Design, points: int, seed: int, folder: Path | None = None, workers: int = 1
) -> list[Outside]:
    """Answers of the first design, then the points of a second one, scheme by scheme."""
    ranges = {
        (row["scheme"], row["indicator"]): (row["range_low"], row["range_high"])
        for row in answer_questions(first, folder, workers).frame.to_dicts()
    }
    second = replace(first, points=points, point_seed=seed, phases=first.phases[:1])
    phase = second.phases[0]
    asked: dict[Place, Scenario] = {}
    lanes: dict[str, tuple[Case, DesignPoints]] = {}
    for name in dict.fromkeys((*second.schemes, NOTHING)):
        case = case_of(replace(second.of(name, phase), people=second.small))
        lanes[name] = (case, design_points(second, name, case))
        asked |= dict(point_scenarios(second, name, phase, *lanes[name]))
    made = observe_scenarios(asked, read_asked, folder, workers)
    found = []
    for name in second.schemes:
        case, where = lanes[name]
        lane = Lane(second, name, phase, case, made.values, where, frozenset())
        found.append(of_lane(lane, ranges))
    return found


def of_lane(lane: Lane, ranges: dict[tuple[str, str], tuple[float, float]]) -> Outside:
    """The pairs of one scheme; figures that a target fitted are no answers."""
    pairs, out = 0, {}
    for one in ASKED:
        span = ranges.get((lane.name, one.id))
        if span is None or fitted_to(lane.case.prepared.names.schemes[0].id, one.id):
            continue
        values = [lane.value(one, point(k)) for k in range(lane.design.points)]
        known = [value for value in values if isfinite(value)]
        pairs += len(known)
        beyond = sum(not span[0] <= value <= span[1] for value in known)
        out[one.id] = (beyond / len(known) if known else 0.0, beyond)
    worst = max(out, key=lambda name: out[name][0])
    return Outside(lane.name, pairs, sum(n for _, n in out.values()), worst, out[worst][0])


def main() -> None:
    """Print a row a scheme."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("schemes", nargs="+")
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--points", type=int, default=128)
    parser.add_argument("--second", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    base = Scenario((NOTHING,), people=asked.people, months=asked.months, panel=0)
    design = Design(tuple(asked.schemes), base, 2, phases=PHASES[:1], flips=(),
                    points=asked.points, point_people=asked.people)  # fmt: skip
    print("Synthetic society, not a forecast.\n")
    print("| scheme | pairs | outside | of 100 | most often outside | of 100 |")
    print("|---|---|---|---|---|---|")
    for one in outside(design, asked.second, 1, None, asked.workers):
        print(f"| {one.scheme} | {one.pairs} | {one.outside} | {100 * one.outside / one.pairs:.2f} "
              f"| {one.worst} | {100 * one.worst_share:.1f} |")  # fmt: skip


if __name__ == "__main__":
    main()
