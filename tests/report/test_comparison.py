"""The section of a comparison: winners and losers, others' acts, direct and full effect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote

import polars as pl

from scoredsociety.report.elements import Block, Code, Figure, Note, Table
from scoredsociety.report.evidence import ComparisonEvidence, Evidence
from scoredsociety.report.render import report_text, report_title
from scoredsociety.report.sections.comparison.comparison import comparison_section
from scoredsociety.report.sections.summary.summary import summary_section
from scoredsociety.runs.folder.manifest import comparison_command

Make = Callable[..., Evidence]


def blocks(make: Make, comparison: ComparisonEvidence) -> tuple[Block, ...]:
    section = comparison_section(make(comparisons=(comparison,)))
    assert section is not None
    return section.blocks


def figure(make: Make, comparison: ComparisonEvidence, title: str) -> Figure:
    return next(one for one in blocks(make, comparison)
                if isinstance(one, Figure) and one.title == title)  # fmt: skip


def test_winners_and_losers_by_group_with_intervals(
    make: Make, two_lanes: ComparisonEvidence
) -> None:
    found = figure(make, two_lanes, "Worse and better off, by group")
    assert "30.0 (interval 20.0 to 40.0) are worse off under the first" in found.sentence
    rows = {row[0]: dict(zip(found.table.columns, row, strict=True)) for row in found.table.rows}
    assert list(rows) == ["everyone", "place: rural", "place: urban"]  # nobody is under 18
    assert rows["everyone"]["worse"] == "30" and rows["everyone"]["better"] == "10"
    assert rows["everyone"]["worse of 1,000"] == "30.0"
    assert rows["place: rural"]["caution"] == "fewer than 30"
    assert "worse off under the first" in found.svg and 'role="img"' in found.svg
    assert "place: urban,980,29,9,942" in unquote(found.table.csv_address)


def test_harmed_only_by_others_acts_or_why_it_is_not_told(
    make: Make, two_lanes: ComparisonEvidence
) -> None:
    def said(comparison: ComparisonEvidence) -> str:
        return " ".join(one.text for one in blocks(make, comparison) if isinstance(one, Note))

    text = said(two_lanes)
    assert "of 700 whose own acts and records are equal in both, 14 are worse off" in text
    assert "over all pairs 20.0 of 1,000 (interval 15.0 to 25.0)" in text
    refused = replace(two_lanes, only_by_others={"why_not": "the two differ in their scale"})
    assert "is not told: the two differ in their scale" in said(refused)


def test_direct_and_full_effect_stand_apart(make: Make, two_lanes: ComparisonEvidence) -> None:
    found = figure(make, two_lanes, "Direct and full effect on restrictions")
    assert "10.0 of 1,000 in all, 14.0 by what the rules do" in found.sentence
    assert "\N{MINUS SIGN}4.0 because people reacted" in found.sentence
    assert [row[:2] for row in found.table.rows] == [
        ("under at least one restriction", "everyone"),
        ("through an error in the records", "everyone"),
        ("under at least one restriction", "place: rural"),
    ]  # the grade moves by less than what the table can show
    assert "the direction of reactions is not settled" in found.sentence
    assert found.table.rows[0][3:] == (
        "10.0", "8.0", "12.0", "more", "14.0", "13.0", "15.0", "more",
        "\N{MINUS SIGN}4.0", "\N{MINUS SIGN}6.0", "2.0", "not settled",
    )  # fmt: skip


def test_without_them_the_section_says_so_or_leaves_them_out(
    make: Make, two_lanes: ComparisonEvidence
) -> None:
    bare = replace(two_lanes, winners=None, effects=None, only_by_others={}, command="")
    found = blocks(make, bare)
    assert not any(isinstance(one, Figure) and "Worse" in one.title for one in found)
    assert any(isinstance(one, Note) and "--no-direct" in one.text for one in found)
    assert not any(isinstance(one, Code) for one in found)


def test_the_page_leads_with_the_comparison(make: Make, two_lanes: ComparisonEvidence) -> None:
    store = make(comparisons=(two_lanes,))
    assert report_title(store).endswith(", compared with ordinary_law")
    said = str(summary_section(store).blocks[1])
    assert "Against ordinary_law" in said and "30.0 (interval" in said
    assert "scored compare wendeng_2020 ordinary_law" in report_text(store)


def test_what_the_intervals_are_and_what_nobody_met(
    make: Make, two_lanes: ComparisonEvidence
) -> None:
    found = blocks(make, two_lanes)
    assert any(isinstance(one, Note) and "95 of 100 such comparisons" in one.text for one in found)
    tables = [one for one in found if isinstance(one, Table)]
    rows = next(one.rows for one in tables if "What nobody met" in one.caption)
    assert rows == (("second", "rewards", "Bikes without deposit"),)


def test_a_direction_that_is_not_settled_is_said(make: Make, two_lanes: ComparisonEvidence) -> None:
    title = "Difference in restrictions by group"
    assert "not settled" not in figure(make, two_lanes, title).sentence
    assert two_lanes.differences is not None
    unsure = replace(two_lanes, differences=two_lanes.differences.with_columns(sign=pl.lit("")))
    found = figure(make, unsure, title)
    assert "Its direction is not settled." in found.sentence
    assert {row[-1] for row in found.table.rows} == {"not settled"}


def test_nobody_counted_has_an_upper_bound_in_the_sentence(
    make: Make, two_lanes: ComparisonEvidence
) -> None:
    assert two_lanes.winners is not None
    none = two_lanes.winners.with_columns(
        share_better=pl.lit(0.0), share_better_low=pl.lit(0.0), share_better_high=pl.lit(0.004)
    )
    found = figure(make, replace(two_lanes, winners=none), "Worse and better off, by group")
    assert "0.0 (interval 0.0 to 4.0) better off" in found.sentence


def test_every_picture_has_a_table_twin(make: Make, two_lanes: ComparisonEvidence) -> None:
    figures = [one for one in blocks(make, two_lanes) if isinstance(one, Figure)]
    assert len(figures) == 3
    assert all(isinstance(one.table, Table) and one.table.rows for one in figures)
    assert len({one.svg for one in figures}) == 3


def test_the_command_of_a_comparison_names_both_lanes() -> None:
    run = "scored run wendeng_2020 --people 500 --months 6 --seed 3 --switch-off responses"
    one = comparison_command({"command": run}, {"command": f"{run} --without rule.noise"}, 2)
    assert one == (
        "scored compare wendeng_2020 --people 500 --months 6 --seed 3 --switch-off responses "
        "--without rule.noise --replicates 2"
    )
    other = comparison_command({"command": run}, {"command": run.replace("wendeng_2020", "none")},
                               1)  # fmt: skip
    assert other.startswith("scored compare wendeng_2020 none --people 500")
