"""Places in ``parts``, the whole ledger of a score, which a scoring call fills."""

from __future__ import annotations

from typing import NamedTuple

from scoredsociety.fixed import Ints

PART_RECORDS = 0  # 64 places: what each record carries, in the order of the list
PART_TRAITS = 64  # 32 places: attribute rules, in the order of Derived.trait_rules
PART_PEERS = 96  # 32 places: rules on ties, filled before the call (Derived.peer_rules)
PART_COMPONENTS = 128  # 64 places: components, in table order
PART_ROUNDED, PART_CLAMPED, PART_OWN, PART_DIRECT, PART_GRADE = 192, 193, 194, 195, 196
PART_MEANS = 200  # 64 places: Q16 mean of the ties of each PEERS component or -1, filled before
PART_RAW = 264  # 64 places: what each record would carry, before doubling and caps
PART_TWICE = 328  # bit a record: it counts twice
PARTS = 329


class Held(NamedTuple):
    """A file to be scored, and where its ledger goes."""

    records: Ints
    many: int
    left_out: Ints  # 1 at a record to leave aside (to ask what an error cost)
    parts: Ints  # (PARTS,)


class Clock(NamedTuple):
    """When a file is scored."""

    now: int  # months from the origin
    month: int  # absolute
    year_offset: int  # month of the year of the origin
