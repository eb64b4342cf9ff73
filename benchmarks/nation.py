"""A nation, person by person: every one of 1.4 billion lives some months under a scheme.

    python benchmarks/nation.py [--people 1400000000] [--months 2] [--scheme wendeng_2020]

Nothing is sampled. What a month counted is printed as it ends: seconds, person-months a second,
memory, and the grades. Needs about 90 bytes of memory a person: 120 GiB for 1.4 billion, 20 GiB
for 200 million. No folder is written; the last line is the checksum of the whole state. The same
command at --people 1000000 takes seconds, and the persons whom both societies have are the same.
Synthetic society, not a forecast.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time

import numpy as np

from scoredsociety.calendar import month_text
from scoredsociety.engine.checkpoint import checksum
from scoredsociety.engine.inputs import Machine
from scoredsociety.engine.run import MonthOutcome, advance_run, begin_run
from scoredsociety.engine.run_constants import settle
from scoredsociety.runs.prepare import Prepared, prepare
from scoredsociety.runs.resources import gibibytes, memory_available
from scoredsociety.runs.scenario import Scenario
from scoredsociety.scheme.tables import NO_GRADE

BYTES_A_PERSON = 90  # at the peak, while a first month publishes everybody
PART = 1 << 24  # persons whose grades are counted at a time


def peak() -> str:
    """Most memory held so far."""
    return gibibytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def grades(prepared: Prepared, status: np.ndarray) -> str:
    """How many hold each grade of the first scheme."""
    counts = np.zeros(16, dtype=np.int64)
    for start in range(0, len(status), PART):
        counts += np.bincount(status[start : start + PART] & 15, minlength=16)
    names = prepared.labels.grades[0]
    said = [f"{names[k]} {counts[k]:,}" for k in reversed(range(len(names)))]
    return f"{', '.join(said)}; not subjects {counts[NO_GRADE]:,}"


def main() -> None:
    """Read the arguments, run, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=1_400_000_000)
    parser.add_argument("--months", type=int, default=2)
    parser.add_argument("--scheme", default="wendeng_2020")
    parser.add_argument("--society", default="china_2020")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--switch-off", nargs="*", default=[], metavar="NAME")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    asked = parser.parse_args()
    there, needed = memory_available(), asked.people * BYTES_A_PERSON
    if there is not None and needed > there:
        sys.exit(f"{asked.people:,} people need about {gibibytes(needed)} of memory and "
                 f"{gibibytes(there)} are free; ask for fewer --people")  # fmt: skip
    scenario = Scenario(
        (asked.scheme,), society=asked.society, people=asked.people, months=asked.months,
        seed=asked.seed, switched_off=tuple(asked.switch_off),
    )  # fmt: skip
    began = at = time.perf_counter()
    prepared = prepare(scenario)
    inputs, machine = prepared.inputs, Machine(asked.threads)

    def lap(what: str) -> float:
        nonlocal at
        now = time.perf_counter()
        took, at = now - at, now
        print(f"{what:<34} {took:8.1f} s   {peak():>10} at most", flush=True)
        return took

    print(f"{asked.people:,} synthetic persons of {asked.society} under {asked.scheme}, "
          f"{asked.threads} threads: a synthetic society, not a forecast", flush=True)  # fmt: skip
    lap("documents compiled, seats placed")
    setting = settle(inputs, machine)
    lap("households and traits of everybody")
    state = begin_run(inputs, setting, machine)
    lap("ties of everybody")

    def told(outcome: MonthOutcome) -> None:
        took = lap(f"{month_text(outcome.month)} lived by everybody")
        print(f"    {asked.people / took / 1e6:.2f} million person-months a second; "
              f"published anew: {len(outcome.changes.person):,}; sent between people: "
              f"{len(outcome.outbox.target):,}")  # fmt: skip
        print(f"    {grades(prepared, outcome.exchange.status)}", flush=True)

    state = advance_run(inputs, setting, state, machine=machine, on_month=told)
    print(f"{time.perf_counter() - began:.0f} s in all; checksum {checksum(state)}")


if __name__ == "__main__":
    main()
