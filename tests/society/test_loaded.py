"""A network on seats: the same network, whole, as oracles see it."""

from __future__ import annotations

import igraph
import networkx
import numpy as np
import pytest

from scoredsociety.errors import UserError
from scoredsociety.keyed import key_of
from scoredsociety.society.describe.sample import Drawn, slot_ties
from scoredsociety.society.people.seats import place
from scoredsociety.society.places import LOADED
from scoredsociety.society.recipes.recipe import load_society
from scoredsociety.society.ties.edges import Loaded, load_edges
from scoredsociety.society.ties.graph import Graph, describe_graph, graph_of
from scoredsociety.society.ties.loaded import REPLACES, check_layer, seated, slots_for
from scoredsociety.society.ties.stored import StoredTies, written_down


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
    assert len(set(made.stored.slot.tolist())) == 1


def test_the_statistics_of_the_lists_are_those_of_igraph() -> None:
    """Degree, clustering, components and mean path of both forms at once, on one network."""
    drawn = Drawn(load_society("county"), 2000, 4)
    pairs = sorted(map(tuple, slot_ties(drawn)[:, :2].tolist()))
    network = Loaded(graph_of(np.array(pairs), 2000), ())
    made = seated(drawn.tables, drawn.seats, 4, network, "all")
    assert pairs_in(made.stored) == pairs
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


def test_a_hub_keeps_every_tie() -> None:
    graph = graph_from(networkx.barabasi_albert_graph(600, 5, seed=2))
    recipe = load_society("county")
    seats = place(recipe, 600)
    assert np.diff(graph.first).max() > 60
    for layer in REPLACES:
        made = seated(recipe.compile(), seats, 3, Loaded(graph, ()), layer)
        is_loaded = made.tables.slots.renews[made.stored.slot] >= 0
        one = np.repeat(np.arange(600), np.diff(made.stored.first))
        assert made.stored.other[is_loaded].tolist() == graph.other.tolist()
        assert np.bincount(one[is_loaded], minlength=600).tolist() == np.diff(graph.first).tolist()
        assert made.ties == graph.ties and not made.notes


@pytest.mark.parametrize("layer", list(REPLACES))
def test_layers_that_stay_keep_their_slots(layer: str) -> None:
    tables = load_society("county").compile()
    found = slots_for(tables, layer).slots
    replaced, stands_as = REPLACES[layer]
    for slot, row in enumerate(found):
        if slot < len(tables.slots) and tables.slots.layer[slot] not in replaced:
            assert row.tolist() == tables.slots[slot].tolist()
        else:
            assert row.layer == stands_as and row.label == LOADED
            assert row.renews > 0 and row.needs == 0
    there = np.isin(tables.slots.layer, replaced).any()
    assert len(found) == len(tables.slots) + (not there)


def test_another_number_of_people_is_refused() -> None:
    recipe = load_society("county")
    network = Loaded(graph_from(networkx.karate_club_graph()), ())
    with pytest.raises(UserError, match="34 nodes and the society 40 people"):
        seated(recipe.compile(), place(recipe, 40), 1, network, "all")
    with pytest.raises(UserError, match="friends"):
        check_layer("friend")


@pytest.mark.bench
def test_ten_million_edges_are_seated_in_seconds(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A network of a million nodes with twenty ties each loads whole."""
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
    assert made.ties == found.graph.ties > 9_000_000 and len(said) == 3
