"""A small plausible run, made by hand: no engine, the same numbers each time."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from tests.drawn import charts_are_drawn as charts_are_drawn

from scoredsociety.measure.scoring.unmet import Unmet
from scoredsociety.report.evidence import COLUMNS, ComparisonEvidence, Evidence
from scoredsociety.report.tally_queries import GROUP_ORDER
from scoredsociety.study.paired.direct_effects import EFFECTS
from scoredsociety.study.paired.winners_losers import WINNERS

SCHEME = "wendeng_2020"
PEOPLE = 20_000
MONTHS = [f"{2020 + m // 12}-{m % 12 + 1:02d}" for m in range(12)]
GRADES = ("D", "C", "B", "A", "AA", "AAA")
# people of each group: the first of each dimension is what the others leave
SIZES: dict[str, tuple[int, ...]] = {
    "all": (16_400,),
    "age": (0, 3_300, 4_300, 5_000, 3_800),
    "sex": (8_000, 8_400),
    "place": (5_900, 10_500),
    "schooling": (4_700, 6_100, 3_000, 2_600),
    "income": (3_280, 3_280, 3_280, 3_280, 3_280),
    "account": (2_000, 14_400),
    "internet": (4_300, 12_100),
}


def _shares(month: int, bias: int) -> dict[str, int]:
    """People per 10,000 in each grade; ``bias`` moves some from A down."""
    down = month * (6 + bias)
    return {
        "D": month * 3 + bias * 4, "C": month * 2 + bias * 3, "B": down + 10,
        "AA": 210 + 4 * month, "AAA": 40 + month,
    }  # fmt: skip


def tallies(scheme: str = SCHEME, harsher: int = 0) -> pl.DataFrame:
    """A frame of the agreed layout: grades, restrictions, causes, errors, acts, consequences."""
    rows: list[tuple[Any, ...]] = []

    def add(month: str, measure: str, item: str, dimension: str, group: str, count: int,
            of: int, denominator: str = "subjects") -> None:  # fmt: skip
        rows.append((month, scheme, measure, item, dimension, group, count, of, denominator))

    for place, month in enumerate(MONTHS):
        for dimension, groups in GROUP_ORDER.items():
            for index, group in enumerate(groups):
                of = SIZES[dimension][index]
                if not of:
                    continue
                bias = harsher + (3 - index if dimension in ("income", "schooling") else 1)
                shares = _shares(place, max(bias, 0))
                rest = of
                for grade in ("D", "C", "B", "AA", "AAA"):
                    count = of * shares[grade] // 10_000
                    rest -= count
                    add(month, "grade", grade, dimension, group, count, of)
                add(month, "grade", "A", dimension, group, rest, of)
                bad = of * (shares["D"] + shares["C"]) // 10_000
                error, protected = bad // 10, bad // 6
                add(month, "restricted", "any", dimension, group, bad, of)
                for item, count in (
                    ("error", error), ("protected", protected),
                    ("intended", bad - error - protected),
                ):  # fmt: skip
                    add(month, "restricted_cause", item, dimension, group, count, of)
        for item, count in (("false", 9), ("misattributed", 14), ("late", 130), ("missing", 700)):
            add(month, "errors", item, "all", "all", count + place, PEOPLE, "persons")
        for item, count in (("parking_ticket", 120), ("bad_information", 11), ("volunteering", 90)):
            add(month, "acts", item, "all", "all", count - harsher, PEOPLE, "persons")
        add(month, "consequence", "no_honours", "all", "all", 40 + 9 * place, 16_400)
        add(month, "consequence", "no_management_job", "all", "all", 10 + 4 * place, 16_400)
        add(month, "score", "score", "all", "all", 16_400 * 99_500, 16_400)
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def scheme_document() -> dict[str, Any]:
    """A few rules with their sources, as a parsed file."""
    return {
        "scheme": {
            "id": SCHEME, "title": "Wendeng district points, in force from January 2020",
            "place": "Wendeng district, Weihai", "operator": "district government",
            "participation": "mandatory", "min_age": 18, "visibility": "public",
            "source": ["O-R0"], "status": "rule_text", "assumed": ["min_age"],
        },
        "score": {"kind": "points", "start": 1000, "low": 0, "high": 2000},
        "grade": [
            {"id": "D", "source": ["O-R3"]}, {"id": "C", "from": 600, "source": ["O-R3"]},
            {"id": "B", "from": 850, "source": ["O-R3"]}, {"id": "A", "from": 960},
            {"id": "AA", "from": 1030}, {"id": "AAA", "from": 1050},
        ],
        "rule": [
            {"id": "parking_ticket", "on": "parking_ticket", "points": -5, "source": ["O-R0"],
             "status": "rule_text", "assumed": ["memory_months"], "memory_months": 12},
            {"id": "bad_information", "title": "“Bad information” on WeChat, forums, blogs",
             "on": "bad_information", "points": -50, "source": ["O-R0"],
             "status": "rule_text", "assumed": []},
            {"id": "heroic", "on": "heroic_act", "points": 30, "source": ["O-R6"],
             "status": "press"},
            {"id": "on_judgment_list", "on_list": "judgment_list", "grade": "D",
             "source": ["O-R0"], "status": "rule_text"},
        ],
        "consequence": [
            {"id": "no_honours", "when": {"grade_at_most": "C"}, "denies": "honours",
             "context": "honour", "severity": 2, "source": ["O-R0"], "status": "rule_text"},
            {"id": "no_management_job", "when": {"grade_at_most": "D"},
             "denies": "management_job", "context": "work", "severity": 6,
             "source": ["S2-30"], "status": "press"},
        ],
    }  # fmt: skip


def lives() -> tuple[dict[str, Any], ...]:
    """Three ledgers that add up."""
    def entry(month: str, points: int, rule: str, cause: str = "own act") -> dict[str, Any]:
        return {"month": month, "points": points, "cause": cause, "rule": rule,
                "source": "O-R0", "title": rule.replace("_", " ")}  # fmt: skip

    def life(kind: str, grade: str, *entries: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {
            "kind": kind, "address": "0/3/117", "unit": "centipoints", "ledger": "flow",
            "start": 100_000, "entries": list(entries), "grade": grade,
            "score": 100_000 + sum(e["points"] for e in entries), **more,
        }  # fmt: skip

    return (
        life("typical", "A", entry("2020-04", -500, "parking_ticket")),
        life("high", "AAA", entry("2020-02", 5_000, "volunteer_300_hours"),
             life=[{"month": "2020-02", "act": "volunteers"}]),
        life("restricted_error", "D", entry("2020-06", -45_000, "debt_judgment", "error"),
             life=[{"month": "2020-06", "act": "debt_judgment", "error": "misattributed"}]),
    )  # fmt: skip


def evidence(**changes: Any) -> Evidence:
    """The whole store, with changes."""
    parts: dict[str, Any] = {
        "manifest": {
            "schemes": [SCHEME], "people": PEOPLE, "months": 12, "start": "2020-01", "seed": 1,
            "society": "county", "conduct": "everyday", "checksum": "8f3a0c11",
            "versions": {"scoredsociety": "0.1.0"}, "digests": {"scheme": "77aa"},
        },
        "tallies": tallies(), "schemes": (scheme_document(),), "lives": lives(),
        "society": {"society": {"id": "county", "title": "A county", "source": ["O-D1"]}},
        "targets": ({"id": "urban_share", "published": 0.6389, "made": 0.64, "low": 0.63,
                     "high": 0.65, "met": True},),
    }  # fmt: skip
    return Evidence(**(parts | changes))


@pytest.fixture(scope="session")
def store() -> Evidence:
    """The evidence of a small run."""
    return evidence()


@pytest.fixture(scope="session")
def make() -> Any:
    """The evidence with changes."""
    return evidence


@pytest.fixture
def scheme() -> dict[str, Any]:
    """A scheme document that a test may change."""
    return scheme_document()


@pytest.fixture(scope="session")
def two_lanes() -> ComparisonEvidence:
    """The scheme against ordinary law: fewer acts there, and no restriction by a score."""
    other = tallies(harsher=2).with_columns(
        scheme=pl.when(pl.col("scheme") == SCHEME).then(pl.lit("ordinary_law"))
        .otherwise(pl.col("scheme"))
    )  # fmt: skip
    rows = [
        ("first", "restricted", "any", dimension, group, 4_000, 0.03, 0.02, 0.01, 0.008, 0.012,
         "+", 4, 0.2)
        for dimension, group in (("all", "all"), ("place", "rural"), ("place", "urban"))
    ]  # fmt: skip
    names = ("scheme", "measure", "item", "dimension", "group", "of", "a", "b", "difference",
             "low", "high", "sign", "replicates", "variance_ratio")  # fmt: skip
    return ComparisonEvidence(
        a=SCHEME, b="ordinary_law", a_tallies=tallies(), b_tallies=other, variance_ratio=0.2,
        persons={"lower_score": 300, "higher_score": 100, "same_score": 600, "subjects": 1_000},
        differences=pl.DataFrame(rows, schema=list(names), orient="row"),
        a_schemes=[scheme_document()],
        b_schemes=[{"scheme": {"id": "ordinary_law", "mechanism": "baseline"},
                    "rule": [{"id": "fine"}]}],
        winners=some_winners(),
        effects=some_effects(), luck="4 pairs of runs: 95 of 100 such comparisons.",
        unmet=((), (Unmet("ordinary_law", "reward", "bikes", "Bikes without deposit"),)),
        command="scored compare wendeng_2020 ordinary_law",
        only_by_others={
            "equal_own": 700, "worse_under_a": 14, "worse_under_b": 3, "restricted_under_a": 2,
            "restricted_under_b": 0, "share_under_a": 0.02, "share_under_a_low": 0.015,
            "share_under_a_high": 0.025, "share_under_b": 0.004, "share_under_b_low": 0.0,
            "share_under_b_high": 0.009, "why_not": None,
        },
    )  # fmt: skip


def some_winners() -> pl.DataFrame:
    """Everyone and two groups, of four pairs; a third group has nobody."""
    rows = []
    for dimension, group, of in (("all", "all", 1_000), ("place", "rural", 20),
                                 ("place", "urban", 980), ("age", "0-17", 0)):  # fmt: skip
        worse, better = of * 3 // 100, of // 100
        shares = (0.03, 0.02, 0.04, 0.01, 0.0, 0.02, 0.96, 0.95, 0.97)
        rows.append((dimension, group, of, worse, better, of - worse - better,
                     *(shares if of else (None,) * 9), 4))  # fmt: skip
    return pl.DataFrame(rows, schema=WINNERS, orient="row")


def some_effects() -> pl.DataFrame:
    """Restrictions in all and by cause, a group, and a grade that hardly moves."""
    rows = [
        ("first", measure, item, dimension, group, 4_000, 0.01, 0.008, 0.012, "+", 0.014, 0.013,
         0.015, "+", -0.004, -0.006, 0.002, "", 4)
        for measure, item, dimension, group in (
            ("restricted", "any", "all", "all"), ("restricted_cause", "error", "all", "all"),
            ("restricted", "any", "place", "rural"),
        )
    ]  # fmt: skip
    rows.append(("first", "grade", "B", "all", "all", 4_000, *([0.0001] * 3 + [""]) * 3, 4))
    return pl.DataFrame(rows, schema=EFFECTS, orient="row")
