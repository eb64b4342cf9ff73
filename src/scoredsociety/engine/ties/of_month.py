"""Where the ties of a month lead, what is cut of them, and their turnover."""

from __future__ import annotations

import numpy as np

from scoredsociety.conduct import tables as c
from scoredsociety.engine import tally
from scoredsociety.engine.control import consequences
from scoredsociety.engine.month_view import Person, Scratch, World
from scoredsociety.engine.publish import exchange
from scoredsociety.engine.state import U32
from scoredsociety.engine.tally import Tallies
from scoredsociety.engine.ties import tie_dissolution, tie_lists
from scoredsociety.kernel import inner, int64, kernel
from scoredsociety.society.people import seats
from scoredsociety.society.ties import stored, tie_slots, together
from scoredsociety.society.ties.tie_slots import GROUP

EVERY = -1  # bits of all slots


@inner
def meet(
    world: World, dense: int, entered: int, shared: int, own: int, scratch: Scratch
) -> int:
    """Work out where slots of a person lead; returns the group for which that now stands.

    Computed ties are worked out for 32 seats at once, of which ``entered`` is the last: the slots
    whose bits are in ``shared``. Those of families and of the day are worked out for each: the
    slots in ``own``, and the rest when somebody looks (``exchange.find_ties``). Of stored ones the
    lists say it (``engine/ties/tie_lists.py``).
    """
    group = dense // GROUP
    if stored.is_stored(world.stored):
        return group
    if group != entered:
        tie_slots.some_slots(
            world.society, world.seats, world.k0, world.k1, group, shared, scratch.base,
            scratch.mask,
        )  # fmt: skip
    together.own_slots(
        world.society, world.seats, world.persons.together, dense, own, scratch.base, scratch.mask
    )
    scratch.whose[2] = dense + 1 if own == EVERY else 0
    return group


@inner
def turn_and_cut(
    world: World, me: Person, turning: int, scratch: Scratch, tallies: Tallies
) -> int:
    """The tie bits after this month's cuts and turnover; both ends reach the same."""
    open_slots = me.open_slots
    if world.responses.forms[c.TIES]:
        open_slots, cuts = tie_dissolution.cut(
            world, me.number, me.seat, open_slots, scratch, tallies
        )
        if cuts:
            tally.count(tallies.responses[tally.V_CUT], me.coarse, cuts)
        if stored.is_stored(world.stored):
            number = tie_lists.count_open(world, me.number, scratch)
        else:
            number = consequences.count_bits(open_slots)
        tally.count(tallies.responses[tally.V_TIES], me.coarse, number)
    return exchange.turn_ties(world, me.number, me.seat, open_slots, False, turning, scratch)


@kernel
def start_ties(world: World, first: int, last: int, tie_bits: U32, scratch: Scratch) -> None:
    """The ties that are open at the start, from the seed; those in lists into ``scratch.ends``."""
    group = -1
    every = (int64(1) << tie_slots.slot_count(world.society)) - 1
    for dense in range(first, last):
        group = meet(world, dense, group, EVERY, EVERY, scratch)
        seat = int64(seats.id_of(world.seats, dense))
        tie_bits[dense - first] = np.uint32(
            exchange.turn_ties(world, dense, seat, int64(0), True, every, scratch)
        )
