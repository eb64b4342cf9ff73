"""Plain answers about documents, each of which a changed line had once passed unseen.

See tests/mutants. implementation.
"""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace as Like
from typing import Any

import pytest

from scoredsociety.document.problem import DocumentErrors
from scoredsociety.scheme.compile.example_inputs import ExampleCase
from scoredsociety.scheme.describe.rule_phrases import _amounts, what_is_read
from scoredsociety.scheme.read.copy_badge import changes
from scoredsociety.scheme.read.load import load_scheme
from scoredsociety.scheme.read.patch import patched, without


@pytest.mark.parametrize(("was", "now", "count"), [
    ({"a": 1}, {"a": 1}, 0), ({"a": 1}, {"a": 2}, 1), ({"a": 1}, {"a": 1, "b": 2}, 1),
    ({"a": 1, "b": 2}, {"a": 1}, 1), ({"rule": [{"id": "x"}, {"id": "y"}]}, {}, 2),
    ({}, {"rule": [{"id": "x"}]}, 1),
])  # fmt: skip
def test_what_came_and_what_went_is_a_change(was: Any, now: Any, count: int) -> None:
    assert changes(was, now) == count


def _example(**expected: int | None) -> ExampleCase:
    given = {"score": None, "score_low": None, "score_high": None, **expected}
    return ExampleCase("one", (), (), (), (), None, 0, ("late",), None, on_list=None, off_list=None,
                   **given)  # fmt: skip


@pytest.mark.parametrize(("example", "came", "said"), [
    (_example(score=99_000), 99_100, "a score of 990 was expected and 991 came"),
    (_example(score=99_000), 98_900, "a score of 990 was expected and 989 came"),
    (_example(score_high=99_000), 99_100, "a score of at most 990 was expected and 991 came"),
    (_example(score_low=99_000), 98_900, "a score of at least 990 was expected and 989 came"),
])  # fmt: skip
def test_a_failing_example_says_which_way_it_failed(
    example: ExampleCase, came: int, said: str
) -> None:
    assert example.fault(None, came, frozenset()) == f"example 'one': {said}; look at rule.late"
    assert example.fault(None, 99_000, frozenset()) is None


def test_a_key_that_is_not_set_cannot_be_left_out_and_is_named() -> None:
    with pytest.raises(DocumentErrors) as found:
        patched(load_scheme("wendeng_2020"), without(["rule.bad_information.cap"]))
    [problem] = found.value.problems
    assert (problem.rule, problem.key) == ("rule.bad_information", "cap")
    assert problem.message == "rule.bad_information.cap is not set"


@pytest.mark.parametrize(("asked", "said"), [
    ({"grade": "A"}, "the grade"), ({"grade_at_least": "A"}, "the grade"),
    ({"grade_at_most": "D"}, "the grade"), ({"score_below": 5}, "the score"),
    ({"score_at_least": 5, "list_": "worst"}, "the score and the list"), ({}, "nothing yet"),
])  # fmt: skip
def test_what_a_partner_reads_is_what_its_consequences_go_by(
    asked: dict[str, Any], said: str
) -> None:
    none = dict.fromkeys(("score_at_least", "score_below", "grade", "grade_at_least",
                          "grade_at_most", "list_"))  # fmt: skip
    one = Like(partner="p", when=Like(**{**none, **asked}))
    other = Like(partner="q", when=Like(**{**none, "list_": "x", "grade": "B"}))
    assert what_is_read(Like(consequence=[one, other]), Like(id="p")) == said


def test_a_step_without_points_is_worth_none() -> None:
    steps = [Like(points=None), Like(points=Decimal(5))]
    rule = Like(brackets=None, slices=None, table=steps, from_attribute="income_fifth")
    assert _amounts(rule) == "0 to +5 points by income fifth"
