"""Why is this score what it is: the life of a synthetic person, and a ledger that adds up.

The life was not stored: the household is run again alone from the seed and the change log. A
points scheme has a *flow* ledger (start + entries = score); a weighted one has a *composition*
ledger (base + weighted parts = score). Both are sums of integers, in centipoints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from scoredsociety.calendar import month_number, month_text
from scoredsociety.engine.layout import lists_of_status
from scoredsociety.engine.replay.household_replay import LifeMonth, Log, relive_each
from scoredsociety.engine.run_constants import Setting
from scoredsociety.errors import UserError, did_you_mean
from scoredsociety.runs.folder.run_files import address_of
from scoredsociety.runs.folder.run_folder import SYNTHETIC
from scoredsociety.runs.prepare import Prepared
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile.scheme_names import SchemeNames
from scoredsociety.scheme.tables import SchemeTables
from scoredsociety.society.people.life_course import AFTER_DEATH, BORN, MOVED_IN, TOOK_OVER
from scoredsociety.study.explain.counterfactual import counterfactuals
from scoredsociety.study.explain.filings import filed_lines, published_lines, received_lines
from scoredsociety.study.explain.ledger import ledger_of, score_kind
from scoredsociety.study.explain.record_errors import follow_wrong_records, letters
from scoredsociety.study.explain.standing import held_by, readings_of, subtotals

# what a household finds out, in the order of LifeMonth.refused
REFUSED = (
    ("flight_refused", "A flight is refused"),
    ("train_refused", "A ticket for a train is refused"),
    ("child_kept_out", "A child is kept out of a school, from now on"),
)
# how a life came to a seat, by the codes of society/people/lives.py
CAME = {
    MOVED_IN: "another person has this seat: a household moved away and theirs moved in",
    TOOK_OVER: "another person has this seat: a household gave way to theirs",
    AFTER_DEATH: "a person died, and another of the same age has this seat",
    BORN: "a child grew up and left, and a newborn has this seat",
}


def explain(
    prepared: Prepared, setting: Setting, log: Log, person: int, *, scheme: str | None = None,
    month: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The life and the ledger of one person, up to ``month`` (the last, unless told).

    Returns ``unit, ledger, start, entries, score, grade, life`` and more; start and the points of
    the entries add up to the score, as integers.
    """
    s, (lived,) = lives_of(prepared, setting, log, [person], scheme, month)
    return explained(prepared, setting, s, lived)


def explain_each(
    prepared: Prepared, setting: Setting, log: Log, persons: Sequence[int]
) -> list[dict[str, Any]]:
    """What ``explain`` gives of each of some persons, whose lives are lived side by side."""
    s, lives = lives_of(prepared, setting, log, persons, None, None)
    return [explained(prepared, setting, s, lived) for lived in lives]


def explained(
    prepared: Prepared, setting: Setting, s: int, lived: list[LifeMonth]
) -> dict[str, Any]:
    """The life and the ledger of a person whose months these are."""
    person = lived[-1].person
    lived_to = published_month(prepared, lived, s)
    account = lived_to.accounts[s]
    _, tables = rules_in(prepared, lived_to.month)
    record: dict[str, Any] = {
        "synthetic": SYNTHETIC,
        "person": person,
        "address": address_of(prepared, person),
        "scheme": prepared.names.schemes[s].id,
        "month": month_text(lived_to.month),
        "subject": account.subject,
        "has_score": prepared.versions.schemes[s][-1][1].score.kind != "none",  # or lists alone
        "unit": "centipoints",
        "ledger": "flow" if score_kind(tables, s) == t.POINTS else "composition",
    }
    if account.subject:
        until = lived[: lived.index(lived_to) + 1]
        record |= ledger_of(prepared, setting, tables, until, s)
    else:
        record |= {"start": account.published, "entries": [], "score": account.published,
                   "grade": None}  # fmt: skip
    record["lists"] = lists_of(prepared.names, lived_to.status)
    record["categories"] = subtotals(prepared.names, record["entries"], s)
    record["held"] = held_by(prepared, lived, s)
    record["readings"] = [one._asdict() for one in readings_of(prepared, lived, s)]
    record["life"] = list(life_lines(prepared, lived))
    record["misfiled"] = follow_wrong_records(
        prepared.names, prepared.conduct, prepared.inputs.schemes, prepared.inputs.origin, lived, s
    )
    record |= made_from(prepared, lived[: lived.index(lived_to) + 1])
    return record


def made_from(prepared: Prepared, lived: list[LifeMonth]) -> dict[str, Any]:
    """What the ledger can be worked out from again, month by month (study/explain/filings.py)."""
    conduct, tables = prepared.conduct, prepared.inputs.conduct[0][1]
    return {
        "filed": list(filed_lines(lived, conduct, tables)),
        "received": list(received_lines(lived, conduct, tables, prepared.names)),
        "published": list(published_lines(lived, prepared.names)),
    }


def lives_of(
    prepared: Prepared, setting: Setting, log: Log, persons: Sequence[int], scheme: str | None,
    month: str | None,
) -> tuple[int, list[list[LifeMonth]]]:  # fmt: skip
    """The place of the scheme asked for, and each person's months up to the one asked for."""
    people = prepared.inputs.seats.people
    for person in persons:
        if not 0 <= person < people:
            raise UserError(f"--person is a seat from 0 to {people - 1:,}, not {person}")
    s = scheme_place(prepared, scheme)
    count = _last_month(prepared, month) - prepared.inputs.origin + 1
    lived = islice(relive_each(prepared.inputs, setting, log, persons), count)
    return s, [list(months) for months in zip(*lived, strict=True)]


def what_if(
    prepared: Prepared, setting: Setting, log: Log, person: int, *, scheme: str | None = None,
    month: str | None = None, full: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Single changes after which the score of ``explain`` would stand otherwise, nearest first.

    See study/explain/counterfactual.py; ``full`` also runs the society again for the nearest ones.
    """
    s, (lived,) = lives_of(prepared, setting, log, [person], scheme, month)
    until = lived[: lived.index(published_month(prepared, lived, s)) + 1]
    return counterfactuals(prepared, setting, log, person, until, s, full)


def rules_in(prepared: Prepared, month: int) -> tuple[int, SchemeTables]:
    """The tables in force in a month, and the month from which they are."""
    versions = prepared.inputs.schemes
    return next((one for one in reversed(versions) if one[0] <= month), versions[0])


def lists_of(names: SchemeNames, status: int) -> list[str]:
    """Lists on which a published status places."""
    return [names.lists[bit].id for bit in lists_of_status(status)]


def life_lines(prepared: Prepared, lived: list[LifeMonth]) -> Iterator[Mapping[str, Any]]:
    """What the person did, and what was put on the file without an act, month by month."""
    acts = prepared.conduct.act
    before: LifeMonth | None = None
    for month in lived:
        if month.came:
            yield {"month": month_text(month.month), "title": CAME[month.came], "entered": True}
        for letter in letters(month.received, prepared.conduct):
            yield {"month": month_text(month.month), **letter}
        for row in month.acts:
            act = acts[int(row[0])]
            line: dict[str, Any] = {"month": month_text(month.month), "act": act.id,
                                    "title": act.title}  # fmt: skip
            if int(row[3]):
                line["error"] = "a record without an act"
            yield line
        yield from refused_lines(month, before)
        before = month


def refused_lines(month: LifeMonth, before: LifeMonth | None) -> Iterator[dict[str, Any]]:
    """What was refused to the household this month; of a child kept out, the first of such months.

    It is a household's: who of its members is restricted, the restrictions say.
    """
    for kind, count in enumerate(month.refused):
        goes_on = REFUSED[kind][0] == "child_kept_out" and before and before.refused[kind]
        if count and not goes_on:
            yield {"month": month_text(month.month), "title": REFUSED[kind][1],
                   "refused": REFUSED[kind][0]}  # fmt: skip


def scheme_place(prepared: Prepared, scheme: str | None) -> int:
    """Place of a scheme of the run by its id; the main one unless told (scheme/read/lane.py)."""
    ids = [one.id for one in prepared.names.schemes]
    if scheme is None:
        return prepared.main
    if scheme not in ids:
        raise UserError(
            f"--scheme {scheme}: the run has {', '.join(ids)}.{did_you_mean(scheme, ids)}"
        )
    return ids.index(scheme)


def _last_month(prepared: Prepared, month: str | None) -> int:
    """Number of the month asked for, within the run."""
    first, end = prepared.inputs.origin, prepared.inputs.origin + prepared.inputs.months
    if month is None:
        return end - 1
    try:
        number = month_number(month)
    except ValueError as error:
        raise UserError(f"--month: {error}") from None
    if not first <= number < end:
        raise UserError(
            f"--month: the run goes from {month_text(first)} to {month_text(end - 1)}, "
            f"not to {month}"
        )
    return number


def published_month(prepared: Prepared, lived: list[LifeMonth], s: int) -> LifeMonth:
    """The newest month in which the scheme published: its ledger is the one that counts."""
    for before, one in reversed(list(zip([None, *lived], lived, strict=False))):
        since, tables = rules_in(prepared, one.month)
        every = int(tables.schemes.publishes_every[s])
        if one.came or (before and before.accounts[s].subject < one.accounts[s].subject):
            return one  # who is new to a scheme does not wait to be published
        if one.month in (prepared.inputs.origin, since) or one.month % every == 0:
            return one
    return lived[0]
