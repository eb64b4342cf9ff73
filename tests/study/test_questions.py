"""The thirteen questions: the null test, ranges, bands, and a table that a reader can quote."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from scoredsociety.commands.questions import record_of
from scoredsociety.report.pages.question_answers import answers_text
from scoredsociety.runs.folder.table_file import write_table
from scoredsociety.runs.scenario import Scenario
from scoredsociety.runs.seeds import seeds_of
from scoredsociety.study.ensemble.cases import case_of
from scoredsociety.study.ensemble.ensemble import observe
from scoredsociety.study.ensemble.history_matching import TARGETS
from scoredsociety.study.questions import q10_firms
from scoredsociety.study.questions.drawn_traits import held
from scoredsociety.study.questions.indicators import (
    ASKED,
    BY_NAME,
    INDICATORS,
    OF_COLLECTORS,
    UNANSWERED,
)
from scoredsociety.study.questions.plausible_settings import DISCRETION, PLAUSIBLE
from scoredsociety.study.questions.questions import (
    Answers,
    Design,
    answer_questions,
    count_assumed,
    quote,
    read_with_unmet,
    sign,
    three_figures,
)
from scoredsociety.study.questions.side_by_side import answers_side_by_side, columns, flipped
from scoredsociety.study.readout.persons import denied, subjects_now

BASE = Scenario(("none",), people=1000, months=13, panel=0, seed=5)
SCHEMES = ("wendeng_2020", "national_composite", "none")
POINTS = 5
FEW = tuple(one for one in PLAUSIBLE if one.id in ("default", "no_responses", "seeking_high"))


@pytest.fixture(scope="module")
def answers() -> Answers:
    """Three schemes on 1,000 people, roll-out only."""
    design = Design(SCHEMES, BASE, 2, FEW, ("roll-out",), points=POINTS, point_people=800)
    return answer_questions(design, workers=2)


def row(answers: Answers, scheme: str, indicator: str) -> dict[str, object]:
    """One line of the table."""
    chosen = answers.frame.filter(scheme=scheme, indicator=indicator)
    assert chosen.height == 1
    return chosen.row(0, named=True)


def test_every_question_has_an_indicator_or_a_reason() -> None:
    asked = {one.question for one in ASKED} | set(UNANSWERED)
    assert asked == {f"Q{k}" for k in range(1, 14)}
    assert len({one.id for one in ASKED}) == len(ASKED) == len(INDICATORS) + len(OF_COLLECTORS)


def test_a_scheme_without_rules_does_nothing(answers: Answers) -> None:
    for one in ("restricted", "rural_gap", "silent_opinion", "ties_dropped", "sought",
                "through_error", "protected", "records"):  # fmt: skip
        found = row(answers, "none", one)
        assert (found["value"], found["range_low"], found["range_high"]) == (0, 0, 0), one
        assert found["low"] is None  # by the rules, so nothing is estimated


def test_without_any_scheme_no_answer_has_a_direction(answers: Answers) -> None:
    assert set(answers.frame.filter(scheme="none")["sign"]) == {""}


def test_without_responses_conduct_does_not_change(answers: Answers) -> None:
    """So the range of the change holds 0 exactly: the same acts, draw by draw."""
    harmful = row(answers, "wendeng_2020", "harmful_acts")
    value, low, high = (float(str(harmful[k])) for k in ("value", "range_low", "range_high"))
    assert harmful["change"] is True
    assert low <= value <= high


def test_the_range_holds_the_default_and_what_is_left_lies_in_it(answers: Answers) -> None:
    for found in answers.frame.to_dicts():
        assert found["range_low"] <= found["value"] <= found["range_high"]
        most = len(DISCRETION) if found["question"] == "Q11" else len(FEW)
        assert isfinite(found["value"]) and 1 <= found["settings"] <= most + POINTS
        if found["kept_low"] is not None:
            assert found["range_low"] <= found["kept_low"] <= found["kept_high"]
            assert found["kept_high"] <= found["range_high"] and found["kept"] <= found["settings"]
    assert "survive" not in " ".join(answers.frame["quote"])


def test_nothing_that_was_not_seen_is_printed_as_nothing(answers: Answers) -> None:
    """No interval and no range of width zero, but where the rules alone decide."""
    for found in answers.frame.filter(pl.col("scheme") != "none").to_dicts():
        if found["indicator"] == "contexts":
            assert found["low"] is None
            continue
        assert found["low"] < found["high"], found["indicator"]
        flip = found["settings"] == 1
        assert flip or found["range_low"] < found["range_high"], found["indicator"]
    child = row(answers, "wendeng_2020", "child_months")
    assert child["value"] == 0 and float(str(child["high"])) > 0


def test_a_figure_that_served_to_rule_out_is_never_quoted(answers: Answers) -> None:
    frame = answers.frame.filter(pl.col("fitted_to") != "", pl.col("scheme") != "none")
    assert set(frame["indicator"]) == {one.indicator for one in TARGETS} & set(BY_NAME)
    assert set(frame["quote"]) == {""} and frame["kept_low"].null_count() == frame.height
    cells = [cell for line in answers_side_by_side(answers.frame, "roll-out", every=True)
             if "tell a survey" in line.says for cell in line.cells]  # fmt: skip
    assert cells and all("held to V14" in cell for cell in cells)


def test_what_never_existed_stands_in_a_band_of_its_own(answers: Answers) -> None:
    bands = answers.frame.group_by("scheme", maintain_order=True).agg(pl.col("band").first())
    assert dict(bands.iter_rows()) == {
        "none": "baseline", "wendeng_2020": "rule text", "national_composite": "never existed",
    }  # fmt: skip
    assert bands["scheme"].to_list()[-1] == "national_composite"


def test_a_quote_names_denominator_range_and_condition(answers: Answers) -> None:
    text = str(row(answers, "wendeng_2020", "restricted")["quote"])
    assert text.startswith("In an invented population under")
    assert "of 100 subjects in a month" in text and "of what is assumed in this simulation" in text
    assert "forecast" not in text and "discrimination" not in text


def test_one_path_is_flipped_where_the_scheme_has_it(answers: Answers) -> None:
    """Incomes alike narrow a gap that comes from incomes; a points scheme has no unknown."""
    def gap(scheme: str, name: str) -> float:
        return float(str(row(answers, scheme, name)["value"]))

    plain = gap("national_composite", "rural_score_gap")
    assert plain < 0
    assert abs(gap("national_composite", "rural_score_gap_income_alike")) < abs(plain)
    assert abs(gap("national_composite", "rural_score_gap_unknown_neutral")) < abs(plain)
    names = set(answers.frame.filter(scheme="wendeng_2020")["indicator"])
    assert "rural_gap_seen_alike" in names and "rural_gap_unknown_neutral" not in names
    assert not any("_alike" in name for name in answers.frame.filter(scheme="none")["indicator"])


def test_a_flip_says_what_it_changes(answers: Answers) -> None:
    flip = row(answers, "wendeng_2020", "rural_gap_seen_alike")
    assert flip["settings"] == 1 and flip["moved_most_by"] == ""
    assert "if every source saw all groups alike" in str(flip["quote"])
    assert "one thing changed" in str(flip["quote"])


def test_collectors_bend_a_score_only_where_records_are_entered_by_hand(answers: Answers) -> None:
    """Q11: against the same run with every record entered; the range is over the collectors."""
    names = {one.id for one in OF_COLLECTORS}
    frame = answers.frame.filter(pl.col("question") == "Q11")
    assert "none" not in set(frame["scheme"])
    assert set(frame.filter(scheme="wendeng_2020")["indicator"]) == names
    assert all(len(DISCRETION) <= one <= len(DISCRETION) + POINTS for one in frame["settings"])
    points = row(answers, "wendeng_2020", "discretion_points")
    assert points["value"] != 0 and points["phase"] == "roll-out"
    assert float(str(points["range_low"])) < float(str(points["range_high"]))


def test_what_cannot_be_negative_has_no_interval_below_nothing(answers: Answers) -> None:
    for found in answers.frame.to_dicts():
        one = next((one for one in INDICATORS if one.id == found["indicator"]), None)
        if one is not None and not (found["change"] or one.signed):
            assert found["low"] is None or found["low"] >= 0, found["indicator"]
            assert found["range_low"] >= 0, found["indicator"]


def test_heads_of_firms_are_counted_as_the_tallies_have_them() -> None:
    """Q10: offences that only heads of firms do, over the heads there are."""
    case = case_of(Scenario(("none",), people=3000, months=12, panel=0))
    made = observe(case)
    who = held(case)
    assert who is not None and 0 < who.firm.sum() < who.adult.sum()
    assert not (who.firm & ~who.adult).any()
    offences = sum(
        int(made.year.acts[place, 0]) for place, name in enumerate(case.prepared.labels.acts)
        if name in ("accident_responsibility", "larger_accident_responsibility",
                    "false_project_papers")
    )  # fmt: skip
    assert q10_firms.offences_of_heads(case, made) == pytest.approx(
        1000 * offences / who.firm.sum()
    )
    assert (
        np.isnan(q10_firms.restricted_heads(case, made))
        or q10_firms.restricted_heads(case, made) == 0
    )


def test_assumed_values_are_counted_in_every_depth() -> None:
    document = {"assumed": ["a"], "rule": [{"assumed": ["b", "c"], "x": {"assumed": ["d"]}}, 3]}
    assert count_assumed(document) == 4 and count_assumed("assumed") == 0


def test_side_by_side_has_a_cell_for_every_scheme(answers: Answers) -> None:
    assert columns(answers.frame, "roll-out") == [
        ("none", "baseline"), ("wendeng_2020", "rule text"),
        ("national_composite", "never existed"),
    ]  # fmt: skip
    lines = answers_side_by_side(answers.frame, "roll-out")
    assert {line.question for line in lines} == {f"Q{k}" for k in range(1, 14)}
    assert all(len(line.cells) == 3 and all(line.cells) for line in lines)
    offences = next(line for line in lines if "offences that harm" in line.says)
    assert offences.cells[0].endswith("in all") and "of 100" not in offences.says
    assert len(answers_side_by_side(answers.frame, "roll-out", every=True)) > len(lines)
    assert [line.question for line in flipped(answers.frame)].count("national_composite") == 3


def test_the_page_of_answers_says_what_it_rests_on(answers: Answers) -> None:
    text = answers_text(answers, "scored questions x")
    assert text == answers_text(answers, "scored questions x")
    for part in ("Synthetic society, not a forecast", "Sentences that may be quoted",
                 "What is assumed", "never existed", "variance of a difference",
                 "scored questions x", "Q11 is answered in part",
                 "No national score exists"):  # fmt: skip
        assert part in text, part


def test_what_nobody_met_is_said(answers: Answers) -> None:
    """Of each scheme and phase, what had no case under any seed in the year that is counted."""
    assert set(answers.unmet) == {"wendeng_2020, roll-out", "national_composite, roll-out"}
    base = replace(BASE, schemes=("wendeng_2020",))
    seeds = [case_of(replace(base, seed=seed)) for seed in answers.seeds]
    each = [set(read_with_unmet(case, observe(case))[1]) for case in seeds]
    found = answers.unmet["wendeng_2020, roll-out"]
    assert set(found) == each[0] & each[1]
    assert "rule" in {one.kind for one in found}
    text = answers_text(answers, "scored questions x")
    assert "What nobody met" in text and found[0].title.split("'")[0] in text
    assert record_of(answers, None)["nobody_met"]["wendeng_2020, roll-out"][0]["kind"] == "rule"


def test_keyed_draws_pay(answers: Answers) -> None:
    """Two seeds say little of a variance; a ratio over 1 in the median would be no pairing."""
    assert answers.variance_ratio is not None and answers.variance_ratio < 1


def test_persons_denied_are_those_whom_the_engine_counts() -> None:
    for name in ("wendeng_2020", "judgment_list", "ordinary_law"):
        case = case_of(Scenario((name,), people=3000, months=6, panel=0))
        made = observe(case)
        under = denied(case, made, 0)
        assert int(under.sum()) == int(made.last.restricted[0, 0, 0]), name
        assert not (under & ~subjects_now(made.status, 0)).any()


def test_words_of_a_range() -> None:
    assert sign(0, 0) == "" and sign(1, 2) == "+" and sign(-2, -1) == "-"
    assert sign(0, 2) == "" and sign(-2, 0) == "" and sign(-1, 1) == ""
    assert three_figures(1e-12) == "0" and three_figures(-0.0001) == "-0.0001"
    assert three_figures(12.345) == "12.3"
    assert three_figures(1234.5) == "1234"
    one = INDICATORS[1]
    said = quote(one, "x", "roll-out", (-1, 1), 3, (0, 0.5), "", "y")
    assert "direction is not settled" in said and "moved most by y" in said
    assert "0 to 0.5 over those that published figures do not rule out" in said


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
    assert {setting for name, _, setting, _ in places if name == "none"} == {"default", "small"}
    assert {one.seed for one in places.values()} == set(seeds_of(5, 2))


def test_a_patch_goes_to_the_scheme_that_it_names() -> None:
    from scoredsociety.study.questions.design import fitting

    patches = ("participation_mandatory_2020", "awareness_few")
    assert fitting(patches, "sesame_press") == patches
    assert fitting(patches, "none") == ("awareness_few",)
    base = Scenario(schemes=("sesame_press",), people=300, months=12, patches=patches)
    places = Design(("sesame_press",), base, 1, settings=()).scenarios()
    assert {place[0]: one.patches for place, one in places.items()} == {
        "sesame_press": patches, "none": ("awareness_few",),
    }  # fmt: skip
