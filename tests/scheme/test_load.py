"""A document is refused with every mistake at once: line, rule, key, what was found, a hint."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from scoredsociety.conduct.model import load_conduct
from scoredsociety.document.problem import DocumentErrors, Problem
from scoredsociety.document.read import MOST_BYTES, MOST_PROBLEMS, read_document
from scoredsociety.scheme.read.load import catalogue, load_scheme, read_scheme

GOOD = """[scheme]
id = "small"
title = "Small"

[score]
kind = "points"
start = 1000
low = 0
high = 2000

[[grade]]
id = "A"
from = 960

[[grade]]
id = "B"

[[rule]]
id = "ticket"
on = "parking_ticket"
points = -5.25
"""


def problems(tmp_path: Path, text: str) -> list[Problem]:
    path = tmp_path / "scheme.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentErrors) as caught:
        load_scheme(path, load_conduct("everyday"))
    return list(caught.value.problems)


def test_a_good_file_loads(tmp_path: Path) -> None:
    path = tmp_path / "scheme.toml"
    path.write_text(GOOD)
    scheme = load_scheme(path, load_conduct("everyday"))
    assert scheme.id == "small"
    assert str(scheme.rule[0].points) == "-5.25"  # exactly as written


def test_every_scheme_of_the_catalogue_loads() -> None:
    conduct = load_conduct("everyday")
    assert {"wendeng_2020", "sesame_documented", "ordinary_law", "none"} <= set(catalogue())
    for name in catalogue():
        assert load_scheme(name, conduct).id == name


def test_all_mistakes_are_told_at_once_with_lines(tmp_path: Path) -> None:
    text = GOOD.replace('title = "Small"', "title = 3").replace(
        'on = "parking_ticket"', 'on = "parking_tiket"'
    )
    text += 'pionts = 2\n\n[[rule]]\nid = "ticket"\non = "noise"\ngrade = "E"\n'
    found = problems(tmp_path, text)
    said = {(p.line, p.rule, p.key): p for p in found}
    assert said[3, "scheme", "title"].message == "should be text in quotes, not 3"
    assert said[20, "rule.ticket", "on"].hint == "did you mean parking_ticket or city_rule_breach?"
    assert said[22, "rule.ticket", "pionts"].hint == "did you mean points?"
    assert "occurs twice" in said[25, "rule.ticket", "id"].message
    assert "no grade 'E'" in said[27, "rule.ticket", "grade"].message
    assert all(p.file.endswith("scheme.toml") for p in found)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("start = 1000", "start = 3000", "outside the scale"),
        ("from = 960", "from = 2500", "outside the scale"),
        ("points = -5.25", "points = -5.255", "two decimal places"),
        ("points = -5.25", "points = 1e300", "out of range"),
        ("points = -5.25", "points = 99999999999", "points lie between"),
        ("points = -5.25", 'points = "5"', "a number is needed"),
        ("points = -5.25", "points = true", "a number is needed"),
        ("points = -5.25", "points = nan", "out of range"),
        ("points = -5.25", "", "does nothing"),
        ("points = -5.25", 'points = -5\nsource = "a newspaper"', "a source is an id"),
        ("points = -5.25", 'points = -5\nstatus = "documented"', "without a source"),
        ("points = -5.25", 'points = -5\nfrom = "2020-13"', "YYYY-MM"),
        ("points = -5.25", 'points = -5\nuntil = "2020-01"\nfrom = "2020-01"', "is not after"),
        ("points = -5.25", 'points = -5\nassumed = ["pionts"]', "no key"),
        ('kind = "points"', 'kind = "pints"', "should be"),
        ("[score]", "[skore]", "unknown key"),
        ("[[grade]]\nid = \"B\"\n", "", "no grade is without from"),
        ('id = "small"', 'id = "small"\nreligion = "any"', "unknown key"),
        ('id = "small"', 'id = "small"\nsubjects = "companies"', "should be"),
    ],
)
def test_what_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    found = problems(tmp_path, GOOD.replace(old, new, 1))
    assert any(message in problem.message for problem in found), [str(p) for p in found]
    assert all(problem.line is not None for problem in found), [str(p) for p in found]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"[scheme]\nid = '\xff'\n", "not UTF-8"),
        (b"x = " + b"[" * 5000 + b"]" * 5000, "nest too deep"),
        (b"x = " + b"{a=" * 5000 + b"1" + b"}" * 5000, "nest too deep"),
        (b".".join([b"a"] * 50_000) + b" = 1", "nest too deep"),
        (b"x = " + b"9" * 10_000, "out of range"),
        (b"x = 1e99999999", "out of range"),
        (b"x = 1979-99-99", "not TOML"),
        (b"[a]\n[a]\n", "not TOML"),
        (b'x = "never closed', "not TOML"),
        (b"\x00\x01\x02", "not TOML"),
        (b"# " + b"x" * MOST_BYTES, "larger than 1 MiB"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, raw: bytes, message: str) -> None:
    path = tmp_path / "scheme.toml"
    path.write_bytes(raw)
    with pytest.raises(DocumentErrors, match=message):
        read_document(path)


def test_an_empty_file_is_no_scheme(tmp_path: Path) -> None:
    found = problems(tmp_path, "")
    assert {problem.key or problem.rule for problem in found} >= {"scheme", "score"}


def test_a_folder_and_a_missing_file_are_said(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.toml", Path("\0.toml")):
        with pytest.raises(DocumentErrors, match="cannot be read"):
            read_document(path)


def test_an_unknown_name_gets_a_suggestion() -> None:
    with pytest.raises(DocumentErrors, match="did you mean wendeng_2020"):
        load_scheme("wendeng_202")


def test_thousands_of_mistakes_are_bounded(tmp_path: Path) -> None:
    path = tmp_path / "many.toml"
    path.write_text(GOOD + "\n".join(f"bad_{k} = 1" for k in range(5000)))
    _, found = read_scheme(read_document(path))
    assert len(found) == MOST_PROBLEMS + 1
    assert "more problems" in found[-1].message


def test_comments_strings_and_arrays_do_not_shift_lines(tmp_path: Path) -> None:
    text = GOOD.replace(
        'title = "Small"',
        'title = "Small"  # [not a table]\nabout = """\n[score]\nkind = "x"\n"""\n'
        'reads = [\n  "court",\n]',
    )
    found = problems(tmp_path, text + "wrong = 1\n")
    assert [(p.line, p.key) for p in found] == [(29, "wrong")]


@pytest.mark.parametrize(
    "text",
    [
        'x = "' + '\\"' * 200_000,  # an open string of escaped quotes
        'x = "' + '\\"' * 200_000 + "\\",
        "x = " + "'" * 400_001,
        "\n".join(f"a{k} = 1" for k in range(60_000)),
        "\n".join("a." * 60 + f"k{k} = 1" for k in range(4_000)),
        "\n".join(f"[[rule]]\nid = 'r{k}'" for k in range(20_000)),
        "a" * 400_000 + " = 1",
    ],
    ids=["quotes", "backslash", "apostrophes", "keys", "dots", "tables", "word"],
)
def test_a_large_hostile_file_is_refused_soon(tmp_path: Path, text: str) -> None:
    """Each of these takes under two seconds; a quadratic scan of one took minutes."""
    path = tmp_path / "scheme.toml"
    path.write_text(text)
    start = time.process_time()
    with pytest.raises(DocumentErrors):
        load_scheme(path)
    assert time.process_time() - start < 15
