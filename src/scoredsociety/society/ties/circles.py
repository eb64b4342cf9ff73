"""A study configuration with many ties: friends on a platform, in overlapping circles.

Each seat belongs to several circles of 32 (school, work, family ...): groups of 32 in a keyed
order of all seats, one order a circle. With shares p of open pairs and k ties from each circle,
clustering is about sum(p k^2) / (sum k)^2. ``FRIENDS_2011`` makes a median of 99 ties and a
clustering of 0.14 (O-N3); how many circles there are and how open is assumed.

It has more ties than a month keeps bits for, so it serves studies of the network, not runs.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scoredsociety.fixed import Ints, decimal, probability
from scoredsociety.kernel import kernel
from scoredsociety.keyed import draw_pair, key_of, philox, stream
from scoredsociety.society.ties.graph import Graph, graph_of
from scoredsociety.society.ties.tie_slots import GROUP, GROUP_BITS, unpermuted


class Circles(NamedTuple):
    """Shares of open pairs in each circle that a seat belongs to."""

    open: tuple[float, ...]


FRIENDS_2011 = Circles((0.9, 0.575, 0.575, 0.575, 0.575))


@kernel
def circle_ties(
    k0: int, k1: int, label: int, people: int, circle: int, chance: int, found: Ints
) -> int:
    """Open ties of one circle, each once, as rows (one, other) of ``found``; gives their number."""
    groups = people >> GROUP_BITS
    seats = groups << GROUP_BITS
    half = 1
    while (1 << (2 * half)) < seats:
        half += 1
    r0, r1, r2, r3 = philox(circle, 0, 0, label, k0, k1)
    count = 0
    for place in range(seats):
        one = unpermuted(place, seats, half, r0, r1, r2, r3)
        for later in range(place + 1, (place | (GROUP - 1)) + 1):
            other = unpermuted(later, seats, half, r0, r1, r2, r3)
            word, _, _, _ = draw_pair(k0, k1, one, other, 0, label ^ circle)
            if word < chance:
                found[count, 0], found[count, 1] = min(one, other), max(one, other)
                count += 1
    return count


def circle_graph(people: int, seed: int, circles: Circles = FRIENDS_2011) -> Graph:
    """The network of a study configuration over ``people`` seats (whole groups of 32)."""
    k0, k1 = key_of(seed)
    label = stream("society:circles")
    found = []
    for circle, share in enumerate(circles.open):
        rows = np.empty((people * (GROUP - 1) // 2, 2), np.int64)
        count = circle_ties(k0, k1, label, people, circle, probability(decimal(share)), rows)
        found.append(rows[:count])
    pairs = np.concatenate(found)
    key = np.unique(pairs[:, 0] * people + pairs[:, 1])  # two people may share two circles
    return graph_of(np.stack([key // people, key % people], axis=1), people)
