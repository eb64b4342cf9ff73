"""Where results go: a path is a name, never a pattern, and nothing is overwritten unasked.

What cannot be written is said in one sentence before the run that would fill it: a link that leads
nowhere or back to itself, a name too long, a device, a folder that cannot be written, a file that
is there already. A file is written beside its place and then moved there, whole or not at all.
"""

from __future__ import annotations

import os
import shlex
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from scoredsociety.errors import UserError

BESIDE = ".writing"  # at the end of the name of what is not whole yet


def quoted(path: str | Path) -> str:
    """A path or word as it can be typed into a shell, in a command that is printed."""
    return shlex.quote(str(path))


def is_there(path: Path) -> bool:
    """Does the name lead to anything, be it a link to nowhere? Never raises."""
    return os.path.lexists(path)


def check_name(path: Path, option: str, *, more: str = "") -> os.stat_result | None:
    """What stands at the path itself, or None; UserError for a name that no file can have.

    ``more``: what will stand behind the name while it is written.
    """
    for name in (path, path.with_name(path.name + more) if more and path.name else path):
        try:
            found: os.stat_result | None = os.lstat(name)
        except (FileNotFoundError, NotADirectoryError):
            found = None
        except (OSError, ValueError) as error:
            said = getattr(error, "strerror", None) or "not a file name"
            raise UserError(f"{option}: {path} cannot be written: {said}") from None
        if name == path:
            there = found
    return there


def check_link(path: Path, option: str) -> None:
    """UserError where the path is a link that leads nowhere or back to itself."""
    if path.is_symlink() and not os.path.exists(path):
        raise UserError(f"{option}: {path} is a link that leads nowhere; remove it or name another")


def check_parent(path: Path, option: str) -> None:
    """UserError where the folder of the path is none, cannot be made or cannot be written."""
    for place in path.absolute().parents:
        if place.is_symlink():
            check_link(place, option)
        try:
            found = os.stat(place)
        except OSError as error:
            if isinstance(error, FileNotFoundError | NotADirectoryError):
                continue
            raise UserError(f"{option}: {place} cannot be written: {error.strerror}") from None
        if not stat.S_ISDIR(found.st_mode) or not os.access(place, os.W_OK | os.X_OK):
            raise UserError(f"{option}: {place} cannot be written; give another {option}")
        return


def check_file(path: Path | None, *, force: bool = False, option: str = "--out") -> None:
    """UserError for a file that could not be written, or that is there already (``force``)."""
    if path is None:
        return
    if path.name in ("", "..") or str(path).endswith(os.sep):
        raise UserError(f"{option}: {path} is no file name")
    found = check_name(path, option)
    check_link(path, option)
    if found is not None:
        if os.path.isdir(path):
            raise UserError(f"{option}: {path} is a folder; give the name of a file")
        if not os.path.isfile(path):
            raise UserError(f"{option}: {path} is a device or the like; give the name of a file")
        if not force:
            raise UserError(f"{path} exists already; give --force to replace it, or another name")
    check_parent(path, option)


def check_folder(path: Path | None, option: str) -> None:
    """UserError for a folder that is none, or that could not be made or written."""
    if path is None:
        return
    found = check_name(path, option)
    check_link(path, option)
    if found is None:
        check_parent(path, option)
    elif not os.path.isdir(path):
        raise UserError(f"{option}: {path} is not a folder; give another {option}")
    elif not os.access(path, os.W_OK | os.X_OK):
        raise UserError(f"{option}: {path} cannot be written; give another {option}")


@contextmanager
def written(path: Path) -> Iterator[IO[bytes]]:
    """A file to fill, which gets the name ``path`` when it is whole; OSError where it cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(suffix=BESIDE, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(beside, 0o666 & ~umask)
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def write(path: Path, text: str) -> Path:
    """A text file, whole or not at all; UserError where it cannot be written."""
    return fill_file(path, lambda file: file.write(text.encode("utf-8", "backslashreplace")))


def fill_file(path: Path, writer: Callable[[IO[bytes]], object]) -> Path:
    """A file that ``writer`` fills, whole or not at all; UserError where it cannot be written."""
    try:
        with written(path) as file:
            writer(file)
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror or error}") from None
    return path
