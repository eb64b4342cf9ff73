"""A network as adjacency lists (CSR), and what can be said of it as a whole.

Aggregates only: degrees, clustering, components, path lengths, likeness of the ends of ties.
"""

from __future__ import annotations

from math import nan
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from scoredsociety.fixed import Ints
from scoredsociety.kernel import int64, kernel
from scoredsociety.keyed import draw

I32 = npt.NDArray[np.int32]
PATH_SOURCES = 24


class Graph(NamedTuple):
    """An undirected simple network: the ties of node i lie at other[first[i]:first[i + 1]]."""

    first: Ints  # (nodes + 1,)
    other: I32  # (2 x ties,) sorted within each node

    @property
    def nodes(self) -> int:
        """Number of nodes."""
        return len(self.first) - 1

    @property
    def ties(self) -> int:
        """Number of ties."""
        return len(self.other) // 2


def graph_of(pairs: Ints, nodes: int) -> Graph:
    """A graph from distinct pairs (ties, 2) of different nodes in [0, nodes)."""
    one = np.concatenate([pairs[:, 0], pairs[:, 1]])
    other = np.concatenate([pairs[:, 1], pairs[:, 0]])
    key = np.sort(one * nodes + other)
    first = np.zeros(nodes + 1, np.int64)
    np.cumsum(np.bincount(key // nodes, minlength=nodes), out=first[1:])
    return Graph(first, (key % nodes).astype(np.int32))


@kernel
def onward(first: Ints, other: I32, begin: Ints, after: I32, write: int) -> None:
    """Neighbours that come after a node in order of degree, then number: counted, or written.

    ``begin`` (nodes + 1,) has the counts at places 1 on and then where each node's list begins;
    ``after`` (ties,) the lists, each sorted by number.
    """
    at = 0
    for node in range(first.size - 1):
        degree = first[node + 1] - first[node]
        for a in range(first[node], first[node + 1]):
            friend = int64(other[a])
            theirs = first[friend + 1] - first[friend]
            if theirs > degree or (theirs == degree and friend > node):
                if write:
                    after[at] = other[a]
                at += 1
        if not write:
            begin[node + 1] = at


@kernel
def close_triangles(begin: Ints, after: I32, out: Ints) -> None:
    """Ties among the neighbours of each node (each counted once), added to ``out``.

    A triangle is found from its end of lowest degree, so hubs cost no more than the rest
    (Chiba and Nishizeki 1985): at most ties to the power of 1.5 steps.
    """
    for node in range(begin.size - 1):
        for a in range(begin[node], begin[node + 1]):
            friend = int64(after[a])
            here, there = begin[node], begin[friend]
            end, far = begin[node + 1], begin[friend + 1]
            while here < end and there < far:  # both lists are sorted
                if after[here] == after[there]:
                    out[node] += 1
                    out[friend] += 1
                    out[int64(after[here])] += 1
                    here += 1
                    there += 1
                elif after[here] < after[there]:
                    here += 1
                else:
                    there += 1


@kernel
def spread(first: Ints, other: I32, source: int, distance: I32, queue: I32) -> int:
    """Breadth-first distances from ``source`` (-1 beyond reach); gives the nodes reached."""
    for node in range(distance.size):
        distance[node] = -1
    distance[source] = 0
    queue[0] = source
    head, tail = 0, 1
    while head < tail:
        node = queue[head]
        head += 1
        for a in range(first[node], first[node + 1]):
            friend = other[a]
            if distance[friend] < 0:
                distance[friend] = distance[node] + 1
                queue[tail] = friend
                tail += 1
    return tail


@kernel
def label_components(first: Ints, other: I32, label: I32, queue: I32) -> int:
    """The component of each node into ``label``, named by its lowest node; how many there are."""
    found = 0
    for node in range(label.size):
        label[node] = -1
    for node in range(label.size):
        if label[node] >= 0:
            continue
        found += 1
        label[node] = node
        queue[0] = node
        head, tail = 0, 1
        while head < tail:
            here = int64(queue[head])
            head += 1
            for a in range(first[here], first[here + 1]):
                friend = other[a]
                if label[friend] < 0:
                    label[friend] = node
                    queue[tail] = friend
                    tail += 1
    return found


@kernel
def sum_over_ends(first: Ints, other: I32) -> int:
    """Sum over the two ends of all ties of the product of the degrees there."""
    total = int64(0)
    for node in range(first.size - 1):
        beyond = int64(0)
        for a in range(first[node], first[node + 1]):
            friend = int64(other[a])
            beyond += first[friend + 1] - first[friend]
        total += beyond * (first[node + 1] - first[node])
    return total


def degree_assortativity(graph: Graph) -> float:
    """Newman's r (2003) of the degrees at the two ends of ties; nan where all are alike."""
    degree = np.diff(graph.first)
    ends, squares = int(degree.sum()), int((degree**2).sum())
    cubes = int((degree**3).sum())
    spread_of = ends * cubes - squares**2
    if spread_of == 0:
        return nan
    return (ends * int(sum_over_ends(graph.first, graph.other)) - squares**2) / spread_of


def clustering(graph: Graph) -> tuple[float, float]:
    """Mean local clustering (0 where fewer than two ties) and transitivity."""
    closed, begin = np.zeros(graph.nodes, np.int64), np.zeros(graph.nodes + 1, np.int64)
    after = np.empty(graph.ties, np.int32)
    for write in (0, 1):
        onward(graph.first, graph.other, begin, after, write)
    close_triangles(begin, after, closed)
    degree = np.diff(graph.first)
    possible = degree * (degree - 1) // 2
    local = np.where(possible > 0, closed / np.maximum(possible, 1), 0.0)
    return float(local.mean()), float(closed.sum() / max(int(possible.sum()), 1))


def paths(graph: Graph, k0: int, k1: int) -> tuple[float, float]:
    """Mean distance from some keyed nodes to all within reach; largest share of nodes reached."""
    distance, queue = np.empty(graph.nodes, np.int32), np.empty(graph.nodes, np.int32)
    total = reached = most = 0
    for k in range(PATH_SOURCES):
        word, _, _, _ = draw(k0, k1, k, 0, 0x9A7B, 0)
        count = spread(graph.first, graph.other, word * graph.nodes >> 32, distance, queue)
        total += int(distance[distance > 0].sum())
        reached += count - 1
        most = max(most, count)
    return total / max(reached, 1), most / max(graph.nodes, 1)


def likeness(graph: Graph, values: Ints) -> float | None:
    """Correlation of a value over the two ends of ties (numeric assortativity); None if none."""
    one = np.repeat(values, np.diff(graph.first)).astype(float)
    other = values[graph.other].astype(float)
    if one.size == 0 or one.std() == 0:
        return None
    return float(np.corrcoef(one, other)[0, 1])


def describe_graph(graph: Graph, k0: int, k1: int) -> dict[str, Any]:
    """Aggregates of a network: sizes, degrees, clustering, reach and path length."""
    degree = np.diff(graph.first)
    local, transitivity = clustering(graph)
    length, reach = paths(graph, k0, k1)
    return {
        "nodes": graph.nodes,
        "ties": graph.ties,
        "degree_mean": float(degree.mean()),
        "degree_median": float(np.median(degree)),
        "degree_p05": float(np.percentile(degree, 5)),
        "degree_p95": float(np.percentile(degree, 95)),
        "without_ties": float((degree == 0).mean()),
        "clustering": local,
        "transitivity": transitivity,
        "clustering_of_a_random_network": float(degree.mean() / max(graph.nodes - 1, 1)),
        "path_mean": length,
        "reach": reach,
        "degree_likeness": likeness(graph, degree),
    }
