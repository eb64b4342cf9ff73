"""Partners, terms, ranks and exact grades: what they compile to, say, and refuse."""

from __future__ import annotations

from typing import Any

import pytest

from scoredsociety.calendar import month_number
from scoredsociety.conduct.model import Conduct, load_conduct
from scoredsociety.document.problem import DocumentErrors
from scoredsociety.document.shape import read_shape
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.check.scheme_check import check_scheme
from scoredsociety.scheme.compile.amounts import grade_ids
from scoredsociety.scheme.compile.schemes import compile_schemes
from scoredsociety.scheme.describe.rules_in_words import as_text, rule_book
from scoredsociety.scheme.describe.scheme_diff import diff
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.scheme.read.load import load_scheme
from scoredsociety.scheme.read.patch import load_patch, patched, without

BASE: dict[str, Any] = {
    "scheme": {"id": "mine", "title": "Mine"},
    "score": {"kind": "points", "start": 1000},
    "grade": [{"id": "A", "from": 950}, {"id": "B", "from": 850}, {"id": "C"}],
    "list": [{"id": "debtors", "title": "Debtors"}],
    "consequence": [
        {"id": "loan", "when": {"score_at_least": 980}, "grants": "loan", "context": "finance",
         "partner": "bank"},
    ],
    "partner": [{"id": "bank", "title": "A bank", "needs_consent": True}],
}  # fmt: skip


@pytest.fixture(scope="module")
def conduct() -> Conduct:
    return load_conduct("everyday")


def scheme(**changes: Any) -> Scheme:
    found, problems = read_shape(Scheme, {**BASE, **changes})
    assert found is not None, problems
    return found


def said(**changes: Any) -> list[str]:
    found, problems = read_shape(Scheme, {**BASE, **changes})
    if found is None:
        return [message for _, message, _ in problems]
    return [problem.message for problem in check_scheme(found, None)]


def denial(**more: Any) -> dict[str, Any]:
    return {"id": "ban", "when": {"grade": "C"}, "denies": "flights", "context": "travel", **more}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"consequence": [denial(partner="bnak")]}, "no partner 'bnak'"),
        ({"consequence": [denial(partner="bank")]}, "a partner who needs consent can only grant"),
        ({"partner": [{"id": "bank", "title": "A bank", "consent_share": 0.5}]},
         "consent_share goes with needs_consent"),
        ({"partner": [{"id": "bank", "title": "A bank", "from": "2020-05", "until": "2020-05"}]},
         "until 2020-05 is not after from 2020-05"),
        ({"partner": [{"id": "bank", "title": "A bank", "status": "documented"}]},
         "a partner without a source"),
        ({"consequence": [denial(months=12, when={"score_below": 900})]}, "months is the term of"),
        ({"consequence": [denial(months=12, when={"grade": "C", "list": "debtors"})]},
         "months is the term of"),
        ({"consequence": [denial(months=12)], "list": [{"id": "term_ban", "title": "x"}]},
         "months makes a list term_ban"),
        ({"consequence": [denial(when={"grade": "C", "grade_at_most": "B"})]}, "grade is one"),
        ({"grade": [{"id": "A", "top_share": 0.1}, {"id": "B", "from": 850}, {"id": "C"}]},
         "the grades of a scheme go by one of"),
        ({"grade": [{"id": "A", "top_share": 0.1, "from": 900}, {"id": "C"}]},
         "a grade has one of"),
        ({"grade": [{"id": "A", "top_share": 1}, {"id": "C"}]}, "less than 1"),
        ({"grade": [{"id": "A", "top_share": 0.1234567}, {"id": "C"}]}, "six decimal places"),
        ({"grade": [{"id": "A", "quota": 5}, {"id": "B", "quota": 5}, {"id": "C"}]},
         "quota = 5, as the grade A"),
        ({"grade": [{"id": "A", "from": 900, "edge": "in"}, {"id": "C"}]}, "edge says who is in"),
        ({"grade": [{"id": "A", "quota": 5}, {"id": "C"}],
          "example": [{"name": "x", "expect": {"grade": "A"}}]}, "depends on everybody else"),
        ({"rule": [{"id": "r", "on_list": "debtors", "points": -5, "stays": True}]}, "stays goes"),
        ({"rule": [{"id": "r", "on_grade": {"scheme": "mine"}, "points": -5}]}, "say which"),
        ({"rule": [{"id": "r", "on_rating": {"rating": "x", "stars": 1}, "points": -5}]},
         "no rating 'x'"),
        ({"rating": [{"id": "x", "meetings": 1, "spread": [1, 0, 0, 0]}]}, "short or table says"),
        ({"rating": [{"id": "x", "meetings": 1, "short": 0.1, "spread": [0.5, 0, 0, 0]}]},
         "sum to 0.5, not 1"),
        ({"rating": [{"id": "x", "meetings": 1, "short": 0.1, "trait": "age",
                      "spread": [1, 0, 0, 0]}]}, "trait and table go together"),
        ({"rule": [{"id": "r", "on": "noise", "points": -5, "corrected_by": "noise",
                    "residue": {"list": "debtor"}}]}, "no list 'debtor'"),
    ],
)  # fmt: skip
def test_a_mistake_is_told(changes: dict[str, Any], message: str) -> None:
    assert any(message in one for one in said(**changes)), said(**changes)


def test_what_is_right_has_no_problem() -> None:
    assert said() == []
    assert said(consequence=[denial(months=12)]) == []


@pytest.mark.parametrize(
    ("asked", "low", "high"),
    [({"grade": "B"}, 1, 1), ({"at_most": "B"}, 0, 1), ({"at_least": "B"}, 1, 2),
     ({"at_least": "C", "at_most": "B"}, 0, 1)],
)  # fmt: skip
def test_a_rule_follows_one_grade_or_several(
    asked: dict[str, str], low: int, high: int, conduct: Conduct
) -> None:
    rule = {"id": "r", "on_grade": {"scheme": "mine", **asked}, "points": -5}
    tables, _ = compile_schemes([[(0, scheme(rule=[rule]))]], conduct)
    row = tables.rules[0]
    assert (row.amount_min, row.amount_max) == (low, high)


def test_a_grade_that_the_other_scheme_does_not_have_is_told(conduct: Conduct) -> None:
    rule = {"id": "r", "on_grade": {"scheme": "mine", "grade": "Bb"}, "points": -5}
    with pytest.raises(DocumentErrors, match="mine has no grade 'Bb'.*did you mean B"):
        compile_schemes([[(0, scheme(rule=[rule]))]], conduct)
    rule["on_grade"] = {"scheme": "mine", "at_least": "A", "at_most": "C"}
    with pytest.raises(DocumentErrors, match="no grade is at least A and at most C"):
        compile_schemes([[(0, scheme(rule=[rule]))]], conduct)


def test_a_term_is_a_list_that_a_rule_places_on_and_stays(conduct: Conduct) -> None:
    tables, names = compile_schemes([[(0, scheme(consequence=[denial(months=12)]))]], conduct)
    [row], [effect] = tables.rules, tables.consequences
    assert row.kind == t.ON_GRADE and row.stays == 1 and row.memory == 12
    assert (row.amount_min, row.amount_max) == (0, 0)
    assert row.list_bit == effect.list_bit >= 0
    assert (effect.grade_min, effect.grade_max) == (-1, -1)
    assert names.rules[0].id == "term_ban" and names.consequences[0].id == "ban"


def test_grades_by_rank_stand_by_the_part_that_they_take(conduct: Conduct) -> None:
    bands = [{"id": "top", "top_share": 0.05, "edge": "in"}, {"id": "mid", "top_share": 0.5},
             {"id": "low"}]  # fmt: skip
    ranked = scheme(grade=bands)
    assert grade_ids(ranked) == ("low", "mid", "top")
    tables, _ = compile_schemes([[(0, ranked)]], conduct)
    found = [(row.ranked_by, row.takes, row.edge_in, row.within) for row in tables.grades]
    assert found == [(0, 0, 0, 0), (1, 500_000, 0, 0), (1, 50_000, 1, 0)]
    nearer = scheme(grade=[{**bands[0], "within": "community"}, {**bands[1], "within": "region"},
                           bands[2]])  # fmt: skip
    tables, _ = compile_schemes([[(0, nearer)]], conduct)
    assert tables.grades.within.tolist() == [
        t.OF_SOCIETY, t.OF_REGION, t.OF_COMMUNITY,
    ]  # fmt: skip
    assert tables.grades.begins[2] > tables.schemes.high[0]  # nobody, until ranked


def test_a_partner_reads_from_its_month_until_its_month(conduct: Conduct) -> None:
    bank = {"id": "bank", "title": "A bank", "from": "2020-03", "until": "2020-06"}
    history = [[(0, scheme(partner=[bank]))]]
    _, names = compile_schemes(history, conduct)
    assert [names.changes[0], names.changes[1]] == list(map(month_number, ("2020-03", "2020-06")))
    for month, holds in (("2020-02", 0), ("2020-03", 1), ("2020-05", 1), ("2020-06", 0)):
        tables, _ = compile_schemes(history, conduct, month_number(month))
        assert (tables.consequences.grade_min[0] == -1) == bool(holds), month


def test_consent_is_a_share_and_nothing_where_everybody_agrees(conduct: Conduct) -> None:
    def consent(**bank: Any) -> int:
        partner = [{"id": "bank", "title": "A bank", **bank}]
        tables, _ = compile_schemes([[(0, scheme(partner=partner))]], conduct)
        return int(tables.consequences.consent[0])

    assert consent() == consent(needs_consent=True) == 0
    assert consent(needs_consent=True, consent_share=0.25) == 1 + (1 << 30)


def test_a_partner_goes_with_what_it_grants() -> None:
    left = patched(scheme(), without(["partner.bank"]))
    assert left.partner == [] and left.consequence == []
    sesame = load_scheme("sesame_documented")
    gone = patched(sesame, without(["partner.baihe"]))
    assert {one.id for one in sesame.consequence} - {one.id for one in gone.consequence} == {
        "dating"
    }


def test_the_rule_book_says_who_reads() -> None:
    text = as_text(rule_book(load_scheme("sesame_documented")))
    assert "it is read by 4 partners" in text
    assert "Baihe, a dating site: by the score, of those who consent. [operator O-Z11]" in text
    assert "from 700 points; grants dating prominence; partner: Baihe" in text
    assert "until 2017-12" in text
    book = as_text(rule_book(scheme(consequence=[denial(months=12)])))
    assert "grade C, once begun for 1 year even if that changes; denies flights" in book


def test_a_difference_of_ranks_and_partners_is_said() -> None:
    whole = load_scheme("national_composite")
    found = diff(whole, patched(whole, load_patch("ranked_society")))
    assert found[0] == (
        "Grade elite is from 750 in national_composite, and the best 10 % by rank, equals at the "
        "edge out in national_composite as changed."
    )
    found = diff(load_scheme("fico"), load_scheme("uk_bureau"))
    assert "Only uk_bureau is read by Car dealers, Some employers." in found


def test_village_grades_of_the_district_count_once(conduct: Conduct) -> None:
    """O-R0: district B, C, D are -50, -80, -100 in the village, one of them at a time."""
    both = [[(0, load_scheme(name, conduct))] for name in ("weihai_village", "wendeng_2020")]
    tables, names = compile_schemes(both, conduct)
    points = {}
    for row in tables.rules:
        if row.kind == t.ON_GRADE:
            assert row.amount_min == row.amount_max
            points[names.grades[1][row.amount_min].id] = int(row.points)
    assert points == {"B": -5000, "C": -8000, "D": -10000}
