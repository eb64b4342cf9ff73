"""The command line, called in this process as the installed command calls it."""

from __future__ import annotations

import json
import sys
from typing import Any, NamedTuple

import pytest

from scoredsociety.cli import main


class Said(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one JSON object on stdout."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


class Scored:
    """Calls ``scored`` with words and gives what it said."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def __call__(self, *words: object) -> Said:
        self.monkeypatch.setattr(sys, "argv", ["scored", *map(str, words)])
        self.capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = self.capsys.readouterr()
        return Said(code, out, err)
