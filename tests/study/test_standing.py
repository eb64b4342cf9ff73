"""What a person sees: spells of rewards and restrictions, readers, subtotals, rank."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from io import StringIO

import numpy as np
import pytest
from rich.console import Console

from scoredsociety.commands.explain import show
from scoredsociety.engine.replay.household_replay import household_of, relive_each
from scoredsociety.measure.scoring.readers import readings
from scoredsociety.results import Run, simulate
from scoredsociety.runs.recorder import ChangeLog
from scoredsociety.study.explain.explanation import explain_each
from scoredsociety.study.explain.standing import rank_of


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


OF_GOODS = {  # what the test takes each reader to be, by what is granted or denied
    "hotels": "hotel", "visa_luxembourg": "consulate", "airport_lane": "airport",
    "travel_abroad": "border", "property": "registry", "discounts": "shop or hirer",
}  # fmt: skip
KIND_OF = {  # else by context; anything else is the operator
    "travel": "carrier", "finance": "lender", "work": "employer", "consumption": "shop or hirer",
    "public_order": "other citizens", "education": "school", "health": "hospital",
    "platform": "other citizens", "speech": "internet provider",
}  # fmt: skip


@pytest.mark.parametrize("name", ["rongcheng_press", "national_composite"])
def test_readers_are_those_of_a_plain_recount(name: str) -> None:
    """Months read out of the panel by the file's own words, out of the tallies, out of the lives.

    The two schemes ask nobody's consent, so the published score, grade and lists decide alone.
    """
    run = simulate(name, people=400, months=5, threads=1, panel=400)
    document = tomllib.loads(
        (files("scoredsociety.scheme") / "catalogue" / f"{name}.toml").read_text("utf-8")
    )
    plain = plain_recount(document, run.panel.rows(named=True))
    assert any(restrictions for _, restrictions in plain.values())
    assert name == "rongcheng_press" or any(rewards for rewards, _ in plain.values())

    counted: dict[str, tuple[int, int]] = {}
    for one in readings(name, document, run.tallies):
        add_to(counted, one.reader, one.rewards, one.restrictions)
    assert counted == plain

    lived: dict[str, tuple[int, int]] = {}
    for life in explain_each(run.prepared, run.setting, ChangeLog(run.folder), range(400)):
        for row in life["readings"]:
            add_to(lived, row["reader"], row["rewards"], row["restrictions"])
    assert lived == plain


def plain_recount(document, rows):  # type: ignore[no-untyped-def]
    """Person-months under each reward and restriction by reader, from published rows alone."""
    order = [grade["id"] for grade in document["grade"]]  # best first
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        if row["grade"] is None:
            continue
        rank, lists = order.index(row["grade"]), row["lists"].split(",")
        for one in document["consequence"]:
            when = one["when"]
            fits = (
                (when.get("list") is None or when["list"] in lists)
                and row["score"] >= 100 * when.get("score_at_least", -10**9)
                and row["score"] < 100 * when.get("score_below", 10**9)
                and ("grade_at_least" not in when or rank <= order.index(when["grade_at_least"]))
                and ("grade_at_most" not in when or rank >= order.index(when["grade_at_most"]))
            )
            if fits:
                denies = "denies" in one
                kind = OF_GOODS.get(one["denies"] if denies else one["grants"])
                add_to(found, kind or KIND_OF.get(one["context"], "operator"), not denies, denies)
    return found


def add_to(found, reader, rewards, restrictions):  # type: ignore[no-untyped-def]
    before = found.get(reader, (0, 0))
    if rewards or restrictions:
        found[reader] = before[0] + rewards, before[1] + restrictions


def test_a_score_is_open_where_it_is_public_or_its_owner_shows_it() -> None:
    """Sesame's is open in the months in which its owner shows it, Rongcheng's in every one."""
    shown = simulate("sesame_press", people=400, months=4, threads=1, panel=400,
                     patches=["awareness_everybody"])  # fmt: skip
    rows = readings("sesame_press", {"scheme": {"visibility": "shown_by_choice"}}, shown.tallies)
    lives = explain_each(shown.prepared, shown.setting, ChangeLog(shown.folder), range(400))
    assert sum(row["seen"] for life in lives for row in life["readings"]) == rows[0].seen > 0

    public = simulate("rongcheng_press", people=300, months=3, threads=1, panel=300)
    life = next(life for life in (public.explain(seat) for seat in range(300)) if life["subject"])
    assert [row["seen"] for row in life["readings"] if row["seen"]] == [3]
    rows = readings("rongcheng_press", {"scheme": {"visibility": "public"}}, public.tallies)
    assert [one.seen for one in rows] == [
        public.panel.filter(public.panel["score"].is_not_null()).height
    ]


def test_readers_by_kind_stand_on_the_screen_and_in_the_report(run: Run) -> None:
    page = (run.folder / "report.html").read_text("utf-8")
    assert "Who read the scores over the whole run" in page
    assert "and what came of it, in months" in page
    assert "people scored, " in page and "By category: " in page


def test_lives_show_what_was_refused_and_no_score_where_there_is_none() -> None:
    """Refusals of all households, lived again, are those that the run counted.

    A parking ticket lists here, so that a small society has people on the list.
    """
    tickets = ('scheme.reads=["traffic_police"]', 'rule.refuses_to_pay.on=["parking_ticket"]')
    run = simulate("judgment_list", people=600, months=12, threads=1, panel=1, start="2018-01",
                   sets=tickets)  # fmt: skip
    firsts = sorted({household_of(run.setting, 600, person)[0] for person in range(600)})
    lived = relive_each(run.prepared.inputs, run.setting, ChangeLog(run.folder), firsts)
    refused = np.sum([one.refused for month in lived for one in month], axis=0)
    counted = run.tallies.filter(
        (run.tallies["dimension"] == "all") & (run.tallies["measure"] == "response")
    )
    for place, name in enumerate(("flight_refused", "train_refused", "child_kept_out")):
        assert refused[place] == counted.filter(counted["item"] == name)["count"].sum()
    assert refused[0] > 0
    lives = explain_each(run.prepared, run.setting, ChangeLog(run.folder), firsts)
    lines = [line["refused"] for life in lives for line in life["life"] if "refused" in line]
    assert "flight_refused" in lines and not any(life["has_score"] for life in lives)
    told = capture(lambda console: show(console, run.explain(firsts[0])))
    assert "this scheme has no score" in told and "grade" not in told


def capture(show_it) -> str:  # type: ignore[no-untyped-def]
    console = Console(width=100, file=StringIO())
    show_it(console)
    return console.file.getvalue()  # type: ignore[attr-defined]
