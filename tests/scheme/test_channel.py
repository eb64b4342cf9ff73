"""The channel of objections and how often a score is published: words, tables, mistakes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scoredsociety.calendar import month_number
from scoredsociety.columns import NamedRow
from scoredsociety.conduct.model import Conduct, conduct_of, load_conduct
from scoredsociety.document.problem import DocumentErrors
from scoredsociety.fixed import log2_units
from scoredsociety.runs.documents.validate import schemas, validate
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile.schemes import compile_schemes
from scoredsociety.scheme.describe.objection_channel import NONE, SILENT
from scoredsociety.scheme.describe.rules_in_words import as_text, rule_book
from scoredsociety.scheme.describe.scheme_diff import diff
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.scheme.read.load import catalogue, load_scheme
from scoredsociety.scheme.read.patch import (
    apply,
    document_of,
    load_patch,
    patched,
    set_values,
    versions,
)


@pytest.fixture(scope="module")
def conduct() -> Conduct:
    return load_conduct("everyday")


def row(scheme: Scheme, conduct: Conduct, at: int | None = None) -> NamedRow:
    """The scheme's row of the tables."""
    found: NamedRow = compile_schemes([[(0, scheme)]], conduct, at)[0].schemes[0]
    return found


def book(scheme: Scheme) -> str:
    """The rule book as text."""
    return as_text(rule_book(scheme))


def test_what_the_sources_say_stands_in_the_catalogue() -> None:
    said = {name: load_scheme(name).appeal for name in catalogue()}
    village, court, suining, fico = (
        said[name] for name in ("weihai_village", "judgment_list", "suining_2010", "fico")
    )
    assert village and (village.kind, village.months, village.status) == (
        "objection", 1, "rule_text",
    )  # fmt: skip
    assert court and court.records == "wrong" and "O-B13" in court.source
    assert suining and suining.kind == "none" and suining.source == ["O-S5"]
    assert fico and fico.source == ["O-W3"]
    for one in said.values():  # no number without a source or a mark
        assert one is None or one.capacity is None or "capacity" in one.assumed


def test_a_silent_scheme_has_the_channel_of_the_conduct_document(conduct: Conduct) -> None:
    scheme = load_scheme("sesame_press")
    assert scheme.appeal is None and SILENT in book(scheme)
    fields = row(scheme, conduct)
    assert fields.appeal_to == t.TO_OPERATOR and fields.appeal_capacity == -1
    assert (fields.appeal_any_record, fields.appeal_months) == (1, 1)
    assert fields.appeal_within == t.FOREVER and fields.appeal_leaves_residue == 0


def test_a_channel_becomes_its_fields(conduct: Conduct) -> None:
    scheme = patched(load_scheme("wendeng_2020"), set_values({
        "appeal.kind": "appeal", "appeal.records": "wrong", "appeal.within_months": 24,
        "appeal.months": 6, "appeal.capacity": 2.5, "appeal.leaves": "residue",
    }), conduct)  # fmt: skip
    fields = row(scheme, conduct)
    assert fields.appeal_to == t.TO_BODY
    assert (fields.appeal_any_record, fields.appeal_within, fields.appeal_months) == (0, 24, 6)
    assert (fields.appeal_capacity, fields.appeal_leaves_residue) == (25 * 1_000_000, 1)
    assert (
        "One may object to a wrong record, within 24 months of its booking; a body of its own "
        "answers after 6 months, 2.5 a month for 1,000 subjects. Upheld, its residue stays."
    ) in book(scheme)


def test_patches_close_and_open_a_channel(conduct: Conduct) -> None:
    wendeng = load_scheme("wendeng_2020")
    none = patched(wendeng, load_patch("appeal_none"), conduct)
    assert row(none, conduct).appeal_to == t.NO_CHANNEL and NONE in book(none)
    assert diff(wendeng, none) == [
        "wendeng_2020 hears objections to any record: the operator answers after 1 month; "
        "wendeng_2020 as changed has no way to object."
    ]
    body = patched(wendeng, load_patch("appeal_body"), conduct)
    assert row(body, conduct).appeal_months == 6
    assert "7 working days" not in book(body)


def test_a_channel_opens_at_a_date(conduct: Conduct) -> None:
    both = [load_patch("appeal_none"), load_patch("objection_online_2020")]
    history = versions(load_scheme("wendeng_2020"), both, conduct)
    assert [month for month, _ in history] == [0, month_number("2020-07")]
    for at, kind in (("2020-06", t.NO_CHANNEL), ("2020-07", t.TO_OPERATOR)):
        tables, _ = compile_schemes([history], conduct, month_number(at))
        assert tables.schemes.appeal_to[0] == kind


def test_publication_is_dated_and_said(conduct: Conduct) -> None:
    wendeng = load_scheme("wendeng_2020")
    assert "what is booked in a month counts in that month's score" in book(wendeng)
    yearly = patched(wendeng, set_values({"score.published_every": 12}), conduct)
    assert "Published every January" in book(yearly)
    assert diff(wendeng, yearly)[0] == (
        "wendeng_2020 publishes the score every month, wendeng_2020 as changed every January."
    )


MISTAKES = [
    ('kind = "objektion"', "appeal", "kind", "objection"),
    ("months = 0", "appeal", "months", "greater"),
    ("month = 2", "appeal", "month", "unknown key"),
    ("capacity = -1", "appeal", "capacity", "greater"),
    ("within_months = 2.5", "appeal", "within_months", "integer"),
    ('status = "documented"', "appeal", None, "without a source"),
    ('assumed = ["terms"]', "appeal", "assumed", "capacity"),
]


@pytest.mark.parametrize(("line", "rule", "key", "says"), MISTAKES)
def test_mistakes_have_line_key_and_fix(
    line: str, rule: str, key: str | None, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        f'[scheme]\nid = "mine"\ntitle = "Mine"\n\n[score]\nkind = "points"\n\n[appeal]\n{line}\n'
    )
    (problem,) = validate(str(path)).problems
    assert problem.line in (8, 9) and problem.rule == rule
    assert key is None or problem.key == key
    assert says in f"{problem.message} {problem.hint}"


def test_editors_know_the_table() -> None:
    schema = json.loads(json.dumps(schemas()))
    text = json.dumps(schema["scheme"])
    assert '"within_months"' in text and '"leaves"' in text


def test_consent_is_asked_for_by_a_patch(conduct: Conduct) -> None:
    assert not conduct.compile().sources.asks_consent.any()  # a share of one asks for nothing
    values = apply(document_of(conduct), load_patch("consent_asked").part("conduct"))
    asked = conduct_of(values, "asked")
    rows = asked.compile().sources
    for place, source in enumerate(asked.source):
        assert rows.asks_consent[place] == int(source.consent)
        if source.consent:
            assert rows.consent_share[place] == log2_units(source.consent_share)
            assert {"consent_share", "consent_effects"} <= set(source.assumed)


def test_a_share_without_consent_is_refused(conduct: Conduct) -> None:
    values = apply(document_of(conduct), set_values({"source.court.consent_share": 0.5}))
    with pytest.raises(DocumentErrors, match="belong to consent = true"):
        conduct_of(values, "everyday.toml")
