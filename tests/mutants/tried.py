"""Mutants tried, each in a process of its own that has one function of another meaning.

All tests are collected once. A child then takes the changed line into the function itself, so
that whoever has imported it meets the change, and lives the tests that reach the function until
one fails. Kernels must be plain Python (``NUMBA_DISABLE_JIT=1``).
"""

from __future__ import annotations

import functools
import gc
import os
import resource
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
from tests.mutants.listed import PACKAGE, Mutant
from tests.mutants.reach import Reach

AT_MOST = 60  # seconds of processor time for a mutant's tests
BUDGET = 45.0  # of them that unchanged tests may take, as they were measured when watched
WAITS = 600  # seconds by the clock after which a child counts as stuck
KILLED, SURVIVED, HANGS, STUCK = "killed", "survived", "hangs", "stuck"
NO_TEST = "no test"  # that is quick enough and reaches the function


# Too slow to be watched: they compare whole months with a plain twin, and so are given to every
# function of engine/, with their seconds
TWIN, OTHER = "tests/engine/test_reference.py", "tests/engine/test_respond_reference.py"
WHOLE_MONTHS = {
    f"{TWIN}::test_worlds_in_which_everything_happens[1]": 4.5,
    f"{TWIN}::test_worlds_in_which_everything_happens[0]": 6.0,
    f"{OTHER}::test_worlds_in_which_everything_happens[0]": 8.0,
    f"{OTHER}::test_worlds_in_which_everything_happens[1]": 8.0,
    f"{TWIN}::test_random_small_worlds_on_a_loaded_network[all]": 16.0,
}


@dataclass(frozen=True)
class Tried:
    """What became of a mutant: by which test, of how many, in how many seconds."""

    outcome: str
    by: str
    tests: int
    seconds: float


def reaching(mutant: Mutant, reach: Reach) -> list[str]:
    """Tests that reach the function: the quickest of each file in turn, as many as time allows."""
    own = f"{mutant.file}:{mutant.function}"
    chosen, paid, left = [], set[str](), BUDGET
    by_file: dict[str, list[str]] = {}
    for name, functions in reach.tests.items():
        if own in functions:
            by_file.setdefault(name.split("::")[0], []).append(name)
    for ones in by_file.values():
        ones.sort(key=lambda name: _cost(name, reach, set()))
    turns = sorted((turn, _cost(name, reach, set()), name)
                   for ones in by_file.values() for turn, name in enumerate(ones))  # fmt: skip
    for _, _, name in turns:
        cost = _cost(name, reach, paid)
        if cost <= left:
            left -= cost
            paid |= set(reach.fixtures.get(name, ()))
            chosen.append(name)
    if mutant.file.startswith("engine/"):
        for name, seconds in WHOLE_MONTHS.items():
            if name not in chosen and seconds <= left:
                left -= seconds
                chosen.append(name)
    return chosen


def cost(names: list[str], reach: Reach) -> float:
    """Seconds that tests take together, a fixture that some share only once."""
    dear = {one for name in names for one in reach.fixtures.get(name, ())}
    own = (reach.seconds.get(name, WHOLE_MONTHS.get(name, 0.0)) for name in names)
    return sum(own) + sum(reach.dear[one] for one in dear)


def _cost(name: str, reach: Reach, paid: set[str]) -> float:
    more = (reach.dear[one] for one in reach.fixtures.get(name, ()) if one not in paid)
    return reach.seconds[name] + sum(more)


def _codes(code: CodeType) -> Iterator[CodeType]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from _codes(one)


def _code_of(mutant: Mutant, text: str) -> CodeType:
    file = str(PACKAGE / mutant.file)
    found = [one for one in _codes(compile(text, file, "exec", dont_inherit=True))
             if one.co_qualname == mutant.function]  # fmt: skip
    if len(found) != 1:
        raise ValueError(f"stands {len(found)} times: {mutant.file}:{mutant.function}")
    return found[0]


def put_in(mutant: Mutant) -> None:
    """Change the function wherever it is in use, and forget what it has given before."""
    file, code = str(PACKAGE / mutant.file), _code_of(mutant, mutant.applied())
    changed = 0
    for one in gc.get_objects():
        if isinstance(one, FunctionType):
            mine = one.__code__
            if mine.co_qualname == mutant.function and mine.co_filename == file:
                one.__code__ = code
                changed += 1
        elif isinstance(one, functools._lru_cache_wrapper):
            one.cache_clear()
    if not changed:
        raise ValueError(f"no function {mutant.function} of {mutant.file} is loaded")


class Living:
    """A pytest plugin: collects once, then hands the session over."""

    def __init__(self, job: Any) -> None:
        self.job, self.failed = job, ""

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of living the tests: the job, with what was collected."""
        self.job(session, {one.nodeid: one for one in session.items})
        return True

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Remembers the first failure."""
        if report.failed and not self.failed:
            self.failed = report.nodeid


def _live(session: pytest.Session, items: list[pytest.Item], living: Living) -> None:
    for place, item in enumerate(items):
        after = items[place + 1] if place + 1 < len(items) else None
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        if living.failed:
            return


def _child(mutant: Mutant | None, session: pytest.Session, items: list[pytest.Item],
           living: Living, said: Path) -> None:  # fmt: skip
    """In a process of its own: ends it, 0 if all tests passed and 1 if one failed."""
    status = 3
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (AT_MOST, AT_MOST + 5))
        resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
        out = os.open(os.devnull, os.O_WRONLY)
        os.dup2(out, 1)
        os.dup2(out, 2)
        session.config.pluginmanager.unregister(name="terminalreporter")
        if mutant:
            put_in(mutant)
        living.failed = ""
        _live(session, items, living)
        said.write_text(living.failed, encoding="utf-8")
        status = 1 if living.failed else 0
    except BaseException as error:  # noqa: BLE001  # a mutant may raise anything, anywhere
        said.write_text(f"{type(error).__name__}: {error}", encoding="utf-8")
    finally:
        os._exit(status)


def tried(mutant: Mutant | None, session: pytest.Session, items: list[pytest.Item],
          living: Living, said: Path) -> Tried:  # fmt: skip
    """One mutant (None: the program as it is) under its tests."""
    if not items:
        return Tried(NO_TEST, "", 0, 0.0)
    said.write_text("")
    child = os.fork()
    if child == 0:
        _child(mutant, session, items, living, said)
    ended = time.monotonic() + WAITS
    while True:
        pid, status, used = os.wait4(child, os.WNOHANG)
        if pid:
            break
        if time.monotonic() > ended:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.05)
    seconds = used.ru_utime + used.ru_stime
    code, by = os.waitstatus_to_exitcode(status), said.read_text(encoding="utf-8")
    if code == 3:
        raise RuntimeError(f"{mutant.name if mutant else 'unchanged'}: {by}")
    if code == -signal.SIGKILL and seconds < AT_MOST:
        outcome = STUCK
    else:
        outcome = {0: SURVIVED, 1: KILLED, -signal.SIGXCPU: HANGS}.get(code, KILLED)
    return Tried(outcome, by, len(items), round(seconds, 1))
