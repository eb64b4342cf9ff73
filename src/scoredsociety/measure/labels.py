"""What the places in a month's counts are called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Labels(NamedTuple):
    """What the indices of tallies mean."""

    schemes: Sequence[str]
    grades: Sequence[Sequence[str]]  # of each scheme, lowest first
    acts: Sequence[str]
    rules: Sequence[tuple[str, str]]  # scheme, rule
    consequences: Sequence[tuple[str, str]]  # scheme, consequence
    lists: Sequence[tuple[str, str]]  # scheme, list
