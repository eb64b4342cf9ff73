"""What all tests may use: the command line, and one small run of the main scheme."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from tests.browser import browser as browser
from tests.commandline import Scored

from scoredsociety.cli import OBJECTS
from scoredsociety.conduct.model import Conduct
from scoredsociety.engine import blocks
from scoredsociety.report.charts import figure, renderer
from scoredsociety.results import Run, simulate
from scoredsociety.society.describe import sample
from scoredsociety.society.recipes.recipe import Recipe

gc.set_threshold(OBJECTS)  # as the command line does

# No example is timed: kernels compile at their first call, and a machine may be shared.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

REMEMBERED = 64  # compiled documents: a test that reads thousands keeps no more


def _once(compile_: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Compiles each document once, and gives every caller tables of its own."""
    known: dict[str, Any] = {}  # by everything that the document says

    def compiled(document: Any) -> Any:
        said = document.model_dump_json()
        if said not in known:
            if len(known) == REMEMBERED:
                del known[next(iter(known))]
            known[said] = compile_(document)
        return deepcopy(known[said])

    return compiled


@pytest.fixture(scope="session", autouse=True)
def shipped_documents_are_compiled_once() -> Iterator[None]:
    """A run of a few hundred people takes a tenth of what compiling its documents does."""
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in ((Conduct, "compile"), (Recipe, "compile"), (sample, "compile_recipe")):
            patch.setattr(owner, name, _once(getattr(owner, name)))
        yield


EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9"></svg>'


def _sketched(_chart: Any) -> Future[str]:
    """An empty picture for any chart."""
    future: Future[str] = Future()
    future.set_result(EMPTY)
    return future


@pytest.fixture(scope="session", autouse=True)
def charts_are_sketched() -> Iterator[None]:
    """Most reports that tests make are never looked at, and drawing takes longer than their runs.

    Charts are drawn in tests/report (see its conftest.py), in tests/docs, and wherever a command
    runs in a process of its own.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figure, "draw_chart", _sketched)
        patch.setattr(renderer, "start", lambda: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def early_tests_live_no_month() -> Iterator[None]:
    """Beside the compiling of the month none is lived: it would be compiled a second time."""
    with pytest.MonkeyPatch.context() as patch:
        if os.environ.get("TESTS_LIVE_NO_MONTH"):
            def refused(*_: object) -> None:
                raise AssertionError("this test lives a month: name its file in the Makefile")

            patch.setattr(blocks, "advance", refused)
        yield


@pytest.fixture
def scored(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Scored:
    """The command ``scored``."""
    return Scored(monkeypatch, capsys)


@pytest.fixture(scope="session")
def small_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """400 persons under ``wendeng_2020`` for six months, with its folder."""
    folder: Path = tmp_path_factory.mktemp("runs") / "small"
    return simulate("wendeng_2020", people=400, months=6, panel=20, seed=5, threads=2, out=folder)
