"""Months as integers: month 0 is January 1600, so 14 bits reach the year 2965."""

from __future__ import annotations

import re

FIRST_YEAR = 1600
_FORM = re.compile(r"([0-9]{4})-([0-9]{2})")  # ASCII: a month in other digits is refused


def month_number(text: str) -> int:
    """The number of a month written ``2020-01``; ValueError says what is wrong."""
    match = _FORM.fullmatch(text)
    if not match or not 1 <= int(match[2]) <= 12:
        raise ValueError(f"a month is written YYYY-MM, such as 2020-01, not {text!r}")
    year = int(match[1])
    if not 1700 <= year <= 2900:
        raise ValueError(f"the year must lie between 1700 and 2900, not {year}")
    return (year - FIRST_YEAR) * 12 + int(match[2]) - 1


def month_text(month: int) -> str:
    """``2020-01`` of a month number."""
    return f"{FIRST_YEAR + month // 12:04d}-{month % 12 + 1:02d}"
