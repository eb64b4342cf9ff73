"""The report is written by a part of the house that takes a second to import.

That happens beside the months, which leave the interpreter free: no run waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scoredsociety.study.simulate import Whole


def publisher() -> Callable[[Whole], None]:
    """What writes the report of a run into its folder; starts to get ready now."""
    ready = Thread(target=import_module, args=("scoredsociety.results",), daemon=True)
    ready.start()

    def publish(whole: Whole) -> None:
        ready.join()
        from scoredsociety.results import publish as write

        write(whole)

    return publish
