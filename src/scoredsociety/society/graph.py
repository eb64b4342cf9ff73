"""A network as adjacency lists (CSR), and what can be said of it as a whole.

Aggregates only: degrees, clustering, components, path lengths, likeness of the ends of ties.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from scoredsociety.fixed import Ints
from scoredsociety.kernel import kernel
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
def closed_pairs(first: Ints, other: I32, start: int, stop: int, out: Ints) -> None:
    """Ties among the neighbours of nodes start to stop - 1 (each counted once) into ``out``."""
    for node in range(start, stop):
        count = 0
        for a in range(first[node], first[node + 1]):
            friend = other[a]
            here, there = first[node], first[friend]
            end, far = first[node + 1], first[friend + 1]
            while here < end and there < far:  # both lists are sorted
                if other[here] == other[there]:
                    count += 1
                    here += 1
                    there += 1
                elif other[here] < other[there]:
                    here += 1
                else:
                    there += 1
        out[node] = count // 2


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


def clustering(graph: Graph) -> tuple[float, float]:
    """Mean local clustering (0 where fewer than two ties) and transitivity."""
    closed = np.zeros(graph.nodes, np.int64)
    closed_pairs(graph.first, graph.other, 0, graph.nodes, closed)
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
