"""Lives: what one synthetic person did, and a ledger that adds up to the score.

A flow ledger (points) is start + entries = score; a composition ledger (weighted) is
base + weighted parts = score. Both are exact in centipoints: ``evidence.check_ledger``.
"""

from __future__ import annotations

from scoredsociety.report import words
from scoredsociety.report.blocks import Block, Heading, Note, Points, Section, Table, Text
from scoredsociety.report.cards import cited
from scoredsociety.report.evidence import Document, Evidence

KINDS = {
    "typical": "A typical life",
    "high": "A life with a high score",
    "restricted_error": "A life restricted through an error in the records",
    "restricted": "A life under a restriction",
}


def lives_section(evidence: Evidence) -> Section | None:
    """The lives that were explained, one after the other."""
    if not evidence.lives:
        return None
    blocks: list[Block] = [
        Note(
            "These are invented persons, shown so that the arithmetic can be checked. What would "
            "have happened to one person under other rules holds only in this simulation, with "
            "the same luck; quote groups, not persons."
        )
    ]
    for life in evidence.lives:
        blocks.extend(_life(life))
    count = {1: "One life", 2: "Two lives", 3: "Three lives"}.get(len(evidence.lives), "Lives")
    return Section("lives", f"{count}, with the ledger", tuple(blocks))


def _life(life: Document) -> list[Block]:
    kind = str(life.get("kind", ""))
    blocks: list[Block] = [Heading(KINDS.get(kind, words.plain(kind).capitalize() or "A life"))]
    place = f"The person at {life['address']}" if life.get("address") else "This person"
    grade = f", grade {life['grade']}" if life.get("grade") else ""
    blocks.append(Text(f"{place} ends with {words.points(int(life['score']))}{grade}."))
    acts = acts_of(life)
    if acts:
        blocks.append(Points(acts))
    if "entries" in life:
        blocks.append(ledger(life))
    return blocks


def acts_of(life: Document) -> tuple[str, ...]:
    """What the person did, month by month, as short lines."""
    lines = []
    for event in life.get("life") or ():
        text = event.get("title") or words.plain(str(event.get("act", event.get("event", ""))))
        extra = [
            words.plain(str(event[key])) for key in ("record", "error", "consequence")
            if event.get(key) and not isinstance(event[key], bool)
        ]  # fmt: skip
        lines.append(f"{event.get('month', '')}: {text}" + (f" ({', '.join(extra)})" if extra
                                                            else ""))  # fmt: skip
    return tuple(lines)


def ledger(life: Document) -> Table:
    """Every entry with cause, rule and source; the last row is the score."""
    flow = life.get("ledger", "flow") == "flow"
    running = int(life.get("start", 0))
    rows = [("", "start" if flow else "base", "", "", words.points(running),
             words.points(running))]  # fmt: skip
    for entry in life["entries"]:
        running += int(entry["points"])
        rows.append((
            str(entry.get("month") or ""),
            str(entry.get("title") or words.plain(str(entry.get("rule") or entry["cause"]))),
            words.plain(str(entry.get("cause") or "")),
            cited(entry.get("source")) if entry.get("source") else "",
            words.points(int(entry["points"]), signed=True),
            words.points(running),
        ))  # fmt: skip
    rows.append(("", "score", "", "", "", words.points(running)))
    title = "Points ledger" if flow else "Composition of the score"
    kind = KINDS.get(str(life.get("kind", "")), "A life").lower()
    return Table(
        f"{title} of {kind}: the start and every entry add up to the score",
        ("month", "entry", "cause", "source", "points", "running total"),
        tuple(rows), frozenset({4, 5}), total=True,
    )  # fmt: skip
