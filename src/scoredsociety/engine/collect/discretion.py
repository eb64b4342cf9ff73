"""Discretion of those who enter records (Lipsky 1980 [M]; O-R0: collectors, village council).

A source whose records are entered by hand has a collector for every 256 seats. What the source
saw the collector enters with log odds

    strictness + unlike x z - sign x (closeness x [close] - disagreement x [spoke last month])

z is the collector's own (uniform, mean 0, deviation 1); close is a member of the household or an
open tie; sign is 1 for acts that have a gravity and -1 for the rest, so that the close are spared
what counts against them and entered for what counts for them. Collectors unlike each other are
seen as dispersion (bound: 42 % of officers favoured some drivers, Goncalves and Mello 2021 [A]).
The rival form, padding, leaves nothing out and makes records up (padding.py).
"""

from __future__ import annotations

from scoredsociety.conduct.tables import DISCRETION
from scoredsociety.engine.layout import EXPRESSED
from scoredsociety.engine.month_view import Scratch, World
from scoredsociety.engine.publish.exchange import find_ties, is_tie
from scoredsociety.engine.ties import tie_lists
from scoredsociety.engine.ties.pair_relations import same_household, ties_id
from scoredsociety.fixed import logistic
from scoredsociety.kernel import inner, int64, kernel
from scoredsociety.keyed import below, draw, stream
from scoredsociety.society.people.seats import id_of
from scoredsociety.society.tables import Seats
from scoredsociety.society.ties.stored import is_stored
from scoredsociety.society.ties.tie_slots import slot_count

STREAM = stream("response:discretion")
COLLECTORS, PADDING = 1, 2
STRICTNESS, UNLIKE, CLOSENESS, DISAGREEMENT = range(4)
SEATS = 256  # of a collector (assumed: a grid of about a hundred households)
ROOT_3 = 1732  # thousandths: a uniform number from -sqrt(3) to sqrt(3) has deviation 1


@kernel
def collector(k0: int, k1: int, seats: Seats, dense: int) -> tuple[int, int]:
    """Dense number of the collector of a seat, and the collector's own z in 32768ths of sqrt(3)."""
    size = min(SEATS, seats.community_size)
    first = dense // size * size
    w0, w1, _, _ = draw(k0, k1, id_of(seats, first), 0, STREAM, 0)
    return first + below(w0, min(size, seats.people - first)), (w1 >> 16) - 32768


@inner
def is_close(world: World, dense: int, other: int, open_slots: int, scratch: Scratch) -> bool:
    """Whether two people live together, or have an open tie."""
    if same_household(world, dense, other):
        return True
    if is_stored(world.stored):
        return tie_lists.is_open_to(world, dense, other, scratch)
    find_ties(world, dense, open_slots, scratch)
    for slot in range(slot_count(world.society)):
        if is_tie(world, dense, slot, open_slots, scratch) == other:
            return True
    return False


@inner
def enters(
    world: World, dense: int, act: int, ordinal: int, source: int, open_slots: int,
    scratch: Scratch,
) -> bool:  # fmt: skip
    """Whether the collector enters what the source saw of an act."""
    by_hand = world.conduct.sources.by_hand[source] > 0
    if world.responses.forms[DISCRETION] != COLLECTORS or not by_hand:
        return True
    values = world.responses.values[DISCRETION]
    who, z = collector(world.k0, world.k1, world.seats, dense)
    favour = int64(0)
    if is_close(world, dense, who, open_slots, scratch):
        favour += values[CLOSENESS]
    if int64(world.exchange.status[dense]) & EXPRESSED:
        favour -= values[DISAGREEMENT]
    if world.conduct.acts.gravity[act] == 0:
        favour = -favour
    own = values[UNLIKE] * z * ROOT_3 // (1000 << 15)
    logit = (values[STRICTNESS] + own - favour) // 1000
    mixed = world.conduct.sources.stream[source] ^ world.conduct.acts.stream[act] ^ STREAM
    word, _, _, _ = draw(
        world.k0, world.k1, ties_id(world, dense), world.month, mixed, ordinal
    )
    return word < logistic(logit, world.logit)
