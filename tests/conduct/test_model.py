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
from scoredsociety.conduct.parts import ConductError

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
        ({"hamr": 3}, "act parking_ticket hamr: unknown key"),
        ({"rate": -1}, "act parking_ticket rate"),
        ({"rate": float("nan")}, "act parking_ticket rate"),
        ({"context": "roads"}, "act parking_ticket context"),
        ({"protection": "UDHR 3"}, "act parking_ticket protection"),
        ({"gravity": True}, "act parking_ticket gravity"),
        ({"seen_by": ["traffic_polce"]}, "Did you mean 'traffic_police'"),
        ({"envelope": "nowhere"}, "no envelope 'nowhere'"),
        ({"effects": [{"trait": "faith", "low": 1, "high": 2}]}, "no trait 'faith'"),
        ({"amounts": [{"value": 1, "share": Decimal("0.5")}]}, "add up to 1"),
        ({"episode": {"bit": 0, "stays": Decimal("0.5")}}, "episode bit 0 is that of"),
        ({"source": [], "assumed": []}, "give a source, or list it in assumed"),
        ({"assumed": ["rates"]}, "no number 'rates'"),
    ],
)
def test_a_mistake_is_named(values: dict[str, Any], message: str) -> None:
    with pytest.raises(ConductError) as error:
        conduct_of(changed(**values), "mine.toml")
    assert str(error.value).startswith("mine.toml: ")
    assert message in str(error.value)


def test_unknown_key_at_the_top_is_an_error() -> None:
    with pytest.raises(ConductError, match="persons"):
        conduct_of(RAW | {"persons": []}, "mine.toml")


def test_responses_stand_under_their_own_kind() -> None:
    made = conduct_of(RAW | {"response": [{"id": "silence", "form": "none"}]}, "mine.toml")
    assert [one.id for one in made.response] == ["silence"]
    with pytest.raises(ConductError, match="income is a life_effect"):
        conduct_of(RAW | {"response": [{"id": "income"}]}, "mine.toml")


def test_duplicate_act_is_an_error() -> None:
    with pytest.raises(ConductError, match="occurs twice"):
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
        (b"id = ", "not valid TOML"),
        (b"a = " + b"[" * 50_000, "nested too deeply"),
        (b"a = " + b"9" * 5_000, "too long"),
        (b"a = 1e99999999999999999999", "too long"),
        (b"#" * (1 << 21), "larger than"),
        (None, "the catalogue has"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "mine.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConductError, match=message):
        load_conduct(path)


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
