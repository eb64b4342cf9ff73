"""Boxes of a form can be written in: what was written is kept when the page is saved or printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser

from scoredsociety.report.evidence import ComparisonEvidence, Evidence
from scoredsociety.report.forms import FORMS, form_text

LONG = "Weekly, by the committee, who may overrule it. " * 12
MOST_PAGES = 8


@pytest.fixture
def written(store: Evidence, tmp_path: Path) -> Path:
    path = tmp_path / "form.html"
    path.write_text(form_text(FORMS["ai_act_article_27"](store), store), encoding="utf-8")
    return path


def test_what_is_written_is_kept_when_the_page_is_saved(browser: Browser, written: Path) -> None:
    page = browser.new_page(bypass_csp=True)
    page.goto(written.as_uri())
    box = page.get_by_role("textbox", name="Who oversees the system, and who may overrule it?")
    box.click()
    page.keyboard.type(LONG)
    written.write_text(page.content(), encoding="utf-8")  # as a browser saves it
    page.goto(written.as_uri())
    assert page.get_by_text(LONG.strip()[:40]).count() == 1
    again = page.get_by_role("textbox", name="Who oversees the system, and who may overrule it?")
    assert again.inner_text().strip() == LONG.strip()
    assert Axe().run(page, options={"resultTypes": ["violations"]})["violations"] == []
    page.close()


def test_it_prints_whole_on_few_pages(browser: Browser, written: Path) -> None:
    page = browser.new_page()
    page.goto(written.as_uri())
    page.get_by_role("textbox").first.fill(LONG)
    page.emulate_media(media="print")
    box = page.get_by_role("textbox").first
    inside = box.evaluate("one => one.scrollHeight <= one.clientHeight + 1")
    pages = len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4")))
    page.close()
    assert inside and 2 <= pages <= MOST_PAGES


@pytest.mark.parametrize("name", FORMS)
def test_it_says_by_itself_who_was_counted_compared_how_sure_and_assumed(
    store: Evidence, name: str
) -> None:
    text = form_text(FORMS[name](store), store)
    for said in ("Who was counted", "What was compared", "How sure", "What was assumed",
                 "Write into the boxes"):  # fmt: skip
        assert said in text


def test_a_form_over_a_comparison_holds_the_necessity_table(
    make: object, two_lanes: ComparisonEvidence
) -> None:
    compared = make(comparisons=(two_lanes,), conduct={"act": []})  # type: ignore[operator]
    text = form_text(FORMS["ai_act_article_27"](compared), compared)
    assert 'id="necessity"' in text and "Is the scheme needed for its aim?" in text
    assert "counted from 2020-01 to 2020-12" in text and two_lanes.luck in text
    assert "Groups are of the first run" in text and "One run, with seed" not in text
    alone = make()  # type: ignore[operator]
    assert 'id="necessity"' not in form_text(FORMS["ai_act_article_27"](alone), alone)
