"""What is kept of a run while it runs: counts, the panel, the change log, and checkpoints.

Observing changes no bit: a recorder reads what a month gives and writes files. A month's files
stand before the checkpoint that follows them, so a killed run goes on from its checkpoint and
writes the later months again, the same.
"""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from scoredsociety.calendar import month_text
from scoredsociety.engine import checkpoint
from scoredsociety.engine.blocks import Changes
from scoredsociety.engine.run import MonthOutcome
from scoredsociety.engine.state import Messages, RunState
from scoredsociety.engine.tally import Tallies
from scoredsociety.fixed import Ints
from scoredsociety.keyed import draw, key_of, stream
from scoredsociety.runs.folder.run_folder import Draft, read_arrays

CHECKPOINT_SECONDS = 5.0  # at least so long between two checkpoints ...
CHECKPOINT_SHARE = 0.05  # ... and at most this share of the time spent on them
KEPT_BYTES = 1 << 26  # of a change log, while it is read: several lives pass the same months


# told of each counted month beside the next: (month, tallies, panel scores, panel status)
Reader = Callable[[int, Tallies, Any, Any], None]


class Recorder:
    """Writes the months of a run into its draft folder, each while the next is already run.

    One thread writes, in order; no more than two months wait for it, and a checkpoint waits for
    all. An error of a write comes up at the next month or checkpoint.
    """

    def __init__(
        self, draft: Draft, first: int, panel: Ints, reader: Reader | None = None, *,
        log: bool = True,
    ) -> None:  # fmt: skip
        self.draft = draft
        self.written = ChangeLog(draft.folder)  # for who reads the months when all are over
        self.log = log  # is a change log kept? Not on a loaded network: it has a row a person
        self.first = first  # months before it are burn-in: logged, not counted
        self.panel = panel
        self._reader = reader
        self._writer = ThreadPoolExecutor(1, "recorder")
        self._waiting: deque[Future[None]] = deque()
        self._saved = time.monotonic()
        self._cost = 0.0

    def month(self, outcome: MonthOutcome) -> None:
        """Have one month's counts, panel and change log written."""
        changes, outbox = outcome.changes, outcome.outbox
        log = {
            "person": changes.person, "score": changes.score, "status": changes.status,
            "scalars": outcome.scalars,
            "target": outbox.target, "content": outbox.content, "origin": outbox.origin,
        }  # fmt: skip
        # of the exchange, whose arrays go on in the next month, the panel is copied now
        seen = (outcome.exchange.score[:, self.panel], outcome.exchange.status[self.panel])
        self.wait(most=1)
        self._waiting.append(
            self._writer.submit(self._write, outcome.month, log, outcome.tallies, *seen)
        )

    def _write(
        self, month: int, log: dict[str, Any], tallies: Tallies, scores: Any, status: Any
    ) -> None:
        text = month_text(month)
        if self.log:
            self.draft.write_month("exchange", text, log)
            self.written.keep(month, log)
        if month >= self.first:
            counts = {**tallies._asdict(), "panel_score": scores, "panel_status": status}
            self.draft.write_month("months", text, counts)
            if self._reader:
                self._reader(month, tallies, scores, status)

    def wait(self, most: int = 0) -> None:
        """Wait until at most so many months are still to be written."""
        while len(self._waiting) > most:
            self._waiting.popleft().result()

    def due(self) -> bool:
        """Is it time for a checkpoint?"""
        since = time.monotonic() - self._saved
        return since > max(CHECKPOINT_SECONDS, self._cost / CHECKPOINT_SHARE)

    def save(self, state: RunState) -> None:
        """Write a checkpoint; the one before stays until this one is whole."""
        self.wait()
        began = time.monotonic()
        checkpoint.save(state, self.draft.folder / "checkpoint")
        self._saved = time.monotonic()
        self._cost = self._saved - began


def months_kept(draft: Draft, months: Iterable[int]) -> Iterator[tuple[int, Tallies, Ints, Ints]]:
    """The counted months of a draft: (month, tallies, panel scores, panel status)."""
    for month in months:
        arrays = draft.read_month("months", month_text(month))
        tallies = Tallies(**{name: arrays[name] for name in Tallies._fields})
        yield month, tallies, arrays["panel_score"], arrays["panel_status"]


class ChangeLog:
    """The exchange of a run, read back from its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "exchange"
        self._read: OrderedDict[int, dict[str, Any]] = OrderedDict()  # the months read last
        self._room = KEPT_BYTES

    def keep(self, month: int, arrays: dict[str, Any]) -> None:
        """Hold a month that was just written, while there is room: it need not be read back."""
        if size_of(arrays) <= self._room:
            self._read[month] = arrays
            self._room -= size_of(arrays)

    def _month(self, month: int) -> dict[str, Any]:
        if month not in self._read:
            self._read[month] = read_arrays(self.folder / f"{month_text(month)}.npz")
            self._room -= size_of(self._read[month])
            while self._room < 0 and len(self._read) > 1:
                self._room += size_of(self._read.popitem(last=False)[1])
        return self._read[month]

    def changes(self, month: int) -> Changes:
        """What the month changed in the exchange."""
        arrays = self._month(month)
        return Changes(arrays["person"], arrays["score"], arrays["status"])

    def outbox(self, month: int) -> Messages:
        """What was sent in the month, to be booked in the next."""
        arrays = self._month(month)
        return Messages(arrays["target"], arrays["content"], arrays["origin"])

    def scalars(self, month: int) -> Ints:
        """What the month gave of the whole society, read in the next."""
        return np.asarray(self._month(month)["scalars"], dtype=np.int64)


def size_of(arrays: dict[str, Any]) -> int:
    """Bytes of a month."""
    return sum(int(array.nbytes) for array in arrays.values())


def panel_of(people: int, size: int, seed: int) -> Ints:
    """(size,) dense numbers of the panel: persons drawn by the seed, in order."""
    if 2 * size >= people:
        return np.arange(min(size, people), dtype=np.int64)
    k0, k1 = key_of(seed)
    name, chosen, at = stream("panel"), set[int](), 0
    while len(chosen) < size:
        for word in draw(k0, k1, at, 0, name, 0):
            if len(chosen) < size:
                chosen.add((int(word) * people) >> 32)
        at += 1
    return np.array(sorted(chosen), dtype=np.int64)
