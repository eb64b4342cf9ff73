"""Awareness: unaware, knows of the scheme, knows own score and rules (S2-47, O-C10, O-B20).

Contact form: each month people hear of it by themselves, from ties who know, or notice a
restriction of their own; a first refused journey always tells (the refused ticket of O-B20).
Every response below depends on it. Bass (1969) [M] is the form; the rates are assumed, and fitted
so that V16 is reached in the fourth year. A share may be set to know from the first month on:
whoever is among them is, whenever a scheme begins to score them.
"""

from __future__ import annotations

from scoredsociety.conduct.tables import AWARENESS as RESPONSE
from scoredsociety.engine.demography.succession import life_number
from scoredsociety.engine.layout import AWARENESS, field, set_field
from scoredsociety.engine.month_view import Scratch, World
from scoredsociety.engine.respond.perception import (
    KNOWS,
    KNOWS_SCORE,
    M_DENIED,
    M_KNOW,
    M_TIES,
    UNAWARE,
    chance,
    look,
    share,
)
from scoredsociety.kernel import inner
from scoredsociety.keyed import draw, stream

STREAM = stream("response:awareness")
FIRST = stream("response:awareness:first")
START, OWN, HEAR, TIES, NOTICE = range(5)


@inner
def update(
    world: World, dense: int, seat: int, life: int, open_slots: int, turned_away: int,
    scratch: Scratch,
) -> int:  # fmt: skip
    """The life bits with this month's awareness; ``turned_away``: a journey was refused."""
    if world.responses.forms[RESPONSE] == 0:
        return set_field(life, AWARENESS, 2, KNOWS_SCORE)
    values = world.responses.values[RESPONSE]
    now = field(life, AWARENESS, 2)
    if now == KNOWS_SCORE:
        return life
    if now == UNAWARE and values[START]:
        number = life_number(world, dense)
        word, other, _, _ = draw(world.k0, world.k1, seat, number, FIRST, 0)
        if word < chance(values[START]):
            known = KNOWS_SCORE if other < chance(values[OWN]) else KNOWS
            return set_field(life, AWARENESS, 2, known)
    word, other, _, _ = draw(world.k0, world.k1, seat, world.month, STREAM, 0)
    if turned_away or (scratch.mind[M_DENIED] and other < chance(values[NOTICE])):
        return set_field(life, AWARENESS, 2, KNOWS_SCORE)
    if word >= chance(values[HEAR] + values[TIES]):
        return life  # not even if every tie knew
    look(world, dense, open_slots, scratch)
    of_ties = share(scratch.mind[M_KNOW], scratch.mind[M_TIES])
    if word < chance(values[HEAR] + values[TIES] * of_ties // 1_000_000):
        return set_field(life, AWARENESS, 2, now + 1)
    return life
