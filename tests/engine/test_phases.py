"""Each phase of a month gets the columns that it declares, and nothing else."""

from __future__ import annotations

import inspect
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.engine.phase_access import MONTHS, PEOPLE, RUNS
from tests.golden import runs as golden
from tests.golden.runs import digest_of

from scoredsociety.engine import month
from scoredsociety.engine.phases import PHASES, ROOM, may_touch

TREE = Path(__file__).parents[2]


def in_plain_python(*words: str) -> Any:
    """What ``phase_access`` prints."""
    paths = os.pathsep.join([str(TREE / "src"), str(TREE)])
    done = subprocess.run(
        [sys.executable, "-m", "tests.engine.phase_access", *words], cwd=TREE, check=True,
        capture_output=True, env={**os.environ, "SCOREDSOCIETY_JIT": "0", "PYTHONPATH": paths},
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def plain() -> list[str]:
    """Digests of the runs as they are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(golden, "PEOPLE", PEOPLE)
        patch.setattr(golden, "MONTHS", MONTHS)
        found = [digest_of(one) for one in RUNS]
    assert len(set(found)) == len(found)
    return found


@pytest.fixture(scope="module")
def alone() -> Any:
    """The same runs, in which each phase sees only what it is given."""
    return in_plain_python()


def test_a_sentinel_in_every_column_that_a_phase_does_not_declare_moves_nothing(
    plain: list[str], alone: Any
) -> None:
    assert alone["digests"] == plain


@pytest.mark.parametrize("left", [
    "collect:scratch.acts", pytest.param("tie_turnover:exchange.status", marks=pytest.mark.long),
])  # fmt: skip
def test_a_column_that_is_needed_and_not_declared_is_seen(plain: list[str], left: str) -> None:
    assert in_plain_python("--run=1", f"--without={left}")["digests"] != [plain[1]]


def test_no_phase_touches_what_it_does_not_declare(alone: Any) -> None:
    touched = alone["touched"]
    for phase in PHASES:
        names = touched[phase.name]
        assert [one for one in names if one not in ROOM and not may_touch(phase, one)] == []
        assert names, f"{phase.name} touches nothing"


def test_the_month_calls_the_phases_in_their_order() -> None:
    parts = [getattr(month, name) for name in ("advance", "person_month")]
    whole, inside = (inspect.getsource(getattr(one, "py_func", one)) for one in parts)
    head, tail = whole.split("person_month(")
    lines = head + inside + tail
    places = [lines.index(f"{name}(") for phase in PHASES for name in phase.functions]
    assert places == sorted(places)
