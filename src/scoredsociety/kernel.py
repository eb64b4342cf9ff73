"""One way to compile a kernel: no-GIL, and cached under a hash of this package's sources.

numba's own cache looks only at the file that a function stands in, so an edit in a called
module would go unseen; the folder's name therefore holds a digest of every source file.
With ``SCOREDSOCIETY_JIT=0`` (or ``NUMBA_DISABLE_JIT=1``) a kernel stays plain Python and
must give the same bits.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numba
import numba.core.config
import numpy as np

from scoredsociety.compiled import KernelCache
from scoredsociety.inlined import InlinedCompiler, once_for_all_constants

F = TypeVar("F", bound=Callable[..., Any])

_numba_config: Any = numba.core.config  # its attributes are set when numba is imported

# np.int64, with the type that annotations of kernels use: ``int64(array[i])`` is an int to mypy
int64: Callable[[Any], int] = np.int64  # type: ignore[assignment]

_PACKAGE = Path(__file__).resolve().parent


@cache
def sources_digest() -> str:
    """Hex digest of every Python source that a kernel can reach, and of numba's version.

    Only files with kernels, the layouts that they read and the way they are compiled count, so an
    edit of a command or a report compiles nothing anew.
    """
    digest = hashlib.blake2s(numba.__version__.encode(), digest_size=8)
    for path in sorted(_PACKAGE.rglob("*.py")):
        source = path.read_bytes()
        counts = path.name in ("tables.py", "places.py", "kernel.py", "inlined.py", "compiled.py")
        if counts or b"@kernel\n" in source or b"@inner\n" in source:
            digest.update(path.relative_to(_PACKAGE).as_posix().encode())
            digest.update(source)
    return digest.hexdigest()


def cache_folder() -> Path:
    """Folder of compiled kernels, under the user's cache folder."""
    chosen = os.environ.get("SCOREDSOCIETY_CACHE")
    if chosen:
        return Path(chosen) / sources_digest()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    return base / "scoredsociety" / sources_digest()


def jit_enabled() -> bool:
    """False when kernels run as plain Python."""
    return os.environ.get("SCOREDSOCIETY_JIT", "1") != "0" and not _numba_config.DISABLE_JIT


def _compile(function: F, **options: Any) -> F:
    asked: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": False,
                             "no_cfunc_wrapper": True, **options}  # fmt: skip
    compiled: F = once_for_all_constants(numba.njit(**asked)(function))
    return compiled


def kernel(function: F) -> F:
    """Compile ``function`` with numba: nopython, no GIL, cached by the package's sources.

    A kernel allocates nothing (``_nrt=False``): arrays come in as arguments. Without reference
    counts, tuples of many arrays cost nothing to pass and threads share no counter.
    """
    if not jit_enabled():
        return function
    compiled: Any = _compile(function)
    before = _numba_config.CACHE_DIR
    _numba_config.CACHE_DIR = str(cache_folder())  # read while the cache is made, then put back
    try:
        compiled._cache = KernelCache(function)  # type: ignore[no-untyped-call]
    finally:
        _numba_config.CACHE_DIR = before
    return compiled  # type: ignore[no-any-return]


def inner(function: F) -> F:
    """A kernel that only other kernels call: no wrappers for Python, always inlined.

    Inlined, the tuples of tables that it takes are not copied at each call.
    """
    if not jit_enabled():
        return function
    return _compile(
        function, no_cpython_wrapper=True, forceinline=True, pipeline_class=InlinedCompiler
    )
