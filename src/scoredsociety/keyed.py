"""Randomness is an address: Philox4x32-10 of (seed; seat, month, stream, index).

No generator has a state. A draw is the value of a counter-based function (Salmon et al. 2011,
Random123) at an address made of stable ids, so two schemes meet the same people with the same
luck, and removing a rule renumbers nothing.

All values are int64 holding 32 unsigned bits.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from scoredsociety.fixed import Ints
from scoredsociety.kernel import anywhere, inner, int64, kernel

_M0 = np.uint64(0xD2511F53)
_M1 = np.uint64(0xCD9E8D57)
_W0 = np.uint64(0x9E3779B9)
_W1 = np.uint64(0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)

SEAT_BITS = 11
COMMUNITY_BITS = 20
REGION_BITS = 10
PAIR_STREAM = 0x5A17C0DE  # told apart from the streams of single seats


@inner
def rounds(
    c0: int, c1: int, c2: int, c3: int, k0: int, k1: int
) -> tuple[int, int, int, int]:
    """``philox`` as code that is taken in wherever it stands, so that loops of it are vectors."""
    x0 = np.uint64(c0) & _LOW
    x1 = np.uint64(c1) & _LOW
    x2 = np.uint64(c2) & _LOW
    x3 = np.uint64(c3) & _LOW
    a = np.uint64(k0) & _LOW
    b = np.uint64(k1) & _LOW
    for _ in range(10):
        p0 = _M0 * x0
        p1 = _M1 * x2
        x0 = (p1 >> _32) ^ x1 ^ a
        x1 = p1 & _LOW
        x2 = (p0 >> _32) ^ x3 ^ b
        x3 = p0 & _LOW
        a = (a + _W0) & _LOW
        b = (b + _W1) & _LOW
    return int64(x0), int64(x1), int64(x2), int64(x3)


@kernel
def philox(
    c0: int, c1: int, c2: int, c3: int, k0: int, k1: int
) -> tuple[int, int, int, int]:
    """Four 32-bit words of Philox4x32-10 at counter (c0, c1, c2, c3) under key (k0, k1)."""
    return rounds(c0, c1, c2, c3, k0, k1)


@kernel
def draw(
    k0: int, k1: int, seat_id: int, month: int, stream: int, index: int
) -> tuple[int, int, int, int]:
    """Four words about one seat. ``seat_id`` < 2**41, ``month`` < 2**16, ``index`` < 2**16."""
    return philox(
        seat_id & 0xFFFFFFFF, (seat_id >> 32) | (index << 16), month, stream, k0, k1
    )


@kernel
def draw_row(
    k0: int, k1: int, first: int, month: int, stream: int, index: int, out: Ints
) -> None:
    """``draw`` of the seats from id ``first`` on, a word a row of ``out`` (4, seats).

    Several at once cost a fifth of one by one.
    """
    for place in range(out.shape[1]):
        seat = first + place
        w0, w1, w2, w3 = rounds(
            seat & 0xFFFFFFFF, (seat >> 32) | (index << 16), month, stream, k0, k1
        )
        out[0, place] = w0
        out[1, place] = w1
        out[2, place] = w2
        out[3, place] = w3


@kernel
def draw_pair(
    k0: int, k1: int, one: int, other: int, month: int, stream: int
) -> tuple[int, int, int, int]:
    """Four words about an unordered pair of seat (or group) ids < 2**41; ``month`` < 2**14."""
    low = min(one, other)
    high = max(one, other)
    return philox(
        low & 0xFFFFFFFF,
        high & 0xFFFFFFFF,
        (low >> 32) | ((high >> 32) << 9) | (month << 18),
        stream ^ PAIR_STREAM,
        k0,
        k1,
    )


@kernel
def below(word: int, n: int) -> int:
    """An integer in [0, n) from a 32-bit word (multiply and shift; bias under n / 2**32)."""
    return (word * n) >> 32


@anywhere
def seat_id(region: Any, community: Any, seat: Any) -> int:
    """The 41-bit address of a seat, the same at every size of the society."""
    address: int = (region << (COMMUNITY_BITS + SEAT_BITS)) | (community << SEAT_BITS) | seat
    return address


def stream(stable_id: str) -> int:
    """The 32-bit stream of a stable id such as ``act:parking_ticket``."""
    digest = hashlib.blake2s(stable_id.encode(), digest_size=4, person=b"scored01").digest()
    return int.from_bytes(digest, "little")


def key_of(seed: int) -> tuple[int, int]:
    """The Philox key of a run's seed (64 bits)."""
    if not 0 <= seed < 2**64:
        raise ValueError(f"seed must be between 0 and 2**64 - 1, not {seed}")
    return seed & 0xFFFFFFFF, seed >> 32
