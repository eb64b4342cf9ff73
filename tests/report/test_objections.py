"""The table of objections: sums over the run, and who waits at its end."""

from __future__ import annotations

import polars as pl

from scoredsociety.report.evidence import Evidence
from scoredsociety.report.sections.outcomes.responses import objections


def evidence(rows: list[tuple[str, str, str, int]]) -> Evidence:
    """Tallies of these objections (month, scheme, item, count), in a run that ends in March."""
    schema = ["month", "scheme", "item", "count"]
    frame = pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        measure=pl.lit("objections"), dimension=pl.lit("all"), group=pl.lit("all"),
        of=pl.lit(10, pl.Int64), denominator=pl.lit("subjects"),
    )  # fmt: skip
    row = ("2020-03", "", "supports", 1, "response", "all", "all", 10, "persons")
    last = pl.DataFrame([row], schema=frame.schema, orient="row")
    return Evidence({}, pl.concat([frame, last]))


def test_each_scheme_has_its_sums_and_who_waits_at_the_end() -> None:
    rows = [
        ("2020-02", "one", "filed", 3), ("2020-02", "one", "waiting", 3),
        ("2020-03", "one", "upheld", 1), ("2020-03", "one", "waiting", 2),
        ("2020-02", "two", "rejected", 4), ("2020-02", "two", "waiting", 9),
    ]  # fmt: skip
    assert objections(evidence(rows)) == (
        ("one", "3", "1", "0", "2"), ("two", "0", "0", "4", "0"),
    )  # fmt: skip


def test_without_objections_there_is_no_table() -> None:
    other = evidence([("2020-02", "one", "filed", 1)]).tallies.filter(measure="response")
    assert objections(Evidence({}, other)) == ()
