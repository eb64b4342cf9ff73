"""Trust, support and firms: hand cases, and no mechanism no difference."""

import numpy as np
import pytest

from scoredsociety.measure.public import cooperation, support
from scoredsociety.measure.scoring import firms


def test_cooperation_is_the_difference_over_the_same_meetings():
    shown, hidden = np.array([1, 1, 0, 0, 0, 1]), np.array([1, 0, 1, 1, 0, 1])
    made = cooperation.cooperation(shown, hidden)
    assert made.value == pytest.approx(shown.mean() - hidden.mean())
    assert cooperation.cooperation(shown, shown).value == 0
    grade = np.array(["A", "A", "A", "D", "D", "D"])
    by_grade = cooperation.cooperation_by_grade(shown, hidden, grade)
    assert by_grade["A"].value == 0
    assert by_grade["D"].value == pytest.approx(-1 / 3)


def test_support_and_abandonment():
    group = np.repeat(["rural", "urban"], 40)
    rows = support.support_by_group(np.r_[np.ones(20), np.zeros(20), np.ones(40)], group)
    assert [row.rate.value for row in rows] == [0.5, 1.0]
    made = support.abandoned([1, 0, 0, 0])
    assert made.value == 0.25 and made.low < 0.25 < made.high


def test_compliance_counts_by_firm_months():
    size = np.array(["large", "small", "small"])
    rows = firms.compliance([1, 2, 0], [2, 2, 4], [50, 30, 10], [50, 50, 50], size)
    assert [(r.size, r.firms) for r in rows] == [("large", 1), ("small", 2)]
    assert (rows[0].offences_with, rows[0].change) == (2, -2)
    assert (rows[1].offences_with, rows[1].offences_without) == (5, 6)  # exits shorten exposure


def test_exits_by_size():
    rows = firms.exits(np.r_[np.ones(12), np.zeros(24), np.ones(5)],
                       np.repeat(["small", "large"], [36, 5]))  # fmt: skip
    assert [(r.group, r.note) for r in rows] == [("large", "too few to show"), ("small", "")]
    assert rows[1].rate.value == pytest.approx(1 / 3)
