"""Who is who in a household: head, spouse, children, parents, others, and how old they are.

Everything is a function of the household's first seat, so members agree without being stored.
Compositions by size, ages of heads and gaps between generations are assumed; sizes and ages of
the whole population are published (O-D2 to O-D5).
"""

from __future__ import annotations

from scoredsociety.kernel import int64, kernel
from scoredsociety.keyed import draw
from scoredsociety.society.places import (
    STRUCTURE_FIELDS,
    T_CHILDREN,
    T_HEAD,
    T_PARENTS,
    T_SPOUSE,
    Pool,
)

HEAD, SPOUSE, CHILD, PARENT, OTHER = range(5)
ADULT = 18
GRANDPARENT_FROM = 48  # others are grandchildren of heads from this age on, else siblings
GRANDPARENT_GAP = 52  # years between them


@kernel
def quantile(pool: Pool, at: int, word: int) -> int:
    """Value of a 257-knot quantile table at a 32-bit word, interpolated; in the table's unit."""
    knot = at + (word >> 24)
    low = int64(pool.values[knot])
    return low + (((int64(pool.values[knot + 1]) - low) * ((word >> 8) & 0xFFFF)) >> 16)


@kernel
def structure_of(pool: Pool, size: int, urban: int, word: int) -> int:
    """Place in the pool of the structure row of a household of ``size``."""
    index = pool.params.structure_of_size + 2 * size
    row = int64(pool.params.structures + pool.values[index] * STRUCTURE_FIELDS)
    for _ in range(pool.values[index + 1] - 1):
        if word < pool.values[row + urban]:
            return row
        row += STRUCTURE_FIELDS
    return row


@kernel
def role_of(pool: Pool, row: int, position: int) -> tuple[int, int]:
    """Role of a position in a household, and the place among those with the same role."""
    if position == 0:
        return HEAD, 0
    left = position - 1
    for k in range(3):
        count = pool.values[row + T_SPOUSE + k]
        if left < count:
            return SPOUSE + k, left
        left -= count
    return OTHER, left


@kernel
def child_age(pool: Pool, head_age: int, child: int, birth: int, gaps: int) -> int:
    """Age of the n-th child: the head's age less the age at birth, two to five years apart."""
    age = head_age - (quantile(pool, pool.params.birth, birth) >> 8)
    for k in range(child):
        age -= 2 + ((gaps >> (2 * k)) & 3)
    if age < 0:  # a young head: any age that the head may be a parent at
        return (((gaps >> 8) & 0xFFFF) * max(1, head_age - 19)) >> 16
    return min(age, 75)


@kernel
def member(
    pool: Pool, k0: int, k1: int, first: int, size: int, urban: int, position: int
) -> tuple[int, int, int, int, int]:
    """Role, age, sex, married and number of own children under 18 of one member.

    ``first``: address of the household's first seat; ``size`` persons; ``position`` from 0.
    """
    w0, w1, w2, w3 = draw(k0, k1, first, 0, pool.streams.household, 0)
    row = structure_of(pool, size, urban, w0)
    head_age = min(max(quantile(pool, pool.values[row + T_HEAD], w1) >> 8, 16), 100)
    return member_of(pool, k0, k1, first, 0, row, head_age, w2, w3, position)


@kernel
def member_of(
    pool: Pool, k0: int, k1: int, first: int, era: int, row: int, head_age: int, w2: int, w3: int,
    position: int,
) -> tuple[int, int, int, int, int]:  # fmt: skip
    """The same, of household number ``era`` in these seats (0: the present one).

    ``row`` is its place in the pool (``structure_of``), ``head_age`` the age of its head;
    ``w2`` and ``w3`` are the household's words for the head's sex and the age at a birth.
    """
    coupled = pool.values[row + T_SPOUSE]
    head_sex = 0 if w2 < pool.values[pool.params.male + (0 if coupled else 1)] else 1
    role, place = role_of(pool, row, position)
    gaps, gap, sexes, jitter = draw(k0, k1, first, era, pool.streams.kin, 0)
    if role in (HEAD, SPOUSE):
        minors = 0
        for child in range(pool.values[row + T_CHILDREN]):
            if child_age(pool, head_age, child, w3, gaps) < ADULT:
                minors += 1
        if role == HEAD:
            return role, head_age, head_sex, coupled, min(minors, 7)
        years = (quantile(pool, pool.params.spouse_gap, gap) >> 8) * (1 if head_sex else -1)
        return role, min(max(head_age + years, 18), 100), 1 - head_sex, 1, min(minors, 7)
    word = word_of(pool, k0, k1, first, era, position)
    if role == CHILD:
        sex = 0 if word < pool.values[pool.params.male + 2] else 1
        return role, child_age(pool, head_age, place, w3, gaps), sex, 0, 0
    if role == PARENT:
        age = head_age + (quantile(pool, pool.params.parent_gap, jitter) >> 8) - 2 * place
        both = pool.values[row + T_PARENTS] > 1
        first_sex = 0 if sexes < pool.values[pool.params.male + 3] else 1
        return role, min(age, 100), first_sex ^ (place & 1), 1 if both else 0, 0
    spread = spread_of(word)
    sex = 0 if (sexes ^ word) < pool.values[pool.params.male + 2] else 1
    if head_age >= GRANDPARENT_FROM:
        return role, max(0, head_age - GRANDPARENT_GAP + spread), sex, 0, 0
    return role, max(14, head_age + spread), sex, 0, 0


@kernel
def word_of(pool: Pool, k0: int, k1: int, first: int, era: int, position: int) -> int:
    """The word that decides on the sex of a child, and on the age of others."""
    word, _, _, _ = draw(k0, k1, first + position, era, pool.streams.kin, 1)
    return word


@kernel
def spread_of(word: int) -> int:
    """Years (-8 to 8) by which others differ from what the head's age says."""
    return ((word & 0xFFFF) * 17 >> 16) - 8
