"""Shells complete commands and options, and a run says where its people are few."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.commandline import Scored

from scoredsociety.commands.run_summary import FEW, few_said


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_each_shell_is_printed(scored: Scored, shell: str) -> None:
    said = scored("completion", shell)
    assert said.code == 0 and "_SCORED_COMPLETE" in said.out and "scored" in said.out


def test_another_shell_is_refused(scored: Scored) -> None:
    said = scored("completion", "csh")
    assert said.code == 2 and "csh" in said.err and said.err.count("\n") == 1


@pytest.mark.parametrize(("words", "found"), [
    ("scored ex", {"explain", "export"}), ("scored run --peo", {"--people"}), ("scored zzz", set()),
])  # fmt: skip
def test_a_shell_is_told_what_could_stand_there(
    scored: Scored, monkeypatch: pytest.MonkeyPatch, words: str, found: set[str]
) -> None:
    monkeypatch.setenv("_SCORED_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
    assert set(scored().out.split()) == found


def test_few_people_are_said_to_be_few(scored: Scored, tmp_path: Path) -> None:
    assert few_said(0) == few_said(FEW) == "" and "off by up to 10 in 100" in few_said(96)
    said = scored("run", "wendeng_2020", "--people", 1, "--months", 1, "--out", tmp_path / "r")
    assert said.code == 0 and "1 synthetic person," in said.out
