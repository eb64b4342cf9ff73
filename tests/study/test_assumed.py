"""Everything that a scheme marks as assumed is moved by an audit or named with the reason."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import Any

import pytest

from scoredsociety.runs.documents.document_texts import shipped_documents
from scoredsociety.scheme.read.load import load_scheme
from scoredsociety.scheme.read.patch import document_of, patched, set_values
from scoredsociety.study.ensemble.assumed_parameters import of_scheme, thresholds, times
from scoredsociety.study.ensemble.parameter_space import of_coefficients


def marks(document: dict[str, Any]) -> int:
    """How many keys of a scheme are marked as assumed."""
    rows = [row for value in document.values() for row in (
        value if isinstance(value, list) else [value]
    ) if isinstance(row, dict)]  # fmt: skip
    return sum(len(row.get("assumed", ())) for row in rows)


@pytest.mark.parametrize("name", shipped_documents("scheme"))
def test_nothing_that_is_assumed_is_passed_over(name: str) -> None:
    """Each mark is a number or a reason; all thresholds are one number."""
    document = document_of(load_scheme(name))
    found, other = of_scheme(document)
    together = sum("from" in row.get("assumed", ()) for row in document.get("grade", ()))
    joined = sum(one.key.startswith("grade.*") for one in found)
    one_reason = sum(": one threshold" in line for line in other)
    assert len(found) + len(other) == marks(document) - together + joined + one_reason
    keys = [one.key for one in found]
    assert len(set(keys)) == len(keys)


def test_thresholds_move_together_and_keep_their_order() -> None:
    scheme = load_scheme("rongcheng_press")
    found, _ = of_scheme(document_of(scheme))
    one = next(number for number in found if number.key.startswith("grade.*"))
    before = {band.id: band.from_ for band in scheme.grade}
    for share in (0.0, 0.5, 1.0):
        after = patched(scheme, set_values(one.sets(share)))
        starts = [band.from_ for band in after.grade if band.from_ is not None]
        old = [band.from_ for band in scheme.grade if band.from_ is not None]
        assert sorted(starts) == [new for _, new in sorted(zip(old, starts, strict=True))]
        assert len(set(starts)) == len(starts)
        shift = Decimal(f"{one.at(share):.2f}")
        for band, was in zip(after.grade, scheme.grade, strict=True):
            moved = "from" in was.assumed
            assert band.from_ == (before[band.id] + shift if moved else before[band.id])
    assert one.low == -one.high < 0


def test_the_memory_of_all_records_is_one_factor() -> None:
    scheme = load_scheme("rongcheng_press")
    found, _ = of_scheme(document_of(scheme))
    one = next(number for number in found if number.key == "dynamics.memory")
    twice = patched(scheme, set_values(one.sets(1.0))).dynamics.memory
    assert twice.award == 48 and twice.grade == {"C": 72, "D": 120}
    assert [step.months for step in twice.deduction or ()] == [48]
    assert times({"award": 1, "deduction": [{"up_to": 40, "months": 12}]}, 0.25) == {
        "award": 1, "deduction": [{"up_to": 40, "months": 3}],
    }  # fmt: skip


def test_what_cannot_move_is_named() -> None:
    _, forever = of_scheme(document_of(load_scheme("suining_2010")))
    assert "dynamics.memory: holds no number of months" in forever
    moved, named = of_scheme(document_of(load_scheme("nosedive")))
    bounds = {one.key: (one.low, one.high) for one in moved}
    assert bounds["rating.encounter.meetings"] == (2, 8)
    assert bounds["consequence.work.severity"] == (3, 9)  # twice 6 is more than there is
    assert bounds["rule.convicted.shift"] == (-1, -0.4)
    assert any(line.startswith("rating.encounter.spread: ") for line in named)
    _, weights = of_scheme(document_of(load_scheme("national_composite")))
    assert any(line.startswith("category.behaviour.weight: shares add up") for line in weights)


def test_one_threshold_without_a_scale_has_no_bounds() -> None:
    text = """
    score = { kind = "points", start = 100 }
    grade = [{ id = "A", from = 90, assumed = ["from"] }, { id = "B" }]
    """
    assert "no bounds" in str(thresholds(tomllib.loads(text)))
    text = text.replace("start = 100", "start = 100, low = 0")
    found = thresholds(tomllib.loads(text))
    assert found is not None and not isinstance(found, str) and found.high == 45


def test_figures_that_a_fact_only_speaks_of_are_moved() -> None:
    keys = {one.key for one in of_coefficients()}
    for name in ("awareness.values.notice", "silence.values.flat", "shame.values.shame",
                 "support.values.falsified", "trust.values.suspicion", "awareness.values.start",
                 "awareness.values.own", "deterrence.values.forgets"):  # fmt: skip
        assert f"response.{name}" in keys
    assert "life_effect.travel.values.gradient" in keys
