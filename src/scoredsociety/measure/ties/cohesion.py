"""Cohesion: clusters and fragments of the network of ties (Q2; S1-25, V20, V28).

Wei et al. (2016) expect fragmentation where friends' scores count. Transitivity is Luce and
Perry's (1949) share of closed triples; components are by repeated taking of the lowest label.
"""

from __future__ import annotations

from math import nan

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.measure import Ints
from scoredsociety.measure.ties.network import degree, ties_of


def components(ties: npt.ArrayLike, people: int) -> Ints:
    """The component of each person, named by its lowest member, (people,)."""
    pairs = ties_of(ties, people)
    label = np.arange(people, dtype=np.int64)
    while True:
        lowest = np.minimum(label[pairs[:, 0]], label[pairs[:, 1]])
        new = label.copy()
        for end in (0, 1):  # both the person and the person's label take the lower one
            np.minimum.at(new, label[pairs[:, end]], lowest)
            np.minimum.at(new, pairs[:, end], lowest)
        new = new[new]
        if bool((new == label).all()):
            return label
        label = new


def largest_component_share(ties: npt.ArrayLike, people: int) -> float:
    """Share of persons in the largest component; nan without persons."""
    if people == 0:
        return nan
    return float(np.bincount(components(ties, people)).max()) / people


def triangles(ties: npt.ArrayLike, people: int) -> int:
    """Number of triangles; each tie points to the end of higher degree to keep lists short."""
    pairs = ties_of(ties, people)
    rank = np.empty(people, dtype=np.int64)
    rank[np.lexsort((np.arange(people), degree(pairs, people)))] = np.arange(people)
    ends = np.sort(rank[pairs], axis=1)
    ends = ends[np.lexsort((ends[:, 1], ends[:, 0]))]
    first = np.searchsorted(ends[:, 0], np.arange(people + 1))
    # every tie (a, b) with every later tie (a, c) of the same low end: is (b, c) a tie?
    later = first[ends[:, 0] + 1] - np.arange(len(ends)) - 1
    one = np.repeat(np.arange(len(ends)), later)
    starts = np.cumsum(later) - later
    two = one + 1 + np.arange(len(one)) - np.repeat(starts, later)
    keys = ends[:, 0] * people + ends[:, 1]
    asked = ends[one, 1] * people + ends[two, 1]
    place = np.minimum(np.searchsorted(keys, asked), max(0, len(keys) - 1))
    return int((keys[place] == asked).sum()) if len(keys) else 0


def transitivity(ties: npt.ArrayLike, people: int) -> float:
    """Closed over all connected triples, 0 to 1; 0 where there is no triple."""
    own = degree(ties, people)
    triples = int((own * (own - 1) // 2).sum())
    return 3 * triangles(ties, people) / triples if triples else 0.0


def distances(ties: npt.ArrayLike, people: int, person: int) -> Ints:
    """Tie distance of everybody from one person, -1 where no path leads there, (people,)."""
    pairs = ties_of(ties, people)
    both = np.concatenate((pairs, pairs[:, ::-1]))
    far = np.full(people, -1, dtype=np.int64)
    far[person] = 0
    edge, step = np.zeros(people, dtype=np.bool_), 0
    edge[person] = True
    while bool(edge.any()):
        step += 1
        reached = both[edge[both[:, 0]], 1]
        edge = np.zeros(people, dtype=np.bool_)
        edge[reached[far[reached] < 0]] = True
        far[edge] = step
    return far
