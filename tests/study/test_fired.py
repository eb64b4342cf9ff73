"""The test of firing: complete, true to what is stored, and nothing in it is nought."""

from __future__ import annotations

import json

import polars as pl
import pytest

from docs.build import traceability
from scoredsociety.measure.scoring.unmet import in_words, unmet
from scoredsociety.study.ensemble.cases import case_of
from scoredsociety.study.ensemble.parameter_space import of_conduct
from studies import firing, firing_counts

SIX = ("rongcheng", "suzhou", "press", "suining", "shanghai", "national")


def test_every_item_has_one_place_and_every_count_is_stored() -> None:
    assert firing_counts.faults(traceability.expected()) == []
    assert set(firing_counts.stored()["runs"]) == set(firing_counts.asked().run)


def test_whatever_is_said_to_fire_reaches_somebody() -> None:
    assert firing_counts.unmet_items() == []
    wanted = firing_counts.asked()
    assert len(wanted.cannot) <= 0.1 * (len(wanted.fired) + len(wanted.cannot))


@pytest.mark.parametrize("name", SIX)
def test_every_reward_and_restriction_of_the_six_told_schemes_reaches_somebody(name: str) -> None:
    run = firing_counts.asked().run[name]
    assert run.people == 20_000 and run.months == 36 and not run.patches and not run.sets
    kinds = [line.split(": ")[1] for line in firing_counts.stored()["runs"][name]["unmet"]]
    assert "reward" not in kinds and "restriction" not in kinds


def test_counts_are_those_of_the_run() -> None:
    asked = firing_counts.Asked(schemes=("rongcheng_press",), people=1500, months=4)
    seen = firing.see(asked)
    among = firing.read(seen, "subjects", "", None)
    assert among.number == among.of - firing.read(seen, "subjects", "0-17", None).of > 0
    tickets = firing.read(seen, "records", "rongcheng_press/traffic_ticket", None)
    assert tickets.number > 0 and tickets.of == among.number
    shown = firing.read(seen, "consequence", "rongcheng_press/television", None)
    listed = firing.read(seen, "listed", "rongcheng_press/on_television", None)
    assert shown.number == listed.number > 0
    other = firing.see(asked.model_copy(update={"without": ("rule.traffic_ticket",)}))
    assert 0 < firing.read(seen, "moved", "", other).number < 1500
    assert firing.read(seen, "moved", "", seen).number == 0
    with pytest.raises(ValueError, match="no rule of the run"):
        firing.read(seen, "records", "rongcheng_press/traffic_tickets", None)


def test_what_cannot_be_done_at_will_is_not_sought_for_points() -> None:
    """One marrow donor of 50,000 a year (assumed rate); seekers used to make hundreds."""
    seen = firing.see(firing_counts.Asked(schemes=("suzhou_osmanthus",), people=4000, months=18,
                                  patches=("awareness_everybody",)))  # fmt: skip
    assert firing.read(seen, "response", "sought_points", None).number > 50
    for act in ("marrow_donation", "organ_donation"):
        assert firing.read(seen, "acts", act, None).number <= 1
    assert firing.read(seen, "acts", "brave_act", None).number < 25  # 6 by the rate


def test_rates_of_daily_life_are_sourced_or_swept() -> None:
    """Every act's rate is of a source, follows from an episode, or is moved by an audit's axis."""
    case = case_of(
        firing_counts.Asked(schemes=("rongcheng_press",), people=400, months=1).scenario()
    )
    axes = {key.split(".")[1] for axis in of_conduct(case) if axis.key.startswith("rates of acts")
            for key, _ in axis.numbers}  # fmt: skip
    conduct = case.prepared.versions.conduct[0][1]
    left = {act.id for act in conduct.act if act.rate and act.id not in axes}
    assert left <= {"judgment_unpaid", "drunk_driving", "blood_donation"}
    assert all(act.source and "rate" not in act.assumed for act in conduct.act if act.id in left)
    for act in ("volunteering", "money_donation", "cares_for_elderly", "helps_neighbour",
                "parking_ticket"):  # fmt: skip
        assert act in axes


def test_acts_seen_and_months_given_up_are_counted() -> None:
    asked = firing_counts.Asked(schemes=("suining_2010",), people=1500, months=9)
    seen = firing.see(asked)
    acts = firing.read(seen, "seen", "", None)
    assert acts.of == sum(
        firing.read(seen, "acts", act, None).number for act in seen.case.prepared.labels.acts
    )
    assert 0 < acts.number < acts.of
    assert firing.read(seen, "ended", "", None) == (0, 9, "months")
    sets = firing_counts.asked().run["suining_objected"].sets
    ended = firing.read(firing.see(asked.model_copy(update={"sets": sets})), "ended", "", None)
    assert 0 < ended.number < 9  # given up after some months, and for good


def test_some_runs_are_made_anew_and_the_others_stay_as_stored() -> None:
    made = []
    for name, seen, other in firing.seen_in_turn({"rules_known"}, made.append):
        assert (name, seen.case.scenario.sets) == (
            "rules_known",
            firing_counts.asked().run[name].sets,
        )
        assert other is not None and other.case.scenario.sets != seen.case.scenario.sets
    assert made == ["rules_secret", "rules_known"]


def test_mandatory_means_every_adult_and_offline_people_have_scores() -> None:
    mandatory = firing.see(firing_counts.Asked(
        schemes=("sesame_press",), people=1500, months=4, start="2019-11",
        patches=("participation_mandatory_2020",),
    ))  # fmt: skip
    adults = firing.see(firing_counts.Asked(schemes=("national_composite",), people=1500, months=1))
    for group in ("", "offline", "no bank account", "rural"):
        found = firing.read(mandatory, "subjects", group, None)
        assert found.number == firing.read(adults, "subjects", group, None).number > 0
    before = firing.see(firing_counts.Asked(schemes=("sesame_press",), people=1500, months=1))
    assert firing.read(before, "subjects", "offline", None).number == 0


def test_what_nobody_met_is_named_and_what_somebody_met_is_not() -> None:
    document = {
        "rule": [{"id": "a", "title": "An a"}, {"id": "b"}, {"id": "c", "from_attribute": "age"}],
        "consequence": [{"id": "x", "grants": "g", "title": "An x"}, {"id": "y", "denies": "d"}],
        "list": [{"id": "l", "title": "A list"}], "grade": [{"id": "A"}],
    }  # fmt: skip
    rows = [("s", "records", "b@2021-07", 3), ("s", "consequence", "x", 0),
            ("s", "consequence", "y", 2), ("s", "grade", "A", 5), ("other", "records", "a", 9)]
    tallies = pl.DataFrame(
        [(*row, "all") for row in rows], orient="row",
        schema=["scheme", "measure", "item", "count", "dimension"],
    )  # fmt: skip
    found = unmet("s", [document], tallies)
    assert [(one.kind, one.id) for one in found] == [("rule", "a"), ("reward", "x"), ("list", "l")]
    assert in_words(found) == ["rules: An a", "rewards: An x", "lists: A list"]
    assert in_words([found[0]] * 12, 10) == [f"rules: {'; '.join(['An a'] * 10)}; and 2 more"]


@pytest.mark.long
def test_the_stored_counts_come_out_again() -> None:
    assert json.loads(json.dumps(firing.count_all())) == firing_counts.stored()
