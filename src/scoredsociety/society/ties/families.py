"""Kin across households: grown children who live elsewhere, and their parents' seats.

A family has four places: two parents (one, where one is alone) and up to two grown children who
live in other households of the community. Parents seek children of the age that their own age and
the age at a birth say; children of about that age who have no parent at home are theirs. Both
lists are sorted by age and gone through together, so a pair fits within the years of ``kin.fits``.
A household is of one of two sets: its head and spouse are parents in families of that set and
children in families of the other, so each has at most one family of either kind and a slot of a
set leads to the same family from both ends. That kin live in one ward (512 seats of a community,
together.py), and how many children live elsewhere, is assumed.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scoredsociety.fixed import Ints
from scoredsociety.kernel import int64, kernel
from scoredsociety.keyed import draw, seat_id
from scoredsociety.society.people.heapsort import sort
from scoredsociety.society.people.households import class_of
from scoredsociety.society.people.kin import ADULT, child_age, member_of, quantile, structure_of
from scoredsociety.society.places import T_CHILDREN, T_HEAD, T_PARENTS, T_SPOUSE, Pool
from scoredsociety.society.tables import Seats

U8 = npt.NDArray[np.uint8]
U16 = npt.NDArray[np.uint16]
NOBODY = 0xFFFF
OLDEST_CHILD = 75  # as kin.child_age has it
YOUNGEST_PARENT = 16  # years between a parent and a child at least
PLACES = 4  # of a family: two parents, two children
AGE, WORD = 48, 16  # shifts in a key: age | word | seat or place
LOW = (1 << WORD) - 1
SPOUSES_WORD = 0x5BD1E995  # tells the order of the spouse from that of the head


@kernel
def settle(
    pool: Pool, seats: Seats, k0: int, k1: int, community: int, start: int, stop: int,
    partition: U8, keys: Ints, family: U16, relative: U16, at: int,
) -> None:  # fmt: skip
    """Families of the households that begin in seats ``start`` to ``stop`` - 1 of a community.

    Fills family places (2, people) and who has each (people,), where nobody has a place; the
    community stands from ``at``. ``keys`` (4, seats) is room: wishes for a child in set 0 and 1,
    grown children for set 0 and 1.
    """
    places, wishes_0, wishes_1, children_0, children_1 = start, 0, 0, 0, 0
    seat, position = start, int64(partition[start]) >> 4
    if position > 0:  # a household of the seats before
        seat += (int64(partition[start]) & 15) - position
    while seat < stop:
        many, urban = int64(partition[seat]) & 15, seats.urban[community]
        first = seat_id(seats.region[community], seats.number[community], seat)
        word, _, _, _ = draw(k0, k1, first, 0, pool.streams.families, 0)
        kind = word & 1
        wished = wishes_1 if kind else wishes_0
        places, wished = seek(
            pool, k0, k1, first, many, urban, seat, at, places, stop, kind, family, relative,
            keys, wished,
        )  # fmt: skip
        offered = children_0 if kind else children_1
        offered = offer(pool, k0, k1, first, many, urban, seat, keys[3 - kind], offered)
        if kind:
            wishes_1, children_0 = wished, offered
        else:
            wishes_0, children_1 = wished, offered
        seat += many
    fits = pool.params.age_fits
    match(fits, keys[0], wishes_0, keys[2], children_0, 0, partition, family, relative, at)
    match(fits, keys[1], wishes_1, keys[3], children_1, 1, partition, family, relative, at)


@kernel
def generation(
    pool: Pool, k0: int, k1: int, first: int, many: int, urban: int
) -> tuple[int, int, int, int]:
    """Row of the composition, the head's age and words 2 and 3 of the present household."""
    w0, w1, w2, w3 = draw(k0, k1, first, 0, pool.streams.household, 0)
    row = structure_of(pool, many, urban, w0)
    return row, min(max(quantile(pool, pool.values[row + T_HEAD], w1) >> 8, 16), 100), w2, w3


@kernel
def seek(
    pool: Pool, k0: int, k1: int, first: int, many: int, urban: int, seat: int, at: int,
    places: int, stop: int, kind: int, family: U16, relative: U16, keys: Ints, wished: int,
) -> tuple[int, int]:  # fmt: skip
    """The families of a household's parents, and the ages of children whom they seek elsewhere.

    Head and spouse have elder children elsewhere than at home; parents who live with the head
    have brothers and sisters of the head elsewhere. Gives (family places, wishes) so far.
    """
    word, birth, spread, order = draw(k0, k1, first, 0, pool.streams.families, 0)
    row, head, w2, w3 = generation(pool, k0, k1, first, many, urban)
    for pair in range(2):
        if pair == 0:
            begins, there, youngest, eldest = 0, 1 + pool.values[row + T_SPOUSE], head, ADULT - 1
            if pool.values[row + T_CHILDREN] > 0:
                gaps, _, _, _ = draw(k0, k1, first, 0, pool.streams.kin, 0)
                eldest = max(eldest, child_age(pool, head, 0, w3, gaps) + 1)
        else:
            begins = 1 + pool.values[row + T_SPOUSE] + pool.values[row + T_CHILDREN]
            there, youngest, eldest = pool.values[row + T_PARENTS], 100, ADULT - 1
        for place in range(there):
            _, age, _, _, _ = member_of(
                pool, k0, k1, first, 0, row, head, w2, w3, begins + place
            )
            youngest = min(youngest, age)
        drawn = spread if pair else word
        children = class_of(pool, pool.params.elsewhere, 3, drawn) if there > 0 else 0
        one = youngest - (quantile(pool, pool.params.birth, birth) >> 8)
        other = one - 2 - (spread & 3)
        if pair:
            one, other = head + 2 + (birth & 3), head - 2 - ((birth >> 2) & 3)
        if places + PLACES > stop or wished + 2 > keys.shape[1]:
            children = 0
        sought = 0
        for child in range(children):
            age = other if child else one
            if eldest < age <= min(youngest - YOUNGEST_PARENT, OLDEST_CHILD):
                mixed = (order ^ (word >> (child + 1))) & 0xFFFFFFFF
                keys[kind, wished] = (age << AGE) | (mixed << WORD) | (places + 2 + child)
                wished += 1
                sought += 1
        if sought > 0:
            for place in range(there):
                family[kind, at + seat + begins + place] = np.uint16(places + place)
                relative[at + places + place] = np.uint16(seat + begins + place)
            places += PLACES
    return places, wished


@kernel
def offer(
    pool: Pool, k0: int, k1: int, first: int, many: int, urban: int, seat: int, keys: Ints,
    offered: int,
) -> int:  # fmt: skip
    """Head and spouse as somebody's grown children, unless the head's parents live with them."""
    _, _, _, order = draw(k0, k1, first, 0, pool.streams.families, 0)
    row, head, w2, w3 = generation(pool, k0, k1, first, many, urban)
    if pool.values[row + T_PARENTS] == 0 and ADULT <= head <= OLDEST_CHILD:
        keys[offered] = (head << AGE) | (order << WORD) | seat
        offered += 1
    if pool.values[row + T_SPOUSE] == 1:
        _, age, _, _, _ = member_of(pool, k0, k1, first, 0, row, head, w2, w3, 1)
        if age <= OLDEST_CHILD:
            keys[offered] = (age << AGE) | ((order ^ SPOUSES_WORD) << WORD) | (seat + 1)
            offered += 1
    return offered


@kernel
def match(
    fits: int, wishes: Ints, wished: int, children: Ints, offered: int, kind: int, partition: U8,
    family: U16, relative: U16, at: int,
) -> None:  # fmt: skip
    """Give each wish the next child in order of age who fits; brothers and sisters live apart."""
    sort(wishes, wished)
    sort(children, offered)
    i, j = 0, 0
    while i < wished and j < offered:
        apart = (children[j] >> AGE) - (wishes[i] >> AGE)
        place, seat = wishes[i] & LOW, children[j] & LOW
        if apart < -fits:
            j += 1
            continue
        if apart > fits:
            i += 1
            continue
        i += 1
        sibling = int64(relative[at + (place ^ 1)])
        if sibling != NOBODY and home(partition, sibling) == home(partition, seat):
            continue  # a couple cannot be brother and sister
        family[kind, at + seat] = np.uint16(place)
        relative[at + place] = np.uint16(seat)
        j += 1


@kernel
def home(partition: U8, seat: int) -> int:
    """First seat of a household."""
    return seat - (int64(partition[seat]) >> 4)
