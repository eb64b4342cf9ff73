"""Where each record of a life came from: the act, its month, who filed it, and for whom.

A record keeps the rule, the month of booking, what is wrong with it and the class of the amount.
The rest is found in the life that is lived again: what the person did that month, what each
source filed of it, and what others' acts sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from scoredsociety.conduct.tables import ConductTables
from scoredsociety.engine.collect.observation import OWN
from scoredsociety.engine.layout import (
    CORRECTED,
    FALSE,
    MISATTRIBUTED,
    SPILLED,
    STALE,
    TWICE,
    act_of_message,
    amount_of,
    flags_of,
    flags_of_message,
    month_of,
    rule_of,
    rule_of_message,
    source_of_message,
    unflagged,
)
from scoredsociety.engine.replay.household_replay import LifeMonth
from scoredsociety.engine.rule_index import Derived
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables

SECOND_LATEST = 3  # months after its first filing by which a source files an act once more


class Filed(NamedTuple):
    """What stands behind one record."""

    act: int | None  # None: no act of this person, or one that the life does not show
    act_month: int | None
    source: int | None  # who filed it
    sender: int | None  # the seat from which it came, where it is not the person's own


NOTHING = Filed(None, None, None, None)


def filed(
    lived: Sequence[LifeMonth], tables: SchemeTables, conduct: ConductTables, origin: int
) -> list[Filed]:
    """What stands behind each record of the last month lived, in their order.

    Of records that are alike the one that came first goes first.
    """
    came: dict[int, list[Filed]] = {}
    for month in lived:
        if month.came:  # somebody else has the seat now
            came = {}
        now: dict[int, int] = {}
        for word in month.records.tolist():
            now[_key_of(word)] = now.get(_key_of(word), 0) + 1
        for key in list(came):
            del came[key][: max(len(came[key]) - now.get(key, 0), 0)]
        for key, count in now.items():
            before = came.setdefault(key, [])
            for found in list(behind(key, month, tables, conduct, origin))[: count - len(before)]:
                before.append(found)
            before += [NOTHING] * (count - len(before))
    left = {key: list(some) for key, some in came.items()}
    return [left[_key_of(word)].pop(0) for word in lived[-1].records.tolist()]


def _key_of(word: int) -> int:
    """A record without the mark that it was left stale, which comes later."""
    return word if flags_of(word) & FALSE else unflagged(word, STALE)


def behind(
    word: int, month: LifeMonth, tables: SchemeTables, conduct: ConductTables, origin: int
) -> Iterator[Filed]:
    """What may have brought a record that is new in a month, likeliest first."""
    flags, rule = flags_of(word), rule_of(word)
    if flags & CORRECTED:
        rows = tables.rules.residue == rule
        acts = set(tables.rules.corrected_by[rows].tolist())
        for act in dict.fromkeys(month.acts.act.tolist()):
            if act in acts:
                yield Filed(act, month.month, None, None)
        return
    yield from by_letter(word, month, tables)
    if not flags & (MISATTRIBUTED | SPILLED):
        yield from by_oneself(word, month, tables, conduct, origin)


def by_letter(word: int, month: LifeMonth, tables: SchemeTables) -> Iterator[Filed]:
    """Messages of the month that book such a record: spill-over, ratings, others' acts."""
    rule, flags = rule_of(word), flags_of(word)
    acts = acts_under(rule, tables)
    for content, sender in zip(
        month.received.content.tolist(), month.received.origin.tolist(), strict=True
    ):
        act = act_of_message(content)
        fits = act in acts if act is not None else rule_of_message(content) == rule
        if fits and flags_of_message(content) == flags:
            rated = act is None and tables.rules.kind[rule] == t.ON_RATING
            source = None if rated else source_of_message(content)
            yield Filed(act, month.month - 1, source, sender)


def by_oneself(
    word: int, month: LifeMonth, tables: SchemeTables, conduct: ConductTables, origin: int
) -> Iterator[Filed]:
    """The person's acts of the month of which a source filed such a record."""
    rule, flags = rule_of(word), flags_of(word)
    acts, late = acts_under(rule, tables), origin + month_of(word) - month.month
    twice = flags & TWICE == TWICE
    for place, source, whose, after, _ in month.filed.tolist():
        act, amount, _, false = month.acts[place].tolist()
        made_up = bool(flags & FALSE) and not twice
        if act not in acts or amount != amount_of(word) or bool(false) != made_up:
            continue
        on_time = late == after if not twice else 1 <= late - after <= SECOND_LATEST
        if (whose == OWN and on_time) and _reads(rule, source, tables, conduct):
            yield Filed(act, month.month, source, None)


def acts_under(rule: int, tables: SchemeTables) -> set[int]:
    """Acts booked under a rule, or under the one for which a row of less weight stands."""
    rule = int(tables.rules.counts_as[rule])
    place = np.flatnonzero(tables.act_rule_list == rule)
    return set((np.searchsorted(tables.act_rules, place, side="right") - 1).tolist())


def _reads(rule: int, source: int, tables: SchemeTables, conduct: ConductTables) -> bool:
    """Whether what a source files is booked under exactly this row."""
    base = int(tables.rules.counts_as[rule])
    row = tables.rules[base]
    read = int(row.sources) & int(tables.schemes.sources[row.scheme])
    if not read >> int(conduct.sources.bit[source]) & 1:
        return False
    return len(tables.filed_as) == 0 or int(tables.filed_as[base, source]) == rule


def amount_counted(
    word: int, tables: SchemeTables, conduct: ConductTables, derived: Derived
) -> int | None:
    """The amount by which a record counts, in the unit of its rule's (first) act; None: no amounts.
    """
    rule = int(derived.parent[rule_of(word)])
    if tables.rules.kind[rule] != t.ON_ACT:
        return None
    act = conduct.acts[tables.rules.on[rule]]
    count = int(act.amount_count)
    if count == 0:
        return None
    return int(conduct.amounts.value[act.first_amount + min(amount_of(word), count - 1)])
