"""What is assumed: every number of a run's documents that no source gives, where it stands.

Documents declare it themselves: a table's ``assumed`` names the keys that have no source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from scoredsociety.report import phrasing
from scoredsociety.report.elements import Section, Table, Text
from scoredsociety.report.evidence import Document, Evidence, heading_of, scheme_id

# keys that say nothing to a reader who has not seen the file
KEYS = {
    "prior_good": "months on time that everybody is given (prior_good)",
    "prior_all": "months that everybody is given (prior_all)",
}


class Assumed(NamedTuple):
    """The assumed numbers of one table: ``keys`` with their values where these are short."""

    document: str
    where: str
    keys: tuple[str, ...]
    values: tuple[str, ...]


def assumed_section(evidence: Evidence) -> Section | None:
    """Every number that no source gives, with where it stands."""
    rows = assumed_of(evidence)
    if not rows:
        return None
    total = sum(len(row.keys) for row in rows)
    lines = assumption_lines(rows)
    return Section(
        "assumed", "What is assumed",
        (
            Text(
                f"{phrasing.number(total)} values of this run, in {phrasing.number(len(rows))} "
                "places, "
                "are given by no source. They are marked “assumed” where they stand and are "
                "there to be varied: what is quoted is the range over them (`scored questions`, "
                "`scored audit`), with what moves it most."
            ),
            Table("Assumed values", ("document", "where", "assumed"), lines,
                  folded=len(rows) > 12),
        ),
    )  # fmt: skip


def assumption_lines(rows: Iterable[Assumed]) -> tuple[tuple[str, ...], ...]:
    """Document, table and values: a row a table of a document."""
    return tuple(
        (row.document, phrasing.plain(row.where),
         "; ".join(f"{KEYS.get(key) or phrasing.plain(key)}{': ' if value else ''}{value}"
                   for key, value in zip(row.keys, row.values, strict=True)))
        for row in rows
    )  # fmt: skip


def assumed_of(evidence: Evidence) -> list[Assumed]:
    """Assumed values of schemes, conduct and society, in the order of their files."""
    rows: list[Assumed] = []
    for document in evidence.schemes:
        rows.extend(assumed_in(document, scheme_id(document), ""))
    for kind, other in (("conduct", evidence.conduct), ("society", evidence.society)):
        if other:
            name = str(heading_of(other, kind).get("id", kind))
            rows.extend(assumed_in(other, f"{kind} {name}", ""))
    return rows


def assumed_in(part: Document, document: str, where: str = "") -> Iterator[Assumed]:
    """The assumed values of a document and of every table in it, in the order of the file."""
    keys = part.get("assumed")
    if isinstance(keys, Sequence) and not isinstance(keys, str) and keys:
        names = tuple(str(key) for key in keys)
        yield Assumed(document, where or "whole file", names,
                      tuple(_value(part, name) for name in names))  # fmt: skip
    for key, value in part.items():
        if isinstance(value, Mapping):
            yield from assumed_in(value, document, f"{where} {key}".strip())
        elif isinstance(value, Sequence) and not isinstance(value, str):
            for place, row in enumerate(value, 1):
                if isinstance(row, Mapping):
                    name = row.get("id", row.get("kind", place))
                    yield from assumed_in(row, document, f"{where} {key} {name}".strip())


def _value(document: Document, key: str) -> str:
    value: Any = document
    for name in key.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    short = isinstance(value, int | float | str | Decimal)
    return str(value).replace("-", phrasing.MINUS) if short else ""
