"""How people change, and what is assumed: counted from the frame, listed from the documents."""

from __future__ import annotations

from typing import Any

import polars as pl

from scoredsociety.report.elements import Note, Table, Text
from scoredsociety.report.evidence import Evidence
from scoredsociety.report.sections.basis.assumptions import (
    assumed_in,
    assumed_of,
    assumed_section,
    assumption_lines,
)
from scoredsociety.report.sections.outcomes.responses import BESIDE, responses_section, totals


def answers(store: Evidence, counts: dict[str, tuple[int, int]]) -> pl.DataFrame:
    """The frame with a month before and the last month of some responses."""
    rows = [
        (month, "", "response", item, "all", "all", count, 1_000, "persons")
        for item, pair in counts.items()
        for month, count in zip(("2020-11", "2020-12"), pair, strict=True)
    ]
    more = pl.DataFrame(rows, schema=store.tallies.schema, orient="row")
    return pl.concat([store.tallies, more])


def tables(section: Any) -> dict[str, Table]:
    """Tables of a section by caption."""
    return {block.caption: block for block in section.blocks if isinstance(block, Table)}


def test_without_responses_there_is_no_section(store: Evidence) -> None:
    assert responses_section(store) is None


def test_states_are_of_the_last_month_and_events_of_the_whole_run(
    store: Evidence, make: Any
) -> None:
    frame = answers(store, {
        "knows": (400, 500), "joined": (0, 0), "tie_cut": (3, 4), "objected": (10, 20),
        "answered": (5, 10), "upheld": (1, 2),
    })  # fmt: skip
    section = responses_section(make(tallies=frame))
    assert section is not None
    found = tables(section)
    assert found["In 2020-12, persons who"].rows == (
        ("know of the scheme", "500", "50 of 100 persons"),
    )
    assert found["Over the whole run"].rows == (
        ("ties dropped (counted at both ends)", "7"), ("appeals filed", "30"),
        ("appeals answered", "15"),
        ("appeals upheld", "3"),
    )  # fmt: skip
    said = next(block.text for block in section.blocks if isinstance(block, Text))
    assert "Of 30 appeals filed, 15 of 30 were answered" in said and "3 of 30 upheld" in said
    assert any(isinstance(block, Note) and block.text == BESIDE for block in section.blocks)


def test_totals_are_of_everybody_over_all_months(store: Evidence, make: Any) -> None:
    assert totals(make(tallies=answers(store, {"knows": (1, 2)})), "response") == {"knows": 3}
    assert totals(store, "response") == {}


def test_assumed_values_stand_with_where_they_stand() -> None:
    document = {
        "assumed": ["headroom", "deep.key"], "headroom": 1.25, "deep": {"key": -2},
        "rule": [{"id": "a", "assumed": ["points"], "points": -5}, {"id": "b", "assumed": []}],
        "list": {"kind": "x", "assumed": ["months"], "months": [1, 2]},
    }  # fmt: skip
    rows = list(assumed_in(document, "x"))
    assert [(row.where, row.keys, row.values) for row in rows] == [
        ("whole file", ("headroom", "deep.key"), ("1.25", "−2")),
        ("rule a", ("points",), ("−5",)),
        ("list", ("months",), ("",)),  # a list of values is too long for a cell
    ]
    assert assumption_lines(rows)[1] == ("x", "rule a", "points: −5")


def test_the_section_counts_what_the_documents_name(make: Any, store: Evidence) -> None:
    society = {"society": {"id": "county"}, "work": {"assumed": ["urban", "rural"]}}
    found = make(schemes=(store.schemes[0],), society=society, conduct={"id": "c", "act": []})
    rows = assumed_of(found)
    assert {row.document for row in rows} == {"wendeng_2020", "society county"}
    section = assumed_section(found)
    assert section is not None
    total = sum(len(row.keys) for row in rows)
    first = section.blocks[0]
    assert isinstance(first, Text) and first.text.startswith(f"{total} values of this run")
    assert assumed_section(make(schemes=(), society=None, conduct=None)) is None
