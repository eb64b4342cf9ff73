"""Months one after another: blocks on a pool of threads, the exchange between them.

Threads, block sizes, checkpoints and resumption are ways of calling ``month.advance``; none of
them can change a bit, because a block writes only its own columns and reads only the exchange.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from scoredsociety.engine.blocks import Changes, Passed, all_blocks
from scoredsociety.engine.control.authority import answer, no_scalars
from scoredsociety.engine.demography.seat_holders import leave
from scoredsociety.engine.federation.federated import (
    all_jurisdictions,
    all_ratings,
    borders,
    shown,
    views,
    world_of,
)
from scoredsociety.engine.initial_state import begin, blocks_of, empty_exchange
from scoredsociety.engine.inputs import ONE_THREAD, Inputs, Machine
from scoredsociety.engine.month_view import World
from scoredsociety.engine.publish.exchange import gather
from scoredsociety.engine.run_constants import Setting, rules_at, world_at
from scoredsociety.engine.score.peer_ratings import ratings
from scoredsociety.engine.state import Block, Exchange, Messages, RunState, ends_of
from scoredsociety.engine.tally import Tallies
from scoredsociety.fixed import Ints
from scoredsociety.society.tables import Seats
from scoredsociety.society.ties.stored import StoredTies, of_persons


class MonthOutcome(NamedTuple):
    """What one month gives to whoever watches."""

    month: int
    tallies: Tallies
    changes: Changes
    outbox: Messages  # booked next month
    exchange: Exchange  # after the month; read, do not keep
    scalars: Ints  # of the whole society, read next month
    blocks: tuple[Block, ...] = ()  # after the month; read, do not keep


OnMonth = Callable[[MonthOutcome], None]
Stop = Callable[[], bool]


def begin_run(inputs: Inputs, setting: Setting, machine: Machine = ONE_THREAD) -> RunState:
    """The state before the first month."""
    exchange = empty_exchange(inputs.seats.people, setting.rows)
    scalars = no_scalars(len(inputs.schemes[0][1].schemes))
    if inputs.jurisdictions:
        one = views(inputs, setting)[0]
        world = world_at(one.inputs, one.setting, inputs.origin, exchange, scalars)
    else:
        world = world_at(inputs, setting, inputs.origin, exchange, scalars)
    with ThreadPoolExecutor(machine.threads) as pool:
        begun = begin(world, machine.block(inputs.seats), pool, borders(inputs))
    return begun._replace(scalars=scalars)


def _planted(inputs: Inputs, month: int) -> Ints:
    """Records planted in a month, as messages: (n, 3) target, content, origin."""
    rows = [row[1:] for row in inputs.planted if row[0] == month]
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


def first_ranking(changes: Changes) -> Exchange:
    """What grades by rank go by in the first month, when nothing was published: its own scores.

    Everybody publishes in a first month, so its changes are the whole exchange.
    """
    return Exchange(changes.score, changes.status)


def one_month(
    inputs: Inputs, setting: Setting, state: RunState, pool: ThreadPoolExecutor
) -> tuple[RunState, MonthOutcome]:
    """Run one month. The exchange's arrays go on in the returned state; the rest is new."""
    now = state.month - inputs.origin
    leave(setting.persons_at(now), now, state.exchange)
    made = _by_region(inputs, setting, state, pool) if inputs.jurisdictions else _as_one(
        inputs, setting, state, pool
    )
    total, after, changes, messages = made.done
    outbox = gather([*messages, _planted(inputs, state.month + 1), *made.ratings])
    waits, world = inputs.answered[0][0] if inputs.answered else 0, made.world
    scalars = answer(
        world.responses, rules_at(inputs, state.month, state.scalars)[2], world.stakes.misuse,
        state.scalars, total, state.month + 1, waits,
    )  # fmt: skip
    outcome = MonthOutcome(state.month, total, changes, outbox, state.exchange, scalars, after)
    return RunState(state.month + 1, state.exchange, after, outbox, scalars), outcome


class _Made(NamedTuple):
    """A month, with one of the worlds that it was made in; the exchange is after it."""

    done: Passed
    ratings: list[Ints]
    world: World


def _publish(exchange: Exchange, changes: Changes) -> None:
    exchange.score[:, changes.person] = changes.score
    exchange.status[changes.person] = changes.status


def _as_one(inputs: Inputs, setting: Setting, state: RunState, pool: ThreadPoolExecutor) -> _Made:
    """A month under one set of tables."""
    world = world_at(inputs, setting, state.month, state.exchange, state.scalars)
    done = all_blocks(world, state, pool)
    if state.month == inputs.origin and len(world.derived.ranked):
        ranking = first_ranking(done.changes)
        world = world_at(inputs, setting, state.month, state.exchange, state.scalars, ranking)
        done = all_blocks(world, state, pool)
    _publish(state.exchange, done.changes)
    return _Made(done, [ratings(world)], world)


def _by_region(
    inputs: Inputs, setting: Setting, state: RunState, pool: ThreadPoolExecutor
) -> _Made:
    """A month of each jurisdiction."""
    month, each = state.month, views(inputs, setting)
    before = shown(inputs, each, state.exchange, state.scalars, month)
    done = all_jurisdictions(inputs, setting, each, state, before, pool)
    ranked = any(len(one.ranked) for view in each for one in view.setting.derived)
    if month == inputs.origin and ranked:
        ranking = first_ranking(done.changes)
        seen = shown(inputs, each, ranking, state.scalars, month)
        done = all_jurisdictions(inputs, setting, each, state, before, pool, seen)
    _publish(state.exchange, done.changes)
    after = shown(inputs, each, state.exchange, state.scalars, month)
    rated = all_ratings(each, month, state.scalars, after)
    return _Made(done, rated, world_of(each[0], month, state.scalars, after))


def advance_run(
    inputs: Inputs, setting: Setting, state: RunState, *, machine: Machine = ONE_THREAD,
    on_month: OnMonth | None = None, stop: Stop | None = None,
) -> RunState:  # fmt: skip
    """Run until the last month, or until ``stop()`` is true at the end of a month."""
    with ThreadPoolExecutor(machine.threads) as pool:
        while state.month < inputs.origin + inputs.months:
            state, outcome = one_month(inputs, setting, state, pool)
            if on_month:
                on_month(outcome)
            if stop and stop():
                break
    return state


def reblock(
    state: RunState, seats: Seats, communities_per_block: int, stored: StoredTies | None = None,
    at: Sequence[int] = (),
) -> RunState:  # fmt: skip
    """The same state in blocks of another size; ``stored``: the ties, where in lists.

    ``at``: persons at which a block has to begin (``federated.borders``).
    """
    life = np.concatenate([block.life for block in state.blocks])
    bits, ends_open = np.concatenate([block.ties for block in state.blocks]), ends_of(state)
    counts = np.concatenate([block.counts for block in state.blocks])
    records = np.concatenate([block.records for block in state.blocks])
    ends = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
    blocks = tuple(
        Block(
            first, last, life[first:last].copy(), bits[first:last].copy(),
            of_persons(stored, ends_open, first, last).copy(), counts[first:last].copy(),
            records[ends[first] : ends[last]].copy(),
        )  # fmt: skip
        for first, last in blocks_of(seats, communities_per_block, at)
    )
    return state._replace(blocks=blocks)
