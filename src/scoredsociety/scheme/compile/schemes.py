"""Schemes become the integer tables that the engine reads (tables.py says what they mean).

All schemes and all dated versions of a run stand in one rule table, so a record's rule index means
the same in every month. What has one row a scheme (scale, grades, weights, consequences) is taken
from the version in force at the month ``at``; ``SchemeNames.changes`` says when to compile again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from scoredsociety.columns import NamedRow
from scoredsociety.document.problem import DocumentErrors, Problem, nearest_words
from scoredsociety.fixed import Ints
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.check.scheme_check import check_scheme, foreign_lists, known_of
from scoredsociety.scheme.compile.amounts import grade_ids
from scoredsociety.scheme.compile.components import component_rows, components_of
from scoredsociety.scheme.compile.consequences import consequence_rows, partner_months, refuse_crowd
from scoredsociety.scheme.compile.limits import TooMany, too_many
from scoredsociety.scheme.compile.name_lookup import Known, grades_between
from scoredsociety.scheme.compile.pools import Pools
from scoredsociety.scheme.compile.rating_rows import rating_rows, ratings_of
from scoredsociety.scheme.compile.rule_lines import ALWAYS, RuleRow, lines_of
from scoredsociety.scheme.compile.scales import grade_rows, scheme_row
from scoredsociety.scheme.compile.scheme_names import SchemeNames, names_of
from scoredsociety.scheme.compile.source_trust import with_weights
from scoredsociety.scheme.model.consequence_terms import expanded
from scoredsociety.scheme.model.scheme import Scheme

Versions = Sequence[Sequence[tuple[int, Scheme]]]


def compile_schemes(
    versions: Versions, conduct: Any, at: int | None = None, *, limited: bool = True
) -> tuple[t.SchemeTables, SchemeNames]:
    """Tables and names of a run's schemes, in the order in which a month runs them.

    ``versions`` gives for each scheme its versions as (month from which, Scheme), the earliest
    first; the earliest holds from the beginning of time. ``at`` is the month whose scales and
    consequences are wanted (None: the earliest). Raises DocumentErrors; ``TooMany`` where nobody
    has room for all of it. Not ``limited``: tables that say what there is, for no kernel.
    """
    _refuse(versions, conduct)
    if limited and len(versions) > t.MOST_SCHEMES:
        message = f"a run has 1 to {t.MOST_SCHEMES} schemes, not {len(versions)}"
        raise TooMany([Problem("", None, None, None, message)])
    versions = [[(month, expanded(scheme)) for month, scheme in history] for history in versions]
    known = _known(versions, conduct, limited)
    _refuse_grades(versions, known)
    lines, changes = _union(versions, known, limited)
    now = [_in_force(history, at) for history in versions]
    pools = Pools()
    rules, starts = pools.rule_table(lines, [components_of(h) for h in versions])
    components = [component_rows(s, k, pools, h) for k, (s, h) in
                  enumerate(zip(now, versions, strict=True))]  # fmt: skip
    rated = [row for k, (s, h) in enumerate(zip(now, versions, strict=True))
             for row in rating_rows(s, k, pools, h)]  # fmt: skip
    consequences, consequence_names = consequence_rows(versions, now, known, at)
    grades = [grade_rows(scheme, place) for place, scheme in enumerate(now)]
    rows = [
        scheme_row(scheme, known, starts[k], len(lines[k]), grades, components, k)
        for k, scheme in enumerate(now)
    ]
    act_rules, act_rule_list = _by_act(lines, len(known.acts))
    if limited:
        _refuse_crowd(rules, components)
        refuse_crowd(consequences)
    tables = t.SchemeTables(
        schemes=t.SchemeColumns.of(rows),
        grades=t.GradeColumns.of([row for part in grades for row in part]),
        rules=rules,
        act_rules=act_rules,
        act_rule_list=act_rule_list,
        brackets=t.BracketColumns.of(pools.brackets),
        caps=t.CapColumns.of([[points] for points in pools.caps.values()]),
        values=np.array(pools.values, dtype=np.int64),
        components=t.ComponentColumns.of([row for part in components for row in part]),
        consequences=t.ConsequenceColumns.of(consequences),
        ratings=t.RatingColumns.of(rated),
        others=t.OtherColumns.of(pools.others),
        ranks=t.RankColumns.of(pools.ranks),
        edges=np.zeros(0, dtype=np.int64),
        filed_as=pools.filed_as(len(known.sources)),
    )
    names = names_of(
        versions, now, lines, known, consequence_names, changes, shared=limited
    )
    return tables, names


def _refuse(versions: Versions, conduct: Any) -> None:
    problems = [p for history in versions for _, s in history for p in check_scheme(s, conduct)]
    if not versions:
        message = f"a run has 1 to {t.MOST_SCHEMES} schemes, not 0"
        problems.append(Problem("", None, None, None, message))
    ids = [history[0][1].id for history in versions]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        problems.append(Problem("", None, None, None, f"the scheme {name} is given twice"))
    for history in versions:
        first = grade_ids(history[0][1])
        for _, scheme in history[1:]:
            if grade_ids(scheme) != first:
                message = "a dated version keeps the grades of the first, in the same order"
                problems.append(Problem(scheme.id, None, "grade", None, message))
    if problems:
        raise DocumentErrors(problems)


def _refuse_grades(versions: Versions, known: Known) -> None:
    """Rules that follow a grade which the other scheme does not have."""
    problems = []
    for scheme in (scheme for history in versions for _, scheme in history):
        for rule in scheme.rule:
            asked = rule.on_grade
            if asked is None or asked.scheme not in known.schemes:
                continue
            there = known.grades[asked.scheme]
            named = [name for name in (asked.grade, asked.at_most, asked.at_least) if name]
            wrong = [name for name in named if name not in there]
            for name in wrong:
                message = f"{asked.scheme} has no grade {name!r}"
                hint = nearest_words(name, there) or f"there are {', '.join(there)}"
                place = f"rule.{rule.id}"
                problems.append(Problem(scheme.id, None, place, "on_grade", message, hint))
            if not wrong and grades_between(asked, known)[0] > grades_between(asked, known)[1]:
                message = f"no grade is at least {asked.at_least} and at most {asked.at_most}"
                problems.append(Problem(scheme.id, None, f"rule.{rule.id}", "on_grade", message))
    if problems:
        raise DocumentErrors(problems)


def _refuse_crowd(rules: t.RuleColumns, components: list[list[NamedRow]]) -> None:
    """A person's ledger has room for so many attribute rules, tie rules and components."""
    counts = {
        "rules on attributes": (int((rules.kind == t.ON_TRAIT).sum()), 32),
        "rules on ties": (int((rules.kind == t.PEERS_RECORD).sum()), 32),
        "components": (sum(map(len, components)), 64),
    }
    problems = [
        Problem("", None, None, None, f"a run has at most {most} {what}, not {count}")
        for what, (count, most) in counts.items()
        if count > most
    ]
    if problems:
        raise TooMany(problems)


def _known(versions: Versions, conduct: Any, limited: bool) -> Known:
    every = [scheme for history in versions for _, scheme in history]
    lists: dict[str, int] = {}
    own = [kept.id for scheme in every for kept in scheme.list_]
    for name in own + [name for scheme in every for name in foreign_lists(scheme)]:
        lists.setdefault(name, len(lists))
    if limited and len(lists) > t.MOST_LISTS:
        raise too_many(t.MOST_LISTS, "lists", len(lists), "list", ", ".join(lists))
    schemes = {history[0][1].id: place for place, history in enumerate(versions)}
    grades = {history[0][1].id: grade_ids(history[0][1]) for history in versions}
    named = [(history[0][1].id, name) for history in versions for name in ratings_of(history)]
    ratings = {both: row for row, both in enumerate(named)}
    return known_of(conduct, lists, schemes, grades, ratings)


def _in_force(history: Sequence[tuple[int, Scheme]], at: int | None) -> Scheme:
    found = history[0][1]
    for month, scheme in history[1:]:
        if at is not None and month <= at:
            found = scheme
    return found


def _union(
    versions: Versions, known: Known, limited: bool
) -> tuple[list[list[RuleRow]], tuple[int, ...]]:
    """Lines of each scheme over all its versions; equal lines share a row."""
    found, changes = [], set()
    for history in versions:
        lines: list[RuleRow] = []
        placed: dict[str, int] = {}
        for place, (month, scheme) in enumerate(history):
            start = ALWAYS[0] if place == 0 else month
            end = history[place + 1][0] if place + 1 < len(history) else ALWAYS[1]
            changes |= {start, *partner_months(scheme)} - {ALWAYS[0]}
            for rule in scheme.rule:
                whole = lines_of(scheme, rule, known)
                _merge(lines, with_weights(scheme, rule, whole, known), (start, end), placed)
        found.append(lines)
    count = sum(map(len, found))
    if limited and count > t.MOST_RULES:
        raise too_many(t.MOST_RULES, "rules with residues and versions", count, "rule")
    return found, tuple(sorted(changes))


def _merge(
    lines: list[RuleRow], new: list[RuleRow], version: tuple[int, int], placed: dict[str, int]
) -> None:
    """Add a rule's lines in the months of a version, or lengthen the rows of the version before.

    ``placed`` says where the latest row of each key stands; the parts stand right behind it.
    """
    for line in new:
        if line.part:
            continue
        window = (max(line.window[0], version[0]), min(line.window[1], version[1]))
        if window[0] >= window[1]:
            continue
        group = [line, *line.parts]
        place = placed.get(line.key)
        old = None if place is None else lines[place]
        same = (
            old is not None
            and replace(old, window=line.window) == line
            and old.parts == line.parts
            and old.window[1] == window[0]
        )
        if same and old is not None and place is not None:
            whole = (old.window[0], window[1])
            for step in range(len(group)):
                lines[place + step] = replace(lines[place + step], window=whole)
        else:
            placed[line.key] = len(lines)
            lines += [replace(part, window=window) for part in group]


def _by_act(lines: list[list[RuleRow]], acts: int) -> tuple[Ints, Ints]:
    every = [line for group in lines for line in group]
    on: list[list[int]] = [[] for _ in range(acts)]
    for place, line in enumerate(every):
        for act in line.acts:
            on[act].append(place)
    firsts = np.cumsum([0] + [len(part) for part in on], dtype=np.int64)
    return firsts, np.array([i for part in on for i in part], dtype=np.int64)
