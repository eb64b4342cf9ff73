"""What a report prints makes the run again: the command and the Python give its checksum."""

from __future__ import annotations

import re
import shlex
from html import unescape
from pathlib import Path

import pytest
from tests.commandline import Scored

from scoredsociety.results import simulate


def printed(page: Path) -> tuple[str, str]:
    """The command and the Python, as a reader copies them from the page."""
    text = page.read_text(encoding="utf-8")
    made = text[text.index('<section id="made"') :]
    command, code = (unescape(one) for one in re.findall(r"<code>(.*?)</code>", made, re.S)[:2])
    return command, code


def test_a_plain_run_is_made_again_by_both(scored: Scored, tmp_path: Path) -> None:
    run = simulate("wendeng_2020", people=300, months=3, threads=2, out=tmp_path / "run")
    run.report().save(tmp_path / "report.html")
    command, code = printed(tmp_path / "report.html")
    again = scored(*shlex.split(command)[1:], "--out", tmp_path / "again", "--json").json
    assert again["checksum"] == run.checksum
    names: dict[str, object] = {}
    exec(code, names)
    assert getattr(names["run"], "checksum") == run.checksum  # noqa: B009
    assert f'assert run.checksum == "{run.checksum}"' in code


def test_a_changed_run_is_made_again_by_both(scored: Scored, tmp_path: Path) -> None:
    run = simulate(
        "wendeng_2020", people=300, months=3, seed=9, threads=2, start="2021-05", society="village",
        without="rule.bad_information", sets=["response.silence.values.weight=0.25"],
        switch_off="ties", out=tmp_path / "run",
    )  # fmt: skip
    command, code = printed(tmp_path / "run" / "report.html") if (
        tmp_path / "run" / "report.html"
    ).exists() else printed(run.report().save(tmp_path / "report.html"))
    again = scored(*shlex.split(command)[1:], "--out", tmp_path / "again", "--json").json
    assert again["checksum"] == run.checksum
    names: dict[str, object] = {}
    exec(code, names)
    wrong = code.replace("seed=9", "seed=10")
    with pytest.raises(AssertionError):
        exec(wrong, {})
