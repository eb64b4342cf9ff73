"""Who stands near a restricted person: on a line of people, where it can be counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from scoredsociety.engine import checkpoint
from scoredsociety.measure.ties.network import degree
from scoredsociety.results import Run
from scoredsociety.study.readout.proximity import by_chance, hops, likeness, nearness_of, reached

LINE = np.array([[k, k + 1] for k in range(6)], dtype=np.int64)  # 0 - 1 - ... - 6


def on(*persons: int) -> np.ndarray:
    found = np.zeros(7, dtype=bool)
    found[list(persons)] = True
    return found


def test_hops_on_a_line() -> None:
    assert hops(LINE, on(0), on(*range(7))) == {"one": 1, "two": 1, "farther": 4}
    assert hops(LINE, on(3), on(*range(7))) == {"one": 2, "two": 2, "farther": 2}
    assert hops(LINE, on(0, 1, 2, 3, 4, 5, 6), on(*range(7))) == {"one": 0, "two": 0, "farther": 0}
    assert hops(LINE, on(3), on(2, 3)) == {"one": 1, "two": 0, "farther": 0}  # subjects only
    assert hops(LINE, on(), on(*range(7))) == {"one": 0, "two": 0, "farther": 7}
    assert list(np.flatnonzero(reached(LINE, on(3)))) == [2, 4]


def test_chance_is_that_of_as_many_spread_evenly() -> None:
    """One of seven restricted: two ends have one tie, four have two (person 3 is restricted)."""
    found = by_chance(degree(LINE, 7), on(3), on(*range(7)))
    assert found == pytest.approx(2 / 7 * 1 + 4 * (1 - (6 / 7) ** 2))


def test_likeness_of_the_ends_of_a_tie() -> None:
    assert likeness(LINE, np.zeros(7, dtype=np.int64)) is None
    assert likeness(np.zeros((0, 2), dtype=np.int64), np.arange(7)) is None
    rising = likeness(LINE, np.arange(7))
    assert rising is not None and rising > 0.8


def test_a_run_counts_everybody_once(small_run: Run) -> None:
    state = checkpoint.load(small_run.folder / "checkpoint")
    found = nearness_of(small_run.prepared, small_run.setting, state)[0]
    last = small_run.tallies.filter(month="2020-06", measure="restricted", dimension="all")
    assert (found["restricted"], found["subjects"]) == tuple(last.select("count", "of").row(0))
    assert sum(found["hops"].values()) == found["subjects"] - found["restricted"]
    assert found["relative"] >= found["relative_restricted"] >= 0
    assert 1 < found["ties"] < 30
