"""The scheme card: what the file says, with evidence badges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from scoredsociety.report import phrasing
from scoredsociety.report.elements import Block, Facts, Heading, Section, Table
from scoredsociety.report.evidence import Document, Evidence, heading_of, tables_under
from scoredsociety.scheme.describe.rule_phrases import holds
from scoredsociety.scheme.model.rule import TraitRange
from scoredsociety.scheme.model.status import MEANS, STATUSES, as_today, badge_words
from scoredsociety.scheme.model.values import shown_source

WITH_STATUS = ("rule", "consequence", "category", "component", "list")


def badge(status: str) -> str:
    """An evidence badge in brackets: words, not colour."""
    return f"[{badge_words(status)}]" if status else "[no status given]"


def cited(source: Any) -> str:
    """A source, or several, as text."""
    if source is None or source == "":
        return "none given"
    if isinstance(source, str):
        source = source.split(", ")  # a ledger has the sources of an entry in one text
    if isinstance(source, Sequence):
        return ", ".join(shown_source(str(one)) for one in source) or "none given"
    return str(source)


def scheme_section(evidence: Evidence) -> Section | None:
    """One card for each scheme that was run; ``None`` without a document."""
    blocks: list[Block] = []
    documents = [evidence.scheme(identifier) for identifier in evidence.scheme_ids]
    documents = [document for document in documents if document] or list(evidence.schemes)
    for document in documents:
        if len(documents) > 1:
            blocks.append(Heading(str(heading_of(document, "scheme").get("title", ""))))
        blocks.extend(scheme_card(document))
    return Section("scheme", "The rules that were run", tuple(blocks)) if blocks else None


def scheme_card(document: Document) -> list[Block]:
    """Facts, evidence by status, and every rule with its source and badge."""
    head, score = heading_of(document, "scheme"), document.get("score") or {}
    facts = [("Scheme", f"{head.get('title', '')} ({head.get('id', '')})")]
    for key, term in (
        ("place", "Place"), ("period", "Period"), ("operator", "Run by"),
        ("participation", "Participation"), ("visibility", "Who sees the score"),
        ("about", "About"),
    ):  # fmt: skip
        if head.get(key):
            facts.append((term, str(head[key]).replace("_", " ")))
    if head.get("min_age"):
        facts.append(("Youngest subject", f"{head['min_age']} years"))
    scale = scale_of(score)
    if scale:
        facts.append(("Scale", scale))
    facts.append(("Sources", cited(head.get("source"))))
    if head.get("status"):
        facts.append(("Evidence for the whole", badge(str(head["status"]))))
    for text in tables_under(document, "source"):
        parts = (text.get("title"), text.get("article"), text.get("date"), text.get("url"))
        said = ", ".join(str(part) for part in parts if part)
        facts.append((f"The author's own text {text.get('id')}", said))
    blocks: list[Block] = [Facts(tuple((term, str(text)) for term, text in facts))]
    evidence_rows = statuses_of(document)
    if evidence_rows:
        blocks.append(evidence_rows)
    for build in (grades_of, _rules_of, consequences_of):
        table = build(document)
        if table:
            blocks.append(table)
    return blocks


def scale_of(score: Document) -> str:
    """The scale in words."""
    kind = str(score.get("kind", ""))
    if kind in ("", "none"):
        return "no score" if kind == "none" else ""
    parts = [f"{kind} scale"]
    if score.get("low") is not None and score.get("high") is not None:
        parts.append(f"from {score['low']} to {score['high']}")
    if score.get("start") is not None:
        parts.append(f"{'everyone starts with' if kind == 'points' else 'base'} {score['start']}")
    every = int(score.get("published_every", 1) or 1)
    parts.append("published every month" if every == 1 else f"published every {every} months")
    return ", ".join(parts)


def statuses_of(document: Document) -> Table | None:
    """How many parts of the scheme stand on what kind of evidence."""
    tally = Counter(
        _status(document, row)
        for part in WITH_STATUS
        for row in tables_under(document, part)
    )
    if not tally:
        return None
    loose = Counter(
        _status(document, row) for part in WITH_STATUS for row in tables_under(document, part)
        if row.get("assumed")
    )  # fmt: skip
    rows = tuple(
        (
            badge(status),
            phrasing.number(tally[status]),
            phrasing.number(loose[status]),
            MEANS[status],
        )
        for status in STATUSES
        if tally[status]
    )
    return Table(
        "Evidence for the rules, consequences and categories of this scheme",
        ("evidence", "parts", "of these with an assumed number", "what the badge means"),
        rows, frozenset({1, 2}),
    )  # fmt: skip


def _status(document: Document, row: Document) -> str:
    head = as_today(heading_of(document, "scheme"))
    return str(as_today(row).get("status") or head.get("status", "assumed"))


def _from(row: Document) -> Any:
    return row.get("from", row.get("from_"))


def grades_of(document: Document) -> Table | None:
    """Grades, highest first."""
    grades = tables_under(document, "grade")
    if not grades:
        return None
    lowest = "the rest of the scale"
    ordered = sorted(
        grades, key=lambda row: float("-inf") if _from(row) is None else float(_from(row)),
        reverse=True,
    )  # fmt: skip
    rows = tuple(
        (
            grade_name(row),
            lowest if _from(row) is None else f"from {_from(row)}",
            cited(row.get("source")),
        )
        for row in ordered
    )
    return Table("Grades", ("grade", "score", "source"), rows)


def grade_name(grade: Document) -> str:
    """``A, the grade of a person without records``: the id and, where it has one, the title."""
    name, title = str(grade["id"]), str(grade.get("title") or "")
    return title if title.startswith(name) else f"{name}: {title}" if title else name


def gives(rule: Document) -> str:
    """What a rule does, in a few words."""
    parts = []
    spill = rule.get("spill")
    if rule.get("points") is not None and (float(rule["points"]) or not spill):
        parts.append(_signed(rule["points"]))
    rows = [row["points"] for row in rule.get("brackets") or rule.get("slices") or ()]
    if rule.get("brackets"):
        low, high = (_signed(end(rows, key=float)) for end in (min, max))
        parts.append(f"{low} to {high} by amount")
    elif rows:
        parts.append("points by amount, slice by slice")
    if rule.get("table"):
        parts.append("points by a table")
    if rule.get("grade"):
        parts.append(f"straight to grade {rule['grade']}")
    listed = rule.get("list") or rule.get("list_")
    if isinstance(listed, str):
        parts.append(f"placed on {phrasing.plain(listed)}")
    if rule.get("feeds"):
        parts.append(f"feeds {phrasing.plain(str(rule['feeds']))}")
    if isinstance(spill, Mapping):
        what = "the same" if spill.get("points") is None else _signed(spill["points"])
        parts.append(f"{what} for the {phrasing.plain(str(spill.get('to', '')))}")
    return ", ".join(parts) or "see the file"


def _signed(points: Any) -> str:
    return f"{Decimal(str(points)):+} points".replace("-", phrasing.MINUS)


def _rules_of(document: Document) -> Table | None:
    """Every rule with its effect, source, badge and assumed numbers."""
    rows = tuple(
        (
            str(row.get("title") or phrasing.plain(str(row.get("id", "")))),
            gives(row),
            cited(row.get("source")),
            badge(str(row.get("status", ""))),
            ", ".join(phrasing.plain(str(name)) for name in row.get("assumed") or ()) or "none",
        )
        for row in tables_under(document, "rule")
    )
    if not rows:
        return None
    return Table(
        f"All {len(rows)} rules (titles are quoted from the rule text)",
        ("rule", "what it gives", "source", "evidence", "assumed numbers"),
        rows, folded=len(rows) > 8,
    )  # fmt: skip


def _does(consequence: Document) -> str:
    """What is denied or granted, and to whom where it is not to everybody."""
    asked = consequence.get("if")
    if consequence.get("denies"):
        said = f"restriction: {phrasing.plain(str(consequence['denies']))}"
    else:
        said = f"reward: {phrasing.plain(str(consequence.get('grants', 'see the file')))}"
    return f"{said}, where {holds(TraitRange.model_validate(asked))}" if asked else said


def consequences_of(document: Document) -> Table | None:
    """Rewards and restrictions."""
    rows = tuple(
        (
            str(row.get("title") or phrasing.plain(str(row.get("id", "")))),
            _does(row),
            phrasing.plain(str(row.get("context", ""))),
            cited(row.get("source")),
            badge(str(row.get("status", ""))),
        )
        for row in tables_under(document, "consequence")
    )
    if not rows:
        return None
    return Table(
        "Consequences", ("consequence", "what it does", "context", "source", "evidence"),
        rows, folded=len(rows) > 12,
    )  # fmt: skip
