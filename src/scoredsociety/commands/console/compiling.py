"""What a command says while the kernels of a month are compiled, which takes minutes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any


def say_when_compiling() -> None:
    """Have it said on stderr once compiling starts, which no request does that is refused."""
    from scoredsociety.kernel_cache import before_the_first

    before_the_first(say_if_compiling)


def say_if_compiling() -> None:
    """Say on stderr why the first months to be lived take longer."""
    from scoredsociety.engine.month import advance
    from scoredsociety.kernel import cache_folder
    from scoredsociety.kernel_cache import can_write

    if is_compiled(advance):
        return
    takes = "this takes about a minute of one processor"
    folder = cache_folder()
    if can_write(folder):
        said = f"compiling the kernels, once: {takes}"
    else:
        where = f"{folder} cannot be written" if folder else "you have no home folder"
        said = (f"compiling the kernels, for this process only: {takes}; {where}, so they are not "
                "kept (SCOREDSOCIETY_CACHE names another folder)")  # fmt: skip
    print(said, file=sys.stderr)


def is_compiled(kernel: Any) -> bool:
    """Does the index of this kernel stand in the cache?

    The month's own kernel takes nearly all the time, and others are there before it: after a
    compilation that was stopped, or beside one that still goes on.
    """
    index = f"{kernel.__module__.rpartition('.')[2]}.{kernel.__name__}-*.nbi"
    return next(Path(kernel.stats.cache_path).glob(index), None) is not None
