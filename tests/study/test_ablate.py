"""Ablation: its variance ratio by definition, and what is refused."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from docs.build.ablation_page import page
from scoredsociety.errors import UserError
from scoredsociety.measure.statistics.joint_intervals import Family
from scoredsociety.measure.statistics.zero_counts import none_of, together
from scoredsociety.runs.folder.run_folder import SYNTHETIC
from scoredsociety.runs.folder.table_file import write_table
from scoredsociety.runs.scenario import Scenario
from scoredsociety.study.paired.ablation import (
    COLUMNS,
    NO_DIFFERENCE,
    Ablation,
    Read,
    ablate,
    luck_of_ablation,
    rows_of,
)

FAMILY = Family(60, 2.5)


def reads(lane: list[tuple[float, ...]]) -> list[Read]:
    """Runs of 1,000 subjects on a scale of 1,000 points."""
    return [Read(values, (1000.0, 100.0), 1000.0) for values in lane]


def test_the_ratio_is_that_of_its_definition() -> None:
    """Two lanes a constant apart have no variance between them; equal ones no ratio at all."""
    lane = [(1.0, 5.0), (3.0, 5.0), (2.0, 6.0)]
    moved = [(value + 2.0, other) for value, other in lane]
    first, second = (dict(zip(COLUMNS, row, strict=True))
                     for row in rows_of(("x", "X"), reads(lane), reads(moved), FAMILY))
    assert (first["difference"], first["variance_ratio"], first["note"]) == (-2.0, 0.0, "")
    assert (second["variance_ratio"], second["note"]) == (None, NO_DIFFERENCE)


def test_no_difference_is_not_certain_and_a_sign_is_given_only_where_it_holds() -> None:
    lane = [(900.0, 5.0), (902.0, 5.0), (901.0, 6.0), (900.0, 6.0)]
    moved = [(value + 2.0 + place / 10, other) for place, (value, other) in enumerate(lane)]
    sure, none = (dict(zip(COLUMNS, row, strict=True))
                  for row in rows_of(("x", "X"), reads(lane), reads(moved), Family(2, 2.5)))
    assert sure["sign"] == "-" and sure["high"] < 0
    bound = 100 * none_of(4 * 1000 / 2.5, together(0.95, 2))
    assert (none["low"], none["high"], none["sign"]) == (-bound, bound, "")
    doubtful, _ = (dict(zip(COLUMNS, row, strict=True))
                   for row in rows_of(("x", "X"), reads(lane), reads(moved), Family(2_000, 2.5)))
    assert doubtful["sign"] == "" and doubtful["low"] < 0 < doubtful["high"]
    found = Ablation(pl.DataFrame(), "x", 1000, 12, (1, 2, 3, 4), Family(62, 2.5))
    assert "all 62 hold together in 95 of 100" in luck_of_ablation(found)


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
        *rows_of(("x", "X"), reads([(1.0, 5.0), (3.0, 5.0)]), reads([(2.0, 5.0), (3.5, 5.0)]),
                 FAMILY),
        ("y", "Y", "", None, None, None, None, None, "", 2, None, "cannot be left out alone"),
    ]
    frame = pl.DataFrame(rows, schema=COLUMNS, orient="row")
    text = page(pl.read_csv(write_table(frame, tmp_path / "table.csv")))
    assert "| `x` | X | -0.7500 | -" in text and ", either way | " in text
    assert "No difference seen in any pair (at most " in text and "either way is not" in text
    assert "95 % interval, all together" in text
    assert "`y` cannot be left out alone" in text
    counts = [line for line in text.splitlines() if line.startswith("| under a restriction")]
    assert counts == ["| under a restriction, of 100 | 0 | - | - | 1 |"]
    noted = pl.read_csv(tmp_path / "table.csv")["note"]
    assert noted.str.ends_with(SYNTHETIC).all() and noted[1] == f"{NO_DIFFERENCE}; {SYNTHETIC}"
