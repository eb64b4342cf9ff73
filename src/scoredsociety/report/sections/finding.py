"""The finding of a scheme in one sentence of a form, with its denominator named."""

from __future__ import annotations

from scoredsociety.measure.statistics.intervals import newcombe
from scoredsociety.report import phrasing
from scoredsociety.report.evidence import Document, Evidence, heading_of, tables_under
from scoredsociety.report.tally_queries import Count, dimensions, last_month, tally_counts

SURE = 0.998  # 95 % over the 26 pairs of groups of the report's dimensions (Bonferroni)
NO_NATIONAL_SCORE = (
    "No national score exists (O-C14): systems are fragmented, mostly local, and mostly about "
    "firms. The articles that this laboratory starts from date from 2015 to 2019."
)


# Schemes of the catalogue that tell of systems elsewhere, to which O-C14 does not apply.
ELSEWHERE = {
    "none", "ordinary_law", "price_only", "fico", "schufa", "uk_bureau", "uber_drivers",
    "uber_riders", "nosedive", "data_broker_insurance", "ad_exclusion",
}  # fmt: skip


def about_china(scheme: str) -> bool:
    """Does a scheme tell of a system in China?"""
    return scheme not in ELSEWHERE


def finding(evidence: Evidence, scheme: str) -> str:
    """One sentence: who was restricted at the end, why, and where groups differ most."""
    title = str(
        heading_of(evidence.scheme(scheme), "scheme").get("title") or phrasing.plain(scheme)
    )
    span = phrasing.months(int(evidence.manifest.get("months", len(evidence.months))))
    month = last_month(evidence, scheme, "restricted")
    everyone = tally_counts(evidence, scheme, "restricted", item="any", month=month)
    if month is None or not everyone:
        return (
            f"After {span} under “{title}”, the run holds no count of restrictions for "
            "this scheme."
        )
    total = everyone[0]
    who = phrasing.denominator(total.denominator)
    if only_grants(evidence.scheme(scheme)):
        return f"After {span} under “{title}”, {_withheld(evidence, scheme, month, who)}."
    opening = (
        f"After {span} under “{title}”, {phrasing.share(total.people, total.of)} "
        f"{who} stood under at least one restriction"
    )
    why = _causes(evidence, scheme, month)
    most = widest(tally_counts(evidence, scheme, "restricted", item="any", month=month,
                         dimension=None))  # fmt: skip
    gap = _gap_said(most) if total.people else ""
    return opening + why + gap + "."


def only_grants(document: Document) -> bool:
    """Do all consequences of the scheme reward, so that nobody can stand under a restriction?"""
    rows = tables_under(document, "consequence")
    return bool(rows) and not any(row.get("denies") for row in rows)


def _withheld(evidence: Evidence, scheme: str, month: str, who: str) -> str:
    """Of rules that only reward: who goes without the reward that most people hold."""
    said = "nobody stood under a restriction, for these rules take nothing away"
    held = tally_counts(evidence, scheme, "consequence", month=month)
    if not any(row.people for row in held):
        return f"{said}; nobody held a reward either"
    most = max(held, key=lambda row: row.people)
    titles = {str(row.get("id")): str(row.get("title") or phrasing.plain(str(row.get("id"))))
              for row in tables_under(evidence.scheme(scheme), "consequence")}  # fmt: skip
    said += (
        f"; {phrasing.share(most.of - most.people, most.of)} {who} went without the reward that "
        "most "
        f"people hold (“{titles.get(most.item, phrasing.plain(most.item))}”)"
    )
    groups = tally_counts(evidence, scheme, "consequence", item=most.item, month=month,
                    dimension=None)  # fmt: skip
    without = [row._replace(people=row.of - row.people) for row in groups]
    return said + _gap_said(widest(without))


def _gap_said(most: tuple[Count, Count] | None) -> str:
    """The widest difference between two groups, or that none stands out."""
    if most is None:
        return "; between groups no difference in this stands out from the luck of one draw"
    more, less = most
    base = phrasing.shared_base((row.people, row.of) for row in most)
    return (
        f"; the widest difference in this simulation is by "
        f"{phrasing.DIMENSIONS.get(more.dimension, more.dimension)}: "
        f"{phrasing.frequency(more.people, more.of, base)} "
        f"({phrasing.group(more.dimension, more.group)}, n = {phrasing.number(more.of)}, "
        f"{phrasing.percent(more.people, more.of)}) against "
        f"{phrasing.frequency(less.people, less.of, base)} "
        f"({phrasing.group(less.dimension, less.group)}, n = {phrasing.number(less.of)}, "
        f"{phrasing.percent(less.people, less.of)})"
    )


def _causes(evidence: Evidence, scheme: str, month: str) -> str:
    rows = tally_counts(evidence, scheme, "restricted_cause", month=month)
    said = {row.item: row.people for row in rows}
    if not said or not any(said.values()):
        return ""
    return (
        f" (of these {phrasing.number(sum(said.values()))}, "
        f"{phrasing.number(said.get('error', 0))} through an error in the records, "
        f"{phrasing.number(said.get('protected', 0))} for protected conduct and "
        f"{phrasing.number(said.get('intended', 0))} as the rules intend)"
    )


def widest(rows: list[Count]) -> tuple[Count, Count] | None:
    """The two groups of one dimension, of at least ``FEW`` people, whose shares lie farthest.

    Only pairs whose Newcombe interval at ``SURE`` excludes no difference count: the widest of
    many pairs is otherwise often luck.
    """
    best: tuple[Count, Count] | None = None
    for dimension in dimensions(rows):
        groups = [row for row in rows if row.dimension == dimension and row.of >= phrasing.FEW]
        if len(groups) < 2:
            continue
        more = max(groups, key=lambda row: row.people / row.of)
        less = min(groups, key=lambda row: row.people / row.of)
        sure = newcombe(more.people, more.of, less.people, less.of, SURE).low > 0
        if sure and (best is None or _gap((more, less)) > _gap(best)):
            best = (more, less)
    return best


def _gap(pair: tuple[Count, Count]) -> float:
    return pair[0].people / pair[0].of - pair[1].people / pair[1].of
