"""What the operator does, by fixed thresholds; it never searches (S3-19, S3-20).

Scalars of the whole society, made from a month's counts and read in the next: the mean score of
those who hide theirs, whether a scheme is suspended, how long objection has been high, the share
of waiting objections that the operator can answer; and what people know of the whole: how many
ties count in a scheme, how unlike people of like conduct are treated, reports of wrongdoing.
"""

from __future__ import annotations

from math import isqrt

import numpy as np

from scoredsociety.conduct import tables as c
from scoredsociety.conduct.tables import MILLION, ResponseTables
from scoredsociety.engine import tally
from scoredsociety.engine.respond.queue import ANSWERED, share_answered
from scoredsociety.engine.tally import Tallies
from scoredsociety.fixed import ONE, Ints
from scoredsociety.scheme.tables import SchemeTables

HIDDEN_MEAN, SUSPENDED, MONTHS_ABOVE, _, TIED, UNLIKE, MISUSE = range(7)  # _: ANSWERED
SCALARS = 7
# TIED    thousandths of a tie: ties between subjects that a subject has, of those that count
# UNLIKE  thousandths of a unit of severity: its standard deviation that gravity does not explain
# MISUSE  millionths: reports of officials' wrongdoing a person and year, older ones fading
SUSPEND, ABANDON, PATIENCE = range(3)
OPEN, PAUSED, GONE = 0, 1, 2
THOUSAND = 1000


def no_scalars(schemes: int) -> Ints:
    """Before the first month: nothing shown, nothing suspended, every objection answered."""
    scalars = np.zeros((schemes, SCALARS), dtype=np.int64)
    scalars[:, ANSWERED] = ONE
    return scalars


def answer(
    responses: ResponseTables, schemes: SchemeTables, misuse: Ints, before: Ints, counts: Tallies
) -> Ints:
    """The scalars (schemes, SCALARS) of next month from this month's and its counts.

    ``misuse``: acts that tell of officials' wrongdoing.
    """
    after = before.copy()
    for s, row in enumerate(counts.sums):
        hidden = int(row[tally.U_HIDDEN])
        after[s, HIDDEN_MEAN] = int(row[tally.U_HIDDEN_SCORE]) // hidden if hidden else 0
        subjects = int(row[tally.U_SUBJECTS])
        after[s, ANSWERED] = share_answered(responses, schemes, s, row)
        after[s, TIED] = int(row[tally.U_TIED]) * THOUSAND // subjects if subjects else 0
        after[s, UNLIKE] = unlike(counts.treated[s])
        if responses.forms[c.SUPPORT]:
            after[s, MISUSE] = _reported(int(before[s, MISUSE]), misuse, counts)
        if responses.forms[c.AUTHORITY]:
            _suspend(responses, after[s], int(row[tally.U_OBJECT]), int(row[tally.U_AWARE]))
    return after


def unlike(treated: Ints) -> int:
    """How unlike people of like conduct are treated, in thousandths of a unit of severity.

    The standard deviation within the classes of gravity: what is left of the variance of the
    severity that people are under once the gravity of their latest violation explains its part.
    ``treated``: (GRAVITIES, 3) persons, sum and sum of squares.
    """
    persons, within = 0, 0
    for row in treated:
        count, total, squares = (int(value) for value in row)
        if count:
            persons += count
            within += squares - total * total // count
    return isqrt(within * MILLION // persons) if persons else 0


def _reported(before: int, misuse: Ints, counts: Tallies) -> int:
    """Reports of wrongdoing a person and year, in millionths; a twelfth of the old ones fades."""
    reports = sum(int(counts.acts[act, 0]) for act in misuse)
    return before - before // 12 + reports * MILLION // max(int(counts.persons[0]), 1)


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
