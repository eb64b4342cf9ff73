"""Points-seeking: doing what earns points, for the points (S2-32, S2-45, S3-13).

Worth form: the chance of an extra act of giving grows with what the nearest boundary of the score
is worth, where it is within reach (so giving bunches below thresholds); effort is partly taken
from good acts that serve no scheme (Holmstrom and Milgrom 1991 [M]). The near_threshold form asks
only for the reach. Sought is what would raise the score or lower the severity, if it were booked.
"""

from __future__ import annotations

from scoredsociety.conduct.tables import CONTEXTS
from scoredsociety.conduct.tables import SEEKING as RESPONSE
from scoredsociety.engine.act import acceptance
from scoredsociety.engine.control.consequences import count_bits
from scoredsociety.engine.month_view import Scratch, World
from scoredsociety.engine.respond import worth
from scoredsociety.engine.respond.perception import M_AWARE, M_CHOICE, M_WANTED, MILLION, chance
from scoredsociety.fixed import POINT
from scoredsociety.kernel import apart, inner, int64
from scoredsociety.keyed import below, draw, stream
from scoredsociety.society.ties.tie_slots import lowest

STREAM = stream("response:seeking")
WORTH, NEAR = 1, 2
VALUE, REACH, DISPLACED = range(3)
ORDINAL = 12288  # of acts done for points
GIVING = CONTEXTS.index("giving")


@inner
def serving(
    world: World, dense: int, s: int, amount: int, open_slots: int, scratch: Scratch
) -> int:
    """Acts of giving (bits) that would serve the person under scheme ``s``.

    ``amount``: the word that chooses the amount.
    """
    found = int64(0)
    for place in range(world.stakes.giving.shape[0]):
        which = world.stakes.giving[place]
        size = acceptance.amount_class(which, amount, world.conduct)
        worth.weigh(world, dense, which, size, open_slots, scratch)
        if scratch.worth[s, worth.BETTER]:
            found |= int64(1) << place
    return found


@apart
def hunger(world: World, dense: int, amount: int, open_slots: int, scratch: Scratch) -> int:
    """Chance (millionths) of an extra act for points this month; scratch.mind has the choice."""
    values = world.responses.values[RESPONSE]
    worth.weigh(world, dense, worth.NOTHING, 0, open_slots, scratch)
    best = int64(0)
    for s in range(world.schemes.schemes.shape[0]):
        value = worth.next_boundary(world, dense, s, values[REACH] // MILLION * POINT, scratch)
        if value < 0:
            continue
        if world.responses.forms[RESPONSE] == NEAR:
            value = int64(1)
        value *= values[VALUE]
        if value == 0 or value < best:
            continue
        choice = serving(world, dense, s, amount, open_slots, scratch)
        if choice:
            best = value
            scratch.mind[M_CHOICE] = choice
    return best


@inner
def appetite(
    world: World, dense: int, seat: int, open_slots: int, scratch: Scratch
) -> int:
    """What ``hunger`` says, worked out once a month, where somebody asks."""
    if scratch.mind[M_WANTED] == 0:
        _, _, amount, _ = draw(world.k0, world.k1, seat, world.month, STREAM, 0)
        scratch.mind[M_WANTED] = 1 + hunger(world, dense, amount, open_slots, scratch)
    return int64(scratch.mind[M_WANTED] - 1)


@inner
def seeks(world: World, scratch: Scratch) -> bool:
    """Whether the person could seek anything at all."""
    on = world.responses.forms[RESPONSE] != 0 and scratch.mind[M_AWARE] != 0
    return on and world.stakes.giving.shape[0] > 0


@apart
def sought(
    world: World, dense: int, seat: int, open_slots: int, scratch: Scratch
) -> tuple[int, int]:
    """An extra act for points this month, or -1; and the word of its amount."""
    if not seeks(world, scratch):
        return int64(-1), int64(0)
    word, which, amount, _ = draw(world.k0, world.k1, seat, world.month, STREAM, 0)
    if word >= chance(world.responses.values[RESPONSE, VALUE] * world.stakes.most[0]):
        return int64(-1), amount  # not even for the greatest worth
    if word >= chance(appetite(world, dense, seat, open_slots, scratch)):
        return int64(-1), amount
    choice = scratch.mind[M_CHOICE]
    for _ in range(below(which, count_bits(choice))):
        choice &= choice - 1
    return world.stakes.giving[lowest(choice)], amount


@inner
def displaced(
    world: World, dense: int, seat: int, act: int, amount: int, open_slots: int, scratch: Scratch
) -> int:
    """Log2 units taken from a good act that serves no scheme, while effort goes to points."""
    if world.conduct.acts.context[act] != GIVING or not seeks(world, scratch):
        return int64(0)
    if appetite(world, dense, seat, open_slots, scratch) == 0:
        return int64(0)
    if world.stakes.read[act]:
        worth.weigh(world, dense, act, amount, open_slots, scratch)
        if worth.under_any(world, worth.BETTER, scratch):
            return int64(0)
    return -(world.responses.values[RESPONSE, DISPLACED] * 1477 // MILLION)
