"""Every page that rests on runs says what those runs set and switched off; none is missing.

What a generator runs is caught where it runs it (no month is lived), and held against the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from docs.build import figures, pages, question_figures
from docs.build.stated_settings import of_manifest, said, switches
from scoredsociety.runs.folder.manifest import of_request
from scoredsociety.runs.prepare import prepare
from scoredsociety.runs.scenario import Scenario
from studies import abandonment, expected_signs, friends, generations

Catch = Callable[[pytest.MonkeyPatch], list[Scenario]]


def words_of(page: str) -> list[str]:
    """The words of the command that made a dear page, after its module."""
    return str(pages.stamps()[page]["command"]).split(" -m ")[1].split()[1:]


def of_friends(monkeypatch: pytest.MonkeyPatch, *, as_shown: bool = False) -> list[Scenario]:
    ran: list[Scenario] = []

    def measured(scenario: Scenario) -> tuple[float, float, float]:
        ran.append(scenario)
        return 1.0, 1.0, 1.0

    monkeypatch.setattr(friends, "measured", measured)
    asked = friends.options().parse_args(words_of("friends-visibility" if as_shown else "friends"))
    assert asked.as_shown == as_shown
    run = friends.as_shown if as_shown else friends.study
    run(friends.base_of(asked), asked.replicates)
    return ran


def of_shown(monkeypatch: pytest.MonkeyPatch) -> list[Scenario]:
    return of_friends(monkeypatch, as_shown=True)


def vary(ran: list[Scenario]) -> Callable[[Any, Scenario], Any]:
    """Notes what a case would have been made of."""

    def note(_: Any, scenario: Scenario) -> Any:
        ran.append(scenario)
        return SimpleNamespace(scenario=scenario, prepared=SimpleNamespace(inputs=None))

    return note


def of_signs(monkeypatch: pytest.MonkeyPatch) -> list[Scenario]:
    ran: list[Scenario] = []
    end = expected_signs.End(1.0, 1, 1, 1, 1, 1, 7, 1.0, 1.0, 1.0, 1)
    monkeypatch.setattr(
        expected_signs, "case_of", lambda scenario: SimpleNamespace(scenario=scenario)
    )
    monkeypatch.setattr(expected_signs, "vary", vary(ran))
    monkeypatch.setattr(expected_signs, "read", lambda case: end)
    asked = expected_signs.options().parse_args(words_of("signs"))
    list(
        expected_signs.signs(asked.people, asked.months, expected_signs.seeds_of(asked), asked.only)
    )
    return ran


def of_abandonment(monkeypatch: pytest.MonkeyPatch) -> list[Scenario]:
    ran: list[Scenario] = []
    monkeypatch.setattr(abandonment, "case_of", lambda scenario: SimpleNamespace(scenario=scenario))
    monkeypatch.setattr(abandonment, "vary", vary(ran))
    monkeypatch.setattr(abandonment, "operator_states", lambda inputs: [0])
    asked = abandonment.options().parse_args(words_of("abandonment"))
    abandonment.shares(asked.people, asked.months, range(1, asked.seeds + 1))
    return ran


def of_generations(monkeypatch: pytest.MonkeyPatch) -> list[Scenario]:
    ran: list[Scenario] = []
    zero = generations.Grown(*[generations.np.zeros(1, dtype="int64")] * 2, 0)

    def grown_up(scenario: Scenario, threads: int = 1) -> generations.Grown:
        ran.append(scenario)
        return zero

    monkeypatch.setattr(generations, "grown_up", grown_up)
    asked = generations.options().parse_args(words_of("generations"))
    generations.lanes(generations.asked_base(asked), asked.rules, range(1, asked.seeds + 1))
    return ran


GENERATORS: dict[str, Catch] = {
    "friends": of_friends, "friends-visibility": of_shown, "signs": of_signs,
    "abandonment": of_abandonment, "generations": of_generations,
}  # fmt: skip


OF_QUESTIONS = {"asked-answers": ("silence", "error", "law", "gains"),
                "asked-law": ("silence", "law", "gains"), "asked-error": ("error",)}


@pytest.mark.parametrize("name", OF_QUESTIONS)
def test_the_pages_of_questions_print_the_command_that_was_run(name: str) -> None:
    """Whatever it set or switched off stands in it."""
    part = name.removeprefix("asked-")
    asked = "python -m studies.one_error" if part == "error" else question_figures.command(part)
    for page in OF_QUESTIONS[name]:
        assert f"`{asked}`" in (pages.DOCS / "questions" / f"{page}.md").read_text("utf-8")
    if part == "error":
        assert str(pages.stamps()[name]["command"]) == asked


def test_every_dear_page_of_runs_says_what_they_set() -> None:
    """The ablation's page has its command and a row a rule; validation sets nothing."""
    assert {name for name, _, _ in pages.RUNS} == set(GENERATORS)
    others = {page.name for page in pages.DEAR} - set(GENERATORS)
    assert others == {"ablation", "validation-runs", *OF_QUESTIONS}
    text = (pages.DOCS / "ablation.md").read_text("utf-8")
    made = pages.stamps()["ablation"]["command"].split(" ablate ")[1].removesuffix(" --force")
    assert f"scored ablate {made}" in text


@pytest.mark.parametrize("name", GENERATORS)
def test_no_switch_is_missing_on_the_page(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was run, caught in the act, against the text; what stands there and was not run, too."""
    file = next(file for one, file, _ in pages.RUNS if one == name)
    page = (pages.DOCS / file).read_text("utf-8")
    part = re.search(f"<!-- made: {name}-runs -->\n(.*?)\n<!-- made end -->", page, re.S)
    assert part is not None
    ran = GENERATORS[name](monkeypatch)
    assert len(ran) > 2
    every, _, some = part.group(1).partition("**Set in some**")
    of_all = set(switches(ran[0])).intersection(*map(switches, ran))
    assert all(f"`{one}`" in every for one in of_all)
    listed = {
        key: set(values.split(", ")) for key, values in
        re.findall(r"`([^`]+=)` ([^`]+?)(?=, `|\. Nothing|$)", some)
    }  # fmt: skip
    for scenario in ran:
        for one in set(switches(scenario)) - of_all:
            key, equals, value = one.rpartition("=")
            if key.endswith(".random"):  # searched for, run by run
                assert listed[f"{key}="] == {expected_signs.SEARCHED}
            elif equals:
                assert value in listed[f"{key}="], one
            else:
                assert f"`{one}`" in some, one
    run = {one for scenario in ran for one in switches(scenario)}
    for key, values in listed.items():
        assert all(f"{key}{value}" in run or value == expected_signs.SEARCHED for value in values)
    for scheme in {scheme for one in ran for scheme in one.schemes}:
        assert scheme in every


def test_a_switch_left_unsaid_would_be_found() -> None:
    """A planted fault: a study of friends that had also switched off that ties turn over."""
    base = Scenario(("sesame_documented",))
    runs = [replace(base, switched_off=("visibility", "ties")),
            replace(base, switched_off=("visibility",), sets=("response.ties.form=gap",))]
    text = said(runs)
    assert "**Set in every run**: `--switch-off visibility`." in text
    assert "`--switch-off ties`" in text and "`--set response.ties.form=` gap" in text


def test_a_run_folder_is_said_in_the_same_words() -> None:
    """From the manifest of a run alone."""
    asked = Scenario(
        ("wendeng_2020",), people=100, months=2, start="2021-03", panel=0, settled=True,
        sets=("response.silence.values.weight=0.5",), without=("rule.noise",),
        switched_off=("visibility",),
    )  # fmt: skip
    manifest = of_request(prepare(asked))
    assert set(of_manifest(manifest)) == set(switches(asked)) == {
        "--from 2021-03", "--start settled", "--set response.silence.values.weight=0.5",
        "--without rule.noise", "--switch-off visibility",
    }  # fmt: skip


def test_sentences_with_figures_follow_their_tables() -> None:
    page = (pages.DOCS / "model.md").read_text("utf-8")
    lane = r"likeness of scores, cut less kept \(`sesame_press`, form worth, default\)"
    first = rf"({lane}[^\n]*?)\d+ / 0 / \d+"
    moved, count = re.subn(first, r"\g<1>3 / 0 / 17", page)
    assert count == 1 and "in 17 to 20 of 20 seeds at the default" in figures.signs_said(moved)
    assert figures.generations_said(page.replace("| 18 | kept out of one | 33 |",
                                                 "| 18 | kept out of one | 34 |"))  # fmt: skip
    with pytest.raises(ValueError, match="no part marked 'made: signs'"):
        figures.signs_said("")
