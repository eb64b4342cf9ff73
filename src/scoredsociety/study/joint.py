"""Where groups meet: who is restricted in each joint cell of place, income and internet (Q1, Q5).

Read from the last state of a run. Cells of fewer than ten subjects are counted and not shown.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from scoredsociety.engine import checkpoint
from scoredsociety.engine.setting import Setting
from scoredsociety.fixed import Ints
from scoredsociety.measure.intersections import intersections
from scoredsociety.society import tables as so
from scoredsociety.study.persons import coarse_of, denied_by, derived_of, subjects
from scoredsociety.study.scenario import Prepared

MOST_PEOPLE = 2_000_000
FIFTHS = ("lowest fifth", "second fifth", "middle fifth", "fourth fifth", "highest fifth")


def joint_of(prepared: Prepared, setting: Setting, folder: Path) -> list[dict[str, Any]]:
    """Of each scheme: a row a joint cell, with restricted, subjects, interval and caution."""
    if prepared.inputs.seats.people > MOST_PEOPLE:
        return []
    exchange = checkpoint.load(folder / "checkpoint").exchange
    coarse = setting.persons.coarse.astype(np.int64)
    derived, last = derived_of(prepared.inputs), coarse_of(prepared.inputs, setting)
    found = []
    for s, scheme in enumerate(prepared.labels.schemes):
        among = subjects(exchange.status, s)
        under = denied_by(
            prepared.inputs, exchange.status, exchange.score, s, derived, coarse=last
        )[among]
        if not under.any():
            continue
        cells = intersections(under, {
            "place": words(coarse[among], so.COARSE_URBAN, 1, ("rural", "urban")),
            "income": words(coarse[among], so.COARSE_INCOME, 7, FIFTHS),
            "internet": words(coarse[among], so.COARSE_INTERNET, 1, ("offline", "online")),
        })  # fmt: skip
        found.append({"scheme": scheme, "cells": [
            {"cell": one.group, "restricted": one.count, "of": one.of, "low": one.rate.low,
             "high": one.rate.high, "note": one.note} for one in cells
        ]})  # fmt: skip
    return found


def words(coarse: Ints, shift: int, mask: int, names: tuple[str, ...]) -> Any:
    """(persons,) a coarse trait in words."""
    return np.array(names)[np.minimum(coarse >> shift & mask, len(names) - 1)]
