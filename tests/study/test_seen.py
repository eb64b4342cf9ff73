"""How much of a life is seen: acts that left a record, by context and by group (Q13).

Each test says what it is: *implementation*, *fitted* or *predicted*.
"""

from __future__ import annotations

import polars as pl

from scoredsociety.measure.tallies import SCHEMA
from scoredsociety.study.readout.from_tallies import seen

CONTEXTS = {"loan": "finance", "post": "speech"}


def rows(measure: str, item: str, groups: dict[str, int]) -> list[tuple[object, ...]]:
    """Rows of one month: everybody, and the groups of a dimension."""
    everybody = ("2020-01", "", measure, item, "all", "all", sum(groups.values()), 9, "persons")
    return [everybody, *(
        ("2020-01", "", measure, item, "place", group, count, 9, "persons")
        for group, count in groups.items()
    )]  # fmt: skip


def test_the_share_is_of_acts_and_unseen_acts_count_against_it() -> None:
    """implementation: counts by hand; a context in which all is seen is whole."""
    frame = pl.DataFrame(
        [
            *rows("acts", "loan", {"rural": 2, "urban": 6}),
            *rows("acts", "post", {"rural": 4, "urban": 4}),
            *rows("unseen", "post", {"rural": 3, "urban": 1}),
            *rows("records", "anything", {"rural": 9, "urban": 9}),
        ],
        schema=SCHEMA, orient="row",
    )  # fmt: skip
    found = {one.denominator: (one.value, one.n) for one in seen(frame, CONTEXTS)}
    assert found == {
        "acts of the context finance": (1.0, 8),
        "acts of the context speech": (0.5, 8),
        "acts of all contexts, place rural": (0.5, 6),
        "acts of all contexts, place urban": (0.9, 10),
    }
