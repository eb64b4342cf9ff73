"""A life is recomputable: one household is run again alone, from the seed and the change log.

Nothing of it was stored. The log gives what others published and sent; the month's kernel does
the rest, so what comes out is what happened, bit for bit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

import numpy as np

from scoredsociety.engine.begin import empty_block, empty_exchange
from scoredsociety.engine.blocks import Changes, advance_block
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.lives import came, leave
from scoredsociety.engine.month import account, acts_of, start_ties, ties_now
from scoredsociety.engine.respond.authority import no_scalars
from scoredsociety.engine.run import first_ranking
from scoredsociety.engine.score import PART_GRADE
from scoredsociety.engine.setting import Setting, world_at
from scoredsociety.engine.state import Block, Exchange, Messages, no_messages
from scoredsociety.engine.tally import Tallies, empty_tallies
from scoredsociety.engine.world import Scratch, World, scratch
from scoredsociety.fixed import Ints
from scoredsociety.scheme.tables import NO_GRADE


class Log(Protocol):
    """The change log of a run."""

    def changes(self, month: int) -> Changes:
        """What the month changed in the exchange."""

    def outbox(self, month: int) -> Messages:
        """What was sent in the month, to be booked in the next."""

    def scalars(self, month: int) -> Ints:
        """What the month gave of the whole society, read in the next."""


class Account(NamedTuple):
    """One scheme's view of a person in a month."""

    subject: bool
    score: int  # centipoints, as it would be published this month
    published: int  # centipoints that others see after this month
    grade: int
    parts: Ints  # see engine/score.py


class LifeMonth(NamedTuple):
    """One month of one person."""

    month: int
    person: int
    acts: Ints  # (n, 4) act, amount class, ordinal, 1 for a record without an act
    received: Messages  # records of others' acts or errors that arrived
    records: Ints  # (n,) live records after the month
    ties: int  # open slots during the month
    life: int
    status: int  # published after the month
    accounts: tuple[Account, ...]
    restricted: Ints  # (schemes, 4) of the household: denied; as intended, by error, protected
    came: int = 0  # how a life came that entered the seat this month (society/lives.py); 0: nobody
    coarse: int = 0  # coarse traits of whoever has the seat


def household_of(setting: Setting, people: int, person: int) -> tuple[int, int]:
    """First and one past the last person of a household."""
    byte = int(setting.persons.household[person])
    first = person - (byte >> 4)
    return first, min(first + (byte & 15), people)


def _account(
    world: World, person: int, s: int, records: Ints, open_slots: int, life: int, published: int,
    subject: bool, work: Scratch,
) -> Account:  # fmt: skip
    work.records[: len(records)] = records
    work.left_out[:] = 0
    work.parts[:] = 0
    score = published
    if subject:
        score = int(account(world, person, s, len(records), open_slots, life, work))
    grade = int(work.parts[PART_GRADE]) if subject else NO_GRADE
    return Account(subject, score, published, grade, work.parts.copy())


def apply_changes(exchange: Exchange, changes: Changes) -> None:
    exchange.score[:, changes.person] = changes.score
    exchange.status[changes.person] = changes.status


def mail_of(messages: Messages, first: int, last: int) -> Messages:
    low, high = np.searchsorted(messages.target, [first, last])
    return Messages(*(column[low:high] for column in messages))


def _acts(
    world: World, block: Block, person: int, work: Scratch, tallies: Tallies
) -> Ints:
    place = person - block.first
    n = acts_of(world, person, int(block.life[place]), int(block.ties[place]), work, tallies)
    return work.acts[:n].copy()


def relive(inputs: Inputs, setting: Setting, log: Log, person: int) -> Iterator[list[LifeMonth]]:
    """Each month of the household of ``person``: one entry a member, in order."""
    first, last = household_of(setting, inputs.seats.people, person)
    block = empty_block(first, last)
    exchange = empty_exchange(inputs.seats.people, int(setting.derived[0].rows[0]))
    sent = no_messages()
    scalars = no_scalars(len(inputs.schemes[0][1].schemes))
    for month in range(inputs.origin, inputs.origin + inputs.months):
        leave(setting.persons_at(month - inputs.origin), month - inputs.origin, exchange)
        first_month = month == inputs.origin
        ranking = first_ranking(log.changes(month)) if first_month else None
        world = world_at(inputs, setting, month, exchange, scalars, ranking)
        work = scratch(world.conduct, world.schemes, world.derived)
        if first_month:
            start_ties(world, first, last, block.ties, work)
        unread = empty_tallies(world.conduct, world.schemes, world.derived)
        acts = [_acts(world, block, member, work, unread) for member in range(first, last)]
        ties = np.array(
            [ties_now(world, member, int(block.ties[member - first]), work)
             for member in range(first, last)], dtype=np.int64,
        )  # fmt: skip
        mail = mail_of(sent, first, last)
        part = advance_block(world, block, mail)
        block = part.block
        changes = log.changes(month)
        after = _published(exchange, changes, first, last)
        ends = np.concatenate([[0], np.cumsum(block.counts, dtype=np.int64)])
        result = []
        for place, member in enumerate(range(first, last)):
            mine = block.records[ends[place] : ends[place + 1]].astype(np.int64)
            score, status = after[place]
            accounts = tuple(
                _account(
                    world, member, s, mine, int(ties[place]), int(block.life[place]), score[s],
                    (status >> (4 * s)) & 15 != NO_GRADE, work,
                )
                for s in range(len(world.schemes.schemes))
            )  # fmt: skip
            result.append(
                LifeMonth(
                    month, member, acts[place], mail_of(mail, member, member + 1), mine,
                    int(ties[place]), int(block.life[place]), status, accounts,
                    part.tallies.restricted[:, :, 0],
                    came(world.persons, member, month - inputs.origin),
                    int(world.persons.coarse[member]),
                )  # fmt: skip
            )
        yield result
        apply_changes(exchange, changes)
        sent, scalars = log.outbox(month), log.scalars(month)


def _published(
    exchange: Exchange, changes: Changes, first: int, last: int
) -> list[tuple[list[int], int]]:
    """Scores and status of persons first..last after the month's changes."""
    rows = [
        ([int(value) for value in exchange.score[:, member]], int(exchange.status[member]))
        for member in range(first, last)
    ]
    low, high = np.searchsorted(changes.person, [first, last])
    for place in range(int(low), int(high)):
        member = int(changes.person[place])
        score = [int(value) for value in changes.score[:, place]]
        rows[member - first] = (score, int(changes.status[place]))
    return rows
