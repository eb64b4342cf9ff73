"""What a child inherits of a parent's restrictions: off by name, built in where it is on.

Each test says what it is: *implementation*, *fitted* or *predicted* (see test_respond.py).
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from tests.engine.responding import Watched, responding, watch
from tests.engine.runs import checksum_of, everyday
from tests.engine.test_life import check
from tests.engine.test_turnover import turning

from scoredsociety.conduct import tables as c
from scoredsociety.conduct.response_tables import Response, compile_responses
from scoredsociety.conduct.responses import BY_ID
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.state import RunState
from scoredsociety.engine.tally import (
    G_CHILDREN,
    G_COLLEGE,
    G_LOWERED,
    G_SCHOOLING,
    G_SENIOR,
    G_WAGE,
    KEPT_OUT,
    RESTRICTED,
    UNTOUCHED,
)
from scoredsociety.kernel import jit_enabled
from scoredsociety.society.people.seats import place
from scoredsociety.society.recipes.recipe import load_society

pytestmark = pytest.mark.skipif(not jit_enabled(), reason="decades, slow in Python")
MONTHS = 18 * 12 + 6  # the first who are six in the run come of age


def schools_closed(inputs: Inputs) -> Inputs:
    """Every scheme denies its subjects something in education, whatever they did."""
    (start, tables), *rest = inputs.schemes
    assert not rest
    row = tables.consequences[:1].copy()
    row.context[0], row.denies[0] = c.CONTEXTS.index("education"), 1
    row.grade_min[0] = row.grade_max[0] = row.list_bit[0] = -1
    row.score_min[0], row.score_max[0] = -(1 << 31), (1 << 31) - 1
    return inputs._replace(schemes=((start, tables._replace(consequences=row)),))


def society(schemes: tuple[str, ...], people: int = 1200, months: int = MONTHS) -> Inputs:
    """The county with turnover and few moves, so that children are seen for all their youth."""
    recipe = turning(load_society("county"), moves=0.005)
    inputs = everyday(schemes, people, months)
    return inputs._replace(society=recipe.compile(), seats=place(recipe, people))


def inherited(inputs: Inputs, on: bool = True, step: str = "0.05", pays: str = "0.5") -> Inputs:
    """Nothing responds; children inherit, or do not."""
    on_too = {"schooling", "coming_of_age"} if on else {"schooling"}
    given = [
        Response.model_validate({"id": "schooling", "values": {"would_pay": pays}}),
        Response.model_validate({"id": "coming_of_age", "values": {"step": step}}),
    ]
    return responding(inputs, compile_responses(given, frozenset(BY_ID) - on_too))


@cache
def grown(on: bool = True, step: str = "0.05", pays: str = "0.5") -> tuple[RunState, Watched]:
    """The children of parents who all lost the right to paid schools."""
    closed = schools_closed(society(("wendeng_2020",)))
    state, _, log = watch(inherited(closed, on, step, pays))
    return state, log


def test_every_child_of_restricted_parents_is_counted_as_one() -> None:
    """implementation: under a denial that all are under, no child is untouched; half would pay."""
    made = grown()[1].total("generations")[0].sum(axis=1)
    assert made[UNTOUCHED, G_CHILDREN] == 0 < made[RESTRICTED, G_CHILDREN]
    assert 0 < made[KEPT_OUT, G_LOWERED] < made[KEPT_OUT, G_CHILDREN]
    everybody = grown(pays="1", step="1")[1].total("generations")[0].sum(axis=1)
    assert everybody[[UNTOUCHED, RESTRICTED], G_CHILDREN].sum() == 0
    nobody = grown(pays="0")[1].total("generations")[0].sum(axis=1)
    assert nobody[KEPT_OUT, G_CHILDREN] == 0 and nobody[:, G_LOWERED].sum() == 0


def test_the_same_children_with_and_without() -> None:
    """implementation: as many children of the same strata; each of the lowered has a level less."""
    on, off = (grown(one)[1].total("generations").sum(axis=(0, 1)) for one in (True, False))
    assert np.array_equal(on[:, G_CHILDREN], off[:, G_CHILDREN]) and on[:, G_LOWERED].sum() > 0
    assert np.array_equal(off[:, G_SCHOOLING] - on[:, G_SCHOOLING], on[:, G_LOWERED])
    assert off[:, G_LOWERED].sum() == 0
    for outcome in (G_SENIOR, G_COLLEGE, G_WAGE):
        assert (on[:, outcome] <= off[:, outcome]).all()


def test_nobody_falls_below_junior_secondary() -> None:
    """implementation: with a certain loss, all who had more lose one level, and nobody else."""
    sure = grown(pays="1", step="1")[1].total("generations")[0].sum(axis=(0, 1))
    plain = grown(False)[1].total("generations")[0].sum(axis=(0, 1))
    assert sure[G_LOWERED] == plain[G_SENIOR] > 0
    assert sure[G_SENIOR] == plain[G_COLLEGE]


def test_off_is_bit_equal() -> None:
    """implementation: off, or without restrictions, or without turnover, nothing of it is there."""
    closed = schools_closed(society(("wendeng_2020",), 600, 100))
    assert checksum_of(inherited(closed)) != checksum_of(inherited(closed, False))
    open_to_all = society(("wendeng_2020",), 600, 100)
    assert checksum_of(inherited(open_to_all)) == checksum_of(inherited(open_to_all, False))
    still = schools_closed(everyday(("wendeng_2020",), 600, 30))
    assert checksum_of(inherited(still)) == checksum_of(inherited(still, False))


def test_lives_are_recomputed_with_what_they_inherited() -> None:
    """implementation: months out of school and lowered schooling are found again, alone."""
    closed = schools_closed(society(("wendeng_2020",), 240))
    sure = inherited(closed, pays="1", step="1")
    state, _, log = watch(sure)
    assert log.total("generations")[0, :, :, G_LOWERED].sum() > 0
    assert check(sure, 12) > 300
    assert state.month == sure.origin + MONTHS


def test_grades_of_parents_and_children_add_up() -> None:
    """implementation: the table of grades holds the same children."""
    log = grown()[1]
    table, made = log.total("grown"), log.total("generations")
    assert np.array_equal(table[0].sum(axis=(2, 3)), made[:, :, :, G_CHILDREN].sum(axis=2))
