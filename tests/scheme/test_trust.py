"""Sources that are trusted less count for less, exactly, where a scheme says so (S3-33)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scoredsociety.conduct.model import Conduct, load_conduct
from scoredsociety.document.problem import DocumentErrors
from scoredsociety.runs.documents.data_flows import SOURCE_TRUST, without_flows
from scoredsociety.runs.documents.worked_examples import failing_examples
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.check.scheme_check import check_scheme
from scoredsociety.scheme.compile.scheme_names import SchemeNames
from scoredsociety.scheme.compile.schemes import compile_schemes
from scoredsociety.scheme.describe.rules_in_words import as_text, rule_book
from scoredsociety.scheme.describe.scheme_diff import diff
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.scheme.read.load import load_scheme
from scoredsociety.scheme.read.patch import load_patch, patched


@pytest.fixture(scope="module")
def conduct() -> Conduct:
    return load_conduct("everyday")


def scheme_of(**more: Any) -> Scheme:
    """A scheme of one rule that a collector or the police file, and one that a court does."""
    return Scheme.model_validate({
        "scheme": {"id": "one", "title": "One"}, "score": {"kind": "points", "start": 100},
        "dynamics": {"repeat": "double"},
        "grade": [{"id": "good", "from": 50}, {"id": "bad"}],
        "rule": [
            {"id": "yard", "on": "untidy_yard", "points": -10, "memory_months": 12},
            {"id": "debt", "on": "debt_judgment", "points": -30, "grade": "bad",
             "memory_months": 12},
        ], **more,
    })  # fmt: skip


def compiled(scheme: Scheme, conduct: Conduct) -> tuple[t.SchemeTables, SchemeNames]:
    return compile_schemes([[(0, scheme)]], conduct)


def test_without_the_table_nothing_is_weighed(conduct: Conduct) -> None:
    tables, _ = compiled(scheme_of(), conduct)
    assert tables.filed_as.shape == (0, 0)
    assert list(tables.rules.counts_as) == [0, 1]
    same, _ = compiled(scheme_of(trust={"weights": {"court": 1}}), conduct)
    assert np.array_equal(same.rules, tables.rules) and same.filed_as.shape == (0, 0)


def test_a_record_is_booked_under_the_row_of_its_source(conduct: Conduct) -> None:
    seen = next(act.seen_by for act in conduct.act if act.id == "untidy_yard")
    scheme = scheme_of(trust={"weights": {seen[0]: 0.25}})
    tables, names = compiled(scheme, conduct)
    assert [name.key for name in names.rules] == ["yard", "yard.at_0.25", "debt"]
    place = list(conduct.source_ids).index(seen[0])
    assert tables.filed_as[0, place] == 1
    assert set(np.delete(tables.filed_as[0], place)) == {0}
    assert (tables.rules.points[1], tables.rules.counts_as[1]) == (-250, 0)
    assert tables.rules.kind[1] == t.WEIGHED
    assert 1 not in tables.act_rule_list


def test_points_repeats_and_grades_by_weight(conduct: Conduct) -> None:
    seen = next(act.seen_by for act in conduct.act if act.id == "untidy_yard")
    first = seen[0]
    yard = {"act": "untidy_yard", "seen_by": first}
    debt_by = next(act.seen_by for act in conduct.act if act.id == "debt_judgment")[0]
    debt = {"act": "debt_judgment", "seen_by": debt_by}
    cases = [
        ({first: 1}, [yard], 90, "good"),
        ({first: 0.25}, [yard], 97.5, "good"),
        ({first: 0.333}, [yard], 96.67, "good"),  # -3.33: towards zero
        ({first: 0.25}, [yard, {**yard, "month": 1}], 92.5, "good"),  # -2.5, and twice -2.5
        ({first: 0}, [yard], 100, "good"),
        ({debt_by: 0.5}, [debt], 85, "bad"),
        ({debt_by: 0.49}, [debt], 85.3, "good"),  # less than half: straight to no grade
    ]  # fmt: skip
    for weights, records, score, grade in cases:
        example = {"name": "x", "records": records, "after_months": 1,
                   "expect": {"score": score, "grade": grade}}  # fmt: skip
        scheme = scheme_of(trust={"weights": weights}, example=[example])
        assert check_scheme(scheme, conduct) == []
        assert failing_examples(scheme, conduct) == [], (weights, score)
        wrong = {**example, "expect": {"score": score + 1}}
        assert failing_examples(scheme_of(trust={"weights": weights}, example=[wrong]), conduct)


def test_a_repeat_across_sources_is_a_repeat(conduct: Conduct) -> None:
    act = next(a for a in conduct.act if len(a.seen_by) > 1 and a.id == "noise")
    one, other = act.seen_by[:2]
    rule = {"id": "noise", "on": "noise", "points": -10, "memory_months": 12}
    records = [{"act": "noise", "seen_by": one}, {"act": "noise", "seen_by": other, "month": 1}]
    example = {"name": "x", "records": records, "after_months": 1, "expect": {"score": 85}}
    scheme = scheme_of(rule=[rule], trust={"weights": {one: 0.5, other: 0.5}}, example=[example])
    assert failing_examples(scheme, conduct) == []  # -5, then -10
    apart = scheme_of(rule=[rule], trust={"weights": {one: 0.5}}, example=[
        {**example, "expect": {"score": 75}}])  # fmt: skip
    assert failing_examples(apart, conduct) == []  # -5, then twice -10


def test_a_source_goes_before_its_kind_and_both_before_the_declared_weight(
    conduct: Conduct,
) -> None:
    from scoredsociety.scheme.check.scheme_check import known_of
    from scoredsociety.scheme.compile.source_trust import weights_of

    known = known_of(conduct, {}, {}, {}, {})
    ids = list(conduct.source_ids)
    declared = weights_of(scheme_of(trust={"declared": True}).trust, known)
    assert declared == tuple(source.trust for source in conduct.source) and min(declared) < 1
    kind = next(source.kind for source in conduct.source if source.id == "hotline")
    weights = weights_of(
        scheme_of(trust={"declared": True, "weights": {"hotline": 0.1, kind: 0.2}}).trust, known
    )
    assert float(weights[ids.index("hotline")]) == 0.1
    assert {float(weights[k]) for k, s in enumerate(conduct.source)
            if s.kind == kind and s.id != "hotline"} <= {0.2}  # fmt: skip


def test_the_words_say_it_and_the_switch_takes_it_away(conduct: Conduct) -> None:
    scheme = load_scheme("wendeng_2020", conduct)
    weighed = patched(scheme, load_patch("sources_weighed"), conduct)
    assert "each source by its own weight" in as_text(rule_book(weighed))
    assert any("trusts all sources alike" in line for line in diff(scheme, weighed))
    off = without_flows(weighed, conduct, (SOURCE_TRUST,))
    plain, _ = compiled(scheme, conduct)
    switched, _ = compiled(off, conduct)
    for one, other in zip(plain, switched, strict=True):
        assert np.array_equal(one, other)


def test_an_unknown_source_is_refused_with_a_suggestion(conduct: Conduct) -> None:
    problems = check_scheme(scheme_of(trust={"weights": {"hotlin": 0.5}}), conduct)
    assert [(p.rule, p.key, p.hint) for p in problems] == [
        ("trust", "weights.hotlin", "did you mean hotline?")
    ]
    with pytest.raises(DocumentErrors):
        compiled(scheme_of(trust={"weights": {"hotlin": 0.5}}), conduct)
