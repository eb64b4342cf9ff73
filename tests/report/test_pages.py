"""Every page that can be asked for by name, listed and written by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoredsociety.errors import UserError
from scoredsociety.report.evidence import Evidence
from scoredsociety.report.forms import FORMS
from scoredsociety.report.pages.dispatch import PAGES, page_text, write_page
from scoredsociety.report.phrasing import SYNTHETIC


def test_every_form_has_a_name_and_says_what_it_follows(store: Evidence) -> None:
    assert set(PAGES) == {"report", "odd", *FORMS}
    for name, build in FORMS.items():
        instrument = build(store).instrument
        assert PAGES[name][1].startswith(instrument.split(",")[0]), name


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_written_whole_and_says_that_it_is_synthetic(
    store: Evidence, tmp_path: Path, name: str
) -> None:
    path = write_page(name, store, tmp_path / f"{name}.html")
    text = path.read_text(encoding="utf-8")
    assert text == page_text(name, store) and SYNTHETIC in text
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_an_unknown_form_or_place_is_one_sentence(store: Evidence, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such form.*Did you mean 'ai_act_article_5'"):
        page_text("ai_act_articel_5", store)
    with pytest.raises(UserError, match="cannot be written"):
        (tmp_path / "no").write_text("a file, not a folder")
        write_page("odd", store, tmp_path / "no" / "folder.html")
