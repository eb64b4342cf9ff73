"""Tables as plain Python has them: rows are tuples with names, columns are lists of ints.

Reading one number of a NumPy table from Python takes ten times what reading a list does, and the
plain month reads little else.
"""

from __future__ import annotations

from collections import namedtuple
from functools import cache
from typing import Any, NamedTuple

from scoredsociety.columns import NamedColumns, NamedNumbers


class Rows(list[Any]):
    """The rows of a table; ``rows.points`` is a column."""

    def __getattr__(self, name: str) -> list[int]:
        found = [getattr(row, name) for row in self]
        self.__dict__[name] = found
        return found


class RowsOfTwo(list[Rows]):
    """The rows of a table of two dimensions, each asked for by both: ``rows[source, kind]``."""

    def __getitem__(self, key: Any) -> Any:
        return list.__getitem__(self, key[0])[key[1]]


@cache
def _row(fields: tuple[str, ...]) -> Any:
    return namedtuple("Row", fields)


def _rows(value: NamedColumns) -> Rows | RowsOfTwo:
    if value.ndim > 1:
        return RowsOfTwo(_rows(part) for part in value)
    row = _row(type(value).fields)
    return Rows(row(*numbers) for numbers in value.matrix.tolist())


_known: dict[int, tuple[Any, Any]] = {}  # with the tables, so that their number stays their own


def plainly(tables: Any) -> Any:
    """The same ``NamedTuple`` of tables with rows and numbers in plain Python."""
    if id(tables) not in _known:
        if len(_known) > 8:
            _known.clear()
        _known[id(tables)] = tables, _plain(tables)
    return _known[id(tables)][1]


def _plain(tables: NamedTuple) -> NamedTuple:
    found = {}
    for name, value in tables._asdict().items():
        if isinstance(value, NamedColumns):
            found[name] = _rows(value)
        elif isinstance(value, NamedNumbers):
            found[name] = _row(type(value).fields)(*map(int, value))
    return tables._replace(**found)
