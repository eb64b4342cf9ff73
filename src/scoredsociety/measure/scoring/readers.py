"""Who read the score, and what came of it: readings by kind of reader, from what a run counts.

Nobody's reading is written down, and none needs to be: a reward or a restriction holds in a month
exactly where somebody read a score, a grade or a list that asks for it, and the tallies count these
months. One *reading* here is one consequence that held for one person in one month; of a reader
who looked and changed nothing there is no trace. Other citizens read wherever the score is open to
them: it is public, or its owner shows it (S3-38, S3-42, S0-20).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import polars as pl

Document = Mapping[str, Any]

# who reads a score to apply a consequence (assumed; a partner is named beside): by what is granted
# or denied where that says it, else by where it falls
OF_GOODS: Mapping[str, str] = {
    "hotels": "hotel", "hotel_deposit_waived": "hotel", "visa_luxembourg": "consulate",
    "visa_singapore": "consulate", "airport_lane": "airport", "travel_abroad": "border",
    "property": "registry", "business_licence": "operator", "discounts": "shop or hirer",
}  # fmt: skip
READERS: Mapping[str, str] = {
    "travel": "carrier", "education": "school", "work": "employer", "finance": "lender",
    "court": "court", "platform": "other citizens", "public_order": "other citizens",
    "honour": "other citizens", "consumption": "shop or hirer", "health": "hospital",
    "speech": "internet provider",
}  # fmt: skip
OPERATOR = "operator"
OTHERS = "other citizens"
OPEN = "it is open to them"


class Reading(NamedTuple):
    """Readings of one reader over a run: so many months of one person under one consequence."""

    reader: str  # kind of reader
    read_by: str  # the partner by its title, the operator, or that the score is open
    rewards: int
    restrictions: int
    seen: int  # person-months in which the score was open, nothing else coming of it


def reader_of(consequence: Document) -> str:
    """The kind of reader who applies a consequence."""
    good = str(consequence.get("denies") or consequence.get("grants") or "")
    return OF_GOODS.get(good) or READERS.get(str(consequence.get("context") or ""), OPERATOR)


def named(reader: str, read_by: str) -> str:
    """``Banks (lender)``; ``hotel``, where no partner is named."""
    return reader if read_by == OPERATOR else f"{read_by} ({reader})"


def readings(scheme: str, document: Document, tallies: pl.DataFrame) -> list[Reading]:
    """Readings of one scheme over a run, most first.

    ``document``: the scheme as its file would have it; ``tallies``: the run's frame
    (measure/tallies.py), of which the rows of everybody are read.
    """
    everybody = tallies.filter(pl.col("dimension") == "all")
    held = everybody.filter(
        (pl.col("scheme") == scheme) & (pl.col("measure") == "consequence")
    ).group_by("item").agg(pl.col("count").sum())
    months = {str(item): int(count) for item, count in held.iter_rows()}
    partners = {str(row["id"]): str(row.get("title") or row["id"])
                for row in document.get("partner", ())}  # fmt: skip
    found: dict[tuple[str, str], list[int]] = {}
    for row in document.get("consequence", ()):
        who = reader_of(row), partners.get(str(row.get("partner") or ""), OPERATOR)
        found.setdefault(who, [0, 0])[bool(row.get("denies"))] += months.get(str(row["id"]), 0)
    rows = [Reading(*who, rewards, restrictions, 0)
            for who, (rewards, restrictions) in found.items() if rewards or restrictions]
    rows.sort(key=lambda one: -(one.rewards + one.restrictions))
    seen = _open(scheme, document, everybody)
    return [*rows, Reading(OTHERS, OPEN, 0, 0, seen)] if seen else rows


def _open(scheme: str, document: Document, everybody: pl.DataFrame) -> int:
    """Person-months in which a score was open to other citizens."""
    visibility = dict(document.get("scheme") or {}).get("visibility")
    if dict(document.get("score") or {}).get("kind") == "none":
        return 0  # there are lists alone; that a name is public is one of their consequences
    if visibility == "public":
        rows = everybody.filter(
            (pl.col("scheme") == scheme) & (pl.col("measure") == "restricted")
        )
        return int(rows["of"].sum())
    if visibility == "private":
        return 0
    shown = everybody.filter(
        (pl.col("measure") == "response") & (pl.col("item") == "shows_score")
    )
    return int(shown["count"].sum())
