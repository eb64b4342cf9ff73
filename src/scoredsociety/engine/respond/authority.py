"""What the operator does, by fixed thresholds; it never searches (S3-19, S3-20).

Scalars of the whole society, made from a month's sums and read in the next: the mean score of
those who hide theirs, whether a scheme is suspended, how long objection has been high, and the
share of waiting objections that the operator can answer.
"""

from __future__ import annotations

import numpy as np

from scoredsociety.conduct import tables as c
from scoredsociety.conduct.tables import MILLION, ResponseTables
from scoredsociety.engine import tally
from scoredsociety.fixed import ONE, Ints

HIDDEN_MEAN, SUSPENDED, MONTHS_ABOVE, ANSWERED = range(4)
SCALARS = 4
SUSPEND, ABANDON, PATIENCE = range(3)
CAPACITY = 5  # of the appeal response: objections answered a month for 10,000 subjects
OPEN, PAUSED, GONE = 0, 1, 2


def no_scalars(schemes: int) -> Ints:
    """Before the first month: nothing shown, nothing suspended, every objection answered."""
    scalars = np.zeros((schemes, SCALARS), dtype=np.int64)
    scalars[:, ANSWERED] = ONE
    return scalars


def answer(responses: ResponseTables, before: Ints, sums: Ints) -> Ints:
    """The scalars of next month from this month's and its sums (schemes, tally.SUMS)."""
    after = before.copy()
    for s, row in enumerate(sums):
        hidden = int(row[tally.U_HIDDEN])
        after[s, HIDDEN_MEAN] = int(row[tally.U_HIDDEN_SCORE]) // hidden if hidden else 0
        subjects, pending = int(row[tally.U_SUBJECTS]), int(row[tally.U_PENDING])
        capacity = int(responses.values[c.APPEAL, CAPACITY]) * subjects
        queue = pending * MILLION * 10_000  # in the unit of capacity: no rounding in a small town
        after[s, ANSWERED] = ONE if queue <= capacity else ONE * capacity // queue
        if responses.forms[c.AUTHORITY]:
            _suspend(responses, after[s], int(row[tally.U_OBJECT]), int(row[tally.U_AWARE]))
    return after


def _suspend(responses: ResponseTables, scalars: Ints, objecting: int, aware: int) -> None:
    values = responses.values[c.AUTHORITY]
    if scalars[SUSPENDED] == GONE or aware == 0:
        return
    share = objecting * MILLION // aware
    above = share >= values[SUSPEND]
    scalars[MONTHS_ABOVE] = scalars[MONTHS_ABOVE] + 1 if above else 0
    patient = scalars[MONTHS_ABOVE] < values[PATIENCE] // MILLION
    if share >= values[ABANDON] and not patient:
        scalars[SUSPENDED] = GONE
    else:
        scalars[SUSPENDED] = PAUSED if above and not patient else OPEN
