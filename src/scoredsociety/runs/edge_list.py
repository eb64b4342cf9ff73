"""The ties between persons at the end of a run, as two columns: for measures of the network.

Computed ties lie between households; those of a loaded network lie where the file has them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.run_constants import Setting
from scoredsociety.engine.state import U8, RunState, ends_of
from scoredsociety.fixed import Ints
from scoredsociety.kernel import int64, kernel
from scoredsociety.keyed import key_of
from scoredsociety.society.tables import Seats, SocietyTables
from scoredsociety.society.ties.stored import StoredTies
from scoredsociety.society.ties.tie_slots import GROUP, group_slot
from scoredsociety.society.ties.together import Together, has_places, other_end


class Ties(NamedTuple):
    """Open ties, each once; those of the household itself are none."""

    one: Ints  # (ties,) dense numbers, the smaller end
    other: Ints  # (ties,)


def open_ties(inputs: Inputs, setting: Setting, state: RunState) -> Ties:
    """The ties that are open in a state, found from the bits that both ends keep."""
    if inputs.stored is not None:
        return stored_ties(inputs.stored, ends_of(state))
    bits = np.concatenate([block.ties for block in state.blocks]).astype(np.int64)
    people = inputs.seats.people
    first = np.arange(people) - (setting.persons.household.astype(np.int64) >> 4)
    return computed_ties(inputs, setting.persons.together, bits, first)


def stored_ties(stored: StoredTies, ends: U8, start: int = 0, stop: int | None = None) -> Ties:
    """Those of ties kept in lists, whose lower end is a person from ``start`` to ``stop`` - 1."""
    stop = len(stored.first) - 1 if stop is None else stop
    low, high = stored.first[start], stored.first[stop]
    one = np.repeat(np.arange(start, stop), np.diff(stored.first[start : stop + 1]))
    there = (ends[low:high] == 1) & (one < stored.other[low:high])
    return Ties(one[there], stored.other[low:high][there].astype(np.int64))


def computed_ties(inputs: Inputs, together: Together, bits: Ints, first: Ints) -> Ties:
    """Those of computed ties, slot by slot in order of persons."""
    k0, k1 = key_of(inputs.seed)
    one, other = (np.empty(int(np.bitwise_count(bits).sum()), dtype=np.int64) for _ in range(2))
    found = find_open(
        inputs.society, inputs.seats, together, k0, k1, bits, first.astype(np.int64), one, other
    )
    return Ties(one[:found].copy(), other[:found].copy())


@kernel
def find_open(
    tables: SocietyTables, seats: Seats, together: Together, k0: int, k1: int, bits: Ints,
    first: Ints, one: Ints, other: Ints,
) -> int:  # fmt: skip
    """Both ends of the slots whose bits are set, each tie once, within no household; how many.

    ``bits`` and ``first`` (where the household begins) are by person; ``one`` and ``other``
    have room for every bit.
    """
    found = 0
    for slot in range(tables.slots.shape[0]):
        placed = has_places(tables, slot)
        start, mask = int64(-1), int64(0)
        for dense in range(bits.size):
            if dense % GROUP == 0 and not placed:
                start, mask = group_slot(tables, seats, k0, k1, dense // GROUP, slot)
            if (bits[dense] >> slot) & 1 == 0:
                continue
            if placed:
                end = other_end(tables, seats, together, dense, slot)
            elif start >= 0:
                end = start + ((dense % GROUP) ^ mask)
            else:
                continue
            if dense < end < bits.size and first[end] != first[dense]:
                one[found], other[found] = dense, end
                found += 1
    return found
