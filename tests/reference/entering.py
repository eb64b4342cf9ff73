"""Collectors who leave out, or make up, plainly (docs/model.md)."""

from __future__ import annotations

from tests.reference.acts import Act, Who, amount_class, seen_by
from tests.reference.opinion import accepted_with
from tests.reference.philox import draw
from tests.reference.responses import MILLION, Responses, under
from tests.reference.society import Society

from scoredsociety.conduct.tables import ConductTables
from scoredsociety.keyed import stream
from scoredsociety.scheme.tables import SchemeTables

PADDED = 12290  # ordinal of a made-up record for people; the next: against them


def collector(person: int, society: Society) -> tuple[int, int]:
    """Who enters the records of a person, and the collector's z, 32768 for sqrt(3)."""
    size = min(256, society.seats.community_size)
    first = person - person % size
    name = stream("response:discretion")
    who, own, _, _ = draw(society.key, society.seat(first), 0, name, 0)
    return first + (who * min(size, society.people - first) >> 32), (own >> 16) - 32768


def enters(
    person: int, act: Act, source: int, who: Who, ties: set[int], spoke: bool, society: Society,
    how: Responses, conduct: ConductTables,
) -> bool:  # fmt: skip
    """Whether what a source saw of an act is entered; ``spoke``: as published last month."""
    if how.form("discretion") != "collectors" or not conduct.sources.by_hand[source]:
        return True
    other, z = collector(person, society)
    close = other in society.household(person) or any(
        society.partner(person, slot) == other for slot in ties
    )
    favour = how.value("discretion", "closeness") if close else 0
    favour -= how.value("discretion", "disagreement") if spoke else 0
    if conduct.acts.gravity[act.act] == 0:
        favour = -favour
    own = how.value("discretion", "unlike") * z * 1732 // (1000 << 15)
    name = int(conduct.sources.stream[source]) ^ int(conduct.acts.stream[act.act])
    word = who.words(name ^ stream("response:discretion"), act.ordinal)[0]
    return word < accepted_with((how.value("discretion", "strictness") + own - favour) // 1000)


def against(act: int, conduct: ConductTables) -> int:
    """1 for an act with a gravity."""
    return int(conduct.acts.gravity[act] > 0)


def is_read(act: int, schemes: SchemeTables) -> bool:
    """Whether a rule reads the act."""
    return bool(schemes.act_rules[act + 1] > schemes.act_rules[act])


def made_up(
    person: int, who: Who, entered: tuple[int, int] | None, society: Society, how: Responses,
    conduct: ConductTables, schemes: SchemeTables,
) -> list[Act]:  # fmt: skip
    """Records that a collector makes up about a person; ``entered``: a person, last month."""
    if how.form("discretion") != "padding" or entered is None:
        return []
    _, z = collector(person, society)
    zeal = max(MILLION + how.value("discretion", "unlike") * z * 1732 // (1000 << 15), 0)
    found = []
    for kind, name in enumerate(("awards", "deductions")):
        owed = how.value("discretion", name) * zeal // MILLION // 256
        word, which, amount, _ = who.words(stream("response:padding"), PADDED + kind)
        acts = [
            act for act in range(len(conduct.acts))
            if is_read(act, schemes) and against(act, conduct) == kind
            and (sources := seen_by(Act(act, 0, 0), conduct))
            and conduct.sources.by_hand[sources[0]]
        ]  # fmt: skip
        if acts and under(word, max(owed - entered[kind], 0)):
            act = acts[which * len(acts) >> 32]
            found.append(Act(act, amount_class(act, amount, conduct), PADDED + kind, True))
    return found
