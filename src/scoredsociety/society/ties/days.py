"""Where people spend the day: classes of pupils of like age, workplaces of like work.

All seats of a ward (512 of a community) stand in one row: who is at school by age, who is in work
by the kind of work, then all others; within these in a keyed order. Circles of the row (eight
places) are classes and workplaces. Nobody is outside the row, so that with turnover of lives those
who grow up beside each other may be colleagues; whether a pair may be a tie follows from what both
do now. That colleagues are of one ward, and how large circles are, is assumed.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scoredsociety.fixed import Ints
from scoredsociety.kernel import kernel
from scoredsociety.keyed import draw, seat_id
from scoredsociety.society import tables as t
from scoredsociety.society.people.heapsort import sort
from scoredsociety.society.people.kin import member
from scoredsociety.society.people.seats import id_of
from scoredsociety.society.people.traits import fill_income, fill_schooling, fill_work
from scoredsociety.society.places import Pool
from scoredsociety.society.tables import Seats

U16 = npt.NDArray[np.uint16]
FARMER, PUBLIC, STUDENT = 2, 6, 7  # codes of work: 2 to 6 are in work
DAY_SHIFT = 11  # of the bits above a place: in work, at school
IN_WORK, AT_SCHOOL = 1, 2
OTHERS = 1 << 10  # code of who is neither


@kernel
def doing(work: int) -> int:
    """IN_WORK, AT_SCHOOL or 0, by the code of work; students and pupils from 6 years are 7."""
    if work == STUDENT:
        return AT_SCHOOL
    return IN_WORK if FARMER <= work <= PUBLIC else 0


@kernel
def code_of(
    pool: Pool, seats: Seats, k0: int, k1: int, dense: int, household: int, work: Ints
) -> int:
    """Place in the row before chance: age of who is at school, kind of work, or OTHERS.

    ``household`` is the byte of ``partition``; ``work`` (38,) is room for traits. The bits above
    the lowest 11 are what ``doing`` says.
    """
    me, community = id_of(seats, dense), dense >> seats.community_bits
    position, size, urban = household >> 4, household & 15, seats.urban[community]
    first = me - position
    _, age, sex, _, _ = member(pool, k0, k1, first, size, urban, position)
    work[t.AGE], work[t.SEX], work[t.URBAN] = age, sex, urban
    rank = fill_income(pool, k0, k1, first, seats.region[community], 0, 0, work)
    fill_schooling(pool, k0, k1, first, me, rank, 0, 0, age, -1, work)
    fill_work(pool, k0, k1, me, 0, work)
    does = doing(work[t.WORK])
    code = OTHERS
    if does == AT_SCHOOL:
        code = age
    elif does == IN_WORK:
        code = 128 + work[t.WORK]
    return (does << DAY_SHIFT) | code


@kernel
def settle(
    pool: Pool, seats: Seats, k0: int, k1: int, community: int, start: int, stop: int,
    codes: Ints, keys: Ints, day: U16, fellow: U16, at: int,
) -> None:  # fmt: skip
    """The row of seats ``start`` to ``stop`` - 1 of a community, which stands from ``at``.

    Fills places of the day (people,) and who has each; ``codes`` and ``keys`` (seats,).
    """
    for seat in range(start, stop):
        me = seat_id(seats.region[community], seats.number[community], seat)
        word, _, _, _ = draw(k0, k1, me, 0, pool.streams.days, 0)
        keys[seat - start] = ((codes[seat - start] & (2 * OTHERS - 1)) << 48) | (word << 16) | seat
    sort(keys, stop - start)
    for place in range(start, stop):
        seat = keys[place - start] & 0xFFFF
        does = codes[seat - start] >> DAY_SHIFT
        day[at + seat] = np.uint16(place | (does << DAY_SHIFT))
        fellow[at + place] = np.uint16(seat)
