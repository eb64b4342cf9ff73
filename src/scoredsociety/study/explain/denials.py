"""What was denied in months of a life, from what was published in them."""

from __future__ import annotations

from collections.abc import Iterator

from scoredsociety.columns import NamedRow
from scoredsociety.engine.layout import grade_in, lists_of_status
from scoredsociety.engine.replay.household_replay import LifeMonth
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile.scheme_names import SchemeNames
from scoredsociety.scheme.tables import SchemeTables
from scoredsociety.society.tables import KEPT, TRAITS

Versions = tuple[tuple[int, SchemeTables], ...]


def tables_in_force(versions: Versions, month: int) -> SchemeTables:
    """The tables in force in a month."""
    return next((tables for start, tables in reversed(versions) if start <= month), versions[0][1])


def what_denied(
    names: SchemeNames, versions: Versions, months: list[LifeMonth], s: int
) -> tuple[str, ...]:
    """Titles of all that scheme ``s`` denied in some months of a life, in table order."""
    found = {
        place for one in months for place in denied_in(one, s, tables_in_force(versions, one.month))
    }
    return tuple(names.consequences[place].title for place in sorted(found))


def denies(one: LifeMonth, s: int, tables: SchemeTables) -> bool:
    """Whether scheme ``s`` denied something in a month lived, from what it published."""
    return any(True for _ in denied_in(one, s, tables))


def denied_in(one: LifeMonth, s: int, tables: SchemeTables) -> Iterator[int]:
    """Places of the consequences of scheme ``s`` that denied something in a month lived."""
    denying = tables.consequences.denies
    return (place for place in standing_in(one, s, tables) if denying[place])


def standing_in(one: LifeMonth, s: int, tables: SchemeTables) -> Iterator[int]:
    """Places of all consequences of scheme ``s``, rewards too, that held in a month lived."""
    grade = grade_in(one.status, s)
    if grade == t.NO_GRADE:
        return
    for place, row in enumerate(tables.consequences):
        if row.scheme == s and _fits(row, grade, one, s):
            yield place


def _fits(row: NamedRow, grade: int, one: LifeMonth, s: int) -> bool:
    low, high = row.grade_min, row.grade_max
    return (
        ((low, high) == (-1, -1) or low <= grade <= high)
        and (row.list_bit < 0 or row.list_bit in lists_of_status(one.status))
        and row.score_min <= one.accounts[s].published <= row.score_max
        and (not row.if_trait or row.if_min <= _kept(row, one) <= row.if_max)
    )


def _kept(row: NamedRow, one: LifeMonth) -> int:
    """The trait that a consequence asks for."""
    shift, mask = KEPT[TRAITS[row.if_trait - 1]]
    return one.coarse >> shift & mask
