"""The registry: every measure exists and is whole; the page is the registry."""

import importlib
import re
from math import isnan
from pathlib import Path

import pytest

from scoredsociety.measure import registry
from scoredsociety.measure.measure import RIGHTS, Estimate
from scoredsociety.measure.registry import MEASURES, NEEDS, fed_by, for_question, kind, missing

EXAMPLE = re.compile(
    r"## For studies of one's own.*?```python\n(.*?)```.*?```text\n(.*?)```", re.DOTALL
)
PAGE = Path(__file__).parents[2] / "docs" / "measures.md"


@pytest.mark.parametrize("chosen", MEASURES.values(), ids=lambda k: k.id)
def test_every_measure_is_whole(chosen):
    module, _, function = chosen.function.rpartition(".")
    room = importlib.import_module(f"scoredsociety.measure.{module}")
    assert callable(getattr(room, function))
    assert chosen.needs and set(chosen.needs) <= NEEDS.keys()
    assert set(chosen.rights) <= RIGHTS.keys()
    assert chosen.rights or chosen.id == "variance_ratio"  # a measure of the run, not of people
    assert all((chosen.title, chosen.unit, chosen.denominator, chosen.formula, chosen.reference))


def test_every_question_has_measures():
    asked = {question for chosen in MEASURES.values() for question in chosen.questions}
    assert asked == {f"Q{number}" for number in range(1, 14)}
    assert all(chosen.id for chosen in for_question("Q10"))


def test_every_right_is_borne_on():
    assert {right for chosen in MEASURES.values() for right in chosen.rights} == set(RIGHTS)


def test_a_plan_knows_what_it_feeds():
    assert kind("exclusion_rate") in fed_by(["tally:restricted"])
    assert kind("shorrocks") not in fed_by(["tally:restricted"])
    said = "Mobility between grades needs the transitions between grades"
    assert missing("shorrocks", []) == said
    assert missing("shorrocks", ["transitions"]) == ""
    assert fed_by(NEEDS) == tuple(MEASURES.values())


def test_a_misspelt_measure_is_suggested():
    with pytest.raises(ValueError, match="did you mean 'shorrocks'"):
        kind("shorocks")


def test_a_measure_carries_its_interval_or_says_that_it_has_none():
    with_interval = kind("gini").over_replicates([0.4, 0.5, 0.6])
    assert with_interval.has_interval and with_interval.n == 3
    assert with_interval.value == pytest.approx(0.5)
    bare = kind("gini").measure(0.4, n=100)
    assert not bare.has_interval and isnan(bare.low) and bare.n == 100
    made = kind("chilling").measure(Estimate(0.1, 0.05, 0.15, 80))
    assert (made.low, made.high, made.n, made.rights) == (0.05, 0.15, 80, ("ICCPR 19", "ICCPR 21"))
    pair = kind("exclusion_rate").difference([0.1, 0.2, 0.3], [0.2, 0.3, 0.4])
    assert (pair.low, pair.high) == pytest.approx((0.1, 0.1))


def test_the_page_shows_the_registry():
    """docs/measures.md holds registry.table() as it is; print it there after a change."""
    assert registry.table() in PAGE.read_text(encoding="utf-8")


def test_the_example_for_studies_prints_what_the_page_says(
    capsys: pytest.CaptureFixture[str]
) -> None:
    found = EXAMPLE.search(PAGE.read_text(encoding="utf-8"))
    assert found
    exec(compile(found[1], PAGE.name, "exec"), {})
    assert capsys.readouterr().out == found[2]
