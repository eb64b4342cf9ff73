"""Processor time of a run on one thread, the fastest of several that gave the same bits."""

from __future__ import annotations

import time

from scoredsociety.engine.checkpoint import checksum
from scoredsociety.engine.inputs import Inputs, Machine
from scoredsociety.engine.run import advance_run, begin_run
from scoredsociety.engine.run_constants import Setting


def fastest_ns(inputs: Inputs, setting: Setting, machine: Machine, runs: int = 3) -> float:
    """Nanoseconds a person-month; no number where two runs differ."""
    best, sums = float("inf"), set()
    for _ in range(runs):
        state = begin_run(inputs, setting, machine)
        began = time.process_time()
        state = advance_run(inputs, setting, state, machine=machine)
        best = min(best, time.process_time() - began)
        sums.add(checksum(state))
    if len(sums) != 1:
        raise SystemExit(f"{runs} runs, {len(sums)} checksums: no speed is printed")
    return best / inputs.seats.people / inputs.months * 1e9
