"""Longer terms on the list for who does it again (O-B13): patch ``list_repeated``, month by month.

Ordinary tickets stand for grounds 3 and 4, so that a small society has repeats.
"""

from __future__ import annotations

import polars as pl

from scoredsociety.results import Run, simulate

TICKETS = (
    'scheme.reads=["court","traffic_police"]', 'rule.hides_assets.on=["parking_ticket"]',
    'rule.asset_report.on=["speeding"]',
)  # fmt: skip
ELSE = ("rule.refuses_to_pay", "rule.company_head", "rule.apology")  # listed without a count
NOBODY_PAYS = "act.judgment_unpaid.rate=0"  # nobody has a judgment, so nobody pays one


def listed_again(*sets: str, months: int) -> Run:
    return simulate(
        "judgment_list", people=600, months=months, threads=1, panel=600, start="2018-01",
        patches=["list_repeated"], sets=[*TICKETS, *sets], without=ELSE,
    )  # fmt: skip


def by_seat(run: Run) -> list[list[tuple[int, str, bool]]]:
    """Count of listings (0 or below), grade and whether on the list, by month, of each subject."""
    subjects = run.panel.filter(pl.col("grade").is_not_null()).sort("seat", "month")
    return [
        [(int(score) // 100, grade, "judgment_list" in lists.split(","))
         for score, grade, lists in one.select("score", "grade", "lists").iter_rows()]
        for one in subjects.partition_by("seat", maintain_order=True)
    ]  # fmt: skip


def test_who_does_it_again_is_listed_for_four_years_from_the_month_after() -> None:
    run = listed_again(NOBODY_PAYS, months=80)
    ended = 0
    for life in by_seat(run):
        until = 0  # first month without a term for repetition
        for month, (count, grade, on) in enumerate(life):
            assert (grade == "repeated") == (count <= -2)
            if month and life[month - 1][1] == "repeated" and until <= month:
                until = month + 48
            ended += bool(until == month and until and count == 0)
            assert on == (count < 0 or month < until), (month, life)
    assert ended  # somebody's term ran out with nothing else on file


def test_payment_ends_a_term_for_repetition() -> None:
    """In four years no term for repetition runs out: whoever is off the list has paid.

    Whoever is seen at a red light has paid, for this test.
    """
    pays = tuple(f'rule.{rule}.corrected_by="red_light"'
                 for rule in ("hides_assets", "asset_report", "again"))  # fmt: skip
    assert not off_the_list(listed_again(NOBODY_PAYS, months=48))
    assert off_the_list(listed_again(*pays, months=48))


def off_the_list(run: Run) -> int:
    """Months off the list of those who once did it again, from two months after on."""
    return sum(
        not on and "repeated" in [grade for _, grade, _ in life[: month - 1]]
        for life in by_seat(run) for month, (_, _, on) in enumerate(life) if month
    )  # fmt: skip
