"""Which tests reach which functions, and how long they take: a pytest plugin.

    NUMBA_DISABLE_JIT=1 python -m pytest -p tests.mutants.reach --reach FILE TESTS

writes into FILE what ``Reach`` holds. What a fixture reaches counts for each test that uses it,
whichever test of the session it was made for.
"""

from __future__ import annotations

import json
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "scoredsociety"
ROOMS = ("engine", "scheme", "measure")
LONGEST = 12  # seconds of processor time: what takes longer, watched, is of no use here
MOST_LONG = 2  # tests of a file that took too long: the rest of it is left out
DEAR = 0.2  # seconds from which what a fixture costs is told apart from its test


@dataclass
class Reach:
    """What was reached: by name of test, and seconds of processor time."""

    tests: dict[str, list[str]] = field(default_factory=dict)  # test: functions
    seconds: dict[str, float] = field(default_factory=dict)  # test: its own
    fixtures: dict[str, list[str]] = field(default_factory=dict)  # test: dear fixtures
    dear: dict[str, float] = field(default_factory=dict)  # fixture: once for all its tests

    @classmethod
    def read(cls, path: Path) -> Reach:
        """What the plugin wrote."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def write(self, path: Path) -> None:
        """One test a line, so that a change shows."""
        parts = []
        for name, table in asdict(self).items():
            rows = ",\n".join(f"  {json.dumps(key)}: {json.dumps(table[key])}"
                              for key in sorted(table))  # fmt: skip
            parts.append(f'"{name}": {{\n{rows}\n}}')
        path.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def function_of(code: CodeType) -> str | None:
    """``engine/act/acceptance.py:candidates`` of a function of the rooms; None of any other."""
    known = _NAMES.get(id(code))
    if known is None:
        path = Path(code.co_filename)
        inside = path.is_relative_to(PACKAGE)
        where = path.relative_to(PACKAGE).as_posix() if inside else ""
        name = f"{where}:{code.co_qualname}" if where.split("/")[0] in ROOMS else None
        known = _NAMES[id(code)] = name, code
    return known[0]


# by number: to hash a code object is dear; kept with it, so that the number stays its own
_NAMES: dict[int, tuple[str | None, CodeType]] = {}


class Recorder:
    """Watches calls; one set of functions for what is being made or tested now."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.reach = Reach()
        self.now: list[set[str]] = [set()]
        self.made: dict[Any, tuple[str, set[str], float]] = {}  # a fixture: name, reached, seconds
        self.failed: set[str] = set()
        self.long: Counter[str] = Counter()
        signal.signal(signal.SIGPROF, _too_long)

    def __call__(self, frame: FrameType, _: str, __: object) -> None:
        """A call; None: its lines are not followed."""
        if (name := function_of(frame.f_code)) is not None:
            self.now[-1].add(name)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        self.now.append(set())
        start = time.process_time()
        try:
            return (yield)
        finally:
            reached = self.now.pop()
            self.now[-1] |= reached
            if fixturedef.scope != "function":
                name = f"{fixturedef.baseid}::{fixturedef.argname}"
                self.made[fixturedef] = (name, reached, time.process_time() - start)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: Any) -> Iterator[None]:
        self.now = [set()]
        threading.settrace(self)
        sys.settrace(self)
        signal.setitimer(signal.ITIMER_PROF, LONGEST)
        start, before = time.process_time(), set(self.made)
        try:
            return (yield)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            sys.settrace(None)
            made_now = sum(seconds for one, (_, _, seconds) in self.made.items()
                           if one not in before)  # fmt: skip
            self._keep(item, time.process_time() - start - made_now)

    def pytest_runtest_setup(self, item: Any) -> None:
        """Leaves out the rest of a file whose tests take too long."""
        if self.long[str(item.path)] >= MOST_LONG:
            pytest.skip("tests of this file take too long")

    def _keep(self, item: Any, seconds: float) -> None:
        reached, dear = set(self.now[0]), []
        for ones in item._fixtureinfo.name2fixturedefs.values():
            for one in ones:
                if one in self.made:
                    name, more, cost = self.made[one]
                    reached |= more
                    if cost >= DEAR:
                        dear.append(name)
                        self.reach.dear[name] = round(cost, 2)
        self.long[str(item.path)] += seconds >= LONGEST
        if reached and item.nodeid not in self.failed and seconds < LONGEST:
            self.reach.tests[item.nodeid] = sorted(reached)
            self.reach.seconds[item.nodeid] = round(max(0.0, seconds), 2)
            if dear:
                self.reach.fixtures[item.nodeid] = sorted(dear)
            if len(self.reach.tests) % 50 == 0:
                self.reach.write(self.path)

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            self.failed.add(report.nodeid)  # it fails here by itself, so it proves nothing

    def pytest_sessionfinish(self) -> None:
        self.reach.write(self.path)


def _too_long(*_: object) -> None:
    raise TimeoutError(f"takes over {LONGEST} s of processor time, watched")


def pytest_addoption(parser: Any) -> None:
    parser.addoption("--reach", help="file to write what each test reaches into")


def pytest_configure(config: Any) -> None:
    if config.getoption("--reach"):
        config.pluginmanager.register(Recorder(Path(config.getoption("--reach"))))
