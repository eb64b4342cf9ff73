"""Tables whose columns have names: ``rules.points[rule]``, and ``row.points`` of one row.

A layout is a class with one annotated name a column. A table is one NumPy array of records: kernels
and plain Python read it alike, and to a kernel it is one array, whatever its width.

    class RuleColumns(NamedColumns):
        kind: Ints
        points: Ints

    rules = RuleColumns.of([RuleColumns.blank(kind=1), (2, -500)])
    rules.points[1]               # in a kernel and outside; rules.points is a view, (rows,) int64
    rules.points[rules.kind == 2] = 0
    row = rules[0]                # a view of one row: row.points, row.points = 3
    rules.shape[0]                # the number of rows, in a kernel too

Columns are int64 and stand side by side, so ``rules.tobytes()`` is that of the matrix.
Numbers that have names and no rows are ``NamedNumbers`` (``class ErrorFlags(NamedNumbers)``): a
kernel reads them as one address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np

from scoredsociety.fixed import Ints

if TYPE_CHECKING:  # to the type checker NumPy's record is final
    _NumPyRecord = object
else:
    _NumPyRecord = np.void


def _names_of(cls: type) -> tuple[str, ...]:
    """Names of the columns that a class states itself."""
    return tuple(
        name for name, kind in cls.__dict__.get("__annotations__", {}).items()
        if "ClassVar" not in str(kind)
    )  # fmt: skip


def _lay_out(cls: type[NamedNumbers], names: tuple[str, ...]) -> None:
    """Give a record its columns: int64, one behind the other."""
    taken = sorted(set(names) & (set(dir(np.ndarray)) | set(dir(NamedNumbers)) | {"row", "matrix"}))
    if taken:
        raise TypeError(f"{cls.__name__}: these names are taken: {', '.join(taken)}")
    plain = np.dtype([(name, np.int64) for name in names], align=True)  # aligned: fast in kernels
    cls.fields, cls.layout = names, np.dtype((cls, plain))
    for name in names:
        setattr(cls, name, _column_of_row(name))


def _column_of_row(name: str) -> property:
    def read(row: NamedNumbers) -> int:
        return int(row[name])

    def write(row: NamedNumbers, value: int) -> None:
        row[name] = value

    return property(read, write)


class NamedNumbers(_NumPyRecord):
    """Plain numbers with names, which a kernel reads as one address: ``flags.clustered``."""

    __slots__ = ()

    fields: ClassVar[tuple[str, ...]]
    layout: ClassVar[np.dtype[Any]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if names := _names_of(cls):
            _lay_out(cls, names)

    if TYPE_CHECKING:

        def copy(self) -> Self: ...
        def __iter__(self) -> Iterator[int]: ...
        def __getitem__(self, name: str) -> Any: ...
        def __setitem__(self, name: str, value: int) -> None: ...

    @classmethod
    def blank(cls, **values: int) -> Self:
        """One of its own, 0 where nothing is said; TypeError for a column that there is not."""
        made: Self = np.zeros(1, dtype=cls.layout)[0]
        for name, value in values.items():
            if name not in cls.fields:
                raise TypeError(f"{cls.__name__} has no column {name!r}")
            made[name] = value
        return made


class NamedRow(NamedNumbers):
    """One row of some table, a view: read as ints and written through."""

    __slots__ = ()

    if TYPE_CHECKING:  # which table it is of is not said

        def __getattr__(self, name: str) -> Any: ...
        def __setattr__(self, name: str, value: Any) -> None: ...


class NamedColumns(np.ndarray[Any, np.dtype[Any]]):
    """Rows of the same columns; each column is an attribute, a view (rows,) of int64."""

    fields: ClassVar[tuple[str, ...]]
    layout: ClassVar[np.dtype[Any]]
    row: ClassVar[type[NamedRow]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.row = _row_type(cls.__name__, _names_of(cls))
        cls.fields, cls.layout = cls.row.fields, cls.row.layout

    if TYPE_CHECKING:

        def __getitem__(self, key: Any, /) -> Any: ...

    else:

        def __getattr__(self, name: str) -> Ints:
            """A column, made when it is first asked for and then kept with the table."""
            if name not in type(self).fields:
                raise AttributeError(f"{type(self).__name__} has no column {name!r}")
            column = np.ndarray.__getitem__(self, name).view(np.ndarray)
            self.__dict__[name] = column
            return column

        def __setattr__(self, name: str, value: object) -> None:
            """A column is written in place: ``rules.points[:] = 0``, never ``rules.points = 0``."""
            if name in type(self).fields:
                raise AttributeError(f"write {name}[...] = ..., a column is not replaced")
            super().__setattr__(name, value)

    @classmethod
    def of(cls, rows: Iterable[Any] | Ints) -> Self:
        """A table of these rows, each a ``NamedRow`` or one integer a column; lists may nest."""
        return np.array(_as_tuples(rows), dtype=cls.layout).view(cls)

    @classmethod
    def zeros(cls, *shape: int) -> Self:
        """A table of this shape with 0 everywhere."""
        return np.zeros(shape, dtype=cls.layout).view(cls)

    @classmethod
    def blank(cls, **values: int) -> NamedRow:
        """A row to be filled, 0 where nothing is said; TypeError for a column that there is not."""
        return cls.row.blank(**values)

    @property
    def matrix(self) -> Ints:
        """The same numbers as a matrix (rows, columns), a view."""
        plain = self.view(np.ndarray).view(np.int64)
        return plain.reshape(*self.shape, len(type(self).fields))


def integers_of(value: Any) -> Ints:
    """The integers of a table, of a record, or of what NumPy takes for an array."""
    if isinstance(value, NamedColumns):
        return value.matrix
    return np.array(tuple(value) if isinstance(value, NamedNumbers) else value, copy=None)


def _row_type(name: str, columns: tuple[str, ...]) -> type[NamedRow]:
    """The type of one row of a table."""
    annotations = dict.fromkeys(columns, "int")
    body: dict[str, Any] = {"__annotations__": annotations, "__slots__": (), "__module__": __name__}
    return type(f"{name}NamedRow", (NamedRow,), body)


def _as_tuples(rows: Any) -> Any:
    """Lists of rows as lists of tuples, which NumPy takes for records."""
    found = []
    for row in rows:
        if isinstance(row, np.void):
            found.append(row.item())  # ints at once; asking for one column after another is slow
        else:
            whole = len(row) == 0 or isinstance(row[0], (int, np.integer))
            found.append(tuple(row) if whole else _as_tuples(row))
    return found
