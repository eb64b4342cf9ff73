"""Who can bend the score: collectors of records, unlike each other (Q11; O-R0; model.md 14).

Paired runs over the same people with the same luck: every record entered, and records entered at
the discretion of collectors, one for 256 seats. Of what would have been entered, the share that
each collector entered is compared: Pearson's chi-square over its degrees of freedom is about 1
where collectors are alike, more where they are not (bound: 42 % of officers favoured some drivers,
Goncalves and Mello 2021 [A]). Coefficients are assumed; what comes out is their consequence.

    python -m studies.collectors
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import nan

import numpy as np

from scoredsociety.engine.collect.discretion import SEATS
from scoredsociety.engine.inputs import Machine
from scoredsociety.engine.layout import ERRORS, SPILLED, flags_of, month_of
from scoredsociety.engine.run import advance_run, begin_run
from scoredsociety.engine.run_constants import settle
from scoredsociety.engine.state import RunState
from scoredsociety.fixed import Ints
from scoredsociety.measure.scoring.discretion import collector_dispersion
from scoredsociety.runs.prepare import prepare
from scoredsociety.runs.scenario import Scenario
from scoredsociety.society.tables import Seats
from scoredsociety.study.validation.file_audit import held

OTHERS = (
    "awareness", "deterrence", "silence", "seeking", "ties", "joining", "shame", "support",
    "appeal", "authority", "trust", "loyalty", "life_effects",
)  # fmt: skip


@dataclass(frozen=True)
class Collectors:
    """What the collectors of a run made of what was seen."""

    setting: str
    collectors: int
    entered: float  # of 100 cases that all would have entered
    dispersion: float  # chi-square / df; nan where nothing is left out
    lowest: float  # of 100, by the collectors at the 10th and the 90th percentile
    highest: float


def base(scheme: str = "weihai_village", people: int = 20_000, months: int = 24) -> Scenario:
    """A village scheme that reads only what is entered by hand; nobody responds to it."""
    return Scenario(
        (scheme,), people=people, months=months, panel=0, switched_off=OTHERS,
        sets=('scheme.reads=["neighbourhood"]',),
    )  # fmt: skip


def with_discretion(scenario: Scenario, **values: str) -> Scenario:
    """The scenario with collectors who have discretion, with these coefficients."""
    sets = [f"response.discretion.values.{name}={value}" for name, value in values.items()]
    return replace(
        scenario, sets=(*scenario.sets, "response.discretion.form=collectors", *sets)
    )


def cases(scenario: Scenario, threads: int = 1) -> Ints:
    """Cases on file for each collector at the end of a run: person-months with a true record."""
    prepared = prepare(scenario)
    machine = Machine(threads=threads)
    setting = settle(prepared.inputs, machine)
    state = begin_run(prepared.inputs, setting, machine)
    state = advance_run(prepared.inputs, setting, state, machine=machine)
    return by_collector(state, prepared.inputs.seats)


def by_collector(state: RunState, seats: Seats) -> Ints:
    """(collectors,) person-months in which an act of the person's own was booked."""
    size = min(SEATS, seats.community_size)
    found = np.zeros(-(-seats.people // size), dtype=np.int64)
    for person, records, _, _ in held(state):
        months = {
            month_of(int(word))
            for word in records
            if not flags_of(int(word)) & (ERRORS | SPILLED)
        }
        found[person // size] += len(months)
    return found


def compared(setting: str, entered: Ints, seen: Ints) -> Collectors:
    """What each collector entered of what all would have."""
    some = seen > 0
    hit, of = np.minimum(entered[some], seen[some]), seen[some]
    share = 100 * hit / of
    low, high = np.quantile(share, [0.1, 0.9]) if len(share) else (nan, nan)
    return Collectors(
        setting, len(of), float(100 * hit.sum() / of.sum()), collector_dispersion(hit, of),
        float(low), float(high),
    )  # fmt: skip


def table(
    scenario: Scenario, settings: Iterable[dict[str, str]], threads: int = 1
) -> list[Collectors]:
    """One row a setting, against the run in which everything is entered."""
    seen = cases(scenario, threads)
    return [
        compared(
            ", ".join(f"{name} {value}" for name, value in values.items()),
            cases(with_discretion(scenario, **values), threads), seen,
        )
        for values in settings
    ]  # fmt: skip


SETTINGS = (
    {"unlike": "0", "closeness": "0", "disagreement": "0"},
    {"unlike": "0", "closeness": "2", "disagreement": "0"},
    {"unlike": "0.7", "closeness": "1", "disagreement": "1"},
    {"unlike": "1.4", "closeness": "1", "disagreement": "1"},
)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    print("| setting | entered, of 100 | chi-square / df | 10th to 90th collector |")
    print("|---|---|---|---|")
    scenario = base(people=asked.people, months=asked.months)
    for one in table(scenario, SETTINGS, asked.threads):
        print(f"| {one.setting} | {one.entered:.0f} | {one.dispersion:.1f} "
              f"| {one.lowest:.0f} to {one.highest:.0f} |")  # fmt: skip


if __name__ == "__main__":
    main()
