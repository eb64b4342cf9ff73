"""What a file of edges may hold: two columns of numbers. Names, attributes, identities: refused."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import polars as pl

from scoredsociety.errors import UserError
from scoredsociety.fixed import Ints

HIGHEST_ID = 999_999_999
ASKED = "a bare edge list has two columns of whole numbers, one tie a row"


def pairs_in(file: Path) -> tuple[Ints, list[str]]:
    """The pairs of different nodes (edges, 2) as the file has them, and what was left out."""
    if not file.is_file():
        raise UserError(f"{file}: there is no such file")
    try:
        pairs = checked(file, parquet(file) if file.suffix == ".parquet" else csv(file))
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror or error}") from None
    loops = pairs[:, 0] == pairs[:, 1]
    if not loops.any():
        return pairs, []
    if loops.all():
        raise UserError(f"{file}: no tie between two different nodes is left")
    return pairs[~loops], [f"{int(loops.sum()):,} ties of a node with itself were dropped"]


def parquet(file: Path) -> pl.DataFrame:
    """The columns of a Parquet file."""
    try:
        return pl.read_parquet(io.BytesIO(file.read_bytes()))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise UserError(f"{file}: not a Parquet file that can be read: {error}") from None


def csv(file: Path) -> pl.DataFrame:
    """The columns of a CSV file, with or without one line of headings."""
    with file.open("rb") as source:
        head = source.readline(4096)
    try:
        cells = [cell.strip() for cell in head.decode("utf-8").strip().split(",")]
    except UnicodeDecodeError as error:
        raise UserError(f"{file}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    if not any(cells):
        raise UserError(f"{file}: the file is empty; {ASKED}")
    headed = not any(cell.lstrip("-+").replace(".", "").isdigit() for cell in cells)
    try:
        return pl.read_csv(file.read_bytes(), has_header=headed, infer_schema_length=10_000)
    except (pl.exceptions.PolarsError, OSError):
        pass  # a later line is not like the first ones: read as text and say which
    try:
        return pl.read_csv(file.read_bytes(), has_header=headed, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError) as error:
        first = str(error).splitlines()[0]
        raise UserError(f"{file}: not a table of two columns: {first}; {ASKED}") from None


def checked(file: Path, frame: pl.DataFrame) -> Ints:
    """The pairs (edges, 2), if the file holds nothing but ids."""
    if frame.width != 2:
        names = ", ".join(frame.columns[:6])
        raise UserError(f"{file}: {frame.width} columns ({names}); {ASKED}, without attributes")
    if not frame.height:
        raise UserError(f"{file}: there are no rows; {ASKED}")
    for name in frame.columns:
        check_column(file, name, frame[name])
    return np.stack([frame[name].to_numpy().astype(np.int64) for name in frame.columns], axis=1)


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
