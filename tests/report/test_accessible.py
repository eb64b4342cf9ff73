"""Finished pages in a real browser: axe finds nothing, scripts and network stay off."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser
from tests.report.of_state import of_state
from tests.report.some_answers import some_answers

from scoredsociety.report.evidence import ComparisonEvidence, Evidence
from scoredsociety.report.forms import FORMS, form_text
from scoredsociety.report.pages.odd import odd_text
from scoredsociety.report.pages.question_answers import answers_text
from scoredsociety.report.render import report_text


@pytest.fixture(scope="module")
def pages(make: object, two_lanes: ComparisonEvidence, tmp_path_factory: pytest.TempPathFactory
          ) -> dict[str, Path]:  # fmt: skip
    """Every kind of page, on the disk."""
    assert callable(make)
    store: Evidence = make(
        comparisons=(two_lanes,), conduct={"id": "x", "act": []}, **of_state()
    )
    texts = {name: form_text(build(store), store) for name, build in FORMS.items()}
    texts |= {"report": report_text(store), "odd": odd_text(store)}
    texts["answers"] = answers_text(some_answers(), "scored questions wendeng_2020 none")
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for name, text in texts.items():
        found[name] = folder / f"{name}.html"
        found[name].write_text(text, encoding="utf-8")
    return found


@pytest.mark.parametrize(("name", "width"), [
    *((name, 1100) for name in ("report", "odd", "answers", *FORMS)),
    *((name, 360) for name in ("report", "odd", "answers", "ai_act_article_27")),
])  # fmt: skip
def test_axe_finds_no_violation(browser: Browser, pages: dict[str, Path], name: str,
                                width: int) -> None:  # fmt: skip
    page = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=True)
    page.goto(pages[name].as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = Axe().run(page, options={"resultTypes": ["violations"]})["violations"]
    said = [(one["id"], one["nodes"][0]["html"][:160]) for one in found]
    wider = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    page.close()
    assert not said
    assert not wider, "the page scrolls sideways"


def test_everything_is_said_without_scripts_and_network(
    browser: Browser, pages: dict[str, Path]
) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(pages["report"].as_uri())
    text = page.inner_text("main")
    context.close()
    assert asked == [pages["report"].as_uri()]
    for part in ("In short", "Who is excluded", "Limits", "How to cite this"):
        assert part in text


def test_print_opens_folded_sections_and_leaves_long_tables(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page = browser.new_page()
    page.goto(pages["report"].as_uri())
    visible = "one => document.querySelector(one).checkVisibility()"
    asked = ("#grades figcaption", "#grades details.folded details table")
    closed = [page.evaluate(visible, one) for one in asked]
    page.emulate_media(media="print")
    printed = [page.evaluate(visible, one) for one in asked]
    page.close()
    assert closed == [False, False]
    assert printed == [True, False]
