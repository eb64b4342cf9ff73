"""Tables that may come from anywhere, read by Polars: what it cannot read is one error.

Some damaged Parquet files make its Rust code panic: that is no ``Exception`` of Python, and words
about the library's source go to the terminal. Here it is a ``PolarsError`` like any other.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

import polars as pl

_ERRORS = 2  # the file number of what is written to the terminal as errors
_one_at_a_time = Lock()


def read_frame_by(read: Callable[[], pl.DataFrame]) -> pl.DataFrame:
    """What ``read`` gives; PolarsError or OSError where it cannot."""
    with _held_back() as drop:
        try:
            return read()
        except pl.exceptions.PanicException as error:
            drop()
            raise pl.exceptions.ComputeError(
                f"not a table that can be read ({(str(error).splitlines() or ['?'])[0][:100]})"
            ) from None


@contextmanager
def _held_back() -> Iterator[Callable[[], None]]:
    """Words to the terminal are held back until it is known whether they are to be dropped."""
    dropped = False

    def drop() -> None:
        nonlocal dropped
        dropped = True

    with _one_at_a_time, tempfile.TemporaryFile() as held:
        sys.stderr.flush()
        try:
            real = os.dup(_ERRORS)
        except OSError:  # there is no terminal to be kept clean
            yield drop
            return
        os.dup2(held.fileno(), _ERRORS)
        try:
            yield drop
        finally:
            os.dup2(real, _ERRORS)
            os.close(real)
            if not dropped and held.seek(0, os.SEEK_END):
                held.seek(0)
                os.write(_ERRORS, held.read())
