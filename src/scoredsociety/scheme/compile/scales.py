"""The scale of a scheme, its grades and its subjects become rows."""

from __future__ import annotations

from decimal import Decimal

from scoredsociety.fixed import ONE, probability
from scoredsociety.keyed import stream
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile.amounts import centipoints, grade_ids
from scoredsociety.scheme.compile.name_lookup import WITHIN, Known, mask
from scoredsociety.scheme.model.scheme import Appeal, GradeBand, Scheme
from scoredsociety.scheme.model.values import MOST_POINTS
from scoredsociety.society.tables import TRAIT

VISIBILITY = {
    "private": t.PRIVATE, "shown_by_choice": t.SHOWN_BY_CHOICE, "operator": t.OPERATOR,
    "public": t.PUBLIC,
}  # fmt: skip


def grade_rows(scheme: Scheme, place: int) -> list[list[int]]:
    """Grades of the scheme at ``place``, lowest first."""
    low, high = scale(scheme)
    bands = {band.id: band for band in scheme.grade}
    rows = []
    for name in grade_ids(scheme):
        band = bands.get(name)
        kind, size = _rank(band)
        start = low if band is None or band.from_ is None else centipoints(band.from_)
        edge_in = band is not None and band.edge == "in"
        within = WITHIN[band.within or "society"] if band is not None else t.OF_SOCIETY
        rows.append([place, high + 1 if kind else start, kind, size, int(edge_in), within, 0])
    return rows


def _rank(band: GradeBand | None) -> tuple[int, int]:
    """How a grade goes by rank, and how many it takes: millionths of the subjects, or persons."""
    if band is not None and band.top_share is not None:
        return t.BY_SHARE, int(band.top_share * 1_000_000)
    if band is not None and band.quota is not None:
        return t.BY_QUOTA, band.quota
    return t.BY_POINTS, 0


def scale(scheme: Scheme) -> tuple[int, int]:
    """Centipoints of the ends of the scale; without ends, as wide as scores go."""
    score = scheme.score
    if score.kind == "none":
        return 0, 0
    low = centipoints(score.low if score.low is not None else Decimal(-MOST_POINTS))
    return low, centipoints(score.high if score.high is not None else Decimal(MOST_POINTS))


CHANNELS = {"none": t.NO_CHANNEL, "objection": t.TO_OPERATOR, "appeal": t.TO_BODY}


def channel(appeal: Appeal | None) -> dict[int, int]:
    """How one objects; a scheme that says nothing has the conduct document's channel."""
    said = appeal or Appeal()
    capacity = -1  # millionths of answers a month for 10,000 subjects
    if said.capacity is not None:
        capacity = int(said.capacity * 10 * 1_000_000)
    return {
        t.S_APPEAL: CHANNELS[said.kind],
        t.S_APPEAL_RIGHT: int(said.records == "any"),
        t.S_APPEAL_WITHIN: said.within_months or t.FOREVER,
        t.S_APPEAL_MONTHS: said.months,
        t.S_APPEAL_CAPACITY: capacity,
        t.S_APPEAL_RESIDUE: int(said.leaves == "residue"),
    }


def scheme_row(
    scheme: Scheme, known: Known, first: int, count: int,
    grades: list[list[list[int]]], components: list[list[list[int]]], k: int,
) -> list[int]:  # fmt: skip
    """The row of scheme ``k``: its scale, subjects, and where its other rows lie."""
    head, score = scheme.scheme, scheme.score
    low, high = scale(scheme)
    subject = head.subject
    opt_in = head.participation == "opt_in"
    reads = mask(head.reads, known.kinds)
    peers = any(c.kind == "peers" for c in scheme.component) or any(r.on_peers for r in scheme.rule)
    start = low if score.start is None and score.kind == "weighted" else centipoints(score.start)
    row = {
        t.S_KIND: t.WEIGHTED if score.kind == "weighted" else t.POINTS,
        t.S_START: start,
        t.S_LOW: low,
        t.S_HIGH: high,
        t.S_EVERY: score.published_every,
        t.S_MIN_AGE: head.min_age,
        t.S_SOURCES: reads,
        t.S_RULES: first,
        t.S_RULE_COUNT: count,
        t.S_GRADES: sum(map(len, grades[:k])),
        t.S_GRADE_COUNT: len(grades[k]),
        t.S_COMPONENTS: sum(map(len, components[:k])),
        t.S_COMPONENT_COUNT: len(components[k]),
        t.S_ROUND: max(1, centipoints(score.round_to)),
        t.S_PARTICIPATION: int(opt_in),
        t.S_JOIN: probability(head.opt_in_share or 0) if opt_in else ONE,
        t.S_SUBJECT_TRAIT: -1 if subject is None else TRAIT[subject.trait],
        t.S_SUBJECT_MIN: 0 if subject is None or subject.from_ is None else subject.from_,
        t.S_SUBJECT_MAX: 255 if subject is None or subject.to is None else subject.to,
        t.S_PEERS: int(peers),
        t.S_RESETS: int(score.yearly_start),
        t.S_SUBJECT_REGION: -1 if head.region is None else head.region,
        t.S_STREAM: stream(f"scheme:{head.id}"),
        **channel(scheme.appeal),
        t.S_VISIBILITY: VISIBILITY[head.visibility],
    }
    return [row[name] for name in range(t.SCHEME_FIELDS)]
