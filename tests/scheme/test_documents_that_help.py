"""Cases of documents that failed once, and more of their kinds: each has its sentence."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from scoredsociety.document.problem import DocumentErrors
from scoredsociety.runs.documents.document_texts import copy_document
from scoredsociety.runs.documents.validate import validate
from scoredsociety.scheme.check.warn import warnings_of
from scoredsociety.scheme.read.load import load_scheme
from scoredsociety.scheme.read.patch import load_patch, patched, set_values
from scoredsociety.study.ensemble.key_resolution import places_of
from scoredsociety.study.ensemble.sweep import axis_of, latin

CASES = Path(__file__).parents[1] / "cases" / "documents"
GOOD = (CASES / "city_ok.toml").read_text(encoding="utf-8")
LIBRARY = ("Input should", "String should", "type=", "Invalid value", "pattern", "Cannot declare")


def told(file: Path) -> str:
    found = validate(file, examples=False).problems
    text = "\n".join(str(problem) for problem in found)
    assert not any(word in text for word in LIBRARY), text
    return text


@pytest.mark.parametrize(("case", "words"), [
    ("40_grades_out_of_order_no_example", ("A (1060)", "AAA (1050)")),  # D1
    ("16_denies_unknown", ("high_speed_trains",)),  # D2
    ("14_source_free_text", ("[[source]]",)),  # D3
    ("12_smart_quotes", ("U+201C", "type a straight quote")),  # D4
    ("20d_unicode_minus", ("U+2212", "type a plain hyphen")),
    ("04_single_bracket_rule", ("type [[rule]]",)),
    ("09_date_form", ("YYYY-MM, such as 2020-01, not '01/07/2021'",)),  # D6
    ("08b_no_such_act_far", ("blood_donation", "more; search them")),  # D7
    ("50_if_unknown_trait", ("income_fifth", "married")),
    ("24_id_spaces", ("small letters", "such as parking_ticket")),  # D8
    ("negative_cap", ("type 40", "type -40")),  # D10
])  # fmt: skip
def test_what_is_said(case: str, words: tuple[str, ...]) -> None:
    text = told(CASES / f"{case}.toml")
    for word in words:
        assert text.count(word) >= 1, text
    assert text.count("not '01/07/2021'") <= 1


@pytest.mark.parametrize(("was", "now", "words"), [
    ("points = -5", "points\u00a0= -5", "U+00A0"),
    ("points = -5", "points = -\uff15", "type a plain 5"),
    ("points = -5", "points = -5,5", "type -5.5"),
    ("points = -5", "points = –5", "U+2013"),
    ('on = "parking_ticket"', "on = ‘parking_ticket’", "U+2018"),
    ("[scheme]", "[[scheme]]", "type [scheme]"),
    ("memory_months = 24", "memory_months = 24\nmemory_months = 25", "stands twice"),
    ("on = \"fare_dodging\"", "on = \"fare_dodging", "not closed"),
    ('denies = "high_speed_rail"', 'denies = "fast_train"', "high_speed_trains"),
    ("published", "published", ""),
    ("points = 10\n", "points = 10\nyearly_cap = -20\n", "type 20"),
    ("from = 960", "top_share = 0.5", "one of"),
    ('corrected_by = "pays_judgment"', 'corrected_by = "judgment_unpaid"', "its own record"),
])  # fmt: skip
def test_more_of_the_same_kinds(was: str, now: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / "case.toml"
    file.write_text(GOOD.replace(was, now, 1), encoding="utf-8")
    assert words in told(file)


def test_a_grade_set_out_of_order() -> None:
    with pytest.raises(DocumentErrors, match=r"C \(900\).* B \(850\)"):
        patched(load_scheme("rongcheng_press"), set_values(["grade.C.from=900"]))


def test_a_copy_is_titled_by_what_was_changed(tmp_path: Path) -> None:
    file = copy_document("scheme", "wendeng_2020", tmp_path / "x.toml")
    assert 'based_on = "wendeng_2020"' in file.read_text()
    assert "unchanged" in load_scheme(file).title
    file.write_text(file.read_text().replace("from = 1050", "from = 1150", 1))
    found, published = load_scheme(file), load_scheme("wendeng_2020")
    assert found.title == "based on wendeng_2020, changed in 1 place"
    assert found.scheme.status == "assumed"
    assert published.scheme.status == "rule_text"
    changed = file.read_text().replace("points = -5\n", "points = -6\n", 1)
    file.with_name("y.toml").write_text(changed)
    rules = load_scheme(file.with_name("y.toml")).rule
    assert sum(a.status != b.status for a, b in zip(rules, published.rule, strict=True)) == 1
    text = file.read_text().replace('based_on = "wendeng_2020"\n', "")
    file.write_text(text)  # also where the copy does not say so
    assert load_scheme(file).title == "based on wendeng_2020, changed in 1 place"


def test_a_text_of_one_s_own(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    own = '\n[[source]]\nid = "draft"\ntitle = "City draft of 3 May 2026"\narticle = "section 4"\n'
    cited = GOOD.replace('on = "parking_ticket"', 'on = "parking_ticket"\nsource = "draft"', 1)
    file.write_text(cited + own)
    assert load_scheme(file).source[0].article == "section 4"
    file.write_text(cited)
    assert "no [[source]] 'draft'" in told(file)


def test_the_other_weights_make_room() -> None:
    scheme = load_scheme("sesame_documented")
    made = patched(scheme, set_values(["category.relationships.weight=0.1"]))
    weights = {one.id: one.weight for one in made.category}
    assert weights["relationships"] == Decimal("0.1") and sum(weights.values()) == 1
    before = {one.id: one.weight for one in scheme.category}
    for name in weights.keys() - {"relationships"}:
        wanted = before[name] * Decimal("0.9") / Decimal("0.95")
        assert abs(weights[name] - wanted) < Decimal("1e-5")


def test_ranges_of_whole_numbers_and_of_points() -> None:
    assert places_of("rule.loan_arrears.memory_months") == 0
    assert places_of("rule.loan_arrears.points") == 2
    assert places_of("category.relationships.weight") is None
    months = latin([axis_of("rule.loan_arrears.memory_months=6:24")], 5, 1)
    assert all(6 <= int(point.values[0]) <= 24 for point in months)
    points = latin([axis_of("rule.loan_arrears.points=-20:-5")], 3, 1)
    assert all(Decimal(point.values[0]).as_tuple().exponent == -2 for point in points)


def test_what_is_no_patch(tmp_path: Path) -> None:
    with pytest.raises(DocumentErrors, match="whole scheme"):
        load_patch(CASES / "city_ok.toml")
    (tmp_path / "empty.toml").write_text('[patch]\nid = "nothing"\n')
    with pytest.raises(DocumentErrors, match="changes nothing"):
        load_patch(tmp_path / "empty.toml")


def test_federations_and_warnings(tmp_path: Path) -> None:
    assert validate("pilots_federation") == ("federation", (), ())
    file = tmp_path / "idle.toml"
    text = GOOD.replace("points = -20", "points = 0", 1)
    file.write_text(text.replace('list = "blacklist"\nmemory', "points = -1\nmemory", 1))
    said = [message for _, message, _ in warnings_of(load_scheme(file))]
    assert any("no effect" in one for one in said)
    assert any("nobody is put on the list" in one for one in said)
    assert any("nobody comes under it" in one for one in said)
