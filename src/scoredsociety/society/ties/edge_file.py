"""What a file of edges may hold: two columns of numbers. Names, attributes, identities: refused."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import polars as pl

from scoredsociety.document.frames import read_frame_by
from scoredsociety.errors import UserError
from scoredsociety.fixed import Ints
from scoredsociety.society.ties.edge_text import ASKED, is_parquet, text_frame, tie_columns

HIGHEST_ID = 999_999_999


def pairs_in(given: Path) -> tuple[Ints, list[str]]:
    """The pairs (edges, 2) as the file has them, and what was done to it in words.

    A row of a node with itself is no tie, and still says that there is such a node: it stays among
    the pairs. ``FILE#A,B`` reads the columns A and B.
    """
    file, wanted = columns_of(given)
    if not file.is_file():
        raise UserError(f"{file}: there is no such file")
    try:
        notes: list[str] = []
        if is_parquet(file):
            frame = parquet(file)
        else:
            frame, notes = text_frame(file, wanted)
        frame, more = tie_columns(file, frame, wanted)
        pairs = checked(file, frame)
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror or error}") from None
    notes += more
    loops = pairs[:, 0] == pairs[:, 1]
    if loops.all():
        raise UserError(f"{file}: no tie between two different nodes is left")
    if loops.any():
        notes.append(f"{int(loops.sum()):,} ties of a node with itself were dropped")
    return pairs, notes


def columns_of(given: Path) -> tuple[Path, list[str]]:
    """The file and the two columns of ``FILE#A,B``; a file of this very name goes before."""
    if given.is_file() or "#" not in given.name:
        return given, []
    name, _, columns = str(given).rpartition("#")
    return Path(name), [one.strip() for one in columns.split(",")]


def parquet(file: Path) -> pl.DataFrame:
    """The columns of a Parquet file."""
    try:
        return read_frame_by(lambda: pl.read_parquet(io.BytesIO(file.read_bytes())))
    except (pl.exceptions.PolarsError, OSError):
        raise UserError(f"{file}: not a Parquet file that can be read") from None


def checked(file: Path, frame: pl.DataFrame) -> Ints:
    """The pairs (edges, 2), if the file holds nothing but ids."""
    if frame.width != 2:
        names = ", ".join(frame.columns[:6])
        raise UserError(
            f"{file}: {frame.width} columns ({names}); {ASKED}, without attributes. "
            "--columns A,B reads two of them, by name or number"
        )
    if not frame.height:
        raise UserError(f"{file}: there are no rows; {ASKED}")
    frame = frame.with_columns(plain(frame[name]) for name in frame.columns)
    for name in frame.columns:
        check_column(file, name, frame[name])
    return np.stack([frame[name].to_numpy().astype(np.int64) for name in frame.columns], axis=1)


def plain(column: pl.Series) -> pl.Series:
    """A column of digits in quotes or among spaces as whole numbers; any other as it is."""
    if column.dtype != pl.String:
        return column
    bare = column.str.strip_chars(" \t\r\"'")
    digits = bare.str.contains(r"^[+-]?[0-9]{1,18}$")
    return bare.cast(pl.Int64) if digits.all() and not column.null_count() else column


def check_column(file: Path, name: str, column: pl.Series) -> None:
    """UserError where a column is not of whole numbers 0 to 999,999,999."""
    if column.null_count():
        row = int(column.is_null().arg_max() or 0) + 1
        raise UserError(f"{file}: column {name!r} is empty in row {row}; {ASKED}")
    if not column.dtype.is_integer():
        wrong = column
        if column.dtype == pl.String:
            wrong = column.filter(column.str.strip_chars().str.contains(r"^\d+$").not_())
        row = int((column == wrong[0]).arg_max() or 0) + 1 if len(wrong) else 1
        kind = "text" if column.dtype == pl.String else str(column.dtype)
        raise UserError(
            f"{file}: column {name!r} holds {kind} (row {row}), not whole numbers; {ASKED}. "
            "Names and identities are not read: number the nodes 0, 1, 2 ..."
        )
    low, high = column.min(), column.max()
    assert isinstance(low, int) and isinstance(high, int)
    if low < 0:
        row = int((column < 0).arg_max() or 0) + 1
        raise UserError(f"{file}: column {name!r} has the negative id {low} (row {row}); use 0 up")
    if high > HIGHEST_ID:
        row = int((column > HIGHEST_ID).arg_max() or 0) + 1
        raise UserError(
            f"{file}: column {name!r} has the id {high} (row {row}); ids go to {HIGHEST_ID:,}, "
            "since longer numbers may be telephone or identity numbers: number the nodes 0, 1 ..."
        )
