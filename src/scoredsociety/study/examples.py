"""Worked examples, run through the engine's own booking and scoring kernels.

An example that a scheme file carries (V1, V3, O-Z1) either holds, or is reported by name with the
rules to look at. No score leaves this module, so it cannot be used to score records.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scoredsociety.conduct import tables as c
from scoredsociety.conduct.model import Conduct
from scoredsociety.conduct.tables import ConductTables
from scoredsociety.engine.derive import Derived, derive
from scoredsociety.engine.rate import rules_of
from scoredsociety.engine.score import PART_GRADE, PART_MEANS, PARTS, score_person
from scoredsociety.engine.state import MOST_RECORDS, rule_of
from scoredsociety.engine.structure import (
    add_record,
    book_act,
    correct,
    counts_at,
    fits,
    forget,
    in_force,
    stand,
)
from scoredsociety.fixed import UNIT, Ints
from scoredsociety.kernel import int64, kernel
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile import compile_schemes
from scoredsociety.scheme.examples import Example, examples_of
from scoredsociety.scheme.model import Scheme
from scoredsociety.scheme.names import SchemeNames
from scoredsociety.scheme.tables import SchemeTables

ORIGIN = 5040  # January 2020, the first month of every example
# by whom: bits of R_SPILL_TO that reach the person, who heads the household (and leads, where a
# fellow leader or a resident of the community did it)
_REACHES = {
    "self": 0,
    "spouse": 1 << t.TO_SPOUSE | 1 << t.TO_HEAD | 1 << t.TO_HOUSEHOLD,
    "child": 1 << t.TO_PARENTS | 1 << t.TO_HEAD | 1 << t.TO_HOUSEHOLD,
    "parent": 1 << t.TO_CHILDREN | 1 << t.TO_HEAD | 1 << t.TO_HOUSEHOLD,
    "fellow_leader": 1 << t.TO_FELLOWS | 1 << t.TO_LEADERS,
    "resident": 1 << t.TO_LEADERS,
    "tie": 1 << t.TO_TIES,
}


class Room(NamedTuple):
    """What all examples of a scheme share."""

    scheme: SchemeTables
    names: SchemeNames
    conduct: ConductTables
    derived: Derived


def failing_examples(scheme: Scheme, conduct: Conduct) -> list[str]:
    """What fails, one sentence an example, naming the rules at fault; empty where all hold."""
    return list(failing_places(scheme, conduct).values())


def failing_places(scheme: Scheme, conduct: Conduct) -> dict[int, str]:
    """Place of each failing example in its file, with what is wrong."""
    room = room_of(scheme, conduct)
    faults = [fault_of(example, room) for example in examples_of(scheme, conduct)]
    return {place: fault for place, fault in enumerate(faults) if fault is not None}


def room_of(scheme: Scheme, conduct: Conduct) -> Room:
    """Tables of one scheme alone, as its examples need them."""
    tables, names = compile_schemes([[(0, scheme)]], conduct)
    compiled = conduct.compile()
    derived = derive(tables, compiled)
    kinds = tables.rules[:, t.R_KIND]  # also lists that only a run with their scheme would keep
    standing = np.flatnonzero((kinds == t.ON_LIST) | (kinds == t.ON_GRADE)).astype(np.int64)
    return Room(tables, names, compiled, derived._replace(standing=standing))


def fault_of(example: Example, room: Room) -> str | None:
    """What is wrong with one example, or None."""
    names = [kept.id for kept in room.names.lists]
    bits = sum(1 << place for place, name in enumerate(names) if name in example.lists)
    low, high = (int(room.scheme.schemes[0, place]) for place in (t.S_LOW, t.S_HIGH))
    peers = -1
    if example.peers_centipoints is not None:
        peers = (example.peers_centipoints - low) * UNIT // max(high - low, 1)
    parts = np.zeros(PARTS, dtype=np.int64)
    parts[PART_MEANS:] = peers
    most = MOST_RECORDS + 4
    shapes = (most, most, len(room.scheme.rules), (16, 4), most)
    score, lists = _evaluate(
        _acts(example, room), bits, np.array(example.traits, dtype=np.int64),
        example.after_months, room.scheme, room.conduct, room.derived, parts,
        *(np.zeros(shape, dtype=np.int64) for shape in shapes),
    )  # fmt: skip
    on = frozenset(name for place, name in enumerate(names) if lists >> place & 1)
    return example.fault(room.names.grades[0][int(parts[PART_GRADE])].id, int(score), on)


def _acts(example: Example, room: Room) -> Ints:
    """(acts, 5) int64: month, act, amount class, bits of the spill-overs that reach the person,
    and the one source that files it or -1.

    A rating has -1 less the rule that it is booked under as its act.
    """
    rows = [
        (one.month, one.act, _amount_class(one.act, one.amount, room.conduct),
         _REACHES[one.by], one.seen_by)
        for one in example.booked
    ]
    for rating, stars, month in example.rated:
        place = room.names.ratings.index(rating)
        rule = rules_of(room.scheme, place, ORIGIN + month)[stars]
        if rule >= 0:
            rows.append((month, -1 - int(rule), 0, 0, -1))
    return np.array(rows, dtype=np.int64).reshape(len(rows), 5)


def _amount_class(act: int, amount: int, conduct: ConductTables) -> int:
    first, count = conduct.acts[act, c.A_AMOUNTS], conduct.acts[act, c.A_AMOUNT_COUNT]
    values = [int(value) for value in conduct.amounts[first : first + count, 1]]
    return values.index(amount) if amount in values else 0


@kernel
def _evaluate(
    acts: Ints, lists: int, traits: Ints, after: int, scheme: SchemeTables,
    conduct: ConductTables, derived: Derived, parts: Ints, records: Ints, theirs: Ints,
    booked: Ints, spill: Ints, left_out: Ints,
) -> tuple[int, int]:  # fmt: skip
    """Score and list bits after the months of an example; ``parts`` receives the ledger."""
    n = 0
    for now in range(after + 1):
        month = ORIGIN + now
        for place in range(derived.standing.shape[0]):
            rule = derived.standing[place]
            on_list = scheme.rules[rule, t.R_KIND] == t.ON_LIST
            member = on_list and (lists >> scheme.rules[rule, t.R_ON]) & 1 == 1
            n = stand(records, n, rule, member, now, scheme)
        for row in range(acts.shape[0]):
            if acts[row, 0] != now:
                continue
            act, amount, reaches = acts[row, 1], acts[row, 2], acts[row, 3]
            if act < 0:
                n = add_record(records, n, -1 - act, now, 0, 0, scheme)
                continue
            booked[:] = 0
            n_theirs, spills = 0, 0
            for entry in range(conduct.acts[act, c.A_SOURCE_COUNT]):
                source = conduct.act_sources[conduct.acts[act, c.A_SOURCES] + entry]
                if acts[row, 4] >= 0 and acts[row, 4] != source:
                    continue
                if reaches == 0:
                    n, spills = book_act(
                        records, n, act, amount, source, 0, month, 0, ORIGIN, traits, 1, booked,
                        conduct, scheme, spill, spills,
                    )  # fmt: skip
                else:
                    n_theirs, spills = book_act(
                        theirs, n_theirs, act, amount, source, 0, month, 0, ORIGIN, traits, 1,
                        booked, conduct, scheme, spill, spills,
                    )  # fmt: skip
            for place in range(spills):
                rule, reached = spill[place, 0], spill[place, 3] & ((1 << t.TO_BITS) - 1)
                holds = in_force(rule, month, scheme) and fits(rule, traits, scheme)
                if (reaches >> reached) & 1 and holds:
                    flags, size = spill[place, 2], spill[place, 1]
                    n = add_record(records, n, rule, now, flags, size, scheme)
            if reaches == 0:
                n = correct(records, n, act, now, scheme)
        n = forget(records, n, now, 0, scheme)
    score = score_person(
        0, records, n, after, ORIGIN + after, 0, 0, traits, scheme, conduct, derived,
        left_out, parts,
    )  # fmt: skip
    on = int64(0)
    for place in range(n):
        bit = scheme.rules[rule_of(records[place]), t.R_LIST]
        if bit >= 0 and counts_at(records[place], after, scheme):
            on |= int64(1) << bit
    return score, on
