"""What two people are to each other before any tie: their household, and what decides on ties."""

from __future__ import annotations

from scoredsociety.engine.month_view import World
from scoredsociety.kernel import inner, int64
from scoredsociety.society.people import seats
from scoredsociety.society.ties import tie_state, together


@inner
def same_household(world: World, one: int, other: int) -> bool:
    """Whether two people live together."""
    return one - (int64(world.persons.household[one]) >> 4) == other - (
        int64(world.persons.household[other]) >> 4
    )


@inner
def ties_id(world: World, dense: int) -> int:
    """The 41-bit address of a person."""
    return int64(seats.id_of(world.seats, dense))


@inner
def seen_by_ties(world: World, dense: int) -> int:
    """What decides whether a person's ties open: coarse traits, in work, at school."""
    return int64(
        tie_state.seen(world.persons.coarse[dense], world.persons.together.day[dense])
    )


@inner
def already_tied(world: World, dense: int, other: int, slot: int) -> bool:
    """Whether two people whom a slot pairs have a tie as kin or mates of the day instead."""
    return together.is_met(
        world.society, world.seats, world.persons.together, dense, other, slot
    )
