"""Ablation: its variance ratio by definition, and what is refused."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from scoredsociety.errors import UserError
from scoredsociety.study.ablate import COLUMNS, NO_DIFFERENCE, ablate, rows_of
from scoredsociety.study.ablation_page import page
from scoredsociety.study.folder import SYNTHETIC
from scoredsociety.study.scenario import Scenario
from scoredsociety.study.table_file import write_table


def test_the_ratio_is_that_of_its_definition() -> None:
    """Two lanes a constant apart have no variance between them; equal ones no ratio at all."""
    lane = [(1.0, 5.0), (3.0, 5.0), (2.0, 6.0)]
    moved = [(value + 2.0, other) for value, other in lane]
    first, second = rows_of("x", "X", lane, moved)
    assert (first[5], first[9], first[10]) == (-2.0, 0.0, "")
    assert (second[9], second[10]) == (None, NO_DIFFERENCE)


def test_bad_requests() -> None:
    base = Scenario(("wendeng_2020",), people=100, months=1)
    with pytest.raises(UserError, match="Did you mean 'parking_ticket'"):
        ablate(base, 2, rules=["parking_tickt"])
    with pytest.raises(UserError, match="--replicates"):
        ablate(base, 1)
    with pytest.raises(UserError, match="no rule"):
        ablate(Scenario(("none",), people=100, months=1), 2)


def test_the_page_is_made_from_the_table_as_written(tmp_path: Path) -> None:
    """Every row stands on it: with its ratio, among those without a difference, or with why not."""
    rows = [
        *rows_of("x", "X", [(1.0, 5.0), (3.0, 5.0)], [(2.0, 5.0), (3.5, 5.0)]),
        ("y", "Y", "", None, None, None, None, None, 2, None, "cannot be left out alone"),
    ]
    frame = pl.DataFrame(rows, schema=COLUMNS, orient="row")
    text = page(pl.read_csv(write_table(frame, tmp_path / "table.csv")))
    assert "| `x` | X | -0.7500 |" in text and f"{NO_DIFFERENCE.capitalize()}: `x`." in text
    assert "`y` cannot be left out alone" in text
    counts = [line for line in text.splitlines() if line.startswith("| under a restriction")]
    assert counts == ["| under a restriction, of 100 | 0 | - | - | 1 |"]
    noted = pl.read_csv(tmp_path / "table.csv")["note"]
    assert noted.str.ends_with(SYNTHETIC).all() and noted[1] == f"{NO_DIFFERENCE}; {SYNTHETIC}"
