"""Leaders of a community, and what others' acts book to them (O-R0: village leaders).

The rule text books something to village leaders when one of them offends. Who leads is nobody's
trait: a community of so many leaders has them at seats that the seed draws once, and the head of
the household that lives at such a seat is a leader. Two draws may meet in one household, and a
seat that nobody has at this size of the society has no leader, so there may be fewer. Where lives
turn over, the seat leads on: whoever heads the household by then.
"""

from __future__ import annotations

from scoredsociety.engine.month_view import Scratch, World, traits_of
from scoredsociety.kernel import inner, int64
from scoredsociety.keyed import below, draw, stream
from scoredsociety.society.people import seats
from scoredsociety.society.tables import ROLE

LEADERS = stream("leaders")
HEAD = 0


@inner
def leading_household(world: World, first: int, place: int) -> int:
    """First seat of the household of leader ``place`` of the community at ``first``, or -1."""
    seat = int64(seats.id_of(world.seats, first))
    word, _, _, _ = draw(world.k0, world.k1, seat, 0, LEADERS, place)
    dense = first + below(word, world.seats.community_size)
    if dense >= world.seats.people:
        return int64(-1)
    return dense - (int64(world.persons.household[dense]) >> 4)


@inner
def head_of(world: World, household: int, scratch: Scratch) -> int:
    """Dense number of the head of the household that begins at ``household``, or -1."""
    size = int64(world.persons.household[household]) & 15
    for dense in range(household, min(household + size, world.seats.people)):
        traits_of(world, dense, scratch.ages, scratch.other)
        if scratch.other[ROLE] == HEAD:
            return int64(dense)
    return int64(-1)


@inner
def leader(world: World, first: int, place: int, scratch: Scratch) -> int:
    """Dense number of leader ``place`` of the community at ``first``.

    -1: nobody, or whoever leads at an earlier place too.
    """
    household = leading_household(world, first, place)
    if household < 0:
        return int64(-1)
    for earlier in range(place):
        if leading_household(world, first, earlier) == household:
            return int64(-1)
    return head_of(world, household, scratch)


@inner
def leads(world: World, dense: int, many: int, scratch: Scratch) -> bool:
    """Whether a person is one of the ``many`` leaders of the community."""
    first = dense >> world.seats.community_bits << world.seats.community_bits
    own = dense - (int64(world.persons.household[dense]) >> 4)
    for place in range(many):
        if leading_household(world, first, place) == own:
            return head_of(world, own, scratch) == dense
    return False
