"""Signs that the sources expect (V17, V19, V20), over seeds and rival forms, whatever they are.

Each line compares two runs over the same people with the same luck, seed by seed: the mean of the
differences, and how many seeds gave minus, nothing, plus. Where a form has its sign by
construction, the line says so: then it is no evidence. The findings are of people who know of the
system (asked of it, in an experiment, or in a theory), so everybody knows of it in these runs.

    python -m studies.expected_signs
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import nan

import numpy as np

from scoredsociety.conduct import tables as c
from scoredsociety.engine import tally as ta
from scoredsociety.engine.inputs import Machine
from scoredsociety.engine.run import MonthOutcome, advance_run, begin_run
from scoredsociety.engine.run_constants import settle
from scoredsociety.engine.tally import Tallies, add
from scoredsociety.measure.ties.cohesion import components, largest_component_share
from scoredsociety.measure.ties.network import assortativity
from scoredsociety.runs.edge_list import open_ties
from scoredsociety.runs.scenario import Scenario
from scoredsociety.study.ensemble.cases import Case, case_of, vary
from scoredsociety.study.questions.plausible_settings import EVERYBODY_KNOWS
from scoredsociety.study.readout.persons import subjects_now
from studies.expected_sign_lines import AS_MANY, SEARCHED, End, Lane, Sign, form, lines, value


def base_of(scheme: str, people: int, months: int) -> Scenario:
    """A scheme in default settings, but known to everybody."""
    return Scenario((scheme,), people=people, months=months, sets=EVERYBODY_KNOWS)


def scenario_of(lane: Lane, base: Scenario, seed: int) -> Scenario:
    """A lane under a seed."""
    sets = (*EVERYBODY_KNOWS, *lane.sets)
    return replace(base, seed=seed, sets=sets, switched_off=lane.switched_off)


def scenarios_of(words: Sequence[str]) -> list[Scenario]:
    """Every run that the command makes with these words.

    The rate of the random form is searched for, run by run, and stands as ``SEARCHED``.
    """
    asked = options().parse_args(words)
    told: dict[Scenario, None] = {}
    for one in lines(asked.only):
        for lane in (one.a, one.b):
            base = base_of(lane.scheme, asked.people, asked.months)
            if AS_MANY in lane.sets:
                lane = replace(lane, sets=(form("ties", "random"),
                                           value("ties", "random", SEARCHED)))  # fmt: skip
            told |= {scenario_of(lane, base, seed): None for seed in seeds_of(asked)}
    return list(told)


class Runs:
    """Runs that several lines share, made once."""

    def __init__(self, people: int, months: int) -> None:
        self._people, self._months = people, months
        self._bases: dict[str, Case] = {}
        self._ends: dict[tuple[Lane, int], End] = {}

    def base(self, scheme: str) -> Case:
        """The scheme in default settings, but known to everybody."""
        if scheme not in self._bases:
            self._bases[scheme] = case_of(base_of(scheme, self._people, self._months))
        return self._bases[scheme]

    def end(self, lane: Lane, seed: int) -> End:
        """What a lane came to."""
        if (lane, seed) not in self._ends:
            if AS_MANY in lane.sets:
                self._ends[lane, seed] = self.at_random(lane, seed)
            else:
                base = self.base(lane.scheme)
                self._ends[lane, seed] = read(vary(base, scenario_of(lane, base.scenario, seed)))
        return self._ends[lane, seed]

    def at_random(self, lane: Lane, seed: int) -> End:
        """The random form, at the rate that cuts as many ties as the lane's own form."""
        wanted = self.end(
            replace(lane, sets=tuple(o for o in lane.sets if o != AS_MANY)), seed
        ).cuts
        rate, end = 0.01, None
        for _ in range(4):
            sets = (form("ties", "random"), value("ties", "random", f"{rate:.6f}"))
            end = self.end(Lane(lane.scheme, sets), seed)
            if not end.cuts or abs(end.cuts - wanted) <= 0.02 * wanted:
                break
            rate = min(1.0, rate * wanted / end.cuts)
        assert end is not None
        return end


def read(case: Case) -> End:
    """Run a case and read what the lines need."""
    inputs = case.prepared.inputs
    setting, machine = settle(inputs), Machine(1, 8)
    total: list[Tallies] = []

    def count(outcome: MonthOutcome) -> None:
        if total:
            add(total[0], outcome.tallies)
        else:
            total.append(Tallies(*(np.array(array) for array in outcome.tallies)))

    state = advance_run(inputs, setting, begin_run(inputs, setting), machine=machine,
                        on_month=count)  # fmt: skip
    counts, events = total[0], total[0].responses[:, 0]
    acts, forgone = inputs.conduct[0][1].acts, counts.forgone[:, 0]
    speech = np.isin(acts.context, [c.CONTEXTS.index(n) for n in ("speech", "petition")])
    punished = (acts.gravity > 0) & ~speech
    found = open_ties(inputs, setting, state)
    pairs, people = np.column_stack([found.one, found.other]), inputs.seats.people
    score = state.exchange.score[0].astype(np.int64)
    scored = subjects_now(state.exchange.status, 0)
    both = pairs[scored[pairs].all(axis=1)]  # others have the start as their score
    return End(
        subject_years=float(counts.sums[0, ta.U_SUBJECTS]) / 12, sought=int(events[ta.V_SOUGHT]),
        given_up=int(forgone[punished].sum()), silent=int(forgone[speech].sum()),
        met=int(events[ta.V_MET]), helped=int(events[ta.V_HELPED]), cuts=int(events[ta.V_CUT]),
        ties=2 * len(pairs) / people, likeness=assortativity(both, score),
        largest=100 * largest_component_share(pairs, people),
        parts=len(np.unique(components(pairs, people))),
    )  # fmt: skip


@dataclass(frozen=True)
class Found:
    """What a line came to over the seeds."""

    sign: Sign
    differences: tuple[float, ...]

    def row(self) -> str:
        """One row of the Markdown table."""
        known = [one for one in self.differences if one == one]
        mean = sum(known) / len(known) if known else nan
        signs = [sum(one < 0 for one in known), sum(one == 0 for one in known),
                 sum(one > 0 for one in known)]  # fmt: skip
        label = "implementation" if self.sign.by_construction else "predicted"
        return (f"| {self.sign.fact} | {self.sign.says} | {self.sign.expected or 'none'} "
                f"| {mean:+.3g} | {' / '.join(map(str, signs))} | {label} |")  # fmt: skip


def signs(people: int, months: int, seeds: range, only: str = "") -> Iterator[Found]:
    """Every line (of one target, if told), over the seeds."""
    runs = Runs(people, months)
    for one in lines(only):
        differences = []
        for seed in seeds:
            a = one.read(runs.end(one.a, seed))
            differences.append(a if one.a == one.b else a - one.read(runs.end(one.b, seed)))
        yield Found(one, tuple(differences))


def table(found: list[Found]) -> str:
    """As Markdown."""
    head = ["| target | difference | expected | mean | seeds - / 0 / + | label |",
            "|---|---|---|---|---|---|"]  # fmt: skip
    return "\n".join(head + [one.row() for one in found])


def options() -> argparse.ArgumentParser:
    """What the command takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--only", default="", help="V17, V19 or V20")
    return parser


def seeds_of(asked: argparse.Namespace) -> range:
    """The seeds that are asked for."""
    return range(1, asked.seeds + 1)


def main() -> None:
    """Print the table."""
    asked = options().parse_args()
    print("Synthetic society, not a forecast.\n")
    print(table(list(signs(asked.people, asked.months, seeds_of(asked), asked.only))))


if __name__ == "__main__":
    main()
