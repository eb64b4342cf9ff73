"""Errors clustered by person: classes with a mean of one, and nobody's luck moved."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from scoredsociety.conduct import tables as t
from scoredsociety.conduct.model import Conduct, conduct_of, load_conduct
from scoredsociety.conduct.proneness import multipliers
from scoredsociety.errors import UserError
from scoredsociety.fixed import ONE
from scoredsociety.scheme.read.patch import apply, document_of, set_values


def changed(**values: Any) -> Conduct:
    """Everyday conduct with some keys set, as ``--set`` does."""
    document = document_of(load_conduct("everyday"))
    pairs = {name.replace("__", "."): value for name, value in values.items()}
    return conduct_of(apply(document, set_values(pairs)), "mine")


@pytest.mark.parametrize("clustering", ["0", "0.5", "1", "3", "8.25", "15"])
def test_the_mean_is_one_and_classes_rise(clustering: str) -> None:
    made = multipliers(Decimal(clustering))
    assert len(made) == t.PRONE_CLASSES and list(made) == sorted(made)
    assert abs(sum(made) / t.PRONE_CLASSES - 1) < Decimal("1e-20")


def test_no_clustering_is_one_for_everybody() -> None:
    assert set(multipliers(Decimal(0))) == {Decimal(1)}
    made = load_conduct("everyday").compile()
    assert (made.filing == made.filing[:, :1]).all() and (made.false == made.false[:, :1]).all()
    assert (made.errors.clustered, made.errors.reads_ties) == (0, 0)


def test_the_classes_are_conditional_means_of_a_beta_variable() -> None:
    """(1 + c) B with B ~ Beta(1 / c, 1): B = V^c for a uniform V, averaged by quadrature."""
    c = 5.0
    grid = (np.arange(16 * 4096) + 0.5) / (16 * 4096)
    by_class = ((1 + c) * grid**c).reshape(16, 4096).mean(axis=1)
    made = [float(one) for one in multipliers(Decimal(5))]
    assert made == pytest.approx(by_class.tolist(), rel=1e-3, abs=1e-6)


def test_every_kind_of_error_is_multiplied_and_coverage_gives_way_to_missing() -> None:
    made = changed(errors__clustering=3).compile()
    times = [float(one) for one in multipliers(Decimal(3))]
    source = load_conduct("everyday").source_ids.index("bank")
    for place, share in (("late_1", 0.07), ("late_3", 0.01), ("misattributed", 0.005)):
        often = [share * m for m in times]  # to the last of 32 bits
        found = getattr(made.filing, place)[source]
        assert found / ONE == pytest.approx(often, abs=1 / ONE)
    covered = 2.0 ** (made.filing.coverage[source, :] / 1024)
    assert covered == pytest.approx([0.97 * (1 - 0.02 * m) for m in times], abs=1e-3)


def test_a_patch_that_clusters_errors_takes_only_cells_that_were_empty() -> None:
    """False records of the most prone need more candidates; nobody else's cell changes."""
    before, after = load_conduct("everyday").compile(), changed(errors__clustering=8).compile()
    moved = before.cells != after.cells
    assert moved.any() and (before.cells[moved] == -1).all()
    assert (after.cells[moved] % 2 == 1).all()  # cells of false records
    assert (before.counts == after.counts).all()


def test_false_records_stay_as_many() -> None:
    """Acceptance times cells, averaged over the classes, is the rate of before."""
    conduct, clustered = load_conduct("everyday"), changed(errors__clustering=8)
    for act, row, other in zip(
        conduct.act, conduct.compile().false, clustered.compile().false, strict=True
    ):
        if act.false_rate:
            cells = conduct.allotment[f"{act.id} false"].count
            tables = clustered.compile().cells
            more = int((tables == 2 * conduct.act_ids.index(act.id) + 1).sum())
            assert other.mean() * more == pytest.approx(row.mean() * cells, rel=1e-6), act.id


def test_a_patch_may_raise_a_rate_of_errors_from_the_reserve() -> None:
    """Ten times the false records of an act take empty cells; its acceptance stays a chance."""
    before, after = load_conduct("everyday").compile(), changed(
        act__loan_arrears__false_rate=Decimal("0.03")
    ).compile()
    moved = before.cells != after.cells
    place = load_conduct("everyday").act_ids.index("loan_arrears")
    assert (before.cells[moved] == -1).all() and set(after.cells[moved]) == {2 * place + 1}
    carried = (after.cells == 2 * place + 1).sum() * after.false[place, 0] / ONE
    ratio = carried / ((before.cells == 2 * place + 1).sum() * before.false[place, 0] / ONE)
    assert ratio == pytest.approx(10, rel=1e-6)


def test_too_much_clustering_is_refused_with_the_fix() -> None:
    with pytest.raises(UserError, match="lower errors.clustering"):
        changed(errors__clustering=30).compile()


def test_shares_of_whom_must_add_up() -> None:
    whole = {"homonym": Decimal("0.5"), "household": Decimal("0.3")}
    with pytest.raises(UserError, match="must add up to 1"):
        changed(source__bank__on_whom=whole)
    made = changed(source__bank__on_whom={**whole, "device": Decimal("0.2")}).compile()
    row = made.sources[0]
    assert row.slips == 1 and made.errors.reads_ties == 1
    edges = [int(row[place]) / ONE for place in ("on_homonym", "on_household", "on_device")]
    assert edges == pytest.approx([0.5, 0.8, 1.0])
