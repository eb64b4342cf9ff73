"""What a run is given: what decides its bits, and how to run it, which decides none."""

from __future__ import annotations

from typing import NamedTuple

from scoredsociety.conduct.tables import ConductTables, ResponseTables
from scoredsociety.scheme.compile.numbers import Numbers
from scoredsociety.scheme.tables import SchemeTables
from scoredsociety.society.tables import Seats, SocietyTables
from scoredsociety.society.ties.stored import StoredTies


class Jurisdiction(NamedTuple):
    """People under the same schemes, where a run's schemes do not fit one set of tables."""

    region: int  # or scheme/compile/jurisdictions.py: ELSEWHERE
    schemes: tuple[tuple[int, SchemeTables], ...]  # (from month, tables), its own numbers
    answered: tuple[tuple[int, SchemeTables], ...]
    numbers: Numbers  # what its numbers are in the run


class Inputs(NamedTuple):
    """Everything that decides a run's bits."""

    society: SocietyTables
    seats: Seats
    conduct: tuple[tuple[int, ConductTables], ...]  # (from month, tables), first at the origin
    schemes: tuple[tuple[int, SchemeTables], ...]  # (from month, tables), same rule indices
    seed: int
    origin: int  # first month run, burn-in included (month number)
    months: int  # months run, burn-in included
    responses: tuple[tuple[int, ResponseTables], ...] = ()  # (from month, tables); none
    planted: tuple[tuple[int, int, int, int], ...] = ()  # (month, person, message, whose it was)
    stored: StoredTies | None = None  # ties kept in lists; None: computed
    answered: tuple[tuple[int, SchemeTables], ...] = ()  # (AMENDED or EXTENDED, tables); 0 or 1
    # where schemes are divided by region, ``schemes`` and ``answered`` say what there is in the
    # run's own numbers, and kernels read these
    jurisdictions: tuple[Jurisdiction, ...] = ()


class Machine(NamedTuple):
    """How to run, which decides nothing about the result."""

    threads: int = 1
    communities_per_block: int = 0  # 0: a few thousand persons a block

    def block(self, seats: Seats) -> int:
        """Communities in a block.

        Blocks of 2,048 to 16,384 persons, at least eight a thread where there are enough: small
        ones cost more to count than to run, few ones leave threads idle. A nation has some four
        thousand blocks, larger ones.
        """
        if self.communities_per_block:
            return self.communities_per_block
        persons = min(max(seats.people // (8 * self.threads), 2048), 16_384)
        return max(1, max(persons, seats.people // 4096) // seats.community_size)


ONE_THREAD = Machine()
