"""What is kept of a run while it runs: counts, the panel, the change log, and checkpoints.

Observing changes no bit: a recorder reads what a month gives and writes files. A month's files
stand before the checkpoint that follows them, so a killed run goes on from its checkpoint and
writes the later months again, the same.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from scoredsociety.calendar import month_text
from scoredsociety.engine import checkpoint
from scoredsociety.engine.run import Changes, MonthOutcome
from scoredsociety.engine.state import Messages, RunState
from scoredsociety.engine.tally import Tallies
from scoredsociety.fixed import Ints
from scoredsociety.keyed import draw, key_of, stream
from scoredsociety.study.folder import Draft

CHECKPOINT_SECONDS = 5.0  # at least so long between two checkpoints ...
CHECKPOINT_SHARE = 0.05  # ... and at most this share of the time spent on them


class Recorder:
    """Writes the months of a run into its draft folder."""

    def __init__(self, draft: Draft, first: int, panel: Ints) -> None:
        self.draft = draft
        self.first = first  # months before it are burn-in: logged, not counted
        self.panel = panel
        self._saved = time.monotonic()
        self._cost = 0.0

    def month(self, outcome: MonthOutcome) -> None:
        """Write one month's counts, panel and change log."""
        text = month_text(outcome.month)
        changes, outbox = outcome.changes, outcome.outbox
        self.draft.write_month(
            "exchange", text,
            {
                "person": changes.person, "score": changes.score, "status": changes.status,
                "scalars": outcome.scalars,
                "target": outbox.target, "content": outbox.content, "origin": outbox.origin,
            },
        )  # fmt: skip
        if outcome.month >= self.first:
            arrays = dict(outcome.tallies._asdict())
            arrays["panel_score"] = outcome.exchange.score[:, self.panel]
            arrays["panel_status"] = outcome.exchange.status[self.panel]
            self.draft.write_month("months", text, arrays)

    def due(self) -> bool:
        """Is it time for a checkpoint?"""
        since = time.monotonic() - self._saved
        return since > max(CHECKPOINT_SECONDS, self._cost / CHECKPOINT_SHARE)

    def save(self, state: RunState) -> None:
        """Write a checkpoint; the one before stays until this one is whole."""
        began = time.monotonic()
        checkpoint.save(state, self.draft.folder / "checkpoint")
        self._saved = time.monotonic()
        self._cost = self._saved - began


def months_kept(draft: Draft, months: range) -> Iterator[tuple[int, Tallies, Ints, Ints]]:
    """The counted months of a draft: (month, tallies, panel scores, panel status)."""
    for month in months:
        arrays = draft.read_month("months", month_text(month))
        tallies = Tallies(**{name: arrays[name] for name in Tallies._fields})
        yield month, tallies, arrays["panel_score"], arrays["panel_status"]


class ChangeLog:
    """The exchange of a run, read back from its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "exchange"
        self._read: tuple[int, dict[str, Any]] = (-1, {})  # the month read last

    def _month(self, month: int) -> dict[str, Any]:
        if self._read[0] != month:
            with np.load(self.folder / f"{month_text(month)}.npz") as arrays:
                self._read = (month, {name: arrays[name] for name in arrays.files})
        return self._read[1]

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
