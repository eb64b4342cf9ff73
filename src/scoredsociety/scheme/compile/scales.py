"""The scale of a scheme, its grades and its subjects become rows."""

from __future__ import annotations

from decimal import Decimal

from scoredsociety.columns import NamedRow
from scoredsociety.fixed import ONE, probability
from scoredsociety.keyed import stream
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile.amounts import centipoints, grade_ids
from scoredsociety.scheme.compile.name_lookup import WITHIN, Known, mask
from scoredsociety.scheme.model.scheme import Appeal, Scheme
from scoredsociety.scheme.model.score import GradeBand
from scoredsociety.scheme.model.values import MOST_POINTS
from scoredsociety.society.tables import TRAIT

VISIBILITY = {
    "private": t.PRIVATE, "shown_by_choice": t.SHOWN_BY_CHOICE, "operator": t.OPERATOR,
    "public": t.PUBLIC,
}  # fmt: skip


def grade_rows(scheme: Scheme, place: int) -> list[NamedRow]:
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
        rows.append(t.GradeColumns.blank(
            scheme=place, begins=high + 1 if kind else start, ranked_by=kind, takes=size,
            edge_in=int(edge_in), within=within,
        ))  # fmt: skip
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


def channel(appeal: Appeal | None) -> dict[str, int]:
    """How one objects; a scheme that says nothing has the conduct document's channel."""
    said = appeal or Appeal()
    capacity = -1  # millionths of answers a month for 10,000 subjects
    if said.capacity is not None:
        capacity = int(said.capacity * 10 * 1_000_000)
    return {
        "appeal_to": CHANNELS[said.kind],
        "appeal_any_record": int(said.records == "any"),
        "appeal_within": said.within_months or t.FOREVER,
        "appeal_months": said.months,
        "appeal_capacity": capacity,
        "appeal_leaves_residue": int(said.leaves == "residue"),
    }


def scheme_row(
    scheme: Scheme, known: Known, first: int, count: int,
    grades: list[list[NamedRow]], components: list[list[NamedRow]], k: int,
) -> NamedRow:  # fmt: skip
    """The row of scheme ``k``: its scale, subjects, and where its other rows lie."""
    head, score = scheme.scheme, scheme.score
    low, high = scale(scheme)
    subject = head.subject
    opt_in = head.participation == "opt_in"
    reads = mask(head.reads, known.kinds)
    peers = any(c.kind == "peers" for c in scheme.component) or any(r.on_peers for r in scheme.rule)
    start = low if score.start is None and score.kind == "weighted" else centipoints(score.start)
    row = {
        "kind": t.WEIGHTED if score.kind == "weighted" else t.POINTS,
        "start": start,
        "low": low,
        "high": high,
        "publishes_every": score.published_every,
        "min_age": head.min_age,
        "sources": reads,
        "first_rule": first,
        "rule_count": count,
        "first_grade": sum(map(len, grades[:k])),
        "grade_count": len(grades[k]),
        "first_component": sum(map(len, components[:k])),
        "component_count": len(components[k]),
        "rounded_to": max(1, centipoints(score.round_to)),
        "opt_in": int(opt_in),
        "joining": probability(head.opt_in_share or 0) if opt_in else ONE,
        "subject_trait": -1 if subject is None else TRAIT[subject.trait],
        "subject_min": 0 if subject is None or subject.from_ is None else subject.from_,
        "subject_max": 255 if subject is None or subject.to is None else subject.to,
        "reads_ties": int(peers),
        "yearly_start": int(score.yearly_start),
        "region": -1 if head.region is None else head.region,
        "stream": stream(f"scheme:{head.id}"),
        **channel(scheme.appeal),
        "visibility": VISIBILITY[head.visibility],
    }
    return t.SchemeColumns.blank(**row)
