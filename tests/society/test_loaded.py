"""A network on seats: the same network, thinned evenly where it must be, as oracles see it."""

from __future__ import annotations

import igraph
import networkx
import numpy as np
import pytest

from scoredsociety.errors import UserError
from scoredsociety.keyed import key_of
from scoredsociety.society.edges import Loaded, load_edges
from scoredsociety.society.graph import Graph, describe_graph, graph_of
from scoredsociety.society.loaded import REPLACES, check_layer, seated, slots_for, thinned
from scoredsociety.society.places import LOADED, S_LABEL, S_LAYER, S_NEEDS, S_RENEWS
from scoredsociety.society.recipe import load_society
from scoredsociety.society.sample import Drawn, slot_ties
from scoredsociety.society.seats import place
from scoredsociety.society.stored import StoredTies, written_down


def pairs_in(lists: StoredTies) -> list[tuple[int, int]]:
    """Each pair once."""
    one = np.repeat(np.arange(len(lists.first) - 1), np.diff(lists.first))
    once = one < lists.other
    return sorted(zip(one[once].tolist(), lists.other[once].tolist(), strict=True))


def graph_from(source: networkx.Graph) -> Graph:
    return graph_of(np.array(sorted(source.edges())), source.number_of_nodes())


def test_computed_pairs_written_down_are_those_that_are_drawn() -> None:
    """Every open tie of the description stands in the lists under its slot, at both ends."""
    drawn = Drawn(load_society("county"), 3000, 4)
    lists = written_down(drawn.tables, drawn.seats, drawn.seed)
    one = np.repeat(np.arange(3000), np.diff(lists.first))
    there = set(zip(one.tolist(), lists.other.tolist(), lists.slot.tolist(), strict=True))
    assert all((b, a, k) in there for a, b, k in there)
    found = slot_ties(drawn).tolist()
    assert len(found) > 3000
    assert all((a, b, k) in there for a, b, k in found)


def test_the_lists_of_a_loaded_network_are_the_network() -> None:
    source = networkx.karate_club_graph()
    graph = graph_from(source)
    recipe = load_society("county")
    made = seated(recipe.compile(), place(recipe, 34), 3, Loaded(graph, ("noted",)), "all")
    read = networkx.Graph(pairs_in(made.stored))
    assert networkx.is_isomorphic(source, read) and made.ties == 78 and made.notes == ("noted",)
    for node in range(34):
        first, last = made.stored.first[node], made.stored.first[node + 1]
        assert len(set(made.stored.slot[first:last].tolist())) == last - first  # a bit each


def test_the_statistics_of_the_lists_are_those_of_igraph() -> None:
    """Degree, clustering, components and mean path of both forms at once, on one network."""
    drawn = Drawn(load_society("county"), 2000, 4)
    pairs = sorted(map(tuple, slot_ties(drawn)[:, :2].tolist()))
    network = Loaded(graph_of(np.array(pairs), 2000), ())
    made = seated(drawn.tables, drawn.seats, 4, network, "all")
    assert pairs_in(made.stored) == pairs  # nobody has more than 32
    lists = Graph(made.stored.first, made.stored.other)
    oracle = igraph.Graph(2000, pairs_in(made.stored))
    found = describe_graph(lists, *key_of(4))
    assert np.diff(lists.first).tolist() == oracle.degree()
    assert found["clustering"] == pytest.approx(
        oracle.transitivity_avglocal_undirected(mode="zero")
    )
    assert found["transitivity"] == pytest.approx(oracle.transitivity_undirected())
    assert found["reach"] == oracle.connected_components().giant().vcount() / 2000
    # 24 sources of 2,000 give the mean path within 2 %: their own spread is under 0.1 steps
    assert found["path_mean"] == pytest.approx(oracle.average_path_length(), rel=0.02)


@pytest.mark.parametrize("most", [1, 4, 12])
def test_a_thinned_network_is_even_handed(most: int) -> None:
    """At most so many ties, none left out that had room at both ends, and keyed by the seed."""
    source = networkx.barabasi_albert_graph(600, 5, seed=2)
    graph = graph_from(source)
    thin, left_out, over = thinned(graph, 7, most)
    degree, before = np.diff(thin.first), np.diff(graph.first)
    assert degree.max() == most and left_out == graph.ties - thin.ties > 0
    assert over == int((before > most).sum())
    one = np.repeat(np.arange(600), degree)
    kept = set(zip(one.tolist(), thin.other.tolist(), strict=True))
    assert all((b, a) in kept for a, b in kept)  # both ends
    assert all(np.diff(thin.other[a:b]).min(initial=1) > 0
               for a, b in zip(thin.first, thin.first[1:], strict=False))  # fmt: skip
    for a, b in source.edges():
        if (a, b) not in kept:
            assert degree[a] == most or degree[b] == most
        assert (a, b) in kept or max(before[a], before[b]) > most
    again, other = thinned(graph, 7, most)[0], thinned(graph, 8, most)[0]
    assert np.array_equal(thin.other, again.other)
    assert not np.array_equal(thin.other, other.other)


def test_a_network_with_room_is_left_as_it_is() -> None:
    graph = graph_from(networkx.karate_club_graph())
    assert thinned(graph, 1, 32) == (graph, 0, 0)


@pytest.mark.parametrize("layer", list(REPLACES))
def test_layers_that_stay_keep_their_slots(layer: str) -> None:
    tables = load_society("county").compile()
    found = slots_for(tables, layer).slots
    replaced, stands_as = REPLACES[layer]
    for slot, row in enumerate(found):
        if slot < len(tables.slots) and tables.slots[slot, S_LAYER] not in replaced:
            assert row.tolist() == tables.slots[slot].tolist()
        else:
            assert row[S_LAYER] == stands_as and row[S_LABEL] == LOADED
            assert row[S_RENEWS] > 0 and row[S_NEEDS] == 0
    assert len(found) == 32


def test_another_number_of_people_is_refused() -> None:
    recipe = load_society("county")
    network = Loaded(graph_from(networkx.karate_club_graph()), ())
    with pytest.raises(UserError, match="34 nodes and the society 40 people"):
        seated(recipe.compile(), place(recipe, 40), 1, network, "all")
    with pytest.raises(UserError, match="friends"):
        check_layer("friend")


@pytest.mark.bench
def test_ten_million_edges_are_seated_in_seconds(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A run on a million nodes with twenty ties each loads; hubs over 32 are thinned and told."""
    import polars as pl

    rng = np.random.default_rng(1)
    path = tmp_path_factory.mktemp("network") / "edges.parquet"
    pl.DataFrame(
        {"a": rng.integers(0, 10**6, 10**7), "b": rng.integers(0, 10**6, 10**7)}
    ).write_parquet(path)
    said: list[str] = []
    found = load_edges(path, 1, said.append)
    recipe = load_society("county")
    made = seated(recipe.compile(), place(recipe, found.graph.nodes), 1, found, "all")
    assert made.ties > 9_000_000 and len(said) == 3
    assert "more than the 32" in made.notes[-1]
