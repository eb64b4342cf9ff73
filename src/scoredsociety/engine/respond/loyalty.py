"""Loyalty display: praise for show, apart from praise that is meant (S1-27, O-K1, V14).

Pays form: praise that a scheme rewards, done where the next grade is within reach. Hides form:
somebody who kept something back this month praises instead, so as not to be seen as silent
(Kuran 1995 [M]: expressed and private opinion part). Off by default: no source tells its size.
"""

from __future__ import annotations

from scoredsociety.conduct.tables import LOYALTY as RESPONSE
from scoredsociety.engine.act import acceptance
from scoredsociety.engine.month_view import Scratch, World, know
from scoredsociety.engine.respond import worth
from scoredsociety.engine.respond.perception import M_AWARE, M_FORGONE, MILLION, chance
from scoredsociety.engine.respond.stakes import SPEECH
from scoredsociety.fixed import NEVER, POINT
from scoredsociety.kernel import inner, int64
from scoredsociety.keyed import below, draw, stream

STREAM = stream("response:loyalty")
PAYS, HIDES = 1, 2
VALUE, REACH, HIDES_CHANCE = range(3)
ORDINAL = 12289  # of acts done for show


@inner
def kept_back(world: World, scratch: Scratch) -> bool:
    """Whether a wish to speak was kept back this month."""
    for place in range(scratch.mind[M_FORGONE]):
        said = world.stakes.kind[scratch.noted[place, 0]] == SPEECH
        if said and scratch.noted[place, 1]:
            return True
    return False


@inner
def wanted(
    world: World, dense: int, which: int, amount: int, open_slots: int, scratch: Scratch
) -> int:
    """Chance (millionths) of the act of praise ``which`` for show this month.

    ``amount``: the word that chooses the amount.
    """
    values = world.responses.values[RESPONSE]
    if world.responses.forms[RESPONSE] == HIDES:
        return int64(values[HIDES_CHANCE]) if kept_back(world, scratch) else int64(0)
    best = int64(0)
    if not world.stakes.read[which]:
        return best
    size = acceptance.amount_class(which, amount, world.conduct)
    worth.weigh(world, dense, which, size, open_slots, scratch)
    reach = values[REACH] // MILLION * POINT
    for s in range(world.schemes.schemes.shape[0]):
        if scratch.worth[s, worth.BETTER]:
            value = worth.next_boundary(world, dense, s, reach, scratch)
            best = max(best, values[VALUE] * max(value, 0))
    return best


@inner
def most_wanted(world: World) -> int:
    """No chance (millionths) is greater."""
    values = world.responses.values[RESPONSE]
    if world.responses.forms[RESPONSE] == HIDES:
        return int64(values[HIDES_CHANCE])
    return int64(values[VALUE] * world.stakes.most[0])


@inner
def display(
    world: World, dense: int, seat: int, open_slots: int, scratch: Scratch
) -> tuple[int, int]:
    """An act of praise for show this month, or -1; and the word of its amount."""
    count = world.stakes.praise.shape[0]
    word, which, amount, _ = draw(world.k0, world.k1, seat, world.month, STREAM, 0)
    if scratch.mind[M_AWARE] == 0 or count == 0 or word >= chance(most_wanted(world)):
        return int64(-1), amount
    praise = world.stakes.praise[below(which, count)]
    if word >= chance(wanted(world, dense, praise, amount, open_slots, scratch)):
        return int64(-1), amount
    know(world, dense, scratch)
    ready = acceptance.readiness(praise, world.conduct, scratch.traits)
    if ready <= NEVER // 2:
        return int64(-1), amount  # too young, or not online
    return praise, amount
