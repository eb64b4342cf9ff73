"""The summary names the largest that the tables hold, and nothing behind it is empty."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import polars as pl
import pytest
from playwright.sync_api import Browser
from tests.report import catalogue
from tests.report.of_state import of_state

from scoredsociety.report.charts import figure
from scoredsociety.report.elements import Facts, Figure, Heading, Table, Text
from scoredsociety.report.evidence import Evidence
from scoredsociety.report.phrasing import CLAUSE, SYNTHETIC, percent
from scoredsociety.report.render import report_text
from scoredsociety.report.sections.outcomes.causes import errors
from scoredsociety.report.sections.outcomes.exclusion import excluded
from scoredsociety.report.sections.outcomes.mobility import _lasting, entries, of_100
from scoredsociety.report.sections.summary.sentences import (
    NO_DIFFERENCE,
    NOTHING,
    is_without_rules,
    sentences,
)
from scoredsociety.report.sections.summary.summary import movers, summary_section
from scoredsociety.scheme.read.lane import does_nothing
from scoredsociety.scheme.read.load import load_scheme
from scoredsociety.scheme.read.patch import document_of

Make = Callable[..., Evidence]
SLOW = {"nosedive"}  # everybody rates everybody: seconds for a society of any size
FOR_PERSONS = [name for name in catalogue.schemes() if name != "none"]


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """No chart is drawn: what they show stands in their tables."""
    monkeypatch.setattr(figure, "draw_chart", catalogue.not_drawn)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Evidence]:
    """A small run of every scheme of the catalogue."""
    folder = tmp_path_factory.mktemp("catalogue")
    return {name: catalogue.evidence(name, folder, 600, 4)
            for name in catalogue.schemes() if name not in SLOW}  # fmt: skip


def names_the_largest(store: Evidence, scheme: str) -> None:
    """The third sentence has the groups, shares and title of the largest difference there is."""
    _, _, said = sentences(store, scheme)
    best = catalogue.widest_by_hand(store, scheme)
    if not best:
        assert said == NO_DIFFERENCE
        return
    assert any(
        catalogue.title(store, scheme, a) in said
        and all(f"n = {row['of']:,}, {percent(row['count'], row['of'])}" in said for row in (a, b))
        for a, b in best
    ), (said, best)


def test_every_scheme_names_the_largest_difference(runs: dict[str, Evidence]) -> None:
    found = set(runs) - {"none"}
    for scheme in found:
        names_the_largest(runs[scheme], scheme)
    assert len(found) > 20
    assert sum(bool(catalogue.widest_by_hand(runs[one], one)) for one in found) > 5


def test_no_section_of_any_scheme_is_vacuous(runs: dict[str, Evidence], undrawn: None) -> None:
    found = {name: catalogue.vacuous(store) for name, store in runs.items()}
    assert {name: empty for name, empty in found.items() if empty} == {}


def test_the_summary_of_no_scheme_says_that_nothing_happens(runs: dict[str, Evidence]) -> None:
    assert sentences(runs["none"], "none") == (NOTHING,)


def test_a_document_does_nothing_where_its_scheme_does() -> None:
    for name in catalogue.schemes():
        scheme = load_scheme(name)
        assert is_without_rules(document_of(scheme)) == does_nothing(scheme), name
    rated = {"scheme": {"id": "rated"}, "rating": [{"id": "stars"}]}
    assert not is_without_rules(rated)


def test_errors_are_counted_among_the_records_that_the_scheme_reads(
    runs: dict[str, Evidence],
) -> None:
    for name, store in runs.items():
        (found,) = store.errors
        booked = store.tallies.filter(
            (pl.col("measure") == "records") & (pl.col("scheme") == name)
            & (pl.col("dimension") == "all")
        )["count"].sum()  # fmt: skip
        assert found["wrong"] <= found["records"]
        assert found["records"] == 0 or booked > 0
    assert sum(int(store.errors[0]["wrong"]) for store in runs.values()) > 0


@pytest.mark.long
@pytest.mark.parametrize("scheme", FOR_PERSONS)
def test_at_twenty_thousand_people(
    scheme: str, tmp_path: Path, undrawn: None
) -> None:
    store = catalogue.evidence(scheme, tmp_path, 20_000, 36)
    names_the_largest(store, scheme)
    assert catalogue.vacuous(store) == []


def test_the_summary_answers_what_a_reader_asks(store: Evidence) -> None:
    section = summary_section(store)
    facts = dict(row for block in section.blocks if isinstance(block, Facts) for row in block.rows)
    assert facts["Who was counted"].startswith("20,000 invented persons of “A county”; in 2020-12")
    assert "no other rules" in facts["What was compared"]
    assert "95 of 100" in facts["How sure"]
    assert "scored audit wendeng_2020" in facts["What was assumed"]
    assert "invented persons" in facts["May be printed"]
    assert "Nobody real was counted" in facts["May not be printed"]


def test_what_a_scheme_stands_beside_is_told_after_it(make: Make, store: Evidence) -> None:
    law = {"scheme": {"id": "ordinary_law", "title": "The law",
                      "mechanism": "baseline"}}  # fmt: skip
    its = store.tallies.with_columns(scheme=pl.lit("ordinary_law"))
    both = make(schemes=(law, store.schemes[0]), tallies=pl.concat([its, store.tallies]))
    heads = [one.text for one in summary_section(both).blocks if isinstance(one, Heading)]
    assert heads[1:] == ["The law"] and heads[0].startswith("Wendeng")
    assert "scored audit wendeng_2020" in str(summary_section(both))


def test_the_two_assumptions_come_from_an_audit_where_there_is_one(make: Make) -> None:
    audit = pl.DataFrame({"conclusion": ["a", "b", "c"],
                          "moved_most_by": ["awareness and gravity", "gravity", None]})  # fmt: skip
    assert movers(audit) == ["gravity", "awareness"]
    assert "most: gravity and awareness." in str(summary_section(make(audit=audit)))


def test_the_chart_can_be_saved_and_each_file_says_what_it_is(
    make: Make, store: Evidence
) -> None:
    (chart,) = (block for block in summary_section(store).blocks if isinstance(block, Figure))
    assert chart.title == "Rewards and restrictions, 2020-12"  # no groups differ
    (chart,) = (block for block in summary_section(make(tallies=apart(store))).blocks
                if isinstance(block, Figure))  # fmt: skip
    assert chart.title == "Under at least one restriction, by internet, 2020-12"
    files = dict(chart.picture.files)
    assert set(files) == {"svg", "png"}
    assert SYNTHETIC in unquote(files["svg"]) and CLAUSE in unquote(files["svg"])
    assert files["png"].startswith("data:image/png;base64,iVBOR")
    assert SYNTHETIC in unquote(chart.table.csv_address)
    assert SYNTHETIC not in re.sub("<desc.*?</desc>", "", chart.picture.html)  # seen once a page


def apart(store: Evidence) -> pl.DataFrame:
    """The frame with half of those who are offline under a restriction."""
    theirs = (pl.col("measure") == "restricted") & (pl.col("group") == "offline")
    return store.tallies.with_columns(
        pl.when(theirs).then(pl.col("of") // 2).otherwise(pl.col("count")).alias("count")
    )


def test_few_are_suppressed_with_a_word(make: Make, store: Evidence) -> None:
    few = store.tallies.with_columns(
        pl.when(pl.col("group") == "offline").then(24).otherwise(pl.col("of")).alias("of"),
        pl.when(pl.col("group") == "offline").then(3).otherwise(pl.col("count")).alias("count"),
    )
    last = excluded(make(tallies=few), "wendeng_2020")
    table = next(block.table for block in last if "internet" in getattr(block, "title", ""))
    assert table.rows[0][0] == "offline"
    assert table.rows[0][1] == "few"
    assert table.rows[0][3:] == ("not shown (fewer than 30)", "not shown")
    assert of_100(3, 29) == "few"
    (said,) = _lasting({"spells": 29, "ended": 3, "median": 4.0, "months": 12, "persons": 20,
                       "after": {"1": 0.9}})  # fmt: skip
    assert isinstance(said, Text) and "too few" in said.text
    terms = entries([{"list": "x", "spells": 29, "ended": 5, "stand": 24, "median": 2.0},
                     {"list": "y", "spells": 90, "ended": 50, "stand": 40, "median": 2.0}],
                    {"x": "X"})  # fmt: skip
    assert [row[-1] for row in terms.rows] == [
        "not shown (fewer than 30 entries)", "half had left within 2 months",
    ]  # fmt: skip
    (said,) = errors(make(errors=({"scheme": "wendeng_2020", "records": 29, "wrong": 2},)),
                     "wendeng_2020")  # fmt: skip
    assert isinstance(said, Text) and "too few" in said.text


def test_errors_have_their_denominator(make: Make) -> None:
    found = {"scheme": "wendeng_2020", "records": 400, "wrong": 12, "false": 4,
             "misattributed": 8, "stale": 0}  # fmt: skip
    said, table = errors(make(errors=(found,)), "wendeng_2020")
    assert isinstance(said, Text) and "Of 400 live records" in said.text
    assert "12 of 400 (3.0 %)" in said.text
    assert isinstance(table, Table) and table.rows[1][:3] == ("misattributed", "8", "8 of 400")


def test_the_page_folds_prints_and_fits(browser: Browser, make: Make, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    store = make(tallies=apart(make()), **of_state())
    path.write_text(report_text(store), encoding="utf-8")
    page = browser.new_page(viewport={"width": 375, "height": 800})
    page.goto(path.as_uri())
    assert page.locator("main section").first.get_attribute("id") == "summary"
    assert not page.locator("#grades-body").is_visible()
    assert page.locator("#summary .narrow svg").is_visible()
    assert not page.locator("#summary .wide svg").is_visible()
    page.click('nav a[href="#grades-body"]')  # a link opens what it leads to
    assert page.locator("#grades-body").is_visible()
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    cut = page.evaluate("""[...document.querySelectorAll('main *')].filter(
        e => !e.closest('.scroll, svg') && e.getBoundingClientRect().right > innerWidth + 1
    ).map(e => e.outerHTML.slice(0, 90))""")
    drawn = page.evaluate("""[...document.querySelectorAll('.narrow svg')].filter(
        e => e.getBoundingClientRect().width < e.width.baseVal.value - 1).length""")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = false)")
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    page.close()
    assert cut == []
    assert drawn == 0, "a chart for a narrow page is shrunk"
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) <= 12
