"""From the tallies frame to measures: counts of one month by group (exclusion, errors).

The frame is long: month, scheme, measure, item, dimension, group, count, of, denominator.
"""

from __future__ import annotations

import polars as pl

from scoredsociety.measure.persons.exclusion import GroupRate, group_rate

CAUSES = ("error", "intended", "protected")


def counts(
    tallies: pl.DataFrame, measure: str, item: str, month: str, dimension: str = "all",
    scheme: str = "",
) -> dict[str, tuple[int, int]]:  # fmt: skip
    """For each group the pair (count, of); feed it to ``parity_difference``.

    KeyError where the run kept no such tally. A group that the month does not mention is absent.
    """
    chosen = tallies.filter(
        (pl.col("measure") == measure)
        & (pl.col("item") == item)
        & (pl.col("month") == month)
        & (pl.col("dimension") == dimension)
        & (pl.col("scheme") == scheme)
    )
    if chosen.is_empty():
        raise KeyError(
            f"no tally {measure!r} of {item!r} by {dimension!r} of scheme {scheme!r} in {month}"
        )
    summed = chosen.group_by("group").agg(pl.col("count").sum(), pl.col("of").sum()).sort("group")
    return {group: (int(count), int(of)) for group, count, of in summed.iter_rows()}


def rates(
    tallies: pl.DataFrame, measure: str, item: str, month: str, dimension: str = "all",
    scheme: str = "",
) -> tuple[GroupRate, ...]:  # fmt: skip
    """The same as rates with Wilson's interval, small cells suppressed."""
    found = counts(tallies, measure, item, month, dimension, scheme)
    return tuple(group_rate(group, count, of) for group, (count, of) in found.items())


def three_bars(
    tallies: pl.DataFrame, month: str, dimension: str = "all", scheme: str = ""
) -> dict[str, tuple[GroupRate, ...]]:
    """Restricted through an error, as the rules intend, for protected conduct; each by group."""
    return {
        cause: rates(tallies, "restricted_cause", cause, month, dimension, scheme)
        for cause in CAUSES
    }
