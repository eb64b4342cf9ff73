"""Measures that need everybody month by month: spells under a restriction, stacks, places.

Read from the change log of a run folder, which holds what was published of everybody; nothing
per person leaves this file. A spell that stood when the counted months began has an unknown
start and is left out of survival; one that stands at the end is censored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from scoredsociety.calendar import month_number
from scoredsociety.engine.initial_state import empty_exchange
from scoredsociety.engine.replay.household_replay import apply_changes
from scoredsociety.engine.rule_index import derive
from scoredsociety.engine.run_constants import settle
from scoredsociety.fixed import Ints
from scoredsociety.measure.measure import Estimate, Measure
from scoredsociety.measure.persons.denials import alkire_foster
from scoredsociety.measure.persons.inequality import atkinson, gini, theil
from scoredsociety.measure.persons.mobility import prais
from scoredsociety.measure.persons.spells import Survival, hazard, kaplan_meier, re_entry, spells_of
from scoredsociety.measure.registry import kind
from scoredsociety.measure.statistics.rank_correlation import spearman
from scoredsociety.measure.ties.segregation import dissimilarity, exposure
from scoredsociety.runs.prepare_again import prepare_again
from scoredsociety.runs.recorder import ChangeLog
from scoredsociety.society import tables as so
from scoredsociety.study.explain.denials import tables_in_force
from scoredsociety.study.readout.persons import Bools, denials_now, subjects_now

AFTER = 6  # months after which the share still, or again, restricted is told
AVERSION = 0.5  # of Atkinson's index; assumed, and below 1 because most have no month at all
STACKED = 2  # restrictions at once from which denials count as stacked


@dataclass(frozen=True)
class LivedMonths:
    """Everybody in the counted months of a run under one scheme."""

    restricted: Bools  # (months, people)
    denied: Bools  # (people, restrictions) in the last month
    among: Bools  # (people,) subjects in the last month
    score: Ints  # (people,) centipoints, last month
    coarse: Ints
    community: Ints


def lived_of(folder: Path, manifest: Mapping[str, Any], s: int) -> LivedMonths:
    """The change log replayed, a row a month."""
    prepared = prepare_again(manifest)
    inputs, log = prepared.inputs, ChangeLog(folder)
    setting = settle(inputs)
    exchange = empty_exchange(inputs.seats.people, int(setting.derived[0].rows[0]))
    derived = {id(tables): derive(tables, inputs.conduct[0][1]) for _, tables in inputs.schemes}
    first = month_number(str(manifest["calendar"]["first_counted"]))
    rows: list[Bools] = []
    for month in range(inputs.origin, inputs.origin + inputs.months):
        apply_changes(exchange, log.changes(month))
        if month >= first:
            tables = tables_in_force(inputs.schemes, month)
            coarse = setting.persons_at(month - inputs.origin).coarse
            mask = denials_now(
                tables, derived[id(tables)], exchange.status, exchange.score, s, coarse
            )
            rows.append(mask != 0)
    bits = [k for k, row in enumerate(tables.consequences)
            if row.scheme == s and row.denies]  # fmt: skip
    denied = np.stack([(mask >> bit) & 1 != 0 for bit in bits], axis=1) if bits else (
        np.zeros((len(mask), 0), dtype=np.bool_)
    )
    seats = np.arange(inputs.seats.people, dtype=np.int64)
    return LivedMonths(
        np.stack(rows), denied, subjects_now(exchange.status, s),
        exchange.score[s].astype(np.int64),
        setting.persons.coarse.astype(np.int64), seats // inputs.seats.community_size,
    )  # fmt: skip


def of_lives(lived: LivedMonths, scheme: str, transitions: npt.ArrayLike) -> list[Measure]:
    """Every measure of spells, stacks, places and starts that the lives give."""
    return [
        *of_spells(lived.restricted, f"spells under a restriction of {scheme}"),
        *of_stays(transitions, scheme),
        *of_denials(lived, scheme),
        *of_places(lived, scheme),
        *of_months(lived, scheme),
        *of_start(lived, scheme),
    ]


def of_spells(restricted: Bools, of: str) -> list[Measure]:
    """Survival after six months, the monthly chance of leaving, and being restricted again."""
    spells = spells_of(restricted)
    seen = spells.known_start
    if not seen.any():
        return []
    length, ended = spells.months[seen], spells.ended[seen]
    curve = kaplan_meier(length, ended)
    found = [
        kind("spell_survival").measure(
            estimate_at(curve, AFTER), denominator=f"{of}, still so after {AFTER} months"
        ),
        kind("hazard").measure(hazard(length, ended), denominator=f"months at risk of {of}"),
    ]
    if spells.ended.any():
        again = re_entry(spells, len(restricted))
        outside = estimate_at(again, AFTER)
        found.append(kind("re_entry").measure(
            Estimate(1 - outside.value, 1 - outside.high, 1 - outside.low, outside.n),
            denominator=f"ended {of}, again within {AFTER} months",
        ))  # fmt: skip
    return found


def estimate_at(curve: Survival, month: int) -> Estimate:
    """Share surviving a month, with the interval of the last event before it."""
    place = int(np.searchsorted(curve.month, month, side="right"))
    if not place:
        return Estimate(1.0, 1.0, 1.0, curve.spells)
    at = place - 1
    return Estimate(
        float(curve.survival[at]), float(curve.low[at]), float(curve.high[at]), curve.spells
    )


def of_stays(matrix: npt.ArrayLike, scheme: str) -> list[Measure]:
    """How much longer grades hold on to people than in a society that moves freely."""
    return [
        kind("prais").measure(float(value), denominator=f"subjects of {scheme}, grade {place + 1}")
        for place, value in enumerate(prais(matrix)) if np.isfinite(value)
    ]  # fmt: skip


def of_denials(lived: LivedMonths, scheme: str) -> list[Measure]:
    """Stacked denials of the last month."""
    if lived.denied.shape[1] < STACKED or not lived.among.any():
        return []
    stacked = alkire_foster(lived.denied[lived.among], STACKED / lived.denied.shape[1])
    of = f"subjects of {scheme} under {STACKED} restrictions or more"
    return [
        kind("stacked_denials").measure(stacked.headcount, denominator=f"{of}: H"),
        kind("stacked_denials").measure(stacked.intensity, stacked.headcount.n, f"{of}: A"),
        kind("stacked_denials").measure(stacked.m0, stacked.headcount.n, f"{of}: M0"),
    ]


def of_places(lived: LivedMonths, scheme: str) -> list[Measure]:
    """Do those under a restriction live apart, by community?"""
    member, place = lived.restricted[-1][lived.among], lived.community[lived.among]
    if not 0 < member.sum() < len(member) or len(np.unique(place)) < 2:
        return []
    of = f"subjects of {scheme}, by community"
    return [
        kind("dissimilarity").measure(dissimilarity(member, place), len(member), of),
        kind("exposure").measure(exposure(member, place), int(member.sum()), of),
    ]


def of_months(lived: LivedMonths, scheme: str) -> list[Measure]:
    """How unequally months under a restriction fall: a quantity with a true zero."""
    months = lived.restricted.sum(axis=0)[lived.among].astype(np.float64)
    if not months.any():
        return []
    of = f"subjects of {scheme}, months under a restriction"
    return [
        kind("gini").measure(gini(months), len(months), of),
        kind("theil").measure(theil(months), len(months), of),
        kind("atkinson").measure(
            atkinson(months, AVERSION), len(months), f"{of}, aversion {AVERSION}"
        ),
    ]


def of_start(lived: LivedMonths, scheme: str) -> list[Measure]:
    """Does the score follow the income that one started with?"""
    score = lived.score[lived.among]
    income = ((lived.coarse >> so.COARSE_INCOME) & 7)[lived.among]
    if len(score) < 3 or score.min() == score.max() or income.min() == income.max():
        return []
    of = f"subjects of {scheme}, income fifth"
    return [kind("start_and_score").measure(spearman(income, score), len(score), of)]
