"""Who stands near a restricted person, and whom the acts of others reach (Q2; S1-24, S3-58).

Read from the last state of a run: one hop is a tie, two hops a tie's tie. Standing near is no
effect: like people know each other. What ties *do* is a comparison with the same people and luck
without the rule on ties.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from scoredsociety.engine.layout import MISATTRIBUTED, SPILLED, flags_of, is_over, rule_of
from scoredsociety.engine.run_constants import Setting
from scoredsociety.engine.state import RunState
from scoredsociety.fixed import Ints
from scoredsociety.measure.ties.network import assortativity, degree
from scoredsociety.runs.edge_list import open_ties
from scoredsociety.runs.prepare import Prepared
from scoredsociety.scheme import tables as t
from scoredsociety.study.explain.spillover_origin import brought_by
from scoredsociety.study.readout.persons import coarse_now, denied_by, derived_of, subjects_now

MOST_PEOPLE = 500_000
Bools = npt.NDArray[np.bool_]


def nearness_of(prepared: Prepared, setting: Setting, state: RunState) -> list[dict[str, Any]]:
    """Of each scheme: hops to the nearest restricted person, and records of others' acts.

    ``state`` is the last of the run. Empty where the society is too large to be held.
    """
    people = prepared.inputs.seats.people
    if people > MOST_PEOPLE:
        return []
    found = open_ties(prepared.inputs, setting, state)
    pairs = np.column_stack([found.one, found.other])
    ties = degree(pairs, people)
    derived, coarse = derived_of(prepared.inputs), coarse_now(prepared.inputs, setting)
    rows = []
    for s, scheme in enumerate(prepared.labels.schemes):
        among = subjects_now(state.exchange.status, s)
        under = denied_by(
            prepared.inputs, state.exchange.status, state.exchange.score, s, derived, coarse=coarse
        )
        score = state.exchange.score[s].astype(np.int64)
        both = pairs[among[found.one] & among[found.other]]
        rows.append({
            "scheme": scheme, "subjects": int(among.sum()), "restricted": int(under.sum()),
            "ties": float(ties[among].mean()) if among.any() else 0.0,
            "hops": hops(pairs, under, among),
            "expected_one_hop": by_chance(ties, under, among),
            "likeness": likeness(both, score),
            **of_others(prepared, state, s, among, under),
        })  # fmt: skip
    return rows


def hops(pairs: Ints, under: Bools, among: Bools) -> dict[str, int]:
    """Subjects who are not restricted, by hops to the nearest restricted person."""
    one = reached(pairs, under)
    two = reached(pairs, one | under)
    free = among & ~under
    return {
        "one": int((free & one).sum()), "two": int((free & two & ~one).sum()),
        "farther": int((free & ~two & ~one).sum()),
    }  # fmt: skip


def reached(pairs: Ints, start: Bools) -> Bools:
    """(people,) who have a tie with somebody of ``start``."""
    found = np.zeros(len(start), dtype=np.bool_)
    for near, far in ((0, 1), (1, 0)):
        found[pairs[start[pairs[:, near]], far]] = True
    return found


def by_chance(ties: Ints, under: Bools, among: Bools) -> float:
    """Free subjects with a restricted tie, were the same number spread evenly over all.

    ``ties``: how many each person has.
    """
    if not len(under):
        return 0.0
    rate = float(under.mean())
    return float((1 - (1 - rate) ** ties[among & ~under]).sum())


def likeness(pairs: Ints, score: Ints) -> float | None:
    """Correlation of the scores at both ends of a tie (Newman 2003); None where none varies."""
    if not len(pairs) or np.ptp(score[pairs.ravel()]) == 0:
        return None
    return assortativity(pairs, score)


def of_others(
    prepared: Prepared, state: RunState, s: int, among: Bools, under: Bools
) -> dict[str, int]:
    """Subjects with a live record of another's act: of whom, or put on a wrong file."""
    mine = np.array([rule.scheme == s for rule in prepared.names.rules], dtype=np.bool_)
    tables, now = prepared.inputs.schemes[-1][1].rules, state.month - 1 - prepared.inputs.origin
    points = tables.points
    found = {}
    kin = brought_by(prepared.inputs.schemes[0][1]) == t.TO_HOUSEHOLD
    any_rule = np.ones(len(mine), dtype=np.bool_)
    kinds = (("relative", SPILLED, kin), ("others", SPILLED, ~kin),
             ("wrong_file", MISATTRIBUTED, any_rule))  # fmt: skip
    for name, flag, rules in kinds:
        has = np.zeros(len(among), dtype=np.bool_)
        for block in state.blocks:
            owner = np.repeat(np.arange(block.first, block.last), block.counts)
            words = block.records.astype(np.int64)
            rule = rule_of(words)
            chosen = (mine & rules)[rule] & ((flags_of(words) & flag) != 0) & (points[rule] <= 0)
            chosen &= ~is_over(words, now, tables)
            has[owner[chosen]] = True
        found[name] = int((has & among).sum())
        found[f"{name}_restricted"] = int((has & under).sum())
    return found
