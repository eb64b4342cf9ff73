"""Status of a rule: five words, and what older files said instead."""

from __future__ import annotations

from pathlib import Path

import pytest

import scoredsociety
from scoredsociety.scheme.model.status import MEANS, STATUSES, status_now
from scoredsociety.scheme.read.load import catalogue, load_scheme

OLD = '''
[scheme]
id = "old"
title = "An old file"
[score]
kind = "points"
start = 100
[[rule]]
id = "one"
on = "parking_ticket"
points = -5
source = {source}
status = "{status}"
'''


@pytest.mark.parametrize(("source", "status", "now"), [
    ('"O-R0"', "documented", "rule_text"),
    ('["O-Z9", "O-R1"]', "documented", "rule_text"),
    ('"O-Z9"', "documented", "operator"),
    ('"O-R0"', "reported", "press"),
    ('"S2-27"', "reported", "press"),
    ('"S2-27"', "disputed", "disputed"),
    ('"S2-27"', "press", "press"),
])  # fmt: skip
def test_what_an_old_file_said(source: str, status: str, now: str, tmp_path: Path) -> None:
    file = tmp_path / "old.toml"
    file.write_text(OLD.format(source=source, status=status))
    assert load_scheme(file).rule[0].status == now


def test_the_catalogue_says_the_new_words() -> None:
    folder = Path(str(scoredsociety.__file__)).parent / "scheme" / "catalogue"
    for path in folder.rglob("*.toml"):
        for word in ("documented", "reported"):
            assert f'status = "{word}"' not in path.read_text(), path.name
    said = {rule.status for name in catalogue() for rule in load_scheme(name).rule}
    assert said <= set(STATUSES) == set(MEANS)


def test_one_s_own_draft_is_a_rule_text() -> None:
    assert status_now("documented", ["draft_law_2027"]) == "rule_text"
