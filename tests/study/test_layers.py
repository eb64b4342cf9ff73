"""A scheme that books something to ties needs a society that has such ties."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scoredsociety.document.problem import DocumentErrors
from scoredsociety.runs.documents.tie_layer_check import refuse_layers
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.society.places import NEIGHBOURS
from scoredsociety.society.recipes.recipe import load_society
from scoredsociety.study.explain.spillover_origin import OTHERS, brought_by


def scheme_of(**rule: Any) -> Scheme:
    return Scheme.model_validate({
        "scheme": {"id": "one", "title": "One"}, "score": {"kind": "points", "start": 100},
        "rule": [{"id": "act", "on": "noise", "points": -1}, {"id": "more", "points": -1, **rule}],
    })  # fmt: skip


@pytest.mark.parametrize("rule", [
    {"on": "noise", "spill": {"to": "neighbours"}}, {"on_others": {"by": "neighbours"}},
])  # fmt: skip
def test_ties_that_nobody_has_are_refused(rule: dict[str, Any]) -> None:
    society = load_society("county").compile()
    refuse_layers([[(0, scheme_of(**rule))]], society)
    without = society._replace(slots=society.slots[society.slots.layer != NEIGHBOURS])
    with pytest.raises(DocumentErrors) as raised:
        refuse_layers([[(0, scheme_of(**rule))]], without)
    (problem,) = raised.value.problems
    assert problem.rule == "rule.more"
    assert problem.message == "the society has no ties of the layer neighbours"
    assert problem.hint is not None and "take another society or layer" in problem.hint


def test_families_and_leaders_are_there_in_any_society() -> None:
    society = load_society("county").compile()
    bare = society._replace(slots=society.slots[:0])
    refuse_layers([[(0, scheme_of(on="noise", spill={"to": "spouse"}))]], bare)
    refuse_layers([[(0, scheme_of(on_others={"by": "residents"}))]], bare)


def test_a_record_knows_who_brought_it() -> None:
    from scoredsociety.conduct.model import load_conduct
    from scoredsociety.scheme.compile.schemes import compile_schemes

    one = scheme_of(on_others={"by": "fellow_leaders"})
    two = one.model_copy(update={"scheme": one.scheme.model_copy(update={"id": "two"})})
    two = two.model_copy(update={"rule": [
        *scheme_of(on="noise", spill={"to": "leaders"}).rule,
        *scheme_of(on="noise", spill={"to": "spouse"}).rule[1:],
    ]})  # fmt: skip
    rules = [*two.rule[:2], two.rule[2].model_copy(update={"id": "third"})]
    two = two.model_copy(update={"rule": rules})
    tables, names = compile_schemes([[(0, one)], [(0, two)]], load_conduct("everyday"))
    found = dict(zip([name.key for name in names.rules], brought_by(tables), strict=True))
    assert found["more"] == t.TO_HOUSEHOLD  # of the second scheme: its own record
    assert found["more.spill"] == t.TO_LEADERS and found["third.spill"] == t.TO_HOUSEHOLD
    assert brought_by(tables)[1] == t.TO_FELLOWS
    assert set(OTHERS) == set(np.arange(t.TO_LEADERS, t.TO_TIES + 1).tolist())
