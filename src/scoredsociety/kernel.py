"""One way to compile a kernel: no-GIL, and cached under a hash of this package's sources.

numba's own cache looks only at the file that a function stands in, so an edit in a called
module would go unseen; the folder's name therefore holds a digest of every source file.
With ``SCOREDSOCIETY_JIT=0`` (or ``NUMBA_DISABLE_JIT=1``) a kernel stays plain Python and
must give the same bits.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from functools import cache, update_wrapper
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numba
import numba.core.config
import numpy as np
from numba.extending import typeof_impl

from scoredsociety.kernel_cache import KeptResult, StockCache, base_folder

F = TypeVar("F", bound=Callable[..., Any])

_numba_config: Any = numba.core.config  # its attributes are set when numba is imported

# np.int64, with the type that annotations of kernels use: ``int64(array[i])`` is an int to mypy
int64: Callable[[Any], int] = np.int64  # type: ignore[assignment]

_PACKAGE = Path(__file__).resolve().parent

# Versions of numba on which the shorter ways (``compiled.py``, ``inlined.py``) were tried: they
# rest on names that numba does not document. On any other, kernels take numba's stock ways.
TRIED = ((0, 62), (0, 68))


class _Ways(NamedTuple):
    """The shorter ways: a cache, three pipelines of the compiler, and a way to be called."""

    cache: Any
    inlined: Any
    apart: Any
    shared: Any
    once_for_all_constants: Any


def _short_ways() -> _Ways | None:
    """The shorter ways to load and to compile; None where the compiler is another."""
    version = tuple(int(part) for part in re.findall(r"\d+", numba.__version__)[:2])
    if not TRIED[0] <= version <= TRIED[1] or os.environ.get("SCOREDSOCIETY_STOCK") == "1":
        return None
    try:
        from scoredsociety.compiled import KernelCache
        from scoredsociety.inlined import (
            ApartCompiler,
            InlinedCompiler,
            SharedCompiler,
            once_for_all_constants,
        )
    except (ImportError, AttributeError):
        return None
    return _Ways(
        KernelCache, InlinedCompiler, ApartCompiler, SharedCompiler, once_for_all_constants
    )


_SHORT = _short_ways()

# Files without kernels whose numbers are compiled into some, and the way kernels are compiled
COUNTED = (
    "tables.py", "places.py", "ledger_places.py", "state.py", "kernel.py", "inlined.py",
    "compiled.py", "by_address.py", "columns.py",
)  # fmt: skip
MARKS = (b"@kernel\n", b"@inner\n", b"@apart\n", b"@anywhere\n")  # of files that hold kernels


@cache
def sources_digest() -> str:
    """Hex digest of every Python source that a kernel can reach, and of numba's version.

    Only files with kernels, the layouts that they read and the way they are compiled count, so an
    edit of a command or a report compiles nothing anew.
    """
    way = f"{numba.__version__} {'short' if _SHORT else 'stock'}"
    digest = hashlib.blake2s(way.encode(), digest_size=8)
    for path in sorted(_PACKAGE.rglob("*.py")):
        source = path.read_bytes()
        counts = path.name in COUNTED
        if counts or any(mark in source for mark in MARKS):
            digest.update(path.relative_to(_PACKAGE).as_posix().encode())
            digest.update(source)
    return digest.hexdigest()


def cache_folder() -> Path | None:
    """Folder of compiled kernels, under the user's cache folder; None where there is no such."""
    base = base_folder()
    return base / sources_digest() if base else None


def jit_enabled() -> bool:
    """False when kernels run as plain Python."""
    return os.environ.get("SCOREDSOCIETY_JIT", "1") != "0" and not _numba_config.DISABLE_JIT


def _compile(function: F, **options: Any) -> F:
    asked: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": False,
                             "no_cfunc_wrapper": True, **options}  # fmt: skip
    compiled: F = numba.njit(**asked)(function)
    return _SHORT.once_for_all_constants(compiled) if _SHORT else compiled


class Kernel:
    """A kernel that Python calls, and that other kernels may call as well.

    It is compiled with what a call from Python needs when Python calls it, and not for a kernel
    that calls it: there its plain code is taken over, once, and the compiler decides whether it is
    inlined. All else of the compiled function (``py_func``, ``overloads``) is to be had here too.
    """

    def __init__(self, entry: Any, within: Any) -> None:
        self._entry, self.within = entry, within
        self.__module__, self.__doc__ = entry.__module__, entry.__doc__
        self.__name__, self.__qualname__ = entry.__name__, entry.__qualname__

    def __call__(self, *args: Any) -> Any:
        return self._entry(*args)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._entry, name)


class Within:
    """A function that only kernels call: of its code nothing is loaded that Python could call."""

    def __init__(self, within: Any) -> None:
        self.within = within
        self.__module__, self.__doc__ = within.__module__, within.__doc__
        self.__name__, self.__qualname__ = within.__name__, within.__qualname__

    def __call__(self, *args: Any) -> Any:
        raise TypeError(
            f"{self.__module__}.{self.__name__} is called by kernels only; make a kernel that "
            "calls it, or call its py_func"
        )

    def __getattr__(self, name: str) -> Any:
        return getattr(self.within, name)


@typeof_impl.register(Kernel)
@typeof_impl.register(Within)
def _(value: Kernel | Within, context: Any) -> Any:
    return numba.types.Dispatcher(value.within)


def _within(function: F, **options: Any) -> F:
    only: Any = Within(_compile(function, no_cpython_wrapper=True, **options))
    return only  # type: ignore[no-any-return]


def kernel(function: F) -> F:
    """Compile ``function`` with numba: nopython, no GIL, cached by the package's sources.

    A kernel allocates nothing (``_nrt=False``): arrays come in as arguments. Without reference
    counts threads share no counter; tuples of tables come by address (``by_address.py``).
    """
    if not jit_enabled():
        return function
    compiled: Any = _compile(function, forceinline=False)
    KeptResult.folder = cache_folder()
    compiled._cache = (_SHORT.cache if _SHORT else StockCache)(function)
    if not _SHORT:
        return compiled  # type: ignore[no-any-return]
    own = {"no_cpython_wrapper": True, "forceinline": False, "pipeline_class": _SHORT.shared}
    both: Any = Kernel(compiled, _compile(function, **own))
    return both  # type: ignore[no-any-return]


def apart(function: F) -> F:
    """A kernel that only other kernels call, and seldom or from many places: never inlined.

    It has to be said. A kernel that the compiler first meets while it compiles an inner function
    takes over that function's ``forceinline``, and then stands in each of its callers.
    """
    if not jit_enabled():
        return function
    return _within(
        function, forceinline=False, **({"pipeline_class": _SHORT.apart} if _SHORT else {})
    )


def inner(function: F) -> F:
    """A kernel that only other kernels call: no wrappers for Python, always inlined.

    For what every person's month goes through; what few come to is ``apart``.
    """
    if not jit_enabled():
        return function
    return _within(
        function, forceinline=True, **({"pipeline_class": _SHORT.inlined} if _SHORT else {})
    )


class Anywhere:
    """What ``anywhere`` makes: called from Python it is the function, in a kernel it is inlined."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function, self.inlined = function, inner(function)
        update_wrapper(self, function)

    def __call__(self, *values: Any) -> Any:
        return self.function(*values)


@typeof_impl.register(Anywhere)
def _typeof_anywhere(value: Anywhere, context: Any) -> Any:
    return typeof_impl(value.inlined, context)


def anywhere(function: F) -> F:
    """One definition for kernels, for Python integers and for arrays of integers.

    It does arithmetic on its arguments and calls what is itself ``anywhere``, nothing else.
    """
    return Anywhere(function) if jit_enabled() else function  # type: ignore[return-value]
