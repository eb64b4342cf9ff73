"""What a person sees of a scheme: privileges held and lost, restrictions, and who read the score.

A reward or a restriction holds while what is published asks for it; a partner whom the person did
not let read (S3-38) reads nothing and grants nothing. Nothing of it is stored: it follows from the
months lived again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from scoredsociety.calendar import month_text
from scoredsociety.engine.layout import SHOWS, grade_in
from scoredsociety.engine.replay.household_replay import LifeMonth
from scoredsociety.engine.state import I32, U32
from scoredsociety.keyed import draw, key_of
from scoredsociety.measure.scoring.readers import OPEN, OPERATOR, OTHERS, Reading, reader_of
from scoredsociety.runs.prepare import Prepared
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile.scheme_names import SchemeNames
from scoredsociety.scheme.tables import SchemeTables
from scoredsociety.society.people import seats
from scoredsociety.study.explain.denials import standing_in, tables_in_force
from scoredsociety.study.readout.persons import subjects_now


def held_by(prepared: Prepared, lived: list[LifeMonth], s: int) -> list[dict[str, Any]]:
    """Each reward and restriction that scheme ``s`` put on a person, with its months and reader.

    ``until`` is the first month without it, None while it holds.
    """
    spells: list[dict[str, Any]] = []
    open_: dict[int, dict[str, Any]] = {}
    for one in lived:
        tables = tables_in_force(prepared.inputs.schemes, one.month)
        now = {place for place in standing_in(one, s, tables)
               if _reads(prepared, one.person, place, tables)}  # fmt: skip
        for place in [place for place in open_ if place not in now]:
            open_.pop(place)["until"] = month_text(one.month)
        for place in sorted(now - set(open_)):
            open_[place] = spell(prepared, place, s, one.month)
            spells.append(open_[place])
    return spells


def _reads(prepared: Prepared, person: int, place: int, tables: SchemeTables) -> bool:
    """Whether the person lets the partner behind a reward read the score."""
    row = tables.consequences[place]
    if not row.consent:
        return True
    k0, k1 = key_of(prepared.inputs.seed)
    seat = int(seats.id_of(prepared.inputs.seats, person))
    word, _, _, _ = draw(k0, k1, seat, 0, int(row.stream), 0)
    return int(word) < int(row.consent) - 1


def spell(prepared: Prepared, place: int, s: int, month: int) -> dict[str, Any]:
    """A reward or a restriction that begins."""
    one = prepared.names.consequences[place]
    partner = partner_of(prepared, one.id, s)
    return {
        "id": one.id, "title": one.title, "kind": "privilege" if one.grants else "restriction",
        "from": month_text(month), "until": None,
        "read_by": partner or OPERATOR,
        "reader": reader_of(
            {"denies": one.denies, "grants": one.grants, "context": one.context}
        ),
    }  # fmt: skip


def readings_of(prepared: Prepared, lived: list[LifeMonth], s: int) -> list[Reading]:
    """Who read what scheme ``s`` published of a person, and in how many months what came of it."""
    found: dict[tuple[str, str], list[int]] = {}
    has_score, open_ = prepared.versions.schemes[s][-1][1].score.kind != "none", 0
    for one in lived:
        tables = tables_in_force(prepared.inputs.schemes, one.month)
        open_ += has_score and _is_open(one, s, tables)
        for place in standing_in(one, s, tables):
            if _reads(prepared, one.person, place, tables):
                named = spell(prepared, place, s, one.month)
                who = str(named["reader"]), str(named["read_by"])
                found.setdefault(who, [0, 0])[named["kind"] == "restriction"] += 1
    rows = [Reading(*who, rewards, restrictions, 0)
            for who, (rewards, restrictions) in found.items()]
    return [*rows, Reading(OTHERS, OPEN, 0, 0, open_)] if open_ else rows


def _is_open(one: LifeMonth, s: int, tables: SchemeTables) -> bool:
    """Whether other citizens could read the score of scheme ``s`` in a month lived."""
    visibility = tables.schemes.visibility[s]
    if visibility == t.PUBLIC:
        return grade_in(one.status, s) != t.NO_GRADE
    return bool(visibility != t.PRIVATE and one.status & SHOWS)


def partner_of(prepared: Prepared, consequence: str, s: int) -> str | None:
    """Title of the partner who applies a consequence of scheme ``s``."""
    for _, scheme in reversed(prepared.versions.schemes[s]):
        titles = {one.id: one.title for one in scheme.partner}
        for one in scheme.consequence:
            if one.id == consequence:
                return titles.get(one.partner or "")
    return None


def subtotals(
    names: SchemeNames, entries: Iterable[Mapping[str, Any]], s: int
) -> list[dict[str, Any]]:
    """Centipoints of each category of a weighted scheme, in the order of its file."""
    mine = {one.id: one.category for one in names.components if one.scheme == s}
    totals: dict[str, int] = {}
    for entry in entries:
        category = mine.get(str(entry["rule"])) if entry["rule"] else None
        if category:
            totals[category] = totals.get(category, 0) + int(entry["points"])
    return [
        {"category": one.id, "title": one.title, "points": totals[one.id]}
        for one in names.categories if one.scheme == s and one.id in totals
    ]  # fmt: skip


def rank_of(score: I32, status: U32, s: int, person: int) -> dict[str, int] | None:
    """How many subjects of scheme ``s`` stand below, level and above; None: not a subject."""
    among = subjects_now(status, s)
    if not among[person]:
        return None
    own, others = score[s][person], score[s][among]
    return {
        "below": int(np.sum(others < own)), "level": int(np.sum(others == own)) - 1,
        "above": int(np.sum(others > own)), "of": int(among.sum()),
    }  # fmt: skip
