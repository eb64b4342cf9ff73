"""Counting: what a block's month adds to the tallies. Sums of integers, so order does not matter.

Grades and scores are counted by joint cell of the coarse traits; events by margins of them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scoredsociety.by_address import by_address
from scoredsociety.conduct.tables import ConductTables
from scoredsociety.engine.rule_index import Derived
from scoredsociety.fixed import Ints
from scoredsociety.kernel import inner
from scoredsociety.scheme.tables import MOST_LISTS, SchemeTables
from scoredsociety.society import tables as so

# margins: everyone | age bands | sex | place | schooling | income fifth | account | internet
MARGIN_FIRST = (0, 1, 6, 8, 10, 14, 19, 21)
MARGINS = 23
_AGE, _SEX, _PLACE, _SCHOOL, _INCOME, _ACCOUNT, _INTERNET = 1, 6, 8, 10, 14, 19, 21

# kinds of events, in blocks of rows
(E_FALSE, E_MISATTRIBUTED, E_LATE, E_MISSING, E_STALE, E_DUPLICATED) = range(6)
ERROR_KINDS = 6

# events of responses and life effects, of subjects
(V_KNOWS, V_KNOWS_SCORE, V_FILED, V_ANSWERED, V_GRANTED, V_WORKLESS, V_FLIGHT, V_TRAIN,
 V_CHILD, V_SUPPORTS, V_SAYS_SUPPORT, V_OBJECTS, V_SHOWS, V_JOINED, V_SOUGHT, V_CUT, V_TIES,
 V_NO_FREE_TIE, V_MET, V_HELPED, V_DISPLAYED, V_LEFT_OUT,
 V_PADDED) = range(23)  # fmt: skip
EVENTS = 23

# objections to a scheme: filed, upheld and rejected in the month, waiting at its end
A_FILED, A_UPHELD, A_REJECTED, A_WAITING = range(4)
APPEALS = 4

# sums of a scheme, from which next month's scalars are made
(U_SUBJECTS, U_HIDDEN, U_HIDDEN_SCORE, U_AWARE, U_OBJECT, U_PENDING, U_TIED, U_ADDED,
 U_DEDUCTED) = range(9)  # fmt: skip
SUMS = 9

# how people of each gravity are treated, from which the arbitrariness of next month is made
T_PERSONS, T_SUM, T_SQUARES = range(3)
GRAVITIES = 10

# how lives came that entered a seat this month (codes of society/people/lives.py), and who turned
# 18
L_ENTERED, L_MOVED_IN, L_TOOK_OVER, L_AFTER_DEATH, L_BORN, L_OF_AGE = range(6)
LIFE_EVENTS = 6

# children at two ages, by what their parents were under while they were of school age, and by what
# the head of the household is like (engine/demography/cohorts.py)
AT_AGES = (18, 23)  # of age, and once records have had the longest memory to build up
UNTOUCHED, RESTRICTED, KEPT_OUT = range(3)  # kept out: by a parent under a denial
HELD = 3
STRATA = 40  # place | schooling | income fifth of the head
(G_CHILDREN, G_SCHOOLING, G_SENIOR, G_COLLEGE, G_WAGE, G_LOWERED) = range(6)
GROWN = 6
# G_CHILDREN  persons;  G_SCHOOLING  sum of levels (0 none to 4 college);  G_SENIOR, G_COLLEGE  with
# at least that;  G_WAGE  in formal work or a public post;  G_LOWERED  with a level less for it


@by_address
class Tallies(NamedTuple):
    """Counts of one month (or of one block's part of it)."""

    cells: Ints  # (schemes, CELLS, 16) persons by joint cell and grade code
    scores: Ints  # (schemes, CELLS) sum of published scores of subjects, centipoints
    acts: Ints  # (acts, MARGINS) acts done
    records: Ints  # (rules, MARGINS) records booked
    errors: Ints  # (ERROR_KINDS, MARGINS)
    consequences: Ints  # (consequences, MARGINS) persons under each
    restricted: Ints  # (schemes, 4, MARGINS) any denial; of it intended, error, protected
    listed: Ints  # (lists, MARGINS) persons on each list
    persons: Ints  # (MARGINS,)
    responses: Ints  # (EVENTS, MARGINS)
    wished: Ints  # (acts, MARGINS) acts of speech wished for, done or not
    forgone: Ints  # (acts, MARGINS) acts that responses kept from being done
    sums: Ints  # (schemes, SUMS)
    treated: Ints  # (schemes, GRAVITIES, 3) persons, sum and squares of severity they are under
    appeals: Ints  # (schemes, APPEALS, MARGINS)
    unseen: Ints  # (acts, MARGINS) acts done that left no record with any source
    lives: Ints  # (LIFE_EVENTS, MARGINS) where lives turn over
    generations: Ints  # (ages, HELD, STRATA, GROWN) children at AT_AGES, where lives turn over
    grown: Ints  # (schemes, ages, HELD, 16, 16) of those, grade code of the head and of the child


def empty_tallies(
    conduct: ConductTables, schemes: SchemeTables, derived: Derived, lists: int = MOST_LISTS
) -> Tallies:
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
        listed=zeros(lists, MARGINS),
        persons=zeros(MARGINS),
        responses=zeros(EVENTS, MARGINS),
        wished=zeros(len(conduct.acts), MARGINS),
        forgone=zeros(len(conduct.acts), MARGINS),
        sums=zeros(count, SUMS),
        treated=zeros(count, GRAVITIES, 3),
        appeals=zeros(count, APPEALS, MARGINS),
        unseen=zeros(len(conduct.acts), MARGINS),
        lives=zeros(LIFE_EVENTS, MARGINS),
        generations=zeros(len(AT_AGES), HELD, STRATA, GROWN),
        grown=zeros(count, len(AT_AGES), HELD, 16, 16),
    )


def add(total: Tallies, part: Tallies) -> None:
    """Add a block's counts to a month's."""
    for whole, piece in zip(total, part, strict=True):
        whole += piece


@inner
def count(row: Ints, coarse: int, many: int = 1) -> None:
    """Add one, or ``many``, to each margin of a person's coarse traits."""
    row[0] += many
    row[_AGE + ((coarse >> so.COARSE_AGE) & 7)] += many
    row[_SEX + ((coarse >> so.COARSE_SEX) & 1)] += many
    row[_PLACE + ((coarse >> so.COARSE_URBAN) & 1)] += many
    row[_SCHOOL + ((coarse >> so.COARSE_SCHOOLING) & 3)] += many
    row[_INCOME + ((coarse >> so.COARSE_INCOME) & 7)] += many
    row[_ACCOUNT + ((coarse >> so.COARSE_ACCOUNT) & 1)] += many
    row[_INTERNET + ((coarse >> so.COARSE_INTERNET) & 1)] += many
