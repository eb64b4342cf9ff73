"""Whether a tie is open: at the start, after its yearly turnover, with a newcomer at an end."""

from __future__ import annotations

from scoredsociety.kernel import int64, kernel
from scoredsociety.keyed import draw_pair
from scoredsociety.society.tables import (
    COARSE_AGE,
    COARSE_INCOME,
    COARSE_SCHOOLING,
    COARSE_URBAN,
    SocietyTables,
)

SEEN_DAY, SEEN_SHIFT = 11, 16  # bits of a day that say what it is, and where ``seen`` has them
LIKENESS = 200  # 5 age differences x 2 urban x 4 schooling x 5 income


@kernel
def seen(coarse: int, day: int) -> int:
    """All that a tie looks at of a person: coarse traits, and above them in work, at school.

    ``day`` is the person's entry of ``Together.day``.
    """
    return int64(coarse) | (int64(day) >> SEEN_DAY) << SEEN_SHIFT


@kernel
def likeness(coarse_one: int, coarse_other: int) -> int:
    """Row of the likeness table (0 to 199) for two people; symmetric."""
    one, other = int64(coarse_one), int64(coarse_other)
    age = abs(((one >> COARSE_AGE) & 7) - ((other >> COARSE_AGE) & 7))
    unlike = ((one ^ other) >> COARSE_URBAN) & 1
    schooling = abs(((one >> COARSE_SCHOOLING) & 3) - ((other >> COARSE_SCHOOLING) & 3))
    income = abs(((one >> COARSE_INCOME) & 7) - ((other >> COARSE_INCOME) & 7))
    return ((age * 2 + unlike) * 4 + schooling) * 5 + income


@kernel
def opens(
    tables: SocietyTables,
    k0: int,
    k1: int,
    one_id: int,
    other_id: int,
    coarse_one: int,
    coarse_other: int,
    slot: int,
    month: int,
    was_open: int,
) -> int:
    """State (0, 1) of a tie after the turnover of ``month``; ``was_open`` -1: at the start.

    Looks at nothing but the two addresses and what is ``seen``, the same from both ends. The
    share of open ties among like pairs stays what it was at the start: an open tie closes with
    the layer's yearly rate c, a closed one opens with c p / (1 - p). A loaded tie is open until
    it is cut, and is then taken up again at a rate of its own: nothing in the file says who else
    could meet.
    """
    stream = tables.pool.streams.turnover ^ tables.slots.label[slot]
    if tables.slots.renews[slot] >= 0:
        if was_open:
            return 1
        word, _, _, _ = draw_pair(k0, k1, one_id, other_id, month, stream)
        return 1 if word < tables.slots.renews[slot] else 0
    kind, needs = tables.slots.kind[slot], tables.slots.needs[slot]
    if int64(coarse_one) & int64(coarse_other) & needs != needs:
        return 0
    chance = tables.pool.values[
        tables.pool.params.likeness + kind * LIKENESS + likeness(coarse_one, coarse_other)
    ]
    if was_open < 0:
        word, _, _, _ = draw_pair(k0, k1, one_id, other_id, 0, stream)
        return 1 if word < chance else 0
    closes = tables.slots.closes[slot]
    word, _, _, _ = draw_pair(k0, k1, one_id, other_id, month, stream)
    if was_open:
        return 0 if word < closes else 1
    opening = ((closes >> 1) * (chance >> 1) // ((1 << 32) - chance)) << 2  # chance <= 15/16
    return 1 if word < opening else 0


@kernel
def reopens(
    tables: SocietyTables,
    k0: int,
    k1: int,
    one_id: int,
    other_id: int,
    coarse_one: int,
    coarse_other: int,
    slot: int,
    month: int,
) -> int:
    """Whether (0, 1) two people are a tie from the month in which one of them entered a seat.

    As at the start, from a draw of that month; the same from both ends. A loaded tie is open to
    whoever has the seat.
    """
    if tables.slots.renews[slot] >= 0:
        return 1
    kind, needs = tables.slots.kind[slot], tables.slots.needs[slot]
    if int64(coarse_one) & int64(coarse_other) & needs != needs:
        return 0
    chance = tables.pool.values[
        tables.pool.params.likeness + kind * LIKENESS + likeness(coarse_one, coarse_other)
    ]
    stream = tables.pool.streams.reopening ^ tables.slots.label[slot]
    word, _, _, _ = draw_pair(k0, k1, one_id, other_id, month, stream)
    return 1 if word < chance else 0
