"""Forms and model description: kinds of answer, verdicts, and that they follow the documents."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from scoredsociety.report.evidence import Evidence
from scoredsociety.report.forms import FORMS, Field, Form, form_text
from scoredsociety.report.forms.ai_act_article_5 import disproportionate, unrelated
from scoredsociety.report.forms.shared_answers import contexts_of, gravity_of, severity_of
from scoredsociety.report.pages.odd import odd_sections, odd_text
from scoredsociety.report.phrasing import SYNTHETIC

ACTS = {"id": "everyday", "act": [
    {"id": "parking_ticket", "context": "traffic", "gravity": 1, "harm": 1},
    {"id": "bad_information", "context": "speech", "gravity": 2, "protection": "ICCPR 19"},
    {"id": "insults_petition_office", "context": "petition", "gravity": 2},
]}  # fmt: skip


def with_records(store: Evidence, rule: str, count: int) -> pl.DataFrame:
    """The frame with records booked under one rule."""
    row = store.tallies.head(1).with_columns(
        scheme=pl.lit("wendeng_2020"), measure=pl.lit("records"), item=pl.lit(rule),
        dimension=pl.lit("all"), group=pl.lit("all"), count=pl.lit(count, pl.Int64),
    )  # fmt: skip
    return pl.concat([store.tallies, row.select(store.tallies.columns)])


@pytest.mark.parametrize("name", FORMS)
def test_every_form_is_dated_and_leaves_boxes_to_people(store: Evidence, name: str) -> None:
    form = FORMS[name](store)
    fields = [field for part in form.parts for field in part.fields]
    assert {field.kind for field in fields} == {"computed", "declared", "human"}
    assert form.version >= 1
    assert form.as_of
    text = form_text(form, store)
    assert SYNTHETIC in text
    assert text == form_text(FORMS[name](store), store)


@pytest.mark.parametrize("name", FORMS)
def test_no_form_gives_a_legal_verdict(store: Evidence, name: str) -> None:
    for part in FORMS[name](store).parts:
        for field in part.fields:
            if field.kind != "human":
                for word in ("lawful", "prohibited", "compliant", "illegal"):
                    assert word not in field.answer.lower()


def test_a_human_field_stays_empty() -> None:
    with pytest.raises(ValueError, match="empty box"):
        Field("Is it an AI system?", "human", "yes")
    with pytest.raises(ValueError, match="empty box"):
        Field("How many?", "computed")


def test_the_screen_begins_with_human_questions(store: Evidence) -> None:
    form: Form = FORMS["ai_act_article_5"](store)
    first = form.parts[0].fields
    assert first[0].kind == "human"
    assert "AI system" in first[0].question and "at all" in first[0].question
    assert "firms alone falls outside" in first[2].answer
    assert "C(2025) 5052" in form.as_of


def test_a_scheme_of_firms_alone_falls_outside(make: Any, scheme: dict[str, Any]) -> None:
    scheme["scheme"] = {**scheme.get("scheme", {}), "subjects": "firms"}
    form: Form = FORMS["ai_act_article_5"](make(schemes=(scheme,)))
    assert form.parts[0].fields[2].answer == (
        "only firms are scored, which falls outside Article 5(1)(c)"
    )


@pytest.mark.parametrize("name", FORMS)
def test_a_form_says_that_it_is_an_annex_and_finds_nothing(store: Evidence, name: str) -> None:
    text = form_text(FORMS[name](store), store)
    assert "annex to an assessment, and not one" in text
    for part in FORMS[name](store).parts:
        assert all(field.answer.split()[0] != "found" for field in part.fields)


def test_the_assessment_names_the_charter(store: Evidence) -> None:
    fields = {field.question: field.answer
              for part in FORMS["ai_act_article_27"](store).parts for field in part.fields}
    assert fields["Their counterparts in the EU Charter"]


def test_limb_one_is_found_only_with_records_and_restrictions(make: Any, store: Evidence) -> None:
    assert unrelated(make(conduct=ACTS))[0] == "not counted in this simulation"
    found = unrelated(make(conduct=ACTS, tallies=with_records(store, "bad_information", 7)))
    assert found[0] == "pattern counted"
    assert found[1].startswith("7 records from speech")
    assert "work (" in found[1]
    assert unrelated(make(schemes=()))[0] == "not assessable"
    assert unrelated(make(conduct=None))[0] == "not assessable"


def test_a_rule_on_several_acts_keeps_their_contexts(make: Any, scheme: dict[str, Any]) -> None:
    rule = scheme["rule"][0] | {"on": ["parking_ticket", "bad_information"]}
    assert contexts_of(make(conduct=ACTS), rule) == {"traffic", "speech"}
    assert gravity_of(make(conduct=ACTS), rule) == 2


def test_limb_two_lists_small_acts(make: Any, store: Evidence, scheme: dict[str, Any]) -> None:
    scheme["rule"].append({"id": "insult", "on": "insults_petition_office", "grade": "D",
                           "source": ["O-R0"], "status": "rule_text"})  # fmt: skip
    tallies = with_records(store, "insult", 5).filter(pl.col("item") != "protected")
    verdict, said = disproportionate(make(conduct=ACTS, schemes=(scheme,), tallies=tallies))
    assert verdict == "pattern counted"
    assert "gravity 2, straight to D, restriction of severity 6, 5 records" in said
    scheme["rule"][-1]["gravity"] = 4  # within the margin of three
    assert disproportionate(make(conduct=ACTS, schemes=(scheme,), tallies=tallies))[0] == (
        "not counted in this simulation"
    )
    assert disproportionate(make(conduct=None))[0] == "not assessable"


def test_limb_two_counts_restrictions_for_protected_conduct(make: Any, store: Evidence) -> None:
    verdict, said = disproportionate(make(conduct=ACTS))
    assert verdict == "pattern counted"
    assert "10 of 10,000" in said  # 16 of 16,400
    quiet = store.tallies.filter(pl.col("item") != "protected")
    found = disproportionate(make(conduct=ACTS, tallies=quiet))[0]
    assert found == "not counted in this simulation"


def test_a_consequence_that_does_not_say_has_the_severity_of_its_format() -> None:
    assert severity_of({"id": "x"}) == 3
    assert severity_of({"id": "x", "severity": 0}) == 0


def test_the_model_description_follows_its_documents(make: Any, scheme: dict[str, Any]) -> None:
    before = odd_text(make(schemes=(scheme,)))
    scheme["rule"][0]["points"] = -7
    after = odd_text(make(schemes=(scheme,)))
    assert "\u22125 points" in before
    assert "\u22125 points" not in after
    assert "\u22127 points" in after


def test_the_model_description_has_the_seven_elements(store: Evidence) -> None:
    titles = [section.title for section in odd_sections(store)]
    assert [title[:2] for title in titles[:7]] == [f"{n}." for n in range(1, 8)]
