"""What holds for whom is said in three places; on random worlds they say one thing.

``engine/control/consequences.py`` for a person of the month, ``study/readout/persons.py`` for
columns, and
``study/explain/denials.py`` for a month of a life. (The reference month is a fourth, compared bit
for bit in tests/engine/test_reference.py.) implementation.
"""

from __future__ import annotations

from random import Random

import numpy as np
from hypothesis import given, settings
from tests.engine.test_reference import QUIET
from tests.engine.worlds import MECHANISMS, Plan, make, plans

from scoredsociety.engine.control import consequences
from scoredsociety.engine.layout import LISTS_AT, grade_in, lists_in
from scoredsociety.engine.replay.household_replay import Account, LifeMonth
from scoredsociety.engine.rule_index import Derived, derive
from scoredsociety.engine.state import no_messages
from scoredsociety.fixed import Ints
from scoredsociety.kernel import _compile, jit_enabled
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables
from scoredsociety.study.explain.denials import denied_in
from scoredsociety.study.readout.persons import denials_now

MANY = 60


def _of_one(
    s: int, grade: int, score: int, lists: int, coarse: int, tables: SchemeTables, derived: Derived
) -> int:
    kind = consequences.kind_of(coarse, derived)
    mask = consequences.of_scheme(s, grade, score, lists, kind, tables, derived)
    return consequences.denied(mask, derived)


of_one = _compile(_of_one) if jit_enabled() else _of_one


def some(tables: SchemeTables, random: Random) -> tuple[Ints, Ints, Ints]:
    """Statuses, scores (schemes, people) and coarse traits at random, often at a threshold."""
    many = len(tables.schemes)
    edges = [int(row[k]) for row in tables.consequences for k in ("score_min", "score_max")]
    edges = [one for one in edges if abs(one) < 200_000] or [0]
    scores = np.array(
        [[random.choice(edges) + random.randint(-1, 1) for _ in range(MANY)] for _ in range(many)]
    )
    status = []
    for _ in range(MANY):
        grades = [random.choice((0, 0, 1, 2, 3, t.NO_GRADE)) for _ in range(many)]
        grades += [t.NO_GRADE] * (4 - many)
        word = sum(grade << 4 * s for s, grade in enumerate(grades))
        status.append(word | (random.getrandbits(8) & random.getrandbits(8)) << LISTS_AT)
    coarse = [random.getrandbits(16) for _ in range(MANY)]
    return np.array(status), scores, np.array(coarse)


def lived(status: int, scores: list[int], coarse: int) -> LifeMonth:
    """A month of a life of which only what was published matters."""
    none = np.zeros(0, dtype=np.int64)
    accounts = tuple(Account(True, 0, score, 0, none) for score in scores)
    return LifeMonth(
        0, 0, none, none, no_messages(), none, 0, 0, status, accounts, none, coarse=coarse
    )


def agree(plan: Plan) -> int:
    """Assert that all say the same of persons at random; months with a denial that were seen."""
    inputs = make(plan)
    tables, found = inputs.schemes[0][1], 0
    derived = derive(tables, inputs.conduct[0][1])
    status, scores, coarse = some(tables, Random(plan.seed))
    for s in range(len(tables.schemes)):
        columns = denials_now(
            tables, derived, status.astype(np.uint32), scores.astype(np.int32), s,
            coarse.astype(np.uint16),
        )  # fmt: skip
        for person in range(MANY):
            word, mine = int(status[person]), [int(row[person]) for row in scores]
            said = of_one(
                s, grade_in(word, s), mine[s], lists_in(word), int(coarse[person]),
                tables, derived,
            )  # fmt: skip
            month = lived(word, mine, int(coarse[person]))
            assert int(columns[person]) == said
            assert sum(1 << place for place in denied_in(month, s, tables)) == said
            found += said != 0
    return found


@settings(max_examples=30, **QUIET)
@given(plans())
def test_one_answer_to_who_is_under_what(plan: Plan) -> None:
    agree(plan)


def test_there_are_denials_to_agree_about() -> None:
    assert sum(agree(Plan(k, 60, 2, 0, frozenset(MECHANISMS))) for k in range(6)) > 100
