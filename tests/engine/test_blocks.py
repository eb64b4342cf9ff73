"""What a block counts, whatever room a call has and wherever it counts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from tests.engine.runs import everyday

from scoredsociety.engine import blocks
from scoredsociety.engine.inputs import Inputs, Machine
from scoredsociety.engine.month_view import Outputs
from scoredsociety.engine.run import begin_run, one_month
from scoredsociety.engine.run_constants import settle
from scoredsociety.engine.tally import Tallies


def counted(inputs: Inputs, machine: Machine) -> list[Tallies]:
    """What each month counted."""
    setting = settle(inputs, machine)
    state, months = begin_run(inputs, setting, machine), []
    with ThreadPoolExecutor(machine.threads) as pool:
        for _ in range(inputs.months):
            state, outcome = one_month(inputs, setting, state, pool)
            months.append(outcome.tallies)
    return months


def same(some: list[Tallies], others: list[Tallies]) -> bool:
    return all(
        np.array_equal(one, other)
        for a, b in zip(some, others, strict=True)
        for one, other in zip(a, b, strict=True)
    )


def test_a_block_that_needs_more_room_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = everyday(("wendeng_2020", "sesame_documented"), 300, 2)
    roomy = counted(inputs, Machine(1))
    rooms: list[tuple[int, int]] = []
    true = blocks.outputs

    def noted(persons: int, rows: int, records: int, messages: int, ends: int) -> Outputs:
        rooms.append((records, messages))
        return true(persons, rows, records, messages, ends)

    monkeypatch.setattr(blocks, "outputs", noted)
    monkeypatch.setattr(blocks, "room_for", lambda block: (0, 0))
    assert same(roomy, counted(inputs, Machine(1)))
    assert (0, 0) in rooms and any(records > 0 for records, _ in rooms)


def test_threads_count_what_one_counts() -> None:
    inputs = everyday(("wendeng_2020",), 3000, 2)
    assert same(counted(inputs, Machine(1)), counted(inputs, Machine(3, 1)))
