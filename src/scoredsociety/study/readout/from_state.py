"""Measures of the last state of a run: its ties, joint cells, thresholds and collectors.

Ties are those outside the household that are open in the last month. Nothing here is of a person.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from scoredsociety.engine.collect.discretion import SEATS
from scoredsociety.engine.run_constants import Setting
from scoredsociety.engine.state import RunState
from scoredsociety.fixed import Ints
from scoredsociety.measure.measure import Estimate, Measure
from scoredsociety.measure.registry import kind
from scoredsociety.measure.scoring.discretion import between_collectors, bunching
from scoredsociety.measure.ties.cohesion import largest_component_share, transitivity
from scoredsociety.measure.ties.network import (
    assortativity,
    coleman_homophily,
    external_internal,
    group_assortativity,
    without_unrestricted_contact,
)
from scoredsociety.runs.edge_list import open_ties
from scoredsociety.runs.folder.run_folder import saved_state
from scoredsociety.runs.prepare import Prepared
from scoredsociety.society import tables as so
from scoredsociety.study.readout.intersections import joint_of
from scoredsociety.study.readout.persons import (
    Bools,
    coarse_now,
    denied_by,
    derived_of,
    subjects_now,
)
from scoredsociety.study.readout.proximity import MOST_PEOPLE

WIDTH = 500  # centipoints to each side of a grade's threshold (assumed: five points)


def of_state(prepared: Prepared, setting: Setting, folder: Path) -> list[Measure]:
    """Every measure that the last state gives, scheme by scheme; empty of a large society."""
    if prepared.inputs.seats.people > MOST_PEOPLE:
        return []
    state = saved_state(folder)
    exchange = state.exchange
    derived, coarse = derived_of(prepared.inputs), coarse_now(prepared.inputs, setting)
    found = of_ties(prepared, setting, state)
    for s, scheme in enumerate(prepared.labels.schemes):
        among = subjects_now(exchange.status, s)
        score = exchange.score[s].astype(np.int64)
        under = denied_by(
            prepared.inputs, exchange.status, exchange.score, s, derived, coarse=coarse
        )
        found += of_scheme_ties(prepared, setting, state, scheme, score, among, under)
        found += of_thresholds(prepared, s, scheme, score[among])
        found += _of_collectors(prepared, scheme, score, among)
    for one in joint_of(prepared, setting, state):
        found += [
            kind("intersections").measure(
                Estimate(cell["restricted"] / cell["of"], cell["low"], cell["high"], cell["of"]),
                denominator=f"subjects of {one['scheme']}, {cell['cell']}",
            )
            for cell in one["cells"] if cell["note"] != "too few to show"
        ]  # fmt: skip
    return found


def _pairs_of(prepared: Prepared, setting: Setting, state: RunState) -> Ints:
    """(ties, 2) both ends of the ties that are open."""
    ties = open_ties(prepared.inputs, setting, state)
    return np.column_stack([ties.one, ties.other])


def of_ties(prepared: Prepared, setting: Setting, state: RunState) -> list[Measure]:
    """What the network is, whoever is scored."""
    pairs, people = _pairs_of(prepared, setting, state), prepared.inputs.seats.people
    if not len(pairs):
        return []
    urban = setting.persons.coarse.astype(np.int64) >> so.COARSE_URBAN & 1
    of = "ties outside the household"
    return [
        kind("transitivity").measure(transitivity(pairs, people), len(pairs), f"triples of {of}"),
        kind("largest_component").measure(
            largest_component_share(pairs, people), people, f"persons by {of}"
        ),
        kind("group_assortativity").measure(
            group_assortativity(pairs, urban), len(pairs), f"{of}, by place"
        ),
    ]


def of_scheme_ties(
    prepared: Prepared, setting: Setting, state: RunState, scheme: str, score: Ints,
    among: Bools, under: Bools,
) -> list[Measure]:  # fmt: skip
    """Who stands near whom among the subjects of a scheme."""
    pairs = _pairs_of(prepared, setting, state)
    number = np.cumsum(among) - 1
    inside = number[pairs[among[pairs].all(axis=1)]]
    if not len(inside):
        return []
    of = f"ties of subjects of {scheme} outside the household"
    found = []
    if np.ptp(score[among][inside.ravel()]):
        found.append(kind("assortativity").measure(
            assortativity(inside, score[among]), len(inside), of
        ))  # fmt: skip
    restricted = under[among]
    if not 0 < restricted.sum() < len(restricted):
        return found
    homophily = coleman_homophily(inside, restricted)
    return [
        *found,
        kind("external_internal").measure(
            external_internal(inside, restricted), len(inside), f"{of}, by restriction"
        ),
        kind("homophily").measure(homophily["True"], len(inside), f"{of}, of the restricted"),
        kind("no_unrestricted_contact").measure(
            without_unrestricted_contact(inside, restricted),
            denominator=f"subjects of {scheme}, outside the household",
        ),
    ]


def of_thresholds(prepared: Prepared, s: int, scheme: str, score: Ints) -> list[Measure]:
    """Bunching of scores above the threshold of each grade."""
    return [
        kind("bunching").measure(
            value, near, f"subjects of {scheme} within {WIDTH // 100} points of grade {grade}"
        )
        for grade, start in starts(prepared, s)
        if (near := int((np.abs(score - start) <= WIDTH).sum())) > 0
        and np.isfinite(value := bunching(score, start, WIDTH))
    ]


def starts(prepared: Prepared, s: int) -> list[tuple[str, int]]:
    """Grades of a scheme that begin at a score, and that score in centipoints."""
    scheme = prepared.versions.schemes[s][-1][1]
    return [
        (one.id, round(100 * float(one.from_)))
        for one in scheme.grade if one.from_ is not None
    ]


def _of_collectors(prepared: Prepared, scheme: str, score: Ints, among: Bools) -> list[Measure]:
    """Do published scores tell the grids of collectors apart?"""
    size = min(SEATS, prepared.inputs.seats.community_size)
    grid = np.arange(len(score)) // size
    value = between_collectors(score[among], grid[among])
    if not np.isfinite(value):
        return []
    of = f"grids of {size} seats, subjects of {scheme}"
    return [kind("between_collectors").measure(value, len(np.unique(grid[among])), of)]
