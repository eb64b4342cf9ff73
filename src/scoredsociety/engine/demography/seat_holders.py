"""Whose seat it is this month: the columns of lives, carried from month to month.

Turnover is optional (society/recipes/turnover.py, society/people/lives.py). The columns are a
function of the seed and the months since the run began: what stands here is remembered, not
decided, so it is in no checkpoint. Without turnover they are empty, and nothing of this is read.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scoredsociety.by_address import by_address
from scoredsociety.engine.layout import ALL_UNGRADED
from scoredsociety.engine.state import I16, U8, Exchange, Persons
from scoredsociety.fixed import Ints
from scoredsociety.kernel import int64, kernel
from scoredsociety.society.people import life_course, lives, traits
from scoredsociety.society.people.households import MOST
from scoredsociety.society.tables import TRAITS, WORK, Seats, SocietyTables
from scoredsociety.society.ties import days
from scoredsociety.society.ties.together import PLACE

GROUP_BITS = 5
YEAR = 12


@by_address
class Room(NamedTuple):
    """Room to work in."""

    traits: Ints  # (38,)
    found: Ints  # (4, 10) of a household: life, month entered, month of birth, years


@kernel
def turn(
    society: SocietyTables, seats: Seats, k0: int, k1: int, now: int, anew: int,
    persons: Persons, room: Room,
) -> None:  # fmt: skip
    """Bring the columns of everybody to the month ``now``, from the month before or ``anew``."""
    household, coarse, groups = persons.household, persons.coarse, persons.groups
    life, entered, born, until = persons.life, persons.entered, persons.born, persons.until
    day, work, found = persons.together.day, room.traits, room.found
    groups[:] = 0
    dense = 0
    while dense < seats.people:
        size = int64(household[dense]) & 15
        last = min(dense + size, seats.people)
        ended = anew == 1 or int64(until[dense]) <= now
        if ended:
            until[dense] = np.uint16(lives.settle(
                society, seats, k0, k1, dense, size, now, found[0], found[1], found[2]
            ))  # fmt: skip
            for one in range(dense, last):
                life[one] = np.uint32(found[0, one - dense])
                entered[one] = np.uint16(found[1, one - dense])
                born[one] = np.int16(found[2, one - dense])
                if now > 0 and found[1, one - dense] == now:
                    groups[one >> GROUP_BITS] = 1
        if ended or (now - int64(born[dense])) % YEAR == 0:
            years_of(household, born, seats.people, now, dense, found[3])
            for one in range(dense, last):
                if ended or lives.is_turning_point(society.pool, found[3, one - dense]):
                    began = (int64(entered[one]) - int64(born[one])) // YEAR
                    lives.fill(
                        society, seats, k0, k1, one, int64(household[one]), int64(life[dense]),
                        int64(life[one]), began, found[3], work,
                    )  # fmt: skip
                    coarse[one] = np.uint16(traits.coarse_of(work))
                    does = days.doing(work[WORK]) << days.DAY_SHIFT
                    day[one] = np.uint16((int64(day[one]) & PLACE) | does)
        dense += size


@kernel
def years_of(household: U8, born: I16, people: int, now: int, first: int, out: Ints) -> None:
    """Years of age of the members of the household at ``first``, into ``out`` (10,)."""
    size = int64(household[first]) & 15
    for position in range(size):
        one = min(first + position, people - 1)  # a seat cut off at the end is nobody's
        out[position] = (now - int64(born[one])) // YEAR


class Turning:
    """The columns of lives at a month, remembered for the month asked last."""

    def __init__(
        self, society: SocietyTables, seats: Seats, k0: int, k1: int, persons: Persons
    ) -> None:
        self._key = (society, seats, k0, k1)
        self._settled = persons
        self._last: tuple[int, Persons] = (-1, persons)

    def at(self, now: int) -> Persons:
        """The columns ``now`` months after the beginning."""
        then, persons = self._last
        if then == now:
            return persons
        anew = then < 0 or then != now - 1
        after = empty_columns(self._settled) if anew else persons.copied()
        room = Room(np.zeros(len(TRAITS), dtype=np.int64), np.zeros((4, MOST), dtype=np.int64))
        turn(*self._key, now, int(anew), after, room)
        self._last = (now, after)
        return after


def empty_columns(settled: Persons) -> Persons:
    """Columns to be filled for the same people."""
    people = len(settled.household)
    return Persons(
        settled.household, settled.coarse.copy(), np.zeros(people, dtype=np.uint32),
        np.zeros(people, dtype=np.uint16), np.zeros(people, dtype=np.int16),
        np.zeros(people, dtype=np.uint16), np.zeros((people >> GROUP_BITS) + 1, dtype=np.uint8),
        settled.together._replace(day=settled.together.day.copy()),
    )  # fmt: skip


def turning_of(
    society: SocietyTables, seats: Seats, k0: int, k1: int, persons: Persons
) -> Turning | None:
    """What turns the columns, or None where a recipe's lives do not turn over."""
    if society.pool.params.turns == 0:
        return None
    return Turning(society, seats, k0, k1, persons)


def leave(persons: Persons, now: int, exchange: Exchange) -> None:
    """Take what was published of those whose seat goes to a newcomer out of the exchange."""
    if now == 0 or len(persons.entered) == 0:
        return
    new = np.flatnonzero(persons.entered == now)
    exchange.status[new] = ALL_UNGRADED
    exchange.score[:, new] = 0


def came(persons: Persons, person: int, now: int) -> int:
    """How the life came that entered a seat this month (society/people/lives.py); 0: none did."""
    if now == 0 or len(persons.entered) == 0 or int(persons.entered[person]) != now:
        return 0
    return int(persons.life[person]) >> life_course.CAME_SHIFT & 7
