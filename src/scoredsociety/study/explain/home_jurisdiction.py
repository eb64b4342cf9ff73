"""A run whose schemes are divided by region, as a run of the schemes under which somebody lives.

Questions about a person read one set of tables. They are asked of this: the person's jurisdiction
with its tables and names, and a change log that says what its kernels saw of everybody. Of a run
with one set of tables it is the run itself.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scoredsociety.engine.blocks import Changes
from scoredsociety.engine.control.authority import no_scalars
from scoredsociety.engine.demography.seat_holders import leave
from scoredsociety.engine.federation.federated import (
    View,
    arrived,
    is_in,
    local_scalars,
    seen_from,
    shown,
    views,
)
from scoredsociety.engine.initial_state import empty_exchange
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.replay.household_replay import Log, apply_changes
from scoredsociety.engine.run_constants import Setting
from scoredsociety.engine.state import Exchange, Messages
from scoredsociety.fixed import Ints
from scoredsociety.runs.documents.divided_tables import tables_of
from scoredsociety.runs.labels import labels_of
from scoredsociety.runs.prepare import Prepared


class AtHome(NamedTuple):
    """What questions about a person are asked of."""

    prepared: Prepared
    setting: Setting
    log: Log


class HomeLog:
    """The change log of a run as the kernels of one jurisdiction see it."""

    def __init__(self, inputs: Inputs, setting: Setting, view: View, log: Log) -> None:
        self._inputs, self._setting, self._view, self._log = inputs, setting, view, log
        self._all = views(inputs, setting)
        self._exchange = empty_exchange(inputs.seats.people, setting.rows)
        self._next = inputs.origin
        self._kept: dict[int, Changes] = {}

    def changes(self, month: int) -> Changes:
        """What the month changed in what is seen, of persons elsewhere too."""
        while month not in self._kept:
            self._kept[self._next] = self._read(self._next)
            self._next += 1
        return self._kept[month]

    def outbox(self, month: int) -> Messages:
        """What was sent to people of the jurisdiction, in its numbers."""
        return arrived(self._view, self._log.outbox(month))

    def scalars(self, month: int) -> Ints:
        """What is known of its schemes."""
        return local_scalars(self._view, self._log.scalars(month))

    def seen(self, month: int, exchange: Exchange, scalars: Ints) -> Exchange:
        """What its kernels see in a month of what was published before."""
        return seen_from(self._view, shown(self._inputs, self._all, exchange, scalars, month))

    def _read(self, month: int) -> Changes:
        now = month - self._inputs.origin
        leave(self._setting.persons_at(now), now, self._exchange)
        first = month == self._inputs.origin
        known = no_scalars(len(self._inputs.schemes[0][1].schemes)) if first else (
            self._log.scalars(month - 1)
        )
        before = self.seen(month, self._exchange, known).status.copy()
        changes = self._log.changes(month)
        apply_changes(self._exchange, changes)
        after = self.seen(month + 1, self._exchange, self._log.scalars(month)).status
        moved = before != after
        moved[changes.person] = True
        persons = np.flatnonzero(moved)
        return Changes(
            persons.astype(np.uint32), self._exchange.score[:, persons].copy(), after[persons]
        )


def at_home(prepared: Prepared, setting: Setting, log: Log, person: int) -> AtHome:
    """The run as people of the person's jurisdiction know it."""
    inputs = prepared.inputs
    if not inputs.jurisdictions:
        return AtHome(prepared, setting, log)
    view = next((one for one in views(inputs, setting) if is_in(one, person)), None)
    if view is None:  # nobody has this number: whoever asks says so
        view = views(inputs, setting)[0]
    schemes = view.numbers.schemes.tolist()
    versions = prepared.versions._replace(
        schemes=[prepared.versions.schemes[s] for s in schemes]
    )
    end = inputs.origin + inputs.months
    names = tables_of(prepared.scenario, versions, inputs.origin, end).names
    own = prepared._replace(
        inputs=view.inputs, names=names, labels=labels_of(names, prepared.conduct),
        versions=versions,
    )  # fmt: skip
    return AtHome(own, view.setting, HomeLog(inputs, setting, view, log))
