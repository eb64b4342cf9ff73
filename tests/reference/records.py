"""Structuring, plainly: what a person's list of live records is and how it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scoredsociety.conduct.tables import ConductTables
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables

FALSE, MISATTRIBUTED, SPILLED, DOUBLED, CORRECTED, STALE = 1, 2, 4, 8, 16, 32
MOST_RECORDS = 60


@dataclass(frozen=True, order=True)
class Record:
    """A live record; in this order records stand in the list."""

    rule: int
    month: int  # from the origin
    flags: int
    amount: int  # class

    @property
    def word(self) -> int:
        """As the state keeps it."""
        return self.rule << 22 | self.month << 10 | self.flags << 4 | self.amount


def record_of(word: int) -> Record:
    """The record of a word."""
    return Record(word >> 22, word >> 10 & 4095, word >> 4 & 63, word & 15)


def end_of(record: Record, schemes: SchemeTables) -> float:
    """First month in which it is over."""
    memory = int(schemes.rules.memory[record.rule])
    return float("inf") if memory >= t.FOREVER else record.month + memory


def counts(record: Record, now: int, schemes: SchemeTables) -> bool:
    """Booked by now and not over."""
    return record.month <= now < end_of(record, schemes)


def insert(records: list[Record], record: Record, schemes: SchemeTables) -> None:
    """Keep the list sorted; a full one first loses the record next to expire.

    Of records that never expire the oldest goes.
    """
    if len(records) >= MOST_RECORDS:
        never = float("inf")

        def next_to_go(held: Record) -> tuple[float, int, Record]:
            end = end_of(held, schemes)
            return end, held.month if end == never else 0, held

        records.remove(min(records, key=next_to_go))
    records.append(record)
    records.sort()


def same(one: int, other: int, schemes: SchemeTables) -> bool:
    """Whether two rules are one, whatever the weight of the sources."""
    return int(schemes.rules.counts_as[one]) == int(schemes.rules.counts_as[other])


def year_of(record: Record, origin: int) -> int:
    """Calendar year in which a record is booked; ``origin`` is the absolute month of the first."""
    return (record.month + origin) // 12


def starts_anew(rule: int, schemes: SchemeTables) -> bool:
    """Whether the rule's scheme starts anew each year."""
    return bool(schemes.schemes.yearly_start[schemes.rules.scheme[rule]])


def in_order(record: Record) -> tuple[int, int, int]:
    """Which of two records comes first: by month, then rule, then amount class."""
    return record.month, record.rule, record.amount


def repeats(later: Record, earlier: Record, origin: int, schemes: SchemeTables) -> bool:
    """Whether ``earlier``, of the same rule, counts in the month in which ``later`` is booked."""
    if not schemes.rules.doubles[later.rule] or not same(later.rule, earlier.rule, schemes):
        return False
    if starts_anew(later.rule, schemes) and year_of(later, origin) != year_of(earlier, origin):
        return False
    return counts(earlier, later.month, schemes)


def shares_year(later: Record, earlier: Record, origin: int, schemes: SchemeTables) -> bool:
    """Whether both use up one cap or the brackets of one year."""
    if year_of(later, origin) != year_of(earlier, origin):
        return False
    one, other = schemes.rules[later.rule], schemes.rules[earlier.rule]
    capped = one.cap >= 0 and one.cap == other.cap
    yearly = one.bracket_of == t.BRACKET_OF_YEAR and one.counts_as == other.counts_as
    return bool(capped or yearly)


def rests(later: Record, earlier: Record, origin: int, schemes: SchemeTables) -> bool:
    """Whether what ``later`` carries depends on ``earlier``."""
    return in_order(earlier) < in_order(later) and (
        repeats(later, earlier, origin, schemes) or shares_year(later, earlier, origin, schemes)
    )


def is_repeat(
    place: int, records: Sequence[Record], origin: int, schemes: SchemeTables
) -> bool:
    """Whether a record counts twice, since an earlier one of its rule was valid."""
    record = records[place]
    return any(
        (*in_order(held), other) < (*in_order(record), place)
        and repeats(record, held, origin, schemes)
        for other, held in enumerate(records)
    )


def amount_of(act: int, amount: int, conduct: ConductTables) -> int:
    """Value of an amount class in the act's unit; 1 where the act has no amounts."""
    first, count = conduct.acts.first_amount[act], conduct.acts.amount_count[act]
    return int(conduct.amounts.value[first + min(amount, count - 1)]) if count else 1


def in_force(rule: int, month: int, schemes: SchemeTables) -> bool:
    """Whether a rule books in an absolute month."""
    row = schemes.rules[rule]
    return bool(row.from_month <= month < row.until_month)


def fits(rule: int, traits: list[int], schemes: SchemeTables) -> bool:
    """Whether a rule holds for somebody with these traits."""
    row = schemes.rules[rule]
    if row.if_trait < 0:
        return True
    return bool(row.if_min <= traits[row.if_trait] <= row.if_max)


def rules_for(
    act: int, amount: int, source: int, month: int, traits: list[int], taken: set[int],
    subject_of: set[int], conduct: ConductTables, schemes: SchemeTables,
) -> list[int]:  # fmt: skip
    """Rules under which a source's report of an act is booked, in table order.

    ``taken``: rules that an earlier source of the same act has fed; they, and the rest of their
    heaviest groups, take no second report.
    """
    value = amount_of(act, amount, conduct)
    kind = int(conduct.sources.bit[source])
    closed = {
        (int(schemes.rules.scheme[r]), int(schemes.rules.heaviest_of[r])) for r in taken
    }
    holding = []
    for rule in schemes.act_rule_list[schemes.act_rules[act] : schemes.act_rules[act + 1]]:
        row = schemes.rules[rule]
        scheme = int(row.scheme)
        reads = int(row.sources) & int(schemes.schemes.sources[scheme])
        if (
            scheme in subject_of
            and in_force(rule, month, schemes)
            and reads >> kind & 1
            and row.amount_min <= value <= row.amount_max
            and fits(rule, traits, schemes)
        ):
            holding.append(int(rule))
    heaviest: dict[tuple[int, int], int] = {}
    for rule in holding:
        row = schemes.rules[rule]
        group = (int(row.scheme), int(row.heaviest_of))
        best = heaviest.get(group)
        if best is None or (-row.weight, rule) < (-schemes.rules.weight[best], best):
            heaviest[group] = rule
    found = []
    for rule in holding:
        group = (int(schemes.rules.scheme[rule]), int(schemes.rules.heaviest_of[rule]))
        alone = group[1] < 0
        if rule not in taken and (alone or (group not in closed and heaviest[group] == rule)):
            found.append(rule)
    return found


def correct(records: list[Record], act: int, now: int, schemes: SchemeTables) -> None:
    """Turn every record that ``act`` corrects, and that counts now, into its residue."""
    for record in list(records):
        row = schemes.rules[record.rule]
        if row.corrected_by != act or not counts(record, now, schemes):
            continue
        records.remove(record)
        if row.residue >= 0:
            flags = record.flags & ~DOUBLED | CORRECTED
            if not record.flags & FALSE:
                flags &= ~STALE
            insert(records, Record(int(row.residue), now, flags, 0), schemes)


def leave_stale(
    records: list[Record], act: int, now: int, schemes: SchemeTables, ahead: bool = False
) -> bool:
    """Mark every record that ``act`` would have corrected; whether there was one.

    A false record stays what it is. ``ahead``: only those that are booked later than now.
    """
    left = [
        record
        for record in records
        if schemes.rules.corrected_by[record.rule] == act
        and now < end_of(record, schemes)
        and (record.month > now or not ahead)
        and not record.flags & (STALE | FALSE)
    ]
    for record in left:
        records.remove(record)
        records.append(replace(record, flags=record.flags | STALE))
    records.sort()
    return bool(left)


def stand(records: list[Record], rule: int, member: bool, now: int, schemes: SchemeTables) -> None:
    """A rule that follows a list or grade: booked at entry, gone (but for a residue) at exit.

    One that stays ends with its memory only.
    """
    standing = [one for one in records if one.rule == rule and counts(one, now, schemes)]
    if member and not standing:
        insert(records, Record(rule, now, 0, 0), schemes)
    if not member and standing and not schemes.rules.stays[rule]:
        records.remove(standing[-1])
        residue = int(schemes.rules.residue[rule])
        if residue >= 0:
            insert(records, Record(residue, now, CORRECTED, 0), schemes)


def uses_up(record: Record, now: int, origin: int, schemes: SchemeTables) -> bool:
    """Whether it has a part of a cap or of brackets of a year that is not over."""
    row = schemes.rules[record.rule]
    yearly = row.cap >= 0 or row.bracket_of == t.BRACKET_OF_YEAR
    return bool(yearly and year_of(record, origin) >= (now + origin) // 12)


def forget(records: list[Record], now: int, origin: int, schemes: SchemeTables) -> None:
    """Drop what is over, unless a record that is not over rests on it, or one may of its year.

    A scheme that starts anew each year drops whatever it booked before it.
    """
    records[:] = [
        one for one in records
        if not starts_anew(one.rule, schemes) or year_of(one, origin) >= (now + origin) // 12
    ]  # fmt: skip
    standing = [record for record in records if now < end_of(record, schemes)]
    records[:] = [
        one for one in records
        if now < end_of(one, schemes) or uses_up(one, now, origin, schemes)
        or any(rests(x, one, origin, schemes) for x in standing)
    ]  # fmt: skip
