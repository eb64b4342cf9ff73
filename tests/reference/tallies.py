"""Counting, plainly: one table a tally, one row of margins an event."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scoredsociety.conduct.tables import ConductTables
from scoredsociety.engine.act.acceptance import MonthActs
from scoredsociety.scheme.tables import SchemeTables

Ints = npt.NDArray[np.int64]
# (shift, bits, first place) of each coarse trait among the margins, after everyone
TRAITS = ((0, 3, 1), (3, 1, 6), (4, 1, 8), (5, 2, 10), (7, 3, 14), (10, 1, 19), (11, 1, 21))
MARGINS, CELLS, LISTS = 23, 4096, 8
FALSE, MISATTRIBUTED, LATE, MISSING, STALE, DUPLICATED = range(6)
ENTERED, OF_AGE = 0, 5  # of lives; between them how each came
# events of responses, in the order of the tally; between them those of life effects
(KNOWS, KNOWS_SCORE, FILED, ANSWERED, GRANTED) = range(5)
FLIGHT, TRAIN = 6, 7
(SUPPORTS, SAYS_SO, OBJECTS, SHOWS, JOINED, SOUGHT, CUT, TIES, NO_FREE_TIE, MET, HELPED, DISPLAYED,
 LEFT_OUT, PADDED) = range(9, 23)  # fmt: skip
(SUBJECTS, HIDDEN, HIDDEN_SCORE, AWARE, OBJECTING, PENDING, TIED, ADDED) = range(8)  # sums
OBJECTED, UPHELD, REJECTED, WAITING = range(4)  # of objections to a scheme


@dataclass
class Counts:
    """The tallies of one month."""

    cells: Ints
    scores: Ints
    acts: MonthActs
    records: Ints
    errors: Ints
    consequences: Ints
    restricted: Ints
    listed: Ints
    persons: Ints
    unseen: Ints
    lives: Ints
    responses: Ints
    wished: Ints
    forgone: Ints
    sums: Ints
    treated: Ints
    appeals: Ints


def no_counts(conduct: ConductTables, schemes: SchemeTables) -> Counts:
    """All zero."""

    def zeros(*shape: int) -> Ints:
        return np.zeros(shape, dtype=np.int64)

    count = len(schemes.schemes)
    return Counts(
        zeros(count, CELLS, 16), zeros(count, CELLS), zeros(len(conduct.acts), MARGINS),
        zeros(len(schemes.rules), MARGINS), zeros(6, MARGINS),
        zeros(len(schemes.consequences), MARGINS), zeros(count, 4, MARGINS),
        zeros(LISTS, MARGINS), zeros(MARGINS),
        zeros(len(conduct.acts), MARGINS),
        zeros(6, MARGINS),
        zeros(23, MARGINS),
        zeros(len(conduct.acts), MARGINS),
        zeros(len(conduct.acts), MARGINS),
        zeros(count, 9),
        zeros(count, 10, 3),
        zeros(count, 4, MARGINS),
    )  # fmt: skip


def count(row: Ints, coarse: int) -> None:
    """One more, among everyone and under each coarse trait."""
    row[0] += 1
    for shift, bits, first in TRAITS:
        row[first + (coarse >> shift & ((1 << bits) - 1))] += 1
