"""Philox4x32-10 in plain Python (Salmon et al. 2011), and the addresses of draws about a seat."""

from __future__ import annotations

MASK = 0xFFFFFFFF
Words = tuple[int, int, int, int]


def philox(counter: Words, key: tuple[int, int]) -> Words:
    """Ten rounds; four 32-bit words."""
    a, b, c, d = counter
    k0, k1 = key
    for _ in range(10):
        left, right = 0xD2511F53 * a, 0xCD9E8D57 * c
        a, b, c, d = (right >> 32) ^ b ^ k0, right & MASK, (left >> 32) ^ d ^ k1, left & MASK
        k0, k1 = (k0 + 0x9E3779B9) & MASK, (k1 + 0xBB67AE85) & MASK
    return a, b, c, d


def draw(key: tuple[int, int], seat: int, month: int, stream: int, index: int) -> Words:
    """Four words about a seat: the address fills the counter, the seed is the key."""
    return philox((seat & MASK, (seat >> 32) | (index << 16), month, stream & MASK), key)
