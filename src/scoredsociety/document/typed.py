"""What word processors and habit put into a TOML file: which character, and what to type.

Curly quotes, other minus signs, spaces that do not break, full-width digits, decimal commas, and
``[rule]`` where each of several tables is ``[[rule]]``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

_DOUBLE, _SINGLE = "“”„‟«»〝〞", "‘’‚‛‹›`´"
_DASHES = "−–—‐‑‒―﹣"
_SPACES = "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_NOTHING = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
TYPED: Final[Mapping[str, tuple[str, str]]] = {  # character: what it is, what to type
    **dict.fromkeys(_DOUBLE, ("a curly quote", 'a straight quote "')),
    **dict.fromkeys(_SINGLE, ("a curly quote", 'a straight quote "')),
    **dict.fromkeys(_DASHES, ("a dash or another minus sign", "a plain hyphen -")),
    **dict.fromkeys(_SPACES, ("a special space", "an ordinary space")),
    **dict.fromkeys(_NOTHING, ("an invisible character", "nothing: take it out")),
    "、": ("another comma", "a comma ,"),
    "…": ("three dots in one character", "the value itself"),
}
_LONGEST = 2_000  # characters of a line that are looked at: nobody types more, and quotes backtrack
_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'")
_COMMA = re.compile(r"=\s*([+-]?\d+),(\d+)\s*(?=$|[}\]#,])")
_HEADER = re.compile(r"^\s*\[\s*([A-Za-z0-9_.-]+)\s*\]")
_SAID: Final[tuple[tuple[str, str], ...]] = (  # of the parser; what a writer of the file can use
    ("Invalid value", 'what stands after = is no value: text stands in quotes, such as "text"'),
    ("Expected '='", "a key is followed by = and a value"),
    ("Invalid initial character for a key", "a key is made of letters, digits and _"),
    ("at the end of a table declaration", "the heading of a table is not closed with ]"),
    ("at the end of an array declaration", "the heading of a table is not closed with ]]"),
    ("Cannot overwrite a value", "this key stands twice in its table"),
    ("Duplicate inline table key", "this key stands twice in its table"),
    ("Cannot declare", "this table stands twice"),
    ("Cannot mutate immutable", "this adds to a table that is closed already"),
    ("Cannot redefine", "this adds to a table that is closed already"),
    ("Expected newline or end of document", "there is more on the line than one key and its value"),
    ("Illegal character", "a text is not closed with its quote on this line, or holds a character "
                          "that cannot be seen"),
    ("Unterminated string", "a text is not closed with its quote"),
    ("Expected \"", "a text is not closed with its quote"),
    ("Unescaped", 'a \\ in a text in "quotes" is written \\\\'),
    ("Unclosed array", "a list is not closed with ]"),
    ("Unclosed inline table", "a table is not closed with }"),
    ("Invalid statement", "this line is neither a key with a value nor the heading of a table"),
    ("Invalid date", "this is no date or number"),
    ("Invalid hex", "this is no escape that a text can hold"),
    ("not a valid Unicode", "this is no escape that a text can hold"),
)  # fmt: skip


def _named(character: str) -> str:
    """``“ (U+201C)``: the character as it can be searched for; invisible ones by number only."""
    code = f"U+{ord(character):04X}"
    seen = character.isprintable() and not character.isspace()
    return f"{character} ({code})" if seen and character not in _NOTHING else code


def odd_character(line: str, file_text: str = "") -> str | None:
    """Which character of a line is not one that TOML knows, and what to type; None: all are."""
    bare = _STRING.sub(lambda found: " " * len(found[0]), line).split("#", 1)[0]
    for searched in (bare, line):
        for place, character in enumerate(searched):
            if character.isascii():
                continue
            what = TYPED.get(character)
            plain = unicodedata.normalize("NFKC", character)
            if what is None and len(plain) == 1 and plain.isascii() and plain.isprintable():
                what = ("a full-width character", f"a plain {plain}")
            if what is not None:
                return f"character {place + 1} is {_named(character)}, {what[0]}: type {what[1]}"
    return None


def parser_complaint(parser: str, text: str, number: int) -> str:
    """What is wrong at a line of a text that the parser refused with these words."""
    lines = text.split("\n")
    line = lines[number - 1][:_LONGEST] if 0 < number <= len(lines) else ""
    odd = odd_character(line)
    if odd is not None:
        return odd
    comma = _COMMA.search(_STRING.sub("", line))
    if comma:
        return f"a number has a point, not a comma: type {comma[1]}.{comma[2]}"
    header = _HEADER.match(line)
    if header and parser.startswith(("Cannot declare", "Cannot overwrite", "Cannot mutate")):
        name = header[1]
        return f"[{name}] stands for one table: type [[{name}]] for each of several"
    if "Cannot" in parser and line.lstrip().startswith("[["):
        name = line.strip().strip("[] ")
        return f"[[{name}]] is one of several, and [{name}] stood before: type [[{name}]] each time"
    for words, sentence in _SAID:
        if words in parser:
            return sentence
    return "this line cannot be read"
