"""A few answers by hand, as a questions study gives them: no run is made."""

from __future__ import annotations

import polars as pl

from scoredsociety.study.questions.indicators import INDICATORS
from scoredsociety.study.questions.plausible_settings import PLAUSIBLE
from scoredsociety.study.questions.questions import COLUMNS, Answers


def some_answers() -> Answers:
    """Every indicator of one scheme and of none, in both phases, with one flip."""
    rows: list[tuple[object, ...]] = []
    for scheme, band in (("none", "baseline"), ("wendeng_2020", "rule text")):
        for phase in ("roll-out", "settled"):
            for place, one in enumerate(INDICATORS):
                change = one.change and scheme != "none"
                rows.append((
                    band, scheme, f"The rules of {scheme}", phase, one.question, one.id, one.says,
                    one.unit, one.of, change, place - 3.5, place - 4.0, place - 3.0, 3,
                    place - 5.0, place + 2.0, 19, place - 4.0, place + 1.0, 12, "",
                    "weight in “Wishing to speak and not speaking” (more of it, less)", "",
                    f"In an invented population: {one.says}.",
                ))  # fmt: skip
    rows.append((
        "rule text", "wendeng_2020", "The rules of wendeng_2020", "roll-out", "Q1",
        "rural_gap_seen_alike", "rural less urban, if seen alike", "of 100", "subjects", False,
        -0.5, -0.7, -0.3, 3, -0.5, -0.5, 1, None, None, 0, "-", "", "", "One thing changed.",
    ))  # fmt: skip
    document = {"rule": [{"id": "x", "assumed": ["points"], "points": -5}]}
    return Answers(
        pl.DataFrame(rows, schema=COLUMNS, orient="row"), 1_000, 36, (1, 2, 3), 45, 0.07,
        PLAUSIBLE, {"Q11": "nobody can bend a score here"}, {"Q10": "through heads of firms"},
        {"wendeng_2020": document, "none": {}, "conduct": document},
    )  # fmt: skip
