"""Scoring: what the live records and observed attributes come to (S3-31, S3-39).

Points schemes keep a flow ledger (start + what each record carries = score), weighted schemes a
composition ledger (base + weighted components = score). Both are exact: the same call that
gives the score gives every part of it, so a ledger cannot disagree with what was published.
"""

from __future__ import annotations

from scoredsociety.conduct.tables import ConductTables
from scoredsociety.engine.layout import amount_of, month_of, rule_of
from scoredsociety.engine.rule_index import Derived
from scoredsociety.engine.score.ledger_places import (
    PART_CLAMPED,
    PART_COMPONENTS,
    PART_DIRECT,
    PART_GRADE,
    PART_PEERS,
    PART_RAW,
    PART_ROUNDED,
    PART_TRAITS,
    PART_TWICE,
    Clock,
    Held,
)
from scoredsociety.engine.score.weighted_parts import components
from scoredsociety.engine.structure.dependent_records import comes_before, counts_twice, same_year
from scoredsociety.engine.structure.records import amount_value, counts_at, ends, fits, in_force
from scoredsociety.fixed import Ints
from scoredsociety.kernel import apart, inner, int64
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables


@inner
def bracket(value: int, rule: int, scheme: SchemeTables) -> int:
    """Points of the highest bracket that ``value`` reaches; 0 under the first."""
    first, count = scheme.rules.first_bracket[rule], scheme.rules.bracket_count[rule]
    points = int64(0)
    for row in range(first, first + count):
        if value >= scheme.brackets.begins[row]:
            points = scheme.brackets.points[row]
    return points


@inner
def _amount(word: int, scheme: SchemeTables, conduct: ConductTables, derived: Derived) -> int:
    rule = derived.parent[rule_of(word)]
    if scheme.rules.kind[rule] != t.ON_ACT:
        return int64(1)
    return amount_value(scheme.rules.on[rule], amount_of(word), conduct)


@inner
def carries(
    place: int, records: Ints, n: int, year_offset: int, scheme: SchemeTables,
    conduct: ConductTables, derived: Derived, left_out: Ints,
) -> int:  # fmt: skip
    """Centipoints that record ``place`` carries, before doubling, caps and suspension."""
    word = records[place]
    rule = rule_of(word)
    points = scheme.rules.points[rule]
    mode = scheme.rules.bracket_of[rule]
    if mode == t.BRACKET_OF_RECORD:
        return bracket(_amount(word, scheme, conduct, derived), rule, scheme)
    if mode == t.BRACKET_OF_YEAR:
        before = int64(0)
        for earlier in range(n):
            other = records[earlier]
            if (
                scheme.rules.counts_as[rule_of(other)] == scheme.rules.counts_as[rule]
                and earlier != place
                and not left_out[earlier]
                and same_year(other, word, year_offset)
                and comes_before(other, word, earlier < place)
            ):
                before += _amount(other, scheme, conduct, derived)
        after = before + _amount(word, scheme, conduct, derived)
        return bracket(after, rule, scheme) - bracket(before, rule, scheme)
    if scheme.rules.per_amount[rule]:
        return points * _amount(word, scheme, conduct, derived)
    return int64(points)


@inner
def _cap(records: Ints, n: int, parts: Ints, year_offset: int, scheme: SchemeTables) -> None:
    """Hold the sum of each cap's records in a calendar year within the cap, in their order.

    What is over has used up its part of the year, and carries nothing.
    """
    for place in range(n):
        cap = scheme.rules.cap[rule_of(records[place])]
        if cap < 0 or parts[place] == 0:
            continue
        before = int64(0)  # what earlier records of the year used, uncapped
        for other in range(n):
            if other == place or scheme.rules.cap[rule_of(records[other])] != cap:
                continue
            if not same_year(records[other], records[place], year_offset):
                continue
            if comes_before(records[other], records[place], other < place):
                before += parts[PART_COMPONENTS + other]  # uncapped points, kept there meanwhile
        limit = scheme.caps.points[cap]
        after = before + parts[PART_COMPONENTS + place]
        if limit >= 0:
            parts[place] = min(after, limit) - min(before, limit)
        else:
            parts[place] = max(after, limit) - max(before, limit)


@inner
def direct_grade(
    s: int, records: Ints, n: int, now: int, scheme: SchemeTables, left_out: Ints
) -> int:
    """Lowest grade that a live straight-to-grade record brings; NO_GRADE where there is none."""
    lowest = t.NO_GRADE
    for place in range(n):
        rule = rule_of(records[place])
        grade = scheme.rules.grade[rule]
        if (
            grade >= 0
            and grade < lowest
            and scheme.rules.scheme[rule] == s
            and not left_out[place]
            and counts_at(records[place], now, scheme)
        ):
            lowest = grade
    return lowest


@inner
def _record_parts(
    s: int, held: Held, clock: Clock, direct: int, scheme: SchemeTables, conduct: ConductTables,
    derived: Derived,
) -> int:  # fmt: skip
    """Fill what each record of scheme ``s`` carries; returns their sum."""
    records, n, left_out, parts = held.records, held.many, held.left_out, held.parts
    now, year_offset = clock.now, clock.year_offset
    capped = False
    parts[PART_TWICE] = 0
    for place in range(n):
        word = records[place]
        rule = rule_of(word)
        parts[place] = parts[PART_COMPONENTS + place] = parts[PART_RAW + place] = 0
        if scheme.rules.scheme[rule] != s or left_out[place]:
            continue
        if scheme.rules.component[rule] >= 0 or month_of(word) > now:
            continue
        over = now >= ends(word, scheme)  # kept since another rests on it
        if over and scheme.rules.cap[rule] < 0:
            continue
        points = carries(place, records, n, year_offset, scheme, conduct, derived, left_out)
        parts[PART_RAW + place] = points
        if counts_twice(place, records, n, year_offset, scheme, left_out):
            parts[PART_TWICE] |= int64(1) << place
            points = 2 * points
        if direct != t.NO_GRADE and scheme.rules.suspended[rule]:
            continue  # awards are recorded but do not count meanwhile (O-R0)
        parts[PART_COMPONENTS + place] = points
        if not over:
            parts[place] = points
        capped = capped or scheme.rules.cap[rule] >= 0
    if capped:
        _cap(records, n, parts, year_offset, scheme)
    total = int64(0)
    for place in range(n):
        total += parts[place]
    return total


@inner
def _trait_parts(s: int, traits: Ints, month: int, scheme: SchemeTables, derived: Derived,
                 parts: Ints) -> int:  # fmt: skip
    total = int64(0)
    for place in range(derived.trait_rules.shape[0]):
        rule = derived.trait_rules[place]
        row = scheme.rules[rule]
        parts[PART_TRAITS + place] = 0
        if row.scheme != s or not in_force(rule, month, scheme):
            continue
        if not fits(rule, traits, scheme):
            continue
        if row.seen_trait >= 0 and traits[row.seen_trait] == 0:
            points = row.missing
        else:
            value = min(traits[row.on], row.value_count - 1)
            points = scheme.values[row.first_value + value]
        parts[PART_TRAITS + place] = points
        total += points
    for place in range(derived.peer_rules.shape[0]):
        if scheme.rules.scheme[derived.peer_rules[place]] == s:
            total += parts[PART_PEERS + place]
    return total


@inner
def begins_at(row: int, where: int, scheme: SchemeTables) -> int:
    """Centipoints at which a grade begins for somebody who lives at ``where`` (world.where_is)."""
    within = scheme.grades.within[row]
    if within == t.OF_SOCIETY:
        return int64(scheme.grades.begins[row])
    at = scheme.grades.first_edge[row]
    if within == t.OF_REGION:
        return int64(scheme.edges[at + (where >> 32)])
    return int64(scheme.edges[at + (where & 0xFFFFFFFF)])


@inner
def grade_of(s: int, score: int, direct: int, where: int, scheme: SchemeTables) -> int:
    """Place of the grade within the scheme (0 lowest); 0 where the scheme has no grades."""
    first, count = scheme.schemes.first_grade[s], scheme.schemes.grade_count[s]
    grade = int64(0)
    for place in range(count):
        if score >= begins_at(first + place, where, scheme):
            grade = int64(place)
    return min(grade, direct) if direct != t.NO_GRADE else grade


@apart
def score_person(
    s: int, held: Held, clock: Clock, where: int, traits: Ints, scheme: SchemeTables,
    conduct: ConductTables, derived: Derived,
) -> int:  # fmt: skip
    """Score (centipoints) of a subject of scheme ``s``; ``held.parts`` receives the whole ledger.

    ``where`` the person lives decides among whom ranks are (world.where_is). After the
    call parts[PART_GRADE] is the grade and start + sum of parts = score.
    """
    parts = held.parts
    direct = direct_grade(s, held.records, held.many, clock.now, scheme, held.left_out)
    total = scheme.schemes.start[s]
    total += _record_parts(s, held, clock, direct, scheme, conduct, derived)
    total += _trait_parts(s, traits, clock.month, scheme, derived, parts)
    for place in range(PART_COMPONENTS, PART_ROUNDED + 3):
        parts[place] = 0
    if scheme.schemes.kind[s] == t.WEIGHTED:
        total += components(s, held, clock, traits, scheme)
    rounded = total // scheme.schemes.rounded_to[s] * scheme.schemes.rounded_to[s]
    parts[PART_ROUNDED] = rounded - total
    score = min(max(rounded, scheme.schemes.low[s]), scheme.schemes.high[s])
    parts[PART_CLAMPED] = score - rounded
    parts[PART_DIRECT] = direct
    parts[PART_GRADE] = grade_of(s, score, direct, where, scheme)
    return score
