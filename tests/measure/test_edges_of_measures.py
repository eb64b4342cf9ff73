"""Edges and plain values of measures, each of which a changed line had once passed unseen.

See tests/mutants. implementation.
"""

from __future__ import annotations

from math import isnan

import numpy as np
import polars as pl
import pytest

from scoredsociety.measure import registry
from scoredsociety.measure.observation_plan import Plan
from scoredsociety.measure.persons.children import beside_like
from scoredsociety.measure.persons.spells import hazard_by_group
from scoredsociety.measure.scoring.unmet import met
from scoredsociety.measure.statistics.zero_counts import clopper_pearson
from scoredsociety.measure.tallies import MARGIN_FIRST, margin_matrix
from scoredsociety.society import tables as so


def test_an_exact_interval_stands_around_its_share() -> None:
    found = clopper_pearson(3, 20)
    assert (found.value, found.n) == (0.15, 20)
    assert found.low < 0.15 < found.high


@pytest.mark.parametrize(("spells", "note"), [(9, "too few to show"), (10, "few spells"),
                                              (29, "few spells"), (30, "")])  # fmt: skip
def test_few_spells_are_said_and_fewer_are_not_shown(spells: int, note: str) -> None:
    [one] = hazard_by_group(np.full(spells, 4), np.arange(spells) < 5, np.full(spells, "a"))
    assert (one.note, one.of) == (note, 4 * spells if spells > 9 else spells)  # months at risk


def test_children_without_like_ones_are_none() -> None:
    found = beside_like([2, 0], [1.0, 0.0], [0, 3], [0.0, 2.0])
    assert found.children == 0
    assert isnan(found.theirs) and isnan(found.like)


def test_a_plan_says_what_a_measure_lacks_and_how_to_ask_for_it() -> None:
    plan = Plan()
    fed, unfed = plan.feeds[0].id, next(one for one in registry.MEASURES
                                        if registry.missing(one, plan.keeps))  # fmt: skip
    assert plan.lacks(fed) == ""
    assert plan.lacks(unfed).startswith(registry.missing(unfed, plan.keeps) + ": ")


def test_kinds_are_known_by_their_own_ids() -> None:
    assert all(name == one.id for name, one in registry.MEASURES.items())
    titles = {one.title for one in registry.MEASURES.values()}
    assert not titles & registry.MEASURES.keys()


def test_the_groups_of_a_margin_share_out_every_cell() -> None:
    """Of each dimension a cell is in one group, as its own bits say."""
    matrix = margin_matrix()
    for first, last in zip(MARGIN_FIRST, [*MARGIN_FIRST[1:], len(matrix)], strict=True):
        assert matrix[first:last].sum(axis=0).max() == 1
    assert matrix[0].all()
    man = MARGIN_FIRST[2]
    assert matrix[man].tolist() == [1 - (cell >> so.COARSE_SEX & 1) for cell in range(so.CELLS)]


def test_versions_and_residues_of_a_rule_are_cases_of_the_rule() -> None:
    rows = [("records", "late", 2), ("records", "late@2021-01", 5), ("records", "late.paid", 3),
            ("records", "gift", 0), ("grade", "A", 7)]  # fmt: skip
    frame = pl.DataFrame(
        {"scheme": ["s"] * 6, "dimension": ["all"] * 6,
         "measure": [one[0] for one in rows] + ["acts"],
         "item": [one[1] for one in rows] + ["late"], "count": [one[2] for one in rows] + [99]},
    )  # fmt: skip
    assert met("s", frame) == {("records", "late"): 5, ("records", "gift"): 0, ("grade", "A"): 7}
    assert met("other", frame) == {}
