"""A TOML file as values, and findings as problems with their lines: every kind of document."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from scoredsociety.document.lines import line_map, line_of, too_deep
from scoredsociety.document.problem import DocumentErrors, Problem
from scoredsociety.document.shape import Finding
from scoredsociety.document.shape import Path as Place
from scoredsociety.document.text import refused_characters
from scoredsociety.document.typed import parser_complaint

MOST_BYTES = 1 << 20
MOST_PROBLEMS = 200
_PLACE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


@dataclass(frozen=True)
class Document:
    """A parsed file: its name, its text and its values (decimals as they were written)."""

    file: str
    text: str
    values: dict[str, Any]

    def problem(self, finding: Finding) -> Problem:
        """A finding with its line and the rule that it stands in."""
        return problems_of(self, [finding])[0]


def read_document(path: Path) -> Document:
    """A TOML file as values; raises DocumentErrors where it cannot be read at all."""
    file = path.name if path.parent.name == "catalogue" else str(path)

    def refused(message: str, line: int | None = None, hint: str | None = None) -> DocumentErrors:
        return DocumentErrors([Problem(file, line, None, None, message, hint)])

    try:
        with path.open("rb") as handle:
            raw = handle.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a file name"
        raise refused(f"cannot be read: {reason}") from None
    if len(raw) > MOST_BYTES:
        raise refused("the file is larger than 1 MiB")
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise refused("the file is not UTF-8 text", line) from None
    document = Document(file, text, parse(text, file))
    refuse_characters(document)
    return document


def refuse_characters(document: Document) -> None:
    """DocumentErrors where a text or key holds a control character."""
    found = list(refused_characters(document.values))
    if found:
        raise DocumentErrors(problems_of(document, found))


def parse(text: str, file: str) -> dict[str, Any]:
    """Values of a TOML text; numbers with a point become the decimals that were written."""

    def refused(message: str, line: int | None) -> DocumentErrors:
        return DocumentErrors([Problem(file, line, None, None, message)])

    deep = too_deep(text)
    if deep is not None:
        raise refused("tables or lists nest too deep", deep)
    try:
        return tomllib.loads(text, parse_float=_decimal)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        raise refused(f"not TOML: {parser_complaint(str(error), text, line)}", line) from None
    except _Unreadable as error:
        line = text.count("\n", 0, max(0, text.find(error.found))) + 1
        raise refused(str(error), line) from None
    except RecursionError:
        raise refused("tables or lists nest too deep", None) from None
    except ValueError:  # a whole number of thousands of digits, an impossible date
        raise refused("a number or date is out of range", _long_number(text)) from None


class _Unreadable(ValueError):
    def __init__(self, found: str) -> None:
        self.found = found[:60]
        super().__init__(f"the number {self.found} is out of range")


def _decimal(text: str) -> Decimal:
    bare = text.lstrip("+-")
    exponent = re.search(r"[eE]([+-]?\d{1,6})", text)
    if len(text) > 40 or bare in ("inf", "nan") or (exponent and abs(int(exponent[1])) > 12):
        raise _Unreadable(text)
    return Decimal(text)


def _long_number(text: str) -> int | None:
    found = re.search(r"\d{400,}", text)
    return text.count("\n", 0, found.start()) + 1 if found else None


def problems_of(document: Document, found: Iterable[Finding]) -> list[Problem]:
    """Findings with their lines, in the order of the file, at most MOST_PROBLEMS of them."""
    lines = line_map(document.text)
    problems = []
    for path, message, hint in dict.fromkeys(found):
        problems.append(
            Problem(
                document.file,
                line_of(lines, path) if document.text else None,
                table_path(document.values, path),
                key_in_table(path),
                message,
                hint,
            )
        )
    problems.sort(key=lambda problem: (problem.line or 0, problem.key or ""))
    more = len(problems) - MOST_PROBLEMS
    if more > 0:
        message = f"and at least {more} more problems"
        problems = [*problems[:MOST_PROBLEMS], Problem(document.file, None, None, None, message)]
    return problems


def table_path(document: Mapping[str, Any], path: Place) -> str | None:
    """``rule.parking_ticket`` for a path that leads into that table."""
    if not path:
        return None
    head = str(path[0])
    if len(path) > 1 and isinstance(path[1], int):
        rows = document.get(head)
        row = rows[path[1]] if isinstance(rows, (list, tuple)) and path[1] < len(rows) else None
        name = row.get("id", row.get("name")) if isinstance(row, dict) else None
        return f"{head}.{name}"[:80] if isinstance(name, str) else f"{head} {path[1] + 1}"
    return head


def key_in_table(path: Place) -> str | None:
    """The key of a path within its table."""
    words = [str(step) for step in path if isinstance(step, str)]
    return ".".join(words[1:])[:120] or None
