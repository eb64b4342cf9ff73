"""The bibliography: every id that is cited anywhere is written out, in the words of the table."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import scoredsociety
from docs.build import sources_page
from scoredsociety.report.elements import Section, Text
from scoredsociety.report.sections.basis.sources import CITED, bibliography, sources_section
from scoredsociety.report.sections.rules.scheme_card import cited

PACKAGE = Path(scoredsociety.__file__).parent
DOCS = Path(sources_page.__file__).parents[1]


def test_every_id_that_is_cited_is_written_out() -> None:
    texts = [path.read_text("utf-8") for folder, endings in (
        (PACKAGE, (".toml", ".py", ".j2")), (DOCS, (".md", ".toml"))
    ) for path in folder.rglob("*") if path.suffix in endings]  # fmt: skip
    found = {name for text in texts for name in CITED.findall(text)}
    assert len(found) > 300
    assert sorted(found - set(bibliography())) == []


def test_items_of_the_articles_are_said_in_the_words_of_their_page() -> None:
    items = tomllib.loads((DOCS / "build" / "articles.toml").read_text("utf-8"))["item"]
    said = {one["id"]: one["says"] for one in items}
    ours = {name: one.says for name, one in bibliography().items() if name.startswith("S")}
    assert ours == {name: said[name] for name in ours}


def test_where_each_was_read_is_said_or_that_it_was_not() -> None:
    bare = [name for name, one in bibliography().items()
            if name[0] in "OLS" and not one.where]  # fmt: skip
    assert bare == []
    assert bibliography()["O-D15"].where == "from memory, unverified"


def test_a_page_writes_out_what_it_cites_and_no_more() -> None:
    section = sources_section([Section("x", "X", (Text("As O-R0 and S3-72 have it, not O-X1."),))])
    assert section is not None
    assert [row[0] for row in section.blocks[1].rows] == ["S3-72", "O-R0"]  # type: ignore[union-attr]
    assert sources_section([Section("x", "X", (Text("Nothing."),))]) is None


def test_the_page_of_docs_is_what_its_table_gives() -> None:
    page = (DOCS / "sources.md").read_text("utf-8")
    assert page == sources_page.page()
    assert len(re.findall(r"^\| [SOLV]", page, re.MULTILINE)) == len(bibliography())


def test_several_sources_in_one_text_are_each_shown() -> None:
    assert cited("O-B12, O-B13") == cited(["O-B12", "O-B13"]) == "O-B12, O-B13"
    assert cited("O-R0") == "O-R0" and cited("") == "none given"
    assert cited("draft-3").startswith("the author's own text")
