"""What is at stake in an act: what a person believes the rules would do to them for it.

Worked out once from the tables. Losses are in units of severity: the severities of a grade's
restrictions less those of its rewards, for each kind of person (control.kind_of). Points matter
only through the boundary that they cross (Stigler 1970 [M]): those at the bottom have nothing to
lose.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scoredsociety.conduct import tables as c
from scoredsociety.conduct.tables import ConductTables
from scoredsociety.engine.derive import Derived
from scoredsociety.engine.score import grade_of
from scoredsociety.fixed import Ints
from scoredsociety.kernel import inner, int64
from scoredsociety.keyed import stream
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables

OTHER, SPEECH, PRAISE, ARREARS, ONLINE = 0, 1, 2, 3, 4
SPEECH_CONTEXTS = ("speech", "petition")
WRONGDOING = stream("act:reports_official_wrongdoing")


class Stakes(NamedTuple):
    """Look-up arrays of the responses."""

    loss: Ints  # (kinds, schemes, 16) severity of a grade's restrictions less its rewards
    drop: Ints  # (schemes, acts) centipoints that the worst rule on an act takes
    grade: Ints  # (schemes, acts) lowest grade that a rule on the act brings at once, or 15
    listing: Ints  # (kinds, schemes, acts) severity of the lists that the act leads to
    gain: Ints  # (schemes, acts) centipoints that the best rule on an act gives
    kind: Ints  # (acts,) OTHER, SPEECH, PRAISE, ARREARS, ONLINE
    petition: Ints  # (acts,) 1 for petitions: one step of act distance from posts
    seek: Ints  # (schemes, 17) number of acts done for points, then the acts
    contexts: Ints  # (CONTEXTS,) consequences (bits) that deny something in each context
    opaque: Ints  # (schemes,) 1 where the rules are not published
    listed: Ints  # (kinds, MOST_LISTS) severity of the restrictions of each list
    praise: Ints  # (n,) acts of praise
    misuse: Ints  # (n,) acts that tell of officials' wrongdoing


def _worst(
    schemes: SchemeTables, acts: int, month: int
) -> tuple[Ints, Ints, Ints, Ints]:
    """Drop, grade, gain and lists of the rules that are in force in a month."""
    count = len(schemes.schemes)
    drop = np.zeros((count, acts), dtype=np.int64)
    grade = np.full((count, acts), t.NO_GRADE, dtype=np.int64)
    gain = np.zeros((count, acts), dtype=np.int64)
    listing = np.zeros((count, acts), dtype=np.int64)
    for act in range(acts):
        for entry in range(schemes.act_rules[act], schemes.act_rules[act + 1]):
            row = schemes.rules[schemes.act_rule_list[entry]]
            if not row[t.R_FROM] <= month < row[t.R_UNTIL]:
                continue
            s = row[t.R_SCHEME]
            points = int(row[t.R_POINTS]) if row[t.R_COMPONENT] < 0 else 0
            if row[t.R_BRACKET_COUNT] > 0:
                points = int(schemes.brackets[row[t.R_BRACKETS], 1])
            if row[t.R_COMPONENT] >= 0:  # a weighted scheme: Q16 of the component's share
                span = int(schemes.schemes[s, t.S_HIGH] - schemes.schemes[s, t.S_LOW])
                weight = int(schemes.components[row[t.R_COMPONENT], t.C_WEIGHT])
                points = int(row[t.R_POINTS]) * weight * span >> 32
            drop[s, act] = max(drop[s, act], -points)
            gain[s, act] = max(gain[s, act], points)
            if row[t.R_GRADE] >= 0:
                grade[s, act] = min(grade[s, act], row[t.R_GRADE])
            if row[t.R_LIST] >= 0:
                listing[s, act] |= 1 << int(row[t.R_LIST])
    return drop, grade, gain, listing


def _severities(schemes: SchemeTables, masks: Ints) -> Ints:
    """Of each mask of consequences: severities of the restrictions less those of the rewards."""
    total = np.zeros_like(masks)
    for place, row in enumerate(schemes.consequences):
        total += (masks >> place & 1) * row[t.K_SEVERITY] * (1 if row[t.K_DENIES] else -1)
    return total


def _kinds(conduct: ConductTables) -> tuple[Ints, Ints]:
    contexts = [c.CONTEXTS[row[c.A_CONTEXT]] for row in conduct.acts]
    kind = np.zeros(len(contexts), dtype=np.int64)
    for act, (row, context) in enumerate(zip(conduct.acts, contexts, strict=True)):
        if context in SPEECH_CONTEXTS and row[c.A_PROTECTED]:
            kind[act] = SPEECH if row[c.A_GRAVITY] else PRAISE
        elif context == "finance" and row[c.A_EPISODE] >= 0:
            kind[act] = ARREARS
        elif context in ("consumption", "platform"):
            kind[act] = ONLINE
    petition = np.array([context == "petition" for context in contexts], dtype=np.int64)
    return kind, petition


def _sought(conduct: ConductTables, gain: Ints) -> Ints:
    """Of each scheme, the giving that people may do for points: at most 16 acts."""
    seek = np.zeros((len(gain), 17), dtype=np.int64)
    giving = c.CONTEXTS.index("giving")
    for s, row in enumerate(gain):
        acts = [a for a in np.flatnonzero(row > 0) if conduct.acts[a, c.A_CONTEXT] == giving][:16]
        seek[s, 0] = len(acts)
        seek[s, 1 : 1 + len(acts)] = acts
    return seek


def stakes(schemes: SchemeTables, conduct: ConductTables, derived: Derived, month: int) -> Stakes:
    """The look-up arrays of the responses to ``schemes``, a version that begins in ``month``.

    Rules of earlier and later versions stand in the tables too and are not feared or sought.
    """
    drop, grade, gain, listing = _worst(schemes, len(conduct.acts), month)
    by_list = derived.list_mask[: t.MOST_LISTS]
    reached = np.zeros_like(listing)  # consequences (bits) of the lists that an act leads to
    for bit in range(t.MOST_LISTS):
        reached |= np.where(listing >> bit & 1, by_list[bit], 0)
    by_grade = derived.grade_mask & ~derived.list_mask[t.MOST_LISTS]
    loss, listing, listed = (
        np.array([_severities(schemes, masks & may_hold) for may_hold in derived.of_kind])
        for masks in (by_grade, reached, by_list)
    )
    kind, petition = _kinds(conduct)
    contexts = np.zeros(len(c.CONTEXTS), dtype=np.int64)
    for place, row in enumerate(schemes.consequences):
        if row[t.K_DENIES]:
            contexts[row[t.K_CONTEXT]] |= 1 << place
    opaque = (schemes.schemes[:, t.S_KIND] == t.WEIGHTED).astype(np.int64)
    return Stakes(
        loss, drop, grade, np.maximum(listing, 0), gain, kind, petition, _sought(conduct, gain),
        contexts, opaque, listed=np.maximum(listed, 0),
        praise=np.flatnonzero((kind == PRAISE) & (petition == 0)).astype(np.int64),
        misuse=np.flatnonzero(conduct.acts[:, c.A_STREAM] == WRONGDOING).astype(np.int64),
    )  # fmt: skip


@inner
def severity_of(
    s: int, kind: int, grade: int, lists: int, own_lists: int, stakes: Stakes
) -> int:
    """Severity that somebody is under: restrictions of grade and lists less rewards."""
    severity = stakes.loss[kind, s, grade]
    for bit in range(t.MOST_LISTS):
        if (lists & own_lists) >> bit & 1:
            severity += stakes.listed[kind, bit]
    return severity


@inner
def feared(
    s: int, act: int, score: int, grade: int, listed: int, symbol: int, where: int, kind: int,
    schemes: SchemeTables, stakes: Stakes,
) -> int:  # fmt: skip
    """Severity by which a record of the act would worsen things for a subject of scheme ``s``.

    ``symbol``: severity of one grade less, apart from what it restricts (O-K3: symbols count).
    ``where``: world.where_is; ``kind``: control.kind_of.
    """
    if grade == t.NO_GRADE:
        return int64(0)
    direct = stakes.grade[s, act]
    if stakes.drop[s, act] == 0 and direct == t.NO_GRADE and stakes.listing[kind, s, act] == 0:
        return int64(0)
    then = min(grade_of(s, score - stakes.drop[s, act], direct, where, schemes), grade)
    worse = max(stakes.loss[kind, s, then] - stakes.loss[kind, s, grade], 0)
    worse += symbol * (grade - then)
    if not listed:
        worse += stakes.listing[kind, s, act]
    return worse
