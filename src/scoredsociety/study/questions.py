"""The thirteen questions, answered for any schemes: sign, size, range, and what moves it most.

The design is declared before any run: every plausible setting at the first seed, the default
setting at as many seeds as asked for, roll-out and settled state apart. An interval says what
luck does; the range over settings says how far the conclusion may go. Schemes that never existed
stand in a band of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import polars as pl

from scoredsociety.scheme.patch import document_of
from scoredsociety.study.design import NOTHING, PHASES, Design, Place, cases_of
from scoredsociety.study.indicators import ASKED, PARTLY, UNANSWERED, read_asked
from scoredsociety.study.luck import ratio_of_lanes
from scoredsociety.study.observe import Case, Tell, observe_all
from scoredsociety.study.rows import COLUMNS, Values, flipped_rows, number, quote, row_of, sign
from scoredsociety.study.seeds import seeds_of
from scoredsociety.study.settings import DEFAULT, Setting

__all__ = [
    "BANDS", "COLUMNS", "NOTHING", "PHASES", "Answers", "Design", "answer", "count_assumed",
    "number", "quote", "quotes", "sign",
]  # fmt: skip
BANDS = ("baseline", "rule text", "operator", "press", "assumed", "disputed", "never existed")


@dataclass(frozen=True)
class Answers:
    """A table of answers, one row a scheme, phase and indicator, and how it was made."""

    frame: pl.DataFrame
    people: int
    months: int
    seeds: tuple[int, ...]
    runs: int
    variance_ratio: float | None  # of keyed draws against independent seeds, median
    settings: tuple[Setting, ...]
    unanswered: Mapping[str, str]
    partly: Mapping[str, str]
    documents: Mapping[str, Mapping[str, Any]]  # schemes by id, then conduct and society
    discretion: tuple[Setting, ...] = ()  # settings of Q11

    @property
    def assumed(self) -> dict[str, int]:
        """Values of each document that no source gives."""
        return {name: count_assumed(document) for name, document in self.documents.items()}


def answer(
    design: Design, folder: Path | None = None, workers: int | Executor = 1,
    progress: Tell | None = None,
) -> Answers:  # fmt: skip
    """Make the runs that are not kept yet, and the table; UserError for a bad request."""
    cases = cases_of(design, progress)
    values = observe_all(list(cases.values()), read_asked, folder, workers, progress)
    by_place = dict(zip(cases, values, strict=True))
    rows = [
        row
        for name in design.schemes for phase in design.phases for one in ASKED
        for row in (
            row_of(design, cases[name, phase, DEFAULT.id, 0], name, phase, one, by_place),
            *flipped_rows(design, cases, name, phase, one, by_place),
        )
    ]  # fmt: skip
    frame = pl.DataFrame([row for row in rows if row], schema=COLUMNS, orient="row")
    return Answers(
        frame.sort(pl.col("band").replace_strict(list(BANDS), list(range(len(BANDS)))),
                   maintain_order=True),
        design.base.people, design.base.months,
        seeds_of(design.base.seed, design.replicates),
        len({case.key for case in cases.values()}), pairing(design, by_place), design.settings,
        UNANSWERED, PARTLY, documents_of(design, cases), design.discretion,
    )  # fmt: skip


def documents_of(design: Design, cases: Mapping[Place, Case]) -> dict[str, Mapping[str, Any]]:
    """The documents of the runs under the default setting, as their files would have them."""
    found: dict[str, Mapping[str, Any]] = {}
    for name in dict.fromkeys(design.schemes):
        prepared = cases[name, design.phases[0], DEFAULT.id, 0].prepared
        found[name] = document_of(prepared.versions.schemes[0][0][1])
        common = {"conduct": prepared.conduct, "society": prepared.recipe}
    found |= {kind: document_of(one) for kind, one in common.items()}
    return found


def count_assumed(part: object) -> int:
    """Keys that a document's tables name as ``assumed``, in whatever depth."""
    if isinstance(part, Mapping):
        named = part.get("assumed")
        here = len(named) if isinstance(named, list | tuple) else 0
        return here + sum(map(count_assumed, part.values()))
    return sum(map(count_assumed, part)) if isinstance(part, list | tuple) else 0


def pairing(design: Design, by_place: Mapping[Place, Values]) -> float | None:
    """Median variance ratio of scheme against no scheme, over what varies under both."""

    def lane(name: str, phase: str) -> list[Values]:
        return [by_place[name, phase, DEFAULT.id, k] for k in range(design.replicates)]

    ratios = [
        ratio_of_lanes(lane(name, phase), [lane(NOTHING, phase)])
        for phase in design.phases for name in design.schemes if name != NOTHING
    ]
    known = [ratio for ratio in ratios if ratio is not None]
    return median(known) if known else None


def quotes(answers: Answers, schemes: Sequence[str] = ()) -> list[str]:
    """The printable sentences, of all schemes or of some."""
    frame = answers.frame
    if schemes:
        frame = frame.filter(pl.col("scheme").is_in(list(schemes)))
    return [str(text) for text in frame["quote"]]
