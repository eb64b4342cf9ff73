"""What the shape check finds, in words for who wrote the file: never the library's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

_FORMS: Final[Mapping[str, str]] = {  # of ids and names, by the pattern of the model
    r"^[a-z][a-z0-9_]": "an id begins with a small letter and has only small letters, digits and _",
    r"^[A-Za-z0-9_+-]": "a grade is letters, digits, _, + or - without spaces, at most 24",
    r"^(none|(ICCPR|ICESCR)": "a protection is none, or an article such as ICCPR 19",
    r"^\d{4}-\d": "a month is written YYYY-MM",
}
_KINDS: Final[Mapping[str, str]] = {
    "string_type": "should be text in quotes",
    "int_type": "should be a whole number (an integer)",
    "int_from_float": "should be a whole number (an integer)",
    "int_parsing": "should be a whole number (an integer)",
    "float_type": "should be a number",
    "decimal_type": "should be a number",
    "bool_type": "should be true or false",
    "list_type": "should be a list",
    "tuple_type": "should be a list",
    "dict_type": "should be a table",
    "model_type": "should be a table",
    "model_attributes_type": "should be a table",
    "finite_number": "should be a finite number",
    "string_unicode": "should be text that can be printed",
}
_BOUNDS: Final[Mapping[str, tuple[str, str]]] = {
    "greater_than": ("should be greater than", "gt"),
    "greater_than_equal": ("should be greater than or equal to", "ge"),
    "less_than": ("should be less than", "lt"),
    "less_than_equal": ("should be less than or equal to", "le"),
    "multiple_of": ("should be a multiple of", "multiple_of"),
}


def finding_in_words(error: Mapping[str, Any]) -> str:
    """One finding of the shape check as a sentence without its value."""
    kind, told = str(error["type"]), error.get("ctx", {})
    if kind in ("value_error", "assertion_error"):
        return str(error["msg"]).removeprefix("Value error, ").removeprefix("Assertion failed, ")
    if kind in _KINDS:
        return _KINDS[kind]
    if kind in _BOUNDS:
        sentence, key = _BOUNDS[kind]
        return f"{sentence} {told.get(key)}"
    if kind == "literal_error":
        return f"should be {told.get('expected')}"
    if kind == "string_pattern_mismatch":
        pattern = str(told.get("pattern"))
        return next((said for start, said in _FORMS.items() if pattern.startswith(start)),
                    "is not written in the form that stands here")  # fmt: skip
    if kind in ("too_short", "string_too_short"):
        what = _things(kind, int(told.get("min_length", 1)))
        return f"should have at least {what}"
    if kind in ("too_long", "string_too_long"):
        return f"should have at most {_things(kind, int(told.get('max_length', 0)))}"
    if kind.startswith(("decimal", "float", "int")):
        return "should be a number within the range that can be held"
    return "is not what stands here"


def _things(kind: str, count: int) -> str:
    one = "character" if kind.startswith("string") else "entry"
    many = "characters" if kind.startswith("string") else "entries"
    return f"{count} {one if count == 1 else many}"


def as_id(text: str) -> str | None:
    """``parking_ticket`` of ``Parking ticket``; None where nothing is left of it."""
    made = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:40]
    return made if made[:1].isalpha() else None
