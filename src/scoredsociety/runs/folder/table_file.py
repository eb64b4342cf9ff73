"""A study's table as a file: CSV or Parquet, each saying that the society is synthetic."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from scoredsociety.document.frames import read_frame_by
from scoredsociety.document.text import cell
from scoredsociety.errors import UserError
from scoredsociety.outputs import fill_file
from scoredsociety.runs.folder.run_files import write_parquet
from scoredsociety.runs.folder.run_folder import SYNTHETIC


def read_frame(path: Path, columns: list[str] | None = None) -> pl.DataFrame:
    """The frame in a Parquet file of just this name; UserError where it cannot be read.

    A name is no pattern: ``run[1]`` is not ``run1``.
    """
    try:
        with path.open("rb") as file:
            return read_frame_by(lambda: pl.read_parquet(file, columns=columns))
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror or error}") from None
    except pl.exceptions.PolarsError as error:
        said = (str(error).splitlines() or ["damaged"])[0]
        raise UserError(f"{path} is damaged: {said[:200]}") from None


def refuse_suffix(path: Path | None) -> None:
    """UserError for a table that could not be written, before any run is made for it."""
    if path is not None and path.suffix not in (".csv", ".parquet"):
        raise UserError(f"{path}: a table is written as .csv or .parquet")


def write_table(frame: pl.DataFrame, path: Path) -> Path:
    """Write ``frame`` with a note in each row of what it is; UserError where that cannot be done.

    A note that a row has already stands before it, with a semicolon.
    """
    refuse_suffix(path)
    noted = frame.with_columns(note=pl.lit(SYNTHETIC))
    if "note" in frame.columns:
        own = pl.col("note").fill_null("")
        said = pl.when(own == "").then(pl.lit(SYNTHETIC)).otherwise(own + pl.lit(f"; {SYNTHETIC}"))
        noted = frame.with_columns(note=said)
    return write_csv(noted, path) if path.suffix == ".csv" else write_parquet(noted, path)


def write_csv(frame: pl.DataFrame, path: Path) -> Path:
    """A CSV file in which no text is a formula to a spreadsheet, nor hides anything."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    safe = frame.with_columns(
        pl.col(name).replace_strict(
            {one: cell(one) for one in frame[name].unique().drop_nulls()}, return_dtype=pl.String,
            default=None,
        ) for name in texts
    ).rename({name: cell(name) for name in frame.columns})  # fmt: skip
    return fill_file(path, safe.write_csv)
