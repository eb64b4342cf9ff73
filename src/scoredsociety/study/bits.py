"""The bits of the state, read outside the month's kernels: a status, a record, an address.

The same bits as engine/state.py and keyed.py, as plain arithmetic on integers or arrays.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from scoredsociety.engine.state import LIST_SHIFT
from scoredsociety.keyed import COMMUNITY_BITS, SEAT_BITS

Word = TypeVar("Word", int, npt.NDArray[np.int64])


def grade_of_status(status: Word, scheme: int) -> Word:
    """Grade code of a scheme in a published status (NO_GRADE: not a subject)."""
    return status >> (4 * scheme) & 15


def lists_of_status(status: int) -> list[int]:
    """Numbers of the lists on which a published status places."""
    return [bit for bit in range(8) if status >> (LIST_SHIFT + bit) & 1]


def rule_of_record(word: int) -> int:
    """Index of a record's rule."""
    return word >> 22


def month_of_record(word: int) -> int:
    """Month in which a record was booked, from the run's origin."""
    return word >> 10 & 4095


def flags_of_record(word: int) -> int:
    """FALSE | MISATTRIBUTED | SPILLED | DOUBLED | CORRECTED."""
    return word >> 4 & 63


def address_text(seat_id: int) -> str:
    """``region/community/seat`` of a seat's 41-bit address."""
    region = seat_id >> (COMMUNITY_BITS + SEAT_BITS)
    community = seat_id >> SEAT_BITS & ((1 << COMMUNITY_BITS) - 1)
    return f"{region}/{community}/{seat_id & ((1 << SEAT_BITS) - 1)}"
