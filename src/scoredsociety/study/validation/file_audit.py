"""An audit of credit files: who has an error, whose score moves, whose tier (V21, O-W3; S3-33).

The Federal Trade Commission asked 1,001 people in 2012: 26 % found an error that could matter,
for 13 % the score changed once it was put right, 5.2 % moved to a better tier, and about half of
the changes were of 20 points or less. Here every file of a scheme at the end of a run is scored
as it is and without its wrong records. Rates of error are found nowhere by act, so what comes out
is *fitted* (``EVEN``, which is the patch ``files_audited``, and ``CLUSTERED``) or a comparison of
assumptions, never a prediction: one kind of error that always counts, or three that weigh unlike;
spread evenly, or clustered by person.

``python -m studies.credit_file_audit`` prints the table of assumptions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from scoredsociety.engine.inputs import Machine
from scoredsociety.engine.layout import ERRORS, flags_of, grade_in, rule_of
from scoredsociety.engine.month_view import on_ties, scratch
from scoredsociety.engine.replay.lone_month import account
from scoredsociety.engine.run import advance_run, begin_run
from scoredsociety.engine.run_constants import Setting, settle, world_at
from scoredsociety.engine.score.ledger_places import PART_GRADE
from scoredsociety.engine.state import RunState, ends_of
from scoredsociety.fixed import Ints
from scoredsociety.runs.prepare import Prepared, prepare
from scoredsociety.runs.scenario import Scenario
from scoredsociety.scheme.tables import NO_GRADE

SMALL = 20  # points: about half of the changes are no larger (O-W3)
AUDITED = {"error": 26.0, "score": 13.0, "tier": 5.2}  # of 100 people (V21)
MONTHS = 84  # a late payment stays on file seven years (P13)
# false records a person-year: late payments (heavy), inquiries (light), loans repaid (not scored)
ONE_KIND = ("0.042", "0", "0")  # as many files with an error as the audit found, or nearly
EVEN = ("0.0095", "0.037", "0.024")
CLUSTERED = ("0.0105", "0.046", "0.036")  # with clustering 4
ROOM = "envelope.even.candidates_a_year=8.4"  # clustered errors need more candidates


@dataclass(frozen=True)
class AuditedFiles:
    """Of 100 files: with an error, score changed by it, lower tier for it; and of the changes."""

    files: int
    error: float
    score: float
    tier: float
    small: float  # of 100 changes, those of 20 points or less
    errors: float  # mean number of wrong records a file that has any


def base(people: int = 10_000, seed: int = 20121231) -> Scenario:
    """FICO's rules over files as the audit would read them."""
    return Scenario(
        ("fico",), society="western_town", people=people, months=MONTHS, seed=seed,
        start="2006-01", patches=("files_audited",), switched_off=("responses", "life_effects"),
        panel=0,
    )  # fmt: skip


def with_rates(scenario: Scenario, rates: tuple[str, str, str], clustering: str) -> Scenario:
    """The scenario with other rates of false records and another clustering of errors."""
    acts = ("loan_arrears", "credit_inquiry", "repays_loan")
    sets = [f"act.{act}.false_rate={rate}" for act, rate in zip(acts, rates, strict=True)]
    return replace(scenario, sets=(*sets, f"errors.clustering={clustering}", ROOM))


def audited(scenario: Scenario, threads: int = 1) -> AuditedFiles:
    """Run a scenario and audit the files of its first scheme."""
    prepared = prepare(scenario)
    machine = Machine(threads=threads)
    setting = settle(prepared.inputs, machine)
    state = begin_run(prepared.inputs, setting, machine)
    return _audit(prepared, setting, advance_run(prepared.inputs, setting, state, machine=machine))


def _audit(prepared: Prepared, setting: Setting, state: RunState, s: int = 0) -> AuditedFiles:
    """Every subject's file as it is, and without its wrong records."""
    work_of = world_at(prepared.inputs, setting, state.month - 1, state.exchange, state.scalars)
    work = scratch(work_of.conduct, work_of.schemes, work_of.derived)
    work = on_ties(work, work_of.stored, ends_of(state), 0)
    names = prepared.names
    files, wrong, change, better = 0, [], [], 0
    for person, records, ties, life in held(state):
        if grade_in(int(state.exchange.status[person]), s) == NO_GRADE:
            continue
        files += 1
        flags = [
            int(flags_of(int(word)) & ERRORS > 0)
            and names.rules[rule_of(int(word))].scheme == s
            for word in records
        ]
        if not any(flags):
            continue
        wrong.append(sum(flags))
        work.records[: len(records)] = records
        found = []
        for left_out in (np.zeros(len(records), dtype=np.int64), np.array(flags, dtype=np.int64)):
            work.left_out[:] = 0
            work.left_out[: len(records)] = left_out
            work.parts[:] = 0
            score = int(account(work_of, person, s, len(records), ties, life, work))
            found.append((score, int(work.parts[PART_GRADE])))
        change.append(abs(found[1][0] - found[0][0]))
        better += found[1][1] > found[0][1]
    moved = [one for one in change if one]

    def of(count: float, total: int) -> float:
        return 100 * count / total if total else 0.0

    return AuditedFiles(
        files, of(len(wrong), files), of(len(moved), files), of(better, files),
        of(sum(one <= 100 * SMALL for one in moved), len(moved)),
        sum(wrong) / len(wrong) if wrong else 0.0,
    )  # fmt: skip


def held(state: RunState) -> list[tuple[int, Ints, int, int]]:
    """Person, live records, open slots and life bits of everybody."""
    found = []
    for block in state.blocks:
        ends = np.concatenate([[0], np.cumsum(block.counts, dtype=np.int64)])
        found += [
            (
                block.first + place,
                block.records[ends[place] : ends[place + 1]].astype(np.int64),
                int(block.ties[place]),
                int(block.life[place]),
            )
            for place in range(block.last - block.first)
        ]
    return found
