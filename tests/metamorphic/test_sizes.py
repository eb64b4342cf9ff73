"""The people of a society of N live among 2N: what differs for them is explained and counted.

Communities are whole at both sizes. What crosses between communities (far ties, what is known of
the whole) may differ; nothing else may. Seen to fail with a planted fault: luck keyed by the number
of people (test_planted.py).
"""

from __future__ import annotations

import numpy as np
import pytest
from tests.metamorphic.living import UNMOVED, Life, assert_same, live, scheme_of

from scoredsociety.engine.layout import grade_in
from scoredsociety.fixed import Ints
from scoredsociety.keyed import SEAT_BITS
from scoredsociety.runs.digest.meaning import addresses, open_pairs
from scoredsociety.runs.digest.scope import Scope
from scoredsociety.scheme.tables import NO_GRADE
from scoredsociety.society.ties.tie_slots import GROUP

PEOPLE, MONTHS = 640, 12  # ten communities of 64 seats
LOCAL = ("judgment_list", "suining_2010", "fico", "wendeng_2020")  # nothing reads far ties


def both(name: str, people: int = PEOPLE, months: int = MONTHS) -> tuple[Life, Life]:
    """A society and one twice as large, without responses."""
    scheme = [scheme_of(name)]
    one, two = (
        live(scheme, people=size, months=months, society="small", off=UNMOVED)
        for size in (people, 2 * people)
    )
    return one, two


def shared(one: Life, two: Life) -> Ints:
    """Addresses that both have."""
    return np.intersect1d(addresses(one.lived.inputs), addresses(two.lived.inputs))


@pytest.mark.parametrize("name", LOCAL)
def test_nobody_differs_where_nothing_is_read_from_afar(name: str) -> None:
    one, two = both(name)
    persons = shared(one, two)
    assert len(persons) == PEOPLE
    assert_same(one, two, Scope(persons=persons, ties=False))


def pairs_of(life: Life) -> Ints:
    """(ties, 2) addresses of both ends."""
    where = addresses(life.lived.inputs)
    return np.vstack(list(open_pairs(life.lived, where, np.ones(len(where), dtype=np.bool_))))


def near(pairs: Ints, persons: set[int]) -> set[tuple[int, int]]:
    """Ties of some persons within their community.

    A far slot pairs any two groups of seats, by chance two of one community; which ones depends
    on the size of the society, and those few are no near ties.
    """
    at_home = pairs[pairs[:, 0] >> SEAT_BITS == pairs[:, 1] >> SEAT_BITS]
    return {(one, other) for one, other in at_home.tolist() if one in persons}


def scores_of(life: Life) -> dict[int, int]:
    """Score by address, of subjects."""
    exchange = life.lived.state.exchange
    grade = grade_in(exchange.status.astype(np.int64), 0)
    where = addresses(life.lived.inputs)
    return {
        int(address): int(score)
        for address, score, code in zip(where, exchange.score[0], grade, strict=True)
        if code != NO_GRADE
    }


def circles(pairs: Ints) -> dict[int, set[int]]:
    """Whom each person has a tie with."""
    found: dict[int, set[int]] = {}
    for one, other in pairs.tolist():
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


def explained(people: int, months: int) -> tuple[int, int, int]:
    """Persons of both; whose score differs for other far ties; and for ties whose score differs."""
    one, two = both("sesame_documented", people, months)
    persons = {int(address) for address in shared(one, two)}
    small, large = pairs_of(one), pairs_of(two)
    by_chance = near(small, persons) ^ near(large, persons)
    assert all(one // GROUP != other // GROUP for one, other in by_chance)
    assert len(by_chance) < len(near(small, persons)) // 100
    scores, others = scores_of(one), scores_of(two)
    assert scores.keys() == others.keys() & persons
    mine, theirs = circles(small), circles(large)
    unlike = {person for person in scores if scores[person] != others[person]}
    moved = {person for person in unlike if mine.get(person) != theirs.get(person)}
    through = {person for person in unlike - moved if mine.get(person, set()) & unlike}
    assert unlike == moved | through, f"unexplained: {sorted(unlike - moved - through)[:5]}"
    return len(persons), len(moved), len(through)


def test_who_differs_has_other_far_ties_or_knows_somebody_who_differs() -> None:
    """Under a scheme that reads ties. Cases of the fixed run are counted: they exist."""
    people, moved, through = explained(PEOPLE, MONTHS)
    assert people == PEOPLE and moved > 0
    assert moved + through < people


@pytest.mark.long
def test_who_differs_in_a_larger_society() -> None:
    people, moved, _ = explained(8 * PEOPLE, 2 * MONTHS)
    assert people == 8 * PEOPLE and moved > 0
