"""Documents that mean the same give the same society, responses on, by the canonical digest.

Each relation says which fault it was seen to fail on; test_planted.py plants most of them anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.metamorphic.documents import (
    asks_for_scores,
    by_scores_and_by_grades,
    can_be_split,
    reordered,
    split,
    with_rule,
)
from tests.metamorphic.living import (
    AWARE,
    UNMOVED,
    assert_same,
    base,
    differing,
    every_scheme,
    live,
    scheme_of,
    taken_for,
)

from scoredsociety.runs.digest.scope import Scope
from scoredsociety.scheme.check.scheme_check import foreign_lists
from scoredsociety.scheme.model.rule import Rule

HERE = Path(__file__).parent
RULED = [name for name in every_scheme() if scheme_of(name).rule]
BY_SCORE = [name for name in every_scheme() if asks_for_scores(scheme_of(name))]


def test_schemes_that_ask_for_scores_are_many() -> None:
    """Nothing below is empty because a selection found nothing."""
    assert len(BY_SCORE) >= 7 and len(RULED) >= 25


def test_the_composite_by_scores_and_by_grades() -> None:
    """Seen to fail before people feared score ranges in their own grades alone: support, objection
    and every tie that follows from them differed."""
    grades = scheme_of(str(HERE / "national_composite_by_grades.toml"))
    one = live([scheme_of("national_composite")], sets=AWARE)
    assert_same(one, live([grades], sets=AWARE))


@pytest.mark.parametrize("name", BY_SCORE)
def test_a_score_range_and_grades_of_the_same_bounds(name: str) -> None:
    """Grades are cut at every threshold in both; one asks for scores, the other for grades.

    Seen to fail before stakes were worked out from what holds after an act: a consequence that
    asks for a score counted in every grade.
    """
    scores, grades = by_scores_and_by_grades(scheme_of(name))
    assert scores.consequence != grades.consequence
    assert_same(live([scores], sets=AWARE), live([grades], sets=AWARE))


@pytest.mark.parametrize("name", RULED)
def test_order_in_a_file(name: str) -> None:
    """Rules, lists, caps, components, partners and consequences in the opposite order.

    Seen to fail with a planted fault: every second rule of the table counts twice.
    """
    scheme = scheme_of(name)
    assert_same(base(name), live([reordered(scheme)], sets=AWARE))


PAIRS = (
    ("wendeng_2020", "sesame_documented"), ("national_composite", "judgment_list"),
    ("suining_2010", "lender_tencent"), ("rongcheng_press", "uk_bureau"),
    ("judgment_list", "rongcheng_consent"),
)  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS)
def test_order_of_schemes(pair: tuple[str, str]) -> None:
    """Seen to fail with a planted fault: schemes after the first start a point higher."""
    one, other = (scheme_of(name) for name in pair)
    forth, back = live([one, other], sets=AWARE), live([other, one], sets=AWARE)
    assert_same(forth, back)


def test_order_of_patches(tmp_path: Path) -> None:
    """Two files that change different things. Seen to fail with a planted fault: the second file
    is not read, which the last line would be alone to see."""
    scheme = scheme_of("wendeng_2020")
    first, second = scheme.rule[0].id, scheme.rule[-1].id
    files = []
    for name, rule in (("a", first), ("b", second)):
        files.append(tmp_path / f"{name}.toml")
        files[-1].write_text(f'remove = ["rule.{rule}"]\n')
    forth, back = (
        live([scheme], sets=AWARE, patches=[str(one) for one in order])
        for order in (files, files[::-1])
    )
    assert_same(forth, back)
    assert differing(forth, live([scheme], sets=AWARE)) != []


SPLIT = [
    (name, rule.id) for name in RULED for rule in scheme_of(name).rule
    if can_be_split(scheme_of(name), rule)
]  # fmt: skip
FEW = SPLIT[:: max(1, len(SPLIT) // 12)]


def test_a_split_rule(name_and_rule: tuple[str, str]) -> None:
    """One rule for the first act and one for the others, of the same gravity.

    Seen to fail with a planted fault: every second rule of the table counts twice.
    """
    name, rule = name_and_rule
    scheme = scheme_of(name)
    parted, ids = split(scheme, next(one for one in scheme.rule if one.id == rule))
    assert_same(base(name), live([parted], sets=AWARE), Scope(), taken_for(name, ids))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "name_and_rule" in metafunc.fixturenames:
        marked = [
            pytest.param(one, id=".".join(one), marks=() if one in FEW else pytest.mark.long)
            for one in SPLIT
        ]
        metafunc.parametrize("name_and_rule", marked)


REASONS = ("long over", "not yet", "of nobody", "of no amount", "unread")


def idle_rules(scheme_name: str) -> dict[str, Rule]:
    """Rules that cannot fire: one for each reason."""
    scheme = scheme_of(scheme_name)
    what: dict[str, object] = {"id": "idle", "on": "red_light", "status": "assumed"}
    what |= {"memory_months": 60}
    if scheme.score.kind == "none":
        what |= {"list": scheme.list_[0].id}
    else:
        what |= {"points": -200, "assumed": ["points"]}
    reasons: dict[str, dict[str, object]] = {
        "long over": {"until": "2001-01"},
        "not yet": {"from": "2090-01"},
        "of nobody": {"if": {"trait": "age", "from": 100, "to": 100}},
        "of no amount": {"on": "tax_owed", "amount": {"from": 10**9}},
        "unread": {"reads": ["platform"]},
    }
    return {why: Rule.model_validate(what | more) for why, more in reasons.items()}


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("name", ["wendeng_2020", "national_composite", "judgment_list"])
def test_a_rule_that_cannot_fire(name: str, reason: str) -> None:
    """First in the file, so that the number of every other rule changes.

    Seen to fail with a planted fault: no rule's time is asked. Seen to fail before stakes went by
    what booking an act would add: a rule for nobody, or one that reads no source of the act, was
    feared.
    """
    scheme = scheme_of(name)
    idle = with_rule(scheme, idle_rules(name)[reason])
    assert_same(base(name), live([idle], sets=AWARE))


def reads_others(name: str) -> bool:
    """Does a scheme follow another's list or grade, or what ties have done under any?"""
    scheme = scheme_of(name)
    own = {one.id for one in scheme.list_}
    return bool(set(foreign_lists(scheme)) - own) or any(
        rule.on_grade is not None and rule.on_grade.scheme != scheme.id for rule in scheme.rule
    )


ALONE = [name for name in RULED if not reads_others(name)]


@pytest.mark.parametrize("name", ALONE)
def test_a_scheme_alone_and_beside_another(name: str) -> None:
    """Responses and life effects off; what is compared is the scheme's own, and the ties.

    Seen to fail with a planted fault: schemes after the first start a point higher.
    """
    beside = "judgment_list" if name != "judgment_list" else "wendeng_2020"
    scope = Scope(schemes=frozenset((name,)), common=False)
    scheme, other = scheme_of(name), scheme_of(beside)
    alone = base(name, (), UNMOVED)
    for order in ([scheme, other], [other, scheme]):
        assert_same(alone, live(order, off=UNMOVED), scope)


def test_a_difference_is_found() -> None:
    """One rule less is seen, alone and among what two runs share."""
    scheme = scheme_of("wendeng_2020")
    fewer = scheme.model_copy(update={"rule": scheme.rule[1:], "example": []})
    one, two = live([scheme]), live([fewer])
    assert differing(one, two) != []
