"""What a ledger is made from: filings of a life, what arrived, and what was published.

With these lines of ``scored explain --json`` a ledger can be worked out from the rule text alone:
which records should stand, under which rules, from which month.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from scoredsociety.calendar import month_text
from scoredsociety.conduct.model import Conduct
from scoredsociety.conduct.tables import ConductTables
from scoredsociety.engine.collect.observation import OWN
from scoredsociety.engine.layout import (
    ERRORS,
    act_of_message,
    amount_of_message,
    flags_of_message,
    grade_in,
    lists_of_status,
    months_late,
    months_waited,
    rule_of_message,
    source_of_message,
)
from scoredsociety.engine.replay.household_replay import LifeMonth
from scoredsociety.scheme.compile.scheme_names import SchemeNames
from scoredsociety.scheme.tables import NO_GRADE
from scoredsociety.study.explain.record_errors import kind_of_error

Lines = Iterator[dict[str, Any]]


def filed_lines(lived: Sequence[LifeMonth], conduct: Conduct, tables: ConductTables) -> Lines:
    """Each act that a source filed: who filed it, how many months late, and on whom.

    ``brought_up_to_date``: whether what the act ends was ended on the file too.
    """
    for month in lived:
        for place, source, whose, late, stale in month.filed.tolist():
            act, amount, _, false = month.acts[place].tolist()
            yield {
                "month": month_text(month.month), "place": place, "act": conduct.act_ids[act],
                "amount": _amount_of(tables, act, amount), "filed_by": conduct.source_ids[source],
                "months_late": late, "on_another": whose != OWN,
                "brought_up_to_date": not stale,
                "error": kind_of_error(false) if false else None,
            }  # fmt: skip


def received_lines(
    lived: Sequence[LifeMonth], conduct: Conduct, tables: ConductTables, names: SchemeNames
) -> Lines:
    """What arrived from others, to be booked: an act on the wrong file, or a rule (its key)."""
    for month in lived:
        for content, origin in zip(
            month.received.content.tolist(), month.received.origin.tolist(), strict=True
        ):
            act, rule, flags = act_of_message(content), rule_of_message(content), 0
            flags = flags_of_message(content) & ERRORS
            of = act if act is not None else None
            yield {
                "month": month_text(month.month), "from": origin,
                "act": None if of is None else conduct.act_ids[of],
                "rule": None if rule is None else names.rules[rule].key,
                "scheme": None if rule is None else names.schemes[names.rules[rule].scheme].id,
                "amount_class": amount_of_message(content),
                "amount": (
                    None if of is None else _amount_of(tables, of, amount_of_message(content))
                ),
                "filed_by": conduct.source_ids[source_of_message(content)],
                "months_late": months_late(content),
                "error": kind_of_error(flags) if flags else None,
            }  # fmt: skip


def _amount_of(tables: ConductTables, act: int, amount: int) -> int | None:
    """The amount of a class of an act, in its unit; None where it has no amounts."""
    count = int(tables.acts.amount_count[act])
    if count == 0:
        return None
    return int(tables.amounts.value[tables.acts.first_amount[act] + min(amount, count - 1)])


def published_lines(lived: Sequence[LifeMonth], names: SchemeNames) -> Lines:
    """What was published of the person each month: grades by scheme, lists, objections waiting."""
    for month in lived:
        grades = {}
        for s, scheme in enumerate(names.schemes):
            code = int(grade_in(month.status, s))
            grades[scheme.id] = None if code == NO_GRADE else names.grades[s][code].id
        yield {
            "month": month_text(month.month), "grades": grades,
            "lists": [names.lists[bit].id for bit in lists_of_status(month.status)],
            "objection_waits": {scheme.id: months_waited(month.life, s)
                                for s, scheme in enumerate(names.schemes)},
        }  # fmt: skip
