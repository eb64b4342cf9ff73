"""Sizes of a run from words: people, months, a panel."""

from __future__ import annotations

from pathlib import Path

from scoredsociety.society.ties.edges import count_nodes
from scoredsociety.society.ties.loaded import check_people

PEOPLE = 10_000  # unless told
PANEL = 100  # of them followed month by month, unless told


def months_of(months: int | None, years: int | None) -> int:
    """Months asked for: given in months, in years, or 36."""
    if months is not None and years is not None:
        raise ValueError("give months or years, not both")
    return months if months is not None else 12 * (years if years is not None else 3)


def people_asked(people: int | None, ties: str | Path | None) -> int:
    """Persons asked for: 10,000 unless told, or one for each node of a loaded network."""
    if ties is None:
        return PEOPLE if people is None else people
    nodes = count_nodes(ties)
    check_people(nodes, nodes if people is None else people)
    return nodes


def panel_asked(panel: int | None, people: int, ties: str | Path | None) -> int:
    """Seats followed: 100 unless told; nobody on a loaded network."""
    if panel is None:
        return 0 if ties is not None else max(min(PANEL, people), 0)
    return min(panel, max(people, 0))
