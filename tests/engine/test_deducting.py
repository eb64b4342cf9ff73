"""Removing a rule that only deducts lowers nobody's score (responses and life effects off).

Both runs meet the same people with the same luck, so the promise is about every person in every
month, not about a mean. A rule that only leads straight to a grade takes no points; where the
heaviest of one act's rules counts (O-R0) it stands in for a rule that does, and without it the
score may well be lower. That is what the rule text says, and a test of its own.
"""

from __future__ import annotations

import pytest
from tests.engine.runs import START, everyday

from scoredsociety.conduct.model import load_conduct
from scoredsociety.engine.inputs import ONE_THREAD, Inputs, Machine
from scoredsociety.engine.run import advance_run, begin_run
from scoredsociety.engine.run_constants import settle
from scoredsociety.engine.state import I32
from scoredsociety.scheme.compile.schemes import compile_schemes
from scoredsociety.scheme.model.scheme import Rule, Scheme
from scoredsociety.scheme.read.load import load_scheme
from scoredsociety.scheme.read.patch import patched, without

SCHEME = "wendeng_2020"


def stands_in(rule: Rule, rules: list[Rule]) -> bool:
    """Whether a straight-to-grade rule shares an act with another rule."""
    shared = [other for other in rules if set(other.on or []) & set(rule.on or [])]
    return rule.grade is not None and len(shared) > 1


def only_deducts(rule: Rule) -> bool:
    """A rule of which every effect takes points or a grade away."""
    awards = [rule.points or 0, *(b.points for b in rule.brackets or [])]
    awards += [piece.points for piece in rule.slices or []]
    awards += [dated.points for dated in rule.dated]
    parts = [part.points or 0 for part in (rule.spill, rule.residue) if part is not None]
    return rule.on is not None and all(points <= 0 for points in [*awards, *parts])


def scheme() -> Scheme:
    """The documented rule text."""
    return load_scheme(SCHEME, load_conduct("everyday"))


def deducting() -> list[str]:
    """Ids of its rules that only deduct."""
    rules = scheme().rule
    return [rule.id for rule in rules if only_deducts(rule) and not stands_in(rule, rules)]


def published(inputs: Inputs, machine: Machine) -> list[I32]:
    """(people,) scores after each month."""
    months: list[I32] = []
    setting = settle(inputs, machine)
    advance_run(
        inputs, setting, begin_run(inputs, setting, machine), machine=machine,
        on_month=lambda outcome: months.append(outcome.exchange.score[0].copy()),
    )  # fmt: skip
    return months


def lowered(
    base: Inputs, rule: str, with_it: list[I32] | None = None, machine: Machine = ONE_THREAD
) -> tuple[int, int]:
    """Person-months in which someone has a lower, and a higher, score without the rule."""
    conduct = load_conduct("everyday")
    changed = patched(scheme(), without([f"rule.{rule}"]), conduct)
    tables, _ = compile_schemes([[(START, changed)]], conduct)
    without_it = published(base._replace(schemes=((START, tables),)), machine)
    pairs = list(zip(without_it, with_it or published(base, machine), strict=True))
    assert len(pairs) == base.months
    return sum(int((a < b).sum()) for a, b in pairs), sum(int((a > b).sum()) for a, b in pairs)


def test_some_rules_of_the_documented_text() -> None:
    rules, moved = deducting(), 0
    assert len(rules) >= 30
    base = everyday((SCHEME,), 6000, 8)
    with_it = published(base, ONE_THREAD)
    for rule in rules[::6]:
        lower, higher = lowered(base, rule, with_it)
        assert lower == 0, rule
        moved += higher
    assert moved > 0  # some of these rules were used, so that the test can fail


def test_a_straight_to_grade_rule_stands_in_for_points() -> None:
    """Subsidy fraud leads to B instead of costing 50 points; without that row it costs them."""
    assert "subsidy_fraud" not in deducting()
    lower, higher = lowered(everyday((SCHEME,), 6000, 8), "subsidy_fraud")
    assert lower > 0 and higher == 0


def test_removing_an_award_does_lower_somebody() -> None:
    """The comparison sees a lower score where there is one."""
    awards = [rule.id for rule in scheme().rule if (rule.points or 0) > 0 and rule.on]
    base = everyday((SCHEME,), 6000, 8)
    with_it = published(base, ONE_THREAD)
    assert any(lowered(base, rule, with_it)[0] for rule in awards[:8])


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_rule_over_a_hundred_thousand_people(seed: int) -> None:
    base, machine = everyday((SCHEME,), 100_000, 36, seed), Machine(4)
    with_it = published(base, machine)
    for rule in deducting():
        assert lowered(base, rule, with_it, machine)[0] == 0, rule
