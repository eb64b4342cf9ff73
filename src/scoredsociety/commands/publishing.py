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
    from scoredsociety.engine.setting import Setting
    from scoredsociety.results.gather import Early
    from scoredsociety.study.scenario import Prepared
    from scoredsociety.study.simulate import Whole


class Publisher:
    """Writes the report of a run into its folder; starts to get ready now."""

    def __init__(self) -> None:
        self._results = beside(lambda: import_module("scoredsociety.results"))
        beside(lambda: import_module("rich.table"))  # for the summary, when all is written
        self._early: Future[Early] | None = None

    def watch(self, prepared: Prepared, setting: Setting) -> Callable[[MonthOutcome], None]:
        """Told when a run begins, that what no month changes may be worked out; sees no month."""
        self._early = beside(lambda: self._results.result().early(prepared, setting))
        return lambda _: None

    def __call__(self, whole: Whole) -> None:
        """Write the report."""
        results, known = self._results.result(), self._early
        results.publish(whole, known.result() if known else None)


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
