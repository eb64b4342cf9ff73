"""A life that is recomputed alone is the life that was lived, and its ledger adds up."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from tests.engine.runs import everyday, run
from tests.engine.worlds import MECHANISMS, Plan, make

from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.layout import grade_in
from scoredsociety.engine.replay.household_replay import relive
from scoredsociety.engine.score.ledger_places import PART_OWN


def check(inputs: Inputs, people: int) -> int:
    """Relive random people; number of months of subjects whose ledger was checked."""
    state, setting, log = run(inputs)
    chosen = Random(4211).sample(range(inputs.seats.people), people)
    ends = np.concatenate(
        [[0], np.cumsum(np.concatenate([b.counts for b in state.blocks]), dtype=np.int64)]
    )
    records = np.concatenate([block.records for block in state.blocks])
    life = np.concatenate([block.life for block in state.blocks])
    checked = 0
    for person in chosen:
        last = None
        for month in relive(inputs, setting, log, person):
            for one in month:
                for s, account in enumerate(one.accounts):
                    heads = [tables for start, tables in inputs.schemes if start <= one.month][-1]
                    head = heads.schemes[s]
                    first = one.month in [start for start, _ in inputs.schemes]
                    if not account.subject or not (first or one.month % head.publishes_every == 0):
                        continue
                    checked += 1
                    assert account.score == account.published, (person, one.month, s)
                    assert account.grade == grade_in(one.status, s), (person, one.month, s)
                    parts = int(account.parts[:PART_OWN].sum())
                    assert int(head.start) + parts == account.score, (person, one.month, s)
                if one.person == person:
                    last = one
        assert last is not None
        assert last.records.tolist() == records[ends[person] : ends[person + 1]].tolist()
        assert last.status == state.exchange.status[person]
        assert last.life == life[person]
    return checked


@pytest.mark.parametrize("scheme", ["wendeng_2020", "sesame_documented", "ordinary_law"])
def test_random_people_of_documented_schemes(scheme: str) -> None:
    assert check(everyday((scheme,), 3000, 12), 60) > 300


@pytest.mark.parametrize("seed", range(3))
def test_random_people_of_random_worlds(seed: int) -> None:
    assert check(make(Plan(seed, 200, 14, seed, frozenset(MECHANISMS))), 40) > 300


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["wendeng_2020", "sesame_documented", "ordinary_law"])
def test_a_thousand_people(scheme: str) -> None:
    assert check(everyday((scheme,), 20_000, 36), 1000) > 10_000
