"""The list of mutants fits the sources of today; a few of the killed ones are killed again.

All of them: ``python -m tests.mutants`` (hours).
"""

from __future__ import annotations

import os
import subprocess
import sys

from tests.mutants import listed, results, tried
from tests.mutants.listed import PACKAGE, ROOT, Mutant

OUTCOMES = {tried.KILLED, tried.SURVIVED, tried.HANGS, tried.STUCK, tried.NO_TEST}
AGAIN = "6"  # mutants that are tried again here


def test_every_mutant_is_one_changed_line_of_today() -> None:
    mutants = listed.listed()
    assert len(mutants) == len({one.name for one in mutants}) >= 200
    assert {one.file.split("/")[0] for one in mutants} == set(listed.ROOMS)
    for one in mutants:
        before = (PACKAGE / one.file).read_text(encoding="utf-8").splitlines()
        after = one.applied().splitlines()
        assert len(before) == len(after), one.name
        assert sum(a != b for a, b in zip(before, after, strict=True)) == 1, one.name


def test_a_line_that_is_gone_is_said() -> None:
    gone = Mutant("engine/control/consequences.py", "of_scheme", "if never:", "if ever:")
    assert gone.rows() == [] and not gone.stands_once()


def test_outcomes_are_of_mutants_on_the_list() -> None:
    """What has not been tried yet has no outcome; what has survived has a reason, or is open."""
    known, kept = {one.name for one in listed.listed()}, results.kept()
    assert kept.keys() <= known
    assert {one.outcome for one in kept.values()} <= OUTCOMES
    assert all(one.by for one in kept.values() if one.outcome == tried.KILLED)
    missed = {name for name, one in kept.items()
              if one.outcome not in (tried.KILLED, tried.HANGS)}  # fmt: skip
    assert missed == results.reasons().keys()


def test_some_killed_mutants_are_killed_again() -> None:
    words = [sys.executable, "-m", "tests.mutants", "--killers", AGAIN]
    own = {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    env = {name: value for name, value in os.environ.items() if name != "NUMBA_DISABLE_JIT"} | own
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{{'killed': {AGAIN}}}" in done.stdout
