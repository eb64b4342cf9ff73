"""Signs that the sources expect (V17, V19, V20), over seeds and rival forms, whatever they are.

Each line compares two runs over the same people with the same luck, seed by seed: the mean of the
differences, and how many seeds gave minus, nothing, plus. Where a form has its sign by
construction, the line says so: then it is no evidence. The findings are of people who know of the
system (asked of it, in an experiment, or in a theory), so everybody knows of it in these runs.

    python -m scoredsociety.study.signs
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import nan
from typing import NamedTuple

import numpy as np

from scoredsociety.conduct import tables as c
from scoredsociety.engine import tally as ta
from scoredsociety.engine.inputs import Machine
from scoredsociety.engine.run import MonthOutcome, advance_run, begin_run
from scoredsociety.engine.setting import settle
from scoredsociety.engine.tally import Tallies, add
from scoredsociety.measure.cohesion import components, largest_component_share
from scoredsociety.measure.network import assortativity
from scoredsociety.study.observe import Case, case_of, vary
from scoredsociety.study.persons import subjects
from scoredsociety.study.scenario import Scenario
from scoredsociety.study.settings import EVERYBODY_KNOWS
from scoredsociety.study.tied import open_ties

PUBLIC, COMMERCIAL = "wendeng_2020", "sesame_documented"  # V17: facts P1 and P4
READS_TIES = "sesame_press"  # V20: friends' scores count
LISTS = "judgment_list"


class End(NamedTuple):
    """What is read of one run."""

    subject_years: float
    sought: int  # acts done for points
    given_up: int  # acts that rules punish, kept from being done; speech apart
    silent: int  # acts of speech kept from being done
    met: int
    helped: int
    cuts: int
    ties: float  # ties a person at the end
    likeness: float  # assortativity of ties by score, between subjects
    largest: float  # share of people in the largest component
    parts: int  # components


@dataclass(frozen=True)
class Lane:
    """One side of a comparison."""

    scheme: str
    sets: tuple[str, ...] = ()
    switched_off: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sign:
    """One line: a difference, the sign expected, and the two lanes."""

    fact: str
    says: str
    expected: str
    a: Lane
    b: Lane
    read: Callable[[End], float]
    by_construction: bool = False


def form(response: str, name: str) -> str:
    """The ``--set`` of a form."""
    return f"response.{response}.form={name}"


def value(response: str, name: str, number: object) -> str:
    """The ``--set`` of a coefficient."""
    return f"response.{response}.values.{name}={number}"


def yearly(count: Callable[[End], int]) -> Callable[[End], float]:
    """Per 1,000 subject-years."""
    return lambda end: 1000 * count(end) / end.subject_years if end.subject_years else nan


def help_rate(end: End) -> float:
    """Of 100 meetings with a stranger, those with help."""
    return 100 * end.helped / end.met if end.met else nan


def changed(end: End) -> int:
    """Acts done for points, and acts given up."""
    return end.sought + end.given_up


def behaviour() -> Iterator[Sign]:
    """V17: more change under mandatory public pilots than commercial; by gain more than by fear."""
    for deterrence in ("perceptual", "threshold"):
        for seeking in ("worth", "near_threshold"):
            sets = (form("deterrence", deterrence), form("seeking", seeking))
            says = f"deterrence {deterrence}, seeking {seeking}"
            yield Sign(
                "V17",
                f"conduct changed, public less commercial ({says})",
                "+",
                Lane(PUBLIC, sets),
                Lane(COMMERCIAL, sets),
                yearly(changed),
            )
            public = Lane(PUBLIC, sets)
            yield Sign("V17", f"sought for points less given up, public ({says})", "+", public,
                       public, yearly(lambda end: end.sought - end.given_up))  # fmt: skip


def trust() -> Iterator[Sign]:
    """V19: scores that are seen lower trust.

    Either form has its sign by construction: suspicion takes help away wherever a score is seen,
    and who shows a score under the image form is mostly above the middle.
    """
    for name in ("image", "suspicion"):
        for scheme in (COMMERCIAL, PUBLIC):
            sets = (form("trust", name),)
            yield Sign("V19", f"help, scores shown less hidden (`{scheme}`, form {name})", "-",
                       Lane(scheme, sets), Lane(scheme, (*sets, value("joining", "show", 0))),
                       help_rate, by_construction=True)  # fmt: skip


def ties() -> Iterator[Sign]:
    """V20: fewer ties, more alike, more fragmented; and against as many cuts at random."""
    measured: tuple[tuple[str, str, Callable[[End], float], bool], ...] = (
        ("ties a person", "-", lambda end: end.ties, True),
        ("likeness of scores", "+", lambda end: end.likeness, False),
        ("share in the largest part", "-", lambda end: end.largest, False),
        ("separate parts", "+", lambda end: end.parts, False),
    )
    high = (value("ties", "cost", "0.2"), value("ties", "score", "0.3"),
            value("ties", "listed", "0.2"))  # fmt: skip
    for scheme, name, more in ((READS_TIES, "worth", ()), (READS_TIES, "worth", high),
                               (READS_TIES, "gap", high), (LISTS, "listed", high)):  # fmt: skip
        strength = "high" if more else "default"
        cut = Lane(scheme, (form("ties", name), *more))
        kept = Lane(scheme, switched_off=())
        for says, expected, read, built in measured:
            if scheme == LISTS and says == "likeness of scores":
                continue  # a list has no score
            line = f"{says}, cut less kept (`{scheme}`, form {name}, {strength})"
            yield Sign(
                "V20", line, expected, cut, replace(kept, sets=(form("ties", "none"),)), read, built
            )
            line = f"{says}, cut less as many at random (`{scheme}`, form {name}, {strength})"
            yield Sign("V20", line, "" if says == "ties a person" else expected, cut,
                       Lane(scheme, (*cut.sets, AS_MANY)), read)  # fmt: skip


AS_MANY = "as many at random"  # stands for the random form at the rate that cuts as many


class Runs:
    """Runs that several lines share, made once."""

    def __init__(self, people: int, months: int) -> None:
        self._people, self._months = people, months
        self._bases: dict[str, Case] = {}
        self._ends: dict[tuple[Lane, int], End] = {}

    def base(self, scheme: str) -> Case:
        """The scheme in default settings, but known to everybody."""
        if scheme not in self._bases:
            asked = Scenario((scheme,), people=self._people, months=self._months,
                             sets=EVERYBODY_KNOWS)  # fmt: skip
            self._bases[scheme] = case_of(asked)
        return self._bases[scheme]

    def end(self, lane: Lane, seed: int) -> End:
        """What a lane came to."""
        if (lane, seed) not in self._ends:
            if AS_MANY in lane.sets:
                self._ends[lane, seed] = self.at_random(lane, seed)
            else:
                base = self.base(lane.scheme)
                asked = replace(base.scenario, seed=seed, sets=(*EVERYBODY_KNOWS, *lane.sets),
                                switched_off=lane.switched_off)  # fmt: skip
                self._ends[lane, seed] = read(vary(base, asked))
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
    speech = np.isin(acts[:, c.A_CONTEXT], [c.CONTEXTS.index(n) for n in ("speech", "petition")])
    punished = (acts[:, c.A_GRAVITY] > 0) & ~speech
    found = open_ties(inputs, setting, state)
    pairs, people = np.column_stack([found.one, found.other]), inputs.seats.people
    score = state.exchange.score[0].astype(np.int64)
    scored = subjects(state.exchange.status, 0)
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
    for one in (*behaviour(), *trust(), *ties()):
        if only and one.fact != only:
            continue
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


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--only", default="", help="V17, V19 or V20")
    asked = parser.parse_args()
    print("Synthetic society, not a forecast.\n")
    seeds = range(1, asked.seeds + 1)
    print(table(list(signs(asked.people, asked.months, seeds, asked.only))))


if __name__ == "__main__":
    main()
