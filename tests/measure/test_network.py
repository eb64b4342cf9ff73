"""Network measures against networkx and igraph on random graphs; segregation by hand."""

import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoredsociety.measure.ties import cohesion, network, segregation


@st.composite
def graphs(draw):
    n = draw(st.integers(2, 25))
    every = [(i, j) for i in range(n) for j in range(i)]
    ties = draw(st.lists(st.sampled_from(every), unique=True, min_size=1, max_size=60))
    group = np.array(draw(st.lists(st.integers(0, 2), min_size=n, max_size=n)))
    value = np.array(draw(st.lists(st.integers(0, 9), min_size=n, max_size=n)))
    return n, np.array(ties), group, value


def graph_of(n, ties, group, value):
    made = nx.Graph()
    made.add_nodes_from((i, {"group": int(group[i]), "value": int(value[i])}) for i in range(n))
    made.add_edges_from(ties.tolist())
    return made


def agrees(ours, theirs):
    if np.isnan(ours):
        return bool(np.isnan(theirs))
    return ours == pytest.approx(theirs, abs=1e-9)


@given(graphs())
@settings(deadline=None)
def test_assortativity_equals_igraph_and_networkx(made):
    n, ties, group, value = made
    oracle = igraph.Graph(n=n, edges=ties.tolist())
    assert agrees(network.assortativity(ties, value), oracle.assortativity(value.tolist()))
    ours = network.group_assortativity(ties, group)
    if np.isnan(ours):  # all tie ends in one group
        assert len(set(group[ties.ravel()])) == 1
    else:
        theirs = nx.attribute_assortativity_coefficient(graph_of(*made), "group")
        assert ours == pytest.approx(theirs, abs=1e-9)
        assert ours == pytest.approx(oracle.assortativity_nominal(group.tolist(), False), abs=1e-9)


@given(graphs())
@settings(deadline=None)
def test_cohesion_equals_networkx(made):
    n, ties, group, value = made
    oracle = graph_of(n, ties, group, value)
    assert cohesion.triangles(ties, n) == sum(nx.triangles(oracle).values()) // 3
    assert cohesion.transitivity(ties, n) == pytest.approx(nx.transitivity(oracle))
    label = cohesion.components(ties, n)
    parts = {frozenset(np.flatnonzero(label == x).tolist()) for x in set(label.tolist())}
    assert parts == {frozenset(part) for part in nx.connected_components(oracle)}
    assert all(label[x] == min(part) for part in parts for x in part)
    paths = nx.single_source_shortest_path_length(oracle, 0)
    assert cohesion.distances(ties, n, 0).tolist() == [paths.get(i, -1) for i in range(n)]


@given(graphs())
@settings(deadline=None)
def test_external_internal_and_homophily_equal_a_count(made):
    n, ties, group, _ = made
    inside = sum(group[a] == group[b] for a, b in ties)
    assert network.external_internal(ties, group) == pytest.approx(
        (len(ties) - 2 * inside) / len(ties)
    )
    for name, ours in network.coleman_homophily(ties, group).items():
        members = np.flatnonzero(group == int(name))
        ends = [(a, b) for a, b in np.concatenate((ties, ties[:, ::-1])) if a in members]
        chance = (len(members) - 1) / (n - 1)
        if not ends or not 0 < chance < 1:
            assert np.isnan(ours)
            continue
        share = sum(b in members for _, b in ends) / len(ends)
        scale = 1 - chance if share >= chance else chance
        assert ours == pytest.approx((share - chance) / scale)
        assert -1 <= ours <= 1


@given(graphs())
@settings(deadline=None)
def test_lost_ties_and_contacts_equal_a_loop(made):
    n, ties, group, value = made
    oracle, restricted = graph_of(*made), value > 4
    kept = ties[: len(ties) // 2]
    lost = network.lost_degree(ties, kept, n)
    assert lost.sum() == 2 * (len(ties) - len(kept)) and lost.min() >= 0
    assert network.degree(ties, n).tolist() == [oracle.degree(i) for i in range(n)]
    alone = sum(all(restricted[j] for j in oracle[i]) for i in range(n))
    assert network.without_unrestricted_contact(ties, restricted).value == pytest.approx(alone / n)


def test_a_tie_is_a_tie():
    for wrong, message in (([[0, 0]], "two different"), ([[0, 1], [1, 0]], "once"),
                           ([[0, 9]], "outside")):  # fmt: skip
        with pytest.raises(ValueError, match=message):
            network.degree(wrong, 3)


def test_closed_forms():
    pairs = [[0, 1], [2, 3]]
    assert network.external_internal(pairs, np.array([0, 0, 1, 1])) == -1
    assert network.external_internal(pairs, np.array([0, 1, 0, 1])) == 1
    star = [[0, i] for i in range(1, 6)]
    assert network.assortativity(star, network.degree(star, 6)) == pytest.approx(-1)
    assert cohesion.largest_component_share(pairs, 4) == 0.5


def test_segregation_by_hand():
    place = np.array(["a", "a", "b", "b"])
    assert segregation.dissimilarity([1, 1, 0, 0], place) == 1
    assert segregation.dissimilarity([1, 0, 1, 0], place) == 0
    assert segregation.isolation([1, 1, 0, 0], place) == 1
    uneven = np.array(["a", "a", "a", "b", "b", "b"])  # 2 of 3 in a, 1 of 3 in b
    assert segregation.exposure([1, 1, 0, 1, 0, 0], uneven) == pytest.approx(
        2 / 3 * 1 / 3 + 1 / 3 * 2 / 3
    )
    assert segregation.dissimilarity([1, 1, 0, 1, 0, 0], uneven) == pytest.approx(1 / 3)
