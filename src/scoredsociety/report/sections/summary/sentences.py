"""The three sentences of a summary: what is taken, what is given, and who differs most."""

from __future__ import annotations

from scoredsociety.report import phrasing
from scoredsociety.report.evidence import Document, Evidence, tables_under
from scoredsociety.report.sections.summary.differences import (
    Difference,
    largest,
    outcomes,
    title_or_id,
)
from scoredsociety.report.tally_queries import Count, last_month, tally_counts
from scoredsociety.scheme.read.lane import PARTS

NOTHING = (
    "Nothing is scored, rewarded or restricted here: this is the society that other rules are "
    "compared with."
)
NO_DIFFERENCE = (
    "Between groups no difference in restrictions, rewards, lists or grades stands out from the "
    "luck of one draw."
)


def sentences(evidence: Evidence, scheme: str) -> tuple[str, ...]:
    """What is taken, what is given, who differs most; one sentence where nothing can happen."""
    document = evidence.scheme(scheme)
    if is_without_rules(document):
        return (NOTHING,)
    month = last_month(evidence, scheme, "restricted")
    everyone = tally_counts(evidence, scheme, "restricted", item="any", month=month)
    if everyone and everyone[0].of < phrasing.FEW:
        who = phrasing.denominator(everyone[0].denominator)
        return (f"Fewer than {phrasing.FEW} {who}: too few for any share.",)
    looked_at = outcomes(evidence, scheme)
    most, unasked = largest(looked_at), largest(looked_at, asked=False)
    return taken(evidence, scheme), given(evidence, scheme), differs(most, unasked)


def is_without_rules(document: Document) -> bool:
    """Can a scheme move nobody, by its document (scheme/read/lane.py: ``does_nothing``)?"""
    return bool(document) and not any(tables_under(document, part) for part in PARTS)


def taken(evidence: Evidence, scheme: str) -> str:
    """How many stood under a restriction at the end, and through what."""
    document = evidence.scheme(scheme)
    rows = tables_under(document, "consequence")
    if document and not any(row.get("denies") for row in rows):
        return "These rules take nothing away: nobody can come under a restriction."
    month = last_month(evidence, scheme, "restricted")
    found = tally_counts(evidence, scheme, "restricted", item="any", month=month)
    if month is None or not found:
        return "The run holds no count of restrictions."
    total = found[0]
    who = phrasing.denominator(total.denominator)
    if not total.people:
        return f"In {month}, none of {phrasing.number(total.of)} {who} stood under a restriction."
    said = (
        f"In {month}, {phrasing.shown(total.people, total.of)} {who} stood under at least one "
        "restriction"
    )
    causes = {row.item: row.people for row in tally_counts(evidence, scheme, "restricted_cause",
                                                     month=month)}  # fmt: skip
    if not any(causes.values()):
        return f"{said}."
    whole, error, protected, intended = map(phrasing.number, (
        sum(causes.values()), *(causes.get(name, 0) for name in ("error", "protected", "intended"))
    ))  # fmt: skip
    return (
        f"{said}: of these {whole}, {error} through an error in the records, {protected} for "
        f"protected conduct and {intended} as the rules intend."
    )


def given(evidence: Evidence, scheme: str) -> str:
    """How many held the reward that most hold, and the one that fewest do."""
    document = evidence.scheme(scheme)
    rewards = {str(row.get("id")): row for row in tables_under(document, "consequence")
               if row.get("grants")}  # fmt: skip
    if document and not rewards:
        return "These rules reward nothing."
    month = last_month(evidence, scheme, "consequence")
    rows = [row for row in tally_counts(evidence, scheme, "consequence", month=month)
            if row.item in rewards]  # fmt: skip
    held = sorted((row for row in rows if row.people), key=lambda row: -row.people)
    if not held:
        return "Nobody held a reward at the end."
    who = phrasing.denominator(held[0].denominator)

    def said(row: Count) -> str:
        return f"“{title_or_id(rewards[row.item], row.item)}”"

    text = f"The reward that most held, {said(held[0])}, went to "
    text += f"{phrasing.shown(held[0].people, held[0].of)} {who}"
    if held[-1].people < held[0].people:
        text += f", the rarest, {said(held[-1])}, to {phrasing.shown(held[-1].people, held[-1].of)}"
    nobody = len(rewards) - len(held)
    if nobody:
        text += f"; {phrasing.number(nobody)} of {phrasing.number(len(rewards))} rewards nobody had"
    return f"{text}."


def differs(most: Difference | None, unasked: Difference | None = None) -> str:
    """Which groups differ most, in what, and by how much.

    Where the rule text itself asks for the group, the largest for which none asks stands beside.
    """
    if most is None:
        return NO_DIFFERENCE
    text = f"Groups differ most by {dimension(most)}: {pair(most)}"
    if most.outcome.asks == most.more.dimension:
        text += f" (the rule text itself asks for {dimension(most)})"
        if unasked:
            text += f"; for which no rule asks, most by {dimension(unasked)}: {pair(unasked)}"
    return f"{text}."


def dimension(most: Difference) -> str:
    """What sets the groups apart."""
    return phrasing.DIMENSIONS.get(most.more.dimension, most.more.dimension)


def pair(most: Difference) -> str:
    """``76 of 100 (online, n = 900, 75.9 %) against 18 of 100 (offline, ...) held the reward``."""
    base = phrasing.shared_base((row.people, row.of) for row in (most.more, most.less))
    more, less = (
        f"{phrasing.frequency(row.people, row.of, base)} "
        f"({phrasing.group(row.dimension, row.group)}, n = {phrasing.number(row.of)}, "
        f"{phrasing.percent(row.people, row.of)})"
        for row in (most.more, most.less)
    )
    return f"{more} against {less} {most.outcome.did}"
