"""Where groups meet: who is restricted in each joint cell of place, income and internet (Q1, Q5).

Read from the last state of a run. Cells of fewer than ten subjects are counted and not shown.
Persons of one household are not independent, so intervals are by household
(measure/statistics/zero_counts.py), and as wide as it takes for those of all cells to hold together
in 95 of 100 draws (Bonferroni).
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np

from scoredsociety.engine.run_constants import Setting
from scoredsociety.engine.state import RunState
from scoredsociety.fixed import Ints
from scoredsociety.measure.measure import Bools
from scoredsociety.measure.persons.exclusion import GroupRate, group_rate
from scoredsociety.measure.persons.intersections import JOINT
from scoredsociety.measure.statistics.zero_counts import clustered, together
from scoredsociety.runs.prepare import Prepared
from scoredsociety.society import tables as so
from scoredsociety.study.readout.persons import coarse_now, denied_by, derived_of, subjects_now

MOST_PEOPLE = 2_000_000
SURE = 0.95  # that the intervals of all cells hold
PLACES = ("rural", "urban")
FIFTHS = ("lowest fifth", "second fifth", "middle fifth", "fourth fifth", "highest fifth")
INTERNET = ("offline", "online")
NAMES = [JOINT.join(parts) for parts in product(PLACES, FIFTHS, INTERNET)]


def joint_of(prepared: Prepared, setting: Setting, state: RunState) -> list[dict[str, Any]]:
    """Of each scheme: a row a joint cell, with restricted, subjects, interval and caution.

    ``state`` is the last of the run.
    """
    if prepared.inputs.seats.people > MOST_PEOPLE:
        return []
    exchange = state.exchange
    cell = _cell_of(setting.persons.coarse.astype(np.int64))
    persons = np.arange(prepared.inputs.seats.people)
    home = persons - (setting.persons.household.astype(np.int64) >> 4)  # the seat of its head
    derived, last = derived_of(prepared.inputs), coarse_now(prepared.inputs, setting)
    found = []
    for s, scheme in enumerate(prepared.labels.schemes):
        among = subjects_now(exchange.status, s)
        under = among & denied_by(
            prepared.inputs, exchange.status, exchange.score, s, derived, coarse=last
        )
        if not under.any():
            continue
        found.append({"scheme": scheme, "cells": [
            {"cell": one.group, "restricted": one.count, "of": one.of, "low": one.rate.low,
             "high": one.rate.high, "note": one.note}
            for one in _rates(cell[among], under[among], home[among])
        ]})  # fmt: skip
    return found


def _cell_of(coarse: Ints) -> Ints:
    """(persons,) place in ``NAMES`` of each person's joint cell."""
    place = coarse >> so.COARSE_URBAN & 1
    fifth = np.minimum(coarse >> so.COARSE_INCOME & 7, len(FIFTHS) - 1)
    internet = coarse >> so.COARSE_INTERNET & 1
    cell: Ints = (place * len(FIFTHS) + fifth) * len(INTERNET) + internet
    return cell


def _rates(cell: Ints, under: Bools, home: Ints) -> list[GroupRate]:
    """The rate of every joint cell that has a subject, in order of its name.

    Of every subject: joint cell, whether restricted, and household.
    """
    there = [k for k in range(len(NAMES)) if (cell == k).any()]
    level = together(SURE, len(there)) if there else SURE
    made = []
    for k in there:
        mine = cell == k
        _, code = np.unique(home[mine], return_inverse=True)
        sizes = np.bincount(code)
        hits = np.bincount(code, weights=under[mine])
        plain = group_rate(NAMES[k], int(hits.sum()), int(sizes.sum()))
        shown = plain.count >= 0
        made.append(replace(plain, rate=clustered(hits, sizes, level)) if shown else plain)
    return sorted(made, key=lambda one: one.group)
