"""Consequences become rows over all versions of all schemes, so a bit means the same throughout."""

from __future__ import annotations

from collections.abc import Sequence

from scoredsociety.calendar import month_number
from scoredsociety.columns import NamedRow
from scoredsociety.conduct.tables import CONTEXTS
from scoredsociety.document.problem import Problem
from scoredsociety.fixed import probability
from scoredsociety.keyed import stream
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.check.deniable import what_is
from scoredsociety.scheme.compile.amounts import centipoints, grade_ids
from scoredsociety.scheme.compile.limits import TooMany, too_many
from scoredsociety.scheme.compile.name_lookup import Known
from scoredsociety.scheme.compile.rule_lines import ALWAYS
from scoredsociety.scheme.compile.scheme_names import Named
from scoredsociety.scheme.model.scheme import Consequence, Partner, Scheme, When
from scoredsociety.society.tables import TRAIT, TRAIT_HIGHEST

_WIDEST = 1 << 31


def denied_code(denies: str | None) -> int:
    """The code of what is denied, whatever spelling of the vocabulary a scheme uses."""
    if denies is None:
        return 0
    return t.DENIED.get(what_is(denies) or "", t.SOMETHING)


def consequence_rows(
    versions: Sequence[Sequence[tuple[int, Scheme]]], now: list[Scheme], known: Known,
    at: int | None,
) -> tuple[list[NamedRow], list[Named]]:  # fmt: skip
    """Rows and names in month ``at``; what is not in force stands in grades that nobody has."""
    rows, names = [], []
    for place, history in enumerate(versions):
        every = {c.id: c for _, scheme in history for c in scheme.consequence}
        reading = {partner.id: partner for partner in now[place].partner}
        current = {
            c.id for c in now[place].consequence
            if c.partner is None or _in_force(reading[c.partner], at)
        }  # fmt: skip
        current_of = {c.id: c for c in now[place].consequence}
        grades = grade_ids(history[0][1])
        for name, consequence in every.items():
            consequence = current_of.get(name, consequence)
            when = consequence.when
            low, high = _grades(when, grades) if name in current else (1, 0)
            kept = when.list_ if name in current else None
            least = -_WIDEST if when.score_at_least is None else centipoints(when.score_at_least)
            most = _WIDEST - 1 if when.score_below is None else centipoints(when.score_below) - 1
            rows.append(t.ConsequenceColumns.blank(
                scheme=place, grade_min=low, grade_max=high,
                list_bit=-1 if kept is None else known.lists[kept],
                denies=denied_code(consequence.denies),
                context=CONTEXTS.index(consequence.context),
                severity=consequence.severity, score_min=least, score_max=most,
                **_consent(reading.get(consequence.partner or "")), **_asked(consequence),
            ))  # fmt: skip
            names.append(Named(
                name, place, consequence.title or name.replace("_", " "),
                tuple(consequence.source), consequence.status, consequence.context,
                consequence.denies, consequence.grants,
            ))  # fmt: skip
    return rows, names


def refuse_crowd(rows: list[NamedRow]) -> None:
    """TooMany where nobody has room for all these consequences."""
    if len(rows) > t.MOST_CONSEQUENCES:
        raise too_many(t.MOST_CONSEQUENCES, "consequences", len(rows), "consequence")
    asked = {(row.if_trait, row.if_min, row.if_max) for row in rows if row.if_trait}
    if len(asked) > t.MOST_ASKED:
        message = f"a run's consequences ask at most {t.MOST_ASKED} different if, not {len(asked)}"
        raise TooMany([Problem("", None, "consequence", "if", message)])


def _in_force(partner: Partner, at: int | None) -> bool:
    """Whether the partner reads in a month (None: without regard to dates)."""
    if at is None:
        return True
    since = ALWAYS[0] if partner.from_ is None else month_number(partner.from_)
    until = ALWAYS[1] if partner.until is None else month_number(partner.until)
    return since <= at < until


def partner_months(scheme: Scheme) -> set[int]:
    """Months in which a partner begins or ceases to read."""
    dates = [date for one in scheme.partner for date in (one.from_, one.until)]
    return {month_number(date) for date in dates if date is not None}


def _consent(partner: Partner | None) -> dict[str, int]:
    """One answer a person for all that a partner gives."""
    share = None if partner is None else partner.consent_share
    if partner is None or share is None or share == 1:
        return {}
    return {"consent": 1 + probability(share), "stream": stream(f"partner:{partner.id}")}


def _asked(consequence: Consequence) -> dict[str, int]:
    """Of whom it holds; 0 asks for nothing."""
    holds = consequence.if_
    if holds is None:
        return {}
    highest = TRAIT_HIGHEST[holds.trait]
    return {"if_trait": 1 + TRAIT[holds.trait], "if_min": holds.from_ or 0,
            "if_max": highest if holds.to is None else holds.to}  # fmt: skip


def _grades(when: When, grades: tuple[str, ...]) -> tuple[int, int]:
    """Lowest and highest grade for which it holds; -1 where a list or a threshold decides."""
    if when.grade is not None:
        return grades.index(when.grade), grades.index(when.grade)
    if when.grade_at_least is None and when.grade_at_most is None:
        return -1, -1
    low = 0 if when.grade_at_least is None else grades.index(when.grade_at_least)
    high = len(grades) - 1 if when.grade_at_most is None else grades.index(when.grade_at_most)
    return low, high
