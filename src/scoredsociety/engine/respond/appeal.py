"""Objecting to a record (O-B20, O-B21, O-R0, O-W3).

Someone restricted who knows of it may object, more readily with schooling; an objection waits a
month and is answered within the capacity that the operator has, the rest wait on. Upheld, the
wrong records go (or, rarely, the gravest right one). Who never objects is counted too.
"""

from __future__ import annotations

from scoredsociety.conduct.tables import APPEAL as RESPONSE
from scoredsociety.engine.respond.mind import MILLION, PENDING, chance, field, set_field
from scoredsociety.engine.state import ERRORS, flags_of, rule_of
from scoredsociety.engine.structure import take_out
from scoredsociety.engine.world import Scratch, World
from scoredsociety.kernel import inner, int64
from scoredsociety.keyed import draw, stream
from scoredsociety.scheme.tables import R_GRAVITY
from scoredsociety.society.tables import SCHOOLING

STREAM = stream("response:appeal")
FILES, FILES_RIGHT, UPHELD, UPHELD_RIGHT, SCHOOLING_STEP, CAPACITY = range(6)
FILED, ANSWERED, GRANTED = 1, 2, 4


@inner
def errors_in(n: int, scratch: Scratch) -> int:
    """Number of records that are false or another's."""
    wrong = 0
    for place in range(n):
        wrong += 1 if flags_of(scratch.records[place]) & ERRORS else 0
    return wrong


@inner
def remove(world: World, n: int, wrong: int, scratch: Scratch) -> int:
    """Take out the wrong records, or else the gravest one; returns how many are left."""
    if wrong:
        place = 0
        while place < n:
            if flags_of(scratch.records[place]) & ERRORS:
                n = take_out(scratch.records, n, place)
            else:
                place += 1
        return n
    gravest, weight = -1, int64(0)
    for place in range(n):
        gravity = world.schemes.rules[rule_of(scratch.records[place]), R_GRAVITY]
        if gravity > weight:
            gravest, weight = place, gravity
    return take_out(scratch.records, n, gravest) if gravest >= 0 else n


@inner
def object(
    world: World, seat: int, n: int, life: int, restricted: int, scratch: Scratch
) -> tuple[int, int, int]:
    """(records, life, FILED | ANSWERED | GRANTED) after this month."""
    values = world.responses.values[RESPONSE]
    word, other, third, _ = draw(world.k0, world.k1, seat, world.month, STREAM, 0)
    wrong = errors_in(n, scratch)
    if field(life, PENDING, 1):
        if third >= world.scalars[0, 3]:  # share of the queue that is answered this month
            return n, life, 0
        life = set_field(life, PENDING, 1, 0)
        odds = values[UPHELD] if wrong else values[UPHELD_RIGHT]
        if other < chance(odds):
            return remove(world, n, wrong, scratch), life, ANSWERED | GRANTED
        return n, life, ANSWERED
    if not restricted:
        return n, life, 0
    odds = int64(values[FILES] if wrong else values[FILES_RIGHT])
    for _ in range(scratch.traits[SCHOOLING]):
        odds = odds * values[SCHOOLING_STEP] // MILLION
    if word < chance(odds):
        return n, set_field(life, PENDING, 1, 1), FILED
    return n, life, 0
