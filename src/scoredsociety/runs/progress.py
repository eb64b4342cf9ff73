"""Progress of long work in lines on stderr, for whoever has no bar: scripts, notebooks, pipes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from scoredsociety.document.text import one_line

EVERY = 5.0  # seconds between two lines


def told_in_lines(what: str) -> Callable[[int, int, str], None]:
    """Who is told ``(done, total, text)`` and prints a line every few seconds."""
    last = time.monotonic()

    def tell(done: int, total: int, text: str) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            print(f"{what} {one_line(text)}: {done} of {total}", file=sys.stderr, flush=True)

    return tell
