"""Edge lists that nobody can read, and what is said of each."""

from __future__ import annotations

BAD = (
    ("5,5\n", "no tie between two different nodes"),
    ("1,-2\n", "negative id -2"),
    ("1,13800138000\n", "id 13800138000"),
    ("name,friend\nann,bob\n", "Names and identities are not read"),
    ("1,2,ann\n", "3 columns"),
    ("", "the file is empty"),
)
