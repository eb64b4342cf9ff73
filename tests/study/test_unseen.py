"""Where nothing was seen: bounds of all answers hold together."""

from __future__ import annotations

import pytest

from scoredsociety.measure.statistics.zero_counts import none_of, together
from scoredsociety.runs.scenario import Scenario
from scoredsociety.study.ensemble.cases import case_of
from scoredsociety.study.ensemble.ensemble import observe
from scoredsociety.study.questions.indicators import ASKED, INDICATORS, none_seen, read_asked
from scoredsociety.study.questions.zero_event_bounds import household_size


def test_bounds_where_nothing_was_seen_hold_together() -> None:
    """One of the answers' bounds is that of its level among all of them."""
    case = case_of(Scenario(("wendeng_2020",), people=1000, months=12, panel=0))
    made = observe(case)
    one = next(one for one in INDICATORS if one.id == "protected")
    homes = one.among(case, made) / household_size(case.prepared)
    expected = 10_000 * none_of(homes, together(0.95, len(ASKED)))
    assert read_asked(case, made)[none_seen("protected")] == pytest.approx(expected)
