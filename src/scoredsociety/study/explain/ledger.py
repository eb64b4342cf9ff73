"""The ledger of a score: entries that add up to it, in centipoints, each with its cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from scoredsociety.calendar import month_text
from scoredsociety.engine.layout import (
    CORRECTED,
    FALSE,
    MISATTRIBUTED,
    SPILLED,
    STALE,
    TWICE,
    flags_of,
    month_of,
    rule_of,
)
from scoredsociety.engine.replay.household_replay import Account, LifeMonth
from scoredsociety.engine.rule_index import Derived
from scoredsociety.engine.run_constants import Setting
from scoredsociety.engine.score.ledger_places import (
    PART_CLAMPED,
    PART_COMPONENTS,
    PART_DIRECT,
    PART_PEERS,
    PART_RAW,
    PART_RECORDS,
    PART_ROUNDED,
    PART_TRAITS,
    PART_TWICE,
)
from scoredsociety.runs.prepare import Prepared
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile.scheme_names import SchemeNames
from scoredsociety.scheme.tables import SchemeTables
from scoredsociety.study.explain.record_origin import Filed, amount_counted, filed
from scoredsociety.study.explain.spillover_origin import OTHERS, brought_by

RELATIVE = "act of a relative"
CAUSES = (  # the first that fits
    (MISATTRIBUTED, "error: another person's act, put on the wrong file"),
    (TWICE, "error: an act filed a second time"),
    (FALSE, "error: a record of what never happened"),
    (STALE, "error: ended or paid, and not brought up to date"),
    (CORRECTED, "residue of a corrected record"),
    (SPILLED, RELATIVE),
)


FOLLOWED = {
    t.ON_LIST: "a list", t.ON_GRADE: "a grade", t.ON_RANK: "a rank", t.ON_RATING: "a rating",
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One line of a ledger, in centipoints; what does not apply to it, or is unknown, is None."""

    month: str | None  # of booking
    points: int
    cause: str
    rule: str | None
    source: str | None  # of the rule: ids of the fact collection
    title: str
    act: str | None = None
    act_month: str | None = None
    amount: int | None = None  # by which it counts, in the unit of the rule's act
    filed_by: str | None = None
    raw_points: int | None = None  # before a repeat and the year's cap
    cap: str | None = None
    doubled: bool = False
    suspended: bool = False
    message: str | None = None  # of a record that came from somebody else


def ledger_of(
    prepared: Prepared, setting: Setting, tables: SchemeTables, lived: Sequence[LifeMonth], s: int
) -> dict[str, Any]:
    """Start, entries, score and grade of a subject in the last month lived."""
    account = lived[-1].accounts[s]
    derived = setting.derived[0]
    records = sorted(
        record_entries(prepared, derived, tables, lived, s), key=lambda one: one.month or ""
    )
    entries = [*records,
               *rule_entries(prepared.names, derived, tables, account, s),
               *component_entries(prepared.names, tables, account, s),
               *edge_entries(account)]  # fmt: skip
    start = int(tables.schemes.start[s])
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
    prepared: Prepared, derived: Derived, tables: SchemeTables, lived: Sequence[LifeMonth], s: int
) -> Iterator[Entry]:
    """What each record of the scheme carries, in points or straight to a grade."""
    conduct = prepared.inputs.conduct[-1][1]
    origins = filed(lived, tables, conduct, prepared.inputs.origin)
    last, account = lived[-1], lived[-1].accounts[s]
    caps = {rule.id: rule.cap or (rule.id if rule.yearly_cap else None)
            for _, scheme in prepared.versions.schemes[s] for rule in scheme.rule}  # fmt: skip
    for place, word in enumerate(last.records.tolist()):
        index = rule_of(word)
        rule, row = prepared.names.rules[index], tables.rules[index]
        if rule.scheme != s:
            continue
        came, booked = origins[place], month_of(word)
        month = prepared.inputs.origin + booked
        doubled = bool(int(account.parts[PART_TWICE]) >> place & 1)
        memory = int(row.memory)
        over = memory < t.FOREVER and last.month >= month + memory
        counts = month <= last.month and not over
        yield Entry(
            month_text(month), int(account.parts[PART_RECORDS + place]),
            cause_of(prepared, tables, last, place, doubled, over), rule.key,
            ", ".join(rule.sources) or None, rule.title,
            act=None if came.act is None else prepared.conduct.act_ids[came.act],
            act_month=None if came.act_month is None else month_text(came.act_month),
            amount=amount_counted(word, tables, conduct, derived),
            filed_by=None if came.source is None else prepared.conduct.source_ids[came.source],
            raw_points=int(account.parts[PART_RAW + place]) if counts else None,
            cap=caps[rule.id] if row.cap >= 0 else None,
            doubled=doubled,
            suspended=counts and bool(row.suspended)
            and int(account.parts[PART_DIRECT]) != t.NO_GRADE,
            message=message_of(came, month),
        )  # fmt: skip


def message_of(came: Filed, month: int) -> str | None:
    """How a record came that is not of the person's own filing."""
    if came.sender is None or came.act_month is None:
        return None
    whom = f"seat {came.sender}" if came.sender >= 0 else "somebody else"
    return f"sent on {month_text(came.act_month)} from {whom}, booked {month_text(month)}"


def cause_of(
    prepared: Prepared, tables: SchemeTables, lived: LifeMonth, place: int, doubled: bool,
    over: bool,
) -> str:  # fmt: skip
    """Why a record is on the file, and why it carries what it does, in words."""
    word = int(lived.records[place])
    index = rule_of(word)
    rule, flags = prepared.names.rules[index], flags_of(word)
    grades = prepared.names.grades[rule.scheme]
    own = FOLLOWED.get(int(tables.rules.kind[index]), "own act")
    cause = next((text for bit, text in CAUSES if flags & bit == bit), own)
    if cause == RELATIVE:
        brought = brought_by(prepared.inputs.schemes[0][1])
        cause = OTHERS.get(int(brought[index]), cause)
    if doubled:
        cause += ", counted twice as a repeat"
    straight = int(tables.rules.grade[index])
    points = int(lived.accounts[rule.scheme].parts[PART_RECORDS + place])
    if prepared.inputs.origin + month_of(word) > lived.month:
        cause += ", comes late and is not booked yet"
    elif over:
        cause += ", over: kept for other records of its rule or year"
    elif straight >= 0:
        cause += f", straight to grade {grades[straight].id}"
    elif not points and rule.acts:
        cause += ", no points now"
    return cause


def rule_entries(
    names: SchemeNames, derived: Derived, tables: SchemeTables, account: Account, s: int
) -> Iterator[Entry]:
    """Rules on observed attributes and on ties."""
    for first, rules, cause in (
        (PART_TRAITS, derived.trait_rules, "attribute"), (PART_PEERS, derived.peer_rules, "ties"),
    ):  # fmt: skip
        for place, index in enumerate(rules):
            points = int(account.parts[first + place])
            if points and int(tables.rules.scheme[index]) == s:
                rule = names.rules[int(index)]
                yield Entry(None, points, cause, rule.key, ", ".join(rule.sources) or None,
                            rule.title)  # fmt: skip


def component_entries(
    names: SchemeNames, tables: SchemeTables, account: Account, s: int
) -> Iterator[Entry]:
    """The weighted parts of a composition ledger, zero ones too."""
    if score_kind(tables, s) == t.POINTS:
        return
    first = int(tables.schemes.first_component[s])
    for index in range(first, first + int(tables.schemes.component_count[s])):
        part = names.components[index]
        peers = int(tables.components.kind[index]) == t.PEERS
        yield Entry(None, int(account.parts[PART_COMPONENTS + index]),
                    "ties" if peers else "weighted part", part.id,
                    ", ".join(part.sources) or None, part.title)  # fmt: skip


def edge_entries(account: Account) -> Iterator[Entry]:
    """Rounding and the ends of the scale, where they took or gave something."""
    for place, title in ((PART_ROUNDED, "rounded down"), (PART_CLAMPED, "end of the scale")):
        points = int(account.parts[place])
        if points:
            yield Entry(None, points, title, None, None, title)


def score_kind(tables: SchemeTables, s: int) -> int:
    """POINTS or WEIGHTED."""
    return int(tables.schemes.kind[s])
