"""A loaded network on the seats of a society, whole, and what it replaces.

Its nodes are relabelled (edges.py), and node k is seat k: whoever lives there has those ties, all
of them, also to members of the own household (a tie of the file like any other). A node without
ties, in the file by a row with itself alone, is a person without ties.

A loaded tie is open from the start and does not turn over by itself: which other pairs might
come to know each other does not stand in the file. What a response cuts may be taken up again
once a year, as often as the loosest computed tie of that layer is lost (assumed).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scoredsociety.errors import UserError, did_you_mean
from scoredsociety.society.places import (
    BY_FILE,
    FRIENDS,
    KIN,
    LOADED,
    NEIGHBOURS,
    ONLINE,
    SCHOOL,
    WORK,
    SlotColumns,
)
from scoredsociety.society.recipes.compile_recipe import places_led_to
from scoredsociety.society.tables import Seats, SocietyTables
from scoredsociety.society.ties.edges import Loaded
from scoredsociety.society.ties.graph import Graph
from scoredsociety.society.ties.stored import StoredTies, written_down

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
    graph: Graph  # the network, relabelled, as the file has it
    notes: tuple[str, ...]  # what was done to the file, counted; nothing by node

    @property
    def ties(self) -> int:
        """Loaded ties that the run holds: all of the file."""
        return self.graph.ties


def seated(
    tables: SocietyTables, seats: Seats, seed: int, loaded: Loaded, layer: str
) -> Seated:
    """Put a loaded network on the seats in place of a layer, or of ``all``.

    UserError where the network has not one node a seat.
    """
    graph = loaded.graph
    check_people(graph.nodes, seats.people)
    tables = slots_for(tables, layer)
    lists = written_down(tables, seats, seed, graph)
    return Seated(tables, lists, layer, graph, loaded.notes)


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
    """Tables in which the slots of a layer are those of a loaded network; one is added if none is.

    The other slots stay what they are, under their own numbers, so their ties are the same.
    """
    replaced, stands_as = REPLACES[layer]
    gone = np.isin(tables.slots.layer, replaced)
    loaded = gone if gone.any() else np.append(gone, True)
    slots = SlotColumns.zeros(len(loaded))
    slots[: len(gone)] = tables.slots
    like = tables.slots[tables.slots.layer == stands_as]
    loosest = like[like.closes.argmax()] if len(like) else tables.slots[0]
    slots[loaded] = loosest
    slots.layer[loaded], slots.reach[loaded], slots.label[loaded] = stands_as, BY_FILE, LOADED
    slots.needs[loaded] = slots.closes[loaded] = slots.is_close[loaded] = 0
    slots.renews[loaded] = loosest.closes
    params = tables.pool.params.copy()  # whose ties the file replaces are no longer met otherwise
    params.related, params.mates = places_led_to(slots)
    return tables._replace(pool=tables.pool._replace(params=params), slots=slots)
