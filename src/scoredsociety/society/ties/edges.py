"""A network of the user's own, as bare edges: two columns of whole numbers and nothing else.

A run may stand on it (loaded.py). Nodes are relabelled by a keyed permutation and no
mapping is kept, so nothing can be said of a node. What may stand in the file, and what is refused:
edge_file.py, read only where there is one.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from scoredsociety.fixed import Ints
from scoredsociety.kernel import kernel
from scoredsociety.keyed import draw, key_of, stream
from scoredsociety.society.ties.graph import Graph, graph_of

FEW_IDS = 100_000_000  # up to here ids are ranked in a table, beyond by sorting
Progress = Callable[[str], None]


class Loaded(NamedTuple):
    """A loaded network, relabelled, and what was done to the file in words."""

    graph: Graph
    notes: tuple[str, ...]


def load_edges(path: str | Path, seed: int, progress: Progress | None = None) -> Loaded:
    """The network of a CSV or Parquet file; UserError says what is wrong with it.

    Self-loops are dropped, duplicates and the two directions of a tie are one tie; the notes
    count them. Ids are 0 to 999,999,999 and are forgotten.
    """
    from scoredsociety.society.ties.edge_file import pairs_in

    say = progress or (lambda _: None)
    say("reading edges")
    pairs, notes = pairs_in(Path(path))
    say(f"relabelling {len(pairs):,} edges")
    pairs, nodes = relabelled(pairs, seed)
    say("joining edges")
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]  # a node with itself: no tie, and still a node
    pairs, more = mutual(pairs, nodes)
    return Loaded(graph_of(pairs, nodes), tuple(notes + more))


def count_nodes(path: str | Path) -> int:
    """Number of nodes of a file that ``load_edges`` reads: one person each."""
    from scoredsociety.society.ties.edge_file import pairs_in

    return numbered(pairs_in(Path(path))[0])[1]


@kernel
def keys(k0: int, k1: int, label: int, out: Ints) -> None:
    """A keyed 62-bit number for each node."""
    for node in range(out.size):
        high, low, _, _ = draw(k0, k1, node, 0, label, 0)
        out[node] = ((high & 0x3FFFFFFF) << 32) | low


def relabelled(pairs: Ints, seed: int) -> tuple[Ints, int]:
    """Pairs under new numbers 0 to nodes - 1 in a keyed order; the old ids are forgotten."""
    place, nodes = numbered(pairs)
    order = np.empty(nodes, np.int64)
    keys(*key_of(seed), stream("society:relabel"), order)
    number = np.empty(nodes, np.int64)
    number[np.argsort(order, kind="stable")] = np.arange(nodes)
    return number[place], nodes


def numbered(pairs: Ints) -> tuple[Ints, int]:
    """Ids as ranks 0 to nodes - 1, and the number of nodes."""
    highest = int(pairs.max())
    if highest > FEW_IDS:
        known, place = np.unique(pairs, return_inverse=True)
        return place.reshape(pairs.shape), len(known)
    seen = np.zeros(highest + 1, bool)
    seen[pairs.ravel()] = True
    ranks = np.cumsum(seen) - 1
    return ranks[pairs], int(ranks[-1]) + 1


def mutual(pairs: Ints, nodes: int) -> tuple[Ints, list[str]]:
    """Each tie once, whichever way and however often it was listed; notes count what changed."""
    one, other = pairs[:, 0], pairs[:, 1]
    way = np.sort((np.minimum(one, other) * nodes + np.maximum(one, other)) * 2 + (one > other))
    ways = way[np.append(True, np.diff(way) > 0)]
    key = ways >> 1
    once = key[np.append(True, np.diff(key) > 0)]
    notes = []
    if len(ways) < len(pairs):
        notes.append(f"{len(pairs) - len(ways):,} repeated rows were counted once")
    both = len(ways) - len(once)
    if 0 < both < len(once):
        notes.append(f"{len(once) - both:,} ties were listed one way only and hold both ways")
    return np.stack([once // nodes, once % nodes], axis=1), notes
