"""Discretion of those who enter records: off by default, by name; seen as dispersion.

Each test says what it is: *implementation*, *fitted* or *predicted*. An error rate: chi-square over
df of k alike collectors has deviation sqrt(2 / k), and 4.5 of them are passed once in 100,000.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from scoredsociety.engine.checkpoint import checksum
from scoredsociety.engine.collect.discretion import collector
from scoredsociety.engine.run import advance_run, begin_run
from scoredsociety.engine.run_constants import settle
from scoredsociety.fixed import Ints
from scoredsociety.kernel import jit_enabled
from scoredsociety.keyed import key_of
from scoredsociety.runs.prepare import prepare
from scoredsociety.runs.scenario import Scenario
from scoredsociety.society.people.seats import place
from scoredsociety.society.recipes.recipe import load_society
from studies import collectors

pytestmark = pytest.mark.skipif(not jit_enabled(), reason="thousands of people, slow in Python")
BASE = collectors.base(people=12_000, months=24)


@cache
def seen() -> Ints:
    """Cases of each collector where everything is entered."""
    return collectors.cases(BASE)


def row(**values: str) -> collectors.Collectors:
    """What collectors with these coefficients make of them."""
    entered = collectors.cases(collectors.with_discretion(BASE, **values))
    return collectors.compared("", entered, seen())


def bits(scenario: Scenario) -> str:
    """Checksum of the end of a run."""
    prepared = prepare(scenario)
    setting = settle(prepared.inputs)
    return checksum(advance_run(prepared.inputs, setting, begin_run(prepared.inputs, setting)))


def test_off_is_as_without_and_on_is_not() -> None:
    """implementation: by name, bit for bit."""
    small = collectors.base(people=1500, months=8)
    on = collectors.with_discretion(small)
    off = Scenario(**{**on.__dict__, "switched_off": (*on.switched_off, "discretion")})
    assert bits(off) == bits(small) != bits(on)


def test_a_collector_has_256_seats_and_lives_among_them() -> None:
    """implementation: everybody of a grid has the same collector, who is one of them."""
    seats, (k0, k1) = place(load_society("county"), 3000), key_of(1)
    for dense in range(0, 3000, 37):
        who, z = collector(k0, k1, seats, dense)
        assert who // 256 == dense // 256 and -32768 <= z < 32768
        assert collector(k0, k1, seats, who) == (who, z)


def test_collectors_alike_are_told_apart_by_chance_only() -> None:
    """implementation: nobody favoured, nobody stricter: dispersion of chance."""
    one = row(unlike="0", closeness="0", disagreement="0")
    assert one.dispersion < 1 + 4.5 * (2 / one.collectors) ** 0.5
    assert 65 < one.entered < 80  # the logistic of 1 is 73 of 100; a case may have two records


def test_unlike_collectors_show_as_dispersion() -> None:
    """implementation: the more unlike, the more."""
    few, many = row(unlike="0.7"), row(unlike="1.4")
    assert 1 + 4.5 * (2 / few.collectors) ** 0.5 < few.dispersion < many.dispersion


def test_the_close_are_spared() -> None:
    """implementation: favour for those close to the collector leaves more out, of some grids."""
    none = collectors.cases(
        collectors.with_discretion(BASE, unlike="0", closeness="0", disagreement="0")
    )
    some = collectors.cases(
        collectors.with_discretion(BASE, unlike="0", closeness="2", disagreement="0")
    )
    assert np.abs(some - none).sum() > 0
    assert np.abs(some - none).sum() < 0.1 * none.sum()  # the close are few
