"""A planted record of somebody else's act: whose it was, who carried it, its cost and its end.

Each test says what it is: *implementation*, *fitted* or *predicted*.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.commandline import Scored

from scoredsociety.engine.layout import MISATTRIBUTED, pack_message
from scoredsociety.errors import UserError
from scoredsociety.results import Run, simulate
from scoredsociety.runs.execute import make
from scoredsociety.runs.prepare import prepare
from scoredsociety.runs.scenario import Scenario
from scoredsociety.study.questions.plausible_settings import EVERYBODY_KNOWS

PERSON, ACT, MONTH = 7, "drunk_driving", "2020-06"
PLANT = f"{PERSON}:{ACT}:{MONTH}"


@pytest.fixture(scope="module")
def run() -> Run:
    """Wendeng's rules with one wrong record."""
    return simulate("wendeng_2020", people=2000, months=36, seed=3, plant=PLANT, threads=2)


@pytest.fixture(scope="module")
def twin() -> Run:
    """The same run without it."""
    return simulate("wendeng_2020", people=2000, months=36, seed=3, threads=2)


def test_a_message_is_packed_as_the_engine_packs_it() -> None:
    """implementation: the plain arithmetic and the kernel's are the same bits."""
    assert pack_message(0, 17, 3, 2, MISATTRIBUTED, 0) == 17 << 28 | 3 << 20 | 2 << 16 | 2 << 8


def test_it_is_followed(run: Run) -> None:
    """implementation: whose, by whom, carried by whom, what it cost, when and how it ended."""
    record = run.explain(PERSON)
    (one,) = [one for one in record["misfiled"] if one["booked"] == MONTH]
    assert (one["whose"], one["carried_by"], one["act"]) == (PERSON + 1, PERSON, ACT)
    assert one["filed_by"] == "traffic_police" and one["grade"] is not None
    assert one["removed"] == "2022-06" and one["how"] == "its memory ended" and one["months"] == 24
    (line,) = [one for one in record["life"] if "wrong person" in one.get("error", "")]
    assert line["month"] == MONTH and f"seat {PERSON + 1}" in line["error"]


def test_while_it_stands_the_ledger_shows_it(run: Run) -> None:
    """implementation: an entry with its cause, in the month of the booking."""
    record = run.explain(PERSON, month="2020-12")
    causes = [entry["cause"] for entry in record["entries"]]
    assert any("another person's act, put on the wrong file" in cause for cause in causes)
    assert record["start"] + sum(one["points"] for one in record["entries"]) == record["score"]


def test_its_bearer_pays_and_its_owner_does_not(run: Run, twin: Run) -> None:
    """implementation: same luck; the bearer's grade falls, the other seat's life is untouched."""
    with_it, without = (one.explain(PERSON, month="2020-08") for one in (run, twin))
    assert with_it["grade"] != without["grade"]
    assert not without["misfiled"]
    own = [one.explain(PERSON + 1, month="2020-08") for one in (run, twin)]
    assert own[0]["entries"] == own[1]["entries"]


def test_the_manifest_says_so_and_the_run_can_be_made_again(run: Run, tmp_path: Path) -> None:
    """implementation: a planted record is a part of the request, and decides the bits."""
    assert run.manifest["inputs"]["planted"] == [PLANT] and "--plant" in run.manifest["command"]
    again = make(
        Scenario(("wendeng_2020",), people=2000, months=36, seed=3, planted=(PLANT,)),
        tmp_path / "again",
    )
    assert again.manifest["checksum"] == run.checksum


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("7:drunk_driving", "PERSON:ACT:MONTH"),
        ("9999:drunk_driving:2020-06", "seats go from 0"),
        ("7:drunk_drivin:2020-06", "drunk_driving"),
        ("7:drunk_driving:2020-01", "2020-02"),
        ("7:drunk_driving:2031-01", "2020-02"),
        ("x:drunk_driving:2020-06", "PERSON:ACT:MONTH"),
    ],
)
def test_what_cannot_be_planted_is_refused(text: str, says: str) -> None:
    """implementation: the message says what would be right."""
    with pytest.raises(UserError, match=says):
        prepare(Scenario(("wendeng_2020",), people=2000, months=36, planted=(text,)))


def test_on_the_command_line(scored: Scored, tmp_path: Path) -> None:
    """implementation: ``run --plant`` and ``explain``."""
    target = tmp_path / "run"
    scored("run", "wendeng_2020", "--people", 300, "--months", 9, "--out", target,
                "--plant", PLANT)  # fmt: skip
    found = scored("explain", target, "--person", PERSON, "--json").json["misfiled"]
    assert [one["booked"] for one in found] == [MONTH]
    assert found[0]["how"] in ("still on the file", "an objection was upheld")
    assert found[0]["points"] <= 0


OBJECTED = ("response.appeal.values.files=1", "response.appeal.values.upheld=1",
            "response.appeal.values.capacity=200", *EVERYBODY_KNOWS)  # fmt: skip


def carried(scored: Scored, target: Path, *more: str) -> tuple[dict[str, object], str]:
    """One wrong listing of person 7 in February, as JSON and as the screen says it."""
    scored("run", "judgment_list", "--people", 300, "--months", 12, "--out", target,
           "--plant", "7:hides_assets:2020-02",
           *(word for one in OBJECTED for word in ("--set", one)), *more)  # fmt: skip
    (one,) = scored("explain", target, "--person", 7, "--json").json["misfiled"]
    return one, " ".join(scored("explain", target, "--person", 7).out.split())


def test_it_is_followed_to_the_answer_of_an_objection(scored: Scored, tmp_path: Path) -> None:
    """implementation: whose it was, who carried it, what it cost, when it was removed, and how."""
    one, said = carried(scored, tmp_path / "run")
    assert (one["whose"], one["carried_by"], one["booked"]) == (8, 7, "2020-02")
    assert one["how"] == "an objection was upheld" and one["removed"] == "2020-04"
    assert one["objected"] == ["2020-03"] and one["restricted_months"] == one["months"] == 2
    assert "No flights" in one["denied"] and one["list"] == "Judgment defaulters"
    for words in (
        "another person's act, of seat 8, filed by court", "carried by seat 7 from 2020-02",
        "until 2020-04 (an objection was upheld)",
        "it cost a place on the list: Judgment defaulters",
        "2 of its 2 months under a restriction (",
        "objected to in 2020-03",
    ):  # fmt: skip
        assert words in said, words


def test_without_a_channel_it_stands(scored: Scored, tmp_path: Path) -> None:
    """implementation: nobody can object, so the record stays for as long as the rule keeps it."""
    one, said = carried(scored, tmp_path / "run", "--patch", "appeal_none")
    assert one["how"] == "still on the file" and one["objected"] == [] and one["months"] == 11
    assert "never objected to" in said
