"""Padding to a quota: records that collectors make up are false ones, and as many as are short.

Each test says what it is: *implementation*, *fitted* or *predicted* (see test_respond.py).
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from tests.engine.responding import Watched, responding, watch
from tests.engine.runs import checksum_of, everyday
from tests.engine.test_life import check

from scoredsociety.conduct.response_tables import Response, compile_responses
from scoredsociety.conduct.responses import BY_ID
from scoredsociety.engine import tally as ta
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.layout import FALSE, flags_of
from scoredsociety.kernel import jit_enabled
from scoredsociety.scheme.tables import NO_GRADE

pytestmark = pytest.mark.skipif(not jit_enabled(), reason="thousands of people, slow in Python")
PEOPLE, MONTHS = 6000, 8


def padding(form: str = "padding", people: int = PEOPLE, **values: str) -> Inputs:
    """The village scheme; nobody responds but those who enter records."""
    one = {"id": "discretion", "form": form, "values": {"unlike": "0", **values}}
    given = [Response.model_validate(one)]
    responses = compile_responses(given, frozenset(BY_ID) - {"discretion"})
    return responding(everyday(("weihai_village",), people, MONTHS), responses)


@cache
def padded(awards: str, deductions: str) -> Watched:
    """What came of these quotas."""
    return watch(padding(awards=awards, deductions=deductions))[2]


def test_what_is_made_up_is_marked_false() -> None:
    """implementation: false records are those of before and the padded; acts stay as they were."""
    some, none = padded("10", "10"), padded("0", "0")
    made = some.total("responses")[ta.V_PADDED]
    assert made[0] > 100 and none.total("responses")[ta.V_PADDED, 0] == 0
    assert np.array_equal(some.total("acts"), none.total("acts"))
    more = some.total("errors") - none.total("errors")
    assert np.array_equal(more[ta.E_FALSE], made)
    assert np.delete(more, ta.E_FALSE, axis=0).sum() == 0


def test_no_quota_is_as_if_all_were_entered() -> None:
    """implementation: with quotas of nothing, people's states are those without the response."""
    state, _, _ = watch(padding(awards="0", deductions="0"))
    plain, _, _ = watch(everyday(("weihai_village",), PEOPLE, MONTHS))
    for mine, theirs in zip(state.blocks, plain.blocks, strict=True):
        assert np.array_equal(mine.records, theirs.records)
        assert np.array_equal(mine.counts, theirs.counts)


def test_every_record_has_an_act_or_is_false() -> None:
    """implementation: records on file without the flag are the ones without padding."""
    state, _, _ = watch(padding(awards="20", deductions="20"))
    plain, _, _ = watch(padding(awards="0", deductions="0"))

    def true(records: np.ndarray[tuple[int], np.dtype[np.uint32]]) -> int:
        return sum(not flags_of(int(word)) & FALSE for word in records)

    mine, theirs = (sum(true(b.records) for b in one.blocks) for one in (state, plain))
    # a true record can only be displaced where the file of a person is full
    assert mine == theirs


@pytest.mark.parametrize(("awards", "deductions"), [("10", "0"), ("0", "10"), ("8", "16")])
def test_as_many_are_made_up_as_are_short(awards: str, deductions: str) -> None:
    """implementation: the number is Poisson about what is short; five deviations either way.

    The error rate is below one in a million for each quota.
    """
    log = padded(awards, deductions)
    expected, found = 0.0, 0
    for before, now in zip(log.tallies, log.tallies[1:], strict=False):
        subjects = int(now.cells[0, :, :NO_GRADE].sum())
        for kind, quota in enumerate((awards, deductions)):
            entered = before.sums[0, ta.U_ADDED + kind] / before.persons[0]
            expected += subjects * max(float(quota) / 256 - entered, 0)
        found += int(now.responses[ta.V_PADDED, 0])
    assert log.tallies[0].responses[ta.V_PADDED, 0] == 0, "nobody has counted yet"
    assert abs(found - expected) < 5 * np.sqrt(expected) + 1


def test_off_is_bit_equal() -> None:
    """implementation: under `none` no quota is asked for."""
    inputs = padding("none", 3000, awards="20", deductions="20")
    assert checksum_of(inputs) == checksum_of(everyday(("weihai_village",), 3000, MONTHS))


def test_lives_are_recomputed_with_what_was_made_up() -> None:
    """implementation: a padded record is found again when a household is run alone."""
    assert check(padding(people=3000, awards="100", deductions="100"), 40) > 20
