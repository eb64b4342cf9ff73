"""Integers decide: no kernel holds a float, and plain Python gives the same bits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.engine.float_free import kept, lines_with_floats
from tests.engine.runs import checksum_of, everyday
from tests.engine.worlds import MECHANISMS, Plan, make

ROOT = Path(__file__).parents[2]


def python(*arguments: str, **environment: str) -> str:
    """Standard output of another Python in the repository's root."""
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": path} | environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@cache
def compiled_afresh(cache_folder: Path) -> dict[str, Any]:
    """What the month's kernels are made of, and one kernel that has a float."""
    module = ("-m", "tests.engine.float_free", "--with-one")
    found: dict[str, Any] = json.loads(
        python(*module, SCOREDSOCIETY_CACHE=str(cache_folder), SCOREDSOCIETY_JIT="1")
    )
    return found


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Compiled with an empty cache: for these tests, or for all of them (``make check``)."""
    if kept().exists():
        found: dict[str, Any] = json.loads(kept().read_text(encoding="utf-8"))
        return found
    return compiled_afresh(tmp_path_factory.mktemp("kernels"))


def test_no_kernel_holds_a_float(cold: dict[str, Any]) -> None:
    assert cold["kernels"] > 50 and cold["annotated"] == cold["kernels"]
    assert cold["code"] > 100_000
    assert [place for place in cold["floats"] if not place.startswith("with_a_float")] == []


def test_the_check_finds_a_float(cold: dict[str, Any]) -> None:
    found = [place for place in cold["floats"] if place.startswith("with_a_float")]
    assert any("fmul" in place for place in found)
    assert any("sitofp" in place or "fptosi" in place for place in found)


def test_names_that_look_like_floats_are_none() -> None:
    assert lines_with_floats('%half.2 = add i64 %double, 1\ncall void @float()\n"double"') == []
    assert len(lines_with_floats("%x = fmul double %a, %b\n%y = load float, ptr %p")) == 2


WILD = "make(Plan(11, 90, 4, 10, frozenset(MECHANISMS)))"
COUNTY = "everyday(('wendeng_2020', 'sesame_documented'), 300, 2)"


def test_plain_python_gives_the_same_bits() -> None:
    program = (
        "from tests.engine.runs import checksum_of, everyday\n"
        "from tests.engine.worlds import MECHANISMS, Plan, make\n"
        "from scoredsociety.kernel import jit_enabled\n"
        f"print(jit_enabled(), checksum_of({WILD}), checksum_of({COUNTY}))"
    )
    wild = checksum_of(make(Plan(11, 90, 4, 10, frozenset(MECHANISMS))))
    county = checksum_of(everyday(("wendeng_2020", "sesame_documented"), 300, 2))
    said = python("-W", "error::RuntimeWarning", "-c", program, SCOREDSOCIETY_JIT="0")
    assert said.split() == ["False", wild, county]
