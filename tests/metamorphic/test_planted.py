"""Each relation sees a fault of its kind: planted in what the run is given, it is found.

A fault is planted behind the documents' back, as a wrong engine would have it: by the place of a
row instead of its meaning, by a rule that is not in force, by the number of people.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.engine.worlds import MECHANISMS, Plan
from tests.metamorphic import test_sizes as sizes
from tests.metamorphic.documents import can_be_split, reordered, split, with_rule
from tests.metamorphic.living import (
    AWARE,
    UNMOVED,
    Fault,
    differing,
    live,
    live_world,
    scheme_of,
    taken_for,
)
from tests.metamorphic.tables import (
    untied,
    with_idle_rule,
    with_rules_in_order,
    with_schemes_in_order,
    with_split_rules,
)
from tests.metamorphic.test_documents import idle_rules
from tests.metamorphic.test_worlds import every_version, split_ids, unlike_in_rank, world_of

from scoredsociety.engine.inputs import Inputs
from scoredsociety.runs.digest.scope import EVERYTHING, Scope
from scoredsociety.scheme.tables import SchemeTables


def in_tables(change: Callable[[SchemeTables], None]) -> Fault:
    """A fault in the tables of every version."""

    def planted(inputs: Inputs) -> Inputs:
        def changed(tables: SchemeTables) -> SchemeTables:
            copied = tables._replace(rules=tables.rules.copy(), schemes=tables.schemes.copy())
            change(copied)
            return copied

        return every_version(inputs, changed)

    return planted


def odd_rules_double(tables: SchemeTables) -> None:
    """What a rule takes or gives depends on its place in the table."""
    tables.rules.points[1::2] *= 2


def later_schemes_start_higher(tables: SchemeTables) -> None:
    """Where a scheme stands in the run decides its start."""
    tables.schemes.start[1:] += 100


def always_in_force(tables: SchemeTables) -> None:
    """No rule's time is asked."""
    tables.rules.from_month[:], tables.rules.until_month[:] = 0, 1 << 14


def new_rules_double(count: int) -> Callable[[SchemeTables], None]:
    """Rules that came with a split count twice."""

    def change(tables: SchemeTables) -> None:
        tables.rules.points[count:] *= 2

    return change


def by_number_of_people(inputs: Inputs) -> Inputs:
    """Luck by what is stored where instead of by address."""
    return inputs._replace(seed=inputs.seed + inputs.seats.people)


def test_of_order_in_a_file() -> None:
    scheme, fault = scheme_of("wendeng_2020"), in_tables(odd_rules_double)
    one, two = (live([each], sets=AWARE, fault=fault) for each in (scheme, reordered(scheme)))
    assert "wendeng_2020/score" in differing(one, two)


def test_of_order_of_schemes() -> None:
    pair = [scheme_of("wendeng_2020"), scheme_of("sesame_documented")]
    fault = in_tables(later_schemes_start_higher)
    one, two = (live(each, sets=AWARE, fault=fault) for each in (pair, pair[::-1]))
    assert "wendeng_2020/score" in differing(one, two)


def test_of_a_split_rule() -> None:
    scheme = scheme_of("national_composite")
    rule = next(one for one in scheme.rule if one.points and can_be_split(scheme, one))
    parted, ids = split(scheme, rule)
    fault = in_tables(odd_rules_double)
    one, two = (live([each], sets=AWARE, fault=fault) for each in (scheme, parted))
    assert differing(one, two, EVERYTHING, taken_for(scheme.id, ids)) != []


def test_of_a_split_rule_without_its_map() -> None:
    """The map of ids is needed: without it two rules are told apart."""
    scheme = scheme_of("national_composite")
    rule = next(one for one in scheme.rule if one.id == "late_payment")
    assert can_be_split(scheme, rule)
    parted, ids = split(scheme, rule)
    one, two = live([scheme]), live([parted])
    assert differing(one, two) == ["records", "tallies"]
    assert differing(one, two, EVERYTHING, taken_for(scheme.id, ids)) == []


def test_of_order_of_patches(tmp_path: Path) -> None:
    """The second file is not read: the order decides which rule goes."""
    scheme, files = scheme_of("wendeng_2020"), []
    for name, rule in (("a", scheme.rule[0]), ("b", scheme.rule[-1])):
        files.append(tmp_path / f"{name}.toml")
        files[-1].write_text(f'remove = ["rule.{rule.id}"]\n')
    one, two = (live([scheme], sets=AWARE, patches=[str(file)]) for file in files)
    assert "records" in differing(one, two)


@pytest.mark.parametrize("reason", ["long over", "not yet"])
def test_of_a_rule_that_cannot_fire(reason: str) -> None:
    scheme, fault = scheme_of("national_composite"), in_tables(always_in_force)
    idle = with_rule(scheme, idle_rules(scheme.id)[reason])
    one, two = (live([each], sets=AWARE, fault=fault) for each in (scheme, idle))
    assert "records" in differing(one, two)


def test_of_a_scheme_alone_and_beside_another() -> None:
    scheme, other = scheme_of("wendeng_2020"), scheme_of("judgment_list")
    fault = in_tables(later_schemes_start_higher)
    scope = Scope(schemes=frozenset((scheme.id,)), common=False)
    alone = live([scheme], off=UNMOVED, fault=fault)
    assert "wendeng_2020/score" in differing(
        alone, live([other, scheme], off=UNMOVED, fault=fault), scope
    )


def test_of_a_society_within_a_larger_one() -> None:
    one, two = (
        live([scheme_of("wendeng_2020")], people=people, months=12, society="small", off=UNMOVED,
             fault=by_number_of_people)
        for people in (sizes.PEOPLE, 2 * sizes.PEOPLE)
    )  # fmt: skip
    persons = sizes.shared(one, two)
    assert "records" in differing(one, two, Scope(persons=persons, ties=False))


PLAN = Plan(9, 150, 10, 4, frozenset(MECHANISMS))


def test_of_random_worlds() -> None:
    """Rules in another order, schemes in another order, a rule that cannot fire, a split rule."""
    inputs = unlike_in_rank(world_of(PLAN))
    odd, later = in_tables(odd_rules_double), in_tables(later_schemes_start_higher)
    count, heads = (len(getattr(inputs.schemes[0][1], name)) for name in ("rules", "schemes"))
    assert heads > 1

    order = list(range(count))[::-1]
    turned = every_version(inputs, lambda tables: with_rules_in_order(tables, order))
    ids = [f"r{place}" for place in order]
    assert differing(live_world(odd(inputs)), live_world(odd(turned), ids)) != []

    order = list(range(heads))[::-1]
    turned = every_version(inputs, lambda tables: with_schemes_in_order(tables, order))
    assert differing(live_world(later(inputs)), live_world(later(turned), schemes=order)) != []

    always = in_tables(always_in_force)
    idle = every_version(inputs, with_idle_rule)
    assert differing(live_world(always(inputs)), live_world(always(idle))) != []

    inputs = every_version(world_of(PLAN), untied)
    parted = every_version(inputs, with_split_rules)
    one, two = live_world(inputs), live_world(in_tables(new_rules_double(count))(parted))
    assert differing(one, two, EVERYTHING, split_ids(inputs)) != []
