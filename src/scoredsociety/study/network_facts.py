"""What a loaded network is, as a run holds it: to stand beside the same of its file.

Nothing by node. Lengths of paths are between keyed nodes and all within reach of them, so they
have a sampling error, that of a mean over the chosen nodes; all else is exact.
"""

from __future__ import annotations

from math import nan, sqrt
from typing import Any

import numpy as np

from scoredsociety.keyed import draw, key_of, stream
from scoredsociety.measure.cohesion import components
from scoredsociety.measure.network import assortativity
from scoredsociety.society.graph import Graph, clustering, spread
from scoredsociety.society.places import S_RENEWS
from scoredsociety.study.scenario import Prepared

SOURCES = 48  # nodes from which paths are measured
_PATHS = stream("network:paths")


def facts_of(graph: Graph, seed: int) -> dict[str, Any]:
    """Sizes, degrees, clustering, components, isolates, likeness by degree, path length."""
    degree = np.diff(graph.first)
    one = np.repeat(np.arange(graph.nodes), degree)
    once = one < graph.other
    pairs = np.column_stack([one[once], graph.other[once]])
    label = components(pairs, graph.nodes)
    local, transitivity = clustering(graph)
    length, error = path_length(graph, seed)
    return {
        "nodes": graph.nodes, "ties": graph.ties, "degree_mean": float(degree.mean()),
        "degree_greatest": int(degree.max(initial=0)), "clustering": local,
        "transitivity": transitivity, "components": len(np.unique(label)),
        "largest_component": float(np.bincount(label).max() / max(graph.nodes, 1)),
        "isolates": int((degree == 0).sum()), "assortativity": assortativity(pairs, degree),
        "path_mean": length, "path_error": error,
    }  # fmt: skip


def path_length(graph: Graph, seed: int) -> tuple[float, float]:
    """Mean distance from keyed nodes with ties to all within reach, and its standard error.

    A mean over nodes, each with the mean of its own distances; nan where there is no tie.
    """
    with_ties = np.flatnonzero(np.diff(graph.first))
    if not len(with_ties):
        return nan, nan
    k0, k1 = key_of(seed)
    distance, queue = np.empty(graph.nodes, np.int32), np.empty(graph.nodes, np.int32)
    means = []
    for k in range(SOURCES):
        word, _, _, _ = draw(k0, k1, k, 0, _PATHS, 0)
        source = int(with_ties[int(word) * len(with_ties) >> 32])
        reached = spread(graph.first, graph.other, source, distance, queue)
        means.append(int(distance[distance > 0].sum()) / (reached - 1))
    return float(np.mean(means)), float(np.std(means, ddof=1)) / sqrt(SOURCES)


def as_run(prepared: Prepared) -> Graph | None:
    """The loaded ties that a run holds; None where ties are computed."""
    if prepared.network is None:
        return None
    stored, slots = prepared.network.stored, prepared.network.tables.slots
    people = prepared.inputs.seats.people
    loaded = slots[stored.slot, S_RENEWS] >= 0
    one = np.repeat(np.arange(people), np.diff(stored.first))[loaded]
    order = np.lexsort((stored.other[loaded], one))
    first = np.zeros(people + 1, np.int64)
    np.cumsum(np.bincount(one, minlength=people), out=first[1:])
    return Graph(first, stored.other[loaded][order])
