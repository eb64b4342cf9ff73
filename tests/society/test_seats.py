"""Seats: apportionment, addresses, urban shares, and the same person at every size."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoredsociety.errors import UserError
from scoredsociety.society.people.seats import allot, dense_of, id_of, place, urban_flags
from scoredsociety.society.recipes.recipe import load_society


def one_by_one(weights: list[int], houses: int) -> list[int]:
    """Sainte-Lague as it is defined: each house to the highest quotient, lowest region first."""
    given = [0] * len(weights)
    for _ in range(houses):
        quotients = [Fraction(w, 2 * g + 1) for w, g in zip(weights, given, strict=True)]
        given[quotients.index(max(quotients))] += 1
    return given


@given(st.lists(st.integers(1, 5000), min_size=1, max_size=8), st.integers(0, 300))
def test_allotment_is_sainte_lague(weights: list[int], houses: int) -> None:
    assert allot(weights, houses) == one_by_one(weights, houses)


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=12), st.integers(1, 3000))
def test_a_larger_society_keeps_every_community(weights: list[int], houses: int) -> None:
    small, large = allot(weights, houses), allot(weights, houses + 1)
    assert sum(small) == houses
    assert all(a <= b for a, b in zip(small, large, strict=True))


@pytest.mark.parametrize("people", [1, 63, 512, 513, 20_000, 100_001])
def test_dense_numbers_and_addresses_are_inverse(people: int) -> None:
    seats = place(load_society("county"), people)
    assert seats.people == people
    assert (seats.region.size - 1) * seats.community_size < people
    assert people <= seats.region.size * seats.community_size
    for dense in {0, people // 3, people - 1}:
        address = id_of(seats, dense)
        region, community, seat = address >> 31, (address >> 11) & 0xFFFFF, address & 0x7FF
        assert dense_of(seats, region, community, seat) == dense


def test_nobody_lives_at_an_absent_address() -> None:
    seats = place(load_society("county"), 1000)
    last = id_of(seats, 999)
    assert dense_of(seats, last >> 31, (last >> 11) & 0xFFFFF, (last & 0x7FF) + 1) == -1
    assert dense_of(seats, 3, 77, 0) == -1
    assert dense_of(seats, 99, 0, 0) == -1
    assert dense_of(seats, 0, 0, 5000) == -1


@given(st.floats(0, 1).map(lambda x: round(x, 4)), st.integers(1, 400), st.integers(0, 30))
def test_urban_share_holds_at_every_number_of_communities(
    share: float, communities: int, region: int
) -> None:
    flags = urban_flags(share, communities, region)
    assert set(np.unique(flags)) <= {0, 1}
    error = np.cumsum(flags) - share * np.arange(1, communities + 1)
    assert np.abs(error).max() <= 1.0
    assert np.array_equal(urban_flags(share, communities + 7, region)[:communities], flags)


def test_a_nation_is_placed_without_an_entry_a_person() -> None:
    seats = place(load_society("china_2020"), 1_400_000_000)
    assert seats.region.size == -(-1_400_000_000 // 2048)
    assert abs(float(seats.urban.mean()) - 0.6389) < 1e-4


@pytest.mark.parametrize("people", [0, -5, 10**12])
def test_impossible_sizes_are_refused(people: int) -> None:
    with pytest.raises(UserError, match="people must be between"):
        place(load_society("county"), people)
