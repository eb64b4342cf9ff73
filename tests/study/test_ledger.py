"""The ledger of a life says what a record did that carries no points."""

from __future__ import annotations

import numpy as np

from scoredsociety.engine import checkpoint
from scoredsociety.engine.layout import rule_of
from scoredsociety.results import Run


def test_a_record_that_leads_straight_to_a_grade_says_so(small_run: Run) -> None:
    prepared = small_run.prepared
    rules = prepared.inputs.schemes[0][1].rules
    found = 0
    for block in checkpoint.load(small_run.folder / "checkpoint").blocks:
        owners = np.repeat(np.arange(block.first, block.last), block.counts)
        for person, word in zip(owners.tolist(), block.records.tolist(), strict=True):
            straight, key = (
                int(rules.grade[rule_of(word)]),
                prepared.names.rules[rule_of(word)].key,
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


def test_each_entry_says_what_it_was_made_of(small_run: Run) -> None:
    """implementation: act, amount and month of the act are known, and the points follow."""
    known, spilled, doubled = 0, 0, 0
    for block in checkpoint.load(small_run.folder / "checkpoint").blocks:
        owners = np.repeat(np.arange(block.first, block.last), block.counts)
        for person in np.unique(owners[:400]).tolist()[:40]:
            life = small_run.explain(person)
            assert life["start"] + sum(one["points"] for one in life["entries"]) == life["score"]
            acts = {(line["month"], line["act"]) for line in life["life"] if "act" in line}
            for one in life["entries"]:
                if one["raw_points"] is None:
                    continue
                whole = one["raw_points"] * (2 if one["doubled"] else 1)
                if one["cap"] is None:
                    assert one["points"] == (0 if one["suspended"] else whole), one
                doubled += one["doubled"]
                spilled += one["message"] is not None
                if one["act"] is not None and one["message"] is None:
                    assert (one["act_month"], one["act"]) in acts, one
                    assert one["act_month"] <= one["month"]
                    known += 1
                if one["cause"] == "own act":
                    assert one["act"] is not None and one["filed_by"] is not None, one
    assert known > 20, (known, spilled, doubled)
