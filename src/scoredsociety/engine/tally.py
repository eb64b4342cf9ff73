"""Counting: what a block's month adds to the tallies. Sums of integers, so order does not matter.

Grades and scores are counted by joint cell of the coarse traits; events by margins of them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scoredsociety.conduct.tables import ConductTables
from scoredsociety.engine.derive import Derived
from scoredsociety.fixed import Ints
from scoredsociety.kernel import inner
from scoredsociety.scheme.tables import MOST_LISTS, SchemeTables
from scoredsociety.society import tables as so

# margins: everyone | age bands | sex | place | schooling | income fifth | account | internet
MARGIN_FIRST = (0, 1, 6, 8, 10, 14, 19, 21)
MARGINS = 23
_AGE, _SEX, _PLACE, _SCHOOL, _INCOME, _ACCOUNT, _INTERNET = 1, 6, 8, 10, 14, 19, 21

# kinds of events, in blocks of rows
E_FALSE, E_MISATTRIBUTED, E_LATE, E_MISSING = 0, 1, 2, 3  # after acts and records
ERROR_KINDS = 4


class Tallies(NamedTuple):
    """Counts of one month (or of one block's part of it)."""

    cells: Ints  # (schemes, CELLS, 16) persons by joint cell and grade code
    scores: Ints  # (schemes, CELLS) sum of published scores of subjects, centipoints
    acts: Ints  # (acts, MARGINS) acts done
    records: Ints  # (rules, MARGINS) records booked
    errors: Ints  # (ERROR_KINDS, MARGINS)
    consequences: Ints  # (consequences, MARGINS) persons under each
    restricted: Ints  # (schemes, 4, MARGINS) any denial; of it intended, error, protected
    listed: Ints  # (MOST_LISTS, MARGINS) persons on each list
    persons: Ints  # (MARGINS,)


def empty_tallies(conduct: ConductTables, schemes: SchemeTables, derived: Derived) -> Tallies:
    """Zeroed tallies of the right shapes."""
    count = len(schemes.schemes)

    def zeros(*shape: int) -> Ints:
        return np.zeros(shape, dtype=np.int64)

    return Tallies(
        cells=zeros(count, so.CELLS, 16),
        scores=zeros(count, so.CELLS),
        acts=zeros(len(conduct.acts), MARGINS),
        records=zeros(len(schemes.rules), MARGINS),
        errors=zeros(ERROR_KINDS, MARGINS),
        consequences=zeros(len(schemes.consequences), MARGINS),
        restricted=zeros(count, 4, MARGINS),
        listed=zeros(MOST_LISTS, MARGINS),
        persons=zeros(MARGINS),
    )


def add(total: Tallies, part: Tallies) -> None:
    """Add a block's counts to a month's."""
    for whole, piece in zip(total, part, strict=True):
        whole += piece


@inner
def count(row: Ints, coarse: int) -> None:
    """Add one to each margin of a person's coarse traits."""
    row[0] += 1
    row[_AGE + ((coarse >> so.COARSE_AGE) & 7)] += 1
    row[_SEX + ((coarse >> so.COARSE_SEX) & 1)] += 1
    row[_PLACE + ((coarse >> so.COARSE_URBAN) & 1)] += 1
    row[_SCHOOL + ((coarse >> so.COARSE_SCHOOLING) & 3)] += 1
    row[_INCOME + ((coarse >> so.COARSE_INCOME) & 7)] += 1
    row[_ACCOUNT + ((coarse >> so.COARSE_ACCOUNT) & 1)] += 1
    row[_INTERNET + ((coarse >> so.COARSE_INTERNET) & 1)] += 1
