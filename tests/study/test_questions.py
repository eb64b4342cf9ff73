"""The thirteen questions: the null test, ranges, bands, and a table that a reader can quote."""

from __future__ import annotations

from math import isfinite
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from scoredsociety.study.indicators import INDICATORS, UNANSWERED
from scoredsociety.study.observe import case_of, observe
from scoredsociety.study.persons import denied, subjects
from scoredsociety.study.questions import Answers, Design, answer, number, quote, sign
from scoredsociety.study.scenario import Scenario
from scoredsociety.study.settings import PLAUSIBLE
from scoredsociety.study.tables import write_table

BASE = Scenario(("none",), people=1000, months=13, panel=0, seed=5)
SCHEMES = ("wendeng_2020", "national_composite", "none")
FEW = tuple(one for one in PLAUSIBLE if one.id in ("default", "no_responses", "seeking_high"))


@pytest.fixture(scope="module")
def answers() -> Answers:
    """Three schemes on 1,000 people, roll-out only."""
    return answer(Design(SCHEMES, BASE, 2, FEW, ("roll-out",)), workers=2)


def row(answers: Answers, scheme: str, indicator: str) -> dict[str, object]:
    """One line of the table."""
    chosen = answers.frame.filter(scheme=scheme, indicator=indicator)
    assert chosen.height == 1
    return chosen.row(0, named=True)


def test_every_question_has_an_indicator_or_a_reason() -> None:
    asked = {one.question for one in INDICATORS} | set(UNANSWERED)
    assert asked == {f"Q{k}" for k in range(1, 14)}
    assert len({one.id for one in INDICATORS}) == len(INDICATORS)


def test_a_scheme_without_rules_does_nothing(answers: Answers) -> None:
    for one in ("restricted", "rural_gap", "silent_opinion", "ties_dropped", "sought",
                "through_error", "protected", "records"):  # fmt: skip
        found = row(answers, "none", one)
        assert (found["value"], found["range_low"], found["range_high"]) == (0, 0, 0), one


def test_without_responses_conduct_does_not_change(answers: Answers) -> None:
    """So the range of the change holds 0 exactly: the same acts, draw by draw."""
    harmful = row(answers, "wendeng_2020", "harmful_acts")
    value, low, high = (float(str(harmful[k])) for k in ("value", "range_low", "range_high"))
    assert harmful["change"] is True
    assert low <= value <= high


def test_the_range_holds_the_default_and_names_what_moves_it(answers: Answers) -> None:
    for found in answers.frame.to_dicts():
        assert found["range_low"] <= found["value"] <= found["range_high"]
        assert isfinite(found["value"]) and 1 <= found["settings"] <= 3
        if found["moved_most_by"]:
            assert found["moved_to"] in (
                pytest.approx(found["range_low"]), pytest.approx(found["range_high"])
            )  # fmt: skip
    sought = row(answers, "wendeng_2020", "sought")
    assert "points are sought" in str(sought["moved_most_by"])


def test_what_never_existed_stands_in_a_band_of_its_own(answers: Answers) -> None:
    bands = answers.frame.group_by("scheme", maintain_order=True).agg(pl.col("band").first())
    assert dict(bands.iter_rows()) == {
        "none": "baseline", "wendeng_2020": "documented", "national_composite": "never existed",
    }  # fmt: skip
    assert bands["scheme"].to_list()[-1] == "national_composite"


def test_a_quote_names_denominator_range_and_condition(answers: Answers) -> None:
    text = str(row(answers, "wendeng_2020", "restricted")["quote"])
    assert "of 100 (subject-months)" in text and "plausible settings of this simulation" in text
    assert "forecast" not in text and "discrimination" not in text


def test_keyed_draws_pay(answers: Answers) -> None:
    """Two seeds say little of a variance; a ratio over 1 in the median would be no pairing."""
    assert answers.variance_ratio is not None and answers.variance_ratio < 1


def test_persons_denied_are_those_whom_the_engine_counts() -> None:
    for name in ("wendeng_2020", "judgment_list", "ordinary_law"):
        case = case_of(Scenario((name,), people=3000, months=6, panel=0))
        made = observe(case)
        under = denied(case, made.status, made.score, 0)
        assert int(under.sum()) == int(made.last.restricted[0, 0, 0]), name
        assert not (under & ~subjects(made.status, 0)).any()


def test_words_of_a_range() -> None:
    assert sign(0, 0) == "0" and sign(1, 2) == "+" and sign(-2, -1) == "-"
    assert sign(0, 2) == "0 or +" and sign(-2, 0) == "- or 0" and sign(-1, 1) == "either way"
    assert number(0.00001) == "0" and number(-0.0001) == "0" and number(12.345) == "12.3"
    assert number(1234.5) == "1234"
    one = INDICATORS[0]
    assert "direction is not settled" in quote(one, "x", "roll-out", -1, 1, 3, "either way", "y")


def test_a_table_says_that_it_is_synthetic(answers: Answers, tmp_path: Path) -> None:
    for name in ("t.csv", "t.parquet"):
        path = write_table(answers.frame, tmp_path / "deep" / name)
        read = pl.read_csv(path) if name.endswith("csv") else pl.read_parquet(path)
        assert set(read["note"]) == {"synthetic society, not a forecast"}
        np.testing.assert_allclose(read["value"], answers.frame["value"])


def test_the_design_is_declared_before_any_run() -> None:
    places = Design(("wendeng_2020",), BASE, 2).scenarios()
    settled = [one for (_, phase, _, _), one in places.items() if phase == "settled"]
    fresh = [one for (_, phase, _, _), one in places.items() if phase == "roll-out"]
    assert all(one.settled and one.months == 12 for one in settled)
    assert not any(one.settled for one in fresh) and {one.months for one in fresh} == {13}
    assert ("none", "settled", "default", 1) in places
    assert not any(name == "none" and setting != "default" for name, _, setting, _ in places)
    assert {one.seed for one in places.values()} == {5, 6}
