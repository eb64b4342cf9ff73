"""docs/published.md says what the models give: each table on the page is computed again here."""

from pathlib import Path

from examples.published import image_scoring as im
from examples.published import lending as ld
from examples.published import line

PAGE = (Path(__file__).parents[3] / "docs" / "published.md").read_text(encoding="utf-8")


def lending_rows():
    for smaller, words in ((0.125, "1 in 8"), (0.5, "1 in 2")):
        groups, sizes = ld.example(smaller)
        few = groups[0]
        rules = (
            ("most profit (650)", ld.best_for_lender(few)),
            ("equal opportunity", ld.equal_opportunity(groups, sizes)[0]),
            ("equal rates", ld.equal_rates(groups, sizes)[0]),
        )
        for name, rate in rules:
            against = ld.against_the_lender(few, rate)
            yield (f"| {words} | {name} | {100 * rate:.0f} | {few.outcome(rate):+.1f} | "
                   f"{ld.region(few, rate)} | {against} |")  # fmt: skip


def line_rows():
    for percent in (5, 20, 50):
        w = percent / 100
        moves = " | ".join(f"{100 * line.settled(w, d):.2f}" for d in range(4))
        yield f"| {w:.2f} | {moves} | {line.amplification(w):.3f} |"


def image_rows(seeds=100):
    for meetings in (125, 300, 500):
        runs = [im.evolve(im.all_strategies(100, s), 400, s, meetings) for s in range(seeds)]
        good = sum(run.helping(10) > 0.9 for run in runs)
        yield f"| {meetings} | {good} of {seeds} |"


def test_the_page_shows_what_lending_gives():
    for row in lending_rows():
        assert row in PAGE


def test_the_page_shows_what_the_line_gives():
    for row in line_rows():
        assert row in PAGE


def test_the_page_shows_what_image_scoring_gives():
    for row in image_rows():
        assert row in PAGE
