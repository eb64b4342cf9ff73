"""Ties kept in lists: the computed ones written down, or a loaded network on seats.

A month runs on either form. The computed ties, written down, give it the same bits; a loaded
network (loaded.py) has no other form. A person keeps one bit a pair, open or not, whatever the
form; what is drawn about a pair is keyed by the pair, so its two ends need not know each other's
bit.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scoredsociety.fixed import Ints
from scoredsociety.kernel import inner, int64, kernel
from scoredsociety.keyed import key_of
from scoredsociety.society import ties
from scoredsociety.society.graph import Graph
from scoredsociety.society.places import S_RENEWS
from scoredsociety.society.tables import Seats, SocietyTables
from scoredsociety.society.together import Together, all_together, own_slots

I32 = npt.NDArray[np.int32]
U8 = npt.NDArray[np.uint8]


class StoredTies(NamedTuple):
    """The pairs that may be ties, in lists by person (CSR); symmetric."""

    first: Ints  # (people + 1,) pairs of person i lie at first[i]:first[i + 1]; (0,): computed
    other: I32  # (ends,) dense number at the other end
    slot: U8  # (ends,) the bit that the person keeps of it; that row of the slots has its layer


def not_stored() -> StoredTies:
    """No lists: the ties are computed."""
    return StoredTies(np.zeros(0, np.int64), np.zeros(0, np.int32), np.zeros(0, np.uint8))


@inner
def is_stored(stored: StoredTies) -> bool:
    """Whether the ties stand in lists."""
    return stored.first.size > 0


@inner
def read(stored: StoredTies, dense: int, base: Ints, mask: Ints) -> None:
    """Where the slots of a person lead, in the terms of ``ties.partner``: base + (local ^ mask)."""
    for slot in range(ties.MOST_SLOTS):
        base[slot] = -1
        mask[slot] = dense & (ties.GROUP - 1)  # so that the other end is the base itself
    for end in range(stored.first[dense], stored.first[dense + 1]):
        base[int64(stored.slot[end])] = int64(stored.other[end])


@kernel
def pairs_of(
    tables: SocietyTables, seats: Seats, k0: int, k1: int, together: Together, at: Ints,
    base: Ints, mask: Ints, phase: Ints, other: I32, slot_of: U8, write: int,
) -> None:  # fmt: skip
    """Computed pairs of everybody: counted into ``at`` or, with ``write``, put there.

    ``at`` (people,): where the next pair of each person goes. ``base``, ``mask``, ``phase``
    (32,) are room. Slots of a loaded network have no computed pairs.
    """
    for dense in range(seats.people):
        local = dense & (ties.GROUP - 1)
        if local == 0:
            ties.group_slots(tables, seats, k0, k1, dense >> ties.GROUP_BITS, base, mask, phase)
        own_slots(tables, seats, together, dense, -1, base, mask)
        for slot in range(tables.slots.shape[0]):
            far = ties.partner(seats, base[slot], mask[slot], local)
            if far < 0 or tables.slots[slot, S_RENEWS] >= 0:
                continue
            if write:
                other[at[dense]] = far
                slot_of[at[dense]] = slot
            at[dense] += 1


def written_down(
    tables: SocietyTables, seats: Seats, seed: int, graph: Graph | None = None
) -> StoredTies:
    """The computed pairs in lists, then those of ``graph`` in the slots that are for them."""
    k0, k1 = key_of(seed)
    base, mask, phase = (np.zeros(ties.MOST_SLOTS, np.int64) for _ in range(3))
    other, slot_of = np.zeros(0, np.int32), np.zeros(0, np.uint8)
    some = bool((tables.slots[:, S_RENEWS] < 0).any())  # slots whose ties are computed
    degree = np.zeros(seats.people, np.int64) if graph is None else np.diff(graph.first)
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
        places = np.flatnonzero(tables.slots[:, S_RENEWS] >= 0)
        rank = np.arange(len(graph.other)) - np.repeat(graph.first[:-1], degree)
        put = np.repeat(at, degree) + rank
        other[put] = graph.other
        slot_of[put] = places.astype(np.uint8)[rank]
    return StoredTies(first, other, slot_of)
