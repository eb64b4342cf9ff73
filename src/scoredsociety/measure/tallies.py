"""Tallies as a frame: one row a count, with its month, group and denominator.

Every share that is printed is ``count / of`` of one row, and ``denominator`` says of whom.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import polars as pl

from scoredsociety.calendar import month_text
from scoredsociety.engine.tally import MARGIN_FIRST, MARGINS, Tallies
from scoredsociety.fixed import Ints
from scoredsociety.measure.labels import Labels
from scoredsociety.measure.quantities import ACTS, OF_EVENT, PERSONS, SUBJECTS, WISHES
from scoredsociety.scheme.tables import NO_GRADE
from scoredsociety.society import tables as so

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("all", ("all",)),
    ("age", so.AGE_BANDS),
    ("sex", ("male", "female")),
    ("place", ("rural", "urban")),
    ("schooling", so.SCHOOLING_BANDS),
    ("income", ("1", "2", "3", "4", "5")),
    ("account", ("no bank account", "bank account")),
    ("internet", ("offline", "online")),
)
ERRORS = ("false", "misattributed", "late", "missing", "stale", "duplicated")
EVENTS = (
    "knows", "knows_score", "objected", "answered", "upheld", "out_of_work", "flight_refused",
    "train_refused", "child_kept_out", "supports", "says_support", "objects_openly",
    "shows_score", "joined", "sought_points", "tie_cut", "open_ties", "no_unrestricted_tie",
    "met_stranger", "helped_stranger", "displayed", "left_out", "padded",
)  # fmt: skip
OBJECTIONS = ("filed", "upheld", "rejected", "waiting")
LIVES = ("entered", "moved_in", "took_over", "after_death", "born", "came_of_age")
CAUSES = ("any", "intended", "error", "protected")

SCHEMA = {
    "month": pl.String,
    "scheme": pl.String,
    "measure": pl.String,
    "item": pl.String,
    "dimension": pl.String,
    "group": pl.String,
    "count": pl.Int64,
    "of": pl.Int64,
    "denominator": pl.String,
}


@cache
def margin_matrix() -> Ints:
    """(MARGINS, CELLS) 0 or 1: which joint cells of the coarse traits make up each margin."""
    cells = np.arange(so.CELLS)
    codes = (
        np.zeros(so.CELLS, dtype=np.int64),
        (cells >> so.COARSE_AGE) & 7,
        (cells >> so.COARSE_SEX) & 1,
        (cells >> so.COARSE_URBAN) & 1,
        (cells >> so.COARSE_SCHOOLING) & 3,
        (cells >> so.COARSE_INCOME) & 7,
        (cells >> so.COARSE_ACCOUNT) & 1,
        (cells >> so.COARSE_INTERNET) & 1,
    )
    matrix = np.zeros((MARGINS, so.CELLS), dtype=np.int64)
    for first, (_, groups), code in zip(MARGIN_FIRST, GROUPS, codes, strict=True):
        for place in range(len(groups)):
            matrix[first + place] = code == place
    return matrix


def _margins() -> list[tuple[str, str]]:
    return [(dimension, group) for dimension, groups in GROUPS for group in groups]


def _subjects(tallies: Tallies, matrix: Ints) -> list[Ints]:
    return [
        matrix @ (cells.sum(axis=1) - cells[:, NO_GRADE]) for cells in tallies.cells
    ]


Line = tuple[str, str, str, Ints, Ints, str]  # scheme, measure, item, counts, of, denominator


def _lines(tallies: Tallies, labels: Labels, matrix: Ints) -> Iterator[Line]:
    persons = tallies.persons
    subjects = _subjects(tallies, matrix)
    place_of = {name: place for place, name in enumerate(labels.schemes)}
    for s, name in enumerate(labels.schemes):
        by_grade = matrix @ tallies.cells[s]
        for grade, title in enumerate(labels.grades[s]):
            yield name, "grade", title, by_grade[:, grade], subjects[s], SUBJECTS
        yield name, "score", "sum", matrix @ tallies.scores[s], subjects[s], SUBJECTS
        for cause, title in enumerate(CAUSES):
            kind = "restricted" if cause == 0 else "restricted_cause"
            yield name, kind, title, tallies.restricted[s, cause], subjects[s], SUBJECTS
        for place, title in enumerate(OBJECTIONS if tallies.appeals.any() else ()):
            yield name, "objections", title, tallies.appeals[s, place], subjects[s], SUBJECTS
    for place, act in enumerate(labels.acts):
        yield "", "acts", act, tallies.acts[place], persons, PERSONS
        if tallies.unseen[place, 0]:
            yield "", "unseen", act, tallies.unseen[place], tallies.acts[place], ACTS
        if tallies.wished[place, 0]:
            yield "", "wished", act, tallies.wished[place], persons, PERSONS
        if tallies.forgone[place, 0]:
            wished = tallies.wished[place]
            yield ("", "forgone", act, tallies.forgone[place],
                   *((wished, WISHES) if wished[0] else (persons, PERSONS)))  # fmt: skip
    for place, (scheme, rule) in enumerate(labels.rules):
        of = subjects[place_of[scheme]]
        yield scheme, "records", rule, tallies.records[place], of, SUBJECTS
    for place, title in enumerate(EVENTS if tallies.responses.any() else ()):
        event, who = OF_EVENT.get(title, ("", PERSONS))
        of = tallies.responses[EVENTS.index(event)] if event else persons
        yield "", "response", title, tallies.responses[place], of, who
    for place, title in enumerate(LIVES if tallies.lives.any() else ()):
        yield "", "lives", title, tallies.lives[place], persons, PERSONS
    for place, title in enumerate(ERRORS):
        yield "", "errors", title, tallies.errors[place], persons, PERSONS
    for place, (scheme, item) in enumerate(labels.consequences):
        of = subjects[place_of[scheme]]
        yield scheme, "consequence", item, tallies.consequences[place], of, SUBJECTS
    for place, (scheme, item) in enumerate(labels.lists):
        if scheme in place_of:
            of = subjects[place_of[scheme]]
            yield scheme, "listed", item, tallies.listed[place], of, SUBJECTS


def frame_of(month: int, tallies: Tallies, labels: Labels) -> pl.DataFrame:
    """One month's tallies as rows; acts and records that did not occur are left out."""
    margins = _margins()
    lines = [
        line
        for line in _lines(tallies, labels, margin_matrix())
        if line[1] not in ("acts", "records") or line[3][0]
    ]
    many = len(margins)

    each = np.repeat(np.arange(len(lines)), many)

    def spread(place: int) -> pl.Series:
        return pl.Series([str(line[place]) for line in lines], dtype=pl.String).gather(each)

    columns = {
        "month": [month_text(month)] * (len(lines) * many),
        "scheme": spread(0),
        "measure": spread(1),
        "item": spread(2),
        "dimension": [dimension for dimension, _ in margins] * len(lines),
        "group": [group for _, group in margins] * len(lines),
        "count": np.concatenate([line[3] for line in lines]),
        "of": np.concatenate([line[4] for line in lines]),
        "denominator": spread(5),
    }
    return pl.DataFrame(columns, schema=SCHEMA)
