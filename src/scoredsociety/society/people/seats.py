"""Which seats exist: N people take whole communities of each region, in proportion.

Communities are allotted to regions by Sainte-Lague divisors, which are house-monotone: a
larger society keeps every community of a smaller one. Urban and rural communities follow each
other by Bresenham's rule, so the region's urban share holds at every size. Nothing is kept per
person: an address is (region, community, seat), a dense number is only storage.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

import numpy as np

from scoredsociety.errors import UserError
from scoredsociety.fixed import Ints, decimal
from scoredsociety.kernel import kernel
from scoredsociety.keyed import COMMUNITY_BITS, seat_id
from scoredsociety.society.tables import Seats

MOST_PEOPLE = 10**11  # 41 bits of address are never the limit; memory is


class Region(Protocol):
    """What placing needs of a region."""

    @property
    def people(self) -> int: ...
    @property
    def urban(self) -> float: ...


class Placeable(Protocol):
    """What placing needs of a recipe."""

    @property
    def community_size(self) -> int: ...
    @property
    def regions(self) -> Sequence[Region]: ...


def allot(weights: Sequence[int], houses: int) -> list[int]:
    """Sainte-Lague: ``houses`` communities shared among regions in proportion to ``weights``."""
    total = sum(weights)
    tried = houses
    while True:  # rounding at a slightly smaller house is a Sainte-Lague allotment of its own sum
        given = [(2 * weight * tried + total) // (2 * total) for weight in weights]
        if sum(given) <= houses:
            break
        tried -= 1
    queue = [
        (Fraction(2 * have + 1, weight), region)
        for region, (have, weight) in enumerate(zip(given, weights, strict=True))
    ]
    heapq.heapify(queue)
    for _ in range(houses - sum(given)):
        _, region = heapq.heappop(queue)
        given[region] += 1
        heapq.heappush(queue, (Fraction(2 * given[region] + 1, weights[region]), region))
    return given


def place(recipe: Placeable, people: int) -> Seats:
    """The seats of a society of ``people``; arrays have one entry a community."""
    if not 1 <= people <= MOST_PEOPLE:
        raise UserError(f"people must be between 1 and {MOST_PEOPLE:,}, not {people:,}")
    size = recipe.community_size
    given = allot([region.people for region in recipe.regions], -(-people // size))
    if max(given) > 1 << COMMUNITY_BITS:
        raise UserError(
            f"{people:,} people need {max(given):,} communities in one region; at most "
            f"{1 << COMMUNITY_BITS:,} have an address: use more regions or larger communities"
        )
    number = np.concatenate([np.arange(count, dtype=np.int64) for count in given])
    urban = np.concatenate(
        [
            urban_flags(region.urban, n, place)
            for place, (region, n) in enumerate(zip(recipe.regions, given, strict=True))
        ]
    )
    region = np.repeat(np.arange(len(given), dtype=np.int64), given)
    return Seats(people, size, size.bit_length() - 1, region, number, urban)


def urban_flags(share: float, communities: int, region: int) -> Ints:
    """1 where a community of a region is urban: of the first n, n x share to within one.

    Regions begin at different phases (golden ratio), so that their roundings cancel.
    """
    millionths = int((decimal(share) * 1_000_000).to_integral_value())
    phase = (500_000 + region * 618_034) % 1_000_000
    steps = (np.arange(communities + 1, dtype=np.int64) * millionths + phase) // 1_000_000
    return np.diff(steps)


@kernel
def id_of(seats: Seats, dense: int) -> int:
    """The 41-bit address of the person with this dense number."""
    community = dense >> seats.community_bits
    return seat_id(
        seats.region[community], seats.number[community], dense & (seats.community_size - 1)
    )


@kernel
def dense_of(seats: Seats, region: int, community: int, seat: int) -> int:
    """The dense number at an address, or -1 where nobody lives at this size of the society."""
    low, high = 0, seats.region.size
    while low < high:
        middle = (low + high) >> 1
        if seats.region[middle] < region or (
            seats.region[middle] == region and seats.number[middle] < community
        ):
            low = middle + 1
        else:
            high = middle
    if low == seats.region.size or seats.region[low] != region or seats.number[low] != community:
        return -1
    if not 0 <= seat < seats.community_size:
        return -1
    dense = (low << seats.community_bits) | seat
    return dense if dense < seats.people else -1
