"""Ties kept in lists: the computed ones written down, or a loaded network on seats.

A month runs on either form. The computed ties, written down, give it the same ties; a loaded
network (loaded.py) has no other form. Each end of a pair in lists keeps whether it is open, a byte
that stands where the pair stands in ``other``; so a person may have any number of ties. What is
drawn about a pair is keyed by the pair, so its two ends need not know of each other's byte, nor
does anything depend on the order of a file.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scoredsociety.by_address import by_address
from scoredsociety.fixed import Ints
from scoredsociety.kernel import inner, kernel
from scoredsociety.keyed import key_of
from scoredsociety.society.tables import Seats, SocietyTables
from scoredsociety.society.ties import tie_slots
from scoredsociety.society.ties.graph import Graph
from scoredsociety.society.ties.together import Together, all_together, own_slots

I32 = npt.NDArray[np.int32]
U8 = npt.NDArray[np.uint8]


@by_address
class StoredTies(NamedTuple):
    """The pairs that may be ties, in lists by person (CSR); symmetric."""

    first: Ints  # (people + 1,) pairs of person i lie at first[i]:first[i + 1]; (0,): computed
    other: I32  # (ends,) dense number at the other end
    slot: U8  # (ends,) the row of the slots that says what kind of tie it is


def not_stored() -> StoredTies:
    """No lists: the ties are computed."""
    return StoredTies(np.zeros(0, np.int64), np.zeros(0, np.int32), np.zeros(0, np.uint8))


@inner
def is_stored(stored: StoredTies) -> bool:
    """Whether the ties stand in lists."""
    return stored.first.size > 0


def ends_between(stored: StoredTies | None, first: int, last: int) -> int:
    """Number of ends that persons ``first`` to ``last`` - 1 have in lists; 0 where computed."""
    if stored is None or not len(stored.first):
        return 0
    return int(stored.first[last] - stored.first[first])


def of_persons(stored: StoredTies | None, ends: U8, first: int, last: int) -> U8:
    """The part of persons ``first`` to ``last`` - 1 of a column of all ends."""
    if stored is None or not len(stored.first):
        return ends[:0]
    return ends[stored.first[first] : stored.first[last]]


@kernel
def pairs_of(
    tables: SocietyTables, seats: Seats, k0: int, k1: int, together: Together, at: Ints,
    base: Ints, mask: Ints, phase: Ints, other: I32, slot_of: U8, write: int,
) -> None:  # fmt: skip
    """Computed pairs of everybody: counted into ``at`` or, with ``write``, put there.

    ``at`` (people,): where the next pair of each person goes. ``base``, ``mask``, ``phase``
    (slots,) are room. Slots of a loaded network have no computed pairs.
    """
    for dense in range(seats.people):
        local = dense & (tie_slots.GROUP - 1)
        if local == 0:
            tie_slots.group_slots(
                tables, seats, k0, k1, dense >> tie_slots.GROUP_BITS, base, mask, phase
            )
        own_slots(tables, seats, together, dense, -1, base, mask)
        for slot in range(tables.slots.shape[0]):
            far = tie_slots.partner(seats, base[slot], mask[slot], local)
            if far < 0 or tables.slots.renews[slot] >= 0:
                continue
            if write:
                other[at[dense]] = far
                slot_of[at[dense]] = slot
            at[dense] += 1


def written_down(
    tables: SocietyTables, seats: Seats, seed: int, graph: Graph | None = None
) -> StoredTies:
    """The computed pairs in lists, then those of ``graph`` under the slot that is for them."""
    k0, k1 = key_of(seed)
    base, mask, phase = (np.zeros(len(tables.slots), np.int64) for _ in range(3))
    other, slot_of = np.zeros(0, np.int32), np.zeros(0, np.uint8)
    some = bool((tables.slots.renews < 0).any())  # slots whose ties are computed
    degree = np.zeros(seats.people, np.int64) if graph is None else np.diff(graph.first)
    if graph is not None and not some:  # nothing else: the lists are those of the network
        of_it = np.full(len(graph.other), loaded_slot(tables), np.uint8)
        return StoredTies(graph.first, graph.other, of_it)
    at = np.zeros(seats.people, np.int64)
    if some:
        together = all_together(tables, seats, k0, k1)
        pairs_of(tables, seats, k0, k1, together, at, base, mask, phase, other, slot_of, 0)
    first = np.zeros(seats.people + 1, np.int64)
    np.cumsum(at + degree, out=first[1:])
    other, slot_of = np.empty(first[-1], np.int32), np.empty(first[-1], np.uint8)
    at[:] = first[:-1]
    if some:
        pairs_of(tables, seats, k0, k1, together, at, base, mask, phase, other, slot_of, 1)
    if graph is not None:
        put = np.arange(len(graph.other)) + np.repeat(at - graph.first[:-1], degree)
        other[put] = graph.other
        slot_of[put] = loaded_slot(tables)
    return StoredTies(first, other, slot_of)


def loaded_slot(tables: SocietyTables) -> int:
    """The row of the slots under which ties of a loaded network stand: the first that is theirs."""
    return int(np.flatnonzero(tables.slots.renews >= 0)[0])
