"""What each response and life effect costs: nanoseconds a person-month, alone and all together.

    python benchmarks/responses.py [--people 50000] [--months 12] [--scheme wendeng_2020 ...]

Processor time of one thread, fastest of some runs, so other work on the machine disturbs it less.
Target: everything on stays within three times everything off. Runs of the same inputs must give
the same checksum, or nothing is printed.
"""

from __future__ import annotations

import argparse

from scoredsociety.conduct.response_tables import Response, compile_responses
from scoredsociety.conduct.responses import BY_ID
from scoredsociety.conduct.tables import ResponseTables
from scoredsociety.engine.inputs import Inputs
from scoredsociety.runs.month_cost import fastest_ns
from scoredsociety.runs.prepare import prepare
from scoredsociety.runs.scenario import Scenario

ALL_OFF = frozenset({"responses", "life_effects"})
TARGET = 3.0


def only(name: str) -> ResponseTables:
    """Everything off but one, and awareness at ``none``: everybody knows, so it has work to do."""
    form = BY_ID[name].form if BY_ID[name].form != "none" else BY_ID[name].forms[1]
    return compile_responses((Response(id=name, form=form),), frozenset(set(BY_ID) - {name}))


def nanoseconds(inputs: Inputs, responses: ResponseTables, runs: int) -> float:
    """A person-month on one thread, the fastest of ``runs``."""
    return fastest_ns(inputs._replace(responses=((inputs.origin, responses),)), runs)


def main() -> None:
    """Print a table for each scheme."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--scheme", nargs="+", default=["wendeng_2020", "national_composite"])
    asked = parser.parse_args()
    for scheme in asked.scheme:
        scenario = Scenario((scheme,), people=asked.people, months=asked.months)
        inputs = prepare(scenario).inputs
        off = nanoseconds(inputs, compile_responses((), ALL_OFF), asked.runs)
        print(f"{scheme}, {asked.people:,} people, {asked.months} months, one thread")
        print(f"  {'all off':12} {off:8.1f} ns a person-month")
        for name in BY_ID:
            took = nanoseconds(inputs, only(name), asked.runs)
            print(f"  {name:12} {took:8.1f}  {took - off:+8.1f} alone, everybody aware")
        on = nanoseconds(inputs, compile_responses((), frozenset()), asked.runs)
        said = "within" if on <= TARGET * off else "OVER"
        print(f"  {'all on':12} {on:8.1f}  {on / off:.2f} times all off ({said} {TARGET:.0f})")


if __name__ == "__main__":
    main()
