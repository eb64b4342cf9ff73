"""Where in a TOML text a table or a key stands, since the parser tells no lines."""

from __future__ import annotations

import re

Path = tuple[str | int, ...]
MOST_DEPTH = 24
MOST_DOTS = 64
_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]{1,400}?)\s*\]\]?")
_KEY = re.compile(r"^\s*((?:[A-Za-z0-9_-]+|\"[^\"\n]*\"|'[^'\n]*')(?:\s*\.\s*[A-Za-z0-9_-]+)*)\s*=")
# an open string runs to the end of its line, so that no line is scanned twice
_STRING = re.compile(r"\"\"\"|'''|\"(?:[^\"\\\n]|\\.)*(?:\"|\\?$)|'[^'\n]*(?:'|$)")
_DECIMAL = re.compile(r"\d\.\d")
_BRACKET = re.compile(r"[\[\]{}#]")


def line_map(text: str) -> dict[Path, int]:
    """Line (from 1) of each table and each key that starts a line, by path in the document."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    closing: str | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if closing is not None:  # inside a string of several lines
            if closing in line:
                closing = None
            continue
        header = _HEADER.match(line)
        if header:
            table = _table(header[1] == "[[", _parts(header[2]), counts)
            found.setdefault(table, number)
        else:
            key = _KEY.match(line)
            if key:
                path = table
                for part in _parts(key[1]):
                    path = (*path, part)
                    found.setdefault(path, number)
        closing = _opened(line)
    return found


def _parts(name: str) -> list[str]:
    return [part.strip().strip("\"'") for part in name.split(".")][:MOST_DEPTH]


def _table(array: bool, parts: list[str], counts: dict[Path, int]) -> Path:
    path: Path = ()
    for place, part in enumerate(parts):
        path = (*path, part)
        if array and place == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _opened(line: str) -> str | None:
    marks = [mark for mark in _STRING.findall(line) if mark in ('"""', "'''")]
    return marks[-1] if len(marks) % 2 else None


def line_of(lines: dict[Path, int], path: Path) -> int | None:
    """Line of the nearest table or key that leads to ``path``."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    if path and (path[0], 0) in lines:
        return lines[path[0], 0]
    return 1 if path else None  # a table that is missing: the file as a whole


def too_deep(text: str) -> int | None:
    """The line at which tables or lists nest too deep, or a key has too many dots; else None."""
    depth = 0
    for number, line in enumerate(text.split("\n"), 1):
        bare = _STRING.sub("", line)
        if _DECIMAL.sub("", bare).count(".") > MOST_DOTS:
            return number
        header = bool(_HEADER.match(bare))
        for character in _BRACKET.findall(bare):
            if character == "#":
                break
            if character in "[{":
                depth += 1
                if depth > MOST_DEPTH:
                    return number
            elif character in "]}":
                depth = max(0, depth - 1)
        if header:
            depth = 0
    return None
