"""What each rule contributes: scored again, it is what was published, and what a run without gives.

The direct effect equals a run without the rule where nobody responds and no act hangs on a score.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from scoredsociety.engine import checkpoint
from scoredsociety.results import Run, simulate
from scoredsociety.runs.recorder import ChangeLog
from scoredsociety.study.explain.error_cases import candidates, wronged
from scoredsociety.study.readout.persons import denied_by
from scoredsociety.study.readout.rule_contributions import contributions_of_rules

OFF = ("responses", "life_effects")
SIZE = {"people": 3000, "months": 14, "seed": 11, "threads": 2, "panel": 0}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """3,000 persons under ``wendeng_2020``, nobody responding."""
    folder: Path = tmp_path_factory.mktemp("by_rule") / "run"
    return simulate("wendeng_2020", switch_off=OFF, out=folder, **SIZE)


def restricted(run: Run) -> set[int]:
    """Persons under a restriction in the last month."""
    exchange = checkpoint.load(run.folder / "checkpoint").exchange
    coarse = run.setting.persons.coarse
    under = denied_by(run.prepared.inputs, exchange.status, exchange.score, 0, coarse=coarse)
    return set(map(int, np.flatnonzero(under)))


def test_the_rule_that_decides_most_is_as_in_a_run_without_it(run: Run, tmp_path: Path) -> None:
    last = checkpoint.load(run.folder / "checkpoint")
    found = contributions_of_rules(run.prepared, run.setting, last)[0]
    assert found["exact"] and found["tried"] == found["restricted"] == len(restricted(run))
    rule = max(found["rules"], key=lambda one: one["decides"])
    assert rule["decides"] > 0
    without = simulate("wendeng_2020", switch_off=OFF, without=f"rule.{rule['id']}",
                       out=tmp_path / "without", **SIZE)  # fmt: skip
    assert len(restricted(run) - restricted(without)) == rule["decides"]


def test_every_restricted_person_is_counted(run: Run) -> None:
    last = checkpoint.load(run.folder / "checkpoint")
    found = contributions_of_rules(run.prepared, run.setting, last)[0]
    decided = sum(rule["decides"] for rule in found["rules"])
    assert found["several"] <= found["tried"] <= decided + found["several"]
    assert sum(rule["persons"] for rule in found["rules"]) > 0


def test_a_scheme_that_reads_ties_is_not_told_from_one_run(tmp_path: Path) -> None:
    weighted = simulate("sesame_documented", out=tmp_path / "w", **(SIZE | {"people": 500}))
    state = checkpoint.load(weighted.folder / "checkpoint")
    assert contributions_of_rules(weighted.prepared, weighted.setting, state) == []


def test_a_wronged_person_is_restricted_through_an_error(run: Run) -> None:
    """The person found is a candidate, and the tallies have somebody restricted by error."""
    counted = run.tallies.filter(
        (pl.col("month") == run.tallies["month"].max()) & (pl.col("item") == "error")
        & (pl.col("measure") == "restricted_cause") & (pl.col("dimension") == "all")
    )["count"].sum()  # fmt: skip
    state = checkpoint.load(run.folder / "checkpoint")
    person = wronged(run.prepared, run.setting, state, ChangeLog(run.folder), run.tallies)
    among = set(candidates(run.prepared, run.setting, state, 0))
    assert among <= restricted(run)
    assert (person is None) == (counted == 0) and (person is None or person in among)
