"""Studies from Python: the tables of the commands, with nulls, for pandas, with a citation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.commandline import Scored

import scoredsociety as ss
from scoredsociety.errors import UserError
from scoredsociety.results import Run
from scoredsociety.study.ensemble import ensemble

SMALL: dict[str, Any] = {"people": 300, "months": 3, "seed": 5}
WEIGHTS = {"rule.parking_ticket.points": [-5, -10]}


@pytest.fixture(scope="module")
def swept() -> ss.Study:
    return ss.sweep("wendeng_2020", WEIGHTS, replicates=2, **SMALL)


def test_a_sweep_has_a_row_a_run_with_its_setting_as_a_number(swept: ss.Study) -> None:
    frame = swept.frame
    assert frame["rule.parking_ticket.points"].to_list() == [-5, -5, -10, -10]
    assert frame["replicate"].to_list() == [0, 1, 0, 1]
    assert set(frame["seed"]) == set(swept.seeds) and len(swept.seeds) == 2
    for name, kind in frame.schema.items():
        assert not (kind.is_float() and frame[name].is_nan().any()), name  # nulls, not NaN


def test_it_is_the_table_of_the_command(swept: ss.Study, scored: Scored, tmp_path: Path) -> None:
    said = scored("sweep", "wendeng_2020", "--people", 300, "--months", 3, "--seed", 5,
                  "--replicates", 2, "--over", "rule.parking_ticket.points=-5,-10",
                  "--cache", tmp_path, "--quiet", "--json")  # fmt: skip
    assert [row["checksum"] for row in said.json["rows"]] == swept.frame["checksum"].to_list()


def test_pandas_has_the_same(swept: ss.Study) -> None:
    frame = swept.to_pandas()
    assert list(frame.columns) == swept.frame.columns and len(frame) == 4
    assert frame["checksum"].tolist() == swept.frame["checksum"].to_list()


def test_it_says_what_it_is_and_how_to_cite_it(swept: ss.Study) -> None:
    for said in (repr(swept), swept.citation, swept._repr_html_()):
        assert "ynthetic society, not a forecast" in said and "wendeng_2020" in said
    assert str(swept.seeds[1]) in swept.citation and ss.__version__ in swept.citation


def test_what_was_finished_is_not_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    study = {"cache": tmp_path, "progress": lambda done, total, text: told.append(done), **SMALL}
    first = ss.sweep("wendeng_2020", WEIGHTS, **study)
    assert told[-1] == 2

    def lived(*_: object, **__: object) -> None:
        raise AssertionError("a run that was finished is made again")

    monkeypatch.setattr(ensemble, "begin_run", lived)
    again = ss.sweep("wendeng_2020", WEIGHTS, **study)
    assert again.frame.equals(first.frame, null_equal=True)
    with pytest.raises(AssertionError, match="made again"):
        ss.sweep("wendeng_2020", WEIGHTS, cache=tmp_path / "other", **SMALL)


def test_each_study_gives_its_table(small_run: Run, tmp_path: Path) -> None:
    without = ss.ablate("wendeng_2020", rules="parking_ticket", replicates=2, **SMALL)
    assert without.frame["rule"].unique().to_list() == ["parking_ticket"]
    patch = tmp_path / "patch.toml"
    patch.write_text('[[rule]]\nid = "parking_ticket"\npoints = -6\n')
    futures = ss.branch(small_run, patch, months=1)
    assert futures.frame.height > 0 and "future" in futures.what
    answers = ss.questions("none", replicates=1, points=2, point_people=100, settled_too=False,
                           **SMALL)  # fmt: skip
    assert set(answers.frame["scheme"]) == {"none"}
    points = ss.constrain("wendeng_2020", points=2, responses="support", **SMALL)
    assert points.frame.height == 2 and "predicted" in dir(points.found)


@pytest.mark.parametrize(("over", "why"), [
    ({}, "give a key and its values"), ({"rule.parking_ticket.points": [1, 1]}, "occurs twice"),
    ({"rule.x.points": [-1]}, "x"), ("nonsense", "give KEY"),
])  # fmt: skip
def test_what_cannot_be_swept_is_one_sentence(over: Any, why: str) -> None:
    with pytest.raises(UserError, match=why):
        ss.sweep("wendeng_2020", over, **SMALL)


def test_a_range_is_a_pair() -> None:
    found = ss.sweep("wendeng_2020", {"response.awareness.values.start": (0.2, 0.8)}, points=3,
                     people=200, months=1)  # fmt: skip
    values = found.frame["response.awareness.values.start"]
    assert values.dtype == pl.Float64 and values.is_between(0.2, 0.8).all()
