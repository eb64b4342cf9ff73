"""Schemes become the integer tables that the engine reads (tables.py says what they mean).

All schemes and all dated versions of a run stand in one rule table, so a record's rule index means
the same in every month. What has one row a scheme (scale, grades, weights, consequences) is taken
from the version in force at the month ``at``; ``SchemeNames.changes`` says when to compile again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from scoredsociety.fixed import ONE, UNIT, Ints, probability
from scoredsociety.keyed import stream
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.check import check_scheme, foreign_lists, known_of
from scoredsociety.scheme.lines import (
    ALWAYS, LAYERS, Known, Line, centipoints, grade_ids, lines_of, mask, q16, steps,
)  # fmt: skip
from scoredsociety.scheme.model import Category, Component, Scheme
from scoredsociety.scheme.names import Named, RuleName, SchemeNames
from scoredsociety.scheme.problem import DocumentErrors, Problem
from scoredsociety.scheme.values import MOST_POINTS
from scoredsociety.society.tables import TRAIT

Versions = Sequence[Sequence[tuple[int, Scheme]]]
_WIDEST = 1 << 31


def compile_schemes(
    versions: Versions, conduct: Any, at: int | None = None
) -> tuple[t.SchemeTables, SchemeNames]:
    """Tables and names of a run's schemes, in the order in which a month runs them.

    ``versions`` gives for each scheme its versions as (month from which, Scheme), the earliest
    first; the earliest holds from the beginning of time. ``at`` is the month whose scales and
    consequences are wanted (None: the earliest). Raises DocumentErrors.
    """
    _refuse(versions, conduct)
    known = _known(versions, conduct)
    lines, changes = _union(versions, known)
    now = [_in_force(history, at) for history in versions]
    numbers = _Numbers()
    rules, starts = numbers.rule_table(lines, [_components_of(h) for h in versions])
    components = [_component_rows(s, k, numbers, h) for k, (s, h) in
                  enumerate(zip(now, versions, strict=True))]  # fmt: skip
    consequences, consequence_names = _consequence_rows(versions, now, known)
    grades = [_grade_rows(scheme, place) for place, scheme in enumerate(now)]
    rows = [
        _scheme_row(scheme, known, starts[k], len(lines[k]), grades, components, k)
        for k, scheme in enumerate(now)
    ]
    act_rules, act_rule_list = _by_act(lines, len(known.acts))
    tables = t.SchemeTables(
        schemes=_table(rows, t.SCHEME_FIELDS),
        grades=_table([row for part in grades for row in part], t.GRADE_FIELDS),
        rules=rules,
        act_rules=act_rules,
        act_rule_list=act_rule_list,
        brackets=_table(numbers.brackets, 2),
        caps=_table([[row] for row in numbers.caps.values()], t.CAP_FIELDS),
        values=np.array(numbers.values, dtype=np.int64),
        components=_table([row for part in components for row in part], t.COMPONENT_FIELDS),
        consequences=_table(consequences, t.CONSEQUENCE_FIELDS),
    )
    return tables, _names(versions, now, lines, known, consequence_names, changes)


def _refuse(versions: Versions, conduct: Any) -> None:
    problems = [p for history in versions for _, s in history for p in check_scheme(s, conduct)]
    if not 1 <= len(versions) <= t.MOST_SCHEMES:
        message = f"a run has 1 to {t.MOST_SCHEMES} schemes, not {len(versions)}"
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


def _known(versions: Versions, conduct: Any) -> Known:
    every = [scheme for history in versions for _, scheme in history]
    lists: dict[str, int] = {}
    for name in [kept.id for s in every for kept in s.list_] + [n for s in every for n in foreign_lists(s)]:
        lists.setdefault(name, len(lists))
    if len(lists) > t.MOST_LISTS:
        message = f"a run has at most {t.MOST_LISTS} lists, not {len(lists)}: {', '.join(lists)}"
        raise DocumentErrors([Problem("", None, "list", None, message)])
    schemes = {history[0][1].id: place for place, history in enumerate(versions)}
    grades = {history[0][1].id: grade_ids(history[0][1]) for history in versions}
    return known_of(conduct, lists, schemes, grades)


def _in_force(history: Sequence[tuple[int, Scheme]], at: int | None) -> Scheme:
    found = history[0][1]
    for month, scheme in history[1:]:
        if at is not None and month <= at:
            found = scheme
    return found


def _union(versions: Versions, known: Known) -> tuple[list[list[Line]], tuple[int, ...]]:
    """Lines of each scheme over all its versions; equal lines of versions that follow share a row."""
    found, changes = [], set()
    for history in versions:
        lines: list[Line] = []
        for place, (month, scheme) in enumerate(history):
            start = ALWAYS[0] if place == 0 else month
            end = history[place + 1][0] if place + 1 < len(history) else ALWAYS[1]
            changes |= {start} - {ALWAYS[0]}
            for rule in scheme.rule:
                _merge(lines, lines_of(scheme, rule, known), (start, end))
        found.append(lines)
    count = sum(map(len, found))
    if count > t.MOST_RULES:
        message = f"a run has at most {t.MOST_RULES} rules with residues and versions, not {count}"
        raise DocumentErrors([Problem("", None, "rule", None, message)])
    return found, tuple(sorted(changes))


def _merge(lines: list[Line], new: list[Line], version: tuple[int, int]) -> None:
    whole = [line for line in new if not line.key.endswith((".spill", ".residue"))]
    for line in whole:
        window = (max(line.window[0], version[0]), min(line.window[1], version[1]))
        if window[0] >= window[1]:
            continue
        group = [line, *line.parts]
        for place, old in enumerate(lines):
            bare = replace(old, window=line.window)
            if bare == line and old.parts == line.parts and old.window[1] == window[0]:
                for step, part in enumerate(group):  # the parts stand right behind their rule
                    kept = lines[place + step]
                    lines[place + step] = replace(kept, window=(old.window[0], window[1]))
                    del part
                break
        else:
            lines += [replace(part, window=window) for part in group]


class _Numbers:
    """The pools that rows point into: brackets, caps, values, groups."""

    def __init__(self) -> None:
        self.brackets: list[tuple[int, int]] = []
        self.values: list[int] = []
        self.caps: dict[tuple[int, str, int], int] = {}

    def put(self, rows: Sequence[int]) -> int:
        """Offset at which these values start."""
        start = len(self.values)
        self.values += rows
        return start

    def rule_table(
        self, lines: list[list[Line]], components: list[dict[str, int]]
    ) -> tuple[Ints, list[int]]:
        """The rule table, and where each scheme's rules start."""
        rows: list[list[int]] = []
        starts, before = [], 0
        for scheme, group in enumerate(lines):
            starts.append(len(rows))
            groups = sorted({line.heaviest for line in group if line.heaviest})
            number = {name: 64 * scheme + k for k, name in enumerate(groups)}
            rivals = Counter((act, line.heaviest) for line in group for act in line.acts)
            for place, line in enumerate(group):
                row = [0] * t.RULE_FIELDS
                for name, value in line.fields:
                    row[name] = value
                row[t.R_SCHEME] = scheme
                row[t.R_FROM], row[t.R_UNTIL] = line.window
                row[t.R_HEAVIEST] = -1
                if line.heaviest and any(rivals[act, line.heaviest] > 1 for act in line.acts):
                    row[t.R_HEAVIEST] = number[line.heaviest]
                here = starts[-1] + place
                row[t.R_SPILL] = here + 1 if line.spill else -1
                row[t.R_RESIDUE] = here + 1 + bool(line.spill) if line.residue else -1
                row[t.R_BRACKETS], row[t.R_BRACKET_COUNT] = len(self.brackets), len(line.brackets)
                self.brackets += line.brackets
                row[t.R_TABLE], row[t.R_TABLE_COUNT] = self.put(line.table), len(line.table)
                row[t.R_CAP] = self._cap(scheme, line.cap)
                row[t.R_COMPONENT] = -1
                if line.feeds is not None:
                    row[t.R_COMPONENT] = before + components[scheme][line.feeds]
                row[t.R_STREAM] = stream(f"rule:{line.key}")
                rows.append(row)
            before += len(components[scheme])
        return _table(rows, t.RULE_FIELDS), starts

    def _cap(self, scheme: int, cap: tuple[str, int] | None) -> int:
        if cap is None:
            return -1
        key = (scheme, *cap)
        self.caps.setdefault(key, cap[1])
        return list(self.caps).index(key)


def _table(rows: Sequence[Sequence[int]], width: int) -> Ints:
    return np.array(rows, dtype=np.int64).reshape(len(rows), width)


def _by_act(lines: list[list[Line]], acts: int) -> tuple[Ints, Ints]:
    every = [line for group in lines for line in group]
    on: list[list[int]] = [[] for _ in range(acts)]
    for place, line in enumerate(every):
        for act in line.acts:
            on[act].append(place)
    firsts = np.cumsum([0] + [len(part) for part in on], dtype=np.int64)
    return firsts, np.array([i for part in on for i in part], dtype=np.int64)


def _grade_rows(scheme: Scheme, place: int) -> list[list[int]]:
    low, _ = scale(scheme)
    starts = {band.id: band.from_ for band in scheme.grade}
    rows = []
    for name in grade_ids(scheme):
        start = starts.get(name)
        rows.append([place, low if start is None else centipoints(start)])
    return rows


def scale(scheme: Scheme) -> tuple[int, int]:
    """Centipoints of the ends of the scale; without ends, as wide as scores go."""
    score = scheme.score
    if score.kind == "none":
        return 0, 0
    low = centipoints(score.low if score.low is not None else Decimal(-MOST_POINTS))
    return low, centipoints(score.high if score.high is not None else Decimal(MOST_POINTS))


def _scheme_row(
    scheme: Scheme, known: Known, first: int, count: int,
    grades: list[list[list[int]]], components: list[list[list[int]]], k: int,
) -> list[int]:  # fmt: skip
    head, score = scheme.scheme, scheme.score
    low, high = scale(scheme)
    subject = head.subject
    opt_in = head.participation == "opt_in"
    reads = mask(head.reads, known.kinds)
    peers = any(c.kind == "peers" for c in scheme.component) or any(r.on_peers for r in scheme.rule)
    row = {
        t.S_KIND: t.WEIGHTED if score.kind == "weighted" else t.POINTS,
        t.S_START: low if score.start is None and score.kind == "weighted" else centipoints(score.start),
        t.S_LOW: low,
        t.S_HIGH: high,
        t.S_EVERY: score.published_every,
        t.S_MIN_AGE: head.min_age,
        t.S_SOURCES: reads,
        t.S_RULES: first,
        t.S_RULE_COUNT: count,
        t.S_GRADES: sum(map(len, grades[:k])),
        t.S_GRADE_COUNT: len(grades[k]),
        t.S_COMPONENTS: sum(map(len, components[:k])),
        t.S_COMPONENT_COUNT: len(components[k]),
        t.S_ROUND: max(1, centipoints(score.round_to)),
        t.S_PARTICIPATION: int(opt_in),
        t.S_JOIN: probability(head.opt_in_share or 0) if opt_in else ONE,
        t.S_SUBJECT_TRAIT: -1 if subject is None else TRAIT[subject.trait],
        t.S_SUBJECT_MIN: 0 if subject is None or subject.from_ is None else subject.from_,
        t.S_SUBJECT_MAX: 255 if subject is None or subject.to is None else subject.to,
        t.S_PEERS: int(peers),
        t.S_RESETS: int(score.yearly_start),
        t.S_SUBJECT_REGION: -1 if head.region is None else head.region,
        t.S_STREAM: stream(f"scheme:{head.id}"),
    }
    return [row[name] for name in range(t.SCHEME_FIELDS)]


def _components_of(history: Sequence[tuple[int, Scheme]]) -> dict[str, int]:
    """Place of each component over all versions of one scheme."""
    places: dict[str, int] = {}
    for _, scheme in history:
        for component in scheme.component:
            places.setdefault(component.id, len(places))
    return places


def shares_of(scheme: Scheme) -> dict[str, int]:
    """Q16 weight of each component in the whole scale; they sum to UNIT (largest remainder)."""
    weight = {category.id: Fraction(category.weight) for category in scheme.category}
    exact = {c.id: weight[c.category] * Fraction(c.share) * UNIT for c in scheme.component}
    whole = {name: int(value) for name, value in exact.items()}
    rest = UNIT - sum(whole.values()) if exact else 0
    for name in sorted(exact, key=lambda name: whole[name] - exact[name])[:rest]:
        whole[name] += 1
    return whole


_KINDS = {
    "history": t.HISTORY, "attribute": t.TABLE, "records": t.RECORDS,
    "peers": t.PEERS, "constant": t.CONSTANT,
}  # fmt: skip


def _component_rows(
    scheme: Scheme, place: int, numbers: _Numbers, history: Sequence[tuple[int, Scheme]]
) -> list[list[int]]:
    weights = shares_of(scheme)
    now = {component.id: component for component in scheme.component}
    categories = [category.id for category in _categories(history)]
    rows = []
    for name in _components_of(history):
        row = [0] * t.COMPONENT_FIELDS
        row[t.C_SCHEME], row[t.C_KIND] = place, t.CONSTANT
        row[t.C_TRAIT] = row[t.C_MISSING] = row[t.C_SEEN_TRAIT] = -1
        if name in now:
            _fill_component(row, now[name], weights[name], numbers)
            row[t.C_CATEGORY] = categories.index(now[name].category)
        rows.append(row)
    return rows


def _fill_component(row: list[int], part: Component, weight: int, numbers: _Numbers) -> None:
    row[t.C_KIND], row[t.C_WEIGHT] = _KINDS[part.kind], weight
    row[t.C_VALUE] = q16(part.value)
    if part.kind == "history":
        row[t.C_TRAIT] = TRAIT[part.trait or "file_years"]
        row[t.C_PRIOR_GOOD], row[t.C_PRIOR_ALL] = q16(part.prior_good), q16(part.prior_all)
        row[t.C_WINDOW] = part.window_months or 60
    if part.kind == "attribute" and part.trait and part.table:
        table = steps(part.table, part.trait, share=True)
        row[t.C_TRAIT], row[t.C_TABLE] = TRAIT[part.trait], numbers.put(table)
        row[t.C_TABLE_COUNT] = len(table)
    if part.kind == "peers":
        row[t.C_PEERS_OF] = int(part.of == "own_part")
        row[t.C_PEERS_NONE] = ("zero", "own", "neutral").index(part.none)
        row[t.C_LAYERS] = sum({LAYERS[name] for name in part.layers})
        row[t.C_DOWN_ONLY] = int(part.down_only)
    if part.missing is not None:
        row[t.C_MISSING] = q16(part.missing.value)
        row[t.C_SEEN_TRAIT] = TRAIT[part.missing.unless]


def _categories(history: Sequence[tuple[int, Scheme]]) -> list[Category]:
    found: dict[str, Category] = {}
    for _, scheme in history:
        for category in scheme.category:
            found.setdefault(category.id, category)
    return list(found.values())


def _consequence_rows(
    versions: Versions, now: list[Scheme], known: Known
) -> tuple[list[list[int]], list[Named]]:
    from scoredsociety.conduct.tables import CONTEXTS

    rows, names = [], []
    for place, history in enumerate(versions):
        every = {c.id: c for _, scheme in history for c in scheme.consequence}
        current = {c.id for c in now[place].consequence}
        current_of = {c.id: c for c in now[place].consequence}
        grades = grade_ids(history[0][1])
        for name, consequence in every.items():
            consequence = current_of.get(name, consequence)
            when = consequence.when
            low = 0 if when.grade_at_least is None else grades.index(when.grade_at_least)
            high = 14 if when.grade_at_most is None else grades.index(when.grade_at_most)
            if name not in current:
                low, high = 1, 0
            least = -_WIDEST if when.score_at_least is None else centipoints(when.score_at_least)
            most = _WIDEST - 1 if when.score_below is None else centipoints(when.score_below) - 1
            rows.append([
                place, low, high, -1 if when.list_ is None else known.lists[when.list_],
                int(consequence.denies is not None), CONTEXTS.index(consequence.context),
                consequence.severity, least, most,
            ])  # fmt: skip
            names.append(Named(
                name, place, consequence.title or name.replace("_", " "),
                tuple(consequence.source), consequence.status, consequence.context,
                consequence.denies, consequence.grants,
            ))  # fmt: skip
    if len(rows) > t.MOST_CONSEQUENCES:
        message = f"a run has at most {t.MOST_CONSEQUENCES} consequences, not {len(rows)}"
        raise DocumentErrors([Problem("", None, "consequence", None, message)])
    return rows, names


def _names(
    versions: Versions, now: list[Scheme], lines: list[list[Line]], known: Known,
    consequences: list[Named], changes: tuple[int, ...],
) -> SchemeNames:  # fmt: skip
    rules, grades, components, categories = [], [], [], []
    lists: dict[str, Named] = {name: Named(name, -1, name.replace("_", " ")) for name in known.lists}
    for place, history in enumerate(versions):
        documents = {rule.id: rule for _, scheme in history for rule in scheme.rule}
        for line in lines[place]:
            rule = documents[line.rule]
            rules.append(RuleName(
                line.key, rule.id, place, rule.title or rule.id.replace("_", " "),
                rule.context or known.contexts.get((rule.on or [""])[0], "government"),
                tuple(rule.source), rule.status, tuple(rule.assumed), tuple(rule.on or []),
            ))  # fmt: skip
        titles = {band.id: band for band in now[place].grade}
        grades.append(tuple(
            Named(name, place, (titles[name].title if name in titles else None) or name)
            for name in grade_ids(now[place])
        ))  # fmt: skip
        for _, scheme in history:
            for kept in scheme.list_:
                lists[kept.id] = Named(kept.id, place, kept.title, tuple(kept.source), kept.status)
        parts = {c.id: c for _, scheme in history for c in scheme.component}
        for name in _components_of(history):
            part = parts[name]
            components.append(Named(
                name, place, part.title or name.replace("_", " "), tuple(part.source),
                part.status, category=part.category,
            ))  # fmt: skip
        categories += [
            Named(c.id, place, c.title, tuple(c.source), c.status) for c in _categories(history)
        ]
    heads = tuple(
        Named(s.id, k, s.title, tuple(s.scheme.source), s.scheme.status) for k, s in enumerate(now)
    )
    return SchemeNames(
        heads, tuple(rules), tuple(grades), tuple(lists.values()), tuple(consequences),
        tuple(components), tuple(categories), changes,
    )  # fmt: skip
