"""What a run is asked to do, in the words of the request: a scenario names documents.

``prepare.py`` reads them and compiles everything that decides the run's bits.
"""

from __future__ import annotations

from dataclasses import dataclass

from scoredsociety.calendar import month_number
from scoredsociety.errors import UserError
from scoredsociety.runs.documents.switches import check as check_switches
from scoredsociety.runs.sizes import PANEL, PEOPLE
from scoredsociety.society.ties.loaded import check_layer

DEFAULT_SEED = 20140614  # the day of the planning outline (S3-1); any fixed number would do
BURN_IN = 60  # months: the longest memory of a record (O-R0)
MOST_PEOPLE = 1_400_000_000
MOST_MONTHS = 1200


@dataclass(frozen=True)
class Scenario:
    """A question of one run, in the words of the command line. Documents are names or paths.

    A scheme may be a lane of several (scheme/read/lane.py).
    """

    schemes: tuple[str, ...]
    society: str = "county"
    conduct: str = "everyday"
    people: int = PEOPLE
    months: int = 36
    start: str = "2020-01"
    seed: int = DEFAULT_SEED
    settled: bool = False
    patches: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    switched_off: tuple[str, ...] = ()
    panel: int = PANEL
    planted: tuple[str, ...] = ()  # wrong records to follow, PERSON:ACT:MONTH
    ties: str = ""  # a loaded network, as the path of its file; none: ties are computed
    ties_layer: str = "all"  # what it replaces

    @property
    def burn_in(self) -> int:
        """Months run before the first that is counted."""
        return BURN_IN if self.settled else 0

    def check(self) -> None:
        """UserError where a number cannot be meant."""
        if not self.schemes:
            raise UserError("name at least one scheme; `scored schemes` lists them")
        if not 1 <= self.people <= MOST_PEOPLE:
            raise UserError(f"--people must be between 1 and {MOST_PEOPLE:,}, not {self.people:,}")
        if not 1 <= self.months <= MOST_MONTHS:
            raise UserError(f"--months must be between 1 and {MOST_MONTHS}, not {self.months}")
        if not 0 <= self.seed < 2**64:
            raise UserError(f"--seed must be between 0 and 2**64 - 1, not {self.seed}")
        if not 0 <= self.panel <= self.people:
            raise UserError(
                f"--panel must be between 0 and the number of people, not {self.panel}"
            )
        check_switches(self.switched_off)
        self.check_ties()
        try:
            month_number(self.start)
        except ValueError as error:
            raise UserError(f"--from: {error}") from None

    def check_ties(self) -> None:
        """UserError where the layer is unknown, or somebody on a loaded network is asked after."""
        check_layer(self.ties_layer)
        if not self.ties:
            if self.ties_layer != "all":
                raise UserError(f"--ties-layer {self.ties_layer} needs --ties FILE")
            return
        for option, given in (("--panel", self.panel), ("--plant", self.planted)):
            if given:
                raise UserError(
                    f"{option}: on a loaded network (--ties) nobody is followed, only groups are "
                    f"counted; leave {option} out"
                )


