"""A run from the request to the whole folder, and from a killed run's folder to the same whole.

Threads and block size decide nothing about the result; nor does a kill, because what a run needs
to go on is in its ``.partial`` folder: the request, the texts, the change log, a checkpoint.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from scoredsociety.calendar import month_text
from scoredsociety.engine import checkpoint
from scoredsociety.engine.federation.federated import borders
from scoredsociety.engine.inputs import Machine
from scoredsociety.engine.run import MonthOutcome, OnMonth, advance_run, begin_run, reblock
from scoredsociety.engine.run_constants import Setting, settle
from scoredsociety.engine.state import RunState
from scoredsociety.errors import Stopped, UserError
from scoredsociety.outputs import quoted
from scoredsociety.runs.digest.canonical_digest import digest
from scoredsociety.runs.digest.scope import lived
from scoredsociety.runs.folder.manifest import of_request, of_result
from scoredsociety.runs.folder.run_folder import (
    Draft,
    anew,
    begin_folder,
    check_place,
    read_manifest,
    unfinished,
)
from scoredsociety.runs.operator_events import events
from scoredsociety.runs.prepare import Prepared, prepare
from scoredsociety.runs.prepare_again import check_months, check_ties, prepare_again
from scoredsociety.runs.recorder import ChangeLog, Recorder, panel_of
from scoredsociety.runs.resources import estimate, refuse_what_does_not_fit
from scoredsociety.runs.scenario import Scenario
from scoredsociety.scheme.read.patch import document_of

if TYPE_CHECKING:
    import polars as pl

    from scoredsociety.measure.scoring.unmet import Unmet
    from scoredsociety.runs.folder.run_files import Frames
    from scoredsociety.scheme.compile.scheme_names import SchemeNames

Progress = Callable[[int, int, str], None]  # months done, months in all, what is being done


@dataclass(frozen=True)
class Made:
    """A whole run, and what making it took (which its folder does not hold)."""

    folder: Path
    manifest: Mapping[str, Any]
    wall_s: float
    months_s: float  # of it, the months themselves
    unmet: tuple[Unmet, ...] = ()  # what of its schemes befell nobody
    names: SchemeNames | None = None  # what the indices of its schemes mean

    @property
    def person_months_per_s(self) -> int:
        """People times months, burn-in included, by second of the months."""
        inputs = self.manifest["inputs"]
        months = inputs["months"] + inputs["burn_in_months"]
        return int(inputs["people"] * months / max(self.months_s, 1e-9))


class Whole(NamedTuple):
    """All that a run left, before its folder gets its name: what a report is written from."""

    prepared: Prepared
    setting: Setting
    folder: Path
    manifest: Mapping[str, Any]
    tallies: pl.DataFrame
    panel: pl.DataFrame
    log: ChangeLog
    state: RunState | None = None  # after the last month, where it is at hand


class Manner(NamedTuple):
    """How a run is carried out; nothing of it decides what comes out."""

    machine: Machine | None = None  # all cores, unless told
    progress: Progress | None = None
    stop: Callable[[], bool] | None = None  # asked after each month
    publish: Callable[[Whole], None] | None = None  # writes the report into the draft
    watch: Callable[[Prepared, Setting], OnMonth] | None = None  # sees each month of the run


def machine_of(threads: int | None, communities_per_block: int | None, people: int) -> Machine:
    """Threads (all cores unless told) and a block size that gives each thread a few blocks."""
    count = threads if threads is not None else cores()
    if count < 1 or count > 4096:
        raise UserError(f"--threads must be between 1 and 4096, not {count}")
    if communities_per_block is not None and communities_per_block < 1:
        raise UserError(
            f"--block-size is a number of communities, at least 1, not {communities_per_block}"
        )
    return Machine(count, communities_per_block or 0)


def cores() -> int:
    """Cores that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def make(
    scenario: Scenario, target: Path, *, force: bool = False, manner: Manner | None = None
) -> Made:
    """Run a scenario into the folder ``target``; UserError for what cannot be done."""
    began = time.perf_counter()
    manner = manner or Manner()
    scenario.check()
    check_place(target, force=force)
    machine = manner.machine or machine_of(None, None, scenario.people)
    months = scenario.months + scenario.burn_in
    refuse_what_does_not_fit(
        estimate(
            scenario.people, months, len(scenario.schemes), machine.threads, target, scenario.ties
        )
    )
    prepared = prepare(scenario, reading(manner.progress), divided=True)
    draft = begin_folder(target, of_request(prepared), force=force)
    setting = settle(prepared.inputs, machine)
    state = begin_run(prepared.inputs, setting, machine)
    return _carry_through(prepared, setting, state, draft, manner, machine, began)


def reading(progress: Progress | None) -> Callable[[str], None]:
    """Tells what is being read before the first month."""

    def tell(text: str) -> None:
        if progress:
            progress(0, 1, text)

    return tell


def resume(place: Path, *, ties: Path | None = None, manner: Manner | None = None) -> Made:
    """Go on with an unfinished run from its newest checkpoint, or from its beginning.

    ``ties``: the file of the loaded network on which the run stands, given again.
    """
    began = time.perf_counter()
    manner = manner or Manner()
    draft = unfinished(place)
    manifest = read_manifest(draft.folder)
    if manifest.get("whole"):  # a kill came between the last file and the name
        return Made(draft.complete(manifest), manifest, time.perf_counter() - began, 1.0)
    prepared = prepare_again(manifest, ties)
    machine = manner.machine or machine_of(None, None, prepared.scenario.people)
    setting = settle(prepared.inputs, machine)
    if checkpoint.find(draft.folder / "checkpoint") is None:
        state = begin_run(prepared.inputs, setting, machine)
    else:
        try:
            saved = checkpoint.load(draft.folder / "checkpoint")
            check_ties(draft, prepared, saved)
        except ValueError as error:
            raise UserError(f"{error}; {anew(draft.target)}") from None
        check_months(draft, prepared, manifest, saved.month)
        state = reblock(
            saved, prepared.inputs.seats, machine.block(prepared.inputs.seats),
            prepared.inputs.stored, borders(prepared.inputs),
        )  # fmt: skip
    return _carry_through(prepared, setting, state, draft, manner, machine, began)


def _carry_through(
    prepared: Prepared, setting: Setting, state: RunState, draft: Draft, manner: Manner,
    machine: Machine, began: float,
) -> Made:  # fmt: skip
    inputs = prepared.inputs
    end = inputs.origin + inputs.months
    seen = panel_of(inputs.seats.people, prepared.scenario.panel, inputs.seed)

    @cache
    def frames() -> Frames:
        """Frames are made from the first counted month on, beside the next: their library, of a
        quarter of a second, is imported there and not before the months."""
        from scoredsociety.runs.folder.run_files import Frames

        return Frames(prepared, seen)

    log = prepared.network is None  # on a loaded network there is no row a person
    recorder = Recorder(draft, prepared.first, seen, lambda *kept: frames().month(*kept), log=log)
    started, at = time.perf_counter(), state.month
    asked_to_stop = manner.stop or (lambda: False)
    watcher = manner.watch(prepared, setting) if manner.watch else lambda _: None

    def tell(month: int) -> None:
        if manner.progress:
            done = month - inputs.origin
            manner.progress(done, inputs.months, month_text(min(month, end - 1)))

    def on_month(outcome: MonthOutcome) -> None:
        recorder.month(outcome)
        watcher(outcome)
        tell(outcome.month + 1)

    tell(state.month)
    while state.month < end:
        state = advance_run(
            inputs, setting, state, machine=machine, on_month=on_month,
            stop=lambda: recorder.due() or asked_to_stop(),
        )  # fmt: skip
        if state.month == end:
            break  # the last state is written beside what is made of it
        recorder.save(state)
        if asked_to_stop():
            raise Stopped(
                f"stopped after {month_text(state.month - 1)}; "
                f"go on with `scored resume {quoted(draft.target)}`"
            )
    recorder.wait()
    months_s = (time.perf_counter() - started) * inputs.months / max(end - at, 1)
    kept = recorder.written
    from scoredsociety.runs.folder.run_files import writing

    with ThreadPoolExecutor(1) as pool:
        saved = pool.submit(recorder.save, state)
        did = list(events(inputs, prepared.labels.schemes, kept)) if log else []
        with writing(frames(), draft) as (tallies, panel):
            # of a loaded network no state is kept, so its digest is worked out now or never
            known = "" if log else digest(lived(prepared, setting, state), tallies)
            asked = read_manifest(draft.folder)
            manifest = of_result(
                prepared, checkpoint.checksum(state), did, known, asked.get("network")
            )
            nobody = unmet_of(prepared, tallies)
            if manner.publish:
                manner.publish(Whole(
                    prepared, setting, draft.folder, manifest, tallies, panel, kept, state
                ))  # fmt: skip
        saved.result()
    folder = draft.finish(manifest, by_person=log)
    return Made(folder, manifest, time.perf_counter() - began, months_s, nobody, prepared.names)


def unmet_of(prepared: Prepared, tallies: pl.DataFrame) -> tuple[Unmet, ...]:
    """What of the schemes of a run befell nobody, by its tallies."""
    from scoredsociety.measure.scoring.unmet import unmet

    return tuple(
        one
        for name, history in zip(prepared.labels.schemes, prepared.versions.schemes, strict=True)
        for one in unmet(name, [document_of(scheme) for _, scheme in history], tallies)
    )
