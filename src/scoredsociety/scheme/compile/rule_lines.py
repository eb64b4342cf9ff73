"""One rule of a document becomes the lines of the rule table: itself, its residue, its spill-over.

A line is a row of the table before offsets are known, so that two dated versions of a rule can be
compared and share a row where they are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import ceil, floor

from scoredsociety.calendar import month_number
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile.amounts import (
    bracket_rows,
    centipoints,
    default_memory,
    grade_ids,
    memory_of,
    q16,
    steps,
)
from scoredsociety.scheme.compile.name_lookup import (
    LAYERS,
    Known,
    grades_between,
    mask,
    rank_fields,
    whom,
)
from scoredsociety.scheme.model.rule import Residue, Rule, Spill
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.society.tables import TRAIT

ALWAYS = (0, 1 << 14)  # months of the calendar
MOST_AMOUNT = (1 << 31) - 1


@dataclass(frozen=True)
class RuleRow:
    """A row of the rule table to be."""

    key: str
    rule: str
    fields: tuple[tuple[str, int], ...]  # column and value
    window: tuple[int, int] = ALWAYS
    brackets: tuple[tuple[int, int], ...] = ()
    table: tuple[int, ...] = ()
    cap: tuple[str, int] | None = None
    spill: str | None = None
    residue: str | None = None
    feeds: str | None = None
    heaviest: str | None = None
    acts: tuple[int, ...] = ()
    parts: tuple[RuleRow, ...] = field(default=(), compare=False)
    part: bool = False  # stands behind the line that it belongs to
    same: int = -1  # place among those of the line as which it counts, -1 itself
    files: tuple[int, ...] = ()  # sources whose records are booked here instead of there
    does: frozenset[str] = frozenset()  # deduction, grade, award: what others' rules go by
    follows: tuple[str, int] | None = None  # of a rule on others: what it follows, and to whom
    rank: tuple[tuple[str, int], ...] = ()  # of the rank that it follows, but for the scheme


def _kind_and_on(scheme: Scheme, rule: Rule, known: Known) -> tuple[int, int]:
    if rule.on is not None:
        return t.ON_ACT, known.acts[rule.on[0]]
    if rule.on_list is not None:
        return t.ON_LIST, known.lists[rule.on_list]
    if rule.on_grade is not None:
        other = rule.on_grade.scheme
        if other not in known.schemes:
            return t.ON_GRADE, -1
        return t.ON_GRADE, known.schemes[other] * 16 + grades_between(rule.on_grade, known)[1]
    if rule.on_peers is not None:
        return t.PEERS_RECORD, -1
    if rule.on_others is not None:
        return t.ON_OTHERS, -1
    if rule.on_rank is not None:
        return t.ON_RANK, -1  # the row is known with the table
    if rule.on_rating is not None:
        row = known.ratings[scheme.id, rule.on_rating.rating]
        return t.ON_RATING, row * 8 + rule.on_rating.stars
    return t.ON_TRAIT, TRAIT[str(rule.from_attribute)]


def _place(grade: str | None, grades: tuple[str, ...]) -> int:
    return -1 if grade is None else grades.index(grade)


def _rank(grade: int, weight: int) -> int:
    return ((16 - grade) << 24) + weight if grade >= 0 else weight


def _does(fields: Mapping[str, int], heaviest: int) -> frozenset[str]:
    """What a rule on an act does, as rules on others ask."""
    found = {"deduction"} if heaviest < 0 else {"award"} if heaviest > 0 else set()
    if fields["grade"] >= 0:
        found = {"grade"}
    return frozenset(found | {"offence"} if found - {"award"} else found)


def _fields(scheme: Scheme, rule: Rule, known: Known, points: int, heaviest: int) -> dict[str, int]:
    grade = _place(rule.grade, grade_ids(scheme))
    kind, on = _kind_and_on(scheme, rule, known)
    low, high = 0, MOST_AMOUNT
    if rule.amount is not None:
        low = ceil(rule.amount.from_)
        high = high if rule.amount.to is None else floor(rule.amount.to)
    if rule.on_peers is not None:
        low, high = rule.on_peers.gravity_from, rule.on_peers.most_ties
    if rule.on_grade is not None and rule.on_grade.scheme in known.schemes:
        low, high = grades_between(rule.on_grade, known)
    deducts = heaviest < 0 or grade >= 0 or rule.list_ is not None
    gravity = rule.gravity
    if gravity is None:
        gravity = max((known.gravity[act] for act in rule.on or []), default=0) if deducts else 0
    doubles = rule.repeat or (scheme.dynamics.repeat if heaviest < 0 else "once")
    suspended = rule.suspended
    if suspended is None:
        suspended = scheme.dynamics.awards_suspended and heaviest > 0
    holds = rule.if_
    layers = rule.on_peers.layers if rule.on_peers else []
    return {
        "kind": kind,
        "on": on,
        "amount_min": low,
        "amount_max": high,
        "sources": mask(rule.reads, known.kinds),
        "points": points,
        "memory": memory_of(scheme, rule, heaviest, rule.grade),
        "doubles": int(doubles == "double"),
        "grade": grade,
        "corrected_by": -1 if rule.corrected_by is None else known.acts[rule.corrected_by],
        "spill_to": whom(rule.spill.to, rule.spill.leaders) if rule.spill else 0,
        "bracket_of": 0 if not (rule.brackets or rule.slices) else
            t.BRACKET_OF_YEAR if rule.bracket_of == "year" else t.BRACKET_OF_RECORD,
        "list_bit": -1 if rule.list_ is None else known.lists[rule.list_],
        "if_trait": -1 if holds is None else TRAIT[holds.trait],
        "if_min": 0 if holds is None or holds.from_ is None else holds.from_,
        "if_max": 255 if holds is None or holds.to is None else holds.to,
        "suspended": int(suspended),
        "gravity": gravity,
        "weight": _rank(grade, abs(heaviest)),
        "missing": centipoints(rule.missing.points) if rule.missing else 0,
        "per_amount": int(rule.per_amount),
        "layers": sum({LAYERS[name] for name in layers}),
        "seen_trait": TRAIT[rule.missing.unless] if rule.missing else -1,
        "stays": int(rule.stays),
    }  # fmt: skip


def _part(
    scheme: Scheme, rule: Rule, part: Residue | Spill, kind: int, whole: RuleRow, points: int,
    known: Known,
) -> RuleRow:  # fmt: skip
    """What a correction leaves, or what is booked to another: a rule of its own."""
    own = dict(whole.fields)
    spilled = isinstance(part, Spill)
    if spilled and part.points is None and part.grade is None:
        grade, value = rule.grade, points
    else:
        grade, value = part.grade, centipoints(part.points)
    place = _place(grade, grade_ids(scheme))
    memory = part.memory_months
    if memory is None:
        same = spilled and value == points and grade == rule.grade
        memory = own["memory"] if same else default_memory(scheme, rule, value, grade)
    kept = part.list_ if isinstance(part, Residue) else None
    own.update({
        "kind": kind, "on": -1, "points": value, "grade": place, "memory": memory,
        "doubles": own["doubles"] if spilled else 0, "spill_to": 0, "stays": 0,
        "list_bit": -1 if kept is None else known.lists[kept],
        "corrected_by": -1, "weight": _rank(place, abs(value)),
        "amount_min": 0, "amount_max": MOST_AMOUNT, "if_trait": -1,
        "bracket_of": own["bracket_of"] if spilled and value == points else 0,
        "suspended": int(scheme.dynamics.awards_suspended and value > 0),
    })  # fmt: skip
    same_brackets = whole.brackets if own["bracket_of"] else ()
    name = "spill" if spilled else "residue"
    return RuleRow(
        f"{whole.key}.{name}", rule.id, tuple(sorted(own.items())), whole.window, same_brackets,
        cap=whole.cap if same_brackets else None, part=True,
    )  # fmt: skip


def _follows(rule: Rule) -> tuple[str, int] | None:
    on = rule.on_others
    return None if on is None else (on.what, whom(on.by, on.leaders))


def _windows(rule: Rule) -> list[tuple[str, Decimal | None, tuple[int, int]]]:
    """(key, points, months) of the rule and of each of its dated values."""
    start = month_number(rule.from_) if rule.from_ else ALWAYS[0]
    end = month_number(rule.until) if rule.until else ALWAYS[1]
    values = [(rule.id, rule.points, start)]
    for dated in sorted(rule.dated, key=lambda dated: month_number(dated.from_)):
        values.append((f"{rule.id}@{dated.from_}", dated.points, month_number(dated.from_)))
    ends = [value[2] for value in values[1:]] + [end]
    return [
        (key, points, (max(first, start), min(last, end)))
        for (key, points, first), last in zip(values, ends, strict=True)
    ]


def lines_of(scheme: Scheme, rule: Rule, known: Known) -> list[RuleRow]:
    """The lines of one rule: one for each dated value, each followed by its residue and spill."""
    brackets = bracket_rows(rule)
    found: list[RuleRow] = []
    for key, value, window in _windows(rule):
        points = q16(rule.shift) if rule.feeds else centipoints(value)
        table: tuple[int, ...] = ()
        if rule.from_attribute and rule.table:
            table = steps(rule.table, rule.from_attribute, share=False)
        heaviest = max([points, *(row[1] for row in brackets), *table], key=abs)
        group = rule.heaviest_of
        rivals = scheme.dynamics.one_act == "heaviest" and rule.on is not None
        if group is None and rivals and heaviest <= 0 and rule.list_ is None:
            group = "act"
        own_cap = (rule.id, centipoints(rule.yearly_cap)) if rule.yearly_cap else None
        named = {cap.id: (f"cap:{cap.id}", centipoints(cap.year)) for cap in scheme.cap}
        fields = _fields(scheme, rule, known, points, heaviest)
        line = RuleRow(
            key, rule.id, tuple(sorted(fields.items())), window, brackets, table,
            named[rule.cap] if rule.cap else own_cap,
            f"{key}.spill" if rule.spill else None,
            f"{key}.residue" if rule.residue else None,
            rule.feeds, None if group == "none" else group,
            tuple(known.acts[act] for act in rule.on or []),
            does=_does(fields, heaviest) if rule.on else frozenset(), follows=_follows(rule),
            rank=rank_fields(rule.on_rank) if rule.on_rank else (),
        )  # fmt: skip
        parts = []
        if rule.spill:
            parts.append(_part(scheme, rule, rule.spill, t.SPILLED, line, points, known))
        if rule.residue:
            parts.append(_part(scheme, rule, rule.residue, t.RESIDUE, line, points, known))
        found += [replace(line, parts=tuple(parts)), *parts]
    return found
