"""The few kinds of thing that a report page is made of; the template draws each one way."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from scoredsociety.report.charts.figure import Picture
from scoredsociety.report.phrasing import CLAUSE, SYNTHETIC

Row = tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str
    kind: Literal["text"] = "text"


@dataclass(frozen=True)
class Note:
    """A paragraph set apart: a caution that belongs to what stands beside it."""

    text: str
    kind: Literal["note"] = "note"


@dataclass(frozen=True)
class Heading:
    """A subsection's heading (h3)."""

    text: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True)
class Facts:
    """Terms with their descriptions."""

    rows: tuple[tuple[str, str], ...]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True)
class Points:
    """A list of sentences."""

    items: tuple[str, ...]
    kind: Literal["points"] = "points"


@dataclass(frozen=True)
class Code:
    """Text to be copied as it stands."""

    text: str
    label: str
    kind: Literal["code"] = "code"


@dataclass(frozen=True)
class Table:
    """A table; the first column heads its rows. ``numeric`` columns are set right."""

    caption: str
    columns: Row
    rows: tuple[Row, ...]
    numeric: frozenset[int] = frozenset()
    total: bool = False  # the last row is a total
    folded: bool = False
    kind: Literal["table"] = "table"

    @property
    def csv_address(self) -> str:
        """The table as a ``data:`` address, so that it can be saved without a network."""
        out = io.StringIO()
        out.write(f"# {SYNTHETIC} {CLAUSE}\n")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return "data:text/csv;charset=utf-8," + quote(out.getvalue())


@dataclass(frozen=True)
class Boxes:
    """Questions of a form, each with the kind of its answer and the answer; "": a box to write in.

    What is written stands in the page itself, without a script: saved and printed it is kept.
    """

    rows: tuple[tuple[str, str, str], ...]  # question, kind of answer, answer
    kind: Literal["boxes"] = "boxes"


@dataclass(frozen=True)
class Figure:
    """A picture, one sentence that says what it shows, and the table of its numbers."""

    title: str
    sentence: str
    picture: Picture
    table: Table
    kind: Literal["figure"] = "figure"

    @property
    def svg(self) -> str:
        """The picture, when it is drawn."""
        return self.picture.svg


@dataclass(frozen=True)
class Icons:
    """Icon arrays side by side, one a group, with the table of their numbers."""

    title: str
    sentence: str
    arrays: tuple[IconArray, ...]
    table: Table
    kind: Literal["icons"] = "icons"


@dataclass(frozen=True)
class IconArray:
    """One group of an icon array: drawing, frequency and n."""

    label: str
    says: str
    n: str
    svg: str  # blank where the group is too small to be shown


Block = Text | Note | Heading | Facts | Points | Code | Table | Boxes | Figure | Icons


@dataclass(frozen=True)
class Section:
    """One section (h2) of a report."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    folded: bool = False  # behind its title, until it is opened
