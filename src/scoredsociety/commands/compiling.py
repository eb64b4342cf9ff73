"""What a command says while the kernels of a month are compiled, which takes minutes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any


def say_if_compiling() -> None:
    """Say on stderr why the first months to be lived take longer."""
    from scoredsociety.engine.month import advance
    from scoredsociety.kernel import jit_enabled

    if jit_enabled() and not is_compiled(advance):
        print("compiling the kernels, once: this takes about 4 minutes of one processor",
              file=sys.stderr)  # fmt: skip


def is_compiled(kernel: Any) -> bool:
    """Does the index of this kernel stand in the cache?

    The month's own kernel takes nearly all the time, and others are there before it: after a
    compilation that was stopped, or beside one that still goes on.
    """
    index = f"{kernel.__module__.rpartition('.')[2]}.{kernel.__name__}-*.nbi"
    return next(Path(kernel.stats.cache_path).glob(index), None) is not None
