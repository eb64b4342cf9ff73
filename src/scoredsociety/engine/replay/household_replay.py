"""A life is recomputable: one household is run again alone, from the seed and the change log.

Nothing of it was stored. The log gives what others published and sent; the month's kernel does
the rest, so what comes out is what happened, bit for bit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from scoredsociety.engine.act.acceptance import MonthActs
from scoredsociety.engine.blocks import Changes, Part, advance_block
from scoredsociety.engine.collect.filing import filings
from scoredsociety.engine.control.authority import no_scalars
from scoredsociety.engine.demography.seat_holders import came, leave
from scoredsociety.engine.initial_state import empty_block, empty_exchange, open_first
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.layout import grade_in
from scoredsociety.engine.month_view import Scratch, World, on_ties, scratch
from scoredsociety.engine.replay.lone_month import account, acts_of, ties_now
from scoredsociety.engine.run import first_ranking
from scoredsociety.engine.run_constants import Setting, world_at
from scoredsociety.engine.score.ledger_places import PART_GRADE
from scoredsociety.engine.state import Block, Exchange, Messages, no_messages
from scoredsociety.engine.tally import V_CHILD, V_FLIGHT, V_TRAIN, Tallies, empty_tallies
from scoredsociety.fixed import Ints
from scoredsociety.scheme.tables import NO_GRADE

MOST_FILINGS = 512  # of one person in a month: 64 acts, 8 sources each


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
    parts: Ints  # see engine/score/scoring.py


class LifeMonth(NamedTuple):
    """One month of one person."""

    month: int
    person: int
    acts: MonthActs
    filed: Ints  # (n, 4) place of the act, source, on whom (collect.OWN or not), months late
    received: Messages  # records of others' acts or errors that arrived
    records: Ints  # (n,) live records after the month
    ties: int  # open slots during the month, of computed ties
    life: int
    status: int  # published after the month
    accounts: tuple[Account, ...]
    restricted: Ints  # (schemes, 4) of the household: denied; as intended, by error, protected
    # how a life came that entered the seat this month (society/people/lives.py); 0: nobody
    came: int = 0
    coarse: int = 0  # coarse traits of whoever has the seat
    refused: tuple[int, ...] = (0, 0, 0)  # flights, trains, children kept out, of the household


def household_of(setting: Setting, people: int, person: int) -> tuple[int, int]:
    """First and one past the last person of a household."""
    byte = int(setting.persons.household[person])
    first = person - (byte >> 4)
    return first, min(first + (byte & 15), people)


class _Stood(NamedTuple):
    """What a score goes by at the end of a month."""

    records: Ints
    open_slots: int
    life: int


def _account(
    world: World, person: int, s: int, stood: _Stood, published: int, subject: bool,
    work: Scratch,
) -> Account:  # fmt: skip
    count = len(stood.records)
    work.records[:count] = stood.records
    work.left_out[:] = 0
    work.parts[:] = 0
    score = published
    if subject:
        score = int(account(world, person, s, count, stood.open_slots, stood.life, work))
    grade = int(work.parts[PART_GRADE]) if subject else NO_GRADE
    return Account(subject, score, published, grade, work.parts.copy())


def apply_changes(exchange: Exchange, changes: Changes) -> None:
    exchange.score[:, changes.person] = changes.score
    exchange.status[changes.person] = changes.status


def mail_of(messages: Messages, first: int, last: int) -> Messages:
    low, high = np.searchsorted(messages.target, [first, last])
    return Messages(*(column[low:high] for column in messages))


def _acts(
    world: World, block: Block, person: int, mail: Messages, work: Scratch, tallies: Tallies
) -> MonthActs:
    """What a person did in a month; ``work`` holds the state of ties in lists, and then has it
    as it was during the month."""
    place = person - block.first
    first, held = int(block.counts[:place].sum(dtype=np.int64)), int(block.counts[place])
    work.records[:held] = block.records[first : first + held]
    n = acts_of(world, block, person, mail.content, work, tallies)
    return work.acts[:n].copy()


class Home(NamedTuple):
    """One month of a household, whose members are not told apart yet."""

    world: World
    before: Block  # its columns as the month began
    mail: Messages  # what others sent to it
    part: Part  # what the month made of it


def side_by_side(
    inputs: Inputs, setting: Setting, log: Log, homes: Sequence[tuple[int, int]]
) -> Iterator[list[Home]]:
    """Each month of some households (first and one past the last person), in their order."""
    blocks = [empty_block(*home, inputs.stored) for home in homes]
    exchange = empty_exchange(inputs.seats.people, setting.rows)
    sent = no_messages()
    scalars = no_scalars(len(inputs.schemes[0][1].schemes))
    for month in range(inputs.origin, inputs.origin + inputs.months):
        leave(setting.persons_at(month - inputs.origin), month - inputs.origin, exchange)
        first_month = month == inputs.origin
        ranking = first_ranking(log.changes(month)) if first_month else None
        world = world_at(inputs, setting, month, exchange, scalars, ranking)
        if first_month:
            for block in blocks:
                open_first(world, block)
        unread = empty_tallies(world.conduct, world.schemes, world.derived)
        lived = []
        for block in blocks:
            mail = mail_of(sent, block.first, block.last)
            # who is restricted, and what was refused, is read of each household; nothing else is
            counts = unread._replace(
                restricted=np.zeros_like(unread.restricted),
                responses=np.zeros_like(unread.responses),
            )
            lived.append(Home(world, block, mail, advance_block(world, block, mail, counts)))
        yield lived
        blocks = [home.part.block for home in lived]
        apply_changes(exchange, log.changes(month))
        sent, scalars = log.outbox(month), log.scalars(month)


def relive(inputs: Inputs, setting: Setting, log: Log, person: int) -> Iterator[list[LifeMonth]]:
    """Each month of the household of ``person``: one entry a member, in order."""
    home = household_of(setting, inputs.seats.people, person)
    for (lived,) in side_by_side(inputs, setting, log, [home]):
        yield told(log, [(lived, member) for member in range(*home)])


def relive_each(
    inputs: Inputs, setting: Setting, log: Log, persons: Sequence[int]
) -> Iterator[list[LifeMonth]]:
    """Each month of some persons, of any households, in their order."""
    homes = [household_of(setting, inputs.seats.people, person) for person in persons]
    for lived in side_by_side(inputs, setting, log, homes):
        yield told(log, list(zip(lived, persons, strict=True)))


def told(log: Log, members: Sequence[tuple[Home, int]]) -> list[LifeMonth]:
    """The month of some members of households, each of its own."""
    if not members:
        return []
    world = members[0][0].world
    work = scratch(world.conduct, world.schemes, world.derived)
    unread = empty_tallies(world.conduct, world.schemes, world.derived)
    changes = log.changes(world.month)
    return [_told(home, member, changes, work, unread) for home, member in members]


def _told(
    home: Home, member: int, changes: Changes, work: Scratch, unread: Tallies
) -> LifeMonth:
    world, before, after = home.world, home.before, home.part.block
    place = member - after.first
    mail = mail_of(home.mail, member, member + 1)
    work = on_ties(work, world.stored, before.ends.copy(), before.first)
    acts = _acts(world, before, member, mail, work, unread)
    ties = ties_now(world, member, int(before.ties[place]), work)
    filed = np.zeros((MOST_FILINGS, 5), dtype=np.int64)
    filed = filed[: int(filings(world, member, len(acts), ties, work, filed))]
    ends = np.concatenate([[0], np.cumsum(after.counts, dtype=np.int64)])
    mine = after.records[ends[place] : ends[place + 1]].astype(np.int64)
    score, status = _published(world.exchange, changes, member)
    accounts = tuple(
        _account(
            world, member, s, _Stood(mine, ties, int(after.life[place])), score[s],
            grade_in(status, s) != NO_GRADE, work,
        )
        for s in range(len(world.schemes.schemes))
    )  # fmt: skip
    return LifeMonth(
        world.month, member, acts, filed, mail, mine, ties,
        int(after.life[place]), status, accounts, home.part.tallies.restricted[:, :, 0],
        came(world.persons, member, world.month - world.origin),
        int(world.persons.coarse[member]),
        tuple(int(home.part.tallies.responses[kind, 0]) for kind in (V_FLIGHT, V_TRAIN, V_CHILD)),
    )  # fmt: skip


def _published(exchange: Exchange, changes: Changes, person: int) -> tuple[list[int], int]:
    """Scores and status of a person after the month's changes."""
    low, high = np.searchsorted(changes.person, [person, person + 1])
    if low < high:
        return [int(value) for value in changes.score[:, low]], int(changes.status[low])
    return [int(value) for value in exchange.score[:, person]], int(exchange.status[person])
