"""Draws are Philox4x32-10 as published: Random123's known answers, by kernel and plain form."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reference import philox as plain

from scoredsociety import keyed

FULL = 0xFFFFFFFF
KNOWN = [  # Random123, kat_vectors: counter, key, answer
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((FULL,) * 4, (FULL, FULL), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]
WORD = st.integers(0, FULL)
SEAT = st.integers(0, 2**41 - 1)


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN)
def test_known_answers(counter: plain.Words, key: tuple[int, int], answer: plain.Words) -> None:
    assert plain.philox(counter, key) == answer
    assert tuple(keyed.philox(*counter, *key)) == answer


@given(st.tuples(WORD, WORD, WORD, WORD), st.tuples(WORD, WORD))
def test_kernel_equals_plain_form(counter: plain.Words, key: tuple[int, int]) -> None:
    assert tuple(keyed.philox(*counter, *key)) == plain.philox(counter, key)


@given(SEAT, st.integers(0, 2**14 - 1), WORD, st.integers(0, 2**16 - 1))
def test_addresses_of_seats(seat: int, month: int, stream: int, index: int) -> None:
    assert tuple(keyed.draw(5, 7, seat, month, stream, index)) == plain.draw(
        (5, 7), seat, month, stream, index
    )


@given(SEAT, SEAT, st.integers(0, 2**14 - 1), WORD)
def test_pairs_are_unordered(one: int, other: int, month: int, stream: int) -> None:
    assert keyed.draw_pair(5, 7, one, other, month, stream) == keyed.draw_pair(
        5, 7, other, one, month, stream
    )


@given(SEAT, SEAT, SEAT, st.integers(0, 2**14 - 1))
def test_other_pairs_have_other_addresses(one: int, other: int, third: int, month: int) -> None:
    """Philox is a permutation of counters, so distinct pairs must give distinct words."""
    same = {one, other} == {one, third}
    drawn = keyed.draw_pair(5, 7, one, other, month, 9)
    assert (drawn == keyed.draw_pair(5, 7, one, third, month, 9)) == same


@given(WORD, st.integers(1, 2**20))
def test_below_is_in_range(word: int, n: int) -> None:
    assert 0 <= keyed.below(word, n) < n
    assert keyed.below(FULL, n) == n - 1


def test_streams_are_of_ids_and_stay() -> None:
    """A change here changes every run that was ever published."""
    assert keyed.stream("act:parking_ticket") != keyed.stream("act:parking_tickets")
    assert keyed.key_of(2**64 - 1) == (FULL, FULL)
    with pytest.raises(ValueError, match="seed"):
        keyed.key_of(2**64)


def test_addresses_do_not_overlap() -> None:
    assert keyed.seat_id(1, 0, 0) == 1 << 31
    assert keyed.seat_id(0, 1, 0) == 1 << 11
    assert keyed.seat_id(1023, (1 << 20) - 1, 2047) == 2**41 - 1


@given(st.integers(0, 2**41 - 65), st.integers(0, 2**14 - 1), WORD, st.integers(0, 2**16 - 1))
def test_seats_in_a_row(first: int, month: int, stream: int, index: int) -> None:
    words = np.zeros((4, 32), np.int64)
    keyed.draw_row(5, 7, first, month, stream, index, words)
    assert [tuple(map(int, words[:, place])) for place in range(32)] == [
        plain.draw((5, 7), first + place, month, stream, index) for place in range(32)
    ]
