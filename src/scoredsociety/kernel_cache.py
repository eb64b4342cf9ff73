"""Where compiled kernels are kept between processes, and what happens where nothing can be kept.

The folder is ``$SCOREDSOCIETY_CACHE``, or the user's cache folder, and under it one named by a
digest of the sources (``kernel.py``). Nothing is ever written anywhere else, the package least of
all: a kernel kept there would be found again after its source has changed. Where the folder cannot
be made or written, kernels are compiled for this process only. A folder that can only be read is
read.
"""

# numba carries no types
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import hashlib
import inspect
import os
import pickle
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from numba.core.caching import CompileResultCacheImpl, FunctionCache

_UNREADABLE = (OSError, EOFError, ValueError, LookupError, AttributeError, ImportError, TypeError,
               pickle.PickleError)  # fmt: skip


def base_folder() -> Path | None:
    """The folder that holds a folder for each digest; None where the user has no home.

    Variables that are empty, or that do not name a place from the root, are as good as not set.
    """
    chosen = os.environ.get("SCOREDSOCIETY_CACHE")
    if chosen:
        return Path(os.path.abspath(chosen))
    try:
        home = Path.home()
    except RuntimeError:  # no HOME, and no entry of this user in the system's list
        home = None
    if sys.platform == "win32":
        told, usual = os.environ.get("LOCALAPPDATA", ""), ("AppData", "Local")
    elif sys.platform == "darwin":
        told, usual = "", ("Library", "Caches")
    else:
        told, usual = os.environ.get("XDG_CACHE_HOME", ""), (".cache",)
    if os.path.isabs(told):
        return Path(told) / "scoredsociety"
    return home.joinpath(*usual, "scoredsociety") if home and home.is_absolute() else None


def can_write(folder: Path | None) -> bool:
    """Can a file be made in the folder, or in what has to be made first?"""
    if folder is None:
        return False
    try:
        os.makedirs(folder, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return False
    return True


@cache
def _digest_of_file(path: str) -> str:
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:  # code with no file of its own
        return ""


class _Place:
    """Where the kernels of one source file are kept (what numba calls a locator)."""

    def __init__(self, function: Any, folder: Path | None) -> None:
        self._py_file = os.path.abspath(inspect.getfile(function))  # numba's warnings name it
        self._line = function.__code__.co_firstlineno
        room, name = os.path.split(os.path.dirname(self._py_file))
        within = hashlib.sha256(os.path.join(room, name).encode(errors="replace")).hexdigest()[:40]
        self._path = str((folder or Path(os.devnull)) / f"{name}_{within}")

    def get_cache_path(self) -> str:
        """The folder; below no folder at all where there is none, so that nothing is found."""
        return self._path

    def ensure_cache_path(self) -> None:
        """Make the folder; OSError where it cannot be written."""
        os.makedirs(self._path, exist_ok=True)
        tempfile.TemporaryFile(dir=self._path).close()

    def get_source_stamp(self) -> str:
        """Digest of the file that the kernel stands in."""
        return _digest_of_file(self._py_file)

    def get_disambiguator(self) -> str:
        """The line, which tells functions of one name apart."""
        return str(self._line)


class KeptResult(CompileResultCacheImpl):
    """Numba's way to keep a compiled function, in our place and no other."""

    folder: Path | None = None

    def __init__(self, function: Any) -> None:  # numba's would look for other places
        self._lineno = function.__code__.co_firstlineno
        self._locator = _Place(function, KeptResult.folder)
        file = os.path.splitext(os.path.basename(inspect.getfile(function)))[0]
        flags = getattr(sys, "abiflags", "")
        self._filename_base = self.get_filename_base(f"{file}.{function.__qualname__}", flags)


class StockCache(FunctionCache):
    """Numba's cache on disk; what cannot be read or written is compiled for this process only."""

    _impl_class: type[KeptResult] = KeptResult

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """The kept kernel, or None."""
        self._get_ready(target_context)
        found = self._load_overload(sig, target_context)
        if found is None:
            tell_first()
        return found

    def _get_ready(self, target_context: Any) -> None:
        target_context.refresh()

    def _load_overload(self, sig: Any, target_context: Any) -> Any:
        try:
            kept = self._cache_file.load(self._index_key(sig, target_context.codegen()))
        except _UNREADABLE:  # damaged, or not ours to read
            return None
        return None if kept is None else self._impl.rebuild(target_context, kept)

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep a compiled kernel, where that can be done."""
        try:
            self._save_overload(sig, data)
        except OSError:
            pass  # said by who asks ``can_write``
        except _UNREADABLE:  # a damaged index: begin another
            try:
                self._cache_file.flush()
                self._save_overload(sig, data)
            except OSError:
                pass


_before_the_first: list[Callable[[], None]] = []


def before_the_first(tell: Callable[[], None] | None) -> None:
    """Have ``tell`` called once, when a kernel has to be compiled; None: nobody."""
    _before_the_first[:] = [tell] if tell else []


def tell_first() -> None:
    """A kernel has to be compiled."""
    if _before_the_first:
        _before_the_first.pop()()
