"""Edge lists as text, as they are in the world: comments, any separator, quotes, gzip.

What was taken for a heading, what was left out and how to say otherwise stands in the notes.
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from functools import partial
from pathlib import Path

import polars as pl

from scoredsociety.document.frames import read_frame_by
from scoredsociety.errors import UserError

ASKED = "a bare edge list has two columns of whole numbers, one tie a row"
WEIGHTS = frozenset(["weight", "weights", "w", "value", "count", "strength", "freq", "frequency"])
MOST_BYTES = 1 << 36
_SKIPPED = re.compile(rb"(?m)^[ \t]*(?:[#%][^\n]*)?(?:\r?\n|\Z)|^[ \t,;]+\r?\n")
_SPACES = re.compile(rb"[ \t]+")


def is_parquet(file: Path) -> bool:
    """By its first bytes, or by its ending in any case."""
    with file.open("rb") as source:
        start = source.read(4)
    return start == b"PAR1" or file.suffix.lower() in (".parquet", ".pq")


def read_text(file: Path) -> bytes:
    """The bytes of a text file, unpacked where it is gzipped, without comments and blank lines."""
    data = file.read_bytes()
    if data[:2] == b"\x1f\x8b":
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error):
            raise UserError(f"{file}: a gzip file that is cut off or damaged") from None
    for mark, words in ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"), (b"PK\x03\x04", "zip")):
        if data.startswith(mark):
            how = "unpack it first" if words == "zip" else "save it as UTF-8"
            raise UserError(f"{file}: a {words} file; {how}")
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        data[:65536].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < min(len(data), 65536) - 4:
            raise UserError(f"{file}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    if b"\r" in data and b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    return _SKIPPED.sub(b"", data)


def separator_of(line: str) -> str:
    """Tab, semicolon, comma, or space: the first of these that parts the line."""
    for mark in ("\t", ";", ","):
        if mark in line:
            return mark
    return " "


def cells_of(line: str, mark: str) -> list[str]:
    """The cells of a line without spaces and quotes around them."""
    parts = line.split() if mark == " " else line.split(mark)
    return [part.strip().strip("\"'").strip() for part in parts]


def is_number(cell: str) -> bool:
    return cell.lstrip("-+").replace(".", "", 1).isdecimal()


def text_frame(file: Path, wanted: list[str]) -> tuple[pl.DataFrame, list[str]]:
    """The columns of a text file and what was done; ``wanted``: names or places of two columns."""
    data = read_text(file)
    end = data.find(b"\n")
    first = data[: end if end >= 0 else len(data)].decode("utf-8", "replace").strip("\r")
    if not first.strip():
        raise UserError(f"{file}: the file is empty; {ASKED}")
    mark = separator_of(first.strip())
    data = re.sub(rb"(?m)^[ \t]+|[ \t]+(?=\r?$)", b"", data)
    if mark in (" ", "\t"):
        data, mark = _SPACES.sub(b" ", data), " "
    else:
        data = re.sub(rb"[ \t]*" + mark.encode() + rb"[ \t]*", mark.encode(), data)
    cells = cells_of(first.strip(), mark)
    named = bool(wanted) and not any(one.isdecimal() and one not in cells for one in wanted)
    headed = not any(map(is_number, cells)) or (named and set(wanted) <= set(cells))
    if headed:
        data = data.partition(b"\n")[2]
    names = cells if headed else [f"column {k + 1}" for k in range(len(cells))]
    frame = _frame(file, data, mark, names)
    notes = [f"the first row ({', '.join(cells[:6])}) was taken for a heading"] if headed else []
    if not headed and cells[:2] == ["0", "1"]:
        notes.append("the first row (0, 1) was taken as a tie; if it is a heading, say "
                     "--columns 0,1")  # fmt: skip
    return frame, notes


def _frame(file: Path, data: bytes, mark: str, names: list[str]) -> pl.DataFrame:
    if not data.strip():
        raise UserError(f"{file}: there are no rows; {ASKED}")
    unique = [name if names.index(name) == k and name else f"column {k + 1}"
              for k, name in enumerate(names)]  # fmt: skip
    for guess in (10_000, 0):  # a later line may be unlike the first ones: then read as text
        try:
            return read_frame_by(partial(
                pl.read_csv, io.BytesIO(data), has_header=False, new_columns=unique,
                separator=mark, infer_schema=bool(guess), infer_schema_length=guess or None,
            ))  # fmt: skip
        except (pl.exceptions.PolarsError, OSError):
            continue
    rows = data.split(b"\n")
    counts = [len(cells_of(row.decode("utf-8", "replace"), mark)) for row in rows if row.strip()]
    wrong = next((k for k, count in enumerate(counts) if count != len(names)), 0)
    count = counts[wrong]
    raise UserError(
        f"{file}: not a table of two columns: row {wrong + 1} has {count} and the first row "
        f"{len(names)}; {ASKED}"
    )


def tie_columns(
    file: Path, frame: pl.DataFrame, wanted: list[str]
) -> tuple[pl.DataFrame, list[str]]:
    """The two columns of ties, and a word on what was left out."""
    names = frame.columns
    if wanted:
        if len(wanted) != 2 or wanted[0] == wanted[1]:
            raise UserError(f"{file}: --columns takes two columns, such as source,target")
        places = [_place(file, one, names) for one in wanted]
        if places[0] == places[1]:
            raise UserError(f"{file}: --columns names one column twice")
        return frame.select(names[place] for place in places), []
    if len(names) == 3:
        third = names[2]
        numeric = frame[third].dtype.is_numeric()
        if numeric and (third.lower() in WEIGHTS or third == "column 3"):
            note = f"{third} was not read: a tie is there or not, without a weight"
            return frame.select(names[:2]), [note]
    return frame, []


def _place(file: Path, one: str, names: list[str]) -> int:
    if one in names:
        return names.index(one)
    if one.isdecimal() and 1 <= int(one) <= len(names):
        return int(one) - 1
    raise UserError(
        f"{file}: no column {one!r}; there are {', '.join(names[:6])}, or 1 to {len(names)}"
    )
