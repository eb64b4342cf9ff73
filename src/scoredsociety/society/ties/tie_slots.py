"""Ties without storage: slot k pairs each seat with another by a keyed involution.

Seats stand in groups of 32. A slot maps a whole group to a partner group and a seat to a seat by
an xor mask, so both ends find each other and no edge list exists. Neighbours sit in the own
group, friends in another group of the community, far ties anywhere in the society. Kin, colleagues
and schoolmates have places instead (together.py), and a slot maps places by an xor mask. Whether
a pair is a tie follows from a symmetric draw and from likeness in coarse traits (homophily:
McPherson et al., O-N2, O-N3); ties turn over every year (Burt 2000 [M]: assumed rates).

Near ties depend on the seed and the addresses alone; far ties also on the size of the society.
"""

from __future__ import annotations

from scoredsociety.fixed import Ints
from scoredsociety.kernel import int64, kernel
from scoredsociety.keyed import draw, draw_pair, philox, seat_id
from scoredsociety.society.people.seats import id_of
from scoredsociety.society.places import BY_COMMUNITY, BY_GROUP, BY_SOCIETY
from scoredsociety.society.tables import (
    Seats,
    SocietyTables,
)

GROUP = 32
GROUP_BITS = 5
MOST_SLOTS = 32  # one bit each


@kernel
def lowest(bits: int) -> int:
    """Place of the lowest bit set in a number from 1 to 2**32 - 1, without a loop."""
    place = 0
    for halving in range(5):
        width = 16 >> halving
        if not bits & ((1 << width) - 1):
            bits >>= width
            place += width
    return place


@kernel
def slot_count(tables: SocietyTables) -> int:
    """Number of tie slots of every seat, at most 32."""
    return int64(tables.slots.shape[0])


@kernel
def phase_of(tables: SocietyTables, slot: int) -> int:
    """Month of the year (0 January to 11) in which the ties of a slot turn over."""
    return (int64(tables.slots.label[slot]) * 5 + 2) % 12


@kernel
def turning_slots(tables: SocietyTables, month: int) -> int:
    """Bits of the slots whose ties turn over in an absolute month."""
    bits = int64(0)
    for slot in range(tables.slots.shape[0]):
        if phase_of(tables, slot) == month % 12:
            bits |= int64(1) << slot
    return bits


@kernel
def group_slots(
    tables: SocietyTables,
    seats: Seats,
    k0: int,
    k1: int,
    group: int,
    base: Ints,
    mask: Ints,
    phase: Ints,
) -> None:
    """Fill, for each slot of a group, the partner group, the seat mask and the month of turnover.

    ``base``, ``mask``, ``phase``: (slots,). ``base`` is the dense number at which the partner
    group starts (-1: none), ``mask`` the xor of seats within it.
    """
    some_slots(tables, seats, k0, k1, group, -1, base, mask)
    for slot in range(tables.slots.shape[0]):
        phase[slot] = phase_of(tables, slot)


@kernel
def some_slots(
    tables: SocietyTables, seats: Seats, k0: int, k1: int, group: int, wanted: int, base: Ints,
    mask: Ints,
) -> None:  # fmt: skip
    """``group_slot`` of the slots of a group whose bits are in ``wanted``, into ``base``, ``mask``.

    What all slots of neighbours, and all of a community, have in common is drawn once.
    """
    sums, word, step = int64(-1), int64(-1), int64(0)
    for slot in range(tables.slots.shape[0]):
        if not (wanted >> slot) & 1:
            continue
        reach = tables.slots.reach[slot]
        if reach == BY_GROUP:
            if sums < 0:
                sums = neighbour_sums(seats, k0, k1, group, tables.pool.streams.neighbours)
            base[slot], mask[slot] = group << GROUP_BITS, neighbour_mask(sums, slot)
        elif reach == BY_COMMUNITY:
            if word < 0:
                word, step = circle_words(seats, k0, k1, group, tables.pool.streams.circle)
            other = circle_partner(seats, group, slot, word, step)
            base[slot], mask[slot] = led_to(tables, seats, k0, k1, group, other, slot)
        else:
            base[slot], mask[slot] = group_slot(tables, seats, k0, k1, group, slot)


@kernel
def group_slot(
    tables: SocietyTables, seats: Seats, k0: int, k1: int, group: int, slot: int
) -> tuple[int, int]:
    """Start of the partner group (-1: none) and seat mask of one slot of a group of 32.

    -1 also where seats of a group are not paired alike; then ``together.own_slots`` says who.
    """
    reach = tables.slots.reach[slot]
    if reach == BY_GROUP:
        sums = neighbour_sums(seats, k0, k1, group, tables.pool.streams.neighbours)
        return group << GROUP_BITS, neighbour_mask(sums, slot)
    if reach == BY_COMMUNITY:
        word, step = circle_words(seats, k0, k1, group, tables.pool.streams.circle)
        partner_group = circle_partner(seats, group, slot, word, step)
    elif reach == BY_SOCIETY:
        partner_group = far_partner(seats, k0, k1, group, slot, tables.pool.streams.far)
    else:  # each seat of the group has its own other end (together.py), or a file says who
        return -1, 0
    return led_to(tables, seats, k0, k1, group, partner_group, slot)


@kernel
def led_to(
    tables: SocietyTables, seats: Seats, k0: int, k1: int, group: int, partner_group: int,
    slot: int,
) -> tuple[int, int]:  # fmt: skip
    """Start of the partner group, -1 where there is none of that number, and seat mask."""
    if partner_group == group or (partner_group << GROUP_BITS) >= seats.people:
        return -1, 0
    one, other = id_of(seats, group << GROUP_BITS), id_of(seats, partner_group << GROUP_BITS)
    word, _, _, _ = draw_pair(k0, k1, one, other, 0, tables.pool.streams.pairs)
    # slots of one pair of groups have different masks, so no pair of people meets twice
    return partner_group << GROUP_BITS, (word + slot) & (GROUP - 1)


@kernel
def neighbour_sums(seats: Seats, k0: int, k1: int, group: int, stream: int) -> int:
    """Five independent masks keyed by the group, five bits each.

    The seven masks of slots 0 to 6 are all sums of the first three, so seats stand in circles of
    eight whose members are each other's neighbours: the source of clustering (O-N4).
    """
    words = draw(k0, k1, id_of(seats, group << GROUP_BITS), 0, stream, 0)
    masks, spanned = int64(0), int64(1)  # spanned: bit v is set where v is a sum so far
    for k in range(5):
        word = words[0] if k == 0 else words[1] if k == 1 else words[2] if k == 2 else words[3]
        fresh = nth_outside(spanned, ((word >> k) * (32 - (1 << k))) >> (32 - k))
        masks |= int64(fresh) << (GROUP_BITS * k)
        spanned |= moved(spanned, fresh)
    return masks


@kernel
def neighbour_mask(sums: int, slot: int) -> int:
    """Mask of neighbour slot 0 to 30: the sum of those of the five masks that it names."""
    mask = int64(0)
    for k in range(5):
        if ((slot + 1) >> k) & 1:
            mask ^= (sums >> (GROUP_BITS * k)) & (GROUP - 1)
    return mask


@kernel
def nth_outside(spanned: int, n: int) -> int:
    """The n-th of 0..31 whose bit is clear in ``spanned``, where there are so many."""
    free = ~spanned & 0xFFFFFFFF
    for _ in range(n):
        free &= free - 1
    return lowest(free)


@kernel
def moved(spanned: int, mask: int) -> int:
    """The set of all v ^ mask for v in a set of 0..31, as bits: blocks of bits change places."""
    out = int64(spanned)
    if mask & 1:
        out = (out & 0x55555555) << 1 | (out >> 1) & 0x55555555
    if mask & 2:
        out = (out & 0x33333333) << 2 | (out >> 2) & 0x33333333
    if mask & 4:
        out = (out & 0x0F0F0F0F) << 4 | (out >> 4) & 0x0F0F0F0F
    if mask & 8:
        out = (out & 0x00FF00FF) << 8 | (out >> 8) & 0x00FF00FF
    if mask & 16:
        out = (out & 0x0000FFFF) << 16 | out >> 16
    return out


@kernel
def circle_words(
    seats: Seats, k0: int, k1: int, group: int, stream: int
) -> tuple[int, int]:
    """What decides on the partner groups within a community: two words."""
    community = group >> (seats.community_bits - GROUP_BITS)
    where = seat_id(seats.region[community], seats.number[community], 0)
    word, step, _, _ = draw(k0, k1, where, 0, stream, 0)
    return word, step


@kernel
def circle_partner(seats: Seats, group: int, slot: int, word: int, step: int) -> int:
    """Partner group in the community: the own number xor a mask keyed by community and slot."""
    others = (1 << (seats.community_bits - GROUP_BITS)) - 1  # odd: a stride of 1 or 2 visits all
    start = (word * others) >> 32
    stride = 1 + (step & 1)
    return group ^ (1 + (start + stride * slot) % others)


@kernel
def far_partner(seats: Seats, k0: int, k1: int, group: int, slot: int, stream: int) -> int:
    """Partner group anywhere: a keyed permutation of all whole groups, reflected, and undone."""
    groups = seats.people >> GROUP_BITS
    if group >= groups:
        return group
    r0, r1, r2, r3 = philox(slot, 0, 0, stream, k0, k1)
    half = 1
    while (1 << (2 * half)) < groups:
        half += 1
    place = permuted(group, groups, half, r0, r1, r2, r3)
    mirror = ((r0 ^ (r2 << 15)) % groups - place) % groups
    return unpermuted(mirror, groups, half, r0, r1, r2, r3)


@kernel
def mixed(value: int, key: int, low: int) -> int:
    """A round of the permutation: an integer hash of a half under a key (splitmix-like)."""
    x = (value + key) & 0xFFFFFFFF
    x = ((x ^ (x >> 16)) * 0x45D9F3B) & 0xFFFFFFFF
    x = ((x ^ (x >> 15)) * 0x2C1B3C6D) & 0xFFFFFFFF
    return (x ^ (x >> 16)) & low


@kernel
def permuted(value: int, n: int, half: int, r0: int, r1: int, r2: int, r3: int) -> int:
    """Feistel permutation of [0, n) with four rounds, walking the cycle while outside."""
    low = (1 << half) - 1
    x = value
    while True:
        left, right = x >> half, x & low
        left ^= mixed(right, r0, low)
        right ^= mixed(left, r1, low)
        left ^= mixed(right, r2, low)
        right ^= mixed(left, r3, low)
        x = (left << half) | right
        if x < n:
            return x


@kernel
def unpermuted(value: int, n: int, half: int, r0: int, r1: int, r2: int, r3: int) -> int:
    """The inverse of ``permuted``."""
    low = (1 << half) - 1
    x = value
    while True:
        left, right = x >> half, x & low
        right ^= mixed(left, r3, low)
        left ^= mixed(right, r2, low)
        right ^= mixed(left, r1, low)
        left ^= mixed(right, r0, low)
        x = (left << half) | right
        if x < n:
            return x


@kernel
def partner(seats: Seats, base: int, mask: int, local: int) -> int:
    """Dense number of the other end for seat ``local`` (0 to 31) of the group; -1: nobody.

    The caller leaves out members of the own household, whose tie is no slot: where
    ``household_first`` (society/people/households.py) of both ends is the same, there is no slot
    tie.
    """
    if base < 0:
        return -1
    other = base + (local ^ mask)
    return other if other < seats.people else -1


