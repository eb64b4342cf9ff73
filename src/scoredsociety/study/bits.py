"""The bits of the state, outside the month's kernels: a status, a record, a message, an address.

The same bits as engine/state.py and keyed.py, as plain arithmetic on integers or arrays.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from scoredsociety.engine.respond import mind
from scoredsociety.engine.respond.mind import OBJECTION_BITS, OBJECTIONS
from scoredsociety.engine.state import (
    EXPRESSED,
    GRAVITY_SHIFT,
    LIST_SHIFT,
    SANCTION_SEEN,
    SHOWS,
)
from scoredsociety.keyed import COMMUNITY_BITS, SEAT_BITS
from scoredsociety.scheme.tables import FOREVER, R_MEMORY

Word = TypeVar("Word", int, npt.NDArray[np.int64])

EPISODES = 8  # life bits 0 to 7: one for each act with an episode
# what a person keeps from month to month whatever the schemes: first life bit and width
OF_LIFE = {
    "awareness": (mind.AWARENESS, 2),
    # classes above the prior, in two's complement
    "belief": (mind.BELIEF, mind.BELIEF_BITS),
    "out of work": (mind.WORKLESS, 1),
    "stigma": (mind.STIGMA, 6),
    "months out of school": (mind.OUT_OF_SCHOOL, mind.OUT_BITS),
    "held back": (mind.HELD_BACK, 1),
    "schooling lowered": (mind.LOWERED, 1),
}
# what others read of a person whatever the scheme: first bit of the status and width
OF_STATUS = {
    "gravity": (GRAVITY_SHIFT, 4),
    "sanction seen": (SANCTION_SEEN.bit_length() - 1, 1),
    "expressed": (EXPRESSED.bit_length() - 1, 1),
    "shows the score": (SHOWS.bit_length() - 1, 1),
    "aware": (mind.AWARE.bit_length() - 1, 1),
}


def grade_of_status(status: Word, scheme: int) -> Word:
    """Grade code of a scheme in a published status (NO_GRADE: not a subject)."""
    return status >> (4 * scheme) & 15


def lists_of_status(status: int) -> list[int]:
    """Numbers of the lists on which a published status places."""
    return [bit for bit in range(8) if status >> (LIST_SHIFT + bit) & 1]


def field_of(word: Word, first: int, width: int) -> Word:
    """A field of a life word or a status, by its first bit and width."""
    return word >> first & ((1 << width) - 1)


def rule_of_record(word: Word) -> Word:
    """Index of a record's rule."""
    return word >> 22


def month_of_record(word: Word) -> Word:
    """Month in which a record was booked, from the run's origin."""
    return word >> 10 & 4095


def flags_of_record(word: Word) -> Word:
    """FALSE | MISATTRIBUTED | SPILLED | DOUBLED | CORRECTED | STALE."""
    return word >> 4 & 63


def is_over(word: Word, now: int, rules: npt.NDArray[np.int64]) -> Any:
    """Whether records are over ``now`` (from the origin): kept only since another rests on them."""
    memory = rules[rule_of_record(word), R_MEMORY]
    return (memory < FOREVER) & (now >= month_of_record(word) + memory)


def amount_of_record(word: Word) -> Word:
    """Class of a record's amount."""
    return word & 15


def word_of_message(act: int, source: int, amount: int, flags: int) -> int:
    """A message that books an act on time, as engine/state.py packs it."""
    return act << 28 | source << 20 | amount << 16 | flags << 8


def act_of_message(content: int) -> int | None:
    """Index of the act that a message books; None where it books a rule (a spill)."""
    return None if content >> 40 & 1 else content >> 28 & 4095


def books_a_rule(content: Word) -> Word:
    """1 where a message books a rule (a spill, a rating), 0 where it books an act."""
    return content >> 40 & 1


def code_of_message(content: Word) -> Word:
    """Index of the act or rule that a message books."""
    return content >> 28 & 4095


def rule_of_message(content: int) -> int | None:
    """Index of the rule that a message books (a spill, a rating); None where it books an act."""
    return content >> 28 & 4095 if content >> 40 & 1 else None


def source_of_message(content: Word) -> Word:
    """Index of the source that filed what the message books."""
    return content >> 20 & 255


def amount_of_message(content: Word) -> Word:
    """Class of the amount."""
    return content >> 16 & 15


def flags_of_message(content: Word) -> Word:
    """Flags of the record that the message books."""
    return content >> 8 & 255


def months_late(content: Word) -> Word:
    """Months that the message has still to wait."""
    return content & 255


def months_waited(life: Word, scheme: int) -> Word:
    """Months that an objection to a scheme has waited, by the life bits; 0: none is under way."""
    return life >> (OBJECTIONS + OBJECTION_BITS * scheme) & ((1 << OBJECTION_BITS) - 1)


def address_text(seat_id: int) -> str:
    """``region/community/seat`` of a seat's 41-bit address."""
    region = seat_id >> (COMMUNITY_BITS + SEAT_BITS)
    community = seat_id >> SEAT_BITS & ((1 << COMMUNITY_BITS) - 1)
    return f"{region}/{community}/{seat_id & ((1 << SEAT_BITS) - 1)}"
