"""Measures by their conventional names, as a run's tallies give them: for who compares studies.

What needs the change log or the ties stands in the table of ``scored export`` (``Run.measures``).
"""

from __future__ import annotations

from scoredsociety.report import phrasing
from scoredsociety.report.elements import Note, Section, Table
from scoredsociety.report.evidence import Document, Evidence


def measures_section(evidence: Evidence) -> Section | None:
    """A folded table of measures with value, interval, denominator, reference and rights."""
    if not evidence.measures:
        return None
    return Section("measures", "Measures by their names", (
        Table(
            "Measures that the counts of this run give",
            ("measure", "of", "value", "95 % interval", "n", "unit", "rights", "reference"),
            tuple(_row(one) for one in evidence.measures), frozenset({2, 3, 4}), folded=True,
        ),
        Note(
            "Intervals treat persons as independent and speak of one run. The measures of spells, "
            "ties, thresholds and joint cells, and what would feed the others, stand in the "
            "measures.csv of scored export, and in run.measures in Python."
        ),
    ))  # fmt: skip


def _row(one: Document) -> tuple[str, ...]:
    """One measure as cells."""
    bounds = "none" if one["low"] is None else f"{_said(one['low'])} to {_said(one['high'])}"
    return (
        str(one["measure"]), str(one["of"]), _said(one["value"]), bounds,
        "not given" if one["n"] is None else phrasing.number(int(one["n"])), str(one["unit"]),
        str(one["rights"]), str(one["reference"]),
    )  # fmt: skip


def _said(value: float | None) -> str:
    """Three figures with a true minus sign."""
    return "not known" if value is None else f"{value:.3g}".replace("-", phrasing.MINUS)
