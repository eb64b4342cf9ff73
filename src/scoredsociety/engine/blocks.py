"""One month of the blocks of a society, on a pool of threads.

A block writes only its own columns and reads only the exchange.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from scoredsociety.engine.month import advance
from scoredsociety.engine.month_view import World, on_ties, outputs, scratch
from scoredsociety.engine.state import I32, U32, Block, Messages, RunState
from scoredsociety.engine.tally import Tallies, add, empty_tallies
from scoredsociety.fixed import Ints


class Changes(NamedTuple):
    """What a month changed in the exchange, in order of persons."""

    person: U32  # (n,)
    score: I32  # (rows, n) centipoints
    status: U32  # (n,)


class Part(NamedTuple):
    """One block's month."""

    block: Block
    changes: Changes
    messages: Ints  # (n, 3) target, content, origin
    tallies: Tallies


def room_for(block: Block) -> tuple[int, int]:
    """Records and messages that a call has room for, before it says that it needs more."""
    some = (block.last - block.first) // 8 + 64
    return len(block.records) + some, some


def advance_block(
    world: World, block: Block, inbox: Messages, tallies: Tallies | None = None
) -> Part:
    """One month of a block: its next state, what it publishes and sends, what it counts.

    The block itself is left as it was. What it counts is added to ``tallies``, where they are
    given.
    """
    work = scratch(world.conduct, world.schemes, world.derived)
    rows, persons = work.scores.shape[0], block.last - block.first
    low, high = np.searchsorted(inbox.target, [block.first, block.last])
    mail = Messages(*(column[low:high] for column in inbox))
    room, messages = room_for(block)
    counted = tallies or empty_tallies(world.conduct, world.schemes, world.derived)
    counting = counted
    while True:
        out = outputs(persons, rows, room, messages, len(block.ends))
        work = on_ties(work, world.stored, out.ends, block.first)
        advance(world, block, mail, out, work, counting)
        kept, changed, sent = (int(value) for value in out.used)
        if kept <= room and sent <= messages:
            break
        room, messages = max(room, kept), max(messages, sent)
        # a call that has too little room counts everything all the same: the next counts in vain
        counting = empty_tallies(world.conduct, world.schemes, world.derived)
    after = Block(
        block.first, block.last, out.life, out.ties, out.ends, out.counts,
        out.records[:kept].copy(),
    )  # fmt: skip
    changes = Changes(
        out.person[:changed].copy(), out.score[:, :changed].copy(), out.status[:changed].copy()
    )
    return Part(after, changes, out.outbox[:sent].copy(), counted)


def together(parts: list[Changes]) -> Changes:
    """The changes of all blocks in order; ``parts`` is emptied, so a nation's are held once."""
    sizes = [len(part.person) for part in parts]
    ends = np.cumsum([0, *sizes], dtype=np.int64)
    first = parts[0]
    whole = Changes(
        np.empty(ends[-1], dtype=first.person.dtype),
        np.empty((len(first.score), ends[-1]), dtype=first.score.dtype),
        np.empty(ends[-1], dtype=first.status.dtype),
    )
    parts.reverse()
    for start, end in zip(ends[:-1], ends[1:], strict=True):
        part = parts.pop()
        whole.person[start:end] = part.person
        whole.score[:, start:end] = part.score
        whole.status[start:end] = part.status
    return whole


class Passed(NamedTuple):
    """What one pass over all blocks gives."""

    tallies: Tallies
    blocks: tuple[Block, ...]
    changes: Changes
    messages: list[Ints]


def all_blocks(world: World, state: RunState, pool: ThreadPoolExecutor) -> Passed:
    """One month of every block; neither the blocks nor the exchange are touched."""
    total, parts = some_blocks(world, state.blocks, state.inbox, pool)
    return passed(total, parts)


def passed(total: Tallies, parts: list[Part]) -> Passed:
    """What a pass over all blocks gives, whose parts are in order; ``parts`` is emptied."""
    blocks, changes, messages = [], [], []
    for part in parts:
        blocks.append(part.block)
        changes.append(part.changes)
        messages.append(part.messages)
    parts.clear()
    return Passed(total, tuple(blocks), together(changes), messages)


def some_blocks(
    world: World, some: Sequence[Block], inbox: Messages, pool: ThreadPoolExecutor
) -> tuple[Tallies, list[Part]]:
    """One month of some blocks, and what it counts of them together.

    A thread takes tallies that no other counts in, so there are never more of them than threads.
    """
    free: list[Tallies] = []

    def advanced(block: Block) -> Part:
        try:
            counted = free.pop()
        except IndexError:
            counted = empty_tallies(world.conduct, world.schemes, world.derived)
        part = advance_block(world, block, inbox, counted)
        free.append(counted)
        return part

    parts = list(pool.map(advanced, some))
    total, *others = free
    for counted in others:
        add(total, counted)
    return total, parts
