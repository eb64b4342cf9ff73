"""A person whom a scheme restricts through an error in the records, for the report to explain.

The run keeps no cause by person. Who is denied something and has a record through an error is read
from the last state; whether the error is the cause, the household is run again alone to say.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice

import numpy as np
import polars as pl

from scoredsociety.engine.layout import ERRORS, flags_of, is_over, rule_of
from scoredsociety.engine.replay.household_replay import household_of, side_by_side
from scoredsociety.engine.run_constants import Setting
from scoredsociety.engine.state import RunState
from scoredsociety.runs.prepare import Prepared
from scoredsociety.runs.recorder import ChangeLog
from scoredsociety.study.readout.persons import coarse_now, denied_by

MOST_TRIED = 12  # households run again before none is named
BY_ERROR = 2  # place of the cause in ``Tallies.restricted``


def wronged(
    prepared: Prepared, setting: Setting, state: RunState, log: ChangeLog, tallies: pl.DataFrame,
    s: int = 0,
) -> int | None:  # fmt: skip
    """The first such person of scheme ``s`` in the last month; None where none is found.

    ``state`` is the last of the run.
    """
    scheme = prepared.labels.schemes[s]
    counted = tallies.filter(
        (pl.col("month") == tallies["month"].max()) & (pl.col("scheme") == scheme)
        & (pl.col("measure") == "restricted_cause") & (pl.col("item") == "error")
        & (pl.col("dimension") == "all")
    )  # fmt: skip
    if not counted["count"].sum():
        return None
    tried = list(islice(candidates(prepared, setting, state, s), MOST_TRIED))
    homes = [household_of(setting, prepared.inputs.seats.people, person) for person in tried]
    last = deque(side_by_side(prepared.inputs, setting, log, homes), maxlen=1).pop()
    for person, (begins, ends), home in zip(tried, homes, last, strict=True):
        restricted = home.part.tallies.restricted[s, :, 0]
        alone = ends - begins == 1 or int(restricted[0]) == 1
        if alone and int(restricted[BY_ERROR]) == 1:
            return person
    return None


def candidates(prepared: Prepared, setting: Setting, state: RunState, s: int) -> Iterator[int]:
    """Persons denied something by ``s`` with a live record of it that came through an error."""
    coarse = coarse_now(prepared.inputs, setting)
    under = denied_by(
        prepared.inputs, state.exchange.status, state.exchange.score, s, coarse=coarse
    )
    of_scheme = np.array([rule.scheme == s for rule in prepared.names.rules], dtype=np.bool_)
    rules, now = prepared.inputs.schemes[-1][1].rules, state.month - 1 - prepared.inputs.origin
    for block in state.blocks:
        owner = np.repeat(np.arange(block.first, block.last), block.counts)
        words = block.records.astype(np.int64)
        wrong = flags_of(words) & ERRORS != 0
        wrong &= of_scheme[rule_of(words)] & ~is_over(words, now, rules)
        for person in np.unique(owner[wrong]):
            if under[person]:
                yield int(person)
