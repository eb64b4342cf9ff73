"""What is said of a network equals what networkx says of it (oracle)."""

from __future__ import annotations

from math import isnan

import networkx as nx
import numpy as np
import pytest

from scoredsociety.society.graph import Graph, graph_of
from scoredsociety.study.network_facts import facts_of, path_length

NODES, TIES, HUB = 4_000, 88_000, 1_045


def friendship(nodes: int, ties: int, hub: int, seed: int) -> Graph:
    """A declared generator: one hub, and near neighbours on a ring with some far ties.

    The last eleven nodes have no tie, and three of them would only have a self-loop in a file.
    """
    draw = np.random.default_rng(seed)
    live = nodes - 11
    pairs = {(0, int(node)) for node in draw.choice(np.arange(1, live), hub, replace=False)}
    while len(pairs) < ties:
        one = int(draw.integers(1, live))
        far = draw.random() < 0.2
        other = int(draw.integers(1, live)) if far else 1 + (one + int(draw.integers(1, 40))) % (
            live - 1
        )
        if one != other:
            pairs.add((min(one, other), max(one, other)))
    return graph_of(np.array(sorted(pairs)), nodes)


def oracle(graph: Graph) -> nx.Graph:
    """The same for networkx."""
    made = nx.Graph()
    made.add_nodes_from(range(graph.nodes))
    one = np.repeat(np.arange(graph.nodes), np.diff(graph.first))
    made.add_edges_from(zip(one.tolist(), graph.other.tolist(), strict=True))
    return made


def test_statistics_of_a_network_with_a_hub_are_those_of_networkx() -> None:
    graph = friendship(NODES, TIES, HUB, 1)
    found, other = facts_of(graph, 5), oracle(graph)
    degree = dict(other.degree())
    assert (found["nodes"], found["ties"]) == (NODES, TIES)
    assert found["degree_greatest"] == max(degree.values()) == HUB
    assert found["degree_mean"] == pytest.approx(2 * TIES / NODES)
    assert found["clustering"] == pytest.approx(nx.average_clustering(other))
    assert found["transitivity"] == pytest.approx(nx.transitivity(other))
    assert found["components"] == nx.number_connected_components(other)
    assert found["isolates"] == len(list(nx.isolates(other))) >= 11
    assert found["assortativity"] == pytest.approx(nx.degree_assortativity_coefficient(other))
    whole = other.subgraph(max(nx.connected_components(other), key=len))
    assert found["largest_component"] == pytest.approx(len(whole) / NODES)


def test_the_path_length_has_an_error_that_holds_the_truth() -> None:
    """Five standard errors of 48 sources: a correct program is beyond in under 1 of 100,000."""
    graph = friendship(400, 2_000, 60, 2)
    length, error = path_length(graph, 3)
    other = oracle(graph)
    whole = other.subgraph(max(nx.connected_components(other), key=len))
    assert 0 < error < 0.1
    assert abs(length - nx.average_shortest_path_length(whole)) < 5 * error


def test_a_network_without_ties_has_no_paths() -> None:
    graph = Graph(np.zeros(4, np.int64), np.zeros(0, np.int32))
    found = facts_of(graph, 1)
    assert found["isolates"] == found["components"] == 3 and isnan(found["path_mean"])
