"""Awareness: unaware, knows of the scheme, knows own score and rules (S2-47, O-C10, O-B20).

Contact form: a share knows at the start; each month others hear of it by themselves, from ties
who know, or by a restriction of their own (the refused ticket of O-B20). Every response below
depends on it. Bass (1969) [M] is the form; the rates are assumed.
"""

from __future__ import annotations

from scoredsociety.conduct.tables import AWARENESS as RESPONSE
from scoredsociety.engine.respond.mind import (
    AWARENESS,
    KNOWS,
    KNOWS_SCORE,
    M_DENIED,
    M_KNOW,
    M_TIES,
    chance,
    field,
    look,
    set_field,
    share,
)
from scoredsociety.engine.succession import is_fresh, life_number
from scoredsociety.engine.world import Scratch, World
from scoredsociety.kernel import inner
from scoredsociety.keyed import draw, stream

STREAM = stream("response:awareness")
START, HEAR, TIES, NOTICE = range(4)


@inner
def update(
    world: World, dense: int, seat: int, life: int, open_slots: int, scratch: Scratch
) -> int:
    """The life bits with this month's awareness."""
    if world.responses.forms[RESPONSE] == 0:
        return set_field(life, AWARENESS, 2, KNOWS_SCORE)
    values = world.responses.values[RESPONSE]
    now = field(life, AWARENESS, 2)
    if now == KNOWS_SCORE:
        return life
    if world.month == world.origin or is_fresh(scratch):
        number = life_number(world, dense)
        word, _, _, _ = draw(world.k0, world.k1, seat, number, STREAM, 0)
        return set_field(life, AWARENESS, 2, KNOWS if word < chance(values[START]) else now)
    word, other, _, _ = draw(world.k0, world.k1, seat, world.month, STREAM, 0)
    if scratch.mind[M_DENIED] and other < chance(values[NOTICE]):
        return set_field(life, AWARENESS, 2, KNOWS_SCORE)
    if word >= chance(values[HEAR] + values[TIES]):
        return life  # not even if every tie knew
    look(world, dense, open_slots, scratch)
    known = share(scratch.mind[M_KNOW], scratch.mind[M_TIES])
    if word < chance(values[HEAR] + values[TIES] * known // 1_000_000):
        return set_field(life, AWARENESS, 2, now + 1)
    return life
