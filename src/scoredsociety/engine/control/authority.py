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
from scoredsociety.engine.collect.discretion import PADDING
from scoredsociety.engine.control.queue import share_answered
from scoredsociety.engine.publish.eligibility import MOST_REGIONS
from scoredsociety.engine.state import (
    ADDED,
    ANSWERED,
    CHANGED_AT,
    COPIED,
    COPIED_AT,
    HIDDEN_MEAN,
    MISUSE,
    MONTHS_ABOVE,
    SCALARS,
    SUSPENDED,
    TIED,
    TOWARDS,
    UNLIKE,
)
from scoredsociety.engine.tally import Tallies
from scoredsociety.fixed import ONE, Ints
from scoredsociety.scheme.tables import SchemeTables

SUSPEND, ABANDON, PATIENCE, AMEND, EXTEND, COPY, REVIEW, REGIONS = range(8)
AMENDED, EXTENDED = 1, 2  # what the operator may do to the rules, once, by a patch that waits
OPEN, PAUSED, GONE = 0, 1, 2
THOUSAND = 1000


def no_scalars(schemes: int) -> Ints:
    """Before the first month: nothing shown, nothing suspended, every objection answered."""
    scalars = np.zeros((schemes, SCALARS), dtype=np.int64)
    scalars[:, ANSWERED] = ONE
    return scalars


def answer(
    responses: ResponseTables, schemes: SchemeTables, misuse: Ints, before: Ints, counts: Tallies,
    month: int = 0, waits: int = 0,
) -> Ints:  # fmt: skip
    """The scalars (schemes, SCALARS) of next month from this month's and its counts.

    ``misuse``: acts that tell of officials' wrongdoing. ``waits``: AMENDED or EXTENDED where
    rules wait for such an answer, which takes effect in ``month``, the next.
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
            _copy(responses, schemes, s, after, row, month)
    if responses.forms[c.DISCRETION] == PADDING:
        _entered(after[0], counts)
    if responses.forms[c.AUTHORITY] and waits:
        _change(responses, after, counts.sums, month, waits)
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


def _entered(scalars: Ints, counts: Tallies) -> None:
    """Records entered by hand a person, in millionths, plus one: what collectors go by."""
    people = max(int(counts.persons[0]), 1)
    for kind in range(2):  # for people, against them
        scalars[ADDED + kind] = 1 + int(counts.sums[0, tally.U_ADDED + kind]) * MILLION // people


def _copy(
    responses: ResponseTables, schemes: SchemeTables, s: int, after: Ints, sums: Ints, month: int
) -> None:
    """Copy the scheme of one region to the next, from ``month``, where a review finds it accepted.

    Reviews come every so many months; what is measured is open objection among those who know of
    the scheme where it holds. A region that a scheme of the run governs is passed over.
    """
    values, scalars = responses.values[c.AUTHORITY], after[s]
    first, aware = int(schemes.schemes.region[s]), int(sums[tally.U_AWARE])
    if first < 0 or scalars[SUSPENDED] != OPEN or month % (values[REVIEW] // MILLION):
        return
    taken = {int(row) for row in schemes.schemes.region}
    taken |= {region for region in range(MOST_REGIONS) if scalars[COPIED] >> region & 1}
    copies = int(scalars[COPIED]).bit_count()
    share = int(sums[tally.U_OBJECT]) * MILLION // aware if aware else MILLION
    if copies >= values[REGIONS] // MILLION or share >= values[COPY]:
        return
    following = [region for region in range(first + 1, MOST_REGIONS) if region not in taken]
    if following:
        scalars[COPIED] |= 1 << following[0]
        scalars[COPIED_AT] = month


def _change(
    responses: ResponseTables, scalars: Ints, sums: Ints, month: int, waits: int
) -> None:
    """Put the rules that wait in force from ``month``, once objection has asked long enough.

    They are amended where open objection to some scheme is high, extended where it is low to all.
    """
    values, first = responses.values[c.AUTHORITY], scalars[0]
    shares = [
        int(row[tally.U_OBJECT]) * MILLION // int(row[tally.U_AWARE])
        for row in sums
        if row[tally.U_AWARE]
    ]
    if first[CHANGED_AT] or not shares or GONE in scalars[:, SUSPENDED]:
        return
    share = max(shares)
    asked = share >= values[AMEND] if waits == AMENDED else share < values[EXTEND]
    first[TOWARDS] = first[TOWARDS] + 1 if asked else 0
    if asked and first[TOWARDS] >= values[PATIENCE] // MILLION:
        first[CHANGED_AT] = month
