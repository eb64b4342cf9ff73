"""What a society costs: traits and ties of a million people, and one seat among 1.4e9.

    python benchmarks/society.py [--people 1000000] [--threads 4]

Figures are printed once the parts agree: one seat drawn alone equals the same seat drawn among
all, and every tie is seen from both ends.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable

import numpy as np

from scoredsociety.keyed import key_of
from scoredsociety.society.describe.sample import Drawn, slot_ties
from scoredsociety.society.people.alone import known_to, room
from scoredsociety.society.people.seats import place
from scoredsociety.society.recipes.recipe import load_society

NATION = 1_400_000_000
LOOKUPS = 2000


def timed(what: str, job: Callable[[], object], people: int = 0) -> object:
    """Run a job, print what it took by the clock and of processor time, and give its result."""
    started, worked = time.perf_counter(), time.process_time()
    result = job()
    took, work = time.perf_counter() - started, time.process_time() - worked
    share = f", {work / people * 1e9:,.0f} ns a person" if people else ""
    print(f"{what:48} {took:8.3f} s, processor {work:.3f} s{share}")
    return result


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--threads", type=int, default=4)
    chosen = parser.parse_args()
    people, threads = chosen.people, chosen.threads
    recipe = load_society("china_2020")
    slot_ties(Drawn(recipe, 5000, threads=threads), threads)  # compile
    print(
        f"{people:,} people, {threads} threads of {os.cpu_count()} cores, china_2020, "
        f"load of the machine before: {os.getloadavg()[0]:.1f}"
    )
    drawn = timed("traits and households", lambda: Drawn(recipe, people, threads=threads), people)
    assert isinstance(drawn, Drawn)
    found = timed("ties at the start", lambda: slot_ties(drawn, threads), people)
    assert isinstance(found, np.ndarray)
    alone = Drawn(recipe, 50, drawn.seed, of=people)
    assert np.array_equal(alone.traits, drawn.traits[alone.dense])
    arrays = room()
    degree = np.bincount(found[:, :2].ravel(), minlength=people)
    for dense in range(0, people, people // 50):
        rows = known_to(drawn.tables, drawn.seats, drawn.k0, drawn.k1, dense, *arrays)
        assert (arrays[2][:rows, 1] >= 0).sum() == degree[dense]
    print(f"{'ties outside the household a person':48} {degree.mean():8.2f}")
    tables, key = recipe.compile(), key_of(1)
    seats = place(recipe, NATION)
    timed(f"placing {NATION:,} seats", lambda: place(recipe, NATION))
    started = time.perf_counter()
    for k in range(LOOKUPS):
        known_to(tables, seats, *key, k * NATION // LOOKUPS, *arrays)
    took = (time.perf_counter() - started) / LOOKUPS
    print(f"{'traits and ties of one seat among them':48} {took * 1e3:8.3f} ms")


if __name__ == "__main__":
    main()
