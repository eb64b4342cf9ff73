"""The ledger of a life says what a record did that carries no points."""

from __future__ import annotations

import numpy as np

from scoredsociety.engine import checkpoint
from scoredsociety.results import Run
from scoredsociety.scheme import tables as t
from scoredsociety.study.bits import rule_of_record


def test_a_record_that_leads_straight_to_a_grade_says_so(small_run: Run) -> None:
    prepared = small_run.prepared
    rules = prepared.inputs.schemes[0][1].rules
    found = 0
    for block in checkpoint.load(small_run.folder / "checkpoint").blocks:
        owners = np.repeat(np.arange(block.first, block.last), block.counts)
        for person, word in zip(owners.tolist(), block.records.tolist(), strict=True):
            straight, key = (
                int(rules[rule_of_record(word), t.R_GRADE]),
                prepared.names.rules[rule_of_record(word)].key,
            )
            if straight < 0 or found == 3:
                continue
            life = small_run.explain(person)
            said = [one["cause"] for one in life["entries"] if one["rule"] == key]
            grade = prepared.names.grades[0][straight].id
            assert said and all(one.endswith(f"straight to grade {grade}") for one in said)
            order = [one.id for one in prepared.names.grades[0]]
            assert order.index(life["grade"]) <= straight
            found += 1
    assert found == 3
