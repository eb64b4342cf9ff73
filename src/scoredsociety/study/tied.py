"""The ties between persons at the end of a run, as two columns: for measures of the network."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.setting import Setting
from scoredsociety.engine.state import RunState
from scoredsociety.fixed import Ints
from scoredsociety.keyed import key_of
from scoredsociety.society.stored import StoredTies
from scoredsociety.society.ties import MOST_SLOTS, group_slots, slot_count
from scoredsociety.society.together import Together, ends_of, has_places

GROUP = 32


class Ties(NamedTuple):
    """Open ties outside the household, each once."""

    one: Ints  # (ties,) dense numbers, the smaller end
    other: Ints  # (ties,)


def open_ties(inputs: Inputs, setting: Setting, state: RunState) -> Ties:
    """The ties that are open in a state, found from the bits that both ends keep."""
    bits = np.concatenate([block.ties for block in state.blocks]).astype(np.int64)
    people = inputs.seats.people
    first = np.arange(people) - (setting.persons.household.astype(np.int64) >> 4)
    if inputs.stored is not None:
        return stored_ties(inputs.stored, bits, first)
    return computed_ties(inputs, setting.persons.together, bits, first)


def stored_ties(stored: StoredTies, bits: Ints, first: Ints) -> Ties:
    """Those of ties kept in lists; ``first``: where each person's household begins."""
    one, other = np.repeat(np.arange(len(bits)), np.diff(stored.first)), stored.other
    there = (one < other) & (bits[one] >> stored.slot & 1 == 1) & (first[one] != first[other])
    return Ties(one[there], other[there].astype(np.int64))


def computed_ties(inputs: Inputs, together: Together, bits: Ints, first: Ints) -> Ties:
    """Those of computed ties, a group of 32 at a time, and by places."""
    k0, k1 = key_of(inputs.seed)
    people = inputs.seats.people
    slots, groups = int(slot_count(inputs.society)), -(-people // GROUP)
    base, mask = (np.zeros((groups, MOST_SLOTS), dtype=np.int64) for _ in range(2))
    phase = np.zeros(MOST_SLOTS, dtype=np.int64)
    for group in range(groups):
        group_slots(inputs.society, inputs.seats, k0, k1, group, base[group], mask[group], phase)
    dense = np.arange(people)
    ones: list[Ints] = []
    others: list[Ints] = []
    for slot in range(slots):
        start = base[dense // GROUP, slot]
        other = start + ((dense & (GROUP - 1)) ^ mask[dense // GROUP, slot])
        if has_places(inputs.society, slot):
            other = ends_of(inputs.society, inputs.seats, together, slot)
            start = other
        there = (start >= 0) & (other < people) & (other > dense) & ((bits >> slot) & 1 == 1)
        there[there] &= first[other[there]] != first[dense[there]]
        ones.append(dense[there])
        others.append(other[there])
    return Ties(np.concatenate(ones), np.concatenate(others))
