"""Text from a file: which characters no document may hold, and none may bring to a reader.

A control character in a text field (U+0001 in a title, an escape sequence in a key) is refused
when the document is read: no writer means it, and what draws charts ends the whole process over
one. What is left, and file names and words of the command line, may still turn the order of
letters around (bidi controls) or break lines: before text reaches a terminal, a page, JSON or a
table, such a character becomes its number in brackets, as ``[U+202E]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Place = tuple[str | int, ...]
Finding = tuple[Place, str, str | None]

_BEYOND = "".join(f"{chr(plane << 16 | 0xFFFE)}-{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"  # all but tab and line feed, which writers do mean
_REFUSED = re.compile(f"[{_CONTROLS}\ud800-\udfff\ufdd0-\ufdef{_BEYOND}]")
# bidi controls, separators of lines, marks of annotation, tags that are not seen
_HIDDEN = re.compile(
    f"[{_CONTROLS}\ud800-\udfff\ufdd0-\ufdef{_BEYOND}"
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_FORMULA = re.compile(r"\s*[=+\-@]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


def neutral(text: str) -> str:
    """The text with every hidden or controlling character as ``[U+202E]``; tab and line stay."""
    return _HIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def one_line(text: str) -> str:
    """``neutral``, and on one line: a sentence about one thing stays one."""
    return re.sub(r"[\n\t]", lambda found: f"[U+{ord(found[0]):04X}]", neutral(text))


def json_neutral(text: str) -> str:
    """JSON whose hidden characters are escapes: every reader of JSON has the same value of it."""

    def escaped(found: re.Match[str]) -> str:
        units = found[0].encode("utf-16-be", "surrogatepass")
        return "".join(f"\\u{units[k]:02x}{units[k + 1]:02x}" for k in range(0, len(units), 2))

    return _HIDDEN.sub(escaped, text)


def cell(text: str) -> str:
    """A cell of CSV that no spreadsheet takes for a formula (after OWASP, CSV injection).

    A quotation mark goes before what begins with ``= + - @``, unless it is a plain number.
    """
    said = neutral(text)
    return f"'{said}" if _FORMULA.match(said) and not _NUMBER.fullmatch(said) else said


def refused_characters(values: Any, place: Place = ()) -> Iterator[Finding]:
    """Each key and text of a document's values that holds a control character, with its place."""
    if isinstance(values, str):
        found = _REFUSED.search(values)
        if found:
            yield place, f"the text holds the control character U+{ord(found[0]):04X}", _HINT
    elif isinstance(values, dict):
        for key, value in values.items():
            found = _REFUSED.search(key)
            if found:
                said = f"the key {neutral(key)[:64]!r} holds U+{ord(found[0]):04X}"
                yield (*place, key), f"{said}, a control character", _HINT
            yield from refused_characters(value, (*place, key))
    elif isinstance(values, list):
        for number, value in enumerate(values):
            yield from refused_characters(value, (*place, number))


_HINT = "take it out: text is letters, signs, spaces and line breaks"
