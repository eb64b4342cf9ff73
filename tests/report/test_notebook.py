"""A page in a notebook keeps to its frame."""

from __future__ import annotations

from playwright.sync_api import Browser

from scoredsociety.report.evidence import Evidence
from scoredsociety.report.notebook import framed
from scoredsociety.report.render import report_text, summary_text


def test_the_frame_holds_the_whole_page_and_no_more(browser: Browser, store: Evidence) -> None:
    page = browser.new_page()
    page.set_content(f"<html lang=en><body><p>cell</p>{framed(report_text(store))}</body></html>")
    frame = page.frames[1]
    assert frame.locator("h1").inner_text() == (
        "Wendeng district points, in force from January 2020"
    )
    assert page.locator("h1").count() == 0
    page.close()


def test_a_run_shows_its_summary_and_the_report_all(store: Evidence) -> None:
    short, whole = summary_text(store), report_text(store)
    assert short.count("<section") == 1 < whole.count("<section") and len(short) < len(whole)
    assert "In short" in short and "In short" in whole
    assert "ynthetic society, not a forecast" in short
