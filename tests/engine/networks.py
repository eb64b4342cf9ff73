"""Runs whose ties stand in lists: the computed ones written down, and random loaded networks."""

from __future__ import annotations

import numpy as np

from scoredsociety.engine.inputs import Inputs
from scoredsociety.society.edges import Loaded
from scoredsociety.society.graph import Graph, graph_of
from scoredsociety.society.loaded import seated
from scoredsociety.society.stored import written_down


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
