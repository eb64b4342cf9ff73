"""Charts are drawn by processes of their own, started before the months.

The drawing engine takes a second to start and holds the interpreter meanwhile; beside a start that
keeps one core busy it costs nothing. A chart is sent as soon as it is known and drawn beside what
follows; who asked waits only where the page is written. Without such a process, or if it fails,
charts are drawn here, the same.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
from concurrent.futures import Future
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

VEGALITE = "6.4"  # the version in which charts are written
DRAWERS = 2  # a report has seven charts, of a tenth of a second each

Asked = tuple[dict[str, Any], Future[str]]
_started: list[Drawer] = []


class Drawer:
    """The drawing process, and the thread that takes its answers, in the order of the asking."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("renderer_process.py")), VEGALITE],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, encoding="utf-8",
        )  # fmt: skip
        self._asked: SimpleQueue[Asked] = SimpleQueue()
        self.waiting = 0  # charts asked for and not yet drawn, nearly: it only shares them out
        self._over = False
        Thread(target=self._answer, name="drawing", daemon=True).start()

    def ask(self, chart: dict[str, Any]) -> Future[str]:
        """Send a chart; the answer is read beside what the caller does."""
        future: Future[str] = Future()
        self.waiting += 1
        self._asked.put((chart, future))
        try:
            assert self.process.stdin
            self.process.stdin.write(json.dumps(chart) + "\n")
            self.process.stdin.flush()
        except (OSError, ValueError):
            pass  # it has ended: whoever waits for its answer draws
        return future

    def _answer(self) -> None:
        while True:
            chart, future = self._asked.get()
            read = self._read()
            self.waiting -= 1
            if self._over:
                return  # nobody waits any more
            try:
                future.set_result(read or here(chart))
            except Exception as error:  # noqa: BLE001 - whoever waits for the chart is told
                future.set_exception(error)

    def _read(self) -> str:
        """The next answer; nothing where the process has ended."""
        try:
            assert self.process.stdout
            line = self.process.stdout.readline()
            return str(json.loads(line)) if line else ""
        except (OSError, ValueError):
            return ""

    def end(self) -> None:
        """End the process."""
        self._over = True
        self.process.kill()
        self.process.wait()


def start() -> None:
    """Start the drawing processes, once; they end with this one."""
    if _started:
        return
    try:
        _started.extend(Drawer() for _ in range(DRAWERS))
    except OSError:
        return  # charts are drawn by those that there are, or here
    finally:
        atexit.register(stop)


def stop() -> None:
    """End the drawing processes."""
    while _started:
        _started.pop().end()


def draw_chart(chart: dict[str, Any]) -> Future[str]:
    """The SVG of a Vega-Lite chart, as soon as it is drawn."""
    if _started:
        return min(_started, key=lambda one: one.waiting).ask(chart)
    future: Future[str] = Future()
    future.set_result(here(chart))
    return future


def here(chart: dict[str, Any]) -> str:
    """The SVG of a chart (the PNG of one under ``png``), drawn by this process."""
    from scoredsociety.report.charts.renderer_process import drawn

    return drawn(chart, VEGALITE)
