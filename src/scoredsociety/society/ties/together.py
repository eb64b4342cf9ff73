"""Who belongs together: families whose members live apart, and those who spend the day together.

Ties among kin, colleagues and schoolmates are no ties of chance: a family has four places (two
parents, two grown children who live elsewhere), a workplace or class is a row of places in a
ward. Two of one family or circle find each other by the xor of their places, so both ends
agree. Everything follows from the seed and the addresses of one community (families.py, days.py);
what stands here is remembered, not decided, and is in no checkpoint: ten bytes a person.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scoredsociety.by_address import by_address
from scoredsociety.fixed import Ints
from scoredsociety.kernel import int64, kernel
from scoredsociety.society.people import households
from scoredsociety.society.places import BY_DAY, BY_FAMILY, BY_FILE
from scoredsociety.society.tables import TRAITS, Seats, SocietyTables
from scoredsociety.society.ties import days, families

U8 = npt.NDArray[np.uint8]
U16 = npt.NDArray[np.uint16]

WARD = 512  # seats of a community within which kin, colleagues and schoolmates live (assumed)
NOBODY = 0xFFFF  # no place, or nobody in it
PLACE = 0x7FF  # bits of a place of the day; the bits above say what the day is


@by_address
class Together(NamedTuple):
    """Places of the people of some whole communities; places and seats count in a community."""

    first: int  # dense number of the first person
    family: U16  # (2 sets, people) place in a family of that set, or NOBODY
    relative: U16  # (people,) seat of who has that family place, or NOBODY
    day: U16  # (people,) place of the day | in work << 11 | at school << 12
    fellow: U16  # (people,) seat of who has that place of the day


@by_address
class Desk(NamedTuple):
    """Room for working out one community of ``size`` seats."""

    partition: U8  # (size,)
    codes: Ints  # (ward,) what the day is, see days.code_of
    keys: Ints  # (4, ward)
    work: Ints  # (38,)


def desk(size: int) -> Desk:
    """Room for communities of ``size`` seats."""
    return Desk(
        np.zeros(size, np.uint8), np.zeros(WARD, np.int64), np.zeros((4, WARD), np.int64),
        np.zeros(len(TRAITS), np.int64),
    )  # fmt: skip


def nobody(first: int, people: int) -> Together:
    """Columns to be filled for whole communities that hold ``people`` seats."""
    family = np.full((2, people), NOBODY, np.uint16)
    relative = np.full(people, NOBODY, np.uint16)
    return Together(first, family, relative, relative.copy(), relative.copy())


@kernel
def settle(
    tables: SocietyTables, seats: Seats, k0: int, k1: int, community: int, together: Together,
    desk: Desk,
) -> None:  # fmt: skip
    """Fill the columns of one community, where nobody has a place yet.

    From all of its seats, whether or not the society ends within it.
    """
    households.partition(tables, seats, k0, k1, community, desk.partition)
    for ward in range(0, seats.community_size, WARD):
        settle_families(tables, seats, k0, k1, community, ward, together, desk)
        settle_days(tables, seats, k0, k1, community, ward, together, desk)


@kernel
def settle_families(
    tables: SocietyTables, seats: Seats, k0: int, k1: int, community: int, ward: int,
    together: Together, desk: Desk,
) -> None:  # fmt: skip
    """The families of households that begin in the ward whose first seat is ``ward``."""
    families.settle(
        tables.pool, seats, k0, k1, community, ward, min(ward + WARD, seats.community_size),
        desk.partition, desk.keys, together.family, together.relative,
        (community << seats.community_bits) - together.first,
    )  # fmt: skip


@kernel
def settle_days(
    tables: SocietyTables, seats: Seats, k0: int, k1: int, community: int, ward: int,
    together: Together, desk: Desk,
) -> None:  # fmt: skip
    """The row in which people of the ward whose first seat is ``ward`` spend the day."""
    start, stop = community << seats.community_bits, min(ward + WARD, seats.community_size)
    for seat in range(ward, stop):
        desk.codes[seat - ward] = days.code_of(
            tables.pool, seats, k0, k1, start + seat, int64(desk.partition[seat]), desk.work
        )
    days.settle(
        tables.pool, seats, k0, k1, community, ward, stop, desk.codes, desk.keys[0],
        together.day, together.fellow, start - together.first,
    )  # fmt: skip


def all_together(
    tables: SocietyTables, seats: Seats, k0: int, k1: int,
    each: Callable[[Callable[[int, int], None], int], None] | None = None,
) -> Together:  # fmt: skip
    """The columns of a whole society; ``each(part, communities)`` may share out the work.

    ``part(first, last)`` works out communities first to last - 1.
    """
    total = len(seats.region)
    found = nobody(0, total * seats.community_size)

    def part(start: int, stop: int) -> None:
        room = desk(seats.community_size)
        for community in range(start, stop):
            settle(tables, seats, k0, k1, community, found, room)

    if each is None:
        part(0, total)
    else:
        each(part, total)
    return found


@kernel
def relation(together: Together, one: int, other: int, related: int) -> bool:
    """Whether two people of one community are of one family, in a slot that the recipe has."""
    a, b = one - together.first, other - together.first
    for kind in range(2):
        mine, theirs = int64(together.family[kind, a]), int64(together.family[kind, b])
        apart = mine ^ theirs
        both = mine != NOBODY and theirs != NOBODY
        if both and apart < 4 and (related >> (kind * 4 + apart)) & 1:
            return True
    return False


@kernel
def is_met(
    tables: SocietyTables, seats: Seats, together: Together, one: int, other: int, slot: int
) -> bool:
    """Whether two people whom ``slot`` pairs are kin or mates of the day already.

    A pair has one tie: that of the family before that of the day, and both before chance.
    """
    reach = tables.slots.reach[slot]
    if reach in (BY_FAMILY, BY_FILE):
        return False
    if one >> seats.community_bits != other >> seats.community_bits:
        return False
    if tables.pool.params.related and relation(together, one, other, tables.pool.params.related):
        return True
    if reach == BY_DAY or tables.pool.params.mates == 0:
        return False
    mine, theirs = together.day[one - together.first], together.day[other - together.first]
    apart = (int64(mine) ^ int64(theirs)) & PLACE
    return int64(theirs) != NOBODY and apart < 32 and (tables.pool.params.mates >> apart) & 1 == 1


@kernel
def other_end(
    tables: SocietyTables, seats: Seats, together: Together, dense: int, slot: int
) -> int:
    """Dense number of who shares a family or the day with a person in ``slot``; -1: nobody."""
    start = (dense >> seats.community_bits) << seats.community_bits
    here = start - together.first
    mask = tables.slots.mask[slot]
    if tables.slots.reach[slot] == BY_FAMILY:
        place = int64(together.family[tables.slots.of_set[slot], dense - together.first])
        if place == NOBODY:
            return int64(-1)
        seat = int64(together.relative[here + (place ^ mask)])
        if seat == NOBODY:
            return int64(-1)
    else:
        place = int64(together.day[dense - together.first]) & PLACE
        seat = int64(together.fellow[here + (place ^ mask)])
    return start + seat if start + seat < seats.people else int64(-1)


@kernel
def has_places(tables: SocietyTables, slot: int) -> bool:
    """Whether the two ends of a slot find each other by places of a family or of the day."""
    return int64(tables.slots.reach[slot]) in (BY_FAMILY, BY_DAY)


@kernel
def own_slots(
    tables: SocietyTables, seats: Seats, together: Together, dense: int, wanted: int,
    base: Ints, mask: Ints,
) -> None:  # fmt: skip
    """Where the family and day slots of one person lead, in the terms of ``ties.partner``.

    Only slots whose bits are in ``wanted``; all of them for -1.
    """
    last = min(tables.pool.params.last_place_slot, tables.slots.shape[0])
    for slot in range(tables.pool.params.first_place_slot, last):
        if (wanted >> slot) & 1 and has_places(tables, slot):
            base[slot] = other_end(tables, seats, together, dense, slot)
            mask[slot] = dense & 31  # so that the other end is the base itself


@kernel
def fill_ends(
    tables: SocietyTables, seats: Seats, together: Together, slot: int, out: Ints
) -> None:
    """The other end of a family or day slot for each person, -1 for nobody, into ``out``."""
    for dense in range(out.size):
        out[dense] = other_end(tables, seats, together, dense, slot)


def ends_of(tables: SocietyTables, seats: Seats, together: Together, slot: int) -> Ints:
    """The same as an array (people,)."""
    out = np.zeros(seats.people, np.int64)
    fill_ends(tables, seats, together, slot, out)
    return out
