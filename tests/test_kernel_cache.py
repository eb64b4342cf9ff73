"""Kernels where nothing can be kept: they run, write nowhere else, and none is stale (E1-3)."""

from __future__ import annotations

import ast
import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import scoredsociety
from scoredsociety import kernel_cache
from scoredsociety.commands.console.compiling import say_if_compiling
from scoredsociety.kernel import COUNTED, MARKS, cache_folder, jit_enabled

KERNELS = """
from scoredsociety.kernel import inner, kernel
{more}
@kernel
def answer(x):
    return x + {number}
"""
CALL = """
import own_kernels
print(own_kernels.answer(2), sum(own_kernels.answer.stats.cache_hits.values()))
"""
OVERRIDE, SEARCH, DROP_BOUND = 1, 2, 24  # capabilities by which root writes everywhere; prctl


def obey_modes() -> None:
    """Root obeys the modes of files as others do, from the next program on."""
    if os.geteuid() == 0:
        for capability in (OVERRIDE, SEARCH):
            ctypes.CDLL(None).prctl(DROP_BOUND, capability, 0, 0, 0)


def called(place: Path, **env: str | None) -> list[str]:
    """What the kernel gives in a new process, and how often it came from a cache."""
    own = {
        "SCOREDSOCIETY_JIT": "1", "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join([str(place), str(Path(scoredsociety.__file__).parents[1])]),
    }  # fmt: skip
    given = {k: v for k, v in {**os.environ, **own, **env}.items() if v is not None}
    done = subprocess.run(
        [sys.executable, "-c", CALL], env=given, capture_output=True, text=True, check=True,
        preexec_fn=obey_modes, cwd=place,
    )  # fmt: skip
    return done.stdout.split()


def files_below(*places: Path) -> set[Path]:
    return {path for place in places for path in place.rglob("*")}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder with a kernel, which is its own again afterwards."""
    write(tmp_path, 1)
    yield tmp_path
    for folder in [tmp_path, *(one for one in tmp_path.rglob("*") if one.is_dir())]:
        folder.chmod(0o700)


def write(place: Path, number: int, more: str = "") -> None:
    """The kernel adds a number."""
    (place / "own_kernels.py").write_text(KERNELS.format(number=number, more=more))


def test_kept_kernels_are_used_and_an_edit_is_seen(place: Path) -> None:
    kept = str(place / "kept")
    assert called(place, SCOREDSOCIETY_CACHE=kept) == ["3", "0"]
    assert called(place, SCOREDSOCIETY_CACHE=kept) == ["3", "1"]
    write(place, 7)
    assert called(place, SCOREDSOCIETY_CACHE=kept) == ["9", "0"]


def test_a_folder_that_can_only_be_read_is_read_and_never_stale(place: Path) -> None:
    kept = place / "kept"
    called(place, SCOREDSOCIETY_CACHE=str(kept))
    for folder in [kept, *(one for one in kept.rglob("*") if one.is_dir())]:
        folder.chmod(0o500)
    assert called(place, SCOREDSOCIETY_CACHE=str(kept)) == ["3", "1"]
    write(place, 7)
    before = files_below(place, Path(scoredsociety.__file__).parent)
    assert called(place, SCOREDSOCIETY_CACHE=str(kept)) == ["9", "0"]
    write(place, 8)
    assert called(place, SCOREDSOCIETY_CACHE=str(kept)) == ["10", "0"]
    assert files_below(place, Path(scoredsociety.__file__).parent) == before


@pytest.mark.parametrize("home", ["/proc", None])
def test_without_a_home_that_can_be_written_kernels_run(place: Path, home: str | None) -> None:
    before = files_below(place, Path(scoredsociety.__file__).parent)
    empty = "" if home is None else None
    found = called(place, HOME=home or "/dev/null", SCOREDSOCIETY_CACHE=None, XDG_CACHE_HOME=empty)
    assert found == ["3", "0"]
    assert files_below(place, Path(scoredsociety.__file__).parent) == before


def test_a_user_whom_nobody_knows_has_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("SCOREDSOCIETY_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", nobody)
    assert kernel_cache.base_folder() is None and cache_folder() is None
    assert not kernel_cache.can_write(None)
    monkeypatch.setenv("XDG_CACHE_HOME", "here")  # not a place from the root: as if not set
    assert kernel_cache.base_folder() is None
    monkeypatch.setenv("XDG_CACHE_HOME", "/there")
    assert kernel_cache.base_folder() == Path("/there/scoredsociety")


def test_one_line_says_that_kernels_are_not_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("SCOREDSOCIETY_CACHE", str(tmp_path / "file" / "folder"))
    monkeypatch.setattr("scoredsociety.commands.console.compiling.is_compiled", lambda _: False)
    say_if_compiling()
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "this process only" in said and "SCOREDSOCIETY_CACHE" in said


@pytest.mark.parametrize("damage", [b"", pytest.param(b"\x80", marks=pytest.mark.long), b"damaged"])
def test_a_damaged_cache_is_made_anew(place: Path, damage: bytes) -> None:
    kept = place / "kept"
    called(place, SCOREDSOCIETY_CACHE=str(kept))
    for path in (one for one in kept.rglob("*.nb*")):
        path.write_bytes(damage)
    assert called(place, SCOREDSOCIETY_CACHE=str(kept)) == ["3", "0"]
    assert called(place, SCOREDSOCIETY_CACHE=str(kept)) == ["3", "1"]


@pytest.mark.skipif(not jit_enabled(), reason="nothing is compiled")
def test_stock_ways_give_the_same_and_keep_it(place: Path) -> None:
    """Where the compiler's version does not fit, its own ways are taken, in the same folder."""
    write(place, 1, "@inner\ndef twice(x):\n    return 2 * x\n")
    kept = str(place / "kept")
    assert called(place, SCOREDSOCIETY_CACHE=kept, SCOREDSOCIETY_STOCK="1") == ["3", "0"]
    assert called(place, SCOREDSOCIETY_CACHE=kept, SCOREDSOCIETY_STOCK="1") == ["3", "1"]
    assert called(place, SCOREDSOCIETY_CACHE=kept) == ["3", "0"]


def test_every_number_that_a_kernel_takes_from_a_module_is_in_the_digest() -> None:
    """A constant is compiled into its kernel, so the file that it stands in must count."""
    package = Path(scoredsociety.__file__).parent
    texts = {path: path.read_text(encoding="utf-8") for path in package.rglob("*.py")}
    counted = {path for path, text in texts.items()
               if path.name in COUNTED or any(mark.decode() in text for mark in MARKS)}  # fmt: skip
    for path in counted:
        for node in ast.walk(ast.parse(texts[path])):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith(
                "scoredsociety."
            ):
                continue
            other = package.joinpath(*(node.module or "").split(".")[1:]).with_suffix(".py")
            numbers = [one.name for one in node.names if one.name.lstrip("_").isupper()]
            used = [name for name in numbers if in_kernels(texts[path], name)]
            assert other in counted or not used, (path.name, other.name, used)


def in_kernels(text: str, name: str) -> bool:
    """Does a kernel of this file read the name?"""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef):
            continue
        marks = {one.id for one in node.decorator_list if isinstance(one, ast.Name)}
        names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
        if marks & {"kernel", "inner"} and name in names:
            return True
    return False
