"""One person's life again with one thing otherwise, and everybody else held as they were.

The person is a block of one. What others published and sent comes from the change log; what the
person publishes comes from the life itself, so a record that is missing, an act not done or a rule
left out works on through repeats, lists, grades and responses. A life that changes nothing is
the life of the run, bit for bit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from scoredsociety.conduct.tables import ConductTables
from scoredsociety.engine.blocks import advance_block
from scoredsociety.engine.control.authority import no_scalars
from scoredsociety.engine.demography.seat_holders import leave
from scoredsociety.engine.initial_state import empty_block, empty_exchange, open_first
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.replay.household_replay import Log, apply_changes, mail_of
from scoredsociety.engine.run import first_ranking
from scoredsociety.engine.run_constants import Setting, looked_up, world_at
from scoredsociety.engine.state import Block, Exchange, Messages, no_messages
from scoredsociety.fixed import Ints
from scoredsociety.scheme.tables import SchemeTables

NEVER_DONE = -(1 << 20)  # log2 units: a rate of nothing
Mail = Callable[[Messages, int], Messages]  # what arrives, and in which month


class Edit(NamedTuple):
    """What is otherwise: in one month (``act`` unseen or not done), or from the beginning."""

    month: int  # the first month in which anything is otherwise
    unseen: int | None = None  # an act that no source sees in that month
    undone: int | None = None  # an act that is not done in that month
    mail: Mail | None = None  # changes what arrives
    schemes: tuple[tuple[int, SchemeTables], ...] | None = None  # other rules, all months


class Published(NamedTuple):
    """What stands of the person after the last month lived."""

    score: Ints  # (rows,) centipoints
    status: int
    records: Ints


@dataclass
class _Lane:
    edit: Edit | None
    inputs: Inputs
    setting: Setting
    block: Block
    score: Ints
    status: int

    def month(
        self, month: int, exchange: Exchange, scalars: Ints, mail: Messages,
        ranking: Exchange | None,
    ) -> None:  # fmt: skip
        """Live one month; ``ranking``: what grades by rank go by, if not ``exchange``."""
        first = self.block.first
        exchange.score[:, first], exchange.status[first] = self.score, self.status
        now = month - self.inputs.origin
        leave(self.setting.persons_at(now), now, exchange)
        world = world_at(self.inputs, self.setting, month, exchange, scalars, ranking)
        if self.edit is not None:
            if self.edit.month == month:
                world = world._replace(conduct=otherwise(world.conduct, self.edit))
            if self.edit.mail is not None:
                mail = self.edit.mail(mail, month)
        part = advance_block(world, self.block, mail)
        self.block = part.block
        if len(part.changes.person):
            self.score = part.changes.score[:, 0].astype(np.int64)
            self.status = int(part.changes.status[0])


def otherwise(conduct: ConductTables, edit: Edit) -> ConductTables:
    """The conduct of a month in which an act is unseen or not done."""
    acts = conduct.acts.copy()
    if edit.unseen is not None:
        acts.source_count[edit.unseen] = 0
    if edit.undone is not None:
        acts.rate[edit.undone] = NEVER_DONE
    return conduct._replace(acts=acts)


def with_rules(
    inputs: Inputs, setting: Setting, schemes: tuple[tuple[int, SchemeTables], ...]
) -> tuple[Inputs, Setting]:
    """The inputs and setting under other rules; who lives there stays."""
    changed = inputs._replace(schemes=schemes)
    derived, at_stake = looked_up(changed)
    return changed, setting._replace(derived=derived, stakes=at_stake)


def alternatives(
    inputs: Inputs, setting: Setting, log: Log, person: int, edits: Sequence[Edit], last: int
) -> tuple[Published, list[Published]]:
    """What was published of the person after the month ``last``, and would be under each edit."""
    exchange = empty_exchange(inputs.seats.people, setting.rows)
    scalars, sent = no_scalars(len(inputs.schemes[0][1].schemes)), no_messages()
    true = _begin(inputs, setting, person, exchange, scalars)
    lanes: list[_Lane | None] = [None] * len(edits)
    for month in range(inputs.origin, last + 1):
        mail = mail_of(sent, person, person + 1)
        ranking = first_ranking(log.changes(month)) if month == inputs.origin else None
        for place, edit in enumerate(edits):
            lane = lanes[place]
            if lane is None and edit.month <= month:
                lane = lanes[place] = _branch(true, edit)
            if lane is not None:
                lane.month(month, exchange, scalars, mail, ranking)
        true.month(month, exchange, scalars, mail, ranking)
        apply_changes(exchange, log.changes(month))
        sent, scalars = log.outbox(month), log.scalars(month)
    lived = [_published(true if lane is None else lane) for lane in lanes]
    return _published(true), lived


def _begin(
    inputs: Inputs, setting: Setting, person: int, exchange: Exchange, scalars: Ints
) -> _Lane:
    block = empty_block(person, person + 1, inputs.stored)
    open_first(world_at(inputs, setting, inputs.origin, exchange, scalars), block)
    score = exchange.score[:, person].astype(np.int64)
    return _Lane(None, inputs, setting, block, score, int(exchange.status[person]))


def _branch(true: _Lane, edit: Edit) -> _Lane:
    inputs, setting = true.inputs, true.setting
    if edit.schemes is not None:
        inputs, setting = with_rules(inputs, setting, edit.schemes)
    return _Lane(edit, inputs, setting, true.block, true.score, true.status)


def _published(lane: _Lane) -> Published:
    records = lane.block.records.astype(np.int64)
    return Published(lane.score, lane.status, records)
