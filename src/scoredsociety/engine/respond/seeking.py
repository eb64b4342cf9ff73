"""Points-seeking: doing what earns points, for the points (S2-32, S2-45, S3-13).

Worth form: the chance of an extra award act grows with the worth of the next grade, where it is
within reach (so giving bunches below thresholds); effort is partly taken from good acts that are
not scored (Holmstrom and Milgrom 1991 [M]). The near_threshold form asks only for the reach.
"""

from __future__ import annotations

from scoredsociety.conduct.tables import CONTEXTS
from scoredsociety.conduct.tables import SEEKING as RESPONSE
from scoredsociety.engine import control
from scoredsociety.engine.respond.mind import MILLION, chance, stands
from scoredsociety.engine.score import begins_at
from scoredsociety.engine.state import grade_in
from scoredsociety.engine.world import Scratch, World, where_is
from scoredsociety.fixed import POINT
from scoredsociety.kernel import inner, int64
from scoredsociety.keyed import below, draw, stream
from scoredsociety.scheme import tables as t

STREAM = stream("response:seeking")
WORTH, NEAR = 1, 2
VALUE, REACH, DISPLACED = range(3)
ORDINAL = 12288  # of acts done for points
GIVING = CONTEXTS.index("giving")


@inner
def worth_of_next(world: World, dense: int, s: int, reach: int) -> int:
    """Severity between this grade and the next, at least 0; -1 where it is not within reach.

    ``reach``: centipoints.
    """
    grade = grade_in(int64(world.exchange.status[dense]), s)
    last = world.schemes.schemes[s, t.S_GRADE_COUNT] - 1
    if not stands(world, s) or grade == t.NO_GRADE or grade >= last:
        return int64(-1)
    row = world.schemes.schemes[s, t.S_GRADES] + grade + 1
    edge = begins_at(row, where_is(world, dense), world.schemes)
    gap = edge - int64(world.exchange.score[s, dense])
    if gap <= 0 or gap > reach:
        return int64(-1)
    loss = world.stakes.loss[control.kind_of(int64(world.persons.coarse[dense]), world.derived), s]
    return max(loss[grade] - loss[grade + 1], 0)


@inner
def appetite(world: World, dense: int) -> int:
    """Chance (millionths) of an extra act for points this month, times 2 + scheme in the low bit.

    Returns chance * 8 + scheme of the greatest appetite; 0 where there is none.
    """
    values = world.responses.values[RESPONSE]
    best = int64(0)
    for s in range(world.schemes.schemes.shape[0]):
        if world.stakes.seek[s, 0] == 0:
            continue
        worth = worth_of_next(world, dense, s, values[REACH] // MILLION * POINT)
        if worth < 0:
            continue
        if world.responses.forms[RESPONSE] == NEAR:
            worth = int64(1)
        best = max(best, values[VALUE] * worth * 8 + s)
    return best if best >= 8 else int64(0)


@inner
def sought(world: World, dense: int, seat: int, wanted: int, scratch: Scratch) -> tuple[int, int]:
    """An extra act for points this month, or -1; and the word of its amount."""
    if wanted == 0:
        return int64(-1), int64(0)
    word, which, amount, _ = draw(world.k0, world.k1, seat, world.month, STREAM, 0)
    if word >= chance(wanted >> 3):
        return int64(-1), amount
    s = wanted & 7
    return world.stakes.seek[s, 1 + below(which, world.stakes.seek[s, 0])], amount


@inner
def displaced(world: World, act: int, wanted: int) -> int:
    """Log2 units taken from a good act that no scheme scores, while effort goes to points."""
    if wanted == 0 or world.conduct.acts[act, 6] != GIVING:
        return int64(0)
    for s in range(world.schemes.schemes.shape[0]):
        if world.stakes.gain[s, act] > 0:
            return int64(0)
    return -(world.responses.values[RESPONSE, DISPLACED] * 1477 // MILLION)
