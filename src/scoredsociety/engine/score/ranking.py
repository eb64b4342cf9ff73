"""Ranks: a top share or a quota of those whom a scheme scores (S3-3, S3-40, S3-42).

A rank is a scalar of those among whom it is: the whole society, the region or the community (the
rural rules rank within village, town and district, O-R0; a town the society does not have). The
scores published last month decide where this month's grades begin, and whom a rule on a rank
takes (the worst for a list, the best for an honour), so a person's grade may change because
others' scores did. In the first month, when nothing is published yet, grades rank the month's own
scores, and rules on a rank take nobody. Everything is worked out again from the exchange, so
nothing is kept, and threads, blocks, resumption and a life lived again agree.

Equal scores are treated equally: at the edge either nobody with that score is in, so that a share
or quota is never passed, or (``edge = "in"``) all are.

Regions and communities are stretches of dense numbers, so one of them is looked at after the
other: memory is one number a community and rank (5 MB at 1.4 billion people), and a copy of the
scores of the largest group.
"""

from __future__ import annotations

import numpy as np

from scoredsociety.engine.layout import grade_in
from scoredsociety.engine.rule_index import Derived
from scoredsociety.engine.state import Exchange
from scoredsociety.fixed import Ints
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables
from scoredsociety.society.tables import Seats

MILLION = 1_000_000


def ranked(
    tables: SchemeTables, derived: Derived, exchange: Exchange, seats: Seats, month: int
) -> SchemeTables:
    """The tables with everything by rank beginning where the exchange's scores say."""
    if len(derived.ranked) == 0 and len(tables.ranks) == 0:
        return tables
    grades, ranks = tables.grades.copy(), tables.ranks.copy()
    edges: list[Ints] = []
    for row in grades:  # each a view
        if row.ranked_by == t.BY_POINTS:
            continue
        size, edge_in = (int(row.ranked_by), int(row.takes)), bool(row.edge_in)
        found = begin(exchange, int(row.scheme), size, edge_in, False,
                      bounds(seats, int(row.within)))  # fmt: skip
        if row.within == t.OF_SOCIETY:
            row.begins = found[0]
            continue
        row.first_edge = sum(map(len, edges))
        edges.append(found)
    for row in ranks:
        places = bounds(seats, int(row.within))
        found = np.zeros(len(places) - 1, dtype=np.int64)
        if row.month in (-1, month % 12):
            found = begin(
                exchange, int(row.scheme), (int(row.ranked_by), int(row.takes)),
                bool(row.edge_in), bool(row.worst), places,
            )  # fmt: skip
        row.first_edge = sum(map(len, edges))
        edges.append(found)
    flat = np.concatenate(edges) if edges else tables.edges
    return tables._replace(grades=grades, ranks=ranks, edges=flat)


def bounds(seats: Seats, within: int) -> Ints:
    """(groups + 1,) dense number at which each group begins, among which ranks are."""
    communities = len(seats.region)
    if within == t.OF_SOCIETY:
        return np.array([0, seats.people], dtype=np.int64)
    if within == t.OF_COMMUNITY:
        starts = np.arange(communities + 1, dtype=np.int64)
    else:
        regions = int(seats.region[-1]) + 1
        starts = np.searchsorted(seats.region, np.arange(regions + 1)).astype(np.int64)
    return np.minimum(starts << seats.community_bits, seats.people)


def begin(
    exchange: Exchange, s: int, size: tuple[int, int], edge_in: bool, worst: bool, places: Ints
) -> Ints:
    """(groups,) lowest score of the best of each group, or the highest of the worst.

    ``size``: BY_SHARE and millionths, or BY_QUOTA and persons.
    """
    found = np.zeros(len(places) - 1, dtype=np.int64)
    kind, many = size
    for place, (first, last) in enumerate(zip(places[:-1].tolist(), places[1:].tolist(),
                                              strict=True)):  # fmt: skip
        status = exchange.status[first:last]
        subjects = grade_in(status.astype(np.int64), s) != t.NO_GRADE
        scores = exchange.score[s, first:last][subjects]
        scores = np.sort(np.negative(scores) if worst else scores)
        taken = len(scores) * many // MILLION if kind == t.BY_SHARE else many
        edge = begins(scores, taken, edge_in)
        found[place] = -edge if worst else edge
    return found


def begins(scores: Ints, size: int, edge_in: bool) -> int:
    """Lowest score (centipoints) of the best ``size`` of ``scores``, which are in order.

    One more than the highest where nobody can be in.
    """
    n = len(scores)
    if size >= n:
        return int(scores[0]) if n else 0
    if size <= 0:
        return int(scores[-1]) + 1
    edge = int(scores[n - size])
    shared = int(scores[n - size - 1]) == edge  # somebody with the same score would be left out
    return edge + 1 if shared and not edge_in else edge
