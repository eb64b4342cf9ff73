"""Do the tests notice? Mutants of engine/, scheme/ and measure/, tried one by one.

    python -m tests.mutants --reach        # first: which tests reach which function (an hour)
    python -m tests.mutants                # those not tried yet, the cheapest first
    python -m tests.mutants --survivors    # and those that survived, under the tests of today
    python -m tests.mutants --again        # all of them anew
    python -m tests.mutants --killers 6    # so many killed ones, by the test that killed each
    python -m tests.mutants --draw 235     # a new list, in the place of the one there is

The list is ``mutants.toml``: each entry is a line of a function and what it becomes, found by its
text. A mutant is given the tests that reach its function, the quickest of each file in turn, up
to 60 seconds of processor time, with kernels as plain Python. It is killed by a failed test, or
where the tests do not end in that time. What became of each is written to ``results.toml`` as it
comes; why one that was not killed may stand is said in ``survivors.toml``.
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
    parser.add_argument("--killers", type=int)
    parser.add_argument("--at", type=Path, default=REACH, help="what --reach wrote")
    parser.add_argument("--minutes", type=float, default=1e9, help="begin no mutant after these")
    return parser.parse_args()


def run(chosen: dict[Mutant, list[str]], minutes: float, keep: bool) -> list[tried.Tried]:
    """Each mutant in turn under its tests; with ``keep`` every outcome is written down at once."""
    files = sorted({name.split("::")[0] for names in chosen.values() for name in names})
    found: list[tried.Tried] = []

    def job(session: pytest.Session, items: dict[str, pytest.Item]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            said = Path(folder) / "said"
            sound = set[str]()  # tests that killed, and were seen to pass with nothing changed
            clock = results.Clock(minutes)
            for one, names in chosen.items():
                if clock.is_over():
                    break
                own = [items[name] for name in names if name in items]
                became = tried.tried(one, session, own, living, said)
                if became.by and became.by not in sound:
                    alone = [items[became.by]]
                    if tried.tried(None, session, alone, living, said).by:
                        raise RuntimeError(f"fails unchanged: {became.by}")
                    sound.add(became.by)
                found.append(became)
                if keep:
                    results.keep(one, became)
                print(f"{became.outcome:9}{became.seconds:5} s  {one.name}", flush=True)

    living = tried.Living(job)
    code = pytest.main([*QUIET, "--no-header", *files], plugins=[living])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise SystemExit(int(code))
    return found


def again_by_what_killed(count: int) -> None:
    """Some killed mutants under the one test that killed each; ends with 1 where one survives."""
    kept, todo = results.kept(), dict[Mutant, list[str]]()
    killed = [one for one in listed.listed()
              if one.name in kept and kept[one.name].outcome == tried.KILLED]  # fmt: skip
    for one in sorted(killed, key=lambda one: kept[one.name].seconds)[:count]:
        todo[one] = [kept[one.name].by]
    found = run(todo, 1e9, keep=False)
    print(dict(Counter(one.outcome for one in found)))
    sys.exit(len(found) < len(todo) or any(one.outcome != tried.KILLED for one in found))


def watch(at: Path) -> None:
    """Write which tests reach which function."""
    at.parent.mkdir(exist_ok=True)
    rooms = [f"tests/{room}" for room in LOOKED_AT]
    code = pytest.main([*QUIET, "-p", "tests.mutants.reach", "--reach", str(at), *rooms])
    print(f"written to {at}; pytest ended with {int(code)}: tests that are too slow here fail, and"
          " are left out")  # fmt: skip


def main() -> None:
    """The command."""
    given = asked()
    os.chdir(ROOT)
    if given.draw:
        listed.write(draw.drawn(given.draw))
        return
    if given.reach:
        watch(given.at)
        return
    if given.killers:
        again_by_what_killed(given.killers)
    kept, reach, missed = results.kept(), Reach.read(given.at), (tried.SURVIVED, tried.NO_TEST)
    todo = [one for one in listed.listed() if given.again or one.name not in kept
            or (given.survivors and kept[one.name].outcome in missed)]  # fmt: skip
    chosen = {one: tried.reaching(one, reach) for one in todo}
    cheapest = sorted(todo, key=lambda one: tried.cost(chosen[one], reach))
    run({one: chosen[one] for one in cheapest}, given.minutes, keep=True)
    print(dict(Counter(one.outcome for one in results.kept().values())))


if __name__ == "__main__":
    main()
