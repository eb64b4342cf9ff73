"""A consequence with a term: once begun it runs its months, whatever the grade does meanwhile.

``months`` is a short form. It stands for a list that a rule places on, following the grade (or
list) with ``stays``, and for the consequence following that list: state that records hold already.
Agencies act on what was published, so the term begins the month after; where the grounds still
stand at its end, another begins (as the two years of O-B13 do).
"""

from __future__ import annotations

from scoredsociety.scheme.model.rule import OnGrade, Rule
from scoredsociety.scheme.model.scheme import Consequence, ListOf, Scheme, When

TERM = "term_"  # with the consequence's id: of the list and of the rule


def expanded(scheme: Scheme) -> Scheme:
    """The scheme with its short forms written out; the same scheme where it has none."""
    if all(one.months is None for one in scheme.consequence):
        return scheme
    lists, rules, consequences = [], [], []
    for one in scheme.consequence:
        if one.months is None:
            consequences.append(one)
            continue
        name = f"{TERM}{one.id}"
        title = one.title or one.id.replace("_", " ")
        lists.append(ListOf(id=name, title=f"Term of: {title}"[:600], status=one.status))
        rules.append(_rule(scheme, one, name, title))
        consequences.append(one.model_copy(update={"when": When.model_validate({"list": name})}))
    return scheme.model_copy(
        update={
            "list_": [*scheme.list_, *lists],
            "rule": [*scheme.rule, *rules],
            "consequence": consequences,
        }
    )


def _rule(scheme: Scheme, one: Consequence, name: str, title: str) -> Rule:
    when = one.when
    follows = None
    if when.list_ is None:
        follows = OnGrade(
            scheme=scheme.id, grade=when.grade, at_most=when.grade_at_most,
            at_least=when.grade_at_least,
        )  # fmt: skip
    rule = Rule(
        id=name, title=f"Term of: {title}"[:600], on_list=when.list_, on_grade=follows,
        memory_months=one.months, stays=True, context=one.context, source=one.source,
        status=one.status, assumed=["memory_months"] if "months" in one.assumed else [],
    )  # fmt: skip
    return rule.model_copy(update={"list_": name, "if_": one.if_})
