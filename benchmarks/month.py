"""What a month costs: nanoseconds a person-month by mechanism, bytes a person, and the total.

    python benchmarks/month.py [--people 100000 1000000] [--scheme wendeng_2020] [--threads 4]

A mechanism's cost is the difference between two runs, one without it, each the fastest of three
on one thread (processor time, so other work on the machine disturbs it less). The total is wall
time on all threads. Every run with the same inputs gives the same checksum, or nothing is printed.
"""

from __future__ import annotations

import argparse
import os
import time
from dataclasses import replace

import numpy as np
from timing import fastest_ns

from scoredsociety.conduct.tables import A_BASE, ConductTables
from scoredsociety.engine.checkpoint import checksum, columns
from scoredsociety.engine.inputs import Inputs, Machine
from scoredsociety.engine.run import advance_run, begin_run
from scoredsociety.engine.run_constants import settle
from scoredsociety.fixed import NEVER
from scoredsociety.runs.scenario import Scenario, prepare

MONTHS = 12
ALL_OFF = ("responses", "life_effects")


def core_ns(inputs: Inputs) -> float:
    """Nanoseconds of processor time a person-month, on one thread, fastest of three."""
    machine = Machine(1)
    return fastest_ns(inputs, settle(inputs, machine), machine)


def without_candidates(tables: ConductTables) -> ConductTables:
    """Conduct in which nobody meets any occasion."""
    return tables._replace(counts=np.full_like(tables.counts, 1 << 33))


def without_acts(tables: ConductTables) -> ConductTables:
    """Conduct in which no occasion becomes an act."""
    acts = tables.acts.copy()
    acts[:, A_BASE] = NEVER
    return tables._replace(acts=acts, false=np.zeros_like(tables.false))


def mechanisms(scheme: str, people: int) -> None:
    """Print the cost of each mechanism."""
    asked = Scenario((scheme,), people=people, months=MONTHS, switched_off=ALL_OFF)
    none = prepare(replace(asked, schemes=("none",))).inputs
    scored, whole = prepare(asked).inputs, prepare(replace(asked, switched_off=())).inputs
    (start, conduct), *_ = none.conduct
    slots = none.society._replace(slots=none.society.slots[:0].copy())
    still = ((start, without_candidates(conduct)),)
    steps = [
        ("counting and publishing", none._replace(society=slots, conduct=still)),
        ("ties turning over", none._replace(conduct=still)),
        ("occasions and traits", none._replace(conduct=((start, without_acts(conduct)),))),
        ("acts and their sources", none),
        (f"structuring and scoring ({scheme})", scored),
        ("responses and life effects", whole),
    ]
    before, own = 0.0, {}
    print(f"\n{people:,} people, {MONTHS} months, one thread, processor time")
    for name, inputs in steps:
        cost = core_ns(inputs)
        own[name] = cost - before
        print(f"  {name:<48}{own[name]:8.0f} ns a person-month   {cost:6.0f} together")
        before = cost
    print(
        f"  ties turning over are {own['ties turning over'] / before:.1%} of the whole month; what "
        "responses read of ties is counted with the responses"
    )


def total(scheme: str, people: int, threads: int) -> None:
    """Print the total speed and the bytes a person, with and without responses."""
    for off in (ALL_OFF, ()):
        inputs = prepare(
            Scenario((scheme,), people=people, months=MONTHS, switched_off=off)
        ).inputs
        machine = Machine(threads)
        setting, walls, sums = settle(inputs, machine), [], set()
        for _ in range(3):
            state = begin_run(inputs, setting, machine)
            began = time.perf_counter()
            state = advance_run(inputs, setting, state, machine=machine)
            walls.append(time.perf_counter() - began)
            sums.add(checksum(state))
        if len(sums) != 1:
            raise SystemExit(f"three runs, {len(sums)} checksums: no speed is printed")
        held = sum(array.nbytes for array in columns(state).values())
        *known, together = setting.persons
        held += sum(array.nbytes for array in (*known, *together[1:]))
        speed = people * MONTHS / sorted(walls)[1] / 1e6
        print(
            f"{people:>9,} people, {threads} threads of {os.cpu_count()} cores, "
            f"responses {'off' if off else 'on'}: {speed:5.2f} million person-months a second "
            f"(median of three), {held / people:.1f} bytes a person of state"
        )


def main() -> None:
    """Read the arguments and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--scheme", default="wendeng_2020")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    asked = parser.parse_args()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    for people in asked.people:
        total(asked.scheme, people, asked.threads)
    mechanisms(asked.scheme, min(asked.people))


if __name__ == "__main__":
    main()
