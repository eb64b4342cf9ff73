"""The conduct document: mistakes are named, numbers have a source or are assumed."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from scoredsociety.conduct.model import Conduct, conduct_of, load_conduct
from scoredsociety.document.problem import DocumentErrors
from scoredsociety.runs.documents.validate import validate

TEXT = (files("scoredsociety.conduct") / "catalogue" / "everyday.toml").read_text("utf-8")
RAW = tomllib.loads(TEXT, parse_float=Decimal)


def changed(**values: Any) -> dict[str, Any]:
    raw = deepcopy(RAW)
    act = next(one for one in raw["act"] if one["id"] == "parking_ticket")
    act.update(values)
    return raw


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"hamr": 3}, "hamr: unknown key 'hamr' (did you mean harm?)"),
        ({"rate": -1}, "rate: should be greater than or equal to 0, not -1"),
        ({"rate": float("nan")}, "rate: "),
        ({"context": "roads"}, "context: "),
        ({"protection": "UDHR 3"}, "protection: "),
        ({"gravity": True}, "gravity: "),
        ({"seen_by": ["traffic_polce"]}, "seen_by: no source 'traffic_polce' (did you mean traffi"),
        ({"envelope": "nowhere"}, "no envelope 'nowhere'"),
        ({"effects": [{"trait": "faith", "low": 1, "high": 2}]}, "no trait 'faith'"),
        ({"amounts": [{"value": 1, "share": Decimal("0.5")}]}, "add up to 1"),
        ({"episode": {"bit": 0, "stays": Decimal("0.5")}}, "episode bit 0 is that of"),
        ({"source": [], "assumed": []}, "give a source, or list it in assumed"),
        ({"assumed": ["rates"]}, "no number 'rates'"),
    ],
)
def test_a_mistake_is_named(values: dict[str, Any], message: str) -> None:
    with pytest.raises(DocumentErrors) as error:
        conduct_of(changed(**values), "mine.toml")
    assert str(error.value).startswith("mine.toml: act.parking_ticket")
    assert message in str(error.value)


def test_unknown_key_at_the_top_is_an_error() -> None:
    with pytest.raises(DocumentErrors, match="persons"):
        conduct_of(RAW | {"persons": []}, "mine.toml")


def test_responses_stand_under_their_own_kind() -> None:
    made = conduct_of(RAW | {"response": [{"id": "silence", "form": "none"}]}, "mine.toml")
    assert [one.id for one in made.response] == ["silence"]
    with pytest.raises(DocumentErrors, match="income is a life_effect"):
        conduct_of(RAW | {"response": [{"id": "income"}]}, "mine.toml")


def test_duplicate_act_is_an_error() -> None:
    with pytest.raises(DocumentErrors, match="occurs twice"):
        conduct_of(RAW | {"act": [*RAW["act"], RAW["act"][0]]}, "mine.toml")


def test_a_document_with_its_allotment_reads_back(tmp_path: Path) -> None:
    made = load_conduct("everyday")
    again = Conduct.model_validate_json(made.model_dump_json())
    assert again == made
    assert again.allotment == made.allotment


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"id = ", "not TOML"),
        (b"a = " + b"[" * 50_000, "nest too deep"),
        (b"a = " + b"9" * 5_000, "out of range"),
        (b"a = 1e99999999999999999999", "out of range"),
        (b"#" * (1 << 21), "larger than"),
        (None, "cannot be read"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "mine.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DocumentErrors, match=message):
        load_conduct(path)


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    wrong = TEXT.replace("legal = ", "leagl = ", 2).replace("headroom", "headrom", 1)
    path = tmp_path / "mine.toml"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(DocumentErrors) as error:
        load_conduct(path)
    lines = wrong.split("\n")
    unknown = [one for one in error.value.problems if one.message.startswith("unknown key")]
    assert [one.key for one in unknown if one.rule != "headrom"] == ["leagl", "leagl"]
    assert len(unknown) == 3 and len(error.value.problems) == 6  # each key is also missing
    for one in unknown:
        assert one.line is not None and lines[one.line - 1].startswith(one.key or "headrom")
        assert one.hint and one.hint.startswith("did you mean")


def test_what_its_cells_cannot_carry_is_told_with_its_line(tmp_path: Path) -> None:
    place = TEXT.index('id = "parking_ticket"')
    rate = TEXT.index("\nrate = ", place)
    wrong = f"{TEXT[:rate]}\nrate = 59{TEXT[TEXT.index(chr(10), rate + 1):]}"
    path = tmp_path / "mine.toml"
    path.write_text(wrong, encoding="utf-8")
    found = validate(path).problems
    assert found and all(one.line is not None for one in found)


def test_a_name_that_is_nearly_right() -> None:
    with pytest.raises(DocumentErrors, match=r"no such conduct document.*did you mean everyday"):
        load_conduct("everyda")


def test_no_person_and_no_belief_can_be_told_apart() -> None:
    """No act or source asks for a name, a religion or an ethnicity (they are not traits)."""
    for act in load_conduct("everyday").act:
        traits = {one.trait for one in act.exposure} | {one.trait for one in act.effects}
        assert not traits & {"name", "religion", "ethnicity"}
        assert "party" not in traits or act.id == "expelled_from_party"


def test_protected_conduct_harms_nobody_by_itself() -> None:
    for act in load_conduct("everyday").act:
        if act.protection in ("ICCPR 19", "ICCPR 21", "ICCPR 25") and act.context == "speech":
            assert act.harm == 0, act.id


def test_no_number_of_the_document_is_a_binary_fraction() -> None:
    def walk(value: Any) -> None:
        assert not isinstance(value, float), value
        for one in value.values() if isinstance(value, dict) else ():
            walk(one)
        for one in value if isinstance(value, (list, tuple)) else ():
            walk(one)

    walk(load_conduct("everyday").model_dump())


def test_the_acts_of_speech_and_petition_are_told_apart() -> None:
    """Opinion, accurate news, history, praise and untruth are five acts; petitions go by level."""
    acts = {one.id: one for one in load_conduct("everyday").act}
    for name in ("opinion_post", "accurate_unofficial_news", "unofficial_history", "praise_post"):
        assert (acts[name].protection, acts[name].harm) == ("ICCPR 19", 0)
    assert acts["untrue_statement_online"].protection == "none"
    levels = ("petition_local", "petition_prefecture", "petition_province", "petition_beijing")
    gravity = [acts[name].gravity for name in levels]
    assert gravity == sorted(gravity)
    assert all(acts[name].protection == "ICCPR 25" for name in levels)
