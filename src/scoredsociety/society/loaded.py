"""A loaded network on the seats of a society: what it replaces, and what does not fit.

Its nodes are relabelled (edges.py), and node k is seat k: whoever lives there has those ties. A
person keeps one bit a tie, so where the file gives somebody more ties than there are bits, ties
are left out by a keyed rule that looks the same from both ends, and the notes say how many.

A loaded tie is open from the start and does not turn over by itself: which other pairs might
come to know each other does not stand in the file. What a response cuts may be taken up again
once a year, as often as the loosest computed tie of that layer is lost (assumed).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scoredsociety.errors import UserError, did_you_mean
from scoredsociety.fixed import Ints
from scoredsociety.kernel import kernel
from scoredsociety.keyed import draw_pair, key_of, stream
from scoredsociety.society.compile import places_led_to
from scoredsociety.society.edges import Loaded
from scoredsociety.society.graph import Graph
from scoredsociety.society.places import (
    BY_FILE,
    FRIENDS,
    KIN,
    LOADED,
    NEIGHBOURS,
    ONLINE,
    P_MATES,
    P_RELATED,
    S_CLOSE,
    S_CLOSES,
    S_LABEL,
    S_LAYER,
    S_NEEDS,
    S_REACH,
    S_RENEWS,
    SCHOOL,
    WORK,
)
from scoredsociety.society.stored import StoredTies, written_down
from scoredsociety.society.tables import Seats, SocietyTables
from scoredsociety.society.ties import MOST_SLOTS

U8 = npt.NDArray[np.uint8]
THINNING = stream("society:thinning")

# What a loaded network replaces: the layers whose computed ties go, and the layer as which rules
# on ties find it. All together it stands as friends, whom every rule on ties reads.
REPLACES: dict[str, tuple[tuple[int, ...], int]] = {
    "all": ((NEIGHBOURS, KIN, WORK, SCHOOL, FRIENDS, ONLINE), FRIENDS),
    "neighbours": ((NEIGHBOURS,), NEIGHBOURS),
    "kin": ((KIN,), KIN),
    "work": ((WORK,), WORK),
    "school": ((SCHOOL,), SCHOOL),
    "friends": ((FRIENDS,), FRIENDS),
    "online": ((ONLINE,), ONLINE),
}


class Seated(NamedTuple):
    """A society whose ties are, all or in one layer, those of a loaded network."""

    tables: SocietyTables
    stored: StoredTies
    layer: str  # a name in REPLACES
    ties: int  # loaded ties that the run holds
    notes: tuple[str, ...]  # what was done to the file, counted; nothing by node


def seated(
    tables: SocietyTables, seats: Seats, seed: int, loaded: Loaded, layer: str
) -> Seated:
    """Put a loaded network on the seats in place of a layer, or of ``all``.

    UserError where the network has not one node a seat.
    """
    graph = loaded.graph
    check_people(graph.nodes, seats.people)
    tables = slots_for(tables, layer)
    most = int((tables.slots[:, S_RENEWS] >= 0).sum())
    thin, left_out, over = thinned(graph, seed, most)
    notes = list(loaded.notes)
    if left_out:
        notes.append(
            f"{left_out:,} of {graph.ties:,} ties were left out, since {over:,} of "
            f"{graph.nodes:,} nodes have more than the {most} that a run can hold"
        )
    lists = written_down(tables, seats, seed, thin)
    return Seated(tables, lists, layer, thin.ties, tuple(notes))


def check_people(nodes: int, people: int) -> None:
    """UserError where a network has not one node a person."""
    if nodes != people:
        raise UserError(
            f"--ties: the network has {nodes:,} nodes and the society {people:,} people; each "
            "node is one person, so leave --people out"
        )


def check_layer(layer: str) -> None:
    """UserError for a name that is no layer."""
    if layer not in REPLACES:
        hint = did_you_mean(layer, list(REPLACES)) or f" There are {', '.join(REPLACES)}."
        raise UserError(f"--ties-layer {layer}: there is no layer of this name.{hint}")


def slots_for(tables: SocietyTables, layer: str) -> SocietyTables:
    """Tables in which a loaded network has the slots of a layer, and those that nobody uses.

    The other slots stay what they are, under their own numbers, so their ties are the same.
    """
    replaced, stands_as = REPLACES[layer]
    gone = np.isin(tables.slots[:, S_LAYER], replaced)
    slots = np.zeros((MOST_SLOTS, tables.slots.shape[1]), np.int64)
    slots[: len(gone)] = tables.slots
    loaded = np.ones(MOST_SLOTS, bool)
    loaded[: len(gone)] = gone
    like = tables.slots[tables.slots[:, S_LAYER] == stands_as]
    loosest = like[like[:, S_CLOSES].argmax()] if len(like) else tables.slots[0]
    slots[loaded] = loosest
    for field, value in (
        (S_LAYER, stands_as), (S_NEEDS, 0), (S_REACH, BY_FILE), (S_CLOSES, 0), (S_CLOSE, 0),
        (S_LABEL, LOADED), (S_RENEWS, loosest[S_CLOSES]),
    ):  # fmt: skip
        slots[loaded, field] = value
    params = tables.params.copy()  # whose ties the file replaces are no longer met otherwise
    params[P_RELATED], params[P_MATES] = places_led_to(slots)
    return tables._replace(params=params, slots=slots)


@kernel
def thinning_keys(k0: int, k1: int, one: Ints, other: Ints, out: Ints) -> None:
    """A keyed 62-bit number of each pair: the order in which pairs are kept."""
    for pair in range(out.size):
        high, low, _, _ = draw_pair(k0, k1, one[pair], other[pair], 0, THINNING)
        out[pair] = ((high & 0x3FFFFFFF) << 32) | low


@kernel
def keep_in_order(order: Ints, one: Ints, other: Ints, most: int, held: Ints, kept: U8) -> None:
    """Keep each pair, in order, unless one of its ends holds ``most`` already."""
    for place in range(order.size):
        pair = order[place]
        a, b = one[pair], other[pair]
        if held[a] < most and held[b] < most:
            held[a] += 1
            held[b] += 1
            kept[pair] = 1


def thinned(graph: Graph, seed: int, most: int) -> tuple[Graph, int, int]:
    """At most ``most`` ties a person: (graph, ties left out, persons who had more).

    Pairs at a person with too many are gone through in an order keyed by the pair, and kept while
    both ends have room. Pairs of two people who have few are all kept.
    """
    degree = np.diff(graph.first)
    over = degree > most
    if not over.any():
        return graph, 0, 0
    one = np.repeat(np.arange(graph.nodes, dtype=np.int32), degree)
    doubtful = over[one]
    doubtful |= over[graph.other]
    a, b = one[doubtful].astype(np.int64), graph.other[doubtful].astype(np.int64)
    key = np.minimum(a, b) * graph.nodes + np.maximum(a, b)
    once = a < b  # in order of the key, as the ends are in order
    order, kept = np.empty(int(once.sum()), np.int64), np.zeros(int(once.sum()), np.uint8)
    thinning_keys(*key_of(seed), a[once], b[once], order)
    held = np.bincount(one[~doubtful], minlength=graph.nodes).astype(np.int64)
    keep_in_order(np.argsort(order, kind="stable"), a[once], b[once], most, held, kept)
    stay = ~doubtful
    stay[doubtful] = kept[np.searchsorted(key[once], key)] == 1
    first = np.zeros(graph.nodes + 1, np.int64)
    np.cumsum(np.bincount(one[stay], minlength=graph.nodes), out=first[1:])
    thin = Graph(first, graph.other[stay])
    return thin, graph.ties - thin.ties, int(over.sum())
