"""What a person sees: spells of rewards and restrictions, readers, subtotals, rank."""

from __future__ import annotations

import numpy as np
import pytest

from scoredsociety.results import Run, simulate
from scoredsociety.study.explain import explain_each
from scoredsociety.study.record import ChangeLog
from scoredsociety.study.standing import rank_of


@pytest.fixture(scope="module")
def run() -> Run:
    return simulate("sesame_press", people=600, months=6, threads=1, panel=600)


def test_what_holds_is_what_the_panel_publishes(run: Run) -> None:
    last = run.panel.filter(run.panel["month"] == run.panel["month"].max())
    scored = last.filter(last["score"].is_not_null()).sort("score", "seat")
    best = run.explain(int(scored["seat"][-1]))
    assert best["score"] >= 750_00
    open_ = {one["id"] for one in best["held"] if one["until"] is None}
    assert {"small_loan", "profile"} <= open_  # no partner is asked for these
    assert all(one["kind"] == "privilege" for one in best["held"])
    assert {one["reader"] for one in best["held"]} >= {"lender", "other citizens"}
    assert best["rank"]["above"] == 0
    assert best["rank"]["of"] == scored.height
    assert best["rank"]["below"] + best["rank"]["level"] + 1 == scored.height


def test_partners_grant_only_where_they_may_read(run: Run) -> None:
    """Of those above 600, as many have no deposit to pay as the tallies count."""
    last = run.tallies.filter(
        (run.tallies["month"] == run.tallies["month"].max())
        & (run.tallies["dimension"] == "all") & (run.tallies["measure"] == "consequence")
    )
    counted = {row["item"]: row["count"] for row in last.to_dicts()}
    panel = run.panel.filter(run.panel["month"] == run.panel["month"].max())
    seats = [int(seat) for seat in panel.filter(panel["score"] >= 600_00)["seat"]]
    lives = explain_each(run.prepared, run.setting, ChangeLog(run.folder), seats)
    for name in ("small_loan", "no_deposit", "airport_lane"):
        now = [{one["id"] for one in life["held"] if not one["until"]} for life in lives]
        assert sum(name in held for held in now) == counted[name] > 0, name


def test_categories_add_up_to_the_score(run: Run) -> None:
    panel = run.panel.filter(run.panel["score"].is_not_null())
    life = run.explain(int(panel["seat"][0]))
    parts = sum(one["points"] for one in life["categories"])
    inside = {"repayment", "savings", "contracts", "conduct", "hours_of_games", "real_name",
              "education", "friends"}  # fmt: skip
    rest = sum(entry["points"] for entry in life["entries"] if entry["rule"] not in inside)
    assert life["start"] + parts + rest == life["score"]


def test_ranks_count_those_below_level_and_above() -> None:
    score = np.array([[5, 7, 7, 9, 100]], dtype=np.int32)
    status = np.array([0, 0, 0, 0, 15], dtype=np.uint32)  # the last is no subject
    assert rank_of(score, status, 0, 1) == {"below": 1, "level": 1, "above": 1, "of": 4}
    assert rank_of(score, status, 0, 4) is None
