"""The catalogue: every scheme loads, holds its examples and runs; V1 to V3 are exact."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl
import pytest

import scoredsociety as ss
from docs.build.disagreements import DISAGREEMENTS
from scoredsociety.conduct.model import Conduct, load_conduct
from scoredsociety.runs.documents.dated_documents import conduct_versions
from scoredsociety.runs.documents.document_texts import text_of
from scoredsociety.runs.documents.worked_examples import failing_examples
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile.schemes import compile_schemes
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.scheme.read.load import catalogue, load_scheme, read_scheme
from scoredsociety.scheme.read.patch import load_patch, patch_catalogue, patch_of, versions

WESTERN = {
    "ad_exclusion", "data_broker_insurance", "fico", "nosedive", "schufa", "uber_drivers",
    "uber_riders", "uk_bureau",
}  # fmt: skip
PUBLISHED = {  # scheme: an example that must be there, with what it must say
    "suining_2010": ("V1", {"score": 580, "grade": "D"}),
    "suzhou_osmanthus": ("V2", {"score": 134}),
    "weihai_village": ("V3", {"score": 990, "grade": "one_star"}),
    "rongcheng_consent": ("V3", {"score": 1050, "grade": "AAA"}),
}
@cache
def everyday() -> Conduct:
    return load_conduct("everyday")


def society_of(name: str) -> str:
    return "western_town" if name in WESTERN else "county"


def test_there_are_at_least_twenty_four_schemes() -> None:
    assert len(catalogue()) >= 24


@pytest.mark.parametrize("name", catalogue())
def test_is_whole_and_holds_its_examples(name: str) -> None:
    scheme = load_scheme(name, everyday())
    assert scheme.id == name
    assert scheme.example, "a scheme has worked examples"
    assert scheme.scheme.operator and scheme.scheme.about and scheme.scheme.mechanism
    assert failing_examples(scheme, everyday()) == []
    assert "not a forecast" in text_of("scheme", name)


@pytest.mark.parametrize("name", catalogue())
def test_a_number_without_a_source_is_said_to_be_assumed(name: str) -> None:
    scheme = load_scheme(name)
    for rule in scheme.rule:
        if not rule.source:
            assert rule.status == "assumed" and rule.assumed, rule.id
    for row in scheme.component:
        assert row.source or row.status == "assumed", row.id
    for band in scheme.grade:
        assert band.source or band.status == "assumed", band.id
        given = {"from" if band.from_ is not None else None} - {None}
        assert band.source or given <= set(band.assumed), f"{band.id}: where it begins"
    for consequence in scheme.consequence:  # no source says how grave a consequence is
        assert "severity" in consequence.assumed or consequence.status == "assumed"


@pytest.mark.parametrize(("name", "fact"), PUBLISHED.items())
def test_the_published_case_is_exact(name: str, fact: tuple[str, dict[str, object]]) -> None:
    cited, says = fact
    scheme = load_scheme(name, everyday())
    cases = [one for one in scheme.example if cited in one.source]
    found = [one.expect.model_dump(exclude_none=True) for one in cases]
    assert says in found
    assert failing_examples(scheme, everyday()) == []


def test_the_case_of_suining_needs_fourteen_payments() -> None:
    """V1 can fail: with 29 points a payment, or 13 payments, the case does not come out."""
    scheme = load_scheme("suining_2010", everyday())
    values = scheme.model_dump(by_alias=True, exclude_unset=True)
    case = next(one for one in values["example"] if "V1" in one["source"])
    case["records"][0]["count"] = 13
    wrong = Scheme.model_validate({**values, "example": [case]})
    assert failing_examples(wrong, everyday())[0].endswith("look at rule.late_loan")


@pytest.mark.parametrize("name", patch_catalogue())
def test_a_named_patch_fits(name: str) -> None:
    patch = load_patch(name)
    assert patch.name == name and not patch.empty
    assert "not a forecast" in text_of("patch", name)
    if not patch.part("conduct").empty:
        assert len(conduct_versions(everyday(), [patch])) == 1
    if patch.scheme is not None:
        history = versions(load_scheme(patch.scheme, everyday()), [patch], everyday())
        tables, _ = compile_schemes([history], everyday())
        assert len(tables.schemes) == 1


@pytest.mark.parametrize("names", [row[1] for row in DISAGREEMENTS], ids=lambda row: row[0])
def test_where_the_articles_disagree_the_patches_differ(names: tuple[str, ...]) -> None:
    assert set(names) <= set(patch_catalogue())
    patches = [load_patch(name) for name in names]
    for place, patch in enumerate(patches):
        for other in patches[:place]:
            assert (patch.merge, patch.removes, patch.at) != (
                other.merge, other.removes, other.at,
            )  # fmt: skip


def test_wendeng_may_read_the_judgment_list_itself() -> None:
    """On the list: straight to D. Off it: 50 points less for two years (O-R0)."""
    patch = load_patch("wendeng_reads_list")
    scheme = versions(load_scheme("wendeng_2020"), [patch], everyday())[0][1]
    values = scheme.model_dump(by_alias=True, exclude_unset=True)
    case = {"name": "on the list", "lists": ["judgment_list"], "expect": {"grade": "D"}}
    free = {"name": "not on it", "records": [{"act": "judgment_unpaid"}], "expect": {"grade": "A"}}
    listed = Scheme.model_validate({**values, "example": [case, free]})
    assert failing_examples(listed, everyday()) == []
    tables, names = compile_schemes([[(0, scheme)]], everyday())
    keys = [rule.key for rule in names.rules]
    row, rest = keys.index("judgment_list"), keys.index("judgment_list.residue")
    assert tables.rules.kind[row] == t.ON_LIST
    assert tables.rules.residue[row] == rest
    assert (tables.rules.points[rest], tables.rules.memory[rest]) == (-5000, 24)


def test_the_list_and_wendeng_run_together() -> None:
    """All six grounds lead to D with the patch, an unpaid judgment alone without it."""
    count = []
    for patches in ((), ("wendeng_reads_list",)):
        run = ss.simulate(
            ["judgment_list", "wendeng_2020"], people=6000, months=12, threads=1, patches=patches
        )
        last = run.tallies.filter((pl.col("month") == "2020-12") & (pl.col("group") == "all"))
        grades = last.filter((pl.col("measure") == "grade") & (pl.col("item") == "D"))
        barred = last.filter((pl.col("measure") == "consequence") & (pl.col("item") == "flights"))
        count.append((grades["count"].sum(), barred["count"].sum()))
    (plain, listed), (reading, same) = count
    assert listed == same > 0
    assert reading >= listed > 0 and reading > plain


@pytest.mark.parametrize("name", catalogue())
def test_runs_for_a_year(name: str) -> None:
    run = ss.simulate(name, people=2000, months=12, society=society_of(name), threads=1)
    last = run.tallies.filter((pl.col("month") == "2020-12") & (pl.col("group") == "all"))
    grades = last.filter(pl.col("measure") == "grade")
    subjects = grades["of"].unique().to_list()
    assert grades["count"].sum() == subjects[0] <= 2000
    if name == "none":
        assert last.filter(pl.col("measure") == "restricted")["count"].sum() == 0


@pytest.mark.long
@pytest.mark.parametrize("name", catalogue())
def test_runs_for_three_years(name: str) -> None:
    run = ss.simulate(name, people=20_000, years=3, society=society_of(name))
    assert run.manifest["whole"]


def test_a_catalogue_file_is_read_like_any_other(tmp_path: Path) -> None:
    """The id of a file is its name, and a copy under another name still says so."""
    from scoredsociety.document.read import Document, parse

    text = text_of("scheme", "judgment_list").replace('list = "judgment_list"', 'list = "nope"')
    document = Document("x.toml", text, parse(text, "x.toml"))
    _, problems = read_scheme(document, everyday())
    assert any("no list" in problem.message for problem in problems)
    with pytest.raises(ss.UserError):
        patch_of(Document("p.toml", "", {"patch": {"scheme": 3}}))
