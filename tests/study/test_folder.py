"""A run folder is whole or says that it is not; a killed run reaches the same bits."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from scoredsociety.engine.inputs import Machine
from scoredsociety.errors import UserError
from scoredsociety.results import Run, open_run, publish_report
from scoredsociety.runs import recorder
from scoredsociety.runs.execute import Manner, Stopped, Whole, make, resume
from scoredsociety.runs.folder.run_folder import partial_of
from scoredsociety.runs.recorder import ChangeLog, Recorder
from scoredsociety.runs.scenario import Scenario

SCENARIO = Scenario(("wendeng_2020",), people=400, months=8, seed=11, panel=10)


class Killed(BaseException):
    """Stands for a kill: nothing of the program runs after it."""


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its name within it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a run that nothing disturbed."""
    target = tmp_path_factory.mktemp("runs") / "a"
    return contents(make(SCENARIO, target, manner=Manner(publish=publish_report)).folder)


def test_a_run_has_the_same_files_every_time(
    undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    manner = Manner(Machine(3, 2), publish=publish_report)
    made = make(SCENARIO, tmp_path / "other name", manner=manner)
    assert contents(made.folder) == undisturbed
    assert not partial_of(made.folder).exists()


@pytest.mark.parametrize("room", [1 << 26, 2_000, 0])
def test_months_held_since_they_were_written_are_those_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    monkeypatch.setattr(recorder, "KEPT_BYTES", room)
    compared = []

    def compare(whole: Whole) -> None:
        read = ChangeLog(whole.folder)
        assert (len(whole.log._read) == 8) is (room > 2_000)  # else there is no room for all
        for month in range(whole.prepared.inputs.origin, whole.prepared.inputs.origin + 8):
            for part in ("changes", "outbox", "scalars"):
                held, there = getattr(whole.log, part)(month), getattr(read, part)(month)
                for one, other in zip(held, there, strict=True):
                    assert one.dtype == other.dtype and np.array_equal(one, other)
            compared.append(month)

    make(SCENARIO, tmp_path / "run", manner=Manner(publish=compare))
    assert len(compared) == 8


def test_the_manifest_holds_no_clock_and_no_path(undisturbed: dict[str, bytes]) -> None:
    text = undisturbed["manifest.json"].decode()
    manifest = json.loads(text)
    assert manifest["whole"] and manifest["synthetic"] == "synthetic society, not a forecast"
    assert str(Path.cwd()) not in text and str(Path.home()) not in text
    assert not {"time", "date", "created", "path", "host", "user"} & set(manifest)
    assert manifest["documents"]["scheme/0"].strip() and manifest["digests"]


def test_stopped_and_resumed_is_the_same_run(
    undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    target = tmp_path / "a"
    with pytest.raises(Stopped, match="scored resume"):
        make(SCENARIO, target, manner=Manner(stop=lambda: True))
    assert not target.exists() and partial_of(target).is_dir()
    with pytest.raises(UserError, match="unfinished"):
        open_run(target)
    with pytest.raises(UserError, match="unfinished"):
        make(SCENARIO, target)
    made = resume(target, manner=Manner(publish=publish_report))
    assert contents(made.folder) == undisturbed
    with pytest.raises(UserError, match="whole already"):
        resume(target)


@pytest.mark.parametrize("moment", range(10))
def test_killed_at_a_random_write_and_resumed_is_the_same_run(
    moment: int, undisturbed: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A checkpoint each month; a kill before, between or after the files of a month."""
    left = random.Random(moment).randrange(1, 24)

    def counted(name: str) -> None:
        real = getattr(Recorder, name)

        def step(self: Recorder, *args: object) -> object:
            nonlocal left
            left -= 1
            if left == 0:
                raise Killed
            return real(self, *args)

        monkeypatch.setattr(Recorder, name, step)

    monkeypatch.setattr(Recorder, "due", lambda self: True)
    for name in ("month", "save"):
        counted(name)
    target = tmp_path / "a"
    try:
        make(SCENARIO, target, manner=Manner(publish=publish_report))
    except Killed:
        assert not target.exists()
        left = 10**9
        resume(target, manner=Manner(publish=publish_report))
    assert contents(target) == undisturbed


def kill_and_resume(target: Path, after: float) -> str:
    """Start a run in a process of its own, kill it after some seconds, resume; its checksum."""
    words = [sys.executable, "-m", "scoredsociety.cli"]
    asked = ["run", "wendeng_2020", "--people", "20000", "--months", "24", "--quiet",
             "--out", str(target)]  # fmt: skip
    with subprocess.Popen([*words, *asked], stdout=subprocess.DEVNULL) as process:
        began = time.monotonic()
        while process.poll() is None and time.monotonic() - began < after:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    if not target.exists():
        if not partial_of(target).exists():
            subprocess.run([*words, *asked], check=True, stdout=subprocess.DEVNULL)
        else:
            subprocess.run([*words, "resume", str(target), "--quiet"], check=True,
                           stdout=subprocess.DEVNULL)  # fmt: skip
    return open_run(target).checksum


@pytest.mark.long
def test_killed_by_the_system_at_ten_moments(tmp_path: Path) -> None:
    chance = random.Random(20)
    moments = [30.0, *(chance.uniform(1, 8) for _ in range(10))]
    sums = {kill_and_resume(tmp_path / f"k{k}", after) for k, after in enumerate(moments)}
    assert len(sums) == 1


def test_force_replaces_a_run_only_when_the_new_one_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a"
    first = make(SCENARIO, target).manifest["checksum"]
    other = Scenario(("none",), people=100, months=2, panel=5)
    with pytest.raises(UserError, match="exists already"):
        make(other, target)
    with pytest.raises(Stopped):
        make(other, target, force=True, manner=Manner(stop=lambda: True))
    assert open_run(target).checksum == first
    resume(partial_of(target))
    assert open_run(target).people == 100
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_observing_more_changes_no_bit(tmp_path: Path) -> None:
    sums = {
        make(Scenario(("wendeng_2020",), people=400, months=8, seed=11, panel=size),
             tmp_path / str(size)).manifest["checksum"]
        for size in (0, 10, 400)
    }  # fmt: skip
    assert len(sums) == 1


def test_every_parquet_file_says_that_it_is_synthetic(small_run: Run) -> None:
    for path in small_run.folder.rglob("*.parquet"):
        assert pl.read_parquet_metadata(path)["synthetic"] == "synthetic society, not a forecast"


def test_a_settled_start_runs_before_it_counts(tmp_path: Path) -> None:
    scenario = Scenario(("wendeng_2020",), people=200, months=2, settled=True, panel=5)
    run = Run(make(scenario, tmp_path / "a").folder)
    assert sorted(set(run.tallies["month"])) == ["2020-01", "2020-02"]
    assert run.manifest["calendar"]["origin"] == "2015-01"
