"""Who has next to no credit file: whom a scheme opens loans to, and whom it shuts out (S4-6).

Serving the underbanked is an aim that is claimed for such schemes, so those who *gain* credit are
counted, not only those who are refused. A loan granted counts; a loan decided faster is waiting
time and a cheaper one a price, not access.
"""

from __future__ import annotations

from math import nan

import numpy as np

from scoredsociety.fixed import Ints
from scoredsociety.scheme.check.deniable import what_is
from scoredsociety.study.ensemble.cases import Case
from scoredsociety.study.ensemble.ensemble import Observed
from scoredsociety.study.questions.drawn_traits import held
from scoredsociety.study.readout.persons import Bools, derived_of, standing, subjects_now

LOAN, FASTER = "loan", "loan_expedited"


def loan_bits(case: Case, granted: bool) -> int:
    """A bit for each consequence of the main scheme that grants (or denies) a loan."""
    bits = 0
    for place, one in enumerate(case.prepared.names.consequences):
        thing = one.grants if granted else one.denies
        if one.scheme == case.main and thing and thing != FASTER:
            bits |= (what_is(thing) == LOAN) << place
    return bits


def thin(case: Case, made: Observed) -> Bools | None:
    """(people,) subjects of the main scheme with no credit file or one of a year."""
    who = held(case)
    return None if who is None else subjects_now(made.status, case.main) & who.thin


def holding(case: Case, made: Observed) -> Ints:
    """(people,) a bit for each consequence of the main scheme that holds in the last month."""
    inputs = case.prepared.inputs
    return standing(inputs.schemes[-1][1], derived_of(inputs), made.status, made.score, case.main,
                    made.coarse)  # fmt: skip


def gain(case: Case, made: Observed) -> float:
    """Of 100 of them, those whom the scheme grants a loan and refuses none."""
    return of_thin(case, made, loan_bits(case, True), loan_bits(case, False))


def refused(case: Case, made: Observed) -> float:
    """Of 100 of them, those whom the scheme refuses a loan."""
    return of_thin(case, made, loan_bits(case, False), 0)


def of_thin(case: Case, made: Observed, wanted: int, without: int) -> float:
    """Of 100 of them, those under some of these and none of those; nan where no rule says it."""
    among = thin(case, made)
    if not wanted or among is None or not among.any():
        return nan
    mask = holding(case, made)
    found = np.not_equal(mask & wanted, 0) & np.equal(mask & without, 0)
    return 100 * float(found[among].mean())


def persons(case: Case, made: Observed) -> float:
    """How many they are."""
    among = thin(case, made)
    return nan if among is None else float(among.sum())
