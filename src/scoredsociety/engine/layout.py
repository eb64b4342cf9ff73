"""How a record, a status, a message, the life bits and an address are written in bits.

The only place that knows. A function here is one definition for a kernel, for Python integers and
for arrays (``kernel.anywhere``); where each field begins and how wide it is stands in the constants
and, for tests and readers of files, in ``WORDS``. Sets of bits that are numbered by something else
(schemes, lists, consequences, layers, slots of ties) are no layout: ``1 << number`` is in the set.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from scoredsociety.kernel import anywhere
from scoredsociety.keyed import COMMUNITY_BITS, REGION_BITS, SEAT_BITS
from scoredsociety.scheme.tables import FOREVER, NO_GRADE, RuleColumns

Word = TypeVar("Word", int, npt.NDArray[np.int64])

# a record, 32 bits: sorted as integers, so by rule, then by month
AMOUNT_AT, AMOUNT_BITS = 0, 4
FLAGS_AT, FLAGS_BITS = 4, 6
MONTH_AT, MONTH_BITS = 10, 12  # of the run, from its origin
RULE_AT, RULE_BITS = 22, 10
# its flags
FALSE, MISATTRIBUTED, SPILLED, DOUBLED, CORRECTED, STALE = 1, 2, 4, 8, 16, 32
TWICE = FALSE | STALE  # an act filed a second time: a record with no act of its own
ERRORS = FALSE | MISATTRIBUTED | STALE
# DOUBLED     a rating by somebody whose ratings count twice (by_score); a repeat is not written
#             down, it follows from the list (engine/structure/dependent_records.py)

# a person's published status, 32 bits
GRADES_AT, GRADE_BITS, GRADES_BITS = 0, 4, 16  # a grade for each of four schemes
LISTS_AT, LISTS_BITS = 16, 8
GRAVITY_AT, GRAVITY_BITS = 24, 4
SHOWN_AT, SHOWN_BITS = 28, 4  # the four flags that follow
SANCTION_SEEN, EXPRESSED, SHOWS, AWARE = 1 << 28, 1 << 29, 1 << 30, 1 << 31
# AWARE       knows of the scheme
ALL_UNGRADED = NO_GRADE | NO_GRADE << 4 | NO_GRADE << 8 | NO_GRADE << 12

# the life bits, 64: what a person keeps from month to month
EPISODES_AT, EPISODES = 0, 8  # one for each act with an episode
AWARENESS, AWARENESS_BITS = 8, 2
BELIEF, BELIEF_BITS = 10, 4  # classes above the prior, -7 to 7 in two's complement: blank: prior
WORKLESS, WORKLESS_BITS = 15, 1
STIGMA, STIGMA_BITS = 16, 6
OUT_OF_SCHOOL, OUT_BITS = 22, 8  # of a child: months kept out of a paid school by a parent
HELD_BACK = 30  # of a child: a parent was under a denial in education at school age
LOWERED = 31  # came of age with a level of schooling less
OBJECTIONS, OBJECTION_BITS = 32, 4  # of each scheme: months waited for an answer

# a message, 53 bits: an act to book (with its source) or a rule to book, with months to wait
LATE_AT, LATE_BITS = 0, 8
SENT_FLAGS_AT, SENT_FLAGS_BITS = 8, 8
SENT_AMOUNT_AT, SENT_AMOUNT_BITS = 16, 4
SOURCE_AT, SOURCE_BITS = 20, 8
CODE_AT, CODE_BITS = 28, 12
IS_RULE_AT, IS_RULE_BITS = 40, 1
CODE_ABOVE_AT, CODE_ABOVE_BITS = 41, 12  # higher bits of the code, of a run with more rules

# the first life bit and the width of what a person keeps whatever the schemes, beside episodes
OF_LIFE = {
    "awareness": (AWARENESS, AWARENESS_BITS), "belief": (BELIEF, BELIEF_BITS),
    "out of work": (WORKLESS, WORKLESS_BITS), "stigma": (STIGMA, STIGMA_BITS),
    "months out of school": (OUT_OF_SCHOOL, OUT_BITS), "held back": (HELD_BACK, 1),
    "schooling lowered": (LOWERED, 1),
}  # fmt: skip
# of the status: what others read of a person whatever the scheme
OF_STATUS = {
    "gravity": (GRAVITY_AT, GRAVITY_BITS), "sanction seen": (28, 1), "expressed": (29, 1),
    "shows the score": (30, 1), "aware": (31, 1),
}  # fmt: skip
# every word with its bits, and every field of it: first bit, width
WORDS: dict[str, tuple[int, dict[str, tuple[int, int]]]] = {
    "record": (32, {
        "amount": (AMOUNT_AT, AMOUNT_BITS), "flags": (FLAGS_AT, FLAGS_BITS),
        "month": (MONTH_AT, MONTH_BITS), "rule": (RULE_AT, RULE_BITS),
    }),
    "status": (32, {
        **{f"grade {s}": (GRADES_AT + GRADE_BITS * s, GRADE_BITS) for s in range(4)},
        "lists": (LISTS_AT, LISTS_BITS), **OF_STATUS,
    }),
    "life": (64, {
        "episodes": (EPISODES_AT, EPISODES), **OF_LIFE,
        **{f"objection {s}": (OBJECTIONS + OBJECTION_BITS * s, OBJECTION_BITS) for s in range(4)},
    }),
    "message": (64, {
        "late": (LATE_AT, LATE_BITS), "flags": (SENT_FLAGS_AT, SENT_FLAGS_BITS),
        "amount": (SENT_AMOUNT_AT, SENT_AMOUNT_BITS), "source": (SOURCE_AT, SOURCE_BITS),
        "code": (CODE_AT, CODE_BITS), "is a rule": (IS_RULE_AT, IS_RULE_BITS),
        "code, above": (CODE_ABOVE_AT, CODE_ABOVE_BITS),
    }),
    "address": (64, {
        "seat": (0, SEAT_BITS), "community": (SEAT_BITS, COMMUNITY_BITS),
        "region": (COMMUNITY_BITS + SEAT_BITS, REGION_BITS),
    }),
}  # fmt: skip


@anywhere
def field(word: Word, first: int, width: int) -> Word:
    """A field of a word, by its first bit and width."""
    return (word >> first) & ((1 << width) - 1)


@anywhere
def set_field(word: Word, first: int, width: int, value: Word) -> Word:
    """The word with a field set."""
    return word & ~(((1 << width) - 1) << first) | value << first


# a record


@anywhere
def pack(rule: Word, month: Word, flags: Word, amount: Word) -> Word:
    """A record word; ``month`` counts from the run's origin."""
    return rule << RULE_AT | month << MONTH_AT | flags << FLAGS_AT | amount << AMOUNT_AT


@anywhere
def rule_of(word: Word) -> Word:
    """Index of the record's rule."""
    return word >> RULE_AT


@anywhere
def month_of(word: Word) -> Word:
    """Month in which it was booked, from the run's origin."""
    return (word >> MONTH_AT) & ((1 << MONTH_BITS) - 1)


@anywhere
def flags_of(word: Word) -> Word:
    """FALSE | MISATTRIBUTED | SPILLED | DOUBLED | CORRECTED | STALE (see above)."""
    return (word >> FLAGS_AT) & ((1 << FLAGS_BITS) - 1)


@anywhere
def amount_of(word: Word) -> Word:
    """Class of the amount."""
    return (word >> AMOUNT_AT) & ((1 << AMOUNT_BITS) - 1)


@anywhere
def flagged(word: Word, flags: int) -> Word:
    """The record with these flags besides its own."""
    return word | flags << FLAGS_AT


@anywhere
def unflagged(word: Word, flags: int) -> Word:
    """The record without these flags."""
    return word & ~(flags << FLAGS_AT)


@anywhere
def without_rule(word: Word) -> Word:
    """What a record says besides its rule: month, flags, amount."""
    return word & ((1 << RULE_AT) - 1)


def is_over(word: Word, now: int, rules: RuleColumns) -> Any:
    """Whether records are over ``now`` (from the origin): kept only since another rests on them."""
    memory = rules.memory[rule_of(word)]
    return (memory < FOREVER) & (now >= month_of(word) + memory)


# a message


@anywhere
def pack_message(
    is_rule: Word, code: Word, source: Word, amount: Word, flags: Word, late: Word
) -> Word:
    """A message: an act to book (with its source) or a rule to book, with months still to wait."""
    low, above = code & ((1 << CODE_BITS) - 1), code >> CODE_BITS
    return (
        above << CODE_ABOVE_AT | is_rule << IS_RULE_AT | low << CODE_AT | source << SOURCE_AT
        | amount << SENT_AMOUNT_AT | flags << SENT_FLAGS_AT | late << LATE_AT
    )  # fmt: skip


@anywhere
def books_a_rule(content: Word) -> Word:
    """1 where a message books a rule (a spill, a rating), 0 where it books an act."""
    return (content >> IS_RULE_AT) & 1


@anywhere
def code_of_message(content: Word) -> Word:
    """Index of the act or rule that a message books."""
    low = (content >> CODE_AT) & ((1 << CODE_BITS) - 1)
    return low | ((content >> CODE_ABOVE_AT) & ((1 << CODE_ABOVE_BITS) - 1)) << CODE_BITS


@anywhere
def source_of_message(content: Word) -> Word:
    """Index of the source that filed what the message books."""
    return (content >> SOURCE_AT) & ((1 << SOURCE_BITS) - 1)


@anywhere
def amount_of_message(content: Word) -> Word:
    """Class of the amount."""
    return (content >> SENT_AMOUNT_AT) & ((1 << SENT_AMOUNT_BITS) - 1)


@anywhere
def flags_of_message(content: Word) -> Word:
    """Flags of the record that the message books."""
    return (content >> SENT_FLAGS_AT) & ((1 << SENT_FLAGS_BITS) - 1)


@anywhere
def months_late(content: Word) -> Word:
    """Months that the message has still to wait."""
    return (content >> LATE_AT) & ((1 << LATE_BITS) - 1)


@anywhere
def with_code(content: Word, code: Word) -> Word:
    """The message, of another act or rule."""
    low, above = code & ((1 << CODE_BITS) - 1), code >> CODE_BITS
    rest = content & ~(((1 << CODE_BITS) - 1) << CODE_AT)
    rest = rest & ~(((1 << CODE_ABOVE_BITS) - 1) << CODE_ABOVE_AT)
    return rest | low << CODE_AT | above << CODE_ABOVE_AT


def act_of_message(content: int) -> int | None:
    """Index of the act that a message books; None where it books a rule (a spill)."""
    return None if books_a_rule(content) else code_of_message(content)


def rule_of_message(content: int) -> int | None:
    """Index of the rule that a message books (a spill, a rating); None where it books an act."""
    return code_of_message(content) if books_a_rule(content) else None


# a status


@anywhere
def pack_status(grades: Word, lists: Word, gravity: Word, shown: Word) -> Word:
    """A status; ``shown``: its flags in their places, as ``shown_of`` gives them."""
    return grades << GRADES_AT | lists << LISTS_AT | gravity << GRAVITY_AT | shown


@anywhere
def grades_in(status: Word) -> Word:
    """The grades of all schemes, as they stand in a status."""
    return (status >> GRADES_AT) & ((1 << GRADES_BITS) - 1)


@anywhere
def grade_in(status: Word, scheme: int) -> Word:
    """Grade code of a scheme in a status or in its grades (NO_GRADE: not a subject)."""
    return (status >> (GRADES_AT + GRADE_BITS * scheme)) & ((1 << GRADE_BITS) - 1)


@anywhere
def with_grade(status: Word, scheme: int, grade: Word) -> Word:
    """The status, or its grades, with another grade of a scheme."""
    at = GRADES_AT + GRADE_BITS * scheme
    return status & ~(((1 << GRADE_BITS) - 1) << at) | grade << at


@anywhere
def lists_in(status: Word) -> Word:
    """List bits of a status."""
    return (status >> LISTS_AT) & ((1 << LISTS_BITS) - 1)


@anywhere
def with_lists(status: Word, lists: Word) -> Word:
    """The status with other list bits."""
    return status & ~(((1 << LISTS_BITS) - 1) << LISTS_AT) | lists << LISTS_AT


@anywhere
def is_listed(status: Word, bit: int) -> Word:
    """1 where a status places on the list of this number."""
    return (status >> (LISTS_AT + bit)) & 1


@anywhere
def gravity_in(status: Word) -> Word:
    """Gravity of the latest violation, in a status."""
    return (status >> GRAVITY_AT) & ((1 << GRAVITY_BITS) - 1)


@anywhere
def shown_of(status: Word) -> Word:
    """The flags of a status in their places: SANCTION_SEEN, EXPRESSED, SHOWS, AWARE."""
    return (status >> SHOWN_AT) << SHOWN_AT


@anywhere
def unshown(status: Word) -> Word:
    """The status without its flags."""
    return status & ((1 << SHOWN_AT) - 1)


def lists_of_status(status: int) -> list[int]:
    """Numbers of the lists on which a published status places."""
    return [bit for bit in range(LISTS_BITS) if is_listed(status, bit)]


# the life bits


@anywhere
def episodes_in(life: Word) -> Word:
    """The episodes under way: a bit for each act that has one."""
    return (life >> EPISODES_AT) & ((1 << EPISODES) - 1)


@anywhere
def is_under_way(life: Word, episode: int) -> Word:
    """1 where the episode of this bit is under way."""
    return (life >> (EPISODES_AT + episode)) & 1


@anywhere
def with_episode(life: Word, episode: int) -> Word:
    """The life bits with an episode begun."""
    return life | 1 << (EPISODES_AT + episode)


@anywhere
def without_episode(life: Word, episode: int) -> Word:
    """The life bits with an episode ended."""
    return life & ~(1 << (EPISODES_AT + episode))


@anywhere
def months_waited(life: Word, scheme: int) -> Word:
    """Months that an objection to a scheme has waited, by the life bits; 0: none is under way."""
    return (life >> (OBJECTIONS + OBJECTION_BITS * scheme)) & ((1 << OBJECTION_BITS) - 1)


@anywhere
def with_months_waited(life: Word, scheme: int, months: Word) -> Word:
    """The life bits with another number of months that an objection has waited."""
    at = OBJECTIONS + OBJECTION_BITS * scheme
    return life & ~(((1 << OBJECTION_BITS) - 1) << at) | months << at


# an address (``keyed.address`` writes it, for draws)


@anywhere
def region_of(address: Word) -> Word:
    """Number of the region in a seat's 41-bit address."""
    return address >> (COMMUNITY_BITS + SEAT_BITS)


@anywhere
def community_of(address: Word) -> Word:
    """Number of the community within its region."""
    return (address >> SEAT_BITS) & ((1 << COMMUNITY_BITS) - 1)


@anywhere
def seat_of(address: Word) -> Word:
    """Number of the seat within its community."""
    return address & ((1 << SEAT_BITS) - 1)


def address_text(address: int) -> str:
    """``region/community/seat`` of a seat's 41-bit address."""
    return f"{region_of(address)}/{community_of(address)}/{seat_of(address)}"
