"""Ties have two ends: in every month what one keeps of a slot, the other keeps too."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from tests.engine.runs import everyday
from tests.engine.worlds import MECHANISMS, Plan, make

from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.run import begin_run, one_month
from scoredsociety.engine.run_constants import settle
from scoredsociety.keyed import key_of
from scoredsociety.society.ties import tie_slots
from scoredsociety.society.ties.together import ends_of, has_places


def partners(inputs: Inputs) -> np.ndarray:
    """(people, slots) dense number at the other end, or -1."""
    people, slots = inputs.seats.people, int(tie_slots.slot_count(inputs.society))
    found = np.full((people, slots), -1)
    for group in range(-(-people // 32)):
        base, mask, phase = (np.zeros(32, dtype=np.int64) for _ in range(3))
        key = key_of(inputs.seed)
        tie_slots.group_slots(inputs.society, inputs.seats, *key, group, base, mask, phase)
        for person in range(group * 32, min(group * 32 + 32, people)):
            for slot in range(slots):
                found[person, slot] = tie_slots.partner(
                    inputs.seats, base[slot], mask[slot], person % 32
                )
    return found


def check(inputs: Inputs) -> tuple[int, int]:
    """Assert symmetry in every month; (open ends at the last, ends that ever changed)."""
    setting, other = settle(inputs), partners(inputs)
    state, moved, before = begin_run(inputs, setting), 0, None
    places = setting.persons.together
    for k in range(other.shape[1]):
        if has_places(inputs.society, k):
            other[:, k] = ends_of(inputs.society, inputs.seats, places, k)
    slot = np.arange(other.shape[1])
    with ThreadPoolExecutor(1) as pool:
        for month in range(inputs.months + 1):
            bits = np.concatenate([block.ties for block in state.blocks]).astype(np.int64)
            is_open = (bits[:, None] >> slot) & 1 == 1
            people, slots = np.nonzero(is_open)
            far = other[people, slots]
            assert (far >= 0).all() and (far != people).all(), month
            assert is_open[far, slots].all(), f"month {month}: a tie with one end"
            assert (other[far, slots] == people).all(), month
            moved += 0 if before is None else int((is_open != before).sum())
            before = is_open
            if month < inputs.months:
                state, _ = one_month(inputs, setting, state, pool)
    return len(people), moved


def test_the_county() -> None:
    ends, moved = check(everyday(("none",), 3000, 13))
    assert ends > 3000 and moved > 100  # there are ties, and they turn over


@pytest.mark.parametrize("people", [33, 100, 333])
def test_odd_numbers_of_people(people: int) -> None:
    check(make(Plan(people, people, 13, 0, frozenset(MECHANISMS))))


@pytest.mark.long
def test_over_a_hundred_thousand_pairs() -> None:
    ends, _ = check(everyday(("none",), 40_000, 24))
    assert ends > 200_000  # two ends a pair
