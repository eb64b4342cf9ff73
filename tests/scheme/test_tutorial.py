"""The scheme that docs/writing-a-scheme.md writes is valid and its examples hold."""

from __future__ import annotations

import re
from pathlib import Path

from scoredsociety.runs.documents.validate import guess, validate

PAGE = Path(__file__).parents[2] / "docs" / "writing-a-scheme.md"


def blocks() -> list[str]:
    return re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)


def test_the_tutorial_writes_a_valid_scheme(tmp_path: Path) -> None:
    *scheme, patch = blocks()
    scheme = [block for block in scheme if "top_share" not in block]
    path = tmp_path / "mine.toml"
    for count in range(1, len(scheme) + 1):  # valid after every step
        path.write_text("\n".join(scheme[:count]), encoding="utf-8")
        found = validate(path)
        assert found.kind == "scheme"
        assert [str(problem) for problem in found.problems] == []
    path.write_text(patch, encoding="utf-8")
    found = validate(path)
    assert (found.kind, found.problems) == ("patch", ())


def test_the_grades_by_rank_are_valid_in_a_scheme(tmp_path: Path) -> None:
    [ranks] = [block for block in blocks() if "top_share" in block]
    head = '[scheme]\nid = "mine"\ntitle = "Mine"\n[score]\nkind = "points"\nstart = 1000\n'
    path = tmp_path / "mine.toml"
    path.write_text(head + ranks, encoding="utf-8")
    assert validate(path).problems == ()


def test_a_wrong_example_is_found(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    kept = [block for block in blocks()[:-1] if "top_share" not in block]
    text = "\n".join(kept).replace("score = 990", "score = 995")
    path.write_text(text, encoding="utf-8")
    [problem] = validate(path).problems
    assert "rule.parking_ticket" in problem.message and problem.line is not None


def test_kinds_are_guessed_by_their_tables() -> None:
    assert guess({"act": [], "envelope": []}) == "conduct"
    assert guess({"society": {}}) == "society"
    assert guess({"rule": []}) == guess({"at": "2020-01"}) == "patch"
    assert guess({"scheme": {}, "rule": []}) == guess({}) == "scheme"


def test_a_patch_of_several_documents_is_checked_against_each(tmp_path: Path) -> None:
    path = tmp_path / "patch.toml"
    path.write_text(
        'at = "2021-07"\n[[rul]]\nid = "x"\n[[act]]\nid = "noise"\nrat = 0.1\n'
        '[[act]]\nid = "slander"\nrate = 0.1\n[[rule]]\nid = "noise"\npoints = -2\n'
    )
    found = [(p.line, p.rule, p.key, p.hint) for p in validate(path).problems]
    assert found == [
        (2, "rul", None, "did you mean rule?"),
        (6, "act.noise", "rat", "did you mean rate or gravity?"),
    ]
