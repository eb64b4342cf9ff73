"""A person whom a scheme restricts through an error in the records, for the report to explain.

The run keeps no cause by person. Who is denied something and has a record through an error is read
from the last state; whether the error is the cause, the household is run again alone to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from scoredsociety.engine import checkpoint
from scoredsociety.engine.life import household_of, relive
from scoredsociety.engine.setting import Setting
from scoredsociety.engine.state import ERRORS
from scoredsociety.study.persons import coarse_of, denied_by
from scoredsociety.study.record import ChangeLog
from scoredsociety.study.scenario import Prepared

MOST_TRIED = 12  # households run again before none is named
BY_ERROR = 2  # place of the cause in ``LifeMonth.restricted``


def wronged(
    prepared: Prepared, setting: Setting, folder: Path, log: ChangeLog, tallies: pl.DataFrame,
    s: int = 0,
) -> int | None:  # fmt: skip
    """The first such person of scheme ``s`` in the last month; None where none is found."""
    scheme = prepared.labels.schemes[s]
    counted = tallies.filter(
        (pl.col("month") == tallies["month"].max()) & (pl.col("scheme") == scheme)
        & (pl.col("measure") == "restricted_cause") & (pl.col("item") == "error")
        & (pl.col("dimension") == "all")
    )  # fmt: skip
    if not counted["count"].sum():
        return None
    for tried, person in enumerate(candidates(prepared, setting, folder, s)):
        if tried == MOST_TRIED:
            break
        lived = list(relive(prepared.inputs, setting, log, person))[-1]
        first, last = household_of(setting, prepared.inputs.seats.people, person)
        alone = last - first == 1 or int(lived[0].restricted[s, 0]) == 1
        if alone and int(lived[0].restricted[s, BY_ERROR]) == 1:
            return person
    return None


def candidates(prepared: Prepared, setting: Setting, folder: Path, s: int) -> Iterator[int]:
    """Persons denied something by ``s`` with a live record of it that came through an error."""
    state = checkpoint.load(folder / "checkpoint")
    coarse = coarse_of(prepared.inputs, setting)
    under = denied_by(
        prepared.inputs, state.exchange.status, state.exchange.score, s, coarse=coarse
    )
    of_scheme = np.array([rule.scheme == s for rule in prepared.names.rules], dtype=np.bool_)
    for block in state.blocks:
        owner = np.repeat(np.arange(block.first, block.last), block.counts)
        words = block.records.astype(np.int64)
        wrong = (words >> 4 & 63) & ERRORS != 0
        wrong &= of_scheme[words >> 22]
        for person in np.unique(owner[wrong]):
            if under[person]:
                yield int(person)
