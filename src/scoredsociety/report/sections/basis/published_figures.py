"""What is published of the schemes at hand beside what the model gives of them, misses and all."""

from __future__ import annotations

from scoredsociety.report import phrasing
from scoredsociety.report.elements import Block, Note, Section, Table
from scoredsociety.report.evidence import Evidence
from scoredsociety.study.validation import figures
from scoredsociety.study.validation.figure_table import Row, figure_rows, kept

SAYS = (
    "Made beforehand with the scheme as the package has it and nothing set, not with this run: the "
    "model's figure is the range over seeds, and a hit goes by it. The other range is over points "
    "that fill the space of what is assumed, at a smaller size. Fitted: a number was chosen to "
    "meet it, so it is no evidence. Implementation: it follows from the form asked for. Only what "
    "is predicted is evidence. The whole table, and what cannot be produced: docs/validation.md."
)
NONE = (
    "Nothing is published of {} that the model could be asked for; what is published of the acts "
    "behind it stands below."
)


def published_section(evidence: Evidence) -> Section | None:
    """A line a figure, of the run's schemes and of the acts that every scheme reads."""
    if not kept():
        return None
    blocks: list[Block] = [Note(SAYS)]
    missing = [name for name in evidence.scheme_ids if not figure_rows(name)]
    if missing:
        blocks.append(Note(NONE.format(", ".join(map(phrasing.plain, missing)))))
    of_schemes = [row for name in evidence.scheme_ids for row in figure_rows(name)]
    lines = tuple(map(line, (*of_schemes, *figure_rows(figures.NOBODY))))
    blocks.append(Table(
        "What is published, and what the model gives",
        ("source", "published", "model, over seeds", "over what is assumed", "label", ""),
        lines, folded=len(lines) > 12,
    ))  # fmt: skip
    return Section("published", "What is published of it", tuple(blocks))


def line(row: Row) -> tuple[str, ...]:
    """A row without its long definition."""
    return (row.id, row.published, row.seeds, row.range, row.label, row.outcome)
