"""On whom a misattributed record lands: anybody, a person of like name, the household, a device.

No name exists anywhere: people of like name are a cluster of seats of a community, of sizes that
follow Zipf's law in integers, and who shares one is a keyed permutation of the community. A
device is shared with the household and with friends near by. Where there is nobody to be
confused with, the record is filed rightly. Shares and sizes are assumed (model.md, errors).
"""

from __future__ import annotations

from scoredsociety.engine.collect.observation import somebody_else
from scoredsociety.engine.month_view import Scratch, World
from scoredsociety.engine.publish.exchange import find_ties, is_tie
from scoredsociety.engine.ties import tie_lists
from scoredsociety.kernel import inner, int64, kernel
from scoredsociety.keyed import below, draw, seat_id, stream
from scoredsociety.society.places import BY_SOCIETY
from scoredsociety.society.tables import Seats
from scoredsociety.society.ties import tie_slots
from scoredsociety.society.ties.stored import is_stored

NAMES = stream("errors:names")
NAMESAKES = 32  # the commonest name is that of one seat in 32 (assumed)
NOBODY, NOBODY_LIKE = -1, -2  # nobody else lives there; nobody could be mistaken for the person


@kernel
def cluster_of(place: int, size: int) -> tuple[int, int]:
    """First place and number of places of the cluster that ``place`` of 0..size - 1 is in.

    The k-th cluster has a k-th of the places of the first (Zipf), rounded down, at least one.
    """
    most = max(size // NAMESAKES, 1)
    start, k = int64(0), 1
    count = most
    while count > 1 and place >= start + count:
        start += count
        k += 1
        count = max(most // k, 1)
    return (start, count) if count > 1 else (place, int64(1))


@kernel
def namesake(k0: int, k1: int, seats: Seats, dense: int, word: int) -> int:
    """Another seat of the community with a like name, or NOBODY_LIKE."""
    size = seats.community_size
    community = dense >> seats.community_bits
    first = community << seats.community_bits
    where = seat_id(seats.region[community], seats.number[community], 0)
    r0, r1, r2, r3 = draw(k0, k1, where, 0, NAMES, 0)
    half = 1
    while (1 << (2 * half)) < size:
        half += 1
    place = tie_slots.permuted(dense - first, size, half, r0, r1, r2, r3)
    start, count = cluster_of(place, size)
    if count < 2:
        return int64(NOBODY_LIKE)
    other = start + below(word, count - 1)
    other += 1 if other >= place else 0
    found = first + tie_slots.unpermuted(other, size, half, r0, r1, r2, r3)
    return found if found < seats.people else int64(NOBODY_LIKE)


@inner
def of_household(world: World, dense: int, word: int) -> int:
    """Another member of the household, or NOBODY_LIKE."""
    household = int64(world.persons.household[dense])
    first = dense - (household >> 4)
    size = min(household & 15, world.seats.people - first)
    if size < 2:
        return int64(NOBODY_LIKE)
    other = first + below(word, size - 1)
    return other + (1 if other >= dense else 0)


@inner
def near_tie(world: World, dense: int, nth: int, open_slots: int, scratch: Scratch) -> int:
    """The nth open tie to somebody of the community; how many there are for -1."""
    if is_stored(world.stored):
        return tie_lists.near(world, dense, nth, scratch)
    found = int64(0)
    find_ties(world, dense, open_slots, scratch)
    for slot in range(tie_slots.slot_count(world.society)):
        if world.society.slots.reach[slot] == BY_SOCIETY:
            continue
        other = is_tie(world, dense, slot, open_slots, scratch)
        if other < 0:
            continue
        if found == nth:
            return other
        found += 1
    return found


@inner
def of_device(world: World, dense: int, word: int, open_slots: int, scratch: Scratch) -> int:
    """A member of the household or a friend near by, each as likely, or NOBODY_LIKE."""
    household = int64(world.persons.household[dense])
    first = dense - (household >> 4)
    home = min(household & 15, world.seats.people - first) - 1
    near = near_tie(world, dense, -1, open_slots, scratch)
    if home + near < 1:
        return int64(NOBODY_LIKE)
    chosen = below(word, home + near)
    if chosen >= home:
        return near_tie(world, dense, chosen - home, open_slots, scratch)
    return first + chosen + (1 if first + chosen >= dense else 0)


@inner
def whom(
    world: World, dense: int, source: int, kind: int, word: int, open_slots: int,
    scratch: Scratch,
) -> int:  # fmt: skip
    """Whose file a misattributed record lands on; ``kind`` and ``word`` are 32-bit words."""
    seen = world.conduct.sources[source]
    if kind < seen.on_homonym:
        return namesake(world.k0, world.k1, world.seats, dense, word)
    if kind < seen.on_household:
        return of_household(world, dense, word)
    if kind < seen.on_device:
        return of_device(world, dense, word, open_slots, scratch)
    return somebody_else(dense, word, world.seats.community_size, world.seats.people)
