"""How often a score is published: the same month, or rarer, and from a date (S3-72).

Each test says what it is: *implementation*, *fitted* or *predicted*.
"""

from __future__ import annotations

from functools import cache

from tests.engine.runs import START, Kept, everyday, run

from scoredsociety.conduct.model import load_conduct
from scoredsociety.document.read import Document, parse
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.layout import grades_in
from scoredsociety.scheme.compile.schemes import compile_schemes
from scoredsociety.scheme.read.load import load_scheme
from scoredsociety.scheme.read.patch import patch_of, versions

PATCH = """at = "2020-07"

[patch]
id = "yearly_from_july"

[score]
published_every = 12
"""


@cache
def from_july() -> tuple[Inputs, Kept]:
    """Wendeng's rules, published every month, and from July 2020 in Januaries only."""
    conduct = load_conduct("everyday")
    patch = patch_of(Document("yearly.toml", PATCH, parse(PATCH, "yearly.toml")))
    history = [versions(load_scheme("wendeng_2020", conduct), [patch], conduct)]
    inputs = everyday(("wendeng_2020",), 1500, 16)
    tables = tuple(
        (month, compile_schemes(history, conduct, month)[0]) for month in (START, START + 6)
    )
    inputs = inputs._replace(schemes=tables)
    return inputs, run(inputs)[2]


def moved(log: Kept, month: int) -> int:
    """How many persons' published score, grade or flags the month changed."""
    return len(log.changes(month).person)


def test_published_every_month_a_record_shows_in_its_month() -> None:
    """implementation: with the shortest step, a month's records move that month's score."""
    _, log = from_july()
    assert all(moved(log, START + k) > 0 for k in range(1, 6))


def test_from_the_date_on_the_score_moves_in_januaries_only() -> None:
    """implementation: between publications nobody's score or grade changes; in January they do."""
    inputs, log = from_july()
    scores = {}
    for month in range(inputs.origin, inputs.origin + inputs.months):
        changes = log.changes(month)
        grades = grades_in(changes.status).tolist()
        now = dict(
            zip(changes.person.tolist(), zip(changes.score[0].tolist(), grades, strict=True),
                strict=True)
        )  # fmt: skip
        different = [p for p, seen in now.items() if scores.get(p) != seen]
        if month in (START, START + 6, START + 12):
            assert different
        elif month > START + 6:
            assert not different, f"{month - START} months after the start"
        scores |= now
