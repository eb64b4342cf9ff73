"""Mobility of a run: from grade to grade in a year, how long a restriction lasts (Q5; S2-33).

Read for everybody from the change log, with no further run. What the run cuts off is censored
(Kaplan-Meier), not short.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

import numpy as np
import numpy.typing as npt

from scoredsociety.calendar import month_text
from scoredsociety.engine.initial_state import empty_exchange
from scoredsociety.engine.layout import grade_in, is_listed
from scoredsociety.engine.run_constants import Setting
from scoredsociety.engine.state import Exchange
from scoredsociety.fixed import Ints
from scoredsociety.measure.persons.mobility import shorrocks, transition_matrix, transitions
from scoredsociety.measure.persons.spells import Spells, kaplan_meier, re_entry, spells_of
from scoredsociety.runs.prepare import Prepared
from scoredsociety.runs.recorder import ChangeLog
from scoredsociety.scheme import tables as t
from scoredsociety.study.readout.persons import denied_by, derived_of

YEAR = 12
MOST_PEOPLE = 500_000  # a byte for each month of each person is held at once
Bools = npt.NDArray[np.bool_]


def replayed(prepared: Prepared, log: ChangeLog) -> Iterator[tuple[int, Exchange, Ints]]:
    """Each month with what stood published after it, and of whom that was new.

    There is one exchange, changed in place; months of burn-in come first.
    """
    inputs = prepared.inputs
    exchange = empty_exchange(inputs.seats.people, int(derived_of(prepared.inputs).rows[0]))
    for month in range(inputs.origin, inputs.origin + inputs.months):
        changes = log.changes(month)
        exchange.score[:, changes.person] = changes.score
        exchange.status[changes.person] = changes.status
        yield month, exchange, changes.person.astype(np.int64)


def moves_of(prepared: Prepared, setting: Setting, log: ChangeLog) -> list[dict[str, Any]]:
    """Of each scheme: the grades of a year ago and now, and how long restrictions last.

    Empty where the society is too large to be held, or the run has one month.
    """
    months = prepared.scenario.months
    if prepared.inputs.seats.people > MOST_PEOPLE or months < 2:
        return []
    schemes = range(len(prepared.labels.schemes))
    since = max(0, months - 1 - YEAR)
    everybody = np.arange(prepared.inputs.seats.people)
    under = np.zeros((len(schemes), months, len(everybody)), dtype=np.bool_)
    now = np.zeros(under.shape[::2], dtype=np.bool_)  # nobody is denied anything at the start
    lists = lists_told(prepared)
    listed = np.zeros((len(lists), *under.shape[1:]), dtype=np.bool_)
    grades: dict[int, Ints] = {}
    last, derived = prepared.first + months - 1, derived_of(prepared.inputs)
    for month, exchange, new in replayed(prepared, log):
        coarse = setting.persons_at(month - prepared.inputs.origin).coarse
        whom = everybody if setting.turning else new  # a new life may meet other consequences
        for s in schemes:
            now[s, whom] = denied_by(
                prepared.inputs, exchange.status[whom], exchange.score[:, whom], s, derived,
                coarse=coarse[whom],
            )  # fmt: skip
        if month >= prepared.first:
            under[:, month - prepared.first] = now
            status = exchange.status.astype(np.int64)
            for place, (number, _, _) in enumerate(lists):
                listed[place, month - prepared.first] = is_listed(status, number) != 0
        if month in (prepared.first + since, last):
            grades[month] = exchange.status.astype(np.int64)
    first = prepared.first + since
    return [
        {"scheme": prepared.labels.schemes[s], "from": month_text(first), "to": month_text(last),
         **_table_of(prepared, s, grades[first], grades[last]),
         "restricted": lasting(under[s]),
         "lists": [{"list": title, **lasting(listed[place]), "stand": int(listed[place, -1].sum())}
                   for place, (_, of, title) in enumerate(lists) if of == s]}
        for s in schemes
    ]  # fmt: skip


def lists_told(prepared: Prepared) -> list[tuple[int, int, str]]:
    """Bit, scheme and id of each list of a scheme without grades: entries and exits are its all."""
    labels = prepared.labels
    return [
        (number, labels.schemes.index(scheme), title)
        for number, (scheme, title) in enumerate(labels.lists)
        if scheme in labels.schemes and len(labels.grades[labels.schemes.index(scheme)]) < 2
    ]  # fmt: skip


def _table_of(prepared: Prepared, s: int, before: Ints, after: Ints) -> dict[str, Any]:
    """Counts from grade to grade (lowest first) with Shorrocks' index."""
    names = list(prepared.labels.grades[s])
    one, two = grade_in(before, s), grade_in(after, s)
    there = (one != t.NO_GRADE) & (two != t.NO_GRADE)
    counts = transitions(one[there], two[there], len(names))
    held = (counts.sum(axis=0) + counts.sum(axis=1)) > 0  # a grade that nobody holds says nothing
    counts = counts[held][:, held]
    return {
        "grades": [name for name, kept in zip(names, held, strict=True) if kept],
        "counts": counts.tolist(),
        "shorrocks": shorrocks(transition_matrix(counts)) if len(counts) > 1 else None,
    }


def lasting(state: Bools) -> dict[str, Any]:
    """Spells of a (months, persons) state: how many, how they end, who comes back."""
    spells = spells_of(state)
    seen = spells.known_start  # those that stood when the window opened began nobody knows when
    begun = Spells(spells.person[seen], spells.start[seen], spells.months[seen],
                   spells.ended[seen], spells.known_start[seen])  # fmt: skip
    if not len(begun.person):
        return {"spells": 0, "ended": 0}
    curve, back = kaplan_meier(begun.months, begun.ended), None
    if begun.ended.any():
        back = 1 - re_entry(begun, len(state)).at(min(YEAR, len(state) - 1))
    return {
        "spells": len(begun.person), "persons": len(np.unique(begun.person)),
        "ended": int(begun.ended.sum()),
        "median": curve.median if isfinite(curve.median) else None,
        "after": {str(k): curve.at(k) for k in lengths(len(state))},
        "back_within_a_year": back,
        "months": len(state),
    }  # fmt: skip


def lengths(window: int) -> Sequence[int]:
    """Ages of a spell, in months, at which it is said how many stand."""
    return [k for k in (1, 3, 6, 12, 24, 36) if k < window]
