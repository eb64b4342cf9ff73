"""One history, many futures: a branch is the run that had the dated patch from the start."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.commandline import Scored

from scoredsociety.errors import UserError
from scoredsociety.runs.execute import make
from scoredsociety.runs.scenario import Scenario
from scoredsociety.study.ensemble.branch import AS_IT_WAS, branch_from
from scoredsociety.study.ensemble.cases import case_of
from scoredsociety.study.ensemble.ensemble import observe
from scoredsociety.study.questions.indicators import INDICATORS, read_all

PAST = Scenario(("wendeng_2020",), people=500, months=4, panel=0, seed=9)
HARDER = '[[rule]]\nid = "noise"\npoints = -300\n[[rule]]\nid = "parking_ticket"\npoints = -300\n'
AT = 'at = "2020-05"\n'


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a whole run of four months."""
    return make(PAST, tmp_path_factory.mktemp("past") / "run").folder


@pytest.fixture
def harder(tmp_path: Path) -> Path:
    """A patch without a date: it holds from the branch."""
    file = tmp_path / "harder.toml"
    file.write_text(HARDER, encoding="utf-8")
    return file


def values_of(scenario: Scenario) -> list[float]:
    case = case_of(scenario)
    found = read_all(case, observe(case))
    return [found[one.id] for one in INDICATORS]


def test_a_branch_is_the_run_with_the_dated_patch_from_the_start(
    past: Path, harder: Path, tmp_path: Path
) -> None:
    dated = tmp_path / "dated.toml"
    dated.write_text(AT + HARDER, encoding="utf-8")
    found = branch_from(past, [harder], 3)
    assert (found.branched, found.months) == ("2020-05", 3)
    assert found.counted == "the last 7 months, 4 of them before 2020-05"
    longer = replace(PAST, months=7)
    np.testing.assert_array_equal(found.frame[AS_IT_WAS], values_of(longer))
    np.testing.assert_array_equal(
        found.frame["harder"], values_of(replace(longer, patches=(str(dated),)))
    )
    assert found.frame[AS_IT_WAS].to_list() != found.frame["harder"].to_list()
    by_date = branch_from(past, [dated], 3)
    assert by_date.frame["dated"].equals(found.frame["harder"].alias("dated"), null_equal=True)


def test_the_past_of_every_future_is_the_same(past: Path, harder: Path, tmp_path: Path) -> None:
    """The dated patch changes no bit before its month."""
    dated = tmp_path / "dated.toml"
    dated.write_text(AT + HARDER, encoding="utf-8")
    whole, patched = (
        observe(case_of(replace(PAST, months=4, patches=patches)))
        for patches in ((), (str(dated),))
    )
    np.testing.assert_array_equal(whole.status, patched.status)
    np.testing.assert_array_equal(whole.score, patched.score)


def test_a_patch_of_nothing_changes_nothing(past: Path, tmp_path: Path) -> None:
    same = tmp_path / "same.toml"
    same.write_text('[[rule]]\nid = "noise"\n', encoding="utf-8")
    found = branch_from(past, [same], 2, replicates=2)
    np.testing.assert_array_equal(found.frame[AS_IT_WAS], found.frame["same"])
    assert set(found.frame["same: change"].drop_nans()) == {0.0}
    assert found.variance_ratio is None  # nothing differs


def test_replicates_give_intervals_and_a_ratio(past: Path, harder: Path, tmp_path: Path) -> None:
    found = branch_from(past, [harder], 3, replicates=3, folder=tmp_path / "kept", workers=2)
    row = found.frame.row(
        found.frame["indicator"].to_list().index("income_and_score"), named=True
    )
    change = row["harder"] - row[AS_IT_WAS]
    assert abs(row["harder: change"] - change) < 1e-9
    assert row["harder: low"] < change < row["harder: high"]
    assert found.variance_ratio is not None and found.variance_ratio < 1


@pytest.mark.parametrize(
    ("patch", "months", "said"),
    [
        ('at = "2020-02"\n' + HARDER, 3, "at is 2020-02, .*give 2020-05 or later"),
        (HARDER, 0, "--months must be at least 1"),
        ('[[rule]]\nid = "nose"\npionts = -3\n', 3, "pionts"),
    ],
)
def test_what_cannot_be_branched(
    past: Path, tmp_path: Path, patch: str, months: int, said: str
) -> None:
    file = tmp_path / "one.toml"
    file.write_text(patch, encoding="utf-8")
    with pytest.raises(UserError, match=said):
        branch_from(past, [file], months)


def test_two_futures_of_one_name_are_refused(past: Path, harder: Path) -> None:
    with pytest.raises(UserError, match="same name"):
        branch_from(past, [harder, harder], 3)


def test_the_command(scored: Scored, past: Path, harder: Path, tmp_path: Path) -> None:
    words = ("branch", past, "--patch", harder, "--months", 2, "--cache", tmp_path / "kept",
             "--quiet", "--threads", 2)  # fmt: skip
    record = scored(*words, "--json").json
    assert record["branched"] == "2020-05" and len(record["rows"]) == len(INDICATORS)
    said = scored(*words)
    assert said.code == 0 and "harder" in said.out and "not known (one seed" in said.out
    assert scored("branch", tmp_path, "--patch", harder).code == 2
