"""What became of each mutant, kept as a table that can be read."""

from __future__ import annotations

import json
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.listed import Mutant
from tests.mutants.tried import Tried

RESULTS = Path(__file__).with_name("results.toml")
REASONS = Path(__file__).with_name("survivors.toml")
HEAD = """\
# What became of each mutant of mutants.toml (python -m tests.mutants): the outcome, the test that
# failed, how many tests it was given, seconds of processor time.
"""


def kept(path: Path = RESULTS) -> dict[str, Tried]:
    """Outcomes by name of mutant."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {name: Tried(*row) for name, row in tomllib.load(file).items()}


def reasons() -> dict[str, str]:
    """Why a mutant that no test kills may stand, by its name: same program, or still open."""
    with REASONS.open("rb") as file:
        return {str(name): str(why) for name, why in tomllib.load(file).items()}


def keep(mutant: Mutant, became: Tried, path: Path = RESULTS) -> None:
    """Write one outcome down, in the place of an earlier one."""
    rows = kept(path) | {mutant.name: became}
    text = "".join(
        f"{json.dumps(name)} = "
        f"{json.dumps([one.outcome, one.by, one.tests, one.seconds])}\n"
        for name, one in rows.items()
    )  # fmt: skip
    path.write_text(HEAD + text, encoding="utf-8")


@dataclass
class Clock:
    """Minutes by the clock, from now."""

    minutes: float

    def __post_init__(self) -> None:
        self._start = time.monotonic()

    def is_over(self) -> bool:
        """Whether they have passed."""
        return time.monotonic() - self._start > 60 * self.minutes
