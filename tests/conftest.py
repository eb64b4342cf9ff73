"""What all tests may use: the command line, and one small run of the main scheme."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.commandline import Scored

from scoredsociety.results import Run, simulate


@pytest.fixture
def scored(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Scored:
    """The command ``scored``."""
    return Scored(monkeypatch, capsys)


@pytest.fixture(scope="session")
def small_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """400 persons under ``wendeng_2020`` for six months, with its folder."""
    folder: Path = tmp_path_factory.mktemp("runs") / "small"
    return simulate("wendeng_2020", people=400, months=6, panel=20, seed=5, threads=2, out=folder)
