"""Grades by rank: a top share or a quota of those whom a scheme scores (S3-3, S3-40, S3-42).

A rank is a scalar of the whole society: the scores published last month decide where this month's
grades begin, so a person's grade may change because others' scores did. In the first month, when
nothing is published yet, the month's own scores are ranked. Everything is worked out again from
the exchange, so nothing is kept, and threads, blocks, resumption and a life lived again agree.

Equal scores are treated equally: at the edge either nobody with that score is in, so that a share
or quota is never passed, or (``edge = "in"``) all are.
"""

from __future__ import annotations

import numpy as np

from scoredsociety.engine.derive import Derived
from scoredsociety.engine.state import Exchange
from scoredsociety.fixed import Ints
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables

MILLION = 1_000_000


def ranked(tables: SchemeTables, derived: Derived, exchange: Exchange) -> SchemeTables:
    """The tables with the grades by rank beginning where the exchange's scores say."""
    if len(derived.ranked) == 0:
        return tables
    grades = tables.grades.copy()
    for s in derived.ranked.tolist():
        subjects = (exchange.status >> np.uint32(4 * s)) & np.uint32(15) != t.NO_GRADE
        scores = np.sort(exchange.score[s, subjects]).astype(np.int64)
        for row in grades:  # each a view
            if row[t.G_SCHEME] != s or row[t.G_RANK] == t.BY_POINTS:
                continue
            size = int(row[t.G_SIZE])
            if row[t.G_RANK] == t.BY_SHARE:
                size = len(scores) * size // MILLION
            row[t.G_FROM] = begins(scores, size, bool(row[t.G_EDGE]))
    return tables._replace(grades=grades)


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
