"""The description of a conduct document: whole, plain values, nothing assumed hidden."""

from __future__ import annotations

import json
from pathlib import Path

from scoredsociety.conduct.describe import describe_conduct
from scoredsociety.conduct.model import load_conduct


def test_describes_everything_in_plain_values() -> None:
    conduct = load_conduct("everyday")
    made = json.loads(json.dumps(describe_conduct(conduct)))
    assert [one["id"] for one in made["acts"]] == conduct.act_ids
    assert [one["id"] for one in made["sources"]] == conduct.source_ids
    assert "not a forecast" in made["note"]
    assert sum(one["acts"] for one in made["envelopes"]) == len(conduct.act)


def test_every_assumed_number_is_listed() -> None:
    conduct = load_conduct("everyday")
    listed = {one["entry"]: one["numbers"] for one in describe_conduct(conduct)["assumed"]}
    for act in conduct.act:
        assert listed.get(f"act.{act.id}", []) == list(act.assumed)
    assert listed["source.court"] == ["coverage", "missing", "late", "misattributed"]
    assert "rate" not in listed["act.blood_donation"]  # O-D17


def test_cited_facts_have_the_form_of_an_id() -> None:
    for name in describe_conduct(load_conduct("everyday"))["cited"]:
        head, _, tail = name.partition("-")
        assert (head in ("S0", "S1", "S2", "S3", "S4", "O", "L") and tail) or name[0] == "V", name


def test_the_page_names_every_act_and_source() -> None:
    page = (Path(__file__).parents[2] / "docs" / "conduct.md").read_text("utf-8")
    conduct = load_conduct("everyday")
    missing = [name for name in conduct.act_ids + conduct.source_ids if f"`{name}`" not in page]
    assert not missing
