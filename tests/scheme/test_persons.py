"""Of whom a consequence asks: what it compiles to, says, and refuses."""

from __future__ import annotations

from typing import Any

import pytest
from tests.scheme.test_partners import denial, said, scheme

from scoredsociety.conduct.model import Conduct, load_conduct
from scoredsociety.document.problem import DocumentErrors
from scoredsociety.runs.documents.validate import schemas
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile.schemes import compile_schemes
from scoredsociety.scheme.describe.rules_in_words import as_text, rule_book
from scoredsociety.scheme.describe.scheme_diff import diff
from scoredsociety.scheme.read.load import load_scheme
from scoredsociety.society.tables import KEPT, TRAIT, TRAIT_HIGHEST

RURAL = {"trait": "urban", "to": 0}


@pytest.fixture(scope="module")
def conduct() -> Conduct:
    return load_conduct("everyday")


def columns(conduct: Conduct, *asked: dict[str, Any] | None) -> list[list[int]]:
    """The trait, lowest and highest of consequences that ask so."""
    rows = [
        denial() | {"id": f"ban{place}"} | ({"if": one} if one else {})
        for place, one in enumerate(asked)
    ]
    tables, _ = compile_schemes([[(0, scheme(consequence=rows))]], conduct)
    return [[row.if_trait, row.if_min, row.if_max] for row in tables.consequences]


def test_what_is_asked_stands_in_the_row_and_nothing_where_nothing_is(conduct: Conduct) -> None:
    poorer = {"trait": "income_fifth", "from": 1, "to": 2}
    online = {"trait": "internet", "from": 1}
    assert columns(conduct, None, RURAL, poorer, online) == [
        [0, 0, 0], [1 + TRAIT["urban"], 0, 0], [1 + TRAIT["income_fifth"], 1, 2],
        [1 + TRAIT["internet"], 1, 1],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"trait": "urbn"}, "no trait 'urbn'"),
        ({"trait": "work", "from": 2}, "a consequence cannot ask for work, which is not kept"),
        ({"trait": "party", "from": 1}, "a consequence cannot ask for party"),
        ({"trait": "urban", "from": 1, "to": 0}, "urban runs from 0 to 1: from..to is empty"),
        ({"trait": "sex", "from": 3}, "sex runs from 0 to 1: from..to is empty"),
        ({"trait": "religion"}, "no trait 'religion'"),
    ],
)
def test_a_mistake_is_told(asked: dict[str, Any], message: str) -> None:
    problems = said(consequence=[denial(**{"if": asked})])
    assert any(message in one for one in problems), problems


def test_more_different_things_than_a_run_keeps_apart_are_refused(conduct: Conduct) -> None:
    asked = [{"trait": "income_fifth", "to": place} for place in range(t.MOST_ASKED)]
    assert len(columns(conduct, *asked, *asked)) == 2 * t.MOST_ASKED  # each of them twice
    with pytest.raises(DocumentErrors, match="ask at most 4 different if, not 5"):
        columns(conduct, *asked, RURAL)


def test_the_term_of_a_consequence_begins_for_those_whom_it_asks_for(conduct: Conduct) -> None:
    one = denial(months=12, **{"if": RURAL})
    tables, _ = compile_schemes([[(0, scheme(consequence=[one]))]], conduct)
    [row], [effect] = tables.rules, tables.consequences
    assert (row.if_trait, row.if_min, row.if_max) == (TRAIT["urban"], 0, 0)
    assert effect.if_trait == 1 + TRAIT["urban"]


def test_the_rule_book_and_a_difference_say_whom_it_asks_for() -> None:
    asks, plain = scheme(consequence=[denial(**{"if": RURAL})]), scheme(consequence=[denial()])
    assert "Ban (grade C, where the place is rural; denies flights)" in as_text(rule_book(asks))
    [changed] = [line for line in diff(asks, plain) if line.startswith("Ban:")]
    assert changed == "Ban: grade C, where the place is rural in mine, grade C in mine as changed."


def test_the_schema_has_the_key() -> None:
    assert "if" in schemas()["scheme"]["$defs"]["Consequence"]["properties"]


def test_the_village_part_of_the_wendeng_text_is_for_villages() -> None:
    """O-R0: subsidies, credit fund, Party and meetings stand in its part on villages."""
    asks = {one.id for one in load_scheme("wendeng_2020").consequence if one.if_ is not None}
    village = {one.id for one in load_scheme("wendeng_2020").consequence
               if (one.title or "").startswith("Village")}  # fmt: skip
    assert asks == village and len(asks) == 4


def test_what_is_kept_of_everybody_is_kept_as_it_is() -> None:
    for name, (_, mask) in KEPT.items():
        assert mask >= TRAIT_HIGHEST[name] and mask & (mask + 1) == 0, name
