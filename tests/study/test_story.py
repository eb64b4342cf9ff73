"""Stories: documents that load and hold their examples, dates in order, counts of their month."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from scoredsociety.calendar import month_number
from scoredsociety.conduct.model import load_conduct
from scoredsociety.engine.inputs import Machine
from scoredsociety.engine.layout import lists_in
from scoredsociety.engine.run import advance_run, begin_run
from scoredsociety.engine.run_constants import settle
from scoredsociety.errors import UserError
from scoredsociety.measure.tallies import frame_of
from scoredsociety.report.elements import Table
from scoredsociety.report.evidence import Evidence
from scoredsociety.report.render import SECTIONS
from scoredsociety.report.sections.outcomes.timeline import story_section
from scoredsociety.runs.documents.worked_examples import failing_examples
from scoredsociety.runs.folder.manifest import of_request
from scoredsociety.runs.prepare import prepare
from scoredsociety.runs.scenario import Scenario
from scoredsociety.scheme.read.load import load_scheme
from scoredsociety.study.stories.story import (
    FOLDER,
    load_story,
    scenario_of_story,
    somebody_with,
    stories,
    story_of,
    tell,
)

ASKED = ("childcare", "gladsaxe", "list", "rongcheng", "schufa", "sesame", "suining")


def test_the_stories_asked_for_are_there() -> None:
    assert set(ASKED) <= set(stories())


@pytest.mark.parametrize("name", stories())
def test_a_story_can_be_run_and_its_moments_are_in_order(name: str) -> None:
    story = load_story(name)
    prepared = prepare(scenario_of_story(story, 200))
    months = [month_number(one.at) for one in story.moment]
    assert months == sorted(months)
    assert prepared.first <= months[0]
    assert months[-1] < prepared.inputs.origin + prepared.inputs.months
    assert all(one.source or "source" in one.says or "{" in one.says for one in story.moment)
    tallies = pl.concat([_counts(prepared, month) for month in months])
    told = list(tell(story, prepared.labels.schemes[0], tallies))
    assert len(told) == len(story.moment)
    assert not any("{" in one.text for one in told)  # every count is of something that exists
    for scheme in story.schemes:
        if scheme.endswith(".toml"):
            conduct = load_conduct("everyday")
            assert failing_examples(load_scheme(str(FOLDER / scheme), conduct), conduct) == []


def _counts(prepared, month):  # type: ignore[no-untyped-def]
    """A month in which nothing happened, with every row that a run would have."""
    from scoredsociety.engine.rule_index import derive
    from scoredsociety.engine.tally import empty_tallies

    schemes, conduct = prepared.inputs.schemes[0][1], prepared.inputs.conduct[0][1]
    return frame_of(month, empty_tallies(conduct, schemes, derive(schemes, conduct)),
                    prepared.labels)  # fmt: skip


def test_counts_are_of_the_month_and_records_add_up() -> None:
    story = load_story("suining")
    rows = [("2010-01", "grade", "A", 7, 9), ("2010-02", "grade", "D", 2, 9),
            ("2010-01", "records", "late_loan", 4, 9),
            ("2010-02", "records", "late_loan@2010-02", 5, 9),
            ("2010-01", "restricted", "any", 1, 9)]  # fmt: skip
    tallies = pl.DataFrame(
        [(*row, "all", "suining_2010") for row in rows], orient="row",
        schema=["month", "measure", "item", "count", "of", "dimension", "scheme"],
    )  # fmt: skip
    first, second, *_ = tell(story, "suining_2010", tallies)
    assert "9 people are scored; 7 of them are an A" in first.text
    assert "9 missed payments" in second.text and "2 people are a D" in second.text


def test_liu_hus_rule_reaches_somebody_whom_payment_does_not_free() -> None:
    story = load_story("liu_hu").model_copy(update={"months": 10})
    prepared = prepare(scenario_of_story(story, 6000))
    machine = Machine(1, 4)
    setting = settle(prepared.inputs, machine)
    state = advance_run(
        prepared.inputs, setting, begin_run(prepared.inputs, setting, machine), machine=machine
    )
    person = somebody_with(prepared, state, "apology")
    assert person is not None
    assert lists_in(int(state.exchange.status[person]))
    rule = next(one for one in prepared.versions.schemes[0][0][1].rule if one.id == "apology")
    assert rule.corrected_by is None and rule.memory_months == 4095


def test_an_unknown_story_is_one_sentence() -> None:
    with pytest.raises(UserError, match="there is no story suinin"):
        load_story("suinin")


@pytest.mark.parametrize("name", stories())
def test_the_report_of_a_story_has_its_timeline(name: str) -> None:
    """Of the run's manifest alone, whoever asked for it: moments, sources, caution."""
    story = load_story(name)
    prepared = prepare(replace(scenario_of_story(story, 200), seed=7))
    months = [month_number(one.at) for one in story.moment]
    tallies = pl.concat([_counts(prepared, month) for month in months])
    evidence = Evidence(of_request(prepared), tallies)
    section = story_section(evidence)
    assert section is not None and section.title == "What happened, and what it did here"
    table = next(block for block in section.blocks if isinstance(block, Table))
    assert [row[0] for row in table.rows] == [one.at for one in story.moment]
    assert all(set(one.source) <= set(row[2].split(", ")) for one, row in
               zip(story.moment, table.rows, strict=True))  # fmt: skip
    assert story.caution in [getattr(block, "text", "") for block in section.blocks]
    assert story_section in SECTIONS


def test_another_run_tells_no_story() -> None:
    story = load_story("suining")
    asked = scenario_of_story(story, 200)
    for other in (replace(asked, patches=()), replace(asked, months=35),
                  replace(asked, switched_off=("responses",)), Scenario(("wendeng_2020",))):
        assert story_of(of_request(prepare(other))) is None
