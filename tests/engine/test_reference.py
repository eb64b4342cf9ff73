"""The kernels equal the readable month bit for bit, on random small worlds.

State columns, tallies and messages are compared after every month. The plain month was written
from docs/spec/month.md, not from the kernels.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from tests.engine.networks import loaded, stored
from tests.engine.worlds import MECHANISMS, Plan, make, plans
from tests.reference.month import reference_month, reference_start
from tests.reference.society import Society

from scoredsociety.engine.checkpoint import columns
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.run import begin_run, one_month
from scoredsociety.engine.run_constants import settle

QUIET: Any = {"deadline": None, "suppress_health_check": list(HealthCheck), "print_blob": True}


def equal_months(inputs: Inputs) -> int:
    """Run both; assert that all is equal in every month; the number of records ever kept."""
    setting, society = settle(inputs), Society(inputs)
    state, plain = begin_run(inputs, setting), reference_start(inputs, society)
    seen = 0
    with ThreadPoolExecutor(1) as pool:
        for _ in range(inputs.months):
            state, outcome = one_month(inputs, setting, state, pool)
            plain, counts, sent = reference_month(inputs, society, plain)
            here = f"month {plain.month - 1 - inputs.origin}"
            for field in fields(counts):
                made, said = getattr(outcome.tallies, field.name), getattr(counts, field.name)
                where = [tuple(map(int, at)) for at in np.argwhere(made != said)[:3]]
                assert not where, f"{here}: tally {field.name} differs at {where}"
            expected = plain.columns()
            made_columns = columns(state)
            made_columns.pop("scalars")  # nobody responds here
            assert made_columns.keys() == expected.keys()
            for name, made_column in made_columns.items():
                said_column = expected[name]
                assert made_column.dtype == said_column.dtype, name
                assert made_column.shape == said_column.shape, f"{here}: {name} has another size"
                where = np.argwhere(made_column != said_column)[:3].tolist()
                assert not where, f"{here}: {name} differs at {where}"
            assert list(outcome.outbox.target) == [message.target for message in sent]
            seen += len(expected["records"])
    return seen


@settings(max_examples=8, **QUIET)
@given(plans())
def test_random_small_worlds(plan: Plan) -> None:
    equal_months(make(plan))


@pytest.mark.long
@settings(max_examples=1000, **QUIET)
@given(plans())
def test_many_random_small_worlds(plan: Plan) -> None:
    equal_months(make(plan))


@pytest.mark.parametrize("seed", range(4))
def test_worlds_in_which_everything_happens(seed: int) -> None:
    """More than a year of every mechanism at once; records must have been kept."""
    plan = Plan(seed, 130, 16, seed * 3, frozenset(MECHANISMS))
    assert equal_months(make(plan)) > 1000


@settings(max_examples=5, **QUIET)
@given(plans())
def test_random_small_worlds_with_ties_in_lists(plan: Plan) -> None:
    equal_months(stored(make(plan)))


@pytest.mark.parametrize("layer", ["all", "kin", "work", "friends", "online"])
def test_random_small_worlds_on_a_loaded_network(layer: str) -> None:
    plan = Plan(len(layer), 100, 13, len(layer), frozenset(MECHANISMS))
    assert equal_months(loaded(make(plan), layer)) > 500


@pytest.mark.parametrize("layer", ["all", pytest.param("online", marks=pytest.mark.long)])
def test_a_small_world_with_hubs(layer: str) -> None:
    """On a loaded network some people have more ties than there are slots; none is left out."""
    inputs = loaded(make(Plan(3, 130, 14, 2, frozenset(MECHANISMS))), layer, ties_each=12)
    assert inputs.stored is not None and np.diff(inputs.stored.first).max() > 48
    assert equal_months(inputs) > 500
