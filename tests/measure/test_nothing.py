"""Upper bounds of nothing, and intervals by cluster, against scipy and by simulation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from scoredsociety.measure.statistics.zero_counts import (
    beta_quantile,
    clopper_pearson,
    clustered,
    none_of,
    together,
)


@pytest.mark.parametrize(("count", "of"), [(1, 10), (3, 1000), (999, 1000), (50, 100), (7, 9)])
@pytest.mark.parametrize("level", [0.9, 0.95, 0.999])
def test_clopper_and_pearson_as_scipy_has_it(count: int, of: int, level: float) -> None:
    found = clopper_pearson(count, of, level)
    other = stats.binomtest(count, of).proportion_ci(level, "exact")
    assert found.low == pytest.approx(other.low, rel=1e-9)
    assert found.high == pytest.approx(other.high, rel=1e-9)


def test_none_of_many_has_an_upper_bound_and_never_the_width_nothing() -> None:
    for of in (1, 10, 1_000, 1_000_000):
        found = clopper_pearson(0, of)
        one_sided = stats.binomtest(0, of, alternative="less").proportion_ci(0.95, "exact")
        assert found.low == 0 < found.high == pytest.approx(one_sided.high, rel=1e-9)
        assert clopper_pearson(of, of).low == pytest.approx(1 - found.high)
    assert round(1000 * none_of(1000)) == 3  # the rule of three
    assert none_of(0) == 1 and clopper_pearson(0, 0).high == 1


@pytest.mark.parametrize(("p", "a", "b"), [(0.025, 2, 5), (0.5, 0.5, 0.5), (0.999, 30, 1000)])
def test_quantiles_of_beta(p: float, a: float, b: float) -> None:
    assert beta_quantile(p, a, b) == pytest.approx(stats.beta.ppf(p, a, b), rel=1e-9)


def test_clusters_of_one_are_persons() -> None:
    """Each person a cluster: the effective size is that of independent persons, within 1 of 100."""
    hits = np.repeat([1, 0], [40, 360])
    found, plain = clustered(hits, np.ones(400)), clopper_pearson(40, 400)
    assert found.low == pytest.approx(plain.low, rel=0.02)
    assert found.high == pytest.approx(plain.high, rel=0.02)


def test_whole_households_count_once() -> None:
    """All of a household alike: as wide as if households were the persons."""
    homes = np.repeat([4, 0], [10, 90])
    found = clustered(homes, np.full(100, 4))
    persons = clopper_pearson(40, 400)
    alone = clustered(np.repeat([1, 0], [10, 90]), np.ones(100))
    assert found.high - found.low > 1.8 * (persons.high - persons.low)
    assert found.low == pytest.approx(alone.low, rel=0.02)  # but for the degrees of freedom
    assert found.high == pytest.approx(alone.high, rel=0.02)
    none = clustered(np.zeros(100), np.full(100, 4))
    assert none.low == 0 and none.high == pytest.approx(none_of(100))


def test_the_interval_by_cluster_holds_what_it_says() -> None:
    """Beta-binomial households: at least 93 of 100 intervals hold the true share.

    2,000 draws, so a true 95 of 100 would show below 93.5 in fewer than one try in 100; the
    interval of independent persons, which is planted beside it, holds it far less often.
    """
    draw = np.random.default_rng(7)
    held, plain, tries, true = 0, 0, 2000, 0.1
    for _ in range(tries):
        share = draw.beta(true * 1.5, (1 - true) * 1.5, 60)
        hits = draw.binomial(8, share)
        one, other = clustered(hits, np.full(60, 8)), clopper_pearson(int(hits.sum()), 480)
        held += one.low <= true <= one.high
        plain += other.low <= true <= other.high
    assert held / tries > 0.935 > plain / tries + 0.1


def test_together_is_bonferroni() -> None:
    assert together(0.95, 1) == pytest.approx(0.95) and together(0.95, 50) == pytest.approx(0.999)
