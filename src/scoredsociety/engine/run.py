"""Months one after another: blocks on a pool of threads, the exchange between them.

Threads, block sizes, checkpoints and resumption are ways of calling ``month.advance``; none of
them can change a bit, because a block writes only its own columns and reads only the exchange.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from scoredsociety.conduct.responses import no_responses
from scoredsociety.conduct.tables import ConductTables, ResponseTables
from scoredsociety.engine.begin import begin, blocks_of, empty_exchange, settle_persons
from scoredsociety.engine.derive import Derived, derive
from scoredsociety.engine.exchange import gather
from scoredsociety.engine.lives import Turning, leave, turning_of
from scoredsociety.engine.month import advance
from scoredsociety.engine.rank import ranked
from scoredsociety.engine.rate import ratings
from scoredsociety.engine.respond.authority import answer, no_scalars
from scoredsociety.engine.respond.stakes import Stakes, stakes
from scoredsociety.engine.state import (
    CHANGED_AT,
    I32,
    U32,
    Block,
    Exchange,
    Messages,
    Persons,
    RunState,
)
from scoredsociety.engine.tally import Tallies, add, empty_tallies
from scoredsociety.engine.world import World, outputs, scratch
from scoredsociety.fixed import Ints, exp2_table, logistic_table
from scoredsociety.keyed import key_of
from scoredsociety.scheme.tables import FAR, R_FROM, R_UNTIL, SchemeTables
from scoredsociety.society.stored import StoredTies, not_stored
from scoredsociety.society.tables import Seats, SocietyTables


class Inputs(NamedTuple):
    """Everything that decides a run's bits."""

    society: SocietyTables
    seats: Seats
    conduct: tuple[tuple[int, ConductTables], ...]  # (from month, tables), first at the origin
    schemes: tuple[tuple[int, SchemeTables], ...]  # (from month, tables), same rule indices
    seed: int
    origin: int  # first month run, burn-in included (month number)
    months: int  # months run, burn-in included
    responses: tuple[tuple[int, ResponseTables], ...] = ()  # (from month, tables); none
    planted: tuple[tuple[int, int, int, int], ...] = ()  # (month, person, message, whose it was)
    stored: StoredTies | None = None  # ties kept in lists; None: computed
    answered: tuple[tuple[int, SchemeTables], ...] = ()  # (AMENDED or EXTENDED, tables); 0 or 1


class Changes(NamedTuple):
    """What a month changed in the exchange, in order of persons."""

    person: U32  # (n,)
    score: I32  # (rows, n) centipoints
    status: U32  # (n,)


class MonthOutcome(NamedTuple):
    """What one month gives to whoever watches."""

    month: int
    tallies: Tallies
    changes: Changes
    outbox: Messages  # booked next month
    exchange: Exchange  # after the month; read, do not keep
    scalars: Ints  # of the whole society, read next month
    blocks: tuple[Block, ...] = ()  # after the month; read, do not keep


class Machine(NamedTuple):
    """How to run, which decides nothing about the result."""

    threads: int = 1
    communities_per_block: int = 0  # 0: a few thousand persons a block

    def block(self, seats: Seats) -> int:
        """Communities in a block.

        Blocks of 2,048 to 16,384 persons, at least eight a thread where there are enough: small
        ones cost more to count than to run, few ones leave threads idle. A nation has some four
        thousand blocks, larger ones.
        """
        if self.communities_per_block:
            return self.communities_per_block
        persons = min(max(seats.people // (8 * self.threads), 2048), 16_384)
        return max(1, max(persons, seats.people // 4096) // seats.community_size)


ONE_THREAD = Machine()


class Setting(NamedTuple):
    """What a run works out once from its inputs."""

    persons: Persons
    derived: tuple[Derived, ...]  # of each version of the schemes, then of what answers
    stakes: tuple[Stakes, ...]
    turning: Turning | None = None  # where lives turn over

    def persons_at(self, now: int) -> Persons:
        """The columns of everybody ``now`` months after the run's first."""
        return self.turning.at(now) if self.turning else self.persons


OnMonth = Callable[[MonthOutcome], None]
Stop = Callable[[], bool]


def _in_force(versions: tuple[tuple[int, object], ...], month: int) -> int:
    """Place of the version in force in a month."""
    return max(place for place, (start, _) in enumerate(versions) if start <= month or place == 0)


def settle(inputs: Inputs, machine: Machine = ONE_THREAD) -> Setting:
    """Everything that the seed decides and the months share."""
    k0, k1 = key_of(inputs.seed)
    with ThreadPoolExecutor(machine.threads) as pool:
        persons = settle_persons(inputs.society, inputs.seats, k0, k1, pool)
    turning = turning_of(inputs.society, inputs.seats, k0, k1, persons)
    return Setting(persons, *looked_up(inputs), turning)


def looked_up(inputs: Inputs) -> tuple[tuple[Derived, ...], tuple[Stakes, ...]]:
    """What kernels look up of each version of the schemes, then of what answers."""
    conduct = inputs.conduct[0][1]
    versions = [*inputs.schemes, *((FAR[kind - 1], tables) for kind, tables in inputs.answered)]
    derived = tuple(derive(tables, conduct) for _, tables in versions)
    at_stake = tuple(
        stakes(tables, conduct, one, start)
        for (start, tables), one in zip(versions, derived, strict=True)
    )
    return derived, at_stake


def rules_at(inputs: Inputs, month: int, scalars: Ints) -> tuple[int, int, SchemeTables]:
    """(place among the settled versions, month from which they hold, tables) of the rules.

    Once the operator has answered, the rules that waited for it take the month of the answer.
    """
    answered = int(scalars[0, CHANGED_AT])
    if not inputs.answered or not 0 < answered <= month:
        place = _in_force(inputs.schemes, month)
        return (place, *inputs.schemes[place])
    tables = inputs.answered[0][1]
    rules = tables.rules.copy()
    for column in (R_FROM, R_UNTIL):
        waits = np.isin(rules[:, column], FAR)
        rules[waits, column] = answered
    return len(inputs.schemes), answered, tables._replace(rules=rules)


def world_at(
    inputs: Inputs, setting: Setting, month: int, exchange: Exchange, scalars: Ints,
    ranking: Exchange | None = None,
) -> World:  # fmt: skip
    """What kernels see in a month; ``ranking``: what grades by rank go by, if not ``exchange``."""
    place, start, schemes = rules_at(inputs, month, scalars)
    schemes = ranked(
        schemes, setting.derived[place], ranking or exchange, inputs.seats, month
    )
    conduct = inputs.conduct[_in_force(inputs.conduct, month)][1]
    answers = inputs.responses or ((inputs.origin, no_responses()),)
    responses = answers[_in_force(answers, month)][1]
    k0, k1 = key_of(inputs.seed)
    return World(
        k0=k0,
        k1=k1,
        month=month,
        origin=inputs.origin,
        first=1 if month == inputs.origin or month == start else 0,
        society=inputs.society,
        seats=inputs.seats,
        persons=setting.persons_at(month - inputs.origin),
        conduct=conduct,
        schemes=schemes,
        derived=setting.derived[place],
        exp2=exp2_table(),
        logit=logistic_table(),
        responding=int(responses.forms.any()),
        responses=responses,
        stakes=setting.stakes[place],
        scalars=scalars,
        exchange=exchange,
        stored=not_stored() if inputs.stored is None else inputs.stored,
    )


def begin_run(inputs: Inputs, setting: Setting, machine: Machine = ONE_THREAD) -> RunState:
    """The state before the first month."""
    rows = int(setting.derived[0].rows[0])
    exchange = empty_exchange(inputs.seats.people, rows)
    scalars = no_scalars(len(inputs.schemes[0][1].schemes))
    world = world_at(inputs, setting, inputs.origin, exchange, scalars)
    with ThreadPoolExecutor(machine.threads) as pool:
        return begin(world, machine.block(inputs.seats), pool)


class Part(NamedTuple):
    """One block's month."""

    block: Block
    changes: Changes
    messages: Ints  # (n, 3) target, content, origin
    tallies: Tallies


def advance_block(world: World, block: Block, inbox: Messages) -> Part:
    """One month of a block: its next state, what it publishes and sends, what it counts.

    The block itself is left as it was.
    """
    work = scratch(world.conduct, world.schemes, world.derived)
    rows, persons = work.scores.shape[0], block.last - block.first
    low, high = np.searchsorted(inbox.target, [block.first, block.last])
    room, messages = len(block.records) + persons // 8 + 64, persons // 8 + 64
    while True:
        out = outputs(persons, rows, room, messages)
        tallies = empty_tallies(world.conduct, world.schemes, world.derived)
        advance(
            world, block.first, block.last, block.life, block.ties, block.counts,
            block.records, inbox.target[low:high], inbox.content[low:high], out, work, tallies,
        )  # fmt: skip
        kept, changed, sent = (int(value) for value in out.used)
        if kept <= room and sent <= messages:
            break
        room, messages = max(room, kept), max(messages, sent)
    after = Block(
        block.first, block.last, out.life, out.ties, out.counts, out.records[:kept].copy()
    )
    changes = Changes(
        out.person[:changed].copy(), out.score[:, :changed].copy(), out.status[:changed].copy()
    )
    return Part(after, changes, out.outbox[:sent].copy(), tallies)


def _planted(inputs: Inputs, month: int) -> Ints:
    """Records planted in a month, as messages: (n, 3) target, content, origin."""
    rows = [row[1:] for row in inputs.planted if row[0] == month]
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


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


def _all_blocks(world: World, state: RunState, pool: ThreadPoolExecutor) -> Passed:
    """One month of every block; neither the blocks nor the exchange are touched."""
    total: Tallies | None = None
    blocks: list[Block] = []
    changes: list[Changes] = []
    messages: list[Ints] = []
    for part in pool.map(lambda block: advance_block(world, block, state.inbox), state.blocks):
        if total is None:
            total = part.tallies
        else:
            add(total, part.tallies)
        blocks.append(part.block)
        changes.append(part.changes)
        messages.append(part.messages)
    assert total is not None  # a society has a block
    return Passed(total, tuple(blocks), together(changes), messages)


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
    world = world_at(inputs, setting, state.month, state.exchange, state.scalars)
    done = _all_blocks(world, state, pool)
    if state.month == inputs.origin and len(world.derived.ranked):
        ranking = first_ranking(done.changes)
        world = world_at(inputs, setting, state.month, state.exchange, state.scalars, ranking)
        done = _all_blocks(world, state, pool)
    total, after, changes, messages = done
    state.exchange.score[:, changes.person] = changes.score
    state.exchange.status[changes.person] = changes.status
    outbox = gather([*messages, _planted(inputs, state.month + 1), ratings(world)])
    waits = inputs.answered[0][0] if inputs.answered else 0
    scalars = answer(
        world.responses, world.schemes, world.stakes.misuse, state.scalars, total,
        state.month + 1, waits,
    )  # fmt: skip
    outcome = MonthOutcome(state.month, total, changes, outbox, state.exchange, scalars, after)
    return RunState(state.month + 1, state.exchange, after, outbox, scalars), outcome


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


def reblock(state: RunState, seats: Seats, communities_per_block: int) -> RunState:
    """The same state in blocks of another size."""
    life = np.concatenate([block.life for block in state.blocks])
    bits = np.concatenate([block.ties for block in state.blocks])
    counts = np.concatenate([block.counts for block in state.blocks])
    records = np.concatenate([block.records for block in state.blocks])
    ends = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
    blocks = tuple(
        Block(
            first, last, life[first:last].copy(), bits[first:last].copy(),
            counts[first:last].copy(), records[ends[first] : ends[last]].copy(),
        )  # fmt: skip
        for first, last in blocks_of(seats, communities_per_block)
    )
    return state._replace(blocks=blocks)
