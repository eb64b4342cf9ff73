"""Rows of a comparison as a page says them: labels of groups, shares of 1,000, their order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scoredsociety.report import phrasing
from scoredsociety.report.phrasing import short_dimension
from scoredsociety.report.sections.outcomes.causes import CAUSES
from scoredsociety.report.tally_queries import GROUP_ORDER

Row = dict[str, Any]
NAMES = {"restricted": "under at least one restriction", **CAUSES}


def what(row: Row) -> str:
    """What a row counts."""
    name = NAMES.get(row["item"]) or NAMES.get(row["measure"])
    return name or f"{phrasing.plain(row['measure'])}: {phrasing.plain(row['item'])}"


def by_scheme(rows: list[Row]) -> list[list[Row]]:
    """The rows of each scheme of a comparison, as its frame lines them up."""
    each: dict[str, list[Row]] = {}
    for row in rows:
        each.setdefault(row["scheme"], []).append(row)
    return list(each.values())


def whose(rows: list[Row], names: Mapping[str, str]) -> str:
    """`` under “Title”``: whose rules, where a comparison has several schemes."""
    return f" under “{names[rows[0]['scheme']]}”" if len(names) > 1 else ""


def label(row: Row) -> str:
    """The group of a row."""
    if row["dimension"] == "all":
        return "everyone"
    return f"{short_dimension(row['dimension'])}: {phrasing.group(row['dimension'], row['group'])}"


def per_thousand(share: float | None) -> str:
    """A share as ``of 1,000``, one place, true minus; ``none`` where there is no interval."""
    if share is None:
        return "none"
    text = f"{1000 * share:.1f}".replace("-", phrasing.MINUS)
    return "0.0" if text == f"{phrasing.MINUS}0.0" else text


def interval(low: float | None, high: float | None) -> str:
    """`` (interval 1.0 to 2.0)``, or nothing."""
    if low is None or high is None:
        return ""
    return f" (interval {per_thousand(low)} to {per_thousand(high)})"


def direction(sign: str) -> str:
    """In which direction a difference goes, where its interval tells."""
    return {"+": "more", "-": "less"}.get(sign, "not settled")


def span(row: Row, key: str) -> dict[str, float]:
    """``value``, ``low`` and ``high`` of 1,000, for a picture; a point where there is one run."""
    value = row[key]
    ends = {"low": row[f"{key}_low"], "high": row[f"{key}_high"]}
    return {"value": round(1000 * value, 4)} | {
        name: round(1000 * (value if end is None else end), 4) for name, end in ends.items()
    }


def ordered(rows: list[Row]) -> list[Row]:
    """By measure and item; everyone before groups, groups as tallies have them."""
    order = list(GROUP_ORDER)

    def key(row: Row) -> tuple[str, str, int, int]:
        groups = GROUP_ORDER.get(row["dimension"], ())
        known = row["dimension"] in order
        return (
            row.get("measure", ""), row.get("item", ""),
            order.index(row["dimension"]) if known else len(order),
            groups.index(row["group"]) if row["group"] in groups else len(groups),
        )  # fmt: skip

    return sorted(rows, key=key)
