"""Random worlds said otherwise: the same tables with their rows in another order, or one more."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scoredsociety.engine.inputs import Inputs
from scoredsociety.fixed import Ints
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables

RULE_LINKS = (t.R_RESIDUE, t.R_SPILL, t.R_SAME)  # fields of a rule that name another


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
    for column in RULE_LINKS:
        rules[:, column] = moved(rules[:, column], to)
    others = tables.others.copy()
    others[:, 0] = moved(others[:, 0], to)
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
    owners = {"rules": t.R_SCHEME, "grades": t.G_SCHEME, "components": t.C_SCHEME,
              "consequences": t.K_SCHEME, "ratings": t.T_SCHEME, "ranks": t.N_SCHEME}  # fmt: skip
    for name, column in owners.items():
        changed[name][:, column] = to[changed[name][:, column]]
    rules = changed["rules"]
    follows = (rules[:, t.R_KIND] == t.ON_GRADE) & (rules[:, t.R_ON] >= 0)
    on = rules[follows, t.R_ON]
    rules[follows, t.R_ON] = to[on >> 4] * 16 + (on & 15)
    return tables._replace(**changed)


def with_idle_rule(tables: SchemeTables, act: int = 0) -> SchemeTables:
    """One more rule, the last: on an act, heavy, and in force in no month."""
    like = next((row for row in tables.rules if row[t.R_KIND] == t.ON_ACT), tables.rules[0])
    row = like.copy()
    for column in (t.R_HEAVIEST, t.R_RESIDUE, t.R_SPILL, t.R_CAP, t.R_COMPONENT, t.R_GRADE,
                   t.R_CORRECTED_BY):  # fmt: skip
        row[column] = -1
    row[t.R_KIND], row[t.R_ON], row[t.R_POINTS] = t.ON_ACT, act, -30_000
    row[t.R_FROM] = row[t.R_UNTIL] = 0
    row[t.R_OTHERS_COUNT], row[t.R_SAME] = 0, len(tables.rules)
    place = int(tables.act_rules[act + 1])
    first = tables.act_rules.copy()
    first[act + 1 :] += 1
    filed = tables.filed_as
    if filed.size:
        filed = np.vstack([filed, np.full((1, filed.shape[1]), len(tables.rules))])
    return tables._replace(
        rules=np.vstack([tables.rules, row]), act_rules=first, filed_as=filed,
        act_rule_list=np.insert(tables.act_rule_list, place, len(tables.rules)),
    )  # fmt: skip


def grades_by_points_alone(tables: SchemeTables) -> SchemeTables:
    """Without grades by rank and rules that lead straight to a grade."""
    rules, grades = tables.rules.copy(), tables.grades.copy()
    rules[:, t.R_GRADE] = -1
    for head in tables.schemes:
        first, count = head[t.S_GRADES], head[t.S_GRADE_COUNT]
        for place in range(1, count):
            row = grades[first + place]
            if row[t.G_RANK] != t.BY_POINTS:
                row[t.G_FROM] = head[t.S_LOW] + place * (head[t.S_HIGH] - head[t.S_LOW]) // count
        grades[first : first + count, [t.G_RANK, t.G_SIZE, t.G_WITHIN, t.G_AT]] = 0
    return tables._replace(rules=rules, grades=grades)


def asking(tables: SchemeTables, *, scores: bool) -> SchemeTables:
    """Every consequence asks for the grades that it asked for, or for the scores of those grades.

    One that asked for no grade asks for the highest; what it asks of scores besides goes.
    """
    rows = tables.consequences.copy()
    for row in rows:
        if row[t.K_GRADE_MIN] > row[t.K_GRADE_MAX]:
            continue  # not in force
        head = tables.schemes[row[t.K_SCHEME]]
        first, top = head[t.S_GRADES], head[t.S_GRADE_COUNT] - 1
        low, high = (min(int(row[column]), top) for column in (t.K_GRADE_MIN, t.K_GRADE_MAX))
        low, high = (top, top) if low < 0 else (low, high)
        row[t.K_SCORE_MIN], row[t.K_SCORE_MAX] = -(1 << 31), (1 << 31) - 1
        row[t.K_GRADE_MIN], row[t.K_GRADE_MAX] = low, high
        if scores and (low, high) != (0, top):
            row[t.K_GRADE_MIN] = row[t.K_GRADE_MAX] = -1
            if low > 0:
                row[t.K_SCORE_MIN] = tables.grades[first + low, t.G_FROM]
            if high < top:
                row[t.K_SCORE_MAX] = tables.grades[first + high + 1, t.G_FROM] - 1
    return tables._replace(consequences=rows)


def untied(tables: SchemeTables) -> SchemeTables:
    """Without what ties records of a rule to one another or makes rules of an act rivals."""
    rules = tables.rules.copy()
    rules[:, t.R_DOUBLES] = 0
    rules[:, [t.R_CAP, t.R_HEAVIEST]] = -1
    rules[:, t.R_BRACKET_MODE] = np.minimum(rules[:, t.R_BRACKET_MODE], t.BRACKET_OF_RECORD)
    return tables._replace(rules=rules)


def rules_to_split(tables: SchemeTables) -> list[int]:
    """The rules on two acts."""
    entries = np.bincount(tables.act_rule_list, minlength=len(tables.rules))
    two = (entries == 2) & (tables.rules[:, t.R_KIND] == t.ON_ACT)
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
    row[t.R_SAME] = new
    entries = tables.act_rule_list.copy()
    entries[np.flatnonzero(entries == rule)[-1]] = new
    for first, last in zip(tables.act_rules[:-1], tables.act_rules[1:], strict=True):
        entries[first:last].sort()
    filed = tables.filed_as
    if filed.size:
        own = np.where(filed[rule] == rule, new, filed[rule])
        filed = np.vstack([filed, own])
    return tables._replace(
        rules=np.vstack([tables.rules, row]), act_rule_list=entries, filed_as=filed
    )
