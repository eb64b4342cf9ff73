"""What files, file names and words may bring, and what no reader of an output should meet."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from html.parser import HTMLParser

CONTROLS = ["\x00", "\x01", "\x07", "\x08", "\r", "\x1b", "\x1b[31m", "\x7f", "\x9b", "\ufffe"]
# let in by every document, and dangerous only to who prints it carelessly
SLY = [
    "\u202egpj.exe", "\u2066x", "\u200fa", "a\u2028b", "<script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>", "[bold]x[/bold]", "[/nothing]", "[link=x]y[/link]",
    ":smiley:", "=HYPERLINK(1)", "+1+1", "-1+1", "@SUM(1)", "{{ 7*7 }}", "{% raw %}", "| a | b |",
    "%s {0} ${x}", "`rm`", "&lt;b&gt;", "'; --", "\u0627\u0644", "\U0001f600", "\\", "a" * 200,
]  # fmt: skip
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\uffff\ud800-\udfff]"
)


def assert_quiet(text: str) -> None:
    """Nothing in the text moves a cursor, turns letters around or hides."""
    found = HIDDEN.search(text)
    assert found is None, f"{unicodedata.name(found[0], repr(found[0]))} in {text[:300]!r}"


def assert_json(text: str) -> None:
    """One JSON object, quiet as it stands."""
    assert_quiet(text)
    assert isinstance(json.loads(text), dict)


class Tags(HTMLParser):
    """The elements of a page, with their attributes that run something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(name for name, _ in attrs if name.startswith("on"))}


def assert_page(text: str, known: set[str]) -> None:
    """A page of elements that a harmless page has, too."""
    assert_quiet(text)
    more = Tags(text).found - known
    assert not more, more


def assert_table(text: str) -> None:
    """CSV without a cell that a spreadsheet takes for a formula."""
    assert_quiet(text)
    for row in csv.reader(io.StringIO(text)):
        for one in row:
            assert not re.match(r"\s*[=+\-@]", one) or re.fullmatch(r"[+-]?[\d.e+-]+", one), one
