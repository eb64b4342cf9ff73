"""The table of published figures beside what the model gives; misses stay, nothing is tuned.

A row's model is the range over seeds with nothing set; whether it is a hit goes by that. Beside it
stands the range over the points of the design, which is what an answer may be quoted with.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from scoredsociety.study.validation import figures as f
from scoredsociety.study.validation.figure_runs import KEPT, TOLD

HIT, PART, MISS, NOT_RUN = "hit", "in part", "miss", "not yet run"
# V21: the rates of error were chosen to meet them (file_audit.py), so none is
# evidence
OF_FILES = (("error", 26.0, "files with an error that matters"), ("score", 13.0, "score changes"),
            ("tier", 5.2, "moves to a better tier"),
            ("small", 50.0, "of the changes, 20 points or less"))  # fmt: skip
FILE_SLACK = 3.0  # of 100; assumed
SAID = {
    "V1": "14 missed payments take 420 of 1,000 points and lead to D (O-S2)",
    "V3": "Wendeng: -50 leads to B, 300 hours to AAA, listed to D, paid to 950 and B",
}


class Row(NamedTuple):
    """One line of the table."""

    id: str
    finding: str
    scheme: str  # what was run: a scheme, or a society
    published: str
    definition: str
    seeds: str
    range: str  # over assumptions; "-" where it was not asked
    label: str
    outcome: str


@cache
def kept() -> dict[str, Any]:
    """What the runs came to; empty where they were never made."""
    if not KEPT.is_file():
        return {}
    found: dict[str, Any] = json.loads(KEPT.read_text("utf-8"))
    return found


def outcome(low: float, high: float, made: Sequence[float], slack: float = 0.0) -> str:
    """Hit where the whole range over seeds lies in the published one, partly where some does."""
    if not all(math.isfinite(one) for one in made):
        return "not measured"
    low, high = low - slack, high + slack
    if low <= made[0] and made[1] <= high:
        return HIT
    return PART if made[0] <= high and made[1] >= low else MISS


def span(ends: Sequence[float] | None) -> str:
    """A range in words."""
    if not ends:
        return "-"
    low, high = (f"{one:.3g}" for one in ends)
    return low if low == high else f"{low} to {high}"


def widest(*ranges: Sequence[float] | None) -> list[float]:
    """From the least to the greatest of several ranges: the default is a setting too."""
    ends = [one for ends in ranges for one in ends or ()]
    return [min(ends), max(ends)] if ends else []


def of_figures(scheme: str | None = None) -> Iterator[Row]:
    """Rows of figures that runs were asked for, of all runs or of one scheme's."""
    for one in f.FIGURES:
        if scheme is not None and one.run != scheme:
            continue
        runs: Mapping[str, Any] = kept().get(one.run, {})
        made = runs.get("seeds", {}).get(one.read)
        low, high = one.ends
        yield Row(
            one.id, one.finding, one.run,
            f"{one.shown or f'{span((one.low, one.high))} {one.unit}'.strip()}: {one.published}",
            one.definition, span(made), span(widest(made, runs.get("range", {}).get(one.read))),
            one.label,
            outcome(low, high, made) if made else NOT_RUN,
        )  # fmt: skip


def _of_files(scheme: str | None = None) -> Iterator[Row]:
    """Errors in credit files."""
    if scheme not in (None, f.BUREAU):
        return
    for name, published, says in OF_FILES:
        made = kept().get("files", {}).get(name)
        slack = FILE_SLACK if name != "small" else 10.0
        yield Row("V21, O-W3", "errors in credit files", f.BUREAU,
                  f"{published:g} of 100: {says}",
                  "files after seven years, with and without their wrong records, the rates of"
                  " three kinds of error fitted", span(made), "-", "fitted",
                  outcome(published, published, made, slack) if made else NOT_RUN)  # fmt: skip


def _of_examples(scheme: str | None = None) -> Iterator[Row]:
    """Arithmetic that worked examples of the scheme's file hold."""
    for id_, name in TOLD.items():
        if scheme not in (None, name):
            continue
        made = kept().get("examples", {}).get(name)
        shown = f"{made[0]} of {made[1]} worked examples hold" if made else "-"
        end = (HIT if made[0] == made[1] else MISS) if made else NOT_RUN
        yield Row(id_, f"arithmetic of {id_}", name, SAID[id_], "worked examples of the scheme's"
                  " file, through the steps of the month", shown, "-", "implementation",
                  end)  # fmt: skip


def figure_rows(scheme: str | None = None) -> list[Row]:
    """Every row of runs, of all or of one scheme."""
    return [*of_figures(scheme), *_of_files(scheme), *_of_examples(scheme)]


def sizes(run: str) -> str:
    """At what sizes a run was made, in words."""
    made = kept().get(run)
    if not made:
        return f"`{run}`: not yet run"
    return (f"`{run}`: {made['people']:,} people, {made['months']} months; {made['points']} points "
            f"at {made['point_people']:,} people")  # fmt: skip
