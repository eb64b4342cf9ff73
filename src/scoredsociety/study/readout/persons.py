"""Persons of a run as columns: who is a subject, who is denied something, group and propensity.

Worked out from what was published and from the coarse traits, for whole arrays at once.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.layout import grade_in, is_listed, is_under_way
from scoredsociety.engine.rule_index import Derived, derive
from scoredsociety.engine.run_constants import Setting
from scoredsociety.engine.state import I32, U16, U32, U64
from scoredsociety.fixed import Ints
from scoredsociety.scheme import tables as t
from scoredsociety.society import tables as so
from scoredsociety.study.ensemble.cases import Case
from scoredsociety.study.ensemble.ensemble import Observed

Bools = npt.NDArray[np.bool_]


def subjects_now(status: U32, scheme: int) -> Bools:
    """(people,) whom the scheme scores."""
    return np.not_equal(grade_in(status.astype(np.int64), scheme), t.NO_GRADE)


def denied(case: Case, made: Observed, scheme: int) -> Bools:
    """(people,) who are under a restriction of the scheme, as engine/control/ decides it."""
    return denied_by(case.prepared.inputs, made.status, made.score, scheme, coarse=made.coarse)


def denied_by(
    inputs: Inputs, status: U32, score: I32, scheme: int, derived: Derived | None = None, *,
    coarse: U16,
) -> Bools:  # fmt: skip
    """(people,) who are under a restriction of the scheme in the last month of these inputs.

    ``derived`` is what ``derived_of`` gives, for who asks often; ``coarse`` are the coarse traits
    of the same persons (``coarse_of``).
    """
    tables, ready = inputs.schemes[-1][1], derived or derived_of(inputs)
    found: Bools = denials_now(tables, ready, status, score, scheme, coarse) != 0
    return found


def coarse_now(inputs: Inputs, setting: Setting) -> U16:
    """(people,) the coarse traits of whoever has the seats in the last month."""
    return setting.persons_at(inputs.months - 1).coarse


def denials_now(
    tables: t.SchemeTables, derived: Derived, status: U32, score: I32, scheme: int, coarse: U16
) -> Ints:
    """(people,) a bit for each consequence of the scheme that denies something now."""
    found: Ints = standing(tables, derived, status, score, scheme, coarse) & derived.denies[0]
    return found


def standing(
    tables: t.SchemeTables, derived: Derived, status: U32, score: I32, scheme: int, coarse: U16
) -> Ints:
    """(people,) a bit for each consequence of the scheme that holds now, rewards too."""
    words = status.astype(np.int64)
    grade = grade_in(words, scheme)
    mask = derived.grade_mask[scheme][grade]
    listed = np.zeros_like(mask)
    for bit in range(t.MOST_LISTS):
        on = is_listed(words, bit)
        listed |= np.where(on, derived.list_mask[bit], 0)
    mask = mask & (listed | ~derived.list_mask[t.MOST_LISTS])
    for row in derived.score_rows:
        low, high = tables.consequences.score_min[row], tables.consequences.score_max[row]
        outside = (score[scheme] < low) | (score[scheme] > high)
        mask = np.where(outside, mask & ~(np.int64(1) << row), mask)
    kind = np.zeros_like(mask)
    for place, (shift, width, low, high) in enumerate(derived.asked.tolist()):
        value = coarse >> shift & width
        kind |= ((value >= low) & (value <= high)).astype(np.int64) << place
    mask = mask & derived.of_kind[kind]
    found: Ints = np.where(grade != t.NO_GRADE, mask, 0)
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
    on: Bools = np.not_equal(is_under_way(life.astype(np.int64), bit), 0)
    return on
