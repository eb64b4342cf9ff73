"""Answers to the thirteen questions and the assumption audit, as their frames hold them."""

from __future__ import annotations

import polars as pl

from scoredsociety.report import phrasing
from scoredsociety.report.elements import Note, Section, Table
from scoredsociety.report.evidence import Evidence


def questions_section(evidence: Evidence) -> Section | None:
    """The questions table, with every column that the study gave."""
    frame = evidence.questions
    if frame is None or frame.is_empty():
        return None
    return Section(
        "questions", "Answers to the thirteen questions",
        (
            _table_of(frame, "Answers, with their denominators and ranges"),
            Note("Ranges run over everything that is assumed, rival forms among it; beside them "
                 "over what published figures do not rule out. A figure that served to rule out "
                 "is no answer."),
        ),
    )  # fmt: skip


def audit_section(evidence: Evidence) -> Section | None:
    """How far each conclusion goes over what is assumed."""
    frame = evidence.audit
    if frame is None or frame.is_empty():
        return None
    return Section(
        "audit", "How far each conclusion goes over what is assumed",
        (_table_of(frame, "Conclusions and the assumption that moves each most"),),
    )  # fmt: skip


def _table_of(frame: pl.DataFrame, caption: str) -> Table:
    """A frame as a table; numbers are set right, with at most four significant places."""
    numeric = frozenset(
        place for place, kind in enumerate(frame.dtypes) if kind.is_numeric()
    )
    rows = tuple(tuple(_cell(value) for value in row) for row in frame.rows())
    columns = tuple(phrasing.plain(name) for name in frame.columns)
    return Table(caption, columns, rows, numeric, folded=len(rows) > 60)


def _cell(value: object) -> str:
    if value is None:
        return "not given"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return phrasing.number(value)
    if isinstance(value, float):
        return f"{value:.4g}".replace("-", phrasing.MINUS)
    return str(value)
