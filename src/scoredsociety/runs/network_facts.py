"""What a loaded network is, in its file and as a run begins with it, side by side.

Nothing by node. Lengths of paths are between keyed nodes and all within reach of them, so they
have a sampling error, that of a mean over the chosen nodes; all else is exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import nan, sqrt
from typing import Any

import numpy as np

from scoredsociety.keyed import draw, key_of, stream
from scoredsociety.runs.prepare import Prepared
from scoredsociety.society.ties.graph import (
    Graph,
    clustering,
    degree_assortativity,
    label_components,
    spread,
)

SOURCES = 48  # nodes from which paths are measured
_PATHS = stream("network:paths")
WORDS = {
    "nodes": "Nodes, each a person", "ties": "Ties", "degree_mean": "Mean degree",
    "degree_greatest": "Greatest degree", "isolates": "Persons without ties",
    "components": "Components", "largest_component": "Share of nodes in the largest component",
    "clustering": "Mean local clustering", "transitivity": "Transitivity",
    "assortativity": "Assortativity by degree",
    "path_mean": f"Mean path length ± standard error, from {SOURCES} nodes drawn by lot",
}  # fmt: skip


def facts_of(graph: Graph, seed: int) -> dict[str, Any]:
    """Sizes, degrees, clustering, components, isolates, likeness by degree, path length."""
    degree = np.diff(graph.first)
    label, queue = (np.empty(graph.nodes, np.int32) for _ in range(2))
    components = int(label_components(graph.first, graph.other, label, queue))
    local, transitivity = clustering(graph)
    length, error = path_length(graph, seed)
    return {
        "nodes": graph.nodes, "ties": graph.ties, "degree_mean": float(degree.mean()),
        "degree_greatest": int(degree.max(initial=0)), "clustering": local,
        "transitivity": transitivity, "components": components,
        "largest_component": float(np.bincount(label).max() / max(graph.nodes, 1)),
        "isolates": int((degree == 0).sum()), "assortativity": degree_assortativity(graph),
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
    """The loaded ties as the lists of a run hold them; None where ties are computed."""
    if prepared.network is None:
        return None
    stored, slots = prepared.network.stored, prepared.network.tables.slots
    loaded = slots.renews >= 0
    if loaded[np.unique(stored.slot)].all():  # the lists hold nothing else
        return Graph(stored.first, stored.other)
    is_loaded = loaded[stored.slot]
    one = np.repeat(np.arange(prepared.inputs.seats.people), np.diff(stored.first))[is_loaded]
    first = np.zeros(len(stored.first), np.int64)
    np.cumsum(np.bincount(one, minlength=len(first) - 1), out=first[1:])
    return Graph(first, stored.other[is_loaded])  # of each person in the order of the file's


def file_and_run(prepared: Prepared) -> dict[str, dict[str, Any]] | None:
    """Statistics of the network as the file has it and as the run begins with it, side by side.

    None where ties are computed. Where both are the same lists they are worked out once.
    """
    held = as_run(prepared)
    if held is None or prepared.network is None:
        return None
    given, seed = prepared.network.graph, prepared.scenario.seed
    file = facts_of(given, seed)
    same = np.array_equal(given.first, held.first) and np.array_equal(given.other, held.other)
    return {"file": file, "run": dict(file) if same else facts_of(held, seed)}


def network_rows(network: Mapping[str, Any] | None) -> list[tuple[str, str, str]]:
    """What is measured, of the file and as run: rows in words, of the ``network`` of a manifest.

    Empty where ties are computed, and of a run of an earlier version.
    """
    if not network or "file" not in network:
        return []
    said = [[_in_words(key, network[whose]) for key in WORDS] for whose in ("file", "run")]
    return list(zip(WORDS.values(), *said, strict=True))


def _in_words(key: str, facts: Mapping[str, Any]) -> str:
    """One of the statistics, with its sampling error where it has one; a dash for none."""
    value = facts[key]
    if value is None:
        return "–"
    if key == "path_mean":
        return f"{value:.2f} ± {facts['path_error']:.2f}"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.2f}" if key == "degree_mean" else f"{value:.4f}"
