"""Sorting in place, for kernels: keys of one community in rising order (heapsort)."""

from __future__ import annotations

from scoredsociety.fixed import Ints
from scoredsociety.kernel import int64, kernel


@kernel
def sort(keys: Ints, count: int) -> None:
    """Put the first ``count`` keys in rising order."""
    for root in range(count // 2 - 1, -1, -1):
        sift(keys, root, count)
    for last in range(count - 1, 0, -1):
        top = int64(keys[0])
        keys[0] = keys[last]
        keys[last] = top
        sift(keys, 0, last)


@kernel
def sift(keys: Ints, root: int, count: int) -> None:
    """Let the key at ``root`` sink until none under it is larger."""
    key, place = int64(keys[root]), root
    while True:
        below = 2 * place + 1
        if below >= count:
            break
        if below + 1 < count and keys[below + 1] > keys[below]:
            below += 1
        if keys[below] <= key:
            break
        keys[place] = keys[below]
        place = below
    keys[place] = key
