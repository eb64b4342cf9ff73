"""What a command says: results on stdout, progress on stderr, or one JSON object on stdout."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from scoredsociety.commands.console.compiling import say_when_compiling
from scoredsociety.document.text import json_neutral, neutral, one_line

if TYPE_CHECKING:
    from rich.console import Console

SYNTHETIC = "synthetic society, not a forecast"
Progress = Callable[[int, int, str], None]


def console() -> Console:
    """The console of results."""
    from scoredsociety.commands.console.terminal import Screen

    return Screen()


def print_answer(as_json: bool, record: Mapping[str, Any], show: Callable[[Console], None]) -> None:
    """Print a result: as one JSON object, or by ``show`` for a reader."""
    if as_json:
        print(json_line(record))
    else:
        show(console())


def json_line(record: Mapping[str, Any]) -> str:
    """One JSON object on one line; what no terminal should see stands in it as an escape."""
    return json_neutral(json.dumps(record, ensure_ascii=False, default=str))


def refuse(sentence: str, as_json: bool) -> None:
    """Say what is wrong: on stderr for a reader, and as JSON on stdout where that was asked."""
    if as_json:
        print(json_line({"error": sentence}))
    print(f"scored: {neutral(sentence)}", file=sys.stderr)


@contextmanager
def progress(quiet: bool, what: str) -> Iterator[Progress | None]:
    """A bar on stderr where that is a terminal, a line every few seconds where it is not."""
    if quiet:
        yield None
        return
    say_when_compiling()
    from scoredsociety.runs.progress import told_in_lines

    if sys.stderr.isatty():
        with _bar(what) as tell:
            yield tell
    else:
        yield told_in_lines(what)


@contextmanager
def _bar(what: str) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(),
               TimeRemainingColumn())  # fmt: skip
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)

        def tell(done: int, total: int, text: str) -> None:
            bar.update(task, completed=done, total=total, description=f"{what} {one_line(text)}")

        yield tell


def points(centipoints: int) -> str:
    """``-2.5`` of -250 centipoints; whole points without decimals."""
    sign, size = "-" if centipoints < 0 else "", abs(centipoints)
    return f"{sign}{size // 100}" + (f".{size % 100:02d}".rstrip("0") if size % 100 else "")
