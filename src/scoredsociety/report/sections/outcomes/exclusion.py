"""Who is excluded: people under a restriction, group by group, and under each consequence."""

from __future__ import annotations

from collections.abc import Sequence

from scoredsociety.measure.scoring.readers import named, readings
from scoredsociety.report import phrasing
from scoredsociety.report.charts.icon_array import icon_array
from scoredsociety.report.elements import Block, Icons, Table, Text
from scoredsociety.report.evidence import Document, Evidence, tables_under
from scoredsociety.report.tally_queries import Count, dimensions, last_month, tally_counts


def excluded(evidence: Evidence, scheme: str) -> list[Block]:
    """People under at least one restriction in the last month: all, then group by group."""
    month = last_month(evidence, scheme, "restricted")
    document = evidence.scheme(scheme)
    if month is None or (document and not tables_under(document, "consequence")):
        return []
    rows = tally_counts(evidence, scheme, "restricted", item="any", month=month, dimension=None)
    blocks: list[Block] = []
    if rows and rows[0].dimension == "all":
        total = rows[0]
        blocks.append(
            Text(
                f"In {month}, {phrasing.share(total.people, total.of)} "
                f"{phrasing.denominator(total.denominator)} stood under at least one restriction."
            )
        )
    for dimension in dimensions(rows) if any(row.people for row in rows) else ():
        groups = [row for row in rows if row.dimension == dimension and row.of]
        if not any(row.people for row in groups if row.of >= phrasing.FEW):
            continue
        blocks.append(_arrays(groups, dimension, month))
    blocks.extend(_consequences(evidence, scheme, month))
    return blocks


def _arrays(groups: Sequence[Count], dimension: str, month: str) -> Icons:
    name = phrasing.DIMENSIONS.get(dimension, dimension)
    large = [row for row in groups if row.of >= phrasing.FEW]
    base = phrasing.shared_base((row.people, row.of) for row in large)
    said_of = dict(zip(large, phrasing.beside((row.people, row.of) for row in large), strict=True))
    shares = [said_of.get(row) or phrasing.few(row.of) for row in groups]
    said = phrasing.listed([
        f"{phrasing.group(dimension, row.group)} {share}"
        for row, share in zip(groups, shares, strict=True)
    ])  # fmt: skip
    who = phrasing.denominator(groups[0].denominator)
    return Icons(
        title=f"Under a restriction, by {name}, {month}",
        sentence=f"Squares are {who} under at least one restriction: {said}.",
        arrays=tuple(
            icon_array(phrasing.group(dimension, row.group), row.people, row.of, who, base, share)
            for row, share in zip(groups, shares, strict=True)
        ),
        table=group_table(groups, f"Under at least one restriction, by {name}, {month}"),
    )


def group_table(groups: Sequence[Count], caption: str) -> Table:
    """Counts by group, with frequency, percentage and n."""
    return Table(
        caption,
        ("group", "people", "of", "frequency", "percentage"),
        tuple(
            (
                phrasing.group(row.dimension, row.group),
                phrasing.number(row.people) if row.of >= phrasing.FEW else "few",
                f"{phrasing.number(row.of)} {phrasing.denominator(row.denominator)}",
                *((phrasing.frequency(row.people, row.of), phrasing.percent(row.people, row.of))
                  if row.of >= phrasing.FEW else (phrasing.few(row.of), "not shown")),
            )
            for row in groups
        ),
        frozenset({1, 4}), folded=True,
    )  # fmt: skip


def _consequences(evidence: Evidence, scheme: str, month: str) -> list[Block]:
    rows = tally_counts(evidence, scheme, "consequence", month=month)
    if not any(row.people for row in rows):
        return []
    document = evidence.scheme(scheme)
    known = {str(row.get("id")): row for row in tables_under(document, "consequence")}
    return [
        Table(
            f"People under each consequence, {month} (a person can stand under several)",
            ("consequence", "kind", "context", "people", "frequency"),
            tuple(
                (
                    str(known.get(row.item, {}).get("title") or phrasing.plain(row.item)),
                    kind_of(known.get(row.item, {})),
                    phrasing.plain(str(known.get(row.item, {}).get("context") or "not given")),
                    phrasing.number(row.people),
                    not_in_force(document, known.get(row.item, {}), month)
                    or phrasing.frequency(row.people, row.of),
                )
                for row in rows
            ),
            frozenset({3}), folded=len(rows) > 12,
        ),
        *_readers(evidence, scheme),
    ]  # fmt: skip


def _readers(evidence: Evidence, scheme: str) -> list[Block]:
    """Who read the scores over the whole run, by kind of reader, and what came of it."""
    rows = readings(scheme, evidence.scheme(scheme), evidence.tallies)
    if not any(one.rewards or one.restrictions or one.seen for one in rows):
        return []
    return [
        Table(
            "Who read the scores over the whole run, and what came of it (person-months under one "
            "reward or restriction; a reading of which nothing came leaves no trace)",
            ("reader", "of a reward", "of a restriction", "open to read"),
            tuple(
                (named(one.reader, one.read_by), phrasing.number(one.rewards),
                 phrasing.number(one.restrictions), phrasing.number(one.seen))
                for one in rows
            ),
            frozenset({1, 2, 3}), folded=len(rows) > 12,
        )
    ]  # fmt: skip


def not_in_force(document: Document, consequence: Document, month: str) -> str:
    """That the partner of a consequence reads the score no more, or not yet; else nothing."""
    named = str(consequence.get("partner") or "")
    for partner in tables_under(document, "partner"):
        if named and str(partner.get("id")) == named:
            start, end = partner.get("from") or partner.get("from_"), partner.get("until")
            if start and month < str(start):
                return f"not in force: its partner begins in {start}"
            if end and month >= str(end):
                return f"not in force: its partner ended in {end}"
    return ""


def kind_of(consequence: Document) -> str:
    """Restriction or reward, as its file says."""
    if consequence.get("denies"):
        return "restriction"
    return "reward" if consequence.get("grants") else "not given"
