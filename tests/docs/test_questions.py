"""Pages of questions: no figure stands in the strings, no claim outlives its table."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest

from docs.build import question_figures, question_list, question_pages, question_runs
from studies import one_error

PARTS = {"question", "made_of", "answer", "chart", "unit", "brackets", "range", "assumed", "may",
         "may_not", "run", "rows"}  # fmt: skip


def test_each_question_has_all_parts_and_a_name_for_each_bar() -> None:
    strings = question_pages.told().strings
    assert set(question_pages.OF) == set(question_list.QUESTIONS) == set(strings) - {"common"}
    for name in question_list.QUESTIONS:
        assert set(strings[name]) == PARTS, name
        bars = [bar.key for bar in question_pages.OF[name]().bars]
        assert sorted(bars) == sorted(strings[name]["rows"]), name


@pytest.mark.parametrize("name", question_list.QUESTIONS)
def test_a_claim_that_its_table_does_not_bear_stops_the_page(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = question_pages.OF[name]()
    assert found.claims
    for claim in found.claims:
        fallen = replace(found, claims={**found.claims, claim: False})
        monkeypatch.setitem(question_pages.OF, name, partial(replace, fallen))
        with pytest.raises(ValueError, match=f"{name}: the figures no longer bear it that"):
            question_pages.page(name)


def test_claims_follow_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """A planted fault: a table in which the scheme on top of the law adds harmful acts."""
    kept = question_figures.kept

    def turned(name: str) -> Any:
        table = kept(name)
        if name == "law":
            for row in table["necessity"]:
                if row["part"] == "aim":
                    row["difference"], row["least"], row["most"] = 301, 272, 304
        return table

    monkeypatch.setattr(question_figures, "kept", turned)
    with pytest.raises(ValueError, match="law: .* harmful acts become fewer"):
        question_pages.page("law")


def test_the_strings_have_no_figure_of_a_table() -> None:
    """A figure is filled in; what is written out is only of how many it is."""
    for name in question_list.QUESTIONS:
        for part in ("answer", "range", "may"):
            text = re.sub(r"\{\w+\}|\([^)]*\.md[^)]*\)|`[^`]*`", "",
                          question_pages.told().strings[name][part])  # fmt: skip
            numbers = set(re.findall(r"\d[\d.,]*\d|\d", text))
            assert numbers <= {"1", "100", "1,000", "10,000"}, (name, part, numbers)


def test_numbers_are_written_as_the_language_has_it() -> None:
    strings = {"common": {"thousands": ".", "decimal": ","}}
    assert question_pages.Told(strings).number(-1234.5, 1) == "\N{MINUS SIGN}1.234,5"
    assert question_pages.told().number(-0.001, 1) == "0.0"


def test_what_a_wrong_record_costs_is_the_difference_between_two_lives() -> None:
    """Two people and one bystander over three months, counted by hand."""
    alike = one_error.Lives(
        np.array([[100_000, 100_000, 100_000]] * 3, dtype=np.int32),
        np.zeros((3, 3), dtype=np.bool_), np.ones(3, dtype=np.bool_), 0,
    )  # fmt: skip
    score, denied = alike.score.copy(), alike.denied.copy()
    score[1:, 0] -= 5_000  # fifty points, to the end
    score[1, 1] -= 500  # five points, for a month
    score[2, 2] -= 1  # a bystander
    denied[1, 0] = True
    under = replace(alike, score=score, denied=denied)
    assert one_error.cost(alike, under, [0, 1]) == {
        "points": 27.5, "scored_lower": 100.0, "restricted": 50.0, "months": 0.5,
        "still_restricted": 0.0, "still_lower": 50.0, "others": 0.5,
    }  # fmt: skip
    assert one_error.chosen(alike, 2) == [0, 2]


def test_kept_tables_are_of_the_sizes_that_the_pages_name() -> None:
    asked = one_error.options().parse_args([])
    made = question_figures.kept("error")
    assert (made["people"], made["months"], made["seeds"], made["records"]) == (
        asked.people, asked.months, asked.replicates, asked.records)  # fmt: skip
    assert {row["indicator"] for row in question_figures.kept("answers")} == set(
        question_runs.ASKED)
    assert all(row["pairs"] == question_runs.SIZES["law"]["seeds"]
               for row in question_figures.kept("law")["necessity"])  # fmt: skip
