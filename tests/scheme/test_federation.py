"""A federation: unlike schemes in unlike regions of one run."""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl
import pytest

import scoredsociety as ss
from scoredsociety.document.problem import DocumentErrors
from scoredsociety.document.read import parse
from scoredsociety.runs.documents.document_texts import text_of
from scoredsociety.runs.folder.manifest import of_request, scenario_of
from scoredsociety.runs.labels import digests
from scoredsociety.runs.prepare import prepare
from scoredsociety.runs.scenario import Scenario
from scoredsociety.scheme.read.federation import at_region, federations, load_federation, members
from scoredsociety.scheme.read.load import load_scheme, placed

PILOTS = ("wendeng_2020@0", "hangzhou_qianjiang@1", "xiamen_bailu@3", "suining_2010@5")


def test_a_name_with_a_region() -> None:
    assert placed("suining_2010@5") == ("suining_2010", 5)
    assert placed("suining_2010") == ("suining_2010", None)
    assert load_scheme("suining_2010@5").scheme.region == 5
    assert parse(text_of("scheme", "suining_2010@5"), "x")["scheme"]["region"] == 5
    again = at_region(text_of("scheme", "suining_2010@5"), 7)
    assert parse(again, "x")["scheme"]["region"] == 7


def test_members_stand_for_the_federation() -> None:
    assert federations() == ["pilots_federation"]
    assert members(["pilots_federation"]) == PILOTS
    assert members(["none"]) == ("none",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[member]]\nscheme = "a"\nregion = 1', "missing"),
        ('[[member]]\nscheme = "a"\nregion = 1\n[[member]]\nscheme = "a"\nregion = 2\n'
         '[federation]\nid = "f"\ntitle = "f"\nsociety = "county"', "given twice"),
        ('[federation]\nid = "f"\ntitle = "f"\nsociety = "county"\nregion = 2\n'
         '[[member]]\nscheme = "a"\nregion = 1', "unknown key"),
    ],
)  # fmt: skip
def test_a_wrong_federation_is_told(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "f.toml"
    file.write_text(text)
    with pytest.raises(DocumentErrors, match=said):
        load_federation(file)


def test_a_region_that_the_society_lacks_is_refused() -> None:
    with pytest.raises(DocumentErrors, match="no region 5"):
        prepare(Scenario(("pilots_federation",), society="county", people=2000, months=1))


def test_the_manifest_makes_the_same_run_again() -> None:
    scenario = Scenario(("pilots_federation",), society="china_2020", people=20_000, months=2)
    manifest = of_request(prepare(scenario))
    assert all(name in manifest["command"] for name in PILOTS)
    with tempfile.TemporaryDirectory() as folder:
        again = prepare(scenario_of(manifest, Path(folder)))
    assert digests(again.inputs) == manifest["digests"]


def test_each_region_has_its_own() -> None:
    """Four regions of ten: the subjects of each scheme are some, and together not everybody."""
    run = ss.simulate(
        "pilots_federation", society="china_2020", people=40_960, months=2, threads=1
    )
    last = run.tallies.filter(
        (pl.col("month") == "2020-02") & (pl.col("group") == "all") & (pl.col("measure") == "grade")
    )
    subjects = {
        scheme: rows["of"][0] for (scheme,), rows in last.group_by(["scheme"]) if len(rows)
    }
    assert set(subjects) == {name.split("@")[0] for name in PILOTS}
    assert all(count > 0 for count in subjects.values())
    assert sum(subjects.values()) < 20_480
