"""Lives: what one synthetic person did, and a ledger that adds up to the score.

A flow ledger (points) is start + entries = score; a composition ledger (weighted) is
base + weighted parts = score. Both are exact in centipoints: ``evidence.check_ledger``.
"""

from __future__ import annotations

from scoredsociety.measure.scoring.readers import named
from scoredsociety.report import phrasing
from scoredsociety.report.elements import Block, Heading, Note, Section, Table, Text
from scoredsociety.report.evidence import Document, Evidence
from scoredsociety.report.sections.outcomes.grades import grade_order
from scoredsociety.report.sections.rules.scheme_card import cited

KINDS = {
    "typical": "A typical life",
    "high": "A life with a high score",
    "restricted_error": "A life restricted through an error in the records",
    "restricted": "A life under a restriction",
    "low": "A life with a low score",
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
    told = [life for life in evidence.lives if life.get("has_score", True) or life.get("entries")]
    if not told:
        return None  # nobody of those who were looked at has anything on file
    for life in told:
        blocks.extend(_life(life, graded(evidence)))
    count = {1: "One life", 2: "Two lives", 3: "Three lives"}.get(len(told), "Lives")
    return Section("lives", f"{count}, with the ledger", tuple(blocks))


def graded(evidence: Evidence) -> bool:
    """Has the scheme whose lives are told more than one grade?"""
    return bool(evidence.scheme_ids) and len(grade_order(evidence, evidence.scheme_ids[0])) > 1


def called(life: Document) -> str:
    """What a life is called: without a score it is neither typical, high nor low."""
    kind = str(life.get("kind", ""))
    if not life.get("has_score", True) and not kind.startswith("restricted"):
        return "A life with something on file"
    return KINDS.get(kind, phrasing.plain(kind).capitalize() or "A life")


def _life(life: Document, with_grade: bool = True) -> list[Block]:
    blocks: list[Block] = [Heading(called(life))]
    place = f"The person at {life['address']}" if life.get("address") else "This person"
    grade = f", grade {life['grade']}" if life.get("grade") and with_grade else ""
    listed = ", ".join(phrasing.plain(str(name)) for name in life.get("lists") or ())
    if not life.get("has_score", True):
        ends = f"on the {listed}" if listed else "on no list"
    else:
        ends = f"with {phrasing.points(int(life['score']))}{grade}"
        ends += f", on the {listed}" if listed else ""
    blocks.append(Text(f"{place} ends {ends}."))
    blocks += [Text(text) for text in (rank_in_words(life), subtotals_in_words(life)) if text]
    if life.get("entries") or "entries" in life and life.get("has_score", True):
        blocks.append(ledger(life))
    tables = (held_of(life), readers_of(life), _acts_of(life))
    return [*blocks, *(table for table in tables if table)]


def rank_in_words(life: Document) -> str:
    """How many of the scheme's subjects stand below, level and above; nothing where all are level.

    Among everybody scored, at the end of the run (S3-39, S3-40).
    """
    rank = life.get("rank")
    if not rank or not rank["below"] + rank["above"]:
        return ""
    below, level, above, of = (phrasing.number(int(rank[key]))
                               for key in ("below", "level", "above", "of"))  # fmt: skip
    return f"Among {of} people scored, {below} stand below, {level} level and {above} above."


def subtotals_in_words(life: Document) -> str:
    """What each category brings of a weighted score."""
    parts = [f"{one['title']} {phrasing.points(int(one['points']))}"
             for one in life.get("categories") or ()]  # fmt: skip
    return f"By category: {'; '.join(parts)}." if parts else ""


def readers_of(life: Document) -> Table | None:
    """Who read the score, and in how many months what came of it."""
    rows = tuple(
        (named(str(one["reader"]), str(one["read_by"])),
         *(phrasing.number(int(one[key])) for key in ("rewards", "restrictions", "seen")))
        for one in life.get("readings") or ()
    )  # fmt: skip
    if not rows:
        return None
    kind = called(life).lower()
    return Table(f"Who read the score in {kind}, and what came of it, in months",
                 ("reader", "of a reward", "of a restriction", "open to read"), rows,
                 frozenset({1, 2, 3}))  # fmt: skip


def held_of(life: Document) -> Table | None:
    """Privileges held and lost, restrictions, and who read the score for each."""
    rows = tuple(
        (str(one["kind"]), str(one["title"]), str(one["from"]), str(one["until"] or "still"),
         named(str(one["reader"]), str(one["read_by"])))
        for one in life.get("held") or ()
    )  # fmt: skip
    if not rows:
        return None
    kind = called(life).lower()
    return Table(f"What came of the score in {kind}",
                 ("kind", "what", "from", "until", "read by"), rows)  # fmt: skip


def _acts_of(life: Document) -> Table | None:
    """What the person did, and what was put on the file without an act, month by month."""
    months: dict[str, list[str]] = {}
    for event in life.get("life") or ():
        text = str(event.get("title") or phrasing.plain(str(event.get("act", ""))))
        if event.get("error"):
            text += f" ({phrasing.plain(str(event['error']))})"
        months.setdefault(str(event.get("month", "")), []).append(text)
    if not months:
        return None
    kind = called(life).lower()
    rows = tuple((month, "; ".join(events)) for month, events in months.items())
    return Table(f"What happened, month by month, in {kind}", ("month", "acts"), rows,
                 folded=True)  # fmt: skip


def ledger(life: Document) -> Table:
    """Every entry with cause, rule and source; the last row is the score, where there is one."""
    kind = called(life).lower()
    if not life.get("has_score", True):
        return Table(
            f"On file in {kind}; the scheme has no score", ("month", "entry", "source"),
            tuple(
                (str(one.get("month") or ""),
                 str(one.get("title") or phrasing.plain(str(one.get("rule") or one["cause"]))),
                 cited(one.get("source")) if one.get("source") else "")
                for one in life["entries"]
            ),
        )  # fmt: skip
    flow = life.get("ledger", "flow") == "flow"
    running = int(life.get("start", 0))
    rows = [("", "start" if flow else "base", "", "", phrasing.points(running),
             phrasing.points(running))]  # fmt: skip
    for entry in life["entries"]:
        running += int(entry["points"])
        rows.append((
            str(entry.get("month") or ""),
            str(entry.get("title") or phrasing.plain(str(entry.get("rule") or entry["cause"]))),
            phrasing.plain(str(entry.get("cause") or "")),
            cited(entry.get("source")) if entry.get("source") else "",
            phrasing.points(int(entry["points"]), signed=True),
            phrasing.points(running),
        ))  # fmt: skip
    rows.append(("", "score", "", "", "", phrasing.points(running)))
    title = "Points ledger" if flow else "Composition of the score"
    return Table(
        f"{title} of {kind}: the start and every entry add up to the score",
        ("month", "entry", "cause", "source", "points", "running total"),
        tuple(rows), frozenset({4, 5}), total=True,
    )  # fmt: skip
