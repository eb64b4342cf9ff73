"""Worked examples, run through the engine's own booking and scoring, in the month's own order.

An example that a scheme file carries (V1, V3, O-Z1) either holds, or is reported by name with the
rules to look at. No score leaves this module, so it cannot be used to score records.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scoredsociety.conduct.model import Conduct
from scoredsociety.conduct.tables import ConductTables
from scoredsociety.engine.layout import rule_of
from scoredsociety.engine.phases import ACT, FOLLOW, FORGET, RECEIVE, SCORE, STEPS, step_at
from scoredsociety.engine.rule_index import Derived, derive
from scoredsociety.engine.score.ledger_places import PART_GRADE, PART_MEANS, PARTS, Clock, Held
from scoredsociety.engine.score.peer_ratings import rules_of
from scoredsociety.engine.score.scoring import score_person
from scoredsociety.engine.state import MOST_RECORDS
from scoredsociety.engine.structure.dependent_records import forget
from scoredsociety.engine.structure.records import (
    File,
    Filing,
    add_record,
    book_act,
    correct,
    counts_at,
    fits,
    in_force,
    stand,
)
from scoredsociety.fixed import UNIT, Ints
from scoredsociety.kernel import inner, int64, kernel
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile.example_inputs import ExampleCase, examples_of
from scoredsociety.scheme.compile.scheme_names import SchemeNames
from scoredsociety.scheme.compile.schemes import compile_schemes
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.scheme.tables import SchemeTables

ORIGIN = 5040  # January 2020, the first month of every example
# by whom: bits of spill_to that reach the person, who heads the household (and leads, where a
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


class ExampleTables(NamedTuple):
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


def room_of(scheme: Scheme, conduct: Conduct) -> ExampleTables:
    """Tables of one scheme alone, as its examples need them."""
    tables, names = compile_schemes([[(0, scheme)]], conduct)
    compiled = conduct.compile()
    derived = derive(tables, compiled)
    kinds = tables.rules.kind  # also lists that only a run with their scheme would keep
    standing = np.flatnonzero((kinds == t.ON_LIST) | (kinds == t.ON_GRADE)).astype(np.int64)
    return ExampleTables(tables, names, compiled, derived._replace(standing=standing))


def fault_of(example: ExampleCase, room: ExampleTables) -> str | None:
    """What is wrong with one example, or None."""
    names = [kept.id for kept in room.names.lists]
    bits = sum(1 << place for place, name in enumerate(names) if name in example.lists)
    low, high = int(room.scheme.schemes.low[0]), int(room.scheme.schemes.high[0])
    peers = -1
    if example.peers_centipoints is not None:
        peers = (example.peers_centipoints - low) * UNIT // max(high - low, 1)
    parts = np.zeros(PARTS, dtype=np.int64)
    parts[PART_MEANS:] = peers
    most = MOST_RECORDS + 4
    shapes = (most, most, len(room.scheme.rules), (16, 4), (4 * most, 3), most)
    score, lists = _evaluate(
        _acts(example, room), bits, np.array(example.traits, dtype=np.int64),
        example.after_months, room.scheme, room.conduct, room.derived, parts,
        *(np.zeros(shape, dtype=np.int64) for shape in shapes),
    )  # fmt: skip
    on = frozenset(name for place, name in enumerate(names) if lists >> place & 1)
    return example.fault(room.names.grades[0][int(parts[PART_GRADE])].id, int(score), on)


def _acts(example: ExampleCase, room: ExampleTables) -> Ints:
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
        rule = rules_of(room.scheme, place, ORIGIN + month + 1)[stars]
        if rule >= 0:
            rows.append((month, -1 - int(rule), 0, 0, -1))
    return np.array(rows, dtype=np.int64).reshape(len(rows), 5)


def _amount_class(act: int, amount: int, conduct: ConductTables) -> int:
    first, count = conduct.acts.first_amount[act], conduct.acts.amount_count[act]
    values = [int(value) for value in conduct.amounts.value[first : first + count]]
    return values.index(amount) if amount in values else 0


@kernel
def _evaluate(
    acts: Ints, lists: int, traits: Ints, after: int, scheme: SchemeTables,
    conduct: ConductTables, derived: Derived, parts: Ints, records: Ints, theirs: Ints,
    booked: Ints, spill: Ints, mail: Ints, left_out: Ints,
) -> tuple[int, int]:  # fmt: skip
    """Score and list bits after the months of an example; ``parts`` receives the ledger."""
    n, waiting, score, on = int64(0), int64(0), int64(0), int64(0)
    for now in range(after + 1):
        month = ORIGIN + now
        for place in range(STEPS):
            step = step_at(place)
            if step == FORGET:
                n = forget(records, n, now, 0, scheme)
            elif step == RECEIVE:
                n = _receive(mail, waiting, records, n, now, traits, scheme)
                waiting = int64(0)
            elif step == ACT:
                for row in range(acts.shape[0]):
                    if acts[row, 0] == now:
                        n, waiting = _act(
                            acts[row], records, theirs, n, month, now, traits, booked, spill,
                            mail, waiting, conduct, scheme,
                        )  # fmt: skip
            elif step == FOLLOW:
                for entry in range(derived.standing.shape[0]):
                    rule = derived.standing[entry]
                    on_list = scheme.rules.kind[rule] == t.ON_LIST
                    member = on_list and (lists >> scheme.rules.on[rule]) & 1 == 1
                    n = stand(records, n, rule, member, now, scheme)
            elif step == SCORE and now == after:
                score = score_person(
                    int64(0), Held(records, n, left_out, parts),
                    Clock(int64(now), int64(month), int64(0)), int64(0), traits, scheme, conduct,
                    derived,
                )  # fmt: skip
    for place in range(n):
        bit = scheme.rules.list_bit[rule_of(records[place])]
        if bit >= 0 and counts_at(records[place], after, scheme):
            on |= int64(1) << bit
    return score, on


@inner
def _receive(
    mail: Ints, waiting: int, records: Ints, n: int, now: int, traits: Ints, scheme: SchemeTables
) -> int:
    """Book what was sent last month, where the rule holds for the person."""
    for place in range(waiting):
        rule = mail[place, 0]
        if in_force(rule, ORIGIN + now, scheme) and fits(rule, traits, scheme):
            n = add_record(records, n, rule, now, mail[place, 2], mail[place, 1], scheme)
    return n


@inner
def _act(
    act: Ints, records: Ints, theirs: Ints, n: int, month: int, now: int, traits: Ints,
    booked: Ints, spill: Ints, mail: Ints, waiting: int, conduct: ConductTables,
    scheme: SchemeTables,
) -> tuple[int, int]:  # fmt: skip
    """One act, or a rating given; (records, how many are on their way to the person)."""
    done, amount, reaches = act[1], act[2], act[3]
    if done < 0:
        return n, _send(mail, waiting, -1 - done, 0, 0)
    booked[:] = 0
    n_theirs, spills = int64(0), int64(0)
    for entry in range(conduct.acts.source_count[done]):
        source = conduct.act_sources[conduct.acts.first_source[done] + entry]
        if act[4] >= 0 and act[4] != source:
            continue
        filing = Filing(
            int64(done), int64(amount), int64(source), int64(0), int64(month), int64(now)
        )
        if reaches == 0:
            n, spills = book_act(
                filing, File(records, booked, spill), n, traits, int64(1), conduct, scheme, spills
            )
        else:
            n_theirs, spills = book_act(
                filing, File(theirs, booked, spill), n_theirs, traits, int64(1), conduct, scheme,
                spills,
            )  # fmt: skip
    for place in range(spills):
        reached = spill[place, 3] & ((1 << t.TO_BITS) - 1)
        if (reaches >> reached) & 1:
            waiting = _send(mail, waiting, spill[place, 0], spill[place, 1], spill[place, 2])
    if reaches == 0:
        n = correct(records, n, done, now, scheme)
    return n, waiting


@inner
def _send(mail: Ints, waiting: int, rule: int, amount: int, flags: int) -> int:
    """Note what is booked next month; what has no room is left."""
    if waiting >= mail.shape[0]:
        return waiting
    mail[waiting, 0], mail[waiting, 1], mail[waiting, 2] = rule, amount, flags
    return waiting + 1
