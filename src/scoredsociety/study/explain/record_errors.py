"""A wrong record, planted and followed: whose it was, who carried it, what it cost, when it went.

Errors that sources make can be followed in the same way. One record of one synthetic person may
be planted in a run (``--plant PERSON:ACT:MONTH``): an act that another seat would have done,
filed on this person by the first source of the act. What removes it is told by what is seen:
the end of its memory, an objection that was upheld, or else something later that replaced it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from scoredsociety.calendar import month_text
from scoredsociety.conduct import tables as c
from scoredsociety.conduct.model import Conduct
from scoredsociety.engine.layout import (
    CORRECTED,
    ERRORS,
    FALSE,
    MISATTRIBUTED,
    STALE,
    TWICE,
    act_of_message,
    flags_of,
    flags_of_message,
    is_over,
    month_of,
    months_waited,
    rule_of,
    source_of_message,
    unflagged,
)
from scoredsociety.engine.replay.household_replay import LifeMonth
from scoredsociety.engine.score.ledger_places import PART_RECORDS
from scoredsociety.engine.state import Messages
from scoredsociety.scheme.compile.scheme_names import SchemeNames
from scoredsociety.scheme.tables import SchemeTables
from scoredsociety.study.explain.denials import denies, tables_in_force, what_denied

NOBODY = -1


@dataclass(frozen=True)
class Misfiled:
    """One wrong record of one scheme on a person's file; points are centipoints."""

    rule: str
    title: str
    error: str  # "another person's act", "never happened", "filed a second time" ...
    act: str | None
    whose: int | None  # the seat whose act it was
    filed_by: str | None  # the source
    carried_by: int
    booked: str
    removed: str | None  # None: it still stands at the end
    how: str
    months: int  # months on the file
    points: int  # what it carried in its first month
    grade: str | None  # the grade to which it led at once, whatever the points
    list: str | None  # the list on which it placed
    restricted_months: int  # months under a restriction of this scheme while it stood
    denied: tuple[str, ...]  # what was denied in them
    objected: tuple[str, ...]  # months in which the bearer objected to this scheme's records


def follow_wrong_records(
    names: SchemeNames, conduct: Conduct, versions: tuple[tuple[int, SchemeTables], ...],
    origin: int, lived: list[LifeMonth], s: int,
) -> list[dict[str, Any]]:  # fmt: skip
    """Every wrong record that scheme ``s`` kept of a person in the months ``lived``."""
    found = []
    for word, months in stood(lived, names, s, versions[0][1], origin).items():
        first, last = months[0], months[-1]
        letter = letter_of(first.received, names.rules[rule_of(word)].acts, conduct)
        gone = next((one for one in lived if one.month == last.month + 1), None)
        place = first.records.tolist().index(word)
        rule = names.rules[rule_of(word)]
        row = tables_in_force(versions, first.month).rules[rule_of(word)]
        straight, listed = int(row.grade), int(row.list_bit)
        found.append(asdict(Misfiled(
            rule=rule.key, title=rule.title,
            error=kind_of_error(flags_of(word)),
            act=conduct.act_ids[letter[0]] if letter else None,
            whose=letter[2] if letter else None,
            filed_by=conduct.source_ids[letter[1]] if letter else None,
            carried_by=first.person, booked=month_text(first.month),
            removed=month_text(gone.month) if gone else None,
            how=how_removed(word, last, gone, versions, origin, s), months=len(months),
            points=int(first.accounts[s].parts[PART_RECORDS + place]),
            grade=names.grades[s][straight].id if straight >= 0 else None,
            list=names.lists[listed].title if listed >= 0 else None,
            restricted_months=sum(
                denies(one, s, tables_in_force(versions, one.month)) for one in months
            ),
            denied=what_denied(names, versions, months, s),
            objected=tuple(
                month_text(one.month) for one in months if months_waited(one.life, s) == 1
            ),
        )))  # fmt: skip
    return sorted(found, key=lambda one: str(one["booked"]))


def kind_of_error(flags: int) -> str:
    """What is wrong with a record, in words."""
    if flags & MISATTRIBUTED:
        return "another person's act"
    if flags & TWICE == TWICE:
        return "filed a second time"
    return "never happened" if flags & FALSE else "ended or paid, and not brought up to date"


def stood(
    lived: list[LifeMonth], names: SchemeNames, s: int, tables: SchemeTables, origin: int
) -> dict[int, list[LifeMonth]]:
    """Wrong records of scheme ``s`` by their word, with the months at whose end they stood."""
    found: dict[int, list[LifeMonth]] = {}
    for one in lived:
        for word in dict.fromkeys(one.records.tolist()):
            over = is_over(word, one.month - origin, tables.rules)
            wrong = flags_of(word) & ERRORS and not over
            if wrong and names.rules[rule_of(word)].scheme == s:
                found.setdefault(word, []).append(one)
    return found


def letter_of(
    received: Messages, acts: tuple[str, ...], conduct: Conduct
) -> tuple[int, int, int] | None:
    """Act, source and sender of the message of the month that brought a record of these acts."""
    for content, origin in zip(received.content.tolist(), received.origin.tolist(), strict=True):
        act = act_of_message(content)
        wrong = flags_of_message(content) & MISATTRIBUTED
        if act is not None and wrong and conduct.act_ids[act] in acts:
            return act, source_of_message(content), origin
    return None


def how_removed(
    word: int, last: LifeMonth, gone: LifeMonth | None,
    versions: tuple[tuple[int, SchemeTables], ...], origin: int, s: int,
) -> str:  # fmt: skip
    """What ended a record, as far as the life shows it."""
    if gone is None:
        return "still on the file"
    memory = int(tables_in_force(versions, gone.month).rules.memory[rule_of(word)])
    if gone.month - origin - month_of(word) >= memory:
        return "its memory ended"
    if months_waited(last.life, s) and not months_waited(gone.life, s):
        return "an objection was upheld"
    marks = CORRECTED | STALE
    if any(unflagged(other, marks) == unflagged(word, marks) for other in gone.records.tolist()):
        return "counted in another way"
    return "corrected, or gave way to later records"


def letters(received: Messages, conduct: Conduct) -> Iterator[dict[str, Any]]:
    """Lines of a life: records of others' acts that arrived through an error."""
    for content, origin in zip(received.content.tolist(), received.origin.tolist(), strict=True):
        act = act_of_message(content)
        if act is not None and flags_of_message(content) & MISATTRIBUTED:
            whose = f"the act of seat {origin}" if origin >= 0 else "somebody else's act"
            yield {
                "act": conduct.act_ids[act],
                "title": conduct.act[act].title,
                "error": f"{whose}, filed on the wrong person by "
                f"{conduct.source_ids[source_of_message(content)]}",
            }


assert c.AMOUNT_CLASSES == 16  # what a message has room for
