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

from scoredsociety.engine.checkpoint import checksum, columns
from scoredsociety.engine.inputs import Machine
from scoredsociety.engine.run import advance_run, begin_run
from scoredsociety.engine.run_constants import settle
from scoredsociety.runs.month_cost import ALL_OFF, MONTHS, month_costs
from scoredsociety.runs.prepare import prepare
from scoredsociety.runs.scenario import Scenario


def mechanisms(scheme: str, people: int) -> None:
    """Print the cost of each mechanism."""
    print(f"\n{people:,} people, {MONTHS} months, one thread, processor time")
    own, whole = {}, 0.0
    for name, cost, whole in month_costs(scheme, people):
        own[name] = cost
        print(f"  {name:<48}{cost:8.0f} ns a person-month   {whole:6.0f} together")
    print(
        f"  ties turning over are {own['ties turning over'] / whole:.1%} of the whole month; what "
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
