"""Nearest counterfactuals: the smallest single change after which things would stand otherwise.

A counterfactual explanation (Wachter, Mittelstadt and Russell 2018) names no weights: it says
what would have had to be different. Here nothing is guessed: each single change (a record that
is missing, an error that is corrected, an act not done, a rule left out) is lived through again.
*Direct*: everybody else held as they were. *Full*: the whole society run again, where a rule is
left out or a planted record is not planted; then others may react, and differ too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

import numpy as np

from scoredsociety.calendar import month_text
from scoredsociety.engine.layout import grade_in
from scoredsociety.engine.replay.counterfactual_replay import Published, alternatives
from scoredsociety.engine.replay.household_replay import LifeMonth, Log
from scoredsociety.engine.run_constants import Setting
from scoredsociety.engine.state import U16
from scoredsociety.runs.prepare import Prepared
from scoredsociety.scheme.tables import NO_GRADE
from scoredsociety.study.explain.candidate_changes import (
    ACT,
    ERROR,
    KINDS,
    RECORD,
    RULE,
    Change,
    every_change,
    unmarked,
)
from scoredsociety.study.explain.full_rerun import Counterfactual, FullRerun
from scoredsociety.study.readout.persons import denied_by

MOST_EDITS = 60


class Standing(NamedTuple):
    """What stands of a person."""

    score: int
    grade: int
    restricted: bool


def counterfactuals(
    prepared: Prepared, setting: Setting, log: Log, person: int, lived: Sequence[LifeMonth],
    s: int, full: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Every single change to the person's file in the last month ``lived``, and the nearest ones.

    ``nearest`` holds the smallest change that gives the next grade, and the smallest that lifts
    the restriction (None: no single change does, or there is nothing to lift).
    """
    last = lived[-1].month
    changes = list(every_change(prepared, lived, s))[:MOST_EDITS]
    edits = [change.edit for change in changes]
    true, others = alternatives(prepared.inputs, setting, log, person, edits, last)
    coarse = setting.persons_at(last - prepared.inputs.origin).coarse[[person]]
    was = _standing(prepared, true, s, coarse)
    found = [
        _outcome(prepared, change, _standing(prepared, other, s, coarse), was, s)
        for change, other in zip(changes, others, strict=True)
        if change.kind != ACT or change.word not in unmarked(other.records)
    ]  # what goes on by itself, as arrears do, is not undone in one month
    near = {
        "next_grade": _nearest(found, [one.next_grade for one in found]),
        "lifts": _nearest(found, [one.lifts for one in found]),
    }
    if full:
        whole = FullRerun(prepared, person, s, last)
        near = {name: whole.lived(found, place) for name, place in near.items()}
        found = whole.with_full(found)
    return {
        "month": month_text(last),
        "restricted": was.restricted,
        "counterfactuals": [asdict(one) for one in found],
        "nearest": {
            name: None if place is None else asdict(found[place]) for name, place in near.items()
        },
    }


def _nearest(found: Sequence[Counterfactual], does: Sequence[bool]) -> int | None:
    """Place of the smallest change that does it: by kind, then by how little the score moves."""
    fit = [place for place, yes in enumerate(does) if yes]
    return min(
        fit, default=None,
        key=lambda k: (KINDS.index(found[k].kind), abs(found[k].score_change), k),
    )  # fmt: skip


def _standing(prepared: Prepared, published: Published, s: int, coarse: U16) -> Standing:
    """Score, grade and restriction of what was published."""
    status = np.array([published.status], dtype=np.uint32)
    score = published.score[:, None].astype(np.int32)
    under = bool(denied_by(prepared.inputs, status, score, s, coarse=coarse)[0])
    return Standing(int(published.score[s]), grade_in(published.status, s), under)


def _outcome(
    prepared: Prepared, change: Change, now: Standing, was: Standing, s: int
) -> Counterfactual:
    """What a change would have meant."""
    grades = prepared.names.grades[s]
    both = now.grade != NO_GRADE and was.grade != NO_GRADE
    when = None if change.month is None else month_text(change.month)
    words = {
        ERROR: f"without the wrong record of {when}: {change.rule.title}",
        RECORD: f"if the record of {when} were missing: {change.rule.title}",
        ACT: f"if the act of {when} had not been done: {change.rule.title}",
        RULE: f"without the rule: {change.rule.title}",
    }
    return Counterfactual(
        words[change.kind], change.kind, when, change.rule.key, change.act, now.score,
        grades[now.grade].id if now.grade < len(grades) else None, now.restricted,
        now.score - was.score, both and now.grade > was.grade,
        was.restricted and not now.restricted,
    )  # fmt: skip


