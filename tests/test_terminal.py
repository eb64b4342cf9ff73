"""A narrow terminal, a pipe that closes, Ctrl-C: ids stay whole, nothing is a traceback (E8)."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import scoredsociety
from scoredsociety.scheme.read.load import catalogue

SCORED = [sys.executable, "-m", "scoredsociety.cli"]
ENV = {**os.environ, "PYTHONPATH": str(Path(scoredsociety.__file__).parents[1]), "TERM": "xterm"}
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def on_terminal(columns: int, *words: str) -> str:
    """What a command prints on a terminal so wide."""
    near, far = pty.openpty()
    env = {**ENV, "COLUMNS": str(columns)}
    with subprocess.Popen([*SCORED, *words], stdout=far, stderr=far, env=env) as process:
        os.close(far)
        found = b""
        try:
            while part := os.read(near, 65536):
                found += part
        except OSError:  # the far end is closed
            pass
        os.close(near)
    assert process.returncode == 0
    return COLOURS.sub("", found.decode())


@pytest.mark.parametrize("columns", [20, 60])
def test_ids_are_whole_on_a_narrow_terminal(columns: int) -> None:
    said = on_terminal(columns, "schemes")
    assert not [name for name in catalogue() if not re.search(rf"\b{name}\b", said)]
    assert "…" not in said


def test_ids_and_paths_are_whole_in_a_pipe(tmp_path: Path) -> None:
    folder = tmp_path / ("a" * 80) / ("b" * 80)
    folder.mkdir(parents=True)
    done = subprocess.run([*SCORED, "runs", str(folder)], env=ENV, capture_output=True, text=True,
                          check=True)  # fmt: skip
    assert f"no runs in {folder};" in done.stdout
    done = subprocess.run([*SCORED, "schemes"], env=ENV, capture_output=True, text=True, check=True)
    assert not [name for name in catalogue() if not re.search(rf"\b{name}\b", done.stdout)]


@pytest.mark.parametrize("words", [("schemes",), ("schemes", "--json"), ("--help",), ("schemas",),
                                   ("explain", "nowhere", "--person", "1")])  # fmt: skip
def test_a_pipe_that_closes_leaves_no_traceback(words: tuple[str, ...]) -> None:
    with subprocess.Popen([*SCORED, *words], env=ENV, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as process:  # fmt: skip
        assert process.stdout and process.stderr
        process.stdout.close()
        said = process.stderr.read().decode()
    assert "Traceback" not in said and "Exception ignored" not in said, said
    assert process.returncode in (0, 1, 2)


STUDY = ("--people", "100000", "--months", "60")
LONG = {
    "run": ("run", "wendeng_2020", "--people", "300000", "--months", "120", "--out", "r"),
    "sweep": ("sweep", "wendeng_2020", *STUDY, "--over", "rule.parking_ticket.points=-1,-2,-3",
              "--cache", "c"),
    "compare": ("compare", "wendeng_2020", "none", "--people", "100000", "--months", "60"),
    "societies": ("societies", "county", "--people", "100000"),
    "validate": ("validate", "wendeng_2020"),
}  # fmt: skip


def interrupted(
    words: tuple[str, ...], after: float, place: Path, sign: str = ""
) -> tuple[int, str, float]:
    """Exit code, what was said, and the seconds that it took to stop.

    ``sign``: it is interrupted as soon as such a file has appeared, and then after the seconds.
    """
    with subprocess.Popen([*SCORED, *words], env=ENV, stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.PIPE, cwd=place) as process:  # fmt: skip
        while sign and not list(place.glob(sign)):
            assert process.poll() is None, process.communicate()
            time.sleep(0.05)
        time.sleep(after)
        process.send_signal(signal.SIGINT)
        began = time.monotonic()
        try:
            _, said = process.communicate(timeout=120)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return process.returncode, said, time.monotonic() - began


@pytest.mark.parametrize(("name", "sign"), [("run", "r.partial/exchange/*.npz"), ("sweep", "c/*")])
def test_ctrl_c_is_exit_code_130(name: str, sign: str, tmp_path: Path) -> None:
    """In the middle of its months, and between the runs of a study."""
    words = tuple("20000" if word == "100000" else word for word in LONG[name])
    code, said, _ = interrupted(words, 0.2, tmp_path, sign)
    assert code == 130, said
    assert "Traceback" not in said


@pytest.mark.long
@pytest.mark.parametrize("after", [2, 4, 8, 16])
@pytest.mark.parametrize("name", LONG)
def test_ctrl_c_at_any_time(name: str, after: int, tmp_path: Path) -> None:
    code, said, _ = interrupted(LONG[name], after, tmp_path)
    assert code in (0, 130), said  # 0: it was over
    assert "Traceback" not in said
