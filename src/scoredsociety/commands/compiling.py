"""What a command says while the kernels of a month are compiled, which takes minutes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any


def say_when_compiling() -> None:
    """Have it said on stderr once compiling starts, which no request does that is refused."""
    from scoredsociety.compiled import KernelCache

    KernelCache.before_the_first = say_if_compiling


def say_if_compiling() -> None:
    """Say on stderr why the first months to be lived take longer."""
    from scoredsociety.engine.month import advance

    if not is_compiled(advance):
        print("compiling the kernels, once: this takes about 3 minutes of one processor",
              file=sys.stderr)  # fmt: skip


def is_compiled(kernel: Any) -> bool:
    """Does the index of this kernel stand in the cache?

    The month's own kernel takes nearly all the time, and others are there before it: after a
    compilation that was stopped, or beside one that still goes on.
    """
    index = f"{kernel.__module__.rpartition('.')[2]}.{kernel.__name__}-*.nbi"
    return next(Path(kernel.stats.cache_path).glob(index), None) is not None
