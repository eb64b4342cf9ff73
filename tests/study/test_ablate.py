"""Ablation: its variance ratio by definition, and what is refused."""

from __future__ import annotations

import pytest

from scoredsociety.errors import UserError
from scoredsociety.study.ablate import NO_DIFFERENCE, ablate, rows_of
from scoredsociety.study.scenario import Scenario


def test_the_ratio_is_that_of_its_definition() -> None:
    """Two lanes a constant apart have no variance between them; equal ones no ratio at all."""
    lane = [(1.0, 5.0), (3.0, 5.0), (2.0, 6.0)]
    moved = [(value + 2.0, other) for value, other in lane]
    first, second = rows_of("x", "X", lane, moved)
    assert (first[5], first[9], first[10]) == (-2.0, 0.0, "")
    assert (second[9], second[10]) == (None, NO_DIFFERENCE)


def test_bad_requests() -> None:
    base = Scenario(("wendeng_2020",), people=100, months=1)
    with pytest.raises(UserError, match="Did you mean 'parking_ticket'"):
        ablate(base, 2, rules=["parking_tickt"])
    with pytest.raises(UserError, match="--replicates"):
        ablate(base, 1)
    with pytest.raises(UserError, match="no rule"):
        ablate(Scenario(("none",), people=100, months=1), 2)
