"""The channel of objections in words: to whom, against what, by when, how many, with what end.

A scheme that says nothing has the conduct document's channel: any record, an answer after a month,
and its capacity. Terms of days round to a month, the shortest answer that a month can show.
"""

from __future__ import annotations

from decimal import Decimal

from scoredsociety.scheme.describe.rule_phrases import plain_number
from scoredsociety.scheme.model.scheme import Appeal

SILENT = (
    "The file says nothing of objections: any record may be objected to, as the conduct document "
    "has it."
)
NONE = "There is no way to object to a record."


def channel_words(appeal: Appeal | None) -> str:
    """One or two sentences on the channel."""
    if appeal is None:
        return SILENT
    if appeal.kind == "none":
        return NONE
    whom = "the operator" if appeal.kind == "objection" else "a body of its own"
    what = "a wrong record" if appeal.records == "wrong" else "any record"
    by = f", within {_months(appeal.within_months)} of its booking" if appeal.within_months else ""
    left = "its residue stays" if appeal.leaves == "residue" else "the record goes"
    said = f"One may object to {what}{by}; {whom} answers after {_months(appeal.months)}"
    if appeal.capacity is not None:
        said += f", {plain_number(appeal.capacity)} a month for 1,000 subjects"
    return f"{said}. Upheld, {left}."


def channel_phrase(appeal: Appeal | None) -> str:
    """The channel in a phrase that follows a scheme's name."""
    if appeal is None:
        return "says nothing of objections"
    if appeal.kind == "none":
        return "has no way to object"
    whom = "the operator" if appeal.kind == "objection" else "a body of its own"
    what = "wrong records" if appeal.records == "wrong" else "any record"
    by = f" within {_months(appeal.within_months)}" if appeal.within_months else ""
    most = ""
    if appeal.capacity is not None:
        most = f", {plain_number(appeal.capacity)} a month for 1,000 subjects"
    left = ", which leaves the residue" if appeal.leaves == "residue" else ""
    answers = f"{whom} answers after {_months(appeal.months)}{most}{left}"
    return f"hears objections to {what}{by}: {answers}"


def _months(count: int | Decimal) -> str:
    return f"{count} month{'' if count == 1 else 's'}"
