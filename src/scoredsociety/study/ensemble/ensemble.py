"""What a study keeps of a run: counts of its last year and month, and what was published of each.

A study makes many runs, so it keeps no change log and no report, only this, in a folder named by
the content of what decides the run's bits. An interrupted study finds what it has finished, and
two studies that ask the same thing run it once. How many run at the same time decides nothing.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from scoredsociety.conduct.tables import ResponseTables
from scoredsociety.engine import checkpoint
from scoredsociety.engine.inputs import Machine
from scoredsociety.engine.run import MonthOutcome, advance_run, begin_run
from scoredsociety.engine.run_constants import settle
from scoredsociety.engine.state import I32, U16, U32, U64, RunState
from scoredsociety.engine.tally import Tallies, add
from scoredsociety.errors import UserError
from scoredsociety.runs.folder.run_folder import UNREADABLE, save_arrays
from scoredsociety.runs.scenario import Scenario
from scoredsociety.study.ensemble.cases import Case, case_of

YEAR = 12
Tell = Callable[[int, int, str], None]
Read = TypeVar("Read")


class Observed(NamedTuple):
    """A finished run, as a study reads it."""

    key: str
    checksum: str
    year_months: int  # months in ``year``: twelve, or all of a shorter run
    year: Tallies  # summed over the last months; denominators are person-months
    last: Tallies  # of the last month
    score: I32  # (rows, people) published in the last month, centipoints
    status: U32  # (people,)
    life: U64  # (people,) bits 0 to 7: episodes that are on
    score_before: I32  # the same at the beginning of ``year``
    status_before: U32
    life_before: U64
    coarse: U16  # (people,) coarse traits and frailty


def observe(case: Case, folder: Path | None = None, machine: Machine | None = None) -> Observed:
    """The run of a case: read from ``folder`` where it is finished, else made and kept there."""
    kept = folder / f"{case.key}.npz" if folder else None
    if kept is not None and kept.exists():
        return load(kept, case.key)
    made = simulate_case(case, machine or Machine(1, 4))
    if kept is not None:
        _save(made, kept)
    return made


def simulate_case(case: Case, machine: Machine) -> Observed:
    """Run a case in memory."""
    inputs = case.prepared.inputs
    setting = settle(inputs, machine)
    state = begin_run(inputs, setting, machine)
    end = inputs.origin + inputs.months
    year_from = end - min(YEAR, case.scenario.months)
    total: list[Tallies] = []
    last: list[Tallies] = []

    def count(outcome: MonthOutcome) -> None:
        if outcome.month < year_from:
            return
        if not total:
            total.append(Tallies(*(np.array(array) for array in outcome.tallies)))
        else:
            add(total[0], outcome.tallies)
        last[:] = [outcome.tallies]

    if state.month < year_from:
        until = inputs._replace(months=year_from - inputs.origin)
        state = advance_run(until, setting, state, machine=machine)
    before = published(state)
    state = advance_run(inputs, setting, state, machine=machine, on_month=count)
    after = published(state)
    return Observed(
        case.key, checkpoint.checksum(state), end - year_from, total[0], last[0], *after, *before,
        setting.persons_at(inputs.months - 1).coarse,
    )  # fmt: skip


def published(state: RunState) -> tuple[I32, U32, U64]:
    """Copies of score, status and life of everybody."""
    life = np.concatenate([block.life for block in state.blocks])
    return state.exchange.score.copy(), state.exchange.status.copy(), life


def _save(made: Observed, path: Path) -> None:
    """Write what is kept of a run; a kill at any moment leaves it whole or absent."""
    arrays: dict[str, npt.NDArray[np.generic]] = {
        **{f"year_{name}": value for name, value in made.year._asdict().items()},
        **{f"last_{name}": value for name, value in made.last._asdict().items()},
        **{name: getattr(made, name) for name in COLUMNS},
        "checksum": np.array(made.checksum),
        "year_months": np.array(made.year_months),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(suffix=".writing", dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        save_arrays(file, arrays)
    os.replace(beside, path)


COLUMNS = (
    "score", "status", "life", "score_before", "status_before", "life_before", "coarse",
)  # fmt: skip


def load(path: Path, key: str) -> Observed:
    """What was kept of a run; UserError where the file is damaged."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            year, last = (
                Tallies(**{name: arrays[f"{part}_{name}"] for name in Tallies._fields})
                for part in ("year", "last")
            )
            columns = {name: arrays[name] for name in COLUMNS}
            return Observed(
                key=key, checksum=str(arrays["checksum"]), year=year, last=last,
                year_months=int(arrays["year_months"]), **columns,
            )  # fmt: skip
    except UNREADABLE as error:
        said = getattr(error, "strerror", None) or "it is damaged"
        raise UserError(f"{path} cannot be read ({said}); remove it and ask again") from None


def observe_all(
    cases: Sequence[Case], read: Callable[[Case, Observed], Read], folder: Path | None = None,
    workers: int | Executor = 1, progress: Tell | None = None,
) -> list[Read]:  # fmt: skip
    """What ``read`` makes of every case's run, in the order given; like runs are made once.

    ``workers`` is a number of threads or any ``concurrent.futures`` executor (one of processes
    needs a ``read`` that can be pickled).
    """
    unlike = {case.key: case for case in cases}
    longest_first = sorted(unlike, key=lambda key: -unlike[key].prepared.inputs.months)
    with pool_of(workers) as pool:
        futures = {
            key: pool.submit(read_case, unlike[key], read, folder) for key in longest_first
        }
        try:
            for done, future in enumerate(as_completed(futures.values()), 1):
                future.result()
                if progress:
                    progress(done, len(unlike), "runs")
        except BaseException:
            cancel(list(futures.values()))
            raise
    return [futures[case.key].result() for case in cases]


def read_case(
    case: Case, read: Callable[[Case, Observed], Read], folder: Path | None
) -> Read:
    """One run, reduced to what is asked of it."""
    return read(case, observe(case, folder))


def read_scenario(
    scenario: Scenario, read: Callable[[Case, Observed], Read], folder: Path | None
) -> tuple[str, Read] | str:
    """Key and reading of a scenario's run, or why the documents refuse it."""
    try:
        case = case_of(scenario)
    except UserError as error:
        return str(error).splitlines()[-1]
    return case.key, read_case(case, read, folder)


def cancel(futures: Sequence[Future[Any]]) -> None:
    """Start nothing further."""
    for future in futures:
        future.cancel()


@contextmanager
def pool_of(workers: int | Executor) -> Iterator[Executor]:
    """An executor of so many threads, or the one given, which stays open."""
    if isinstance(workers, Executor):
        yield workers
        return
    if workers < 1:
        raise UserError(f"--threads must be at least 1, not {workers}")
    with ThreadPoolExecutor(workers) as pool:
        yield pool


def responses_in(case: Case) -> ResponseTables:
    """The responses in force in the last month."""
    return case.prepared.inputs.responses[-1][1]


class ScenarioReadings(NamedTuple):
    """What many scenarios came to: values by what they are called, and what was refused."""

    values: dict[Any, Any]
    keys: frozenset[str]  # of the runs
    refused: dict[Any, str]  # why, in one line


def observe_scenarios(
    asked: Mapping[Any, Scenario], read: Callable[[Case, Observed], Read],
    folder: Path | None = None, workers: int | Executor = 1, progress: Tell | None = None,
) -> ScenarioReadings:  # fmt: skip
    """The same of many scenarios whose documents differ, each compiled only when its turn comes.

    A scenario that the documents refuse is no error here: it is counted, with the reason.
    """

    made = ScenarioReadings({}, frozenset(), {})
    keys: set[str] = set()
    with pool_of(workers) as pool:
        futures = {
            name: pool.submit(read_scenario, scenario, read, folder)
            for name, scenario in asked.items()
        }
        try:
            for done, future in enumerate(as_completed(futures.values()), 1):
                future.result()
                if progress:
                    progress(done, len(asked), "points")
        except BaseException:
            cancel(list(futures.values()))
            raise
    for name, future in futures.items():
        found = future.result()
        if isinstance(found, str):
            made.refused[name] = found
        else:
            keys.add(found[0])
            made.values[name] = found[1]
    return made._replace(keys=frozenset(keys))
