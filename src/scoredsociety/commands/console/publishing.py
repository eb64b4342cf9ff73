"""The report is written by a part of the house that takes a second to import.

That happens beside the months, which leave the interpreter free: no run waits for it. So does
what the report says of a run before its first month.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scoredsociety.engine.run import MonthOutcome
    from scoredsociety.engine.run_constants import Setting
    from scoredsociety.results.gather import Early
    from scoredsociety.runs.execute import Whole
    from scoredsociety.runs.prepare import Prepared


class Publisher:
    """Writes the report of a run into its folder."""

    def __init__(self) -> None:
        self._early: Future[Early] | None = None

    def watch(self, prepared: Prepared, setting: Setting) -> Callable[[MonthOutcome], None]:
        """Told when the months begin, which leave the interpreter free; sees none of them."""

        def early() -> Early:
            known: Early = import_module("scoredsociety.results").early(prepared, setting)
            import_module("rich.table")  # for the summary, when all is written
            return known

        self._early = beside(early)
        return lambda _: None

    def __call__(self, whole: Whole) -> None:
        """Write the report."""
        known = self._early.result() if self._early else None
        import_module("scoredsociety.results").publish_report(whole, known)


def beside(job: Callable[[], Any]) -> Future[Any]:
    """What ``job`` gives, worked out beside what follows; a process that ends does not wait."""
    future: Future[Any] = Future()

    def run() -> None:
        try:
            future.set_result(job())
        except BaseException as error:  # noqa: BLE001 - whoever waits for it is told
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future
