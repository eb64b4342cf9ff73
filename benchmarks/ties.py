"""What ties in lists cost: months on both forms, and a network of ten million edges.

    python benchmarks/ties.py [--people 100000] [--edges 10000000]

A speed is printed only where both forms gave one checksum. Rounds of the two forms alternate and
the ratio is of medians, so other work on the machine falls on both.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np
import polars as pl

from scoredsociety.engine.checkpoint import checksum
from scoredsociety.engine.inputs import Inputs, Machine
from scoredsociety.engine.run import advance_run, begin_run
from scoredsociety.engine.setting import settle
from scoredsociety.society.edges import load_edges
from scoredsociety.society.loaded import seated
from scoredsociety.society.recipe import load_society
from scoredsociety.society.seats import place
from scoredsociety.society.stored import written_down
from scoredsociety.study.scenario import Scenario, prepare

MONTHS, ROUNDS = 12, 5


def once(inputs: Inputs) -> tuple[float, str]:
    """Seconds of processor time of the months on one thread, and the checksum."""
    setting = settle(inputs)
    state = begin_run(inputs, setting, Machine(1))
    began = time.process_time()
    state = advance_run(inputs, setting, state, machine=Machine(1))
    return time.process_time() - began, checksum(state)


def forms(people: int) -> None:
    """Print what a month costs with computed ties and with the same ties in lists."""
    for off in (("responses", "life_effects"), ()):
        asked = Scenario(("sesame_documented",), people=people, months=MONTHS, switched_off=off)
        computed = prepare(asked).inputs
        began = time.perf_counter()
        lists = written_down(computed.society, computed.seats, computed.seed)
        wrote = time.perf_counter() - began
        stored = computed._replace(stored=lists)
        took: dict[str, list[float]] = {"computed": [], "stored": []}
        sums = set()
        for _ in range(ROUNDS):
            for name, inputs in (("computed", computed), ("stored", stored)):
                seconds, found = once(inputs)
                took[name].append(seconds)
                sums.add(found)
        if len(sums) != 1:
            raise SystemExit(f"{len(sums)} checksums: no speed is printed")
        cost = {name: median(all_) / people / MONTHS * 1e9 for name, all_ in took.items()}
        held = sum(column.nbytes for column in lists)
        print(
            f"{people:,} people, responses {'off' if off else 'on'}: computed "
            f"{cost['computed']:.0f}, stored {cost['stored']:.0f} ns a person-month (ratio "
            f"{cost['stored'] / cost['computed']:.2f}); lists {held / people:.0f} bytes a person, "
            f"written in {wrote:.2f} s"
        )


def network(edges: int) -> None:
    """Print what loading a network takes, by step."""
    rng = np.random.default_rng(1)
    nodes = edges // 10
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "edges.csv"
        pl.DataFrame(
            {"a": rng.integers(0, nodes, edges), "b": rng.integers(0, nodes, edges)}
        ).write_csv(path)
        began = time.perf_counter()

        def tell(text: str) -> None:
            print(f"  {time.perf_counter() - began:6.2f} s  {text}")

        found = load_edges(path, 1, tell)
        tell(f"loaded {found.graph.ties:,} ties of {found.graph.nodes:,} nodes")
        recipe = load_society("county")
        seats = place(recipe, found.graph.nodes)
        made = seated(recipe.compile(), seats, 1, found, "all")
        tell(f"seated {made.ties:,} ties")
        print(f"  {path.stat().st_size / 1e6:,.0f} MB; notes: {'; '.join(made.notes)}")
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(f"  most memory held: {most / (1 << 30):.1f} GiB")


def main() -> None:
    """Read the arguments and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--edges", type=int, default=10_000_000)
    asked = parser.parse_args()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    network(1000)  # compile
    network(asked.edges)
    forms(asked.people)


if __name__ == "__main__":
    main()
