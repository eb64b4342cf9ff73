"""The trace of the articles and the claim checker: complete, and pointing to what exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.build import claims, disagreements, traceability

DOCS = Path(__file__).parents[1] / "docs"
PAGES = frozenset(f"docs/{path.name}" for path in DOCS.glob("*.md"))


def test_every_item_has_one_row_and_points_to_what_exists() -> None:
    assert traceability.faults(traceability.items(), PAGES) == []
    assert len(traceability.expected()) == 207


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": "S0-27"}, ["S0-1 has no row", "S0-27 is no item"]),
        ({"id": "S0-2"}, ["S0-1 has no row", "S0-2 has 2 rows"]),
        ({"where": ()}, ["S0-1 says neither where nor why not"]),
        ({"where": ("scheme:nowhere",)}, ["S0-1 points to scheme:nowhere, which does not exist"]),
        ({"where": ("law:none",)}, ["S0-1 points to law:none, which does not exist"]),
        ({"where": ("page:docs/x.md",)}, ["S0-1 points to page:docs/x.md, which does not exist"]),
    ],
)
def test_a_fault_is_found(change: dict[str, object], said: list[str]) -> None:
    first, *rest = traceability.items()
    assert traceability.faults([first.model_copy(update=change), *rest], PAGES) == said


def test_the_pages_are_as_generated() -> None:
    assert (DOCS / "articles.md").read_text("utf-8") == traceability.page()
    assert (DOCS / "claims.md").read_text("utf-8") == claims.page()
    assert (DOCS / "schemes.md").read_text("utf-8") == disagreements.page()


def test_claims_name_what_can_be_run_and_items_that_exist() -> None:
    known = traceability.known()
    names = known["scheme"] | known["patch"] | known["federation"]
    ids = set(traceability.expected())
    rows = claims.claims()
    assert len({row.id for row in rows}) == len(rows) == 18
    for row in rows:
        assert set(row.run) <= names, row.id
        assert row.evidence and set(row.said_by) <= ids, row.id
        for cited in row.evidence:
            assert cited in ids or re.fullmatch(r"O-[A-Z]\d+|L-\d+|[PV]\d+", cited), cited
        assert row.print != row.never


def test_what_may_be_printed_does_not_say_what_never_was() -> None:
    page = claims.page()
    assert "Synthetic society, not a" in page
    for row in claims.claims():
        assert "trustworthy people" not in row.print.lower()
