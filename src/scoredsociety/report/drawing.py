"""Charts are drawn by a process of their own, started while the months still run.

The drawing engine takes a second to start and holds the interpreter meanwhile; beside the
simulation it costs nothing. Without that process, or if it fails, charts are drawn here, the same.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

_started: list[subprocess.Popen[str]] = []


def start() -> None:
    """Start the drawing process, once; it ends with this one."""
    if _started:
        return
    try:
        process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("drawn.py"))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, encoding="utf-8",
        )  # fmt: skip
    except OSError:
        return  # charts are drawn here
    _started.append(process)
    atexit.register(stop)


def stop() -> None:
    """End the drawing process."""
    while _started:
        process = _started.pop()
        process.kill()
        process.communicate()


def draw(chart: dict[str, Any], version: str) -> str:
    """The SVG of a Vega-Lite chart."""
    if _started:
        process = _started[0]
        try:
            assert process.stdin and process.stdout
            process.stdin.write(json.dumps({"chart": chart, "version": version}) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
            if answer:
                return str(json.loads(answer))
        except (OSError, ValueError):
            pass
        stop()  # it failed: draw here
    import vl_convert

    return str(vl_convert.vegalite_to_svg(chart, vl_version=version))
