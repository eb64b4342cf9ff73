"""Generated pages are what their generators give; dear ones are made from today's sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.build import pages, validation

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("page", pages.CHEAP, ids=lambda page: page.name)
def test_a_cheap_page_is_what_its_generator_gives(page: pages.Cheap) -> None:
    path = pages.DOCS / page.file
    assert page.make(path.read_text(encoding="utf-8")) == path.read_text(encoding="utf-8"), (
        f"docs/{page.file} is stale: make pages ONLY={page.name}")  # fmt: skip


@pytest.mark.parametrize("page", pages.DEAR, ids=lambda page: page.name)
def test_a_dear_page_was_made_from_the_sources_of_today(page: pages.Dear) -> None:
    known = pages.stamps().get(page.name, {})
    assert known.get("from") == pages.digest(page), (
        f"docs/{page.file} was made from other sources: make pages ONLY={page.name}")  # fmt: skip


def test_a_page_edited_by_hand_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "claims.md").write_text("edited\n", encoding="utf-8")
    monkeypatch.setattr(pages, "DOCS", tmp_path)
    monkeypatch.setattr(pages, "CHEAP", pages.CHEAP[:1])
    monkeypatch.setattr(pages, "DEAR", ())
    assert list(pages.stale()) == [
        "docs/claims.md is not what its generator gives: make pages ONLY=claims"]  # fmt: skip


def test_a_changed_source_makes_a_dear_page_stale(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source = tmp_path / "kernel.py"
    source.write_text("one\n")
    monkeypatch.setattr(pages, "ROOT", tmp_path)
    monkeypatch.setattr(pages, "sources", lambda: iter([source]))
    page = pages.Dear("x", "x.md", "", ("kernel.py",), ("kernel.py",), 1)
    before = pages.digest(page)
    source.write_text("two\n")
    assert pages.digest(page) != before


def test_a_part_that_is_not_there_is_refused() -> None:
    assert pages.with_block("a\n<!-- made: x -->\nold\n<!-- made end -->\nb", "x", "new") == (
        "a\n<!-- made: x -->\nnew\n<!-- made end -->\nb")  # fmt: skip
    with pytest.raises(ValueError, match="0 parts marked 'made: y'"):
        pages.with_block("nothing", "y", "new")


def test_the_table_of_validation_has_what_it_must() -> None:
    rows = [line for line in validation.page().splitlines() if line.startswith("| ")]
    assert sum("| predicted |" in row for row in rows) >= 8
    assert len(rows) >= 20
    assert any(row.endswith("| miss |") for row in rows)


def test_a_range_beside_the_published_one_is_a_miss() -> None:
    assert validation.outcome(1, 2, (1.2, 1.8)) == "hit"
    assert validation.outcome(1, 2, (1.8, 2.5)) == "in part"
    assert validation.outcome(1, 2, (2.1, 2.5)) == "miss"
    assert validation.outcome(80, 80, (76, 79), slack=5) == "hit"


@pytest.mark.parametrize("name", ["published.md", "summary-friends.md"])
def test_the_friends_pages_say_what_was_switched_off(name: str) -> None:
    """The study switches visibility off, so its pages say so."""
    from scoredsociety.runs.scenario import Scenario
    from studies.friends import asked

    base = Scenario(("sesame_documented",))
    assert asked("worth", "0.05", base).switched_off == ("visibility",)
    assert asked("worth", "0.05", base, known=False).switched_off == ()
    assert "response.awareness.values.start=1" in asked("worth", "0.05", base).sets
    page = " ".join((pages.DOCS / name).read_text(encoding="utf-8").split())
    assert "**with visibility switched off**" in page
    assert "everybody" in page and "from the first month on" in page
