"""Sections on contagion, mobility, rules, joint cells: what they say, when they are silent."""

from __future__ import annotations

from typing import Any

import pytest
from tests.report.of_state import COUNTS, of_state

from scoredsociety.report.elements import Figure, Note, Section, Table, Text
from scoredsociety.report.evidence import Evidence
from scoredsociety.report.render import sections
from scoredsociety.report.sections.outcomes.contagion import (
    NOT_CAUSE,
    contagion_section,
    reads_ties,
)
from scoredsociety.report.sections.outcomes.mobility import mobility_section, of_100
from scoredsociety.report.sections.rules.rule_effects import ablation_section


def figure(section: Section | None) -> Figure:
    """The one picture of a section."""
    assert section is not None
    return next(block for block in section.blocks if isinstance(block, Figure))


def said(section: Section | None) -> str:
    """Every sentence of a section."""
    assert section is not None
    return " ".join(
        block.sentence if isinstance(block, Figure) else block.text
        for block in section.blocks if isinstance(block, Figure | Text | Note)
    )  # fmt: skip


def test_without_the_state_there_are_no_sections(store: Evidence) -> None:
    ids = {section.id for section in sections(store)}
    assert not ids & {"joint", "mobility", "contagion", "rules"}


def test_sections_stand_in_the_order_of_a_reader(make: Any) -> None:
    ids = [section.id for section in sections(make(**of_state()))]
    order = [one for one in ids if one in ("excluded", "joint", "grades", "lives", "contagion",
                                           "mobility", "rules", "assumed")]  # fmt: skip
    assert order == ["excluded", "joint", "grades", "lives", "contagion", "mobility", "rules",
                     "assumed"]  # fmt: skip


def test_mobility_says_who_stayed_fell_and_rose(make: Any) -> None:
    section = mobility_section(make(**of_state()))
    total = sum(map(sum, COUNTS))
    stayed, fallen = 60 + 150 + 700 + 9_000, 8 + 2 + 20 + 1 + 9 + 190
    text = said(section)
    assert f"Of {total:,} subjects" in text
    assert f"({100 * stayed / total:.1f} %) held the same grade" in text
    assert f"({100 * fallen / total:.1f} %) a lower one" in text
    assert "half had ended within 9 months" in text and "80 stood when the run ended" in text
    assert "25 of 100 were under a restriction again" in text
    table = figure(section).table
    assert table.rows[0] == ("A", "9,200", "9,000", "190", "9", "1")  # highest first, both ways


@pytest.mark.parametrize(("count", "of", "text"), [
    (0, 100, "0"), (93, 100, "93"), (4, 1_000, "0.4"), (1, 10_000, "<0.1"), (3, 12, "few"),
])  # fmt: skip
def test_a_cell_of_100(count: int, of: int, text: str) -> None:
    assert of_100(count, of) == text


def test_few_spells_carry_a_caution(make: Any) -> None:
    parts = of_state()
    parts["moves"][0]["restricted"] |= {"spells": 40, "ended": 3, "median": None}
    assert "fewer than half ended" in said(mobility_section(make(**parts)))
    parts["moves"][0]["restricted"] |= {"spells": 20}
    assert "too few to say how long they last" in said(mobility_section(make(**parts)))


def test_contagion_is_no_cause(make: Any) -> None:
    section = contagion_section(make(**of_state()))
    text = said(section)
    assert NOT_CAUSE in text and "of the other 950" in text
    assert "No rule reads the scores or violations of one's ties." in text
    assert "−0.03" in text
    assert section is not None
    rows = next(block for block in section.blocks if isinstance(block, Table)).rows
    assert rows == (("of a relative's act", "12", "12 of 1,000", "2"),)


def test_what_the_rules_read_of_others_is_named() -> None:
    text = reads_ties({
        "component": [{"id": "friends", "kind": "peers", "title": "Mean score of one's ties"}],
        "rule": [{"id": "x", "title": "Drunk driving", "spill": {"to": "parents"}}],
    })  # fmt: skip
    assert "Read from the scores or violations of one's ties: “Mean score of one's ties”" in text
    assert "Also booked to a relative: “Drunk driving”" in text


def test_rules_say_who_is_restricted_for_one_alone(make: Any) -> None:
    section = ablation_section(make(**of_state()))
    text = said(section)
    assert "30 of 50 (60.0 %)" in text
    assert "direct effect" in text and "scored compare wendeng_2020 --without rule.ID" in text
    assert section is not None
    table = next(block for block in section.blocks if isinstance(block, Table))
    assert table.rows[0][1:] == ("[rule text]", "−120", "24 of 1,000 (2.4 %)")
    assert table.rows[1][2] == "+9"


def test_where_it_is_not_exact_a_command_is_named(make: Any) -> None:
    parts = of_state(rules=({"scheme": "sesame_press", "exact": False},))
    assert "scored ablate sesame_press" in said(ablation_section(make(**parts)))


def test_of_few_who_came_free_no_share_is_said(make: Any) -> None:
    moves = of_state()["moves"][0]
    few = {**moves, "restricted": {**moves["restricted"], "ended": 8}}
    text = said(mobility_section(make(**of_state(moves=(few,)))))
    assert "112 stood when the run ended" in text and "came free" not in text
