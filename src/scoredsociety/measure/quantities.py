"""One quantity, one numerator, one denominator: wherever a share of a run is printed.

Screen, ``run --json``, report, export and ``questions`` say the same share in other sizes (of 100,
of 1,000) and over other months (the last one, or the last year), and always of the same people.
The frame of tallies has the denominators (tallies.py); here they have their words, and here it is
written down which line of each output is which quantity. A test holds all of them together.
"""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

PERSONS = "persons"
SUBJECTS = "subjects"
KNOWING = "persons who know of the scheme"
ACTS = "acts"
WISHES = "wishes to speak"
MEETINGS = "meetings with a stranger"

DENOMINATORS = {  # every word that stands in the frame, and whom it means
    PERSONS: "everybody of the society, children too",
    SUBJECTS: "those whom the scheme scores",
    KNOWING: "those who have heard of any scheme in force",
    ACTS: "acts of the kind",
    WISHES: "wishes to do an act of speech, done or not",
    MEETINGS: "meetings with somebody unknown who needs help",
}

# events of responses that are shares of others than of everybody: event, of which event
OF_EVENT = {
    "supports": ("knows", KNOWING),
    "says_support": ("knows", KNOWING),
    "objects_openly": ("knows", KNOWING),
    "knows_score": ("knows", KNOWING),
    "no_unrestricted_tie": ("knows", KNOWING),
    "displayed": ("knows", KNOWING),
    "helped_stranger": ("met_stranger", MEETINGS),
}


class Quantity(NamedTuple):
    """A share: its rows in the tallies, of whom, and what it is called in other outputs."""

    measure: str
    items: tuple[str, ...]
    of: str  # denominator of the tallies
    indicator: str = ""  # of ``questions``
    scale: float = 100  # of the indicator; times twelve where it is a rate a year
    kind: str = ""  # title in the table of measures (export, report)
    note: str = ""  # the end of that measure's denominator, where several have the title


CAUSES = "Restricted through an error, as intended, for protected conduct"
QUANTITIES: tuple[Quantity, ...] = (
    Quantity("restricted", ("any",), SUBJECTS, "restricted", kind="Exclusion rate"),
    Quantity("restricted_cause", ("error",), SUBJECTS, "through_error", 10_000,
             CAUSES, "through an error in the records"),
    Quantity("restricted_cause", ("intended",), SUBJECTS, "intended", 10_000,
             CAUSES, "as the rules intend"),
    Quantity("restricted_cause", ("protected",), SUBJECTS, "protected", 10_000,
             CAUSES, "for protected conduct"),
    Quantity("response", ("supports",), KNOWING, "supports",
             kind="Support of the scheme", note="privately"),
    Quantity("response", ("says_support",), KNOWING, "says_support",
             kind="Support of the scheme", note="as said to a survey"),
    Quantity("response", ("no_unrestricted_tie",), KNOWING, "no_free_tie"),
    Quantity("response", ("displayed",), KNOWING, "displayed", 1_200),
    Quantity("response", ("tie_cut",), PERSONS, "ties_dropped", 1_200),
    Quantity("response", ("sought_points",), PERSONS, "sought", 1_200),
    Quantity("response", ("child_kept_out",), PERSONS, "child_months", 120_000),
    Quantity("forgone", ("accurate_unofficial_news",), WISHES, "silent_news"),
    Quantity("forgone", ("unofficial_history",), WISHES, "silent_history"),
    Quantity("forgone", ("reports_official_wrongdoing",), WISHES, "silent_reports"),
)  # fmt: skip

SAID = ("grade", "restricted", "restricted_cause", "listed", "consequence", "response")


def last_shares(tallies: pl.DataFrame) -> list[dict[str, object]]:
    """Every share of everybody in the last month, as ``run --json`` has it."""
    columns = ("month", "scheme", "measure", "item", "count", "of", "denominator")
    rows = tallies.filter(
        (pl.col("month") == pl.col("month").max())
        & (pl.col("dimension") == "all")
        & pl.col("measure").is_in(SAID)
    )
    return rows.select(*columns).to_dicts()
