"""Ties cut: dropping those whose score costs (S0-18, S1-25, S1-26, S3-49).

A cut is unilateral and symmetric in its effect: both ends read the same exchange and the same
pair-keyed draws, so both drop the same bit. Worth form: someone who knows of the scheme drops a
tie whose published score lies below the own where the scheme reads ties, or who is on a list.
Listed form: lists only. Random form: as many cuts whatever the score, to compare with (Wei et
al. 2016 is the theory: fewer ties, more alike, more fragments). Household ties cannot be cut.
"""

from __future__ import annotations

from scoredsociety.conduct.tables import TIES as RESPONSE
from scoredsociety.engine.exchange import is_tie, same_household, ties_id
from scoredsociety.engine.respond.mind import AWARE, chance
from scoredsociety.engine.state import grade_in, lists_in
from scoredsociety.engine.world import Scratch, World
from scoredsociety.kernel import inner, int64
from scoredsociety.keyed import draw_pair, stream
from scoredsociety.scheme import tables as t
from scoredsociety.society.ties import slot_count

STREAM = stream("response:cutting")
WORTH, LISTED, RANDOM = 1, 2, 3
SCORE_CHANCE, LISTED_CHANCE, RANDOM_CHANCE = range(3)


@inner
def wish(world: World, one: int, other: int) -> int:
    """Chance (millionths) a month that ``one`` drops ``other``, from what both published."""
    values = world.responses.values[RESPONSE]
    mine, theirs = int64(world.exchange.status[one]), int64(world.exchange.status[other])
    if not mine & AWARE:
        return int64(0)
    form = world.responses.forms[RESPONSE]
    if form == RANDOM:
        return int64(values[RANDOM_CHANCE])
    wanted = int64(values[LISTED_CHANCE]) if lists_in(theirs) else int64(0)
    if form == LISTED:
        return wanted
    for s in range(world.schemes.schemes.shape[0]):
        if not world.schemes.schemes[s, t.S_PEERS]:
            continue
        if grade_in(mine, s) == t.NO_GRADE or grade_in(theirs, s) == t.NO_GRADE:
            continue
        span = world.schemes.schemes[s, t.S_HIGH] - world.schemes.schemes[s, t.S_LOW]
        gap = int64(world.exchange.score[s, one]) - int64(world.exchange.score[s, other])
        if gap * 20 > span:  # a twentieth of the scale below
            wanted = max(wanted, values[SCORE_CHANCE])
    return wanted


@inner
def cut(world: World, dense: int, seat: int, bits: int, scratch: Scratch) -> tuple[int, int]:
    """The tie bits after this month's cuts, and the number of cuts."""
    cuts = 0
    for slot in range(slot_count(world.society)):
        other = is_tie(world, dense, slot, bits, scratch)
        if other < 0 or same_household(world, dense, other):
            continue
        mine, theirs = wish(world, dense, other), wish(world, other, dense)
        if mine == 0 and theirs == 0:
            continue
        other_id = ties_id(world, other)
        low, high, _, _ = draw_pair(
            world.k0, world.k1, seat, other_id, world.month, STREAM ^ slot
        )
        own_word, other_word = (low, high) if seat < other_id else (high, low)
        if own_word < chance(mine) or other_word < chance(theirs):
            bits &= ~(int64(1) << slot)
            cuts += 1
    return bits, cuts
