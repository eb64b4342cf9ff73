"""Seeds of replicates: the first is the seed that was asked for, the others are drawn from it.

Replicate ``k`` of a study has one seed, whatever command makes it, so lanes share their people and
their luck. Derived seeds are keyed by the project's own draws, so two studies whose seeds are
neighbours (11 and 12) share no replicate, as they would if one were added for each.
"""

from __future__ import annotations

from scoredsociety.keyed import draw, key_of, stream

_REPLICATES = stream("replicates")
_HIGH = 16  # bits taken of a second word: 48 in all, which any reader of JSON keeps exactly


def seed_of(seed: int, replicate: int) -> int:
    """The seed of a replicate, counted from 0; replicate 0 is a run under ``seed`` itself.

    ``replicate`` is at least 0; derived seeds lie below 2**48.
    """
    if replicate < 0:
        raise ValueError(f"replicates count from 0, not {replicate}")
    if replicate == 0:
        return seed
    k0, k1 = key_of(seed)
    low, high, _, _ = draw(k0, k1, replicate, 0, _REPLICATES, 0)
    return int(high) >> (32 - _HIGH) << 32 | int(low)


def seeds_of(seed: int, replicates: int) -> tuple[int, ...]:
    """The seeds of so many replicates, in order."""
    return tuple(seed_of(seed, k) for k in range(replicates))
