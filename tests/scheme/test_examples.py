"""Worked examples hold, can fail, and say which rule is at fault and no total (V1, V3, O-Z1)."""

from __future__ import annotations

import re

import numpy as np
import pytest

from scoredsociety.conduct.model import Conduct, load_conduct
from scoredsociety.runs.documents.worked_examples import failing_examples, fault_of, room_of
from scoredsociety.scheme.compile.example_inputs import examples_of
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.scheme.read.load import catalogue, load_scheme
from scoredsociety.scheme.read.patch import apply as applied
from scoredsociety.scheme.read.patch import set_values

from .wendeng_rows import ADDITIONS, DEDUCTIONS, DIRECT, LEADERS, PETITIONS, RONGCHENG, RURAL

# rows of 2.2 that the list of rows holds in another form: two organ rules, additions by steps
_MORE = {"organ_donation_spouse", "organ_donation_parents"}


@pytest.fixture(scope="module")
def conduct() -> Conduct:
    return load_conduct("everyday")


@pytest.fixture(scope="module")
def wendeng(conduct: Conduct) -> Scheme:
    return load_scheme("wendeng_2020", conduct)


@pytest.mark.parametrize("name", catalogue())
def test_every_example_of_the_catalogue_holds(name: str, conduct: Conduct) -> None:
    scheme = load_scheme(name, conduct)
    assert scheme.example, "a scheme carries at least one worked example"
    assert failing_examples(scheme, conduct) == []


def test_every_row_of_the_text_is_a_rule_with_its_points(wendeng: Scheme) -> None:
    rules = {rule.id: rule for rule in wendeng.rule}
    rows = [*DEDUCTIONS, *RURAL, *RONGCHENG, *PETITIONS, *ADDITIONS]
    direct = {name: grade for grade, acts in DIRECT.items() for name in acts}
    leaders = {name for name, rule in rules.items() if rule.on_others is not None}
    assert {row.rule for row in rows} | direct.keys() | _MORE | leaders == rules.keys()
    assert len(rows) == 97 and len(direct) == 31
    for row in rows:
        rule = rules[row.rule]
        assert row.act in (rule.on or []), row
        if rule.points is not None:
            assert rule.points == row.points, row
    for name, grade in direct.items():
        assert rules[name].grade == grade
        assert DIRECT[grade][name] in (rules[name].on or [])


def test_village_leaders_lose_points_for_one_another(wendeng: Scheme) -> None:
    rules = [rule for rule in wendeng.rule if rule.on_others is not None]
    said = {rule.on_others.what: rule.points for rule in rules if rule.on_others is not None}
    assert said == LEADERS
    for rule in rules:
        assert rule.on_others is not None and rule.on_others.by == "fellow_leaders"
        assert rule.if_ is not None and (rule.if_.trait, rule.if_.to) == ("urban", 0)


def test_every_rule_is_exercised_by_an_example_that_fails_without_it(
    wendeng: Scheme, conduct: Conduct
) -> None:
    """Ending one rule before it begins makes at least one example fail, and it names the rule."""
    room = room_of(wendeng, conduct)
    examples = examples_of(wendeng, conduct)
    untouched = []
    for place, name in enumerate(room.names.rules):
        if name.key != name.id:
            continue  # residues and spill-overs fall with their rule
        rules = room.scheme.rules.copy()
        rules.until_month[place] = rules.from_month[place]
        without = room._replace(scheme=room.scheme._replace(rules=rules))
        named = [example for example in examples if name.id in example.rules]
        faults = [fault_of(example, without) for example in named]
        if not any(fault and f"rule.{name.id}" in fault for fault in faults):
            untouched.append(name.id)
    assert untouched == []


def test_a_failing_example_names_the_rule_and_what_was_expected(
    wendeng: Scheme, conduct: Conduct
) -> None:
    values = applied(
        wendeng.model_dump(by_alias=True, exclude_unset=True),
        set_values({"rule.petition_beijing.points": -30}),
    )
    faults = failing_examples(Scheme.model_validate(values), conduct)
    assert any("rule.petition_beijing" in fault for fault in faults)
    for fault in faults:
        assert re.search(r" was expected and .* came; look at rule\.", fault), fault


def test_the_same_bits_for_every_order_of_examples(wendeng: Scheme, conduct: Conduct) -> None:
    room = room_of(wendeng, conduct)
    examples = examples_of(wendeng, conduct)
    order = np.random.default_rng(1).permutation(len(examples))
    assert [fault_of(examples[k], room) for k in order] == [None] * len(examples)


def test_an_amount_that_the_act_does_not_have_is_refused(conduct: Conduct) -> None:
    from scoredsociety.scheme.check.scheme_check import check_scheme

    scheme = Scheme.model_validate({
        "scheme": {"id": "one", "title": "One"}, "score": {"kind": "points"},
        "grade": [{"id": "A"}], "rule": [],
        "example": [{"name": "x", "records": [{"act": "money_donation", "amount": 77}],
                     "expect": {"score": 0}}],
    })  # fmt: skip
    assert any("has no amount 77" in p.message for p in check_scheme(scheme, conduct))


def test_a_list_of_another_scheme_brings_a_grade_and_its_exit_a_residue(conduct: Conduct) -> None:
    rule = {"id": "reads", "on_list": "debtors", "grade": "B", "residue": {"points": -50}}
    listed = {"name": "on it", "lists": ["debtors"], "expect": {"grade": "B", "score": 1000}}
    free = {"name": "not on it", "records": [], "expect": {"grade": "A", "score": 1000}}
    scheme = Scheme.model_validate({
        "scheme": {"id": "one", "title": "One"}, "score": {"kind": "points", "start": 1000},
        "grade": [{"id": "A", "from": 960}, {"id": "B"}], "rule": [rule],
        "example": [listed, free],
    })  # fmt: skip
    assert failing_examples(scheme, conduct) == []
    wrong = scheme.example[0].model_copy(update={"lists": []})
    assert failing_examples(scheme.model_copy(update={"example": [wrong]}), conduct)
