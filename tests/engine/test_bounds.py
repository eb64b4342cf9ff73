"""The last score, the last month: what a bound includes, it includes, and nothing beyond.

implementation.
"""

from __future__ import annotations

import numpy as np
import pytest
from tests.engine.prospects import Weighing, changed, consequence, consequences
from tests.engine.runs import everyday

from scoredsociety.engine.control.consequences import of_scheme
from scoredsociety.engine.month_view import World
from scoredsociety.engine.respond.appeal import is_open
from scoredsociety.engine.rule_index import Derived, derive
from scoredsociety.kernel import _compile, jit_enabled
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables


def _under(score: int, tables: SchemeTables, derived: Derived) -> int:
    return of_scheme(0, 0, score, 0, 0, tables, derived)


def _may_object(world: World, word: int, filed: int) -> int:
    return 1 if is_open(world, 0, word, filed) else 0


under = _compile(_under) if jit_enabled() else _under
may_object = _compile(_may_object) if jit_enabled() else _may_object


def test_a_consequence_follows_at_its_lowest_and_its_highest_score() -> None:
    """Both thresholds are included, and one centipoint beyond either is not."""
    inputs = everyday(("sesame_documented",), 40, 3)
    rows = consequences(consequence(0, 1, 1, least=500, most=700), consequence(0, 1, 1, most=600))
    inputs = changed(inputs, consequences=rows)
    tables = inputs.schemes[0][1]
    derived = derive(tables, inputs.conduct[0][1])
    found = {score: int(under(score, tables, derived))
             for score in (499, 500, 501, 599, 600, 601, 699, 700, 701)}  # fmt: skip
    assert found == {499: 2, 500: 3, 501: 3, 599: 3, 600: 3, 601: 1, 699: 1, 700: 1, 701: 0}


@pytest.mark.parametrize("within", [0, 1, 6])
def test_one_may_object_in_the_last_month_of_the_term_and_not_after(within: int) -> None:
    """The term counts from the month in which the record was booked, which is not counted."""
    inputs = everyday(("wendeng_2020",), 40, 20)
    rows = inputs.schemes[0][1].schemes.copy()
    rows.appeal_within[0] = within
    own = Weighing(changed(inputs, schemes=rows), month=12)
    rules = inputs.schemes[0][1].rules
    rule = int(np.flatnonzero((rules.scheme == 0) & (rules.kind == t.ON_ACT))[0])
    now = own.world.month - own.world.origin
    open_for = [bool(may_object(own.world, own.record(rule, months_ago=age), now))
                for age in range(9)]  # fmt: skip
    assert open_for == [age <= within for age in range(9)]
