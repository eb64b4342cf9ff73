"""The society card: who lives there, and how near it is to what was published."""

from __future__ import annotations

from typing import Any

from scoredsociety.report import phrasing
from scoredsociety.report.elements import Block, Facts, Section, Table, Text
from scoredsociety.report.evidence import Document, Evidence, heading_of
from scoredsociety.report.sections.rules.scheme_card import cited


def society_section(evidence: Evidence) -> Section | None:
    """Who lives in the synthetic society, and how near it is to what was published."""
    blocks: list[Block] = [
        Text(
            f"{phrasing.number(evidence.people)} invented persons in households, communities and "
            "regions, drawn from a seed and from published margins. No one of them is a copy of "
            "a real person; there are no names, no religion and no ethnicity."
        )
    ]
    if evidence.society:
        head = heading_of(evidence.society, "society")
        blocks.append(Facts((
            ("Society", f"{head.get('title', '')} ({head.get('id', '')})"),
            ("Sources", cited(head.get("source"))),
        )))  # fmt: skip
    if evidence.targets:
        rows = tuple(
            (
                margin(target),
                _figure(target.get("published")),
                _figure(target.get("made")),
                _interval(target),
                MET[target.get("met")],
                cited(target.get("source")),
            )
            for target in evidence.targets
        )
        blocks.append(
            Table(
                "Published margins against the society that was made",
                ("margin", "published", "made", "interval of what was made", "result", "source"),
                rows, frozenset({1, 2, 3}), folded=len(rows) > 12,
            )  # fmt: skip
        )
    if not evidence.society and not evidence.targets:
        return None
    return Section("society", "The invented population", tuple(blocks))


# The published figure lies within the interval of what was made, or not; None: not checked.
MET = {True: "within", False: "outside", None: "not checked"}


def margin(target: Document) -> str:
    """What is compared, with its unit and what is to be known of it."""
    title = str(target.get("title") or phrasing.plain(str(target["id"])))
    unit = f", {target['unit']}" if target.get("unit") else ""
    return title + unit + (f" ({target['note']})" if target.get("note") else "")


def _interval(target: Document) -> str:
    """``61.2 to 66.5``; nothing where there are too few people or communities to say."""
    low, high = target.get("low"), target.get("high")
    return "" if low is None or high is None else f"{_figure(low)} to {_figure(high)}"


def _figure(value: Any) -> str:
    if isinstance(value, int | float) and abs(value) >= 1000:
        return f"{value:,.0f}".replace("-", phrasing.MINUS)
    if isinstance(value, float):
        return f"{value:.4g}".replace("-", phrasing.MINUS)
    return "not given" if value is None else str(value)
