"""What the responses look up: severities of consequences, and what kind of act an act is.

Worked out once from the tables. Nothing here says what an act is worth to anybody: that is asked
of the rules themselves, by booking the act as if it were done (respond/worth.py).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scoredsociety.by_address import by_address
from scoredsociety.conduct import tables as c
from scoredsociety.conduct.tables import ConductTables
from scoredsociety.fixed import Ints
from scoredsociety.kernel import inner, int64
from scoredsociety.keyed import stream
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables

OTHER, SPEECH, PRAISE, ARREARS, ONLINE = 0, 1, 2, 3, 4
SPEECH_CONTEXTS = ("speech", "petition")
WRONGDOING = stream("act:reports_official_wrongdoing")
BITS = 8  # of a mask of consequences that one table of severities answers for
MOST_GIVING = 62  # acts of giving among which seekers choose: a bit each


@by_address
class Stakes(NamedTuple):
    """Look-up arrays of the responses."""

    severity: Ints  # (n, 256) of each 8 bits of a mask: severity of restrictions less rewards
    most: Ints  # (1,) no boundary of a score is worth more than this
    read: Ints  # (acts,) 1 where some rule is on the act, or corrected by it
    kind: Ints  # (acts,) OTHER, SPEECH, PRAISE, ARREARS, ONLINE
    petition: Ints  # (acts,) 1 for petitions: one step of act distance from posts
    contexts: Ints  # (CONTEXTS,) consequences (bits) that deny something in each context
    means: Ints  # (2,) consequences (bits) that deny flights, and trains
    names: Ints  # (1,) consequences (bits) that take the good name
    opaque: Ints  # (schemes,) 1 where the rules are not published
    giving: Ints  # (n,) acts of giving that some rule reads
    praise: Ints  # (n,) acts of praise
    misuse: Ints  # (n,) acts that tell of officials' wrongdoing


def _severities(consequences: Ints) -> Ints:
    """Of each value of each 8 bits: severities of the restrictions less those of the rewards."""
    count = -(-len(consequences) // BITS)
    masks = np.arange(1 << BITS, dtype=np.int64)
    tables = np.zeros((count, 1 << BITS), dtype=np.int64)
    for place, row in enumerate(consequences):
        weight = row.severity if row.denies else -row.severity
        tables[place // BITS] += (masks >> place % BITS & 1) * weight
    return tables


def _read(schemes: SchemeTables, acts: int) -> Ints:
    """Acts of which anything could become or end a record."""
    read = (np.diff(schemes.act_rules) > 0).astype(np.int64)
    for act in schemes.rules.corrected_by:
        if 0 <= act < acts:
            read[act] = 1
    return read


def _kinds(conduct: ConductTables) -> tuple[Ints, Ints]:
    contexts = [c.CONTEXTS[row.context] for row in conduct.acts]
    kind = np.zeros(len(contexts), dtype=np.int64)
    for act, (row, context) in enumerate(zip(conduct.acts, contexts, strict=True)):
        if context in SPEECH_CONTEXTS and row.protected:
            kind[act] = SPEECH if row.gravity else PRAISE
        elif context == "finance" and row.episode >= 0:
            kind[act] = ARREARS
        elif context in ("consumption", "platform"):
            kind[act] = ONLINE
    petition = np.array([context == "petition" for context in contexts], dtype=np.int64)
    return kind, petition


def _denying(schemes: SchemeTables, what: int) -> int:
    """Consequences (bits) that deny one thing."""
    return sum(1 << place for place, row in enumerate(schemes.consequences)
               if row.denies == what)  # fmt: skip


def stakes(schemes: SchemeTables, conduct: ConductTables) -> Stakes:
    """The look-up arrays of the responses to ``schemes``."""
    kind, petition = _kinds(conduct)
    contexts = np.zeros(len(c.CONTEXTS), dtype=np.int64)
    for place, row in enumerate(schemes.consequences):
        if row.denies:
            contexts[row.context] |= 1 << place
    read = _read(schemes, len(conduct.acts))
    giving = (conduct.acts.context == c.CONTEXTS.index("giving")) & (read == 1)
    return Stakes(
        severity=_severities(schemes.consequences),
        most=np.array([max(int(schemes.consequences.severity.sum()), 1)], dtype=np.int64),
        read=read,
        kind=kind,
        petition=petition,
        contexts=contexts,
        means=np.array([_denying(schemes, what) for what in (t.FLIGHTS, t.TRAINS)], dtype=np.int64),
        names=np.array([_denying(schemes, t.GOOD_NAME)], dtype=np.int64),
        opaque=(schemes.schemes.kind == t.WEIGHTED).astype(np.int64),
        giving=np.flatnonzero(giving)[:MOST_GIVING].astype(np.int64),
        praise=np.flatnonzero((kind == PRAISE) & (petition == 0)).astype(np.int64),
        misuse=np.flatnonzero(conduct.acts.stream == WRONGDOING).astype(np.int64),
    )


@inner
def severity_of(mask: int, stakes: Stakes) -> int:
    """Severity of a set of consequences (bits): restrictions less rewards."""
    total, place = int64(0), 0
    while mask:
        total += stakes.severity[place, mask & 255]
        mask >>= 8
        place += 1
    return total
