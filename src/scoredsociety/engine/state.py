"""The state of a run: columns and types (engine/layout.py: how their words are written in bits).

Nothing per person is kept but what stands here: about 35 bytes a person, and of ties in lists
(society/ties/stored.py) a byte an end. Traits are a function of the seed; accounts derive from the
live records.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scoredsociety.by_address import by_address
from scoredsociety.fixed import Ints
from scoredsociety.society.ties.together import Together

MOST_RECORDS = 60

# scalars of a scheme, of the whole society: made from a month's counts, read in the next
(HIDDEN_MEAN, SUSPENDED, MONTHS_ABOVE, ANSWERED, TIED, UNLIKE, MISUSE, CHANGED_AT,
 TOWARDS, ADDED, DEDUCTED, COPIED, COPIED_AT) = range(13)  # fmt: skip
SCALARS = 13
# HIDDEN_MEAN   centipoints: mean score of those who hide theirs;  SUSPENDED 0 no, 1 yes, 2 for good
# MONTHS_ABOVE  months of objection above the threshold;  ANSWERED share of the queue, of 2**32
# TIED        thousandths of a tie: ties between subjects that a subject has, of those that count
# UNLIKE      thousandths of a unit of severity: standard deviation that gravity does not explain
# MISUSE      millionths: reports of officials' wrongdoing a person and year, older ones fading
# CHANGED_AT  of the first scheme: month from which the rules that waited hold, 0 before
# TOWARDS     of the first scheme: months in which objection asked for that answer
# ADDED, DEDUCTED  of the first scheme, where records are padded: millionths, records entered by
#             hand a person last month that speak for and against, plus one; 0: nothing known yet
# COPIED      regions (bits) to which the operator has copied the scheme of one region
# COPIED_AT   month from which the latest copy holds, 0 before

U8 = npt.NDArray[np.uint8]
U16 = npt.NDArray[np.uint16]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
I16 = npt.NDArray[np.int16]
I32 = npt.NDArray[np.int32]


@by_address
class Exchange(NamedTuple):
    """All that others may read of a person: what was published last month."""

    score: I32  # (rows, people) centipoints; one row a scheme, then the parts without peers
    status: U32  # (people,) grades, lists, gravity, flags


@by_address
class Persons(NamedTuple):
    """What the seed alone decides, kept because every month reads it."""

    household: U8  # (people,) position << 4 | size
    coarse: U16  # (people,) coarse traits and frailty
    # where lives turn over (engine/demography/seat_holders.py), else empty; months count from the
    # run's first
    life: U32  # (people,) life word of society/people/lives.py
    entered: U16  # (people,) month in which the life entered the seat
    born: I16  # (people,) month of birth
    until: U16  # (people,) at a household's first seat: month in which a life of it ends
    groups: U8  # (groups of 32 seats,) 1 where a life entered this month
    together: Together  # places in families, and where people spend the day

    def copied(self) -> Persons:
        """The same in columns of its own, but for the households, which never change."""
        return Persons(
            self.household, self.coarse.copy(), self.life.copy(), self.entered.copy(),
            self.born.copy(), self.until.copy(), self.groups.copy(),
            self.together._replace(day=self.together.day.copy()),
        )  # fmt: skip


@by_address
class Block(NamedTuple):
    """Some communities: the columns that only their own kernel call writes."""

    first: int  # dense number of the first person
    last: int  # one past the last
    life: U64  # (persons,) episode bits 0..7, then what engine/respond keeps
    ties: U32  # (persons,) one bit a slot, kept at both ends; 0 where ties stand in lists
    ends: U8  # (ends of the persons,) ties in lists: 1 open, kept at both ends; else empty
    counts: U8  # (persons,) live records
    records: U32  # (sum of counts,) sorted by person, then as integers


@by_address
class Messages(NamedTuple):
    """Records under way between people: sorted by (target, content, origin)."""

    target: Ints
    content: Ints  # engine/layout.py: pack_message
    origin: Ints


class RunState(NamedTuple):
    """Everything that a later month depends on."""

    month: int  # the next month to run
    exchange: Exchange
    blocks: tuple[Block, ...]
    inbox: Messages
    scalars: Ints  # (schemes, SCALARS) of the whole society


def ends_of(state: RunState) -> U8:
    """(ends,) the state of all ties in lists, in their order; empty where ties are computed."""
    return np.concatenate([block.ends for block in state.blocks])


def no_messages() -> Messages:
    """An empty exchange of messages."""
    empty = np.zeros(0, dtype=np.int64)
    return Messages(empty, empty.copy(), empty.copy())
