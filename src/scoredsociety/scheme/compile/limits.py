"""What there is room for in the words and tables of people under the same schemes.

The limits are a person's: nobody is a subject of more than four schemes, stands on more than eight
lists, and so on. A run whose schemes together need more is divided by region, where they can be
(scheme/compile/jurisdictions.py).
"""

from __future__ import annotations

from scoredsociety.document.problem import DocumentErrors, Problem


class TooMany(DocumentErrors):
    """Schemes that need more room than the people have who live under all of them."""


def too_many(most: int, what: str, count: int, key: str | None, names: str = "") -> TooMany:
    """``a run has at most 8 lists, not 9: a, b ...``"""
    message = f"a run has at most {most} {what}, not {count}" + (f": {names}" if names else "")
    return TooMany([Problem("", None, key, None, message)])
