"""What ties in lists cost: months on both forms, and time and memory of ten million loaded ties.

    python benchmarks/ties.py [--people 100000] [--edges 10000000] [--hub 10000]

A speed is printed only where both forms gave the same lives and as many ties. Rounds of the two
forms alternate and the ratio is of medians, so other work on the machine falls on both. The network
is loaded, described and run for some months in a process of its own, so that the most memory it
held is its own; ``--edges 0`` leaves it out.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import numpy as np
import polars as pl

from scoredsociety.engine.checkpoint import checksum, save
from scoredsociety.engine.inputs import Inputs, Machine
from scoredsociety.engine.run import advance_run, begin_run
from scoredsociety.engine.run_constants import settle
from scoredsociety.engine.state import ends_of
from scoredsociety.runs.network_facts import file_and_run
from scoredsociety.runs.prepare import prepare
from scoredsociety.runs.scenario import Scenario
from scoredsociety.society.ties.edges import count_nodes
from scoredsociety.society.ties.stored import written_down

MONTHS, ROUNDS = 12, 5
NETWORK_MONTHS = 3


def once(inputs: Inputs) -> tuple[float, str]:
    """Seconds of processor time of the months on one thread, and a checksum of what came out.

    Ties are told by their number, since the two forms write them down otherwise.
    """
    setting = settle(inputs)
    state = begin_run(inputs, setting, Machine(1))
    began = time.process_time()
    state = advance_run(inputs, setting, state, machine=Machine(1))
    took = time.process_time() - began
    bits = sum(int(np.bitwise_count(block.ties).sum()) for block in state.blocks)
    number = bits + int(ends_of(state).sum())
    bare = tuple(
        block._replace(ties=np.zeros_like(block.ties), ends=block.ends[:0])
        for block in state.blocks
    )
    return took, f"{checksum(state._replace(blocks=bare))} {number}"


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


def write_edges(edges: int, hub: int, path: Path) -> None:
    """Edges at random, twenty ends a node on average, and a hub with many more, as a CSV file."""
    rng = np.random.default_rng(1)
    nodes = edges // 10
    one, other = rng.integers(0, nodes, edges), rng.integers(0, nodes, edges)
    one[:hub], other[:hub] = 0, np.arange(1, hub + 1)
    pl.DataFrame({"a": one, "b": other}).write_csv(path)


def network(path: Path) -> None:
    """Print what a network takes by step: loaded and seated, described, run, kept."""
    began = time.perf_counter()

    def tell(text: str) -> None:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / (1 << 30)
        took, busy = time.perf_counter() - began, time.process_time()
        print(
            f"  {took:6.1f} s by the clock, {busy:6.1f} of processor, {most:5.2f} GiB at most: "
            f"{text}", flush=True,
        )  # fmt: skip

    nodes = count_nodes(path)
    tell(f"counted {nodes:,} nodes in {path.stat().st_size / 1e6:,.0f} MB")
    asked = Scenario(
        ("sesame_documented",), people=nodes, months=NETWORK_MONTHS, panel=0, ties=str(path)
    )
    made = prepare(asked, tell)
    inputs, stored = made.inputs, made.inputs.stored
    assert stored is not None
    tell(f"seated {len(stored.other) // 2:,} ties of {nodes:,} people; the greatest degree is "
         f"{int(np.diff(stored.first).max()):,}")  # fmt: skip
    file_and_run(made)
    tell("described")
    machine = Machine(2)
    setting = settle(inputs, machine)
    state = begin_run(inputs, setting, machine)
    tell("began")
    state = advance_run(inputs, setting, state, machine=machine)
    tell(f"ran {NETWORK_MONTHS} months; {int(ends_of(state).sum()) // 2:,} ties are open")
    save(state, path.with_name("checkpoint"))
    tell("kept the state")


def apart(function: Callable[..., None], *given: object) -> None:
    """Call a function in a process of its own."""
    one = get_context("spawn").Process(target=function, args=given)
    one.start()
    one.join()
    if one.exitcode:
        raise SystemExit(f"{function.__name__} ended with {one.exitcode}")


def networks(edges: int, hub: int) -> None:
    """A network is drawn into a file, then loaded and run."""
    print(f"{edges:,} edges")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "edges.csv"
        apart(write_edges, edges, hub, path)
        apart(network, path)


def main() -> None:
    """Read the arguments and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--edges", type=int, default=10_000_000)
    parser.add_argument("--hub", type=int, default=10_000)
    asked = parser.parse_args()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    if asked.edges:
        networks(10_000, 100)  # a small one first, so that everything is compiled
        networks(asked.edges, asked.hub)
    if asked.people:
        forms(asked.people)


if __name__ == "__main__":
    main()
