"""Households partition a community (O-D3, O-D4).

Sizes are drawn in order, one draw a household, until the seats are filled; the last household
is cut to the seats that are left. Whoever lives in a household is a function of its first seat.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scoredsociety.kernel import int64, kernel
from scoredsociety.keyed import draw, seat_id
from scoredsociety.society.places import Pool
from scoredsociety.society.tables import Seats, SocietyTables

MOST = 10  # persons in a household


@kernel
def class_of(pool: Pool, at: int, classes: int, word: int) -> int:
    """The class of a share table at ``pool[at]`` in which a 32-bit word falls."""
    found = 0
    for k in range(at, at + classes - 1):
        found += 1 if word >= pool.values[k] else 0  # no early end: branches cost more than the sum
    return found


@kernel
def partition(
    tables: SocietyTables,
    seats: Seats,
    k0: int,
    k1: int,
    community_index: int,
    out: npt.NDArray[np.uint8],
) -> int:
    """Fill ``out`` (community_size,) with ``position << 4 | size``; gives the households' number.

    The partition is of the whole community, also where the society ends within it.
    """
    at = tables.pool.params.sizes + MOST * seats.urban[community_index]
    first = seat_id(seats.region[community_index], seats.number[community_index], 0)
    seat, ordinal = 0, 0
    while seat < seats.community_size:
        word, _, _, _ = draw(k0, k1, first, 0, tables.pool.streams.household_sizes, ordinal)
        size = min(1 + class_of(tables.pool, at, MOST, word), seats.community_size - seat)
        for position in range(size):
            out[seat + position] = (position << 4) | size
        seat += size
        ordinal += 1
    return ordinal


@kernel
def household_first(dense: int, household: int) -> int:
    """Dense number of the first seat of a person's household (byte of ``partition``)."""
    return dense - (int64(household) >> 4)


@kernel
def household_of(tables: SocietyTables, seats: Seats, k0: int, k1: int, dense: int) -> int:
    """``position << 4 | size`` of one person, by walking the community up to the own seat."""
    community = dense >> seats.community_bits
    wanted = dense & (seats.community_size - 1)
    at = tables.pool.params.sizes + MOST * seats.urban[community]
    first = seat_id(seats.region[community], seats.number[community], 0)
    seat, ordinal = 0, 0
    while True:
        word, _, _, _ = draw(k0, k1, first, 0, tables.pool.streams.household_sizes, ordinal)
        size = min(1 + class_of(tables.pool, at, MOST, word), seats.community_size - seat)
        if wanted < seat + size:
            return ((wanted - seat) << 4) | size
        seat += size
        ordinal += 1
