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
from scoredsociety.fixed import POINT, UNIT
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.model import GradeBand, Scheme
from scoredsociety.scheme.rule import LEADERS, OnGrade, OnRank, Residue, Rule, Spill, Step
from scoredsociety.society.tables import TRAIT, TRAIT_HIGHEST

ALWAYS = (0, 1 << 14)  # months of the calendar
MOST_AMOUNT = (1 << 31) - 1
LAYERS = {  # bits, as society/places.py numbers the layers; 8 is the household
    "neighbours": 1, "friends": 2, "online": 4, "kin": 16, "work": 32, "school": 64,
}  # fmt: skip
WITHIN = {"society": t.OF_SOCIETY, "region": t.OF_REGION, "community": t.OF_COMMUNITY}
PERSONS = {
    "head_of_household": t.TO_HEAD, "spouse": t.TO_SPOUSE, "parents": t.TO_PARENTS,
    "children": t.TO_CHILDREN, "household": t.TO_HOUSEHOLD, "leaders": t.TO_LEADERS,
    "fellow_leaders": t.TO_FELLOWS, "residents": t.TO_LEADERS,
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What a rule may point to, by name: acts, gravities, source kinds, lists, other schemes."""

    acts: Mapping[str, int]
    gravity: Mapping[str, int]
    contexts: Mapping[str, str]
    kinds: Mapping[str, int]
    lists: Mapping[str, int]
    schemes: Mapping[str, int]
    grades: Mapping[str, tuple[str, ...]]  # of each scheme, lowest first
    ratings: Mapping[tuple[str, str], int]  # row of each, by scheme and id
    sources: tuple[str, ...] = ()
    trust: tuple[Decimal, ...] = ()  # own weight of each source
    filed_by: tuple[tuple[int, ...], ...] = ()  # sources of each act


@dataclass(frozen=True)
class Line:
    """A row of the rule table to be."""

    key: str
    rule: str
    fields: tuple[tuple[int, int], ...]
    window: tuple[int, int] = ALWAYS
    brackets: tuple[tuple[int, int], ...] = ()
    table: tuple[int, ...] = ()
    cap: tuple[str, int] | None = None
    spill: str | None = None
    residue: str | None = None
    feeds: str | None = None
    heaviest: str | None = None
    acts: tuple[int, ...] = ()
    parts: tuple[Line, ...] = field(default=(), compare=False)
    part: bool = False  # stands behind the line that it belongs to
    same: int = -1  # place among those of the line as which it counts, -1 itself
    files: tuple[int, ...] = ()  # sources whose records are booked here instead of there
    does: frozenset[str] = frozenset()  # deduction, grade, award: what others' rules go by
    follows: tuple[str, int] | None = None  # of a rule on others: what it follows, and to whom
    rank: tuple[int, ...] = ()  # fields of the rank that it follows, but for the scheme


def centipoints(points: Decimal | None) -> int:
    """Exact centipoints of points with at most two places."""
    return int((points or Decimal(0)) * POINT)


def q16(value: Decimal | None) -> int:
    """A share as Q16, rounded to nearest."""
    return int(((value or Decimal(0)) * UNIT).to_integral_value())


def grade_ids(scheme: Scheme) -> tuple[str, ...]:
    """Ids of the grades, lowest first; a scheme without grades has one, ``all``."""
    return tuple(band.id for band in sorted(scheme.grade, key=_height)) or ("all",)


def _height(band: GradeBand) -> Decimal:
    """Where a grade stands: by its points, or the smaller the part that it takes."""
    if band.top_share is not None:
        return -band.top_share
    if band.quota is not None:
        return Decimal(-band.quota)
    return Decimal("-Infinity") if band.from_ is None else band.from_


def steps(table: list[Step], trait: str, share: bool) -> tuple[int, ...]:
    """One value for each value of the trait: Q16 for shares, else centipoints."""
    rows, value = [], 0
    by_start = {s.from_: q16(s.value) if share else centipoints(s.points) for s in table}
    for code in range(TRAIT_HIGHEST[trait] + 1):
        value = by_start.get(code, value)
        rows.append(value)
    return tuple(rows)


def bracket_rows(rule: Rule) -> tuple[tuple[int, int], ...]:
    """(amount from which, centipoints in all) of brackets, or of slices laid end to end."""
    if rule.brackets:
        rows = sorted((ceil(b.from_), centipoints(b.points)) for b in rule.brackets)
        return tuple(rows)
    rows, amount, points = [], Decimal(0), 0
    for piece in sorted(rule.slices or [], key=lambda piece: piece.to):
        while amount + piece.per <= piece.to:
            amount += piece.per
            points += centipoints(piece.points)
            rows.append((ceil(amount), points))
        amount = piece.to
    return tuple(rows)


def memory_of(scheme: Scheme, rule: Rule, points: int, grade: str | None) -> int:
    """Months that a record counts: the rule's own, else expiry by severity (2.2, Dynamics)."""
    if rule.memory_months is not None:
        return rule.memory_months
    return default_memory(scheme, rule, points, grade)


def default_memory(scheme: Scheme, rule: Rule, points: int, grade: str | None) -> int:
    """Months by grade, by level of an award or by size of a deduction; else without end."""
    memory = scheme.dynamics.memory
    if grade is not None:
        return memory.grade.get(grade, t.FOREVER)
    if points > 0:
        by_level = memory.award_by_level.get(rule.level) if rule.level else None
        return by_level or memory.award or t.FOREVER
    last = Decimal("Infinity")
    bounds = memory.deduction or []
    for bound in sorted(bounds, key=lambda b: last if b.up_to is None else b.up_to):
        if bound.up_to is None or -points <= centipoints(bound.up_to):
            return bound.months
    return t.FOREVER


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


def grades_between(asked: OnGrade, known: Known) -> tuple[int, int]:
    """Lowest and highest grade (places) that a rule follows; the first is higher where none is."""
    grades = known.grades[asked.scheme]
    low = asked.grade or asked.at_least
    high = asked.grade or asked.at_most
    return (
        0 if low is None else grades.index(low),
        len(grades) - 1 if high is None else grades.index(high),
    )


def _place(grade: str | None, grades: tuple[str, ...]) -> int:
    return -1 if grade is None else grades.index(grade)


def _rank(grade: int, weight: int) -> int:
    return ((16 - grade) << 24) + weight if grade >= 0 else weight


def mask(names: list[str] | None, kinds: Mapping[str, int]) -> int:
    if names is None:
        return -1
    bits = 0
    for name in names:
        bits |= kinds[name]
    return bits


def whom(to: str, leaders: int | None) -> int:
    """To whom something is booked, as R_SPILL_TO: a relative, leaders, or ties of a layer."""
    if to in LAYERS:
        return t.TO_TIES | LAYERS[to].bit_length() - 1 << t.TO_BITS
    leading = to in ("leaders", "fellow_leaders", "residents")
    return PERSONS[to] | (leaders or LEADERS) << t.TO_BITS if leading else PERSONS[to]


def rank_fields(rank: OnRank) -> tuple[int, ...]:
    """The fields of a rank, from N_KIND to N_MONTH."""
    shares = (rank.best_share, rank.worst_share)
    share = next((one for one in shares if one is not None), None)
    size = int(share * 1_000_000) if share is not None else rank.best or rank.worst or 0
    worst = rank.worst is not None or rank.worst_share is not None
    month = -1 if rank.yearly_in is None else rank.yearly_in - 1
    return (
        t.BY_SHARE if share is not None else t.BY_QUOTA, size, int(rank.edge == "in"),
        WITHIN[rank.within], int(worst), month,
    )  # fmt: skip


def _does(fields: Mapping[int, int], heaviest: int) -> frozenset[str]:
    """What a rule on an act does, as rules on others ask."""
    found = {"deduction"} if heaviest < 0 else {"award"} if heaviest > 0 else set()
    if fields[t.R_GRADE] >= 0:
        found = {"grade"}
    return frozenset(found | {"offence"} if found - {"award"} else found)


def _fields(scheme: Scheme, rule: Rule, known: Known, points: int, heaviest: int) -> dict[int, int]:
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
        t.R_KIND: kind,
        t.R_ON: on,
        t.R_AMOUNT_MIN: low,
        t.R_AMOUNT_MAX: high,
        t.R_SOURCES: mask(rule.reads, known.kinds),
        t.R_POINTS: points,
        t.R_MEMORY: memory_of(scheme, rule, heaviest, rule.grade),
        t.R_DOUBLES: int(doubles == "double"),
        t.R_GRADE: grade,
        t.R_CORRECTED_BY: -1 if rule.corrected_by is None else known.acts[rule.corrected_by],
        t.R_SPILL_TO: whom(rule.spill.to, rule.spill.leaders) if rule.spill else 0,
        t.R_BRACKET_MODE: 0 if not (rule.brackets or rule.slices) else
            t.BRACKET_OF_YEAR if rule.bracket_of == "year" else t.BRACKET_OF_RECORD,
        t.R_LIST: -1 if rule.list_ is None else known.lists[rule.list_],
        t.R_IF_TRAIT: -1 if holds is None else TRAIT[holds.trait],
        t.R_IF_MIN: 0 if holds is None or holds.from_ is None else holds.from_,
        t.R_IF_MAX: 255 if holds is None or holds.to is None else holds.to,
        t.R_SUSPENDED: int(suspended),
        t.R_GRAVITY: gravity,
        t.R_RANK: _rank(grade, abs(heaviest)),
        t.R_MISSING: centipoints(rule.missing.points) if rule.missing else 0,
        t.R_PER_AMOUNT: int(rule.per_amount),
        t.R_LAYERS: sum({LAYERS[name] for name in layers}),
        t.R_SEEN_TRAIT: TRAIT[rule.missing.unless] if rule.missing else -1,
        t.R_STAYS: int(rule.stays),
    }  # fmt: skip


def _part(
    scheme: Scheme, rule: Rule, part: Residue | Spill, kind: int, whole: Line, points: int,
    known: Known,
) -> Line:  # fmt: skip
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
        memory = own[t.R_MEMORY] if same else default_memory(scheme, rule, value, grade)
    kept = part.list_ if isinstance(part, Residue) else None
    own.update({
        t.R_KIND: kind, t.R_ON: -1, t.R_POINTS: value, t.R_GRADE: place, t.R_MEMORY: memory,
        t.R_DOUBLES: own[t.R_DOUBLES] if spilled else 0, t.R_SPILL_TO: 0, t.R_STAYS: 0,
        t.R_LIST: -1 if kept is None else known.lists[kept],
        t.R_CORRECTED_BY: -1, t.R_RANK: _rank(place, abs(value)),
        t.R_AMOUNT_MIN: 0, t.R_AMOUNT_MAX: MOST_AMOUNT, t.R_IF_TRAIT: -1,
        t.R_BRACKET_MODE: own[t.R_BRACKET_MODE] if spilled and value == points else 0,
        t.R_SUSPENDED: int(scheme.dynamics.awards_suspended and value > 0),
    })  # fmt: skip
    same_brackets = whole.brackets if own[t.R_BRACKET_MODE] else ()
    name = "spill" if spilled else "residue"
    return Line(
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


def lines_of(scheme: Scheme, rule: Rule, known: Known) -> list[Line]:
    """The lines of one rule: one for each dated value, each followed by its residue and spill."""
    brackets = bracket_rows(rule)
    found: list[Line] = []
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
        line = Line(
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
