"""The plain report: what it says, that it adds up, that it is the same each time."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import polars as pl
import pytest

from scoredsociety.report.evidence import ComparisonEvidence, Evidence, EvidenceError
from scoredsociety.report.phrasing import CLAUSE, SYNTHETIC
from scoredsociety.report.render import report_text, sections, write_report
from scoredsociety.report.rights import bears_on, in_order
from scoredsociety.report.sections.basis.assumptions import Assumed, assumption_lines
from scoredsociety.report.sections.finding import finding, widest
from scoredsociety.report.sections.outcomes.exclusion import not_in_force
from scoredsociety.report.sections.outcomes.grades import grades
from scoredsociety.report.sections.outcomes.lives import ledger
from scoredsociety.report.sections.rules.scheme_card import consequences_of
from scoredsociety.report.tally_queries import Count, tally_counts

Make = Callable[..., Evidence]
ORDER = ["summary", "scheme", "society", "excluded", "grades", "causes", "lives", "rights",
         "assumed", "unmet", "published", "limits", "made", "citation",
         "sources"]  # fmt: skip


class Page(HTMLParser):
    """What a page holds: headings, ids, tables, addresses, and whether tags close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src"):
                self.addresses.append(value or "")


@pytest.fixture(scope="module")
def text(store: Evidence) -> str:
    return report_text(store)


def test_sections_stand_in_order_and_none_is_a_stub(store: Evidence) -> None:
    made = sections(store)
    assert [section.id for section in made] == ORDER
    assert all(section.blocks for section in made)


def test_without_data_a_section_is_left_out(make: Make, store: Evidence) -> None:
    bare = make(lives=(), targets=(), society=None,
                tallies=store.tallies.filter(pl.col("measure") != "grade"))  # fmt: skip
    assert {"lives", "society", "grades"}.isdisjoint(s.id for s in sections(bare))


def test_the_finding_is_counted(store: Evidence) -> None:
    row = tally_counts(store, "wendeng_2020", "restricted", item="any", month="2020-12")[0]
    said = finding(store, "wendeng_2020")
    share = f"{100 * row.people / row.of:.2f} %"
    assert share in said
    assert "subjects of the scheme" in said
    cause = tally_counts(store, "wendeng_2020", "restricted_cause", item="protected",
                   month="2020-12")[0]  # fmt: skip
    assert f"{cause.people} for protected conduct" in said


def test_the_widest_difference_skips_small_groups() -> None:
    def row(dimension: str, group: str, people: int, of: int) -> Count:
        return Count("2020-01", "any", dimension, group, people, of, "subjects")

    rows = [row("place", "rural", 300, 1000), row("place", "urban", 200, 1000),
            row("internet", "offline", 29, 29), row("internet", "online", 0, 100)]  # fmt: skip
    found = widest(rows)
    assert found is not None
    assert [one.group for one in found] == ["rural", "urban"]
    assert widest(rows[2:]) is None


def test_a_difference_within_the_luck_of_one_draw_is_not_named() -> None:
    pair = [Count("2020-01", "any", "place", group, people, 100, "subjects")
            for group, people in (("rural", 30), ("urban", 20))]  # fmt: skip
    assert widest(pair) is None


def test_no_national_score_is_said_only_where_it_applies(make: Make, store: Evidence) -> None:
    assert "No national score exists (O-C14)" in report_text(store)
    fico = store.tallies.with_columns(scheme=pl.lit("fico"))
    assert "No national score exists" not in report_text(make(tallies=fico, schemes=()))


def test_ledgers_add_up_or_are_refused(make: Make, store: Evidence) -> None:
    for life in store.lives:
        table = ledger(life)
        assert table.rows[-1][5] == table.rows[-2][5]
    wrong = dict(store.lives[0]) | {"score": 1}
    with pytest.raises(EvidenceError, match=r"typical life adds up to 99500 .* its score is 1$"):
        make(lives=(wrong,))


def test_a_frame_without_a_column_is_refused(make: Make, store: Evidence) -> None:
    with pytest.raises(EvidenceError, match="'denominator'"):
        make(tallies=store.tallies.drop("denominator"))


def test_same_evidence_same_bytes(make: Make, tmp_path: Path) -> None:
    one, two = (write_report(make(), tmp_path / name).read_bytes() for name in ("a", "b"))
    assert one == two
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_row_order_of_the_frame_changes_no_byte(make: Make, store: Evidence, text: str) -> None:
    by_item = store.tallies.sort("group", "month", descending=True)
    shuffled = by_item.sort("measure", "item", maintain_order=True)
    # the order in which acts and errors first occur is theirs; months and groups are not
    again = report_text(make(tallies=shuffled))
    assert sections(make(tallies=shuffled))[3] == sections(store)[3]
    assert len(again) == len(text)


def test_page_is_one_file_without_scripts(text: str) -> None:
    page = Page(text)
    assert not {"script", "link", "iframe", "object", "img"} & set(page.tags)
    kept = ("#", "data:text/csv", "data:image/")
    assert all(address.startswith(kept) for address in page.addresses)
    outside = re.sub(r'xmlns(:xlink)?="http://www.w3.org/[^"]*"', "", unquote(text))
    assert "http" not in outside.replace("http-equiv", "")


def test_headings_descend_by_one_and_ids_are_unique(text: str) -> None:
    page = Page(text)
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(b <= a + 1 for a, b in zip(page.headings, page.headings[1:], strict=False))
    assert len(page.ids) == len(set(page.ids))


def test_the_page_says_what_it_is_and_so_does_each_picture_and_file(text: str) -> None:
    assert re.sub(r'href="[^"]*"', "", text).count(CLAUSE) == 1
    drawings = re.findall(r"<svg(?! class).*?</svg>", text, re.S)
    assert len(drawings) == 8  # four pictures, each for a desk and for a telephone
    for drawing in drawings:
        assert SYNTHETIC in drawing
        assert 'role="img"' in drawing
        assert "<title " in drawing
        assert "<desc " in drawing
    files = re.findall(r'href="data:(?:text|image/svg)[^"]*"', text)
    assert len(files) > 10
    for address in files:
        assert SYNTHETIC in unquote(address)


def test_words_that_a_report_never_says(text: str) -> None:
    plain = unquote(text).replace("not a forecast", "")
    for word in ("discriminat", "forecast", "trustworthy", "obedien"):
        assert word not in plain.lower(), word


def test_shares_of_small_groups_are_not_shown(make: Make, store: Evidence) -> None:
    few = store.tallies.with_columns(
        pl.when(pl.col("group") == "offline").then(24).otherwise(pl.col("of")).alias("of"),
        pl.when(pl.col("group") == "offline").then(3).otherwise(pl.col("count")).alias("count"),
    )
    assert "fewer than 30)" not in report_text(store)
    assert report_text(make(tallies=few)).count("not shown (fewer than 30)") >= 3


def test_rule_texts_are_escaped(make: Make, scheme: dict[str, Any]) -> None:
    scheme["rule"][0]["title"] = "<script>alert(1)</script>"
    scheme["scheme"]["title"] = '"><script>'
    assert "<script" not in report_text(make(schemes=(scheme,)))


def test_the_command_and_python_reproduce(make: Make, store: Evidence) -> None:
    said = report_text(store)
    assert "scored run wendeng_2020 --people 20000" in said
    assert "ss.simulate(&#34;wendeng_2020&#34;, people=20000, months=12" in said
    given = make(manifest={**store.manifest, "command": "scored run x", "python_code": "x = 1"})
    assert "scored run x" in report_text(given)


def test_necessity_table_counts_aim_and_cost(make: Make, two_lanes: ComparisonEvidence) -> None:
    conduct = {"id": "everyday", "act": [
        {"id": "parking_ticket", "harm": 1, "protection": "none"},
        {"id": "bad_information", "harm": 1, "protection": "ICCPR 19"},
    ]}  # fmt: skip
    made = {s.id: s for s in sections(make(comparisons=(two_lanes,), conduct=conduct))}
    table = next(block for block in made["necessity"].blocks if block.kind == "table")
    rows = {row[1]: row[2:] for row in table.rows}
    # the fixture's second lane has two fewer of each act a month, over twelve months
    assert rows["harmful acts that no right protects"] == ("1,416", "1,440", "+24")
    assert rows["acts that a right protects"] == ("108", "132", "+24")
    burden = 12 * 10 + 4 * sum(range(12))
    assert rows["ICESCR 6 (work): person-months of restriction"] == (
        "0", f"{burden}", f"+{burden}",
    )  # fmt: skip
    assert table.columns[2:] == ("without", "with it", "difference")
    assert table.caption.endswith("without: ordinary_law; with it: wendeng_2020")
    notes = [block.text for block in made["necessity"].blocks if block.kind == "note"]
    assert "instead of ordinary_law" in notes[0]  # the law does not hold in the other lane


def test_rights_come_from_the_file_before_the_context() -> None:
    assert bears_on({"context": "work", "right": "ICCPR 25"}) == ("ICCPR 25",)
    assert bears_on({"context": "work"}) == ("ICESCR 6",)
    assert bears_on({"context": "court"}) == ()
    assert in_order(["ICESCR 6", "ICCPR 19", "ICCPR 9"]) == ["ICCPR 9", "ICCPR 19", "ICESCR 6"]


def speech(store: Evidence) -> pl.DataFrame:
    """The frame with wishes to speak and what was forgone."""
    row = store.tallies.filter(pl.col("dimension") == "all").head(1)
    more = [
        row.with_columns(scheme=pl.lit(""), measure=pl.lit(measure), item=pl.lit(item),
                         count=pl.lit(count, pl.Int64)).select(store.tallies.columns)
        for measure, item, count in (
            ("wished", "opinion", 200), ("forgone", "opinion", 24), ("wished", "petition", 20),
            ("forgone", "petition", 20), ("forgone", "burns_outdoors", 7),
        )
    ]  # fmt: skip
    return pl.concat([store.tallies, *more])


def test_silence_is_counted_per_wish_and_apart_from_harm(make: Make, store: Evidence) -> None:
    conduct = {"id": "x", "act": [{"id": "burns_outdoors", "harm": 2}]}
    made = {s.id: s for s in sections(make(tallies=speech(store), conduct=conduct))}
    text, figure, harmful, _ = made["silence"].blocks
    assert text.text == "20 of 100 (20.0 %) wishes to speak fell silent over the run."
    assert [row[0] for row in figure.table.rows] == ["opinion", "petition"]
    assert "24 of 200" not in figure.svg
    assert "12 of 100" in figure.svg
    assert "20 of 20" not in figure.svg  # twenty wishes are too few for a bar
    assert harmful.rows == (("burns outdoors", "7"),)


def test_comparison_says_who_moved(make: Make, two_lanes: ComparisonEvidence) -> None:
    said = report_text(make(comparisons=(two_lanes,)))
    assert "30 of 100 (30.0 %) people scored under both have a lower score" in said
    assert "4 pairs of runs" in said


def test_rules_that_only_reward_say_who_goes_without(make: Make, store: Evidence) -> None:
    document = dict(store.scheme("wendeng_2020"))
    document["consequence"] = [{"id": "lane", "title": "A lane", "grants": "airport_lane"}]
    held = {"place": {"urban": (90, 100), "rural": (10, 100)}, "all": {"all": (100, 200)}}
    rows = [
        {"month": "2020-12", "scheme": "wendeng_2020", "measure": "consequence", "item": "lane",
         "dimension": dimension, "group": group, "count": count, "of": of,
         "denominator": "subjects"}
        for dimension, groups in held.items() for group, (count, of) in groups.items()
    ]  # fmt: skip
    others = store.tallies.filter(pl.col("measure") != "consequence")
    more = pl.DataFrame(rows).select(others.columns).cast(dict(others.schema))  # type: ignore[arg-type]
    said = finding(make(schemes=(document,), tallies=pl.concat([others, more])), "wendeng_2020")
    assert "these rules take nothing away; 50 of 100 (50.0 %)" in said and "“A lane”" in said
    assert "90 of 100 (rural, n = 100, 90.0 %) against 10 of 100 (urban" in said
    assert "no difference in this stands out" not in said


def test_a_partner_out_of_force_is_said_so() -> None:
    document = {"partner": [{"id": "lenders", "from": "2016-01", "until": "2017-12"}]}
    row = {"id": "loan", "partner": "lenders"}
    assert not_in_force(document, row, "2015-12") == "not in force: its partner begins in 2016-01"
    assert not_in_force(document, row, "2016-01") == not_in_force(document, row, "2017-11") == ""
    assert not_in_force(document, row, "2017-12") == "not in force: its partner ended in 2017-12"
    assert not_in_force(document, {"id": "loan"}, "2017-12") == ""


def test_grades_of_one_sentence_are_of_one_round_number(store: Evidence) -> None:
    sentence = next(block.sentence for block in grades(store, store.scheme_ids[0])
                    if hasattr(block, "sentence"))  # fmt: skip
    bases = set(re.findall(r" of (100|1,000|10,000)\b", sentence))
    assert len(bases) == 1, sentence


def test_keys_that_say_nothing_are_said_in_words() -> None:
    (line,) = assumption_lines([Assumed("x", "component.repayment", ("prior_all",), ("12",))])
    assert line[2] == "months that everybody is given (prior_all): 12"


def test_without_an_interval_none_is_printed(make: Make, store: Evidence) -> None:
    targets = tuple({**one, "low": None, "high": None} for one in store.targets)
    assert targets and "not given to" not in report_text(make(targets=targets))


def test_the_card_says_whom_a_consequence_is_for() -> None:
    rows = [{"id": "a", "denies": "subsidies", "if": {"trait": "urban", "to": 0}},
            {"id": "b", "grants": "discounts"}]  # fmt: skip
    table = consequences_of({"consequence": rows})
    assert table is not None
    said = [row[1] for row in table.rows]
    assert said == ["restriction: subsidies, where the place is rural", "reward: discounts"]
