"""Files audited as the Federal Trade Commission did in 2012 (V21, O-W3).

Each test says what it is: *implementation*, *fitted* or *predicted*. A figure is met where it lies
in the audit's own 95 % interval (1,001 people): chosen before the fit, and not widened after.
"""

from __future__ import annotations

from functools import cache

import pytest

from scoredsociety.kernel import jit_enabled
from scoredsociety.measure.statistics.intervals import wilson
from scoredsociety.study.validation import file_audit

pytestmark = pytest.mark.skipif(not jit_enabled(), reason="seven years of 8,000 people")


@cache
def audited(rates: tuple[str, str, str], clustering: str) -> file_audit.AuditedFiles:
    """Files of 8,000 people after seven years."""
    return file_audit.audited(
        file_audit.with_rates(file_audit.base(8000), rates, clustering)
    )


def met(audit: file_audit.AuditedFiles) -> dict[str, bool]:
    """Whether each figure lies in the interval of the audit of 1,001 people."""
    found = {}
    for name, of_100 in file_audit.AUDITED.items():
        interval = wilson(round(of_100 * 1001 / 100), 1001)
        found[name] = interval.low <= getattr(audit, name) / 100 <= interval.high
    return found


def test_three_kinds_of_error_meet_the_three_figures_without_clustering() -> None:
    """fitted: errors that weigh unlike meet 26, 13 and 5.2 together though they are independent.

    About half of the changes are small (O-W3), which nothing else than the inquiries decides.
    """
    audit = audited(file_audit.EVEN, "0")
    assert met(audit) == {"error": True, "score": True, "tier": True}, audit
    assert 40 < audit.small < 60 and audit.files > 4000


def test_so_do_three_kinds_that_cluster() -> None:
    """fitted: V21 cannot tell whether errors cluster; files with one then have more of them."""
    audit = audited(file_audit.CLUSTERED, "4")
    assert met(audit) == {"error": True, "score": True, "tier": True}, audit
    assert audit.errors > audited(file_audit.EVEN, "0").errors * 1.2


@pytest.mark.parametrize("clustering", ["0", "4"])
def test_one_kind_of_error_meets_them_in_no_way(clustering: str) -> None:
    """implementation: where every error counts, nearly every file with one changes its score."""
    audit = audited(file_audit.ONE_KIND, clustering)
    assert not met(audit)["score"] and not met(audit)["tier"]
    assert audit.score > 0.85 * audit.error and audit.tier > 0.5 * audit.error
