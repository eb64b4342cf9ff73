"""The state before the first month: who lives where, whom they know, nothing published yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from scoredsociety.by_address import by_address
from scoredsociety.engine.layout import ALL_UNGRADED
from scoredsociety.engine.month_view import World, on_ties, scratch
from scoredsociety.engine.state import U8, U16, Block, Exchange, Persons, RunState, no_messages
from scoredsociety.engine.ties.of_month import start_ties
from scoredsociety.fixed import Ints
from scoredsociety.kernel import int64, kernel
from scoredsociety.society.people import households, traits
from scoredsociety.society.tables import TRAITS, Seats, SocietyTables
from scoredsociety.society.ties.stored import StoredTies, ends_between
from scoredsociety.society.ties.together import Together, all_together


@by_address
class Settled(NamedTuple):
    """Columns of everyone that the seed alone decides."""

    household: U8  # (people,)
    coarse: U16  # (people,)


@kernel
def settle(
    society: SocietyTables, seats: Seats, k0: int, k1: int, community: int, persons: Settled,
    partition: U8, work: Ints,
) -> None:  # fmt: skip
    """Fill the household and coarse columns of one community."""
    household, coarse = persons.household, persons.coarse
    first = community << seats.community_bits
    there = min(seats.community_size, seats.people - first)
    households.partition(society, seats, k0, k1, community, partition)
    for seat in range(there):
        household[first + seat] = partition[seat]
        traits.fill(society, seats, k0, k1, first + seat, int64(partition[seat]), work)
        coarse[first + seat] = np.uint16(traits.coarse_of(work))


def settle_persons(
    society: SocietyTables, seats: Seats, k0: int, k1: int, pool: ThreadPoolExecutor
) -> Persons:
    """The columns that the seed alone decides, for everyone."""
    household = np.zeros(seats.people, dtype=np.uint8)
    coarse = np.zeros(seats.people, dtype=np.uint16)

    persons = Settled(household, coarse)

    def part(communities: range) -> None:
        partition = np.zeros(seats.community_size, dtype=np.uint8)
        work = np.zeros(len(TRAITS), dtype=np.int64)
        for community in communities:
            settle(society, seats, k0, k1, community, persons, partition, work)

    total = len(seats.region)
    step = max(1, -(-total // 64))
    list(pool.map(part, [range(at, min(at + step, total)) for at in range(0, total, step)]))
    def each(job: Callable[[int, int], None], _: int) -> None:
        list(pool.map(lambda at: job(at, min(at + step, total)), range(0, total, step)))

    return one_life_each(household, coarse, all_together(society, seats, k0, k1, each))


def one_life_each(household: U8, coarse: U16, together: Together) -> Persons:
    """Columns in which nobody's seat ever goes to another."""
    return Persons(
        household, coarse, np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.uint16),
        np.zeros(0, dtype=np.int16), np.zeros(0, dtype=np.uint16), np.zeros(0, dtype=np.uint8),
        together,
    )  # fmt: skip


def blocks_of(
    seats: Seats, communities: int, borders: Sequence[int] = ()
) -> list[tuple[int, int]]:
    """First and one past the last person of each block of so many communities.

    ``borders``: persons at which a block has to begin.
    """
    size, edges = communities * seats.community_size, sorted({0, *borders, seats.people})
    return [
        (at, min(at + size, end))
        for start, end in pairwise(edges) for at in range(start, end, size)
    ]  # fmt: skip


def empty_block(first: int, last: int, stored: StoredTies | None) -> Block:
    """A block with no lives lived yet; ``stored``: the ties of the society, where in lists."""
    count = last - first
    return Block(
        first=first,
        last=last,
        life=np.zeros(count, dtype=np.uint64),
        ties=np.zeros(count, dtype=np.uint32),
        ends=np.zeros(ends_between(stored, first, last), dtype=np.uint8),
        counts=np.zeros(count, dtype=np.uint8),
        records=np.zeros(0, dtype=np.uint32),
    )


def begin(
    world: World, communities: int, pool: ThreadPoolExecutor, borders: Sequence[int] = ()
) -> RunState:
    """The state before the month of ``world``, whose exchange is empty."""
    edges = blocks_of(world.seats, communities, borders)
    blocks = [empty_block(*one, world.stored) for one in edges]

    list(pool.map(lambda block: open_first(world, block), blocks))
    return RunState(
        world.month, world.exchange, tuple(blocks), no_messages(), world.scalars
    )


def open_first(world: World, block: Block) -> None:
    """Open the ties of an empty block that are open before the first month."""
    work = scratch(world.conduct, world.schemes, world.derived)
    work = on_ties(work, world.stored, block.ends, block.first)
    start_ties(world, block.first, block.last, block.ties, work)


def empty_exchange(people: int, rows: int) -> Exchange:
    """Nothing published."""
    return Exchange(
        score=np.zeros((rows, people), dtype=np.int32),
        status=np.full(people, ALL_UNGRADED, dtype=np.uint32),
    )
