"""What kernels look up many times, worked out once from the scheme tables.

Nothing here is new information: each array answers, for all rules or grades at once, a question
that the tables answer one row at a time.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scoredsociety.by_address import by_address
from scoredsociety.conduct.tables import ConductTables
from scoredsociety.fixed import Ints
from scoredsociety.scheme import tables as t
from scoredsociety.society.tables import KEPT, TRAITS


@by_address
class Derived(NamedTuple):
    """Look-up arrays of one run."""

    own_lists: Ints  # (schemes,) list bits that the scheme's own rules set
    standing: Ints  # (n,) rules that follow a list, a grade or a rank, in table order
    trait_rules: Ints  # (n,) rules on observed attributes
    peer_rules: Ints  # (n,) rules on the records of ties
    grade_mask: Ints  # (schemes, 16) consequences (bits) of each grade
    list_mask: Ints  # (MOST_LISTS + 1,) consequences that ask for each list, and for any at all
    score_rows: Ints  # (n,) consequences that ask for a score
    denies: Ints  # (1,) bits of the consequences that deny something
    protected: Ints  # (rules,) 1 where a right protects the act behind the rule
    parent: Ints  # (rules,) the rule that a residue or spilled rule stems from, or itself
    own_row: Ints  # (schemes,) row of ``score`` that publishes the part without peers, or -1
    rows: Ints  # (1,) rows of ``score`` in the exchange
    always: Ints  # (schemes,) 1 where the score may move without a record (weighted, traits)
    reads_ties: Ints  # (1,) 1 where some scheme reads the ties, or books something to them
    restless: Ints  # (1,) 1 where anybody's publication may move without a record
    peer_parts: Ints  # (n,) weighted components that read the ties
    consent_rows: Ints  # (n,) consequences of partners who ask for consent
    ranked: Ints  # (n,) schemes with grades by rank
    asked: Ints  # (n, 4) asked of persons: shift and mask of a coarse trait, lowest, highest
    of_kind: Ints  # (2 ** n,) consequences (bits) that may hold for who fits the bits of the place
    elsewhere: Ints  # (1,) list bit that stands for any list of another jurisdiction, or none


def _parents(rules: t.RuleColumns) -> Ints:
    parent = np.arange(len(rules), dtype=np.int64)
    for rule, row in enumerate(rules):
        if row.kind == t.WEIGHED:
            parent[rule] = row.counts_as
        for child in (row.residue, row.spill):
            if child >= 0 and child != rule:
                parent[child] = rule
    for _ in range(4):  # a spilled residue: two steps; four are plenty
        parent = parent[parent]
    return parent


def _masks(
    schemes: t.SchemeColumns, consequences: t.ConsequenceColumns
) -> tuple[Ints, Ints, Ints, Ints]:
    grade_mask = np.zeros((len(schemes), 16), dtype=np.int64)
    list_mask = np.zeros(t.MOST_LISTS + 1, dtype=np.int64)
    score_rows: list[int] = []
    denies = 0
    for place, row in enumerate(consequences):
        bit = 1 << place
        denies |= bit if row.denies else 0
        if row.list_bit >= 0:
            list_mask[row.list_bit] |= bit
            list_mask[t.MOST_LISTS] |= bit
        low, high = int(row.grade_min), int(row.grade_max)
        for grade in range(low, high + 1) if low >= 0 else range(t.NO_GRADE):
            grade_mask[row.scheme, grade] |= bit
        if row.score_min > NO_SCORE or row.score_max < -NO_SCORE - 1:
            score_rows.append(place)
    return grade_mask, list_mask, _ints(score_rows), _ints([denies])


def _asked(consequences: t.ConsequenceColumns) -> tuple[Ints, Ints]:
    """Each different thing that is asked of persons, and what may hold for each kind of person."""
    wanted = [(row.if_trait, row.if_min, row.if_max) for row in consequences]
    asked = sorted({one for one in wanted if one[0]})
    of_kind = np.full(1 << len(asked), -1, dtype=np.int64)
    for place, one in enumerate(wanted):
        for kind in range(len(of_kind)) if one[0] else ():
            if not kind >> asked.index(one) & 1:
                of_kind[kind] &= ~(1 << place)
    rows = [[*KEPT[TRAITS[trait - 1]], low, high] for trait, low, high in asked]
    return np.array(rows, dtype=np.int64).reshape(-1, 4), of_kind


NO_SCORE = -(1 << 31)  # the widest scores of a consequence ask for nothing


def _ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _may_stand(rules: t.RuleColumns, own_lists: Ints) -> list[bool]:
    """Which rules follow a list that some scheme of the run keeps, or a grade of one."""
    kept = int(np.bitwise_or.reduce(own_lists))
    return [
        (row.kind == t.ON_LIST and kept >> int(row.on) & 1 == 1)
        or (row.kind == t.ON_GRADE and row.on >= 0)
        or row.kind == t.ON_RANK
        for row in rules
    ]


def _tells_ties(schemes: t.SchemeTables) -> bool:
    """Whether what some rule books goes to ties."""
    whom = [*schemes.rules.spill_to[schemes.rules.spill >= 0], *schemes.others.to]
    return any(int(to) & ((1 << t.TO_BITS) - 1) == t.TO_TIES for to in whom)


def derive(schemes: t.SchemeTables, conduct: ConductTables) -> Derived:
    """The look-up arrays of ``schemes``."""
    rules, count = schemes.rules, len(schemes.schemes)
    own_lists = np.zeros(count, dtype=np.int64)
    for row in rules:
        if row.list_bit >= 0:
            own_lists[row.scheme] |= 1 << int(row.list_bit)
    parent = _parents(rules)
    by_act = np.array(
        [
            conduct.acts.protected[row.on] if row.kind == t.ON_ACT else 0
            for row in rules
        ],
        dtype=np.int64,
    ).reshape(-1)
    protected = by_act[parent] if len(rules) else by_act
    grade_mask, list_mask, score_rows, denies = _masks(schemes.schemes, schemes.consequences)
    asked, of_kind = _asked(schemes.consequences)
    own_row = np.full(count, -1, dtype=np.int64)
    rows = count
    for component in schemes.components:
        scheme = int(component.scheme)
        if component.kind == t.PEERS and component.peers_of == 1 and own_row[scheme] < 0:
            own_row[scheme] = rows
            rows += 1
    kinds = rules.kind
    rare = schemes.schemes.publishes_every > 1  # what ended between publications shows later
    standing = np.flatnonzero(_may_stand(rules, own_lists)).astype(np.int64)
    trait_rules = np.flatnonzero(kinds == t.ON_TRAIT)
    peer_rules = np.flatnonzero(kinds == t.PEERS_RECORD)
    ranks = schemes.grades.scheme[schemes.grades.ranked_by != t.BY_POINTS]
    always = (schemes.schemes.kind == t.WEIGHTED).astype(np.int64)
    for rule in [*trait_rules, *peer_rules]:
        always[rules.scheme[rule]] = 1
    return Derived(
        own_lists=own_lists,
        standing=standing,
        trait_rules=trait_rules.astype(np.int64),
        peer_rules=peer_rules.astype(np.int64),
        grade_mask=grade_mask,
        list_mask=list_mask,
        score_rows=score_rows,
        denies=denies,
        protected=protected.astype(np.int64),
        parent=parent,
        own_row=own_row,
        rows=_ints([rows]),
        always=always,
        reads_ties=_ints([int(schemes.schemes.reads_ties.any() or _tells_ties(schemes))]),
        restless=_ints([int(always.any() or len(standing) > 0 or rare.any() or len(ranks) > 0)]),
        peer_parts=np.flatnonzero(schemes.components.kind == t.PEERS).astype(np.int64),
        consent_rows=np.flatnonzero(schemes.consequences.consent > 0).astype(np.int64),
        ranked=np.unique(ranks).astype(np.int64),
        asked=asked,
        of_kind=of_kind,
        elsewhere=_ints([0]),
    )
