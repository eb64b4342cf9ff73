"""Direct and full effect of a change of rules, told apart (Hudgens and Halloran 2008).

*Full*: both lanes as they are. *Direct*: both lanes once more with every response and every life
effect off, so that nobody acts otherwise than under no scheme at all, and what differs is what
the rules do with the same acts. What is left, full less direct, came about because people (and
their lives) reacted. All three are over the same people with the same luck.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import polars as pl

from scoredsociety.engine.inputs import Machine
from scoredsociety.measure.statistics.joint_intervals import Families
from scoredsociety.measure.tallies import frame_of
from scoredsociety.runs.scenario import Scenario
from scoredsociety.runs.seeds import seed_of
from scoredsociety.study.ensemble.cases import Case, case_of, vary
from scoredsociety.study.ensemble.ensemble import Tell, simulate_case

REACTIONS = ("responses", "life_effects")
KEYS = ("scheme", "measure", "item", "dimension", "group")
PARTS = ("full", "direct", "reactions")

EFFECTS: dict[str, type[pl.DataType]] = {
    **dict.fromkeys(KEYS, pl.String), "of": pl.Int64,
    **{f"{part}{end}": kind for part in PARTS for end, kind in (
        ("", pl.Float64), ("_low", pl.Float64), ("_high", pl.Float64), ("_sign", pl.String))},
    "replicates": pl.Int64,
}  # fmt: skip


class Share(NamedTuple):
    """A share of the last month, and of how many."""

    share: float
    of: int


Shares = Mapping[tuple[str, ...], Share]  # by scheme, measure, item, dimension, group


def _held(scenario: Scenario) -> Scenario:
    """The scenario with everybody's reactions off."""
    off = tuple(dict.fromkeys((*scenario.switched_off, *REACTIONS)))
    return replace(scenario, switched_off=off)


def reacts(*lanes: Scenario) -> bool:
    """Is there any reaction that could be held?"""
    return any(not set(REACTIONS) <= set(lane.switched_off) for lane in lanes)


def last_months(
    scenario: Scenario, replicates: int, machine: Machine, tell: Tell | None = None
) -> list[pl.DataFrame]:
    """Counts of the last month of the scenario with reactions off, a frame a seed."""
    first = case_of(_held(scenario))
    found = []
    for k in range(replicates):
        case = vary(first, replace(first.scenario, seed=seed_of(scenario.seed, k)))
        found.append(last_month(case, machine))
        if tell:
            tell(k + 1, replicates, "reactions held")
    return found


def last_month(case: Case, machine: Machine) -> pl.DataFrame:
    """Counts of the last month of a case, as the tallies of a run have them."""
    inputs = case.prepared.inputs
    made = simulate_case(case, machine)
    return frame_of(inputs.origin + inputs.months - 1, made.last, case.prepared.labels)


def effects(
    full: tuple[Sequence[Shares], Sequence[Shares]],
    direct: tuple[Sequence[Shares], Sequence[Shares]],
    order: Sequence[tuple[str, ...]],
    at_once: Families,
) -> pl.DataFrame:
    """Effect of ``a`` against ``b`` on each share: full, direct, and through reactions.

    ``full`` and ``direct`` are (lane a, lane b), one mapping a replicate; intervals hold together
    with all others of their family (null with one replicate in which something differs).
    """
    rows = []
    for key in order:
        columns = [[shares.get(key) for shares in lane] for lane in (*full, *direct)]
        known = [
            (a.share - b.share, c.share - d.share, a.of)
            for a, b, c, d in zip(*columns, strict=True)
            if a and b and c and d
        ]
        if not known:
            continue
        family, persons = at_once.of(key[3]), sum(of for _, _, of in known)
        ends = [
            end
            for values in (
                [whole for whole, _, _ in known], [only for _, only, _ in known],
                [whole - only for whole, only, _ in known],
            )
            for end in family.difference(values, persons)
        ]  # fmt: skip
        rows.append((*key, known[0][2], *ends, len(known)))
    return pl.DataFrame(rows, schema=EFFECTS, orient="row")
