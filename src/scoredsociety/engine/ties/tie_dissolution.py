"""Ties cut: dropping those whose score costs (S0-18, S1-25, S1-26, S3-49).

A cut is unilateral and symmetric in its effect: both ends read the same exchange and the same
pair-keyed draws, so both drop the same bit. Worth form: a tie is worth its layer and likeness,
less the share of the scale that one expects to lose through it, which is the weight that the
scheme gives to ties times the other's gap, spread over the ties that count (Wei et al. 2016 is
the theory: fewer ties, more alike, more fragments). Where a scheme reads no ties nothing is lost.
Gap form: a tie a twentieth of the scale below is dropped, whatever it costs. Listed form: lists
only. Random form: as many cuts whatever the score, to compare with. Household ties stay. Scores
and lists count as far as ties may see them (``engine/publish/visibility.py``).
"""

from __future__ import annotations

from scoredsociety.conduct.tables import TIES as RESPONSE
from scoredsociety.engine.layout import AWARE, grade_in, gravity_in
from scoredsociety.engine.month_view import Scratch, World
from scoredsociety.engine.publish import visibility
from scoredsociety.engine.publish.exchange import find_ties, is_tie
from scoredsociety.engine.respond.perception import MILLION, chance, lists_standing, stands
from scoredsociety.engine.state import TIED
from scoredsociety.engine.structure.records import in_force
from scoredsociety.engine.tally import U_TIED, Tallies
from scoredsociety.engine.ties import tie_lists
from scoredsociety.engine.ties.pair_relations import same_household, ties_id
from scoredsociety.fixed import UNIT
from scoredsociety.kernel import apart, inner, int64
from scoredsociety.keyed import draw_pair, stream
from scoredsociety.scheme import tables as t
from scoredsociety.society.tables import (
    COARSE_AGE,
    COARSE_INCOME,
    COARSE_SCHOOLING,
    COARSE_URBAN,
)
from scoredsociety.society.ties.stored import is_stored
from scoredsociety.society.ties.tie_slots import lowest

STREAM = stream("response:cutting")
WORTH, LISTED, RANDOM, GAP = 1, 2, 3, 4
(GAP_CHANCE, LISTED_CHANCE, RANDOM_CHANCE, COST_CHANCE, BOND, LIKENESS) = range(6)
THOUSAND = 1000  # worth is in thousandths of the scale, times a million
MOST_UNLIKE = 12  # steps of age, place, schooling and income between the most unlike


@inner
def graded(world: World, one: int, other: int, s: int) -> bool:
    """Whether both are subjects of scheme ``s``, and it stands."""
    mine, theirs = int64(world.exchange.status[one]), int64(world.exchange.status[other])
    both = grade_in(mine, s) != t.NO_GRADE and grade_in(theirs, s) != t.NO_GRADE
    return both and stands(world, s)


@inner
def counts(world: World, s: int, layer: int) -> bool:
    """Whether a weighted part of scheme ``s`` reads the ties of a layer."""
    for place in range(world.derived.peer_parts.shape[0]):
        row = world.schemes.components[world.derived.peer_parts[place]]
        if row.scheme == s and (row.layers >> layer) & 1:
            return True
    return False


@inner
def lost_in_parts(world: World, one: int, other: int, s: int, layer: int) -> int:
    """Share of the scale (thousandths, times a million) that weighted parts take for the tie.

    The mean over ties falls by the other's gap, spread over the ties that a subject has.
    """
    span = world.schemes.schemes.high[s] - world.schemes.schemes.low[s]
    spread = world.scalars[s, TIED]
    lost = int64(0)
    if spread == 0:
        return lost  # before the first publication nobody knows how many ties count
    for place in range(world.derived.peer_parts.shape[0]):
        row = world.schemes.components[world.derived.peer_parts[place]]
        if row.scheme != s or not (row.layers >> layer) & 1:
            continue
        source = world.derived.own_row[s] if row.peers_of == 1 else s
        mine = int64(world.exchange.score[source, one])
        gap = mine - visibility.score_of(world, other, s, source, one)
        if gap > 0:
            whole = row.weight * gap * MILLION // (span * UNIT)  # as the only tie
            lost += whole * THOUSAND // max(spread, THOUSAND) * THOUSAND
    return lost


@inner
def lost_in_rules(world: World, other: int, s: int, layer: int) -> int:
    """Share of the scale (thousandths, times a million) that rules on ties' violations take."""
    span = world.schemes.schemes.high[s] - world.schemes.schemes.low[s]
    gravity = gravity_in(int64(world.exchange.status[other]))
    lost = int64(0)
    if not visibility.sees_sanction(world, s):
        return lost
    for place in range(world.derived.peer_rules.shape[0]):
        rule = world.derived.peer_rules[place]
        row = world.schemes.rules[rule]
        reads = row.scheme == s and (row.layers >> layer) & 1
        if not reads or row.points >= 0 or gravity < row.amount_min:
            continue
        if in_force(rule, world.month, world.schemes):
            lost += -row.points * MILLION // span * THOUSAND
    return lost


@inner
def alike(world: World, one: int, other: int) -> int:
    """Likeness in age, place, schooling and income: 0 to MOST_UNLIKE, the same from both ends."""
    mine, theirs = int64(world.persons.coarse[one]), int64(world.persons.coarse[other])
    steps = abs(((mine >> COARSE_AGE) & 7) - ((theirs >> COARSE_AGE) & 7))
    steps += ((mine ^ theirs) >> COARSE_URBAN) & 1
    steps += abs(((mine >> COARSE_SCHOOLING) & 3) - ((theirs >> COARSE_SCHOOLING) & 3))
    steps += abs(((mine >> COARSE_INCOME) & 7) - ((theirs >> COARSE_INCOME) & 7))
    return MOST_UNLIKE - steps


@inner
def by_worth(world: World, one: int, other: int, slot: int) -> int:
    """Chance (millionths) a month: how far what is lost through the tie exceeds its worth."""
    values = world.responses.values[RESPONSE]
    layer = int64(world.society.slots.layer[slot])
    lost = int64(0)
    for s in range(world.schemes.schemes.shape[0]):
        if world.schemes.schemes.reads_ties[s] and graded(world, one, other, s):
            here = lost_in_parts(world, one, other, s, layer)
            lost = max(lost, here + lost_in_rules(world, other, s, layer))
    worth = values[BOND] * (1 if layer == 0 else 2)  # friends chosen are worth twice neighbours
    worth += values[LIKENESS] * alike(world, one, other) // MOST_UNLIKE
    if lost <= worth:
        return int64(0)
    return min(values[COST_CHANCE] * ((lost - worth) // THOUSAND) // THOUSAND, MILLION)


@inner
def by_gap(world: World, one: int, other: int) -> int:
    """Chance (millionths) a month where the other lies a twentieth of the scale below."""
    wanted = int64(0)
    for s in range(world.schemes.schemes.shape[0]):
        if not world.schemes.schemes.reads_ties[s] or not graded(world, one, other, s):
            continue
        span = world.schemes.schemes.high[s] - world.schemes.schemes.low[s]
        gap = int64(world.exchange.score[s, one]) - visibility.score_of(world, other, s, s, one)
        if gap * 20 > span:
            wanted = max(wanted, world.responses.values[RESPONSE, GAP_CHANCE])
    return wanted


@apart
def wish(world: World, one: int, other: int, slot: int) -> int:
    """Chance (millionths) a month that ``one`` drops ``other``, from what both published."""
    values = world.responses.values[RESPONSE]
    if not int64(world.exchange.status[one]) & AWARE:
        return int64(0)
    form = world.responses.forms[RESPONSE]
    if form == RANDOM:
        return int64(values[RANDOM_CHANCE])
    listed = lists_standing(world, int64(world.exchange.status[other]))
    wanted = int64(values[LISTED_CHANCE]) if listed else int64(0)
    if form == WORTH:
        wanted = max(wanted, by_worth(world, one, other, slot))
    elif form == GAP:
        wanted = max(wanted, by_gap(world, one, other))
    return wanted


@inner
def may_cost(world: World) -> bool:
    """Whether anything that is published can make a tie cost, or count in what a tie costs.

    Where nothing can, ``wish`` is 0 for every tie and ``counts`` says no for every slot.
    """
    if world.responses.forms[RESPONSE] == RANDOM or world.derived.peer_parts.shape[0] > 0:
        return True
    if world.derived.elsewhere[0]:
        return True
    for s in range(world.schemes.schemes.shape[0]):
        listed = world.derived.own_lists[s] and visibility.sees_sanction(world, s)
        if stands(world, s) and (world.schemes.schemes.reads_ties[s] or listed):
            return True
    return False


@apart
def cut(
    world: World, dense: int, seat: int, bits: int, scratch: Scratch, tallies: Tallies
) -> tuple[int, int]:
    """The tie bits after this month's cuts, and the number of cuts.

    Of ties in lists scratch holds the state, and ``bits`` has none.
    """
    cuts = 0
    if not may_cost(world):
        return bits, cuts
    end, last = int64(0), int64(0)
    if is_stored(world.stored):
        end, last = world.stored.first[dense], world.stored.first[dense + 1]
    else:
        find_ties(world, dense, bits, scratch)
    left = bits  # of ties in lists none: they are walked from ``end`` to ``last``
    while left or end < last:
        if left:
            slot = lowest(left)
            left &= left - 1
            other = is_tie(world, dense, slot, bits, scratch)
        else:
            slot, other = int64(world.stored.slot[end]), int64(world.stored.other[end])
            other = other if tie_lists.is_open(end, scratch) else int64(-1)
            end += 1
        if other < 0:
            continue
        if world.responses.forms[RESPONSE] == WORTH:
            layer = int64(world.society.slots.layer[slot])
            for s in range(world.schemes.schemes.shape[0]):
                if counts(world, s, layer) and graded(world, dense, other, s):
                    tallies.sums[s, U_TIED] += 1
        if same_household(world, dense, other):
            continue
        mine, theirs = wish(world, dense, other, slot), wish(world, other, dense, slot)
        if mine == 0 and theirs == 0:
            continue
        other_id = ties_id(world, other)
        key = STREAM ^ world.society.slots.label[slot]
        low, high, _, _ = draw_pair(world.k0, world.k1, seat, other_id, world.month, key)
        own_word, other_word = (low, high) if seat < other_id else (high, low)
        if own_word < chance(mine) or other_word < chance(theirs):
            if end:
                tie_lists.close(end - 1, scratch)
            else:
                bits &= ~(int64(1) << slot)
            cuts += 1
    return bits, cuts
