"""A month does no more than it did: calls are counted, so no clock and no busy machine decides.

The numbers are calls in a thousand person-months (``month_work.py``). Where a change makes the
month do less, write the new number down, so that it stays.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.engine.month_work import COUNTED, RUNS, counting

TREE = Path(__file__).parents[2]
DONE = {
    "wendeng_2020": {
        "draws": 5736, "rows drawn": 62, "traits worked out": 200, "rescorings": 60,
        "acts weighed": 11, "ties found": 1182, "acts": 80,
    },
    "sesame_press": {
        "draws": 10711, "rows drawn": 62, "traits worked out": 604, "rescorings": 531,
        "acts weighed": 0, "ties found": 1811, "acts": 81,
    },
    "national_composite": {
        "draws": 12980, "rows drawn": 62, "traits worked out": 803, "rescorings": 811,
        "acts weighed": 10, "ties found": 1811, "acts": 81,
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def found() -> Any:
    """What a month does now, in plain Python."""
    paths = os.pathsep.join([str(TREE / "src"), str(TREE)])
    done = subprocess.run(
        [sys.executable, "-m", "tests.engine.month_work"], cwd=TREE, check=True,
        capture_output=True, env={**os.environ, "SCOREDSOCIETY_JIT": "0", "PYTHONPATH": paths},
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.mark.parametrize("scheme", RUNS)
def test_a_month_does_no_more_than_it_did(scheme: str, found: Any) -> None:
    more = {name: (found[scheme][name], most) for name, most in DONE[scheme].items()
            if found[scheme][name] > most}  # fmt: skip
    assert not more, f"calls in a thousand person-months, and what they were: {more}"


@pytest.mark.parametrize("scheme", RUNS)
def test_what_a_month_saves_is_written_down(scheme: str, found: Any) -> None:
    assert DONE[scheme].keys() == COUNTED.keys()
    assert found[scheme] == DONE[scheme]


def test_each_call_is_counted() -> None:
    counts: Counter[str] = Counter()
    counted = counting(counts, "draws", max)
    assert (counted(1, 2), counted(3, 2)) == (2, 3)
    assert counts == {"draws": 2}
