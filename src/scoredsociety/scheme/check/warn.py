"""What is no mistake in a scheme and still surely not meant: told, and not refused.

A list that nobody is put on, a rule without effect, a consequence or a grade out of reach.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scoredsociety.document.shape import Finding
from scoredsociety.scheme.model.rule import Rule
from scoredsociety.scheme.model.scheme import Consequence, Scheme


def points_of(rule: Rule) -> list[Decimal]:
    """Every number of points that a rule may book, residue and spill-over left out."""
    found = [rule.points] if rule.points is not None else []
    for rows in (rule.brackets, rule.slices, rule.table):
        found += [row.points for row in rows or [] if row.points is not None]
    found += [dated.points for dated in rule.dated if getattr(dated, "points", None) is not None]
    return found


def _listed(scheme: Scheme) -> set[str]:
    """Lists that some rule or residue places people on."""
    found = {rule.list_ for rule in scheme.rule}
    found |= {rule.residue.list_ for rule in scheme.rule if rule.residue is not None}
    return {name for name in found if name is not None}


def warnings_of(scheme: Scheme) -> Iterator[Finding]:
    """Everything of a scheme that is valid and yet does nothing."""
    kept = _listed(scheme)
    for place, one in enumerate(scheme.list_):
        if one.id not in kept:
            yield ("list", place), f"nobody is put on the list {one.id}: no rule has it", None
    for place, rule in enumerate(scheme.rule):
        if _idle(rule):
            yield ("rule", place), "the rule has no effect: it books 0 points and no more", None
    for place, consequence in enumerate(scheme.consequence):
        said = _out_of_reach(scheme, consequence, kept)
        if said is not None:
            yield ("consequence", place, "when"), f"nobody comes under it: {said}", None
    if scheme.score.kind == "points":
        lowest, highest = _reach(scheme)
        for place, band in enumerate(scheme.grade):
            if band.from_ is not None and highest is not None and band.from_ > highest:
                message = f"nobody reaches {band.from_}: the rules lead no higher than {highest}"
                yield ("grade", place, "from"), message, None


def _idle(rule: Rule) -> bool:
    does = (rule.grade, rule.list_, rule.shift, rule.feeds, rule.spill, rule.residue)
    if any(one is not None for one in does):
        return False
    found = points_of(rule)
    return bool(found) and all(points == 0 for points in found)


def _reach(scheme: Scheme) -> tuple[Decimal | None, Decimal | None]:
    """Lowest and highest score that the rules lead to; None where they have no end.

    Of a scheme in points. Only whether any rule raises or lowers at all is asked: how far, is a
    question to a run.
    """
    score, start = scheme.score, scheme.score.start or Decimal(0)
    points = [one for rule in scheme.rule for one in _every(rule)]
    moved = bool(scheme.rating) or any(rule.on_peers is not None for rule in scheme.rule)
    low = start if not moved and all(one >= 0 for one in points) else score.low
    high = start if not moved and all(one <= 0 for one in points) else score.high
    return low, high


def _every(rule: Rule) -> list[Decimal]:
    parts = [part.points for part in (rule.residue, rule.spill) if part is not None]
    return [*points_of(rule), *(points for points in parts if points is not None)]


def _out_of_reach(scheme: Scheme, one: Consequence, kept: set[str]) -> str | None:
    when = one.when
    own = {name.id for name in scheme.list_}
    if when.list_ in own and when.list_ not in kept:
        return f"no rule puts anybody on the list {when.list_}"
    if scheme.score.kind != "points":
        return None
    low, high = _reach(scheme)
    if when.score_at_least is not None and high is not None and when.score_at_least > high:
        return f"the rules lead no higher than {high}"
    if when.score_below is not None and low is not None and when.score_below <= low:
        return f"the rules lead no lower than {low}"
    straight = {rule.grade for rule in scheme.rule}
    starts = {band.id: band.from_ for band in scheme.grade}
    wanted = when.grade or when.grade_at_least
    if wanted in starts and wanted not in straight and high is not None:
        start = starts[wanted]
        if start is not None and start > high:
            return f"the grade {wanted} begins at {start}, and the rules lead no higher than {high}"
    return None
