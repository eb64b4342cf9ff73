"""Rule books and differences read as a person would say them, with what is known of each line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scoredsociety.conduct.model import load_conduct
from scoredsociety.errors import UserError
from scoredsociety.runs.documents.document_texts import copy_document
from scoredsociety.runs.documents.validate import schemas, validate
from scoredsociety.scheme.describe.rules_in_words import as_text, badge_counts, rule_book
from scoredsociety.scheme.describe.scheme_diff import diff
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.scheme.read.load import catalogue, load_scheme
from scoredsociety.scheme.read.patch import patched, set_values, without


def test_the_rule_book_says_rules_and_badges() -> None:
    conduct = load_conduct("everyday")
    scheme = load_scheme("wendeng_2020")
    text = as_text(rule_book(scheme, {act.id: act.context for act in conduct.act}))
    assert (
        "On the court's judgment-defaulter list: straight to D, for 5 years; once pays judgment: "
        "-50 points for 2 years. [rule text O-R0]" in text
    )
    assert "Parking against city rules: -5 points, for 1 year. [rule text O-R0]" in text
    assert "assumed: on]" in text  # what counts as bad information is nobody's text
    assert "synthetic society, not a forecast" in text


@pytest.mark.parametrize("name", catalogue())
def test_every_rule_and_consequence_is_in_the_book(name: str) -> None:
    scheme = load_scheme(name)
    ids = {line.id for section in rule_book(scheme) for line in section.lines}
    assert {f"rule.{rule.id}" for rule in scheme.rule} <= ids
    assert {f"consequence.{one.id}" for one in scheme.consequence} <= ids
    assert sum(badge_counts(scheme).values()) == len(scheme.rule)


def test_no_scheme_passes_judgement_in_its_own_voice() -> None:
    for name in catalogue():
        text = as_text(rule_book(load_scheme(name))).lower()
        for word in ("trustworthy people", "bad people", "the discredited", "citizen score"):
            assert word not in text


def test_a_difference_is_said_once_and_plainly() -> None:
    scheme = load_scheme("wendeng_2020")
    changed = patched(scheme, set_values({"rule.parking_ticket.points": -10, "grade.A.from": 950}))
    assert diff(scheme, changed) == [
        "Grade A begins at 960 in wendeng_2020 and at 950 in wendeng_2020 as changed.",
        "Parking against city rules. In wendeng_2020: -5 points, for 1 year. "
        "In wendeng_2020 as changed: -10 points, for 1 year.",
    ]
    less = patched(scheme, without(["rule.bad_information"]))
    assert any("'Bad information' on WeChat" in line for line in diff(scheme, less))
    assert diff(scheme, scheme) == ["wendeng_2020 and wendeng_2020 say the same."]


def test_the_diff_of_the_text_and_the_press_is_said_as_one_would() -> None:
    contexts = {act.id: act.context for act in load_conduct("everyday").act}
    lines = diff(load_scheme("wendeng_2020"), load_scheme("rongcheng_press"), contexts)
    assert "Records expire in both, after unlike terms." in lines
    assert "In wendeng_2020 a repeat counts twice; in rongcheng_press once." in lines
    assert "Only wendeng_2020 has 110 rules that the other has nothing like:" in lines
    assert any(line.startswith("  17 about government: Tax owed; ") for line in lines)
    assert "Only rongcheng_press has these 3 rewards: A+++: bikes without deposit; " in " ".join(
        lines
    )
    assert len(lines) == len(set(lines))


def test_ranks_leaders_and_trust_have_words() -> None:
    one = Scheme.model_validate({
        "scheme": {"id": "one", "title": "One"}, "score": {"kind": "points", "start": 100},
        "trust": {"declared": True, "weights": {"hotline": 0.3}},
        "grade": [{"id": "good", "quota": 3, "within": "community"}, {"id": "bad"}],
        "rule": [
            {"id": "act", "on": "noise", "points": -1, "spill": {"to": "leaders", "points": -2}},
            {"id": "bears", "on_others": {"by": "fellow_leaders", "what": "grade", "leaders": 7},
             "points": -3},
            {"id": "worst", "on_rank": {"worst_share": 0.005, "within": "region", "yearly_in": 1},
             "points": -5, "memory_months": 12},
        ],
    })  # fmt: skip
    text = as_text(rule_book(one))
    for words in (
        "good: the best 3 persons of each community by rank, equals at the edge out",
        "-2 points for the leaders of the community",
        "for each record straight to a grade of another leader of the community (7 lead it)",
        "for the worst 0.5 % of each region by rank, equals at the edge out, taken every January",
        "each source by its own weight; hotline 0.3; below 0.5 it leads to no grade and no list",
    ):
        assert words in text, words
    two = one.model_copy(update={"trust": None, "scheme": one.scheme.model_copy(
        update={"id": "two"})})  # fmt: skip
    assert diff(one, two) == [
        "one weighs its sources (each by its own weight, hotline 0.3); "
        "two trusts all sources alike."
    ]


def test_every_pair_of_schemes_can_be_compared() -> None:
    schemes = [load_scheme(name) for name in catalogue()]
    for one in schemes:
        for other in schemes:
            assert diff(one, other)


def test_a_copy_is_valid_and_never_overwrites(tmp_path: Path) -> None:
    path = copy_document("scheme", "ordinary_law", tmp_path / "law.toml")
    assert validate(path).valid
    with pytest.raises(UserError, match="exists already"):
        copy_document("scheme", "none", path)
    copy_document("scheme", "none", path, force=True)
    assert load_scheme(path).id == "none"
    (tmp_path / "no").write_text("a file, not a folder")
    with pytest.raises(UserError, match="FILE: .*cannot be written"):
        copy_document("scheme", "none", tmp_path / "no" / "folder.toml")


def test_json_schemas_know_every_key() -> None:
    made = schemas()
    assert set(made) == {"scheme", "patch", "conduct", "society"}
    json.dumps(made)
    rule = made["scheme"]["$defs"]["Rule"]
    keys = {"on", "points", "grade", "if", "list", "from", "corrected_by"}
    assert keys <= set(rule["properties"])
    assert rule["additionalProperties"] is False
    assert {"at", "remove", "rule"} <= set(made["patch"]["properties"])
