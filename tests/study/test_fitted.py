"""A figure that a target fitted is marked everywhere and quoted as an answer nowhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from tests.report.conftest import evidence

from scoredsociety.measure.quantities import KNOWING
from scoredsociety.report.elements import Table
from scoredsociety.report.pages.question_answers import answers_text, every_line
from scoredsociety.report.sections.outcomes.responses import responses_section
from scoredsociety.report.sections.summary.summary import summary_section
from scoredsociety.runs.scenario import Scenario
from scoredsociety.study.ensemble.fitted_figures import (
    BESIDE,
    OF_RATES,
    fitted_to,
    restricted_fitted_to,
)
from scoredsociety.study.ensemble.history_matching import FITTED, TARGETS
from scoredsociety.study.questions.indicators import BY_NAME
from scoredsociety.study.questions.questions import Answers, Design, answer_questions, quotes
from scoredsociety.study.questions.side_by_side import answers_side_by_side, chief_movers

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def answers() -> Answers:
    """The scheme whose listed people are fitted, as small as it goes."""
    base = Scenario(("none",), people=400, months=12, panel=0, seed=5)
    design = Design(("judgment_list", "none"), base, 2, (), ("roll-out",), flips=(), points=2,
                    point_people=400)  # fmt: skip
    return answer_questions(design, workers=2)


def test_every_fitted_figure_is_known() -> None:
    assert set(FITTED) == {one.indicator for one in TARGETS}
    assert {"says_support", "silent_opinion", "aware", "new_listings", "on_list"} <= set(FITTED)
    assert all(indicator in BY_NAME for _, indicator in OF_RATES)
    assert fitted_to("judgment_list", "restricted") and not fitted_to("wendeng_2020", "restricted")
    assert fitted_to("anything", "says_support") == "V14"


def test_a_fitted_row_has_no_sign_no_quote_and_no_range_that_is_left(answers: Answers) -> None:
    fitted = answers.frame.filter(pl.col("fitted_to") != "")
    asked = {(row["scheme"], row["indicator"]) for row in fitted.to_dicts()}
    assert ("judgment_list", "restricted") in asked and ("judgment_list", "says_support") in asked
    assert ("none", "giving") in asked
    for row in fitted.to_dicts():
        assert row["sign"] == row["quote"] == ""
        assert row["kept_low"] is None and row["kept_high"] is None
    for row in answers.frame.to_dicts():
        assert row["fitted_to"] == fitted_to(row["scheme"], row["indicator"])
        assert bool(row["quote"]) != bool(row["fitted_to"])


def test_no_output_quotes_a_fitted_figure(answers: Answers) -> None:
    said = [BY_NAME[row["indicator"]].says for row in answers.frame.to_dicts()
            if row["fitted_to"] and row["scheme"] == "judgment_list"]  # fmt: skip
    assert len(said) >= 3
    for text in quotes(answers, ["judgment_list"]):
        assert not any(f": {one}: " in text for one in said)
    for line in answers_side_by_side(answers.frame, "roll-out", every=True):
        place = 1 if answers.frame["scheme"][0] == "none" else 0
        if any(line.says.startswith(one) for one in said):
            assert line.cells[place].startswith("no answer: held to")
    table = every_line(answers, "roll-out")
    for row in table.rows:
        if row[0] == "judgment_list" and any(row[2].startswith(one) for one in said):
            assert row[5] == row[7] == row[8] == "no answer" and row[6].startswith("held to")
    assert "no answer: held to V7" in answers_text(answers, "scored questions x")
    # what moves a fitted figure is no answer either
    only = answers.frame.with_columns(moved_most_by=pl.when(pl.col("fitted_to") != "")
                                      .then(pl.lit("planted")).otherwise(pl.lit("")))  # fmt: skip
    assert chief_movers(only, "judgment_list", "roll-out") == []


def test_the_report_of_a_run_says_what_was_fitted() -> None:
    plain = str(summary_section(evidence()))
    assert "was fitted to" not in plain
    listed = _of("judgment_list")
    assert "was fitted to V7" in str(summary_section(listed))
    assert restricted_fitted_to("judgment_list").startswith("V7")
    assert "V14" in BESIDE and "V18" in BESIDE


def _of(scheme: str):  # type: ignore[no-untyped-def]
    """The small run by hand, of another scheme."""
    one = evidence()
    mine = pl.col("scheme") == "wendeng_2020"
    renamed = one.tallies.with_columns(
        scheme=pl.when(mine).then(pl.lit(scheme)).otherwise(pl.col("scheme"))
    )
    return type(one)(manifest=one.manifest, tallies=renamed)


def test_docs_name_what_is_fitted() -> None:
    page = " ".join((DOCS / "conduct.md").read_text("utf-8").split())
    assert "an answer that is little else than one of them is none" in page and "(fitted" in page
    studies = " ".join((DOCS / "studies.md").read_text("utf-8").split())
    assert "A figure that served to rule out is listed as held to it, and never quoted" in studies


def test_the_report_marks_what_people_say_of_support() -> None:
    one = evidence()
    month = one.months[-1]
    rows = [(month, "", "response", item, "all", "all", count, of, who)
            for item, count, of, who in (("knows", 500, 1_000, "persons"),
                                         ("says_support", 400, 500, KNOWING))]  # fmt: skip
    frame = pl.concat([one.tallies, pl.DataFrame(rows, schema=one.tallies.schema, orient="row")])
    section = responses_section(replace(one, tallies=frame))
    assert section is not None and BESIDE in [getattr(b, "text", "") for b in section.blocks]
    table = next(block for block in section.blocks if isinstance(block, Table))
    assert ("say that they support it", "400", f"80 of 100 {KNOWING}") in table.rows
