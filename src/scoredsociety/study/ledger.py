"""The ledger of a score: entries that add up to it, in centipoints, each with its cause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from scoredsociety.calendar import month_text
from scoredsociety.engine.derive import Derived
from scoredsociety.engine.life import Account, LifeMonth
from scoredsociety.engine.score import (
    PART_CLAMPED,
    PART_COMPONENTS,
    PART_PEERS,
    PART_RECORDS,
    PART_ROUNDED,
    PART_TRAITS,
)
from scoredsociety.engine.setting import Setting
from scoredsociety.engine.state import (
    CORRECTED,
    DOUBLED,
    FALSE,
    MISATTRIBUTED,
    SPILLED,
    STALE,
    TWICE,
)
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.names import SchemeNames
from scoredsociety.scheme.tables import SchemeTables
from scoredsociety.study.bits import (
    flags_of_record,
    month_of_record,
    rule_of_record,
)
from scoredsociety.study.brought import OTHERS, brought_by
from scoredsociety.study.scenario import Prepared

RELATIVE = "act of a relative"
CAUSES = (  # the first that fits
    (MISATTRIBUTED, "error: another person's act, put on the wrong file"),
    (TWICE, "error: an act filed a second time"),
    (FALSE, "error: a record of what never happened"),
    (STALE, "error: ended or paid, and not brought up to date"),
    (CORRECTED, "residue of a corrected record"),
    (SPILLED, RELATIVE),
)


@dataclass(frozen=True)
class Entry:
    """One line of a ledger, in centipoints."""

    month: str | None
    points: int
    cause: str
    rule: str | None
    source: str | None
    title: str


def ledger_of(
    prepared: Prepared, setting: Setting, tables: SchemeTables, lived: LifeMonth, s: int
) -> dict[str, Any]:
    """Start, entries, score and grade of a subject in the month lived."""
    account = lived.accounts[s]
    derived = setting.derived[0]
    records = sorted(
        record_entries(prepared, tables, lived, account, s), key=lambda one: one.month or ""
    )
    entries = [*records,
               *rule_entries(prepared.names, derived, tables, account, s),
               *component_entries(prepared.names, tables, account, s),
               *edge_entries(account)]  # fmt: skip
    start = int(tables.schemes[s, t.S_START])
    total = start + sum(entry.points for entry in entries)
    if total != account.score:
        raise AssertionError(f"the ledger adds up to {total}, the score is {account.score}")
    grades = prepared.names.grades[s]
    return {
        "start": start,
        "entries": [asdict(entry) for entry in entries],
        "score": account.score,
        "published": account.published,
        "grade": grades[account.grade].id if account.grade < len(grades) else None,
    }


def record_entries(
    prepared: Prepared, tables: SchemeTables, lived: LifeMonth, account: Account, s: int
) -> Iterator[Entry]:
    """What each live record of the scheme carries, in points or straight to a grade."""
    brought, grades = brought_by(prepared.inputs.schemes[0][1]), prepared.names.grades[s]
    for place, word in enumerate(lived.records):
        rule = prepared.names.rules[rule_of_record(int(word))]
        points = int(account.parts[PART_RECORDS + place])
        if rule.scheme != s:
            continue
        flags = flags_of_record(int(word))
        cause = next((text for bit, text in CAUSES if flags & bit == bit), "own act")
        if cause == RELATIVE:
            cause = OTHERS.get(int(brought[rule_of_record(int(word))]), cause)
        if flags & DOUBLED:
            cause += ", counted twice as a repeat"
        month = prepared.inputs.origin + month_of_record(int(word))
        straight = int(tables.rules[rule_of_record(int(word)), t.R_GRADE])
        if month > lived.month:
            cause += ", comes late and is not booked yet"
        elif straight >= 0:
            cause += f", straight to grade {grades[straight].id}"
        elif not points and rule.acts:
            cause += ", no points now"
        yield Entry(month_text(month), points, cause, rule.key, ", ".join(rule.sources) or None,
                    rule.title)  # fmt: skip


def rule_entries(
    names: SchemeNames, derived: Derived, tables: SchemeTables, account: Account, s: int
) -> Iterator[Entry]:
    """Rules on observed attributes and on ties."""
    for first, rules, cause in (
        (PART_TRAITS, derived.trait_rules, "attribute"), (PART_PEERS, derived.peer_rules, "ties"),
    ):  # fmt: skip
        for place, index in enumerate(rules):
            points = int(account.parts[first + place])
            if points and int(tables.rules[index, t.R_SCHEME]) == s:
                rule = names.rules[int(index)]
                yield Entry(None, points, cause, rule.key, ", ".join(rule.sources) or None,
                            rule.title)  # fmt: skip


def component_entries(
    names: SchemeNames, tables: SchemeTables, account: Account, s: int
) -> Iterator[Entry]:
    """The weighted parts of a composition ledger, zero ones too."""
    if kind_of(tables, s) == t.POINTS:
        return
    first = int(tables.schemes[s, t.S_COMPONENTS])
    for index in range(first, first + int(tables.schemes[s, t.S_COMPONENT_COUNT])):
        part = names.components[index]
        peers = int(tables.components[index, t.C_KIND]) == t.PEERS
        yield Entry(None, int(account.parts[PART_COMPONENTS + index]),
                    "ties" if peers else "weighted part", part.id,
                    ", ".join(part.sources) or None, part.title)  # fmt: skip


def edge_entries(account: Account) -> Iterator[Entry]:
    """Rounding and the ends of the scale, where they took or gave something."""
    for place, title in ((PART_ROUNDED, "rounded down"), (PART_CLAMPED, "end of the scale")):
        points = int(account.parts[place])
        if points:
            yield Entry(None, points, title, None, None, title)


def kind_of(tables: SchemeTables, s: int) -> int:
    """POINTS or WEIGHTED."""
    return int(tables.schemes[s, t.S_KIND])
