"""Do the tests notice? Mutants of engine/, scheme/ and measure/, tried one by one.

    python -m tests.mutants            # those not tried yet, or whose function changed since
    python -m tests.mutants --again    # all of them anew, survivors included
    python -m tests.mutants --survivors           # only those that survived, with today's tests
    python -m tests.mutants --reach    # first: which tests reach which function (half an hour)
    python -m tests.mutants --draw 235 # a new list: only to replace the one there is

The list is ``mutants.toml``: each entry is a line of a function and what it becomes, found by its
text. A mutant is given the tests that reach its function, the quickest of each file in turn, up
to 60 seconds of processor time, with kernels as plain Python. It is killed by a failed test, or
where the tests do not end in that time. What became of each is written to ``results.toml`` as it
comes; why a survivor may survive stands in its entry of the list (``reason``).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

if os.environ.get("NUMBA_DISABLE_JIT") != "1":  # before anything is imported that has kernels
    os.environ["NUMBA_DISABLE_JIT"] = "1"
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    os.execv(sys.executable, [sys.executable, "-m", "tests.mutants", *sys.argv[1:]])

import pytest
from tests.mutants import draw, listed, results, tried
from tests.mutants.listed import Mutant
from tests.mutants.reach import ROOT, Reach

REACH = ROOT / "build" / "reach.json"
# Rooms whose tests may reach a line of the three: all that live plain Python in seconds
LOOKED_AT = ("scheme", "measure", "ledger", "engine", "metamorphic", "golden", "study", "conduct")
QUIET = ["-q", "-p", "no:cacheprovider"]


def asked() -> argparse.Namespace:
    """What is asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--survivors", action="store_true")
    parser.add_argument("--reach", action="store_true")
    parser.add_argument("--draw", type=int)
    parser.add_argument("--at", type=Path, default=REACH, help="what --reach wrote")
    parser.add_argument("--minutes", type=float, default=1e9, help="begin no mutant after these")
    return parser.parse_args()


def try_all(mutants: list[Mutant], reach: Reach, minutes: float) -> None:
    """Each mutant in turn, the cheapest first; every outcome is written down at once."""
    chosen = {one: tried.reaching(one, reach) for one in mutants}
    mutants = sorted(mutants, key=lambda one: tried.cost(chosen[one], reach))
    files = sorted({name.split("::")[0] for names in chosen.values() for name in names})

    def job(session: pytest.Session, items: dict[str, pytest.Item]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            said = Path(folder) / "said"
            sound = set[str]()  # tests that killed, and were seen to pass with nothing changed
            clock = results.Clock(minutes)
            for one in mutants:
                if clock.is_over():
                    break
                own = [items[name] for name in chosen[one] if name in items]
                became = tried.tried(one, session, own, living, said)
                if became.by and became.by not in sound:
                    alone = [items[became.by]]
                    if tried.tried(None, session, alone, living, said).by:
                        raise RuntimeError(f"fails unchanged: {became.by}")
                    sound.add(became.by)
                results.keep(one, became)
                print(f"{became.outcome:9}{became.seconds:5} s  {one.name}", flush=True)

    living = tried.Living(job)
    pytest.main([*QUIET, "--no-header", *files], plugins=[living])


def main() -> None:
    """The command."""
    given = asked()
    os.chdir(ROOT)
    if given.draw:
        listed.write(draw.drawn(given.draw))
        return
    if given.reach:
        given.at.parent.mkdir(exist_ok=True)
        rooms = [f"tests/{room}" for room in LOOKED_AT]
        code = pytest.main([*QUIET, "-p", "tests.mutants.reach", "--reach", str(given.at), *rooms])
        print(f"written to {given.at}; pytest ended with {int(code)}: tests that are too slow here"
              " fail, and are left out")  # fmt: skip
        return
    kept = results.kept()
    todo = [one for one in listed.listed()
            if given.again or (one.name not in kept or kept[one.name].outcome in (tried.SURVIVED, tried.NO_TEST)
                               if given.survivors else one.name not in kept)]  # fmt: skip
    try_all(todo, Reach.read(given.at), given.minutes)
    print(dict(Counter(one.outcome for one in results.kept().values())))


if __name__ == "__main__":
    main()
