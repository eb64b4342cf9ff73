"""What nobody met: rules, rewards, restrictions, lists and grades without a case in a run.

A rule that no record was booked under, a reward that nobody had and a list with nobody on it say
nothing of what they would do: a reader must know which they are. Rules on a trait, on a list, a
grade or a rank, or on ties are not counted as records, and are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl

KINDS = ("rule", "reward", "restriction", "list", "grade")
PLURALS = dict(zip(KINDS, ("rules", "rewards", "restrictions", "lists", "grades"), strict=True))
WITHOUT_RECORDS = (  # keys of rules of which no record is counted
    "from_attribute", "on_peers", "on_list", "on_grade", "on_rank",
)  # fmt: skip
SHOWN = 10  # titles of a kind on the screen of a study; --json and the report have all
Document = Mapping[str, Any]


class Unmet(NamedTuple):
    """Something that a scheme says and that befell nobody in a run."""

    scheme: str
    kind: str  # of KINDS
    id: str
    title: str


def unmet(scheme: str, versions: Sequence[Document], tallies: pl.DataFrame) -> list[Unmet]:
    """What of a scheme befell nobody, in the order of its file.

    ``versions``: its documents in force during the run, as their files would have them;
    ``tallies``: the run's frame (measure/tallies.py).
    """
    counts = met(scheme, tallies)
    found: dict[tuple[str, str], Unmet] = {}
    for document in versions:
        for kind, row in said(document):
            name = str(row["id"])
            if not counts.get((measured(kind), name)):
                found[kind, name] = Unmet(scheme, kind, name, str(row.get("title") or name))
    return sorted(found.values(), key=lambda one: KINDS.index(one.kind))


def met(scheme: str, tallies: pl.DataFrame) -> dict[tuple[str, str], int]:
    """Most cases in a month of each rule, consequence, list and grade, by measure and id."""
    rows = tallies.filter(
        (pl.col("scheme") == scheme)
        & (pl.col("dimension") == "all")
        & pl.col("measure").is_in(["records", "consequence", "listed", "grade"])
    ).group_by("measure", "item").agg(pl.col("count").max())
    found: dict[tuple[str, str], int] = {}
    for measure, item, count in rows.iter_rows():
        # a rule's later versions, its residue and what it spills are rows of their own
        name = item.split("@")[0].split(".")[0] if measure == "records" else item
        found[measure, name] = max(found.get((measure, name), 0), int(count))
    return found


def said(document: Document) -> Iterable[tuple[str, Document]]:
    """Kind and table of everything in a scheme that can have a case."""
    for row in document.get("rule", ()):
        if not any(key in row for key in WITHOUT_RECORDS):
            yield "rule", row
    for row in document.get("consequence", ()):
        yield "reward" if row.get("grants") else "restriction", row
    for kind in ("list", "grade"):
        for row in document.get(kind, ()):
            yield kind, row


def measured(kind: str) -> str:
    """The measure of the tallies that counts cases of a kind."""
    return {"rule": "records", "list": "listed", "grade": "grade"}.get(kind, "consequence")


def in_words(found: Sequence[Unmet], most: int | None = None) -> list[str]:
    """``rewards: Bikes without deposit, A discount on heating``, a phrase for each kind.

    With ``most``, so many titles of each kind and how many more there are.
    """
    lines = []
    for kind in KINDS:
        titles = [one.title for one in found if one.kind == kind]
        left = len(titles) - len(titles[:most])
        more = f"; and {left} more" if left else ""
        if titles:
            lines.append(f"{PLURALS[kind]}: {'; '.join(titles[:most])}{more}")
    return lines
