"""What a month does, phase by phase, and what that costs on this machine."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import polars as pl

from scoredsociety.conduct.tables import ConductTables
from scoredsociety.engine.checkpoint import checksum
from scoredsociety.engine.inputs import Inputs, Machine
from scoredsociety.engine.phases import PHASES
from scoredsociety.engine.run import advance_run, begin_run
from scoredsociety.engine.run_constants import settle
from scoredsociety.errors import UserError
from scoredsociety.fixed import NEVER
from scoredsociety.runs.prepare import prepare
from scoredsociety.runs.scenario import Scenario

MONTHS = 12
ALL_OFF = ("responses", "life_effects")


def month() -> pl.DataFrame:
    """The phases of a month in their order: phase, step, what, functions, reads, writes.

    Columns are text; names of columns and tables as in ``scoredsociety.engine.phases``.
    """
    return pl.DataFrame([
        {
            "phase": one.name, "step": one.step, "what": one.what,
            "functions": ", ".join(one.functions), "reads": ", ".join(sorted(set(one.reads))),
            "writes": ", ".join(sorted(set(one.writes))),
        }
        for one in PHASES
    ])  # fmt: skip


def month_costs(scheme: str, people: int) -> Iterator[tuple[str, float, float]]:
    """What each mechanism of a month costs: (name, ns a person-month, ns with those before it).

    Measured on one thread in processor time, as the difference between two runs of 12 months, one
    without it. Phases share what they work out for a person, so a phase has no cost of its own.
    """
    for (name, cost), (_, before) in _pairs(list(_steps(scheme, people))):
        yield name, cost - before, cost


def _pairs(
    rows: list[tuple[str, float]],
) -> Iterator[tuple[tuple[str, float], tuple[str, float]]]:
    yield from zip(rows, [("", 0.0), *rows], strict=False)


def _steps(scheme: str, people: int) -> Iterator[tuple[str, float]]:
    asked = Scenario((scheme,), people=people, months=MONTHS, switched_off=ALL_OFF)
    none = prepare(replace(asked, schemes=("none",))).inputs
    scored, whole = prepare(asked).inputs, prepare(replace(asked, switched_off=())).inputs
    (start, conduct), *_ = none.conduct
    slots = none.society._replace(slots=none.society.slots[:0].copy())
    still = ((start, without_candidates(conduct)),)
    yield "counting and publishing", fastest_ns(none._replace(society=slots, conduct=still))
    yield "ties turning over", fastest_ns(none._replace(conduct=still))
    quiet = none._replace(conduct=((start, without_acts(conduct)),))
    yield "occasions and traits", fastest_ns(quiet)
    yield "acts and their sources", fastest_ns(none)
    yield f"structuring and scoring ({scheme})", fastest_ns(scored)
    yield "responses and life effects", fastest_ns(whole)


def without_candidates(tables: ConductTables) -> ConductTables:
    """Conduct in which nobody meets any occasion."""
    return tables._replace(counts=np.full_like(tables.counts, 1 << 33))


def without_acts(tables: ConductTables) -> ConductTables:
    """Conduct in which no occasion becomes an act."""
    acts = tables.acts.copy()
    acts.rate[:] = NEVER
    return tables._replace(acts=acts, false=np.zeros_like(tables.false))


def fastest_ns(inputs: Inputs, runs: int = 3) -> float:
    """Nanoseconds of processor time a person-month on one thread, the fastest of several runs.

    Raises UserError where two runs differ: no number then.
    """
    machine, best, sums = Machine(1), float("inf"), set()
    setting = settle(inputs, machine)
    for _ in range(runs):
        state = begin_run(inputs, setting, machine)
        began = time.process_time()
        state = advance_run(inputs, setting, state, machine=machine)
        best = min(best, time.process_time() - began)
        sums.add(checksum(state))
    if len(sums) != 1:
        raise UserError(f"{runs} runs, {len(sums)} checksums: no speed is printed")
    return best / inputs.seats.people / inputs.months * 1e9
