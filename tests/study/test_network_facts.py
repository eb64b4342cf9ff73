"""What is said of a network equals what networkx says of it (oracle)."""

from __future__ import annotations

from math import isnan

import networkx as nx
import numpy as np
import pytest
from tests.engine.networks import HUB, NODES, TIES, friendship, oracle

from scoredsociety.runs.network_facts import facts_of, network_rows, path_length
from scoredsociety.society.ties.graph import Graph, clustering, graph_of


def test_statistics_of_a_network_with_a_hub_are_those_of_networkx() -> None:
    graph = friendship()
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
    rows = network_rows({"file": {**found, "path_mean": None}, "run": {**found, "path_mean": None}})
    assert rows[-1][1:] == ("–", "–")


def test_a_hub_costs_no_more_than_its_ties() -> None:
    """A wheel of 300,000: each pair of lists gone through would be 10^11 steps."""
    rim = 300_000
    node = np.arange(1, rim + 1)
    spokes = np.column_stack([np.zeros_like(node), node])
    local, transitivity = clustering(
        graph_of(np.concatenate([spokes, np.column_stack([node, node % rim + 1])]), rim + 1)
    )
    pairs = rim * (rim - 1) // 2
    assert local == pytest.approx((rim * 2 / 3 + rim / pairs) / (rim + 1))
    assert transitivity == pytest.approx(3 * rim / (pairs + 3 * rim))


def test_degrees_that_are_all_alike_have_no_likeness() -> None:
    ring = graph_of(np.column_stack([np.arange(9), (np.arange(9) + 1) % 9]), 9)
    assert isnan(facts_of(ring, 1)["assortativity"])
