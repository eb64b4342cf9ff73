"""How long a life in a seat lasts, and when the next begins."""

from __future__ import annotations

from scoredsociety.kernel import int64, kernel
from scoredsociety.keyed import draw
from scoredsociety.society import places as p
from scoredsociety.society.people.kin import (
    CHILD,
    GRANDPARENT_FROM,
    GRANDPARENT_GAP,
    OTHER,
    member_of,
    quantile,
    role_of,
    spread_of,
    word_of,
)
from scoredsociety.society.places import Pool

ERA_SHIFT, BACK_SHIFT, CAME_SHIFT, TOOK_OVER_SHIFT = 6, 16, 22, 25
MOST_LIVES, MOST_ERAS, MOST_BACK = 63, 1023, 63
PRESENT, MOVED_IN, TOOK_OVER, AFTER_DEATH, BORN = range(5)  # how a life came
NEVER = 60_000  # a month since the beginning that no run reaches
YEAR = 12
ANOTHER_GRANDCHILD = (1 << 32) // 3  # a year, while heads are too young for the eldest (assumed)


@kernel
def months_alive(pool: Pool, age: int) -> int:
    """Of 2**30 born, those alive at an age in months."""
    year, month = min(age // YEAR, p.OLDEST - 1), age % YEAR
    here = int64(pool.values[pool.params.survival + year])
    return here - (here - int64(pool.values[pool.params.survival + year + 1])) * month // YEAR


@kernel
def age_at_death(pool: Pool, age: int, word: int) -> int:
    """Age in months at which somebody of ``age`` months dies; NEVER beyond the table."""
    left = months_alive(pool, age) * word >> 32
    for year in range(min(age // YEAR, p.OLDEST), p.OLDEST):
        here = int64(pool.values[pool.params.survival + year])
        after = int64(pool.values[pool.params.survival + year + 1])
        if after <= left and left < here:
            month = 1 + (here - 1 - left) * YEAR // (here - after)
            return max(year * YEAR + month, age + 1)
    return int64(NEVER)


@kernel
def next_born(
    pool: Pool, k0: int, k1: int, first: int, era: int, row: int, position: int, head: int,
    until: int,
) -> tuple[int, int]:  # fmt: skip
    """Head's age in years, after ``head``, at which this seat goes to a newborn, and its age.

    For seats of children and others, looked for up to the age ``until``; 0: none. Chances keep the
    ages that kin.py gives to a household with a head of each age.
    """
    role, place = role_of(pool, row, position)
    if role == CHILD:
        _, _, _, birth = draw(k0, k1, first, era, pool.streams.household, 0)
        gaps, _, _, _ = draw(k0, k1, first, era, pool.streams.kin, 0)
        last = quantile(pool, pool.params.birth, birth) >> 8
        for k in range(place):
            last += 2 + ((gaps >> (2 * k)) & 3)
        begins = 0
    elif role == OTHER:
        spread = spread_of(word_of(pool, k0, k1, first, era, position))
        last, begins = max(GRANDPARENT_FROM, GRANDPARENT_GAP - spread), GRANDPARENT_FROM
    else:
        return 0, 0
    for years in range(head + 1, min(last, until) + 1):
        if years < begins:
            continue
        if years in (begins, last):
            eldest = role == OTHER and years == last
            return years, max(0, years - GRANDPARENT_GAP + spread) if eldest else 0
        chance = ANOTHER_GRANDCHILD if role == OTHER else (1 << 32) // max(years - 19, 1)
        word, _, _, _ = draw(
            k0, k1, first + position, era, pool.streams.births, years
        )
        if word < chance:
            return years, 0
    return 0, 0


@kernel
def life_now(
    pool: Pool, k0: int, k1: int, first: int, position: int, era: int, row: int, came: int,
    age: int, leaves: int, now: int,
) -> tuple[int, int, int, int, int]:  # fmt: skip
    """The life in a seat ``now``, in the household that ``household_now`` found.

    Its number in the household, month in which it entered, month of birth (both from the
    beginning), how it came (AFTER_DEATH, BORN, or PRESENT: with the household), month of its end.
    """
    head, fraction = age // YEAR, age % YEAR
    _, _, sexed, birth = draw(k0, k1, first, era, pool.streams.household, 0)
    _, years, _, _, _ = member_of(
        pool, k0, k1, first, era, row, min(max(head, 16), 100), sexed, birth, position
    )
    number, entered, born, how = 0, came, came - years * YEAR - fraction, PRESENT
    to = head + (leaves - came) // YEAR + 1
    while True:
        key = era << ERA_SHIFT | number
        word, _, _, _ = draw(k0, k1, first + position, key, pool.streams.deaths, 0)
        dies = min(born + age_at_death(pool, entered - born, word), NEVER)
        since = head + (entered - came + fraction) // YEAR
        birthday, fresh = next_born(pool, k0, k1, first, era, row, position, since, to)
        newborn = came - fraction + (birthday - head) * YEAR if birthday else NEVER
        ends = min(dies, newborn, leaves)
        if ends > now or ends == leaves or number == MOST_LIVES:
            return number, entered, born, how, ends
        number, entered = number + 1, ends
        how = AFTER_DEATH
        if ends == newborn:
            born, how = ends - fresh * YEAR, BORN
