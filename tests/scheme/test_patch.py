"""Patches merge by id, remove, set, and hold from their date; mistakes get a suggestion."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scoredsociety.calendar import month_number
from scoredsociety.conduct.model import Conduct, load_conduct
from scoredsociety.document.problem import DocumentErrors
from scoredsociety.scheme.compile.schemes import compile_schemes
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.scheme.read.load import load_scheme
from scoredsociety.scheme.read.patch import (
    Patch,
    load_patch,
    patch_catalogue,
    patched,
    set_values,
    versions,
    without,
)


@pytest.fixture(scope="module")
def conduct() -> Conduct:
    return load_conduct("everyday")


@pytest.fixture(scope="module")
def wendeng(conduct: Conduct) -> Scheme:
    return load_scheme("wendeng_2020", conduct)


def test_a_null_patch_changes_no_table(wendeng: Scheme, conduct: Conduct) -> None:
    same = patched(wendeng, Patch("nothing"), conduct)
    set_again = patched(wendeng, set_values({"score.start": 1000}), conduct)
    before, _ = compile_schemes([[(0, wendeng)]], conduct)
    for scheme in (same, set_again):
        after, _ = compile_schemes([[(0, scheme)]], conduct)
        for one, other in zip(before, after, strict=True):
            np.testing.assert_array_equal(one, other)


def test_without_removes_one_rule_and_renumbers_no_stream(
    wendeng: Scheme, conduct: Conduct
) -> None:
    less = patched(wendeng, without(["rule.bad_information"]), conduct)
    assert {r.id for r in wendeng.rule} - {r.id for r in less.rule} == {"bad_information"}
    before, names = compile_schemes([[(0, wendeng)]], conduct)
    after, fewer = compile_schemes([[(0, less)]], conduct)
    streams = {n.key: before.rules.stream[k] for k, n in enumerate(names.rules)}
    assert all(streams[n.key] == after.rules.stream[k] for k, n in enumerate(fewer.rules))


def test_set_parses_values_as_toml(wendeng: Scheme, conduct: Conduct) -> None:
    pairs = ["rule.parking_ticket.points=-10.5", "scheme.title=Another title", "grade.A.from = 950"]
    changed = patched(wendeng, set_values(pairs), conduct)
    ticket = next(rule for rule in changed.rule if rule.id == "parking_ticket")
    assert str(ticket.points) == "-10.5"
    assert changed.title == "Another title"
    assert next(band for band in changed.grade if band.id == "A").from_ == 950


def test_a_file_merges_by_id_adds_and_removes(
    tmp_path: Path, wendeng: Scheme, conduct: Conduct
) -> None:
    path = tmp_path / "patch.toml"
    path.write_text(
        'remove = ["rule.noise", "consequence.discounts", "rule.family_abuse.spill"]\n'
        '[[rule]]\nid = "parking_ticket"\npoints = -20\n'
        '[[rule]]\nid = "speeding"\non = "speeding"\npoints = -5\n'
        '[dynamics]\nrepeat = "once"\n'
    )
    changed = patched(wendeng, load_patch(path), conduct)
    rules = {rule.id: rule for rule in changed.rule}
    assert rules["parking_ticket"].points == -20
    assert rules["parking_ticket"].title == "Parking against city rules"
    assert rules["speeding"].points == -5
    assert rules["family_abuse"].spill is None
    assert "noise" not in rules
    assert "discounts" not in {one.id for one in changed.consequence}
    assert changed.dynamics.repeat == "once"
    assert changed.dynamics.one_act == "heaviest"  # merged, not replaced
    assert changed.example == []  # they hold for the rules as written


def test_a_dated_patch_gives_the_changed_rule_an_index_of_its_own(
    wendeng: Scheme, conduct: Conduct
) -> None:
    patch = replace(set_values(["rule.parking_ticket.points=-10"]), at="2021-07")
    tables, names = compile_schemes([versions(wendeng, [patch], conduct)], conduct)
    month = month_number("2021-07")
    rows = [tables.rules[k] for k, n in enumerate(names.rules) if n.id == "parking_ticket"]
    assert [row.points for row in rows] == [-500, -1000]
    assert [row.until_month for row in rows] == [month, 1 << 14]
    assert rows[1].from_month == month
    assert names.changes == (month,)
    plain, _ = compile_schemes([[(0, wendeng)]], conduct)
    assert len(tables.rules) == len(plain.rules) + 1  # every other rule keeps one row


def test_a_dated_removal_ends_booking_and_keeps_the_row(
    wendeng: Scheme, conduct: Conduct
) -> None:
    patch = replace(without(["rule.judgment_list"]), at="2021-07")
    tables, names = compile_schemes([versions(wendeng, [patch], conduct)], conduct)
    rows = {n.key: tables.rules[k] for k, n in enumerate(names.rules)}
    month = month_number("2021-07")
    assert rows["judgment_list"].until_month == month
    assert rows["judgment_list.residue"].until_month == month


def test_consequences_and_weights_follow_the_month(conduct: Conduct) -> None:
    sesame = load_scheme("sesame_documented", conduct)
    month = month_number("2022-01")
    patch = Patch(
        "less history",
        merge={"category": [{"id": "credit_history", "weight": 0.30},
                            {"id": "relationships", "weight": 0.10}]},
        removes=("consequence.small_loan",), at="2022-01",
    )  # fmt: skip
    history = [versions(sesame, [patch], conduct)]
    before, _ = compile_schemes(history, conduct, at=month - 1)
    after, names = compile_schemes(history, conduct, at=month)
    np.testing.assert_array_equal(before.rules, after.rules)
    assert before.components.weight.sum() == after.components.weight.sum() == 65536
    assert abs(after.components.weight[-1] - 6554) <= 1
    loan = next(k for k, one in enumerate(names.consequences) if one.id == "small_loan")
    assert before.consequences.grade_min[loan] == 2
    gone = after.consequences[loan]
    assert (gone.grade_min, gone.grade_max) == (1, 0)  # nobody


@pytest.mark.parametrize(
    ("patch", "message"),
    [
        (without(["rule.bad_informatoin"]), "did you mean bad_information"),
        (without(["consequence.discount"]), "did you mean discounts"),
        (set_values({"rule.parking_ticket.pionts": 1}), "did you mean points"),
        (set_values({"rule.parking_tickets.points": 1}), "did you mean parking_ticket"),
        (set_values({"rule.parking_ticket.points": "x"}), "a number is needed"),
        (set_values({"score.start": 10**9}), "points lie between"),
        (set_values({"rule.parking_ticket.on": "parking"}), "no act 'parking'"),
        (without(["grade.D"]), "no grade"),
    ],
)
def test_a_patch_that_does_not_fit_is_refused(
    wendeng: Scheme, conduct: Conduct, patch: Patch, message: str
) -> None:
    with pytest.raises(DocumentErrors, match=message):
        patched(wendeng, patch, conduct)


@pytest.mark.parametrize("text", ["rule.x.points", "=3", "../x=1", "a b=1", "." * 50 + "=1"])
def test_a_set_that_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(DocumentErrors):
        set_values([text])


def test_patch_files_are_refused_with_lines(tmp_path: Path) -> None:
    path = tmp_path / "patch.toml"
    path.write_text('at = "2021-7"\nremove = "rule.x"\n[patch]\nidd = "x"\n')
    with pytest.raises(DocumentErrors) as caught:
        load_patch(path)
    assert [problem.line for problem in caught.value.problems] == [1, 2, 4]


@pytest.mark.parametrize("name", patch_catalogue())
def test_patches_of_the_catalogue_load_by_name(name: str) -> None:
    assert not load_patch(name).empty


def test_a_patch_that_nobody_ships_is_answered_with_the_nearest_names() -> None:
    with pytest.raises(DocumentErrors, match="did you mean visibility_public"):
        load_patch("visibility=publik")
