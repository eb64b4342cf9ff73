"""The bits of the state, outside the month's kernels: a status, a record, a message, an address.

The same bits as engine/state.py and keyed.py, as plain arithmetic on integers or arrays.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from scoredsociety.engine.respond.mind import OBJECTION_BITS, OBJECTIONS
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
    """FALSE | MISATTRIBUTED | SPILLED | DOUBLED | CORRECTED | STALE."""
    return word >> 4 & 63


def word_of_message(act: int, source: int, amount: int, flags: int) -> int:
    """A message that books an act on time, as engine/state.py packs it."""
    return act << 28 | source << 20 | amount << 16 | flags << 8


def act_of_message(content: int) -> int | None:
    """Index of the act that a message books; None where it books a rule (a spill)."""
    return None if content >> 40 & 1 else content >> 28 & 4095


def source_of_message(content: int) -> int:
    """Index of the source that filed what the message books."""
    return content >> 20 & 255


def flags_of_message(content: int) -> int:
    """Flags of the record that the message books."""
    return content >> 8 & 255


def months_waited(life: int, scheme: int) -> int:
    """Months that an objection to a scheme has waited, by the life bits; 0: none is under way."""
    return life >> (OBJECTIONS + OBJECTION_BITS * scheme) & ((1 << OBJECTION_BITS) - 1)


def address_text(seat_id: int) -> str:
    """``region/community/seat`` of a seat's 41-bit address."""
    region = seat_id >> (COMMUNITY_BITS + SEAT_BITS)
    community = seat_id >> SEAT_BITS & ((1 << COMMUNITY_BITS) - 1)
    return f"{region}/{community}/{seat_id & ((1 << SEAT_BITS) - 1)}"
