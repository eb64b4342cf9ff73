"""Scoring, plainly: what a person's records, traits and ties come to under one scheme."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.reference.records import (
    DOUBLED,
    Record,
    amount_of,
    counts,
    fits,
    in_force,
    in_order,
    is_repeat,
    same,
)

from scoredsociety.conduct.tables import ConductTables
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import RuleColumns, SchemeTables

UNIT = 1 << 16


@dataclass(frozen=True)
class Scored:
    """What a scheme says of a person."""

    score: int  # centipoints
    grade: int
    own: int  # Q16, the components without peers
    entries: int  # sum of what was added to the start, rounding and clamping included


@dataclass(frozen=True)
class Case:
    """Everything that scoring one person may look at."""

    scheme: int
    records: Sequence[Record]
    now: int
    month: int
    origin: int
    traits: list[int]
    violations: Callable[[int, int], int]  # (gravity, layers) -> ties with one as grave
    mean_of_ties: Callable[[bool, int], int | None]  # (own parts, layers) -> Q16
    begins: Callable[[int], int]  # (grade row) -> centipoints, where the person lives
    schemes: SchemeTables
    conduct: ConductTables

    def year(self, record: Record) -> int:
        """Calendar year in which a record is booked."""
        return (record.month + self.origin) // 12


def parent_of(rule: int, schemes: SchemeTables) -> int:
    """The rule that a residue or a spilled rule stems from, or itself."""
    if schemes.rules.kind[rule] == t.WEIGHED:
        return parent_of(int(schemes.rules.counts_as[rule]), schemes)
    before = _stems(schemes.rules).get(rule, rule)
    return rule if before == rule else parent_of(before, schemes)


def _stems(rules: RuleColumns) -> dict[int, int]:
    """The first other rule that leaves or spills each rule, of the rules last asked for."""
    if _LAST[0][0] is not rules:
        found: dict[int, int] = {}
        both = zip(rules.residue, rules.spill, strict=True)
        for other, row in reversed(list(enumerate(both))):
            found |= {rule: other for rule in row if rule != other}
        _LAST[0] = rules, found
    return _LAST[0][1]


_LAST: list[tuple[RuleColumns | None, dict[int, int]]] = [(None, {})]


def protected(rule: int, schemes: SchemeTables, conduct: ConductTables) -> bool:
    """Whether a right protects the act behind a rule."""
    row = schemes.rules[parent_of(rule, schemes)]
    return bool(row.kind == t.ON_ACT and conduct.acts.protected[row.on])


def _amount(record: Record, case: Case) -> int:
    row = case.schemes.rules[parent_of(record.rule, case.schemes)]
    if row.kind != t.ON_ACT:
        return 1
    return amount_of(int(row.on), record.amount, case.conduct)


def _bracket(amount: int, rule: int, schemes: SchemeTables) -> int:
    first, count = schemes.rules.first_bracket[rule], schemes.rules.bracket_count[rule]
    reached = [int(p) for start, p in schemes.brackets[first : first + count] if amount >= start]
    return reached[-1] if reached else 0


def points_of(place: int, case: Case) -> int:
    """Centipoints of a record before caps and suspension."""
    record = case.records[place]
    row = case.schemes.rules[record.rule]
    amount = _amount(record, case)
    if row.bracket_of == t.BRACKET_OF_RECORD:
        points = _bracket(amount, record.rule, case.schemes)
    elif row.bracket_of == t.BRACKET_OF_YEAR:
        before = sum(
            _amount(held, case)
            for held in earlier(place, case)
            if same(held.rule, record.rule, case.schemes) and case.year(held) == case.year(record)
        )
        points = _bracket(before + amount, record.rule, case.schemes)
        points -= _bracket(before, record.rule, case.schemes)
    else:
        points = int(row.points) * (amount if row.per_amount else 1)
    return 2 * points if twice(place, case) else points


def earlier(place: int, case: Case) -> list[Record]:
    """Records that come before one, whatever the rule."""
    here = (*in_order(case.records[place]), place)
    return [r for p, r in enumerate(case.records) if (*in_order(r), p) < here]


def twice(place: int, case: Case) -> bool:
    """Whether a record counts twice: a repeat, or a rating by somebody whose counts twice."""
    marked = bool(case.records[place].flags & DOUBLED)
    return marked or is_repeat(place, case.records, case.origin, case.schemes)


def _live(case: Case) -> list[int]:
    """Places of the scheme's records that count now."""
    return [
        place
        for place, record in enumerate(case.records)
        if case.schemes.rules.scheme[record.rule] == case.scheme
        and counts(record, case.now, case.schemes)
    ]


def direct_grade(case: Case) -> int | None:
    """The lowest grade that a live record brings at once."""
    found = [int(case.schemes.rules.grade[case.records[p].rule]) for p in _live(case)]
    return min((grade for grade in found if grade >= 0), default=None)


def from_records(case: Case, direct: int | None) -> int:
    """Centipoints of all records that feed no component."""
    rules = case.schemes.rules
    live, total = _live(case), 0
    used: dict[tuple[int, int], int] = {}  # of each cap in each year
    places = sorted(range(len(case.records)), key=lambda p: (*in_order(case.records[p]), p))
    for place in places:
        record = case.records[place]
        row = rules[record.rule]
        suspended = direct is not None and row.suspended
        if row.scheme != case.scheme or row.component >= 0 or suspended:
            continue
        if record.month > case.now:
            continue
        points, cap = points_of(place, case), int(row.cap)
        if cap >= 0:  # what is over has used its part of the year's cap up
            key = (cap, case.year(record))
            before = used.get(key, 0)
            used[key] = before + points
            limit = int(case.schemes.caps.points[cap])
            within = min if limit >= 0 else max
            points = within(before + points, limit) - within(before, limit)
        total += points if place in live else 0
    return total


def from_rules(case: Case) -> int:
    """Centipoints of rules on traits and on ties."""
    total = 0
    for rule, row in enumerate(case.schemes.rules):
        if row.scheme != case.scheme or not in_force(rule, case.month, case.schemes):
            continue
        if not fits(rule, case.traits, case.schemes):
            continue
        if row.kind == t.ON_TRAIT:
            if row.seen_trait >= 0 and case.traits[row.seen_trait] == 0:
                total += int(row.missing)
            else:
                value = min(case.traits[row.on], int(row.value_count) - 1)
                total += int(case.schemes.values[row.first_value + value])
        elif row.kind == t.PEERS_RECORD:
            ties = case.violations(int(row.amount_min), int(row.layers))
            total += int(row.points) * min(ties, int(row.amount_max))
    return total


def _fed(component: int, case: Case) -> int:
    total = 0
    for place in _live_everywhere(case):
        record = case.records[place]
        row = case.schemes.rules[record.rule]
        if row.component == component:
            total += int(row.points) * (2 if twice(place, case) else 1)
    return total


def _live_everywhere(case: Case) -> list[int]:
    return [p for p, r in enumerate(case.records) if counts(r, case.now, case.schemes)]


def _missing(component: int, case: Case) -> int | None:
    row = case.schemes.components[component]
    seen = int(row.seen_trait)
    return int(row.missing) if seen >= 0 and case.traits[seen] == 0 else None


def value_of(component: int, case: Case) -> int:
    """Q16 value of a component that does not look at ties."""
    missing = _missing(component, case)
    if missing is not None:
        return missing
    row = case.schemes.components[component]
    if row.kind == t.CONSTANT:
        return int(row.value)
    if row.kind == t.TABLE:
        trait = case.traits[row.trait]
        return int(case.schemes.values[row.first_value + min(trait, row.value_count - 1)])
    fed = _fed(component, case)
    if row.kind == t.RECORDS:
        return min(max(int(row.value) + fed, 0), UNIT)
    years = case.traits[row.trait]
    months = min(years * 12 + case.now, int(row.window)) if years > 0 else 0
    seen, late = months * UNIT, min(max(-fed, 0), months * UNIT)
    if int(row.prior_all) + seen == 0:
        return 0
    return (int(row.prior_good) + seen - late) * UNIT // (int(row.prior_all) + seen)


def from_components(case: Case) -> tuple[int, int]:
    """Centipoints of the weighted components, and the Q16 value of those without ties."""
    head = case.schemes.schemes[case.scheme]
    span = int(head.high - head.low)
    first, count = int(head.first_component), int(head.component_count)
    places = range(first, first + count)
    kinds = {k: int(case.schemes.components.kind[k]) for k in places}
    weight = {k: int(case.schemes.components.weight[k]) for k in places}
    value = {k: value_of(k, case) for k in places if kinds[k] != t.PEERS}
    weights = sum(weight[k] for k in value)
    own = sum(weight[k] * value[k] for k in value) // weights if weights else 0
    for k in places:
        if kinds[k] == t.PEERS:
            value[k] = _of_ties(k, own, case)
    return sum(span * weight[k] * value[k] // (UNIT * UNIT) for k in places), own


def _of_ties(component: int, own: int, case: Case) -> int:
    missing = _missing(component, case)
    if missing is not None:
        return missing
    row = case.schemes.components[component]
    mean = case.mean_of_ties(row.peers_of == 1, int(row.layers))
    if mean is None:
        mean = (0, own, int(row.value))[row.peers_none]
    return min(mean, own) if row.down_only else mean


def score(case: Case) -> Scored:
    """Score and grade of a subject."""
    head = case.schemes.schemes[case.scheme]
    direct = direct_grade(case)
    start = int(head.start)
    total = start + from_records(case, direct) + from_rules(case)
    own = 0
    if head.kind == t.WEIGHTED:
        parts, own = from_components(case)
        total += parts
    rounded = total - total % int(head.rounded_to)
    points = min(max(rounded, int(head.low)), int(head.high))
    first, count = head.first_grade, head.grade_count
    froms = [case.begins(row) for row in range(first, first + count)]
    grade = max([0, *(place for place, start in enumerate(froms) if points >= start)])
    return Scored(points, grade if direct is None else min(grade, direct), own, points - start)


def lists_of(case: Case) -> set[int]:
    """List bits that live records of the scheme set."""
    bits = {int(case.schemes.rules.list_bit[case.records[p].rule]) for p in _live(case)}
    return bits - {-1}
