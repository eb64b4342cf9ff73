"""Implementation: a run whose schemes are divided by region, from the request to its folder."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.engine.responding import Watched, watch

from scoredsociety.document.problem import DocumentErrors
from scoredsociety.engine.run_constants import Setting
from scoredsociety.errors import Stopped, UserError
from scoredsociety.results import open_run
from scoredsociety.runs.documents.divided_tables import tables_of
from scoredsociety.runs.execute import Manner, make, resume
from scoredsociety.runs.folder.verify import verify
from scoredsociety.runs.labels import labels_of
from scoredsociety.runs.prepare import Prepared, prepare
from scoredsociety.runs.scenario import Scenario
from scoredsociety.study.explain.explanation import explain
from scoredsociety.study.explain.home_jurisdiction import at_home

AWARE = ("response.awareness.values.start=1",)
UNLIKE = ("wendeng_2020@0", "sesame_documented@1", "judgment_list", "nosedive@2")
FIVE = ("wendeng_2020@0", "hangzhou_qianjiang@1", "xiamen_bailu@2", "suining_2010@3",
        "judgment_list")  # fmt: skip
PEOPLE = 8192  # a community in each of the county's four regions
ASKED = Scenario(FIVE, people=PEOPLE, months=4, panel=40, sets=AWARE)


@cache
def lived(apart: bool) -> tuple[Prepared, Setting, Watched]:
    """A run of four schemes, with one set of tables or one for each region."""
    made = prepare(Scenario(UNLIKE, people=PEOPLE, months=6, panel=0, sets=AWARE))
    if apart:
        inputs = made.inputs
        tables = tables_of(
            made.scenario, made.versions, inputs.origin, inputs.origin + 6, apart=True
        )
        inputs = inputs._replace(
            schemes=tables.schemes, answered=tables.answered, jurisdictions=tables.jurisdictions
        )
        made = made._replace(
            inputs=inputs, names=tables.names, labels=labels_of(tables.names, made.conduct)
        )
    _, setting, log = watch(made.inputs)
    return made, setting, log


@pytest.mark.parametrize("person", range(5, PEOPLE, 585))
def test_a_life_is_told_as_under_one_set_of_tables(person: int) -> None:
    home = at_home(*lived(apart=True), person)
    for scheme in home.prepared.labels.schemes:
        one = explain(*lived(apart=False), person, scheme=scheme)
        other = explain(*home, person, scheme=scheme)
        for record in (one, other):  # it names the other schemes of the run, which are not here
            del record["published"]
        assert one == other


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of five schemes, which one set of tables has no room for."""
    return make(ASKED, tmp_path_factory.mktemp("runs") / "five").folder


def test_its_folder_says_what_it_was_and_gives_it_again(folder: Path) -> None:
    run = open_run(folder)
    assert any(name.startswith("schemes of region 3 from") for name in run.manifest["digests"])
    assert len(run.prepared.inputs.jurisdictions) == 5
    grades = run.tallies.filter(
        (pl.col("measure") == "grade") & (pl.col("dimension") == "all")
    ).filter(pl.col("month") == "2020-04")
    subjects: dict[str, Any] = {
        scheme: rows["of"][0] for (scheme,), rows in grades.group_by(["scheme"])
    }
    assert len(subjects) == 5 and all(subjects[one] > 0 for one in subjects)
    assert subjects["judgment_list"] > max(
        count for one, count in subjects.items() if one != "judgment_list"
    )
    verify(folder)


def test_a_life_and_the_panel_agree(folder: Path) -> None:
    run = open_run(folder)
    last = run.panel.filter((pl.col("month") == "2020-04") & pl.col("score").is_not_null())
    told = 0
    for row in last.filter(pl.col("scheme") != "judgment_list").head(12).to_dicts():
        record = run.explain(row["seat"], scheme=row["scheme"])
        assert record["score"] == row["score"] and record["grade"] == row["grade"]
        points = sum(entry["points"] for entry in record["entries"])
        assert record["start"] + points == record["score"]
        told += 1
    assert told > 5
    assert run.what_if(int(last["seat"][0]), scheme=str(last["scheme"][0]))
    assert run.measures.height > 10 and run.report() is not None


def test_a_stopped_run_goes_on_to_the_same(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(Stopped):
        make(ASKED, tmp_path / "run", manner=Manner(stop=lambda: True))
    again = resume(tmp_path / "run")
    assert again.manifest["checksum"] == open_run(folder).manifest["checksum"]


def test_questions_that_read_one_set_of_tables_say_so(folder: Path) -> None:
    with pytest.raises(UserError, match="divided by region"):
        prepare(ASKED)
    person = int(open_run(folder).panel["seat"][0])
    with pytest.raises(UserError, match="divided by region"):
        open_run(folder).what_if(person, full=True)


@pytest.mark.parametrize(
    ("schemes", "said"),
    [
        (("wendeng_2020@0", "hangzhou_qianjiang@0", "xiamen_bailu@0", "suining_2010@0",
          "judgment_list"),
         "people of region 0 would be subjects of 5 schemes, at most 4: judgment_list, "
         "wendeng_2020, hangzhou_qianjiang, xiamen_bailu, suining_2010"),
        (("wendeng_2020", "hangzhou_qianjiang", "xiamen_bailu", "suining_2010", "judgment_list"),
         "a run has 1 to 4 schemes, not 5"),
    ],
)  # fmt: skip
def test_who_would_be_a_subject_of_five_is_told(schemes: tuple[str, ...], said: str) -> None:
    with pytest.raises(DocumentErrors) as error:
        prepare(Scenario(schemes, people=PEOPLE, months=1), divided=True)
    assert said in str(error.value)


def test_no_scheme_is_copied_where_tables_are_divided() -> None:
    sets = ("response.authority.form=thresholds", "response.authority.values.copy=0.5")
    with pytest.raises(UserError, match="fit one set of tables"):
        prepare(Scenario(FIVE, people=PEOPLE, months=1, sets=sets), divided=True)
