"""Points, shares, brackets, grades and memories of a document as integers."""

from __future__ import annotations

from decimal import Decimal
from math import ceil

from scoredsociety.fixed import POINT, UNIT
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.model.rule import Rule, Step
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.scheme.model.score import GradeBand
from scoredsociety.society.tables import TRAIT_HIGHEST


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
