"""One seat alone: its traits and everybody it knows, computed without the rest of the society.

Only the seat's own community and those of its possible partners are walked, so a seat among
1.4e9 costs what a seat of a town costs.
"""

from __future__ import annotations

import numpy as np

from scoredsociety.fixed import Ints
from scoredsociety.kernel import kernel
from scoredsociety.society import households, ties, traits
from scoredsociety.society.seats import id_of
from scoredsociety.society.tables import TRAITS, Seats, SocietyTables


def room() -> tuple[Ints, Ints, Ints]:
    """Arrays for ``known_to``: own traits, another's traits, and rows of what is found."""
    return (
        np.zeros(len(TRAITS), np.int64),
        np.zeros(len(TRAITS), np.int64),
        np.zeros((ties.MOST_SLOTS + households.MOST, 2), np.int64),
    )


@kernel
def known_to(
    tables: SocietyTables,
    seats: Seats,
    k0: int,
    k1: int,
    dense: int,
    own: Ints,
    other: Ints,
    found: Ints,
) -> int:
    """Traits of a seat into ``own`` (36,), those it knows at the start as rows of ``found``.

    A row holds the dense number and the slot (-1: member of the household); ``other`` (36,) is
    room. Gives the number of rows.
    """
    byte = households.household_of(tables, seats, k0, k1, dense)
    traits.fill(tables, seats, k0, k1, dense, byte, own)
    mine = traits.coarse_of(own)
    first, count = households.household_first(dense, byte), 0
    for member in range(first, min(first + (byte & 15), seats.people)):
        if member != dense:
            found[count, 0], found[count, 1] = member, -1
            count += 1
    for slot in range(ties.slot_count(tables)):
        base, mask = ties.group_slot(tables, seats, k0, k1, dense >> ties.GROUP_BITS, slot)
        partner = ties.partner(seats, base, mask, dense & (ties.GROUP - 1))
        if partner < 0 or first <= partner < first + (byte & 15):
            continue
        theirs = households.household_of(tables, seats, k0, k1, partner)
        traits.fill(tables, seats, k0, k1, partner, theirs, other)
        coarse, one, two = traits.coarse_of(other), id_of(seats, dense), id_of(seats, partner)
        if ties.opens(tables, k0, k1, one, two, mine, coarse, slot, 0, -1):
            found[count, 0], found[count, 1] = partner, slot
            count += 1
    return count
