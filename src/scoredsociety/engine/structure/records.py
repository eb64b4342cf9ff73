"""Structuring: records become live entries under rules (S3-31, S3-34).

A person's records are a short sorted list of integers. Booking decides what the moment decides
(under which rule); what a record counts for, and whether it counts twice, is worked out from the
list (engine/structure/dependent_records.py, engine/score/scoring.py).
"""

from __future__ import annotations

from typing import NamedTuple

from scoredsociety.conduct.tables import ConductTables
from scoredsociety.engine.layout import (
    CORRECTED,
    DOUBLED,
    FALSE,
    SPILLED,
    STALE,
    flagged,
    flags_of,
    month_of,
    pack,
    rule_of,
)
from scoredsociety.engine.state import MOST_RECORDS
from scoredsociety.fixed import Ints
from scoredsociety.kernel import apart, inner, int64
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables


class Filing(NamedTuple):
    """What a source files of an act."""

    act: int
    amount_class: int
    source: int
    flags: int
    month: int  # absolute, in which the rules must be in force
    at: int  # from the origin, in which it is booked: later where it comes late


class File(NamedTuple):
    """Where an act is booked."""

    records: Ints
    booked: Ints  # (rules,) 1 where the act has been booked under the rule
    spill: Ints  # (n, 4) what goes to others: rule, amount class, flags, to whom


@inner
def ends(word: int, scheme: SchemeTables) -> int:
    """First month, from the origin, in which the record is no longer kept (a large one: never)."""
    memory = scheme.rules.memory[rule_of(word)]
    return month_of(word) + (1 << 20 if memory >= t.FOREVER else memory)


@inner
def counts_at(word: int, now: int, scheme: SchemeTables) -> bool:
    """Whether the record counts in month ``now`` (from the origin)."""
    return month_of(word) <= now and now < ends(word, scheme)


@apart
def insert(records: Ints, n: int, word: int, scheme: SchemeTables) -> int:
    """Insert a record in order; a full list first loses the record next to end."""
    if n >= MOST_RECORDS:
        out = 0
        for place in range(1, n):
            if ends(records[place], scheme) < ends(records[out], scheme):
                out = place
        n = take_out(records, n, out)
    place = n
    while place > 0 and records[place - 1] > word:
        records[place] = records[place - 1]
        place -= 1
    records[place] = word
    return n + 1


@inner
def take_out(records: Ints, n: int, place: int) -> int:
    """Remove the record at ``place``."""
    for later in range(place, n - 1):
        records[later] = records[later + 1]
    return n - 1


@apart
def add_record(
    records: Ints, n: int, rule: int, at: int, flags: int, amount: int, scheme: SchemeTables
) -> int:
    """Book a record in month ``at``."""
    return insert(records, n, pack(rule, at, flags, amount), scheme)


@inner
def in_force(rule: int, month: int, scheme: SchemeTables) -> bool:
    """Whether a rule is in force in an absolute month."""
    return scheme.rules.from_month[rule] <= month < scheme.rules.until_month[rule]


@inner
def fits(rule: int, traits: Ints, scheme: SchemeTables) -> bool:
    """Whether a rule holds for somebody with these traits."""
    trait = scheme.rules.if_trait[rule]
    if trait < 0:
        return True
    return scheme.rules.if_min[rule] <= traits[trait] <= scheme.rules.if_max[rule]


@inner
def holds(rule: int, amount: int, source_kind: int, month: int, traits: Ints,
          scheme: SchemeTables) -> bool:  # fmt: skip
    """Whether a rule is in force, reads the source, and fits the amount and the person."""
    rules = scheme.rules
    if not in_force(rule, month, scheme):
        return False
    of_scheme = scheme.schemes.sources[rules.scheme[rule]]
    if not ((rules.sources[rule] & of_scheme) >> source_kind) & 1:
        return False
    if amount < rules.amount_min[rule] or amount > rules.amount_max[rule]:
        return False
    return fits(rule, traits, scheme)


@inner
def is_heaviest(
    rule: int, act: int, amount: int, source_kind: int, month: int, traits: Ints, booked: Ints,
    scheme: SchemeTables,
) -> bool:  # fmt: skip
    """One act, several rules: only the heaviest of a group counts (O-R0).

    A group of which an earlier source of the act was booked takes no second record.
    """
    rules = scheme.rules
    group = rules.heaviest_of[rule]
    if group < 0:
        return True
    for entry in range(scheme.act_rules[act], scheme.act_rules[act + 1]):
        other = scheme.act_rule_list[entry]
        if (
            other != rule
            and rules.heaviest_of[other] == group
            and rules.scheme[other] == rules.scheme[rule]
            and (booked[other] or holds(other, amount, source_kind, month, traits, scheme))
        ):
            if booked[other]:
                return False
            rank, mine = rules.weight[other], rules.weight[rule]
            if rank > mine or (rank == mine and other < rule):
                return False
    return True


@inner
def amount_value(act: int, amount_class: int, conduct: ConductTables) -> int:
    """The amount of a class in the act's unit (1 where the act has no amounts)."""
    if conduct.acts.amount_count[act] == 0:
        return int64(1)
    # a rule of several acts goes by the amounts of the first, which may have fewer classes
    place = min(amount_class, conduct.acts.amount_count[act] - 1)
    return int64(conduct.amounts.value[conduct.acts.first_amount[act] + place])


@apart
def book_act(
    filing: Filing, file: File, n: int, traits: Ints, subject_of: int, conduct: ConductTables,
    scheme: SchemeTables, spills: int,
) -> tuple[int, int]:  # fmt: skip
    """Book a record of an act under every rule that it falls under; collect what spills over.

    ``subject_of``: bit a scheme that the person is a subject of. ``file.booked[rule]`` is set so
    that a second source of the same act does not repeat it. A source that a scheme trusts less
    files under a rule that stands for the rule, with less weight. Returns (records, spills); a
    spill is (rule, amount class, flags, to whom).
    """
    act, source, booked = filing.act, filing.source, file.booked
    amount = amount_value(act, filing.amount_class, conduct)
    kind = conduct.sources.bit[source]
    first, last = scheme.act_rules[act], scheme.act_rules[act + 1]
    for entry in range(first, last):
        rule = scheme.act_rule_list[entry]
        if booked[rule] or not (subject_of >> scheme.rules.scheme[rule]) & 1:
            continue
        if not holds(rule, amount, kind, filing.month, traits, scheme):
            continue
        if not is_heaviest(rule, act, amount, kind, filing.month, traits, booked, scheme):
            continue
        booked[rule] = 1
        filed = rule
        if scheme.filed_as.shape[0] > 0:
            filed = scheme.filed_as[rule, source]
        n = add_record(
            file.records, n, filed, filing.at, filing.flags, filing.amount_class, scheme
        )
        other = scheme.rules.spill[filed]
        if other >= 0:
            spills = spill_over(
                file.spill, spills, other, filing.amount_class, filing.flags,
                scheme.rules.spill_to[filed],
            )  # fmt: skip
        first_other = scheme.rules.first_other[filed]
        for row in range(first_other, first_other + scheme.rules.other_count[filed]):
            spills = spill_over(
                file.spill, spills, scheme.others.rule[row], 0, filing.flags,
                scheme.others.to[row],
            )  # fmt: skip
    return n, spills


@inner
def spill_over(
    spill: Ints, spills: int, rule: int, amount_class: int, flags: int, to: int
) -> int:
    """Note what is booked to somebody else; the number noted (what has no room is left)."""
    if spills >= spill.shape[0]:
        return spills
    spill[spills, 0] = rule
    spill[spills, 1] = amount_class
    spill[spills, 2] = flags | SPILLED
    spill[spills, 3] = to
    return spills + 1


@inner
def correct(records: Ints, n: int, act: int, now: int, scheme: SchemeTables) -> int:
    """A correcting act (a debt paid, a promise given) turns records into their residue.

    It corrects what counts now. What is booked later, since it comes late, is left to
    ``leave_stale``; what is over and only rested on stays.
    """
    place = 0
    while place < n:
        word = records[place]
        rule = rule_of(word)
        if scheme.rules.corrected_by[rule] != act or not counts_at(word, now, scheme):
            place += 1
            continue
        n = take_out(records, n, place)
        residue = scheme.rules.residue[rule]
        if residue >= 0:
            left = flags_of(word) & ~DOUBLED | CORRECTED
            if not left & FALSE:
                left &= ~STALE  # brought up to date after all
            n = insert(records, n, pack(residue, now, left, 0), scheme)
            place = 0  # the list has moved; a residue is never corrected by the same act
    return n


@inner
def leave_stale(
    records: Ints, n: int, act: int, now: int, ahead: bool, scheme: SchemeTables
) -> tuple[int, int]:
    """Mark STALE what stays although ``act`` has ended it; a false record stays what it is.

    All of it, where the act was not brought up to date; with ``ahead`` only what is booked later
    than now: an exit that came before the late listing of what it ends. Returns (records, how
    many were marked).
    """
    place, left = 0, 0
    while place < n:
        word = records[place]
        rule, flags = rule_of(word), flags_of(word)
        ended = scheme.rules.corrected_by[rule] == act and now < ends(word, scheme)
        if not ended or flags & (STALE | FALSE) or (ahead and month_of(word) <= now):
            place += 1
            continue
        n = take_out(records, n, place)
        n = insert(records, n, flagged(word, STALE), scheme)
        left += 1
        place = 0  # the list has moved; what is marked is passed over
    return n, left


@inner
def stand(records: Ints, n: int, rule: int, member: bool, now: int, scheme: SchemeTables) -> int:
    """A rule that follows a list or grade: booked at entry, ended at exit.

    A rule that stays runs its term first, and begins another where the person is still there.
    """
    place = 0
    found = -1
    while place < n:
        if rule_of(records[place]) == rule and counts_at(records[place], now, scheme):
            found = place
        place += 1
    if member and found < 0:
        return add_record(records, n, rule, now, 0, 0, scheme)
    if not member and found >= 0 and not scheme.rules.stays[rule]:
        n = take_out(records, n, found)
        residue = scheme.rules.residue[rule]
        if residue >= 0:
            n = insert(records, n, pack(residue, now, CORRECTED, 0), scheme)
    return n
