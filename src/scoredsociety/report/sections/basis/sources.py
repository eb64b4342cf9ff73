"""What the ids that a page cites stand for: O-R0, S3-72, O-D1 written out (report/sources.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from scoredsociety.report.elements import Note, Section, Table

CITED = re.compile(r"\b(?:S\d-\d+|[OL]-[A-Z]?\d+|V\d+)\b")
MEANS = (
    "S: an item of the five articles, which make claims; O: outside evidence; L: law and cases; V: "
    "a published figure that the model is held to or checked against. What is said is a "
    "paraphrase; m is million, bn billion. “From memory” was not looked up, so it is not verified."
)


class Cited(NamedTuple):
    """What an id stands for, and where that was read."""

    says: str
    where: str


@cache
def bibliography() -> dict[str, Cited]:
    """Every id that the package cites, in the order of the file."""
    text = files("scoredsociety.report").joinpath("sources.toml").read_text("utf-8")
    found = tomllib.loads(text)
    articles: dict[str, str] = found["articles"]
    return {
        name: Cited(row["says"], row.get("read") or row.get("note")
                     or articles.get(name.split("-")[0], ""))
        for name, row in found["source"].items()
    }  # fmt: skip


def sources_section(sections: Iterable[Section]) -> Section | None:
    """The ids that stand in the sections, written out; None where none does."""
    cited = {name for section in sections for name in CITED.findall(str(section.blocks))}
    rows = tuple((name, one.says, one.where) for name, one in bibliography().items()
                 if name in cited)  # fmt: skip
    if not rows:
        return None
    table = Table("Sources that this page cites", ("id", "what it says", "where it was read"),
                  rows, folded=len(rows) > 12)  # fmt: skip
    return Section("sources", "Sources written out", (Note(MEANS), table))
