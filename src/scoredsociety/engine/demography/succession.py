"""A life leaves a seat and another enters: what a newcomer begins with (turnover of lives).

Of the life before nothing carries over: no record, message, episode, awareness, belief or
published score. The tie to the household stays; whether others are ties is drawn anew at both
ends, from a draw about the pair in that month. At a birthday it is asked again whether a scheme
may score the person, so somebody who comes of age becomes a subject.
"""

from __future__ import annotations

from scoredsociety.engine import tally
from scoredsociety.engine.demography.seat_holders import GROUP_BITS, YEAR
from scoredsociety.engine.month_view import Scratch, World
from scoredsociety.engine.respond.perception import M_TURNS
from scoredsociety.engine.tally import Tallies
from scoredsociety.engine.ties import tie_lists
from scoredsociety.engine.ties.pair_relations import (
    already_tied,
    same_household,
    seen_by_ties,
    ties_id,
)
from scoredsociety.kernel import apart, inner, int64
from scoredsociety.society.people import life_course, lives
from scoredsociety.society.people.kin import ADULT
from scoredsociety.society.ties import stored, tie_slots, tie_state

FRESH, BIRTHDAY = 1, 2  # in scratch.mind[M_TURNS]


@inner
def turns(world: World, dense: int) -> int:
    """FRESH for somebody who enters the seat this month, BIRTHDAY for who turns a year older."""
    if world.persons.life.shape[0] == 0 or world.month == world.origin:
        return 0
    now = world.month - world.origin
    if int64(world.persons.entered[dense]) == now:
        return FRESH
    return BIRTHDAY if (now - int64(world.persons.born[dense])) % YEAR == 0 else 0


@inner
def life_number(world: World, dense: int) -> int:
    """Number of the life in a seat, which keys what is drawn once a life; 0 for the first."""
    if world.persons.life.shape[0] == 0:
        return int64(0)
    return int64(world.persons.life[dense]) & lives.LIFE


@inner
def is_fresh(scratch: Scratch) -> bool:
    """Whether the person whose month it is entered the seat this month."""
    return scratch.mind[M_TURNS] == FRESH


@apart
def reopen(world: World, dense: int, seat: int, open_slots: int, scratch: Scratch) -> int:
    """The tie bits, drawn anew where either end has a newcomer; both ends reach the same.

    Where the slots of the person lead must be known (``month.meet`` with every slot). Of ties in
    lists scratch holds the state.
    """
    if world.persons.life.shape[0] == 0 or world.month == world.origin:
        return open_slots
    if stored.is_stored(world.stored):
        tie_lists.reopen(world, dense, seat, scratch)
        return open_slots
    now = world.month - world.origin
    fresh = int64(world.persons.entered[dense]) == now
    for slot in range(tie_slots.slot_count(world.society)):
        base = scratch.base[slot]
        if base < 0 or (not fresh and world.persons.groups[base >> GROUP_BITS] == 0):
            continue
        other = tie_slots.partner(
            world.seats, base, scratch.mask[slot], dense & (tie_slots.GROUP - 1)
        )
        if other < 0 or not (fresh or int64(world.persons.entered[other]) == now):
            continue
        bit = int64(1) << slot
        open_slots &= ~bit
        if same_household(world, dense, other) or already_tied(world, dense, other, slot):
            continue
        if tie_state.reopens(
            world.society, world.k0, world.k1, seat, ties_id(world, other),
            seen_by_ties(world, dense), seen_by_ties(world, other), slot, world.month,
        ):  # fmt: skip
            open_slots |= bit
    return open_slots


@inner
def count(world: World, dense: int, coarse: int, scratch: Scratch, tallies: Tallies) -> None:
    """Count who entered, and how, and who came of age."""
    if scratch.mind[M_TURNS] == 0:
        return
    if is_fresh(scratch):
        came = (int64(world.persons.life[dense]) >> life_course.CAME_SHIFT) & 7
        tally.count(tallies.lives[tally.L_ENTERED], coarse)
        tally.count(tallies.lives[came], coarse)
    elif (world.month - world.origin - int64(world.persons.born[dense])) == ADULT * YEAR:
        tally.count(tallies.lives[tally.L_OF_AGE], coarse)
