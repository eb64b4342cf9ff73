"""Lives that succeed one another in a seat, on a keyed schedule that no scheme changes.

Number 0 is the present life of a seat, in household number 0. A household leaves by moving, or
gives way where a recipe has fewer heads of the next age (society/recipes/turnover.py); all its
seats then get new lives. Within a household a life ends by death, and another of the same age and
place enters; a child's seat goes to a newborn where the head reaches the age of the next birth.
Ages of a household turn in one month of the year, which its head's age gives.

Everything is a function of the seed, the address and the months since the run began, so it can be
worked out for any household at any month; what stands in the columns below is only remembered.
"""

from __future__ import annotations

from scoredsociety.fixed import Ints
from scoredsociety.kernel import int64, kernel
from scoredsociety.keyed import draw
from scoredsociety.society import places as p
from scoredsociety.society import tables as t
from scoredsociety.society.people.households import class_of
from scoredsociety.society.people.kin import (
    ADULT,
    CHILD,
    member_of,
    quantile,
    role_of,
    structure_of,
)
from scoredsociety.society.people.life_course import (
    BACK_SHIFT,
    BORN,
    CAME_SHIFT,
    ERA_SHIFT,
    MOST_BACK,
    MOST_ERAS,
    MOVED_IN,
    NEVER,
    PRESENT,
    TOOK_OVER,
    TOOK_OVER_SHIFT,
    YEAR,
    life_now,
)
from scoredsociety.society.people.seats import id_of
from scoredsociety.society.people.traits import fill_life
from scoredsociety.society.places import Pool
from scoredsociety.society.tables import Seats, SocietyTables

# The life word of a seat: number within the household 0-5, household 6-15 (together the life's
# number, by which its traits are drawn), households back from which wealth was handed down 16-21,
# how the life came 22-24, whether its household took over from one that gave way 25
LIFE = 0xFFFF
SCHOOLED = 29  # from here on schooling is that of the cohort, and stays (assumed)


@kernel
def structure_entered(pool: Pool, size: int, urban: int, word: int) -> int:
    """Place in the pool of the structure of a household of ``size`` that takes over."""
    index = pool.params.structure_of_size + 2 * size
    number = int64(pool.values[index])
    for _ in range(pool.values[index + 1] - 1):
        if word < pool.values[pool.params.succession + number * p.SUCCESSION_FIELDS + urban]:
            break
        number += 1
    return number * p.STRUCTURE_FIELDS + int64(pool.params.structures)


@kernel
def succession_of(pool: Pool, row: int) -> int:
    """Place in the pool of the succession of a structure row."""
    number = (row - int64(pool.params.structures)) // p.STRUCTURE_FIELDS
    return int64(pool.params.succession) + number * p.SUCCESSION_FIELDS


@kernel
def beginning(
    pool: Pool, k0: int, k1: int, first: int, era: int, size: int, urban: int, took_over: int
) -> tuple[int, int]:
    """Structure row of a household, and its head's age in months when it comes."""
    w0, w1, _, _ = draw(k0, k1, first, era, pool.streams.household, 0)
    if took_over:
        row = structure_entered(pool, size, urban, w0)
        at = succession_of(pool, row)
        begins = class_of(pool, at + p.N_BEGINS, p.KNOTS_OF_HEADS - 1, w1)
        return row, int64(pool.values[at + p.N_KNOTS + begins])
    row = structure_of(pool, size, urban, w0)
    months = quantile(pool, pool.values[row + p.T_HEAD], w1) * YEAR >> 8
    return row, min(max(months, 16 * YEAR), 101 * YEAR - 1)


@kernel
def leaving(
    pool: Pool, k0: int, k1: int, first: int, era: int, row: int, came: int, age: int
) -> tuple[int, int]:
    """Month in which a household leaves that came at month ``came`` with a head of ``age`` months,
    and 1 where it gives way, 0 where it moves."""
    stays, month, _, _ = draw(k0, k1, first, era, pool.streams.moving, 0)
    years = class_of(pool, pool.params.stays, p.LONGEST_STAY, stays)
    moves = came + max(1, YEAR * years + (month * YEAR >> 32))
    if years == p.LONGEST_STAY - 1:
        moves = NEVER
    at = succession_of(pool, row)
    gives = came + YEAR  # where the head is as old as heads get
    for k in range(p.KNOTS_OF_HEADS):
        knot = int64(pool.values[at + p.N_KNOTS + k])
        if knot <= age:
            continue
        word, _, _, _ = draw(k0, k1, first, era, pool.streams.giving_way, k)
        if word < pool.values[at + p.N_GIVES_WAY + k]:
            gives = came + knot - age
            break
    if gives <= moves:
        return gives, 1
    return moves, 0


@kernel
def household_now(
    pool: Pool, k0: int, k1: int, first: int, size: int, urban: int, now: int
) -> tuple[int, int, int, int, int, int, int]:
    """The household in these seats ``now`` months after the beginning.

    Its number, structure row, month in which it came, head's age in months then, month in which
    it leaves, whether it took over from one that gave way, and households back from which its
    wealth was handed down (heirs).
    """
    era, came, took_over, back = 0, 0, 0, 0
    row, age = beginning(pool, k0, k1, first, era, size, urban, took_over)
    leaves, gives_way = leaving(pool, k0, k1, first, era, row, came, age)
    while leaves <= now and era < MOST_ERAS:
        era, came, took_over = era + 1, leaves, gives_way
        word, _, _, _ = draw(k0, k1, first, era, pool.streams.heirs, 0)
        inherits = took_over == 1 and word < pool.params.heirs
        back = min(back + 1, MOST_BACK) if inherits else 0
        row, age = beginning(pool, k0, k1, first, era, size, urban, took_over)
        leaves, gives_way = leaving(pool, k0, k1, first, era, row, came, age)
    return era, row, came, age, leaves, took_over, back


@kernel
def settle(
    tables: SocietyTables, seats: Seats, k0: int, k1: int, dense: int, size: int, now: int,
    life: Ints, entered: Ints, born: Ints,
) -> int:  # fmt: skip
    """The lives in a household whose first seat is ``dense``, into ``life``, ``entered``, ``born``
    (``size``,); gives the month in which the first of them ends."""
    pool, first = tables.pool, int64(id_of(seats, dense))
    urban = seats.urban[dense >> seats.community_bits]
    era, row, came, age, leaves, took_over, back = household_now(
        pool, k0, k1, first, size, urban, now
    )
    with_household = PRESENT if era == 0 else TOOK_OVER if took_over else MOVED_IN
    until = leaves
    for position in range(size):
        number, since, birth, how, ends = life_now(
            pool, k0, k1, first, position, era, row, came, age, leaves, now
        )
        how = with_household if number == 0 else how
        life[position] = (
            number | era << ERA_SHIFT | back << BACK_SHIFT | how << CAME_SHIFT
            | took_over << TOOK_OVER_SHIFT
        )  # fmt: skip
        entered[position], born[position] = since, birth
        until = min(until, ends)
    return until


@kernel
def fill(
    tables: SocietyTables, seats: Seats, k0: int, k1: int, dense: int, household: int, head: int,
    word: int, began: int, ages: Ints, out: Ints,
) -> None:  # fmt: skip
    """Fill ``out`` (38,) with the traits of a later month's life in a seat, as traits.fill does.

    ``word`` is its life word, ``head`` that of the household's first seat, ``began`` its age in
    years when it entered, ``ages`` (10,) the present years of the members.
    """
    pool, byte = tables.pool, int64(household)
    me = id_of(seats, dense)
    community = dense >> seats.community_bits
    position, size, urban = byte >> 4, byte & 15, seats.urban[community]
    first, era = me - position, (word >> ERA_SHIFT) & MOST_ERAS
    w0, _, sexed, birth = draw(k0, k1, first, era, pool.streams.household, 0)
    if (word >> TOOK_OVER_SHIFT) & 1:
        row = structure_entered(pool, size, urban, w0)
    else:
        row = structure_of(pool, size, urban, w0)
    role, _, sex, married, _ = member_of(
        pool, k0, k1, first, era, row, min(max(ages[0], 16), 100), sexed, birth, position
    )
    age = min(ages[position], 100)
    out[t.AGE], out[t.SEX], out[t.URBAN], out[t.ROLE] = age, sex, urban, role
    out[t.HOUSEHOLD_SIZE], out[t.MARRIED] = size, married
    out[t.CHILDREN] = 0
    if position < 1 + pool.values[row + p.T_SPOUSE]:  # head and spouse
        for other in range(1, size):
            whose, _ = role_of(pool, row, other)
            out[t.CHILDREN] += 1 if whose == CHILD and ages[other] < ADULT else 0
        out[t.CHILDREN] = min(out[t.CHILDREN], 7)
    came_of = (word >> CAME_SHIFT) & 7
    parent = head & LIFE if came_of == BORN else -1
    cohort = max(began, min(age, SCHOOLED))  # schooling, once done, stays
    wealth = era - ((word >> BACK_SHIFT) & MOST_BACK)
    fill_life(
        pool, k0, k1, first, me, seats.region[community], era, wealth, word & LIFE, cohort, parent,
        out,
    )  # fmt: skip


@kernel
def standing(
    tables: SocietyTables, seats: Seats, k0: int, k1: int, dense: int, household: int, word: int
) -> tuple[int, int]:
    """Role of a seat in its household, and 1 where the household's head has a spouse.

    ``household`` is the byte of partition, ``word`` the life word of the seat.
    """
    pool, byte = tables.pool, int64(household)
    position, size = byte >> 4, byte & 15
    urban = seats.urban[dense >> seats.community_bits]
    first, era = id_of(seats, dense) - position, (word >> ERA_SHIFT) & MOST_ERAS
    w0, _, _, _ = draw(k0, k1, first, era, pool.streams.household, 0)
    if (word >> TOOK_OVER_SHIFT) & 1:
        row = structure_entered(pool, size, urban, w0)
    else:
        row = structure_of(pool, size, urban, w0)
    role, _ = role_of(pool, row, position)
    return role, int64(pool.values[row + p.T_SPOUSE])


@kernel
def is_turning_point(pool: Pool, age: int) -> bool:
    """Whether coarse traits or work may change: tables by age change at these birthdays only."""
    return age <= ADULT or age % 15 == 0 or age in (25, pool.params.account_age)
