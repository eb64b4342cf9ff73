"""A study's table as a file: CSV or Parquet, each saying that the society is synthetic."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from scoredsociety.errors import UserError
from scoredsociety.study.folder import SYNTHETIC
from scoredsociety.study.write import write_parquet


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
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".csv":
            noted.write_csv(path)
        else:
            write_parquet(noted, path)
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror or error}") from None
    return path
