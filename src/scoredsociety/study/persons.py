"""Persons of a run as columns: who is a subject, who is denied something, group and propensity.

Worked out from what was published and from the coarse traits, for whole arrays at once.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scoredsociety.engine.derive import Derived, derive
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.state import I32, LIST_SHIFT, U32, U64
from scoredsociety.fixed import Ints
from scoredsociety.scheme import tables as t
from scoredsociety.society import tables as so
from scoredsociety.study.bits import grade_of_status
from scoredsociety.study.observe import Case, Observed

Bools = npt.NDArray[np.bool_]


def subjects(status: U32, scheme: int) -> Bools:
    """(people,) whom the scheme scores."""
    return np.not_equal(grade_of_status(status.astype(np.int64), scheme), t.NO_GRADE)


def denied(case: Case, status: U32, score: I32, scheme: int) -> Bools:
    """(people,) who are under a restriction of the scheme, as engine/control.py decides it."""
    return denied_by(case.prepared.inputs, status, score, scheme)


def denied_by(
    inputs: Inputs, status: U32, score: I32, scheme: int, derived: Derived | None = None
) -> Bools:
    """(people,) who are under a restriction of the scheme in the last month of these inputs.

    ``derived`` is what ``derived_of`` gives, for who asks often.
    """
    tables = inputs.schemes[-1][1]
    found: Bools = denials(tables, derived or derived_of(inputs), status, score, scheme) != 0
    return found


def denials(
    tables: t.SchemeTables, derived: Derived, status: U32, score: I32, scheme: int
) -> Ints:
    """(people,) a bit for each consequence of the scheme that denies something now."""
    words = status.astype(np.int64)
    grade = grade_of_status(words, scheme)
    mask = derived.grade_mask[scheme][grade]
    listed = np.zeros_like(mask)
    for bit in range(t.MOST_LISTS):
        on = (words >> (LIST_SHIFT + bit)) & 1
        listed |= np.where(on, derived.list_mask[bit], 0)
    mask = mask & (listed | ~derived.list_mask[t.MOST_LISTS])
    for row in derived.score_rows:
        low, high = tables.consequences[row, t.K_SCORE_MIN], tables.consequences[row, t.K_SCORE_MAX]
        outside = (score[scheme] < low) | (score[scheme] > high)
        mask = np.where(outside, mask & ~(np.int64(1) << row), mask)
    found: Ints = np.where(grade != t.NO_GRADE, mask & derived.denies[0], 0)
    return found


def derived_of(inputs: Inputs) -> Derived:
    """What the engine works out once from the rules of the last month."""
    return derive(inputs.schemes[-1][1], inputs.conduct[0][1])


def trait(made: Observed, shift: int, width: int) -> Ints:
    """(people,) a field of the coarse traits."""
    found: Ints = (made.coarse.astype(np.int64) >> shift) & ((1 << width) - 1)
    return found


def propensity(made: Observed) -> Ints:
    """(people,) strata of like propensity to act: frailty class and age band."""
    frailty = trait(made, so.COARSE_FRAILTY, 4)
    return frailty * 8 + trait(made, so.COARSE_AGE, 3)


def in_episode(life: U64, bit: int) -> Bools:
    """(people,) whose episode ``bit`` is on, such as arrears."""
    on: Bools = np.not_equal((life.astype(np.int64) >> bit) & 1, 0)
    return on
