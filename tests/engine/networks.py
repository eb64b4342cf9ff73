"""Runs whose ties stand in lists: the computed ones written down, and random loaded networks.

``friendship`` is the declared generator of a friendship network with a hub: drawn by rule from a
seed, so that no network of anybody stands in the repository.
"""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import numpy as np

from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.state import RunState
from scoredsociety.fixed import Ints
from scoredsociety.society.ties.edges import Loaded
from scoredsociety.society.ties.graph import Graph, graph_of
from scoredsociety.society.ties.loaded import seated
from scoredsociety.society.ties.stored import StoredTies, written_down

NODES, TIES, HUB = 4_000, 88_000, 1_045  # of the friendship network that tests run on
ALONE = 11  # of its nodes have no tie: in a file, a row with themselves


def stored(inputs: Inputs) -> Inputs:
    """The same run, its computed ties written down."""
    return inputs._replace(stored=written_down(inputs.society, inputs.seats, inputs.seed))


def uneven(nodes: int, ties: int, seed: int) -> Graph:
    """A network with a few nodes that have many ties, and many that have few."""
    rng = np.random.default_rng(seed)
    ends = (nodes * rng.random((2 * ties, 2)) ** 2).astype(np.int64)
    ends = np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1)
    pairs = np.unique(ends, axis=0)
    return graph_of(pairs[rng.permutation(len(pairs))[:ties]], nodes)


def loaded(inputs: Inputs, layer: str, seed: int = 1, ties_each: int = 5) -> Inputs:
    """The same run on a network of that kind, in place of a layer."""
    people = inputs.seats.people
    network = Loaded(uneven(people, people * ties_each, seed), ())
    made = seated(inputs.society, inputs.seats, inputs.seed, network, layer)
    return inputs._replace(society=made.tables, stored=made.stored)


def friendship(nodes: int = NODES, ties: int = TIES, hub: int = HUB, seed: int = 1) -> Graph:
    """One hub, and near neighbours on a ring with one far tie in five; the last nodes are alone."""
    draw = np.random.default_rng(seed)
    live = nodes - ALONE
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


def pairs_of(graph: Graph) -> Ints:
    """(ties, 2) each tie once, the smaller end first."""
    one = np.repeat(np.arange(graph.nodes), np.diff(graph.first))
    once = one < graph.other
    return np.column_stack([one[once], graph.other[once].astype(np.int64)])


def oracle(graph: Graph) -> nx.Graph:
    """The same for networkx."""
    made = nx.Graph()
    made.add_nodes_from(range(graph.nodes))
    made.add_edges_from(pairs_of(graph).tolist())
    return made


def write_file(graph: Graph, path: Path, order: int = 0) -> Path:
    """The network as an edge list, its rows and their ends in an order drawn from ``order``."""
    draw = np.random.default_rng(order)
    alone = np.flatnonzero(np.diff(graph.first) == 0)
    rows = draw.permutation(np.concatenate([pairs_of(graph), np.column_stack([alone, alone])]))
    turned = draw.random(len(rows)) < 0.5
    rows[turned] = rows[turned][:, ::-1]
    path.write_text("".join(f"{one},{other}\n" for one, other in rows.tolist()))
    return path


def as_computed(state: RunState, lists: StoredTies) -> RunState:
    """The state of computed ties that were written down, with its ties as bits of slots again."""
    blocks = []
    for block in state.blocks:
        begin, end = lists.first[block.first], lists.first[block.last]
        person = np.repeat(
            np.arange(block.last - block.first), np.diff(lists.first[block.first : block.last + 1])
        )
        bits = np.zeros(block.last - block.first, np.uint32)
        there = block.ends.astype(np.uint32) << lists.slot[begin:end].astype(np.uint32)
        np.bitwise_or.at(bits, person, there)
        assert not block.ties.any()
        blocks.append(block._replace(ties=bits, ends=block.ends[:0]))
    return state._replace(blocks=tuple(blocks))
