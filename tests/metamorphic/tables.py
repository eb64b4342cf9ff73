"""Random worlds said otherwise: the same tables with their rows in another order, or one more."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scoredsociety.engine.inputs import Inputs
from scoredsociety.fixed import Ints
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables


def every_version(inputs: Inputs, change: object) -> Inputs:
    """The world with each version of its schemes changed."""
    assert callable(change)
    return inputs._replace(schemes=tuple((month, change(one)) for month, one in inputs.schemes))


def moved(values: Ints, to: Ints) -> Ints:
    """Links to rows, after the rows have moved; -1 leads nowhere still."""
    return np.where(values >= 0, to[values], -1)


def with_rules_in_order(tables: SchemeTables, order: Sequence[int]) -> SchemeTables:
    """The rules in another order: row ``order[k]`` becomes row ``k``."""
    to = np.empty(len(order), dtype=np.int64)
    to[list(order)] = np.arange(len(order))
    rules = tables.rules[list(order)].copy()
    for column in (rules.residue, rules.spill, rules.counts_as):  # what names another rule
        column[:] = moved(column, to)
    others = tables.others.copy()
    others.rule[:] = moved(others.rule, to)
    filed = tables.filed_as
    if filed.size:
        filed = moved(filed[list(order)], to)
    entries = [
        np.sort(to[tables.act_rule_list[first:last]])
        for first, last in zip(tables.act_rules[:-1], tables.act_rules[1:], strict=True)
    ]
    return tables._replace(
        rules=rules, others=others, filed_as=filed,
        act_rule_list=np.concatenate([*entries, np.zeros(0, dtype=np.int64)]),
    )  # fmt: skip


def with_schemes_in_order(tables: SchemeTables, order: Sequence[int]) -> SchemeTables:
    """The schemes in another order: scheme ``order[k]`` becomes scheme ``k``; rules stay."""
    to = np.empty(len(order), dtype=np.int64)
    to[list(order)] = np.arange(len(order))
    changed = {
        "schemes": tables.schemes[list(order)].copy(), "rules": tables.rules.copy(),
        "grades": tables.grades.copy(), "components": tables.components.copy(),
        "consequences": tables.consequences.copy(), "ratings": tables.ratings.copy(),
        "ranks": tables.ranks.copy(),
    }  # fmt: skip
    for name, rows in changed.items():
        if name != "schemes":
            rows.scheme[:] = to[rows.scheme]
    rules = changed["rules"]
    follows = (rules.kind == t.ON_GRADE) & (rules.on >= 0)
    on = rules.on[follows]
    rules.on[follows] = to[on >> 4] * 16 + (on & 15)
    return tables._replace(**changed)


def with_idle_rule(tables: SchemeTables, act: int = 0) -> SchemeTables:
    """One more rule, the last: on an act, heavy, and in force in no month."""
    like = next((row for row in tables.rules if row.kind == t.ON_ACT), tables.rules[0])
    row = like.copy()
    for column in ("heaviest_of", "residue", "spill", "cap", "component", "grade",
                   "corrected_by"):  # fmt: skip
        row[column] = -1
    row.kind, row.on, row.points = t.ON_ACT, act, -30_000
    row.from_month = row.until_month = 0
    row.other_count, row.counts_as = 0, len(tables.rules)
    place = int(tables.act_rules[act + 1])
    first = tables.act_rules.copy()
    first[act + 1 :] += 1
    filed = tables.filed_as
    if filed.size:
        filed = np.vstack([filed, np.full((1, filed.shape[1]), len(tables.rules))])
    return tables._replace(
        rules=t.RuleColumns.of([*tables.rules, row]), act_rules=first, filed_as=filed,
        act_rule_list=np.insert(tables.act_rule_list, place, len(tables.rules)),
    )  # fmt: skip


def grades_by_points_alone(tables: SchemeTables) -> SchemeTables:
    """Without grades by rank and rules that lead straight to a grade."""
    rules, grades = tables.rules.copy(), tables.grades.copy()
    rules.grade[:] = -1
    for head in tables.schemes:
        first, count = head.first_grade, head.grade_count
        for place in range(1, count):
            row = grades[first + place]
            if row.ranked_by != t.BY_POINTS:
                row.begins = head.low + place * (head.high - head.low) // count
        for column in (grades.ranked_by, grades.takes, grades.within, grades.first_edge):
            column[first : first + count] = 0
    return tables._replace(rules=rules, grades=grades)


def asking(tables: SchemeTables, *, scores: bool) -> SchemeTables:
    """Every consequence asks for the grades that it asked for, or for the scores of those grades.

    One that asked for no grade asks for the highest; what it asks of scores besides goes.
    """
    rows = tables.consequences.copy()
    for row in rows:
        if row.grade_min > row.grade_max:
            continue  # not in force
        head = tables.schemes[row.scheme]
        first, top = head.first_grade, head.grade_count - 1
        low, high = min(row.grade_min, top), min(row.grade_max, top)
        low, high = (top, top) if low < 0 else (low, high)
        row.score_min, row.score_max = -(1 << 31), (1 << 31) - 1
        row.grade_min, row.grade_max = low, high
        if scores and (low, high) != (0, top):
            row.grade_min = row.grade_max = -1
            if low > 0:
                row.score_min = tables.grades.begins[first + low]
            if high < top:
                row.score_max = tables.grades.begins[first + high + 1] - 1
    return tables._replace(consequences=rows)


def untied(tables: SchemeTables) -> SchemeTables:
    """Without what ties records of a rule to one another or makes rules of an act rivals."""
    rules = tables.rules.copy()
    rules.doubles[:] = 0
    rules.cap[:] = rules.heaviest_of[:] = -1
    rules.bracket_of[:] = np.minimum(rules.bracket_of, t.BRACKET_OF_RECORD)
    return tables._replace(rules=rules)


def rules_to_split(tables: SchemeTables) -> list[int]:
    """The rules on two acts."""
    entries = np.bincount(tables.act_rule_list, minlength=len(tables.rules))
    two = (entries == 2) & (tables.rules.kind == t.ON_ACT)
    return [int(rule) for rule in np.flatnonzero(two)]


def with_split_rules(tables: SchemeTables) -> SchemeTables:
    """Every rule on two acts as one for each, in order behind all others."""
    for rule in rules_to_split(tables):
        tables = with_split_rule(tables, rule)
    return tables


def with_split_rule(tables: SchemeTables, rule: int) -> SchemeTables:
    """A rule on two acts as one for each: the new one is the last and stands under the second.

    What the amounts of an act are worth goes by the rule's first act, so both keep it.
    """
    new = len(tables.rules)
    row = tables.rules[rule].copy()
    row.counts_as = new
    entries = tables.act_rule_list.copy()
    entries[np.flatnonzero(entries == rule)[-1]] = new
    for first, last in zip(tables.act_rules[:-1], tables.act_rules[1:], strict=True):
        entries[first:last].sort()
    filed = tables.filed_as
    if filed.size:
        own = np.where(filed[rule] == rule, new, filed[rule])
        filed = np.vstack([filed, own])
    return tables._replace(
        rules=t.RuleColumns.of([*tables.rules, row]), act_rule_list=entries, filed_as=filed
    )
