"""One seat alone: its traits and everybody it knows, computed without the rest of the society.

The seat's own ward is worked out, the communities of its possible partners are walked, so a seat
among 1.4e9 costs what a seat of a town costs.
"""

from __future__ import annotations

import numpy as np

from scoredsociety.fixed import Ints
from scoredsociety.kernel import int64, kernel
from scoredsociety.society.people import households, traits
from scoredsociety.society.people.seats import id_of
from scoredsociety.society.tables import LARGEST_COMMUNITY, TRAITS, WORK, Seats, SocietyTables
from scoredsociety.society.ties import days, tie_slots, tie_state
from scoredsociety.society.ties.together import (
    NOBODY,
    WARD,
    Desk,
    Together,
    desk,
    has_places,
    is_met,
    nobody,
    other_end,
    settle_days,
    settle_families,
)


def room() -> tuple[Ints, Ints, Ints, Together, Desk]:
    """Room for ``known_to``: own traits, another's, rows of what is found, places, a desk."""
    return (
        np.zeros(len(TRAITS), np.int64),
        np.zeros(len(TRAITS), np.int64),
        np.zeros((tie_slots.MOST_SLOTS + households.MOST, 2), np.int64),
        nobody(0, LARGEST_COMMUNITY),
        desk(LARGEST_COMMUNITY),
    )


@kernel
def seen_in(person: Ints) -> int:
    """What ties look at, from a whole trait vector."""
    return tie_state.seen(traits.coarse_of(person), days.doing(person[WORK]) << days.DAY_SHIFT)


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
    places: Together,
    desk: Desk,
) -> int:
    """Traits of a seat into ``own`` (38,), those it knows at the start as rows of ``found``.

    A row holds the dense number and the slot (-1: member of the household); ``other`` (38,),
    ``places`` and ``desk`` are room. Gives the number of rows.
    """
    community = dense >> seats.community_bits
    together = Together(
        community << seats.community_bits, places.family, places.relative, places.day,
        places.fellow,
    )  # fmt: skip
    places.family[:] = NOBODY
    places.relative[:] = NOBODY
    places.day[:] = NOBODY
    households.partition(tables, seats, k0, k1, community, desk.partition)
    seat = dense & (seats.community_size - 1)
    byte = int64(desk.partition[seat])
    home = seat - (byte >> 4)
    settle_families(tables, seats, k0, k1, community, home - home % WARD, together, desk)
    settle_days(tables, seats, k0, k1, community, seat - seat % WARD, together, desk)
    traits.fill(tables, seats, k0, k1, dense, byte, own)
    mine = seen_in(own)
    first, count = households.household_first(dense, byte), 0
    for member in range(first, min(first + (byte & 15), seats.people)):
        if member != dense:
            found[count, 0], found[count, 1] = member, -1
            count += 1
    for slot in range(tie_slots.slot_count(tables)):
        base, mask = tie_slots.group_slot(
            tables, seats, k0, k1, dense >> tie_slots.GROUP_BITS, slot
        )
        partner = tie_slots.partner(seats, base, mask, dense & (tie_slots.GROUP - 1))
        if has_places(tables, slot):
            partner = other_end(tables, seats, together, dense, slot)
        if partner < 0 or first <= partner < first + (byte & 15):
            continue
        if is_met(tables, seats, together, dense, partner, slot):
            continue
        theirs = households.household_of(tables, seats, k0, k1, partner)
        traits.fill(tables, seats, k0, k1, partner, theirs, other)
        one, two = id_of(seats, dense), id_of(seats, partner)
        if tie_state.opens(tables, k0, k1, one, two, mine, seen_in(other), slot, 0, -1):
            found[count, 0], found[count, 1] = partner, slot
            count += 1
    return count
