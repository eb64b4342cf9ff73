"""Ledgers of `scored explain --json`, worked out again by a plain scorer (plain_scorer.py)."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tests.ledger.ledgers import (
    Found,
    check_life,
    check_run,
    check_spills,
    errant_conduct,
    fullest,
    months_of,
    traits_of,
)
from tests.ledger.rule_text import Text, points_schemes, read_text

from scoredsociety.results import Run, simulate
from scoredsociety.runs.documents.validate import validate

HERE = Path(__file__).parent
DENSE = HERE / "dense.toml"
CASES = HERE.parent / "engine" / "cases"
OBJECTING = ("response.appeal.values.files=0.5", "response.appeal.values.upheld=1",
             "response.awareness.values.start=0.5")  # fmt: skip
COUNTY = ["wendeng_2020", "weihai_village", "rongcheng_press", "suining_2010"]
REST = ["rongcheng_consent", "shanghai_honest", "suzhou_osmanthus", str(DENSE)]
RIDES = ["uber_drivers", "uber_riders"]


def run_of(
    schemes: list[str], people: int, months: int, seed: int, errant: Path | None = None,
    society: str = "county",
) -> Run:  # fmt: skip
    """A run; with a folder, of a society of many offences, errors and objections."""
    if errant is None:
        return simulate(schemes, people=people, months=months, seed=seed, society=society)
    conduct = str(errant_conduct(errant))
    return simulate(schemes, people=people, months=months, seed=seed, society=society,
                    conduct=conduct, sets=OBJECTING)  # fmt: skip


def checked(run: Run, schemes: list[str], persons: int) -> dict[str, Found]:
    """What the plain scorer has against ledgers of each scheme."""
    traits, texts = traits_of(run), [read_text(name) for name in schemes]
    found = {}
    for text in texts:
        some = fullest(run, persons, text, traits)
        found[text.id] = check_run(run, texts, text, some, traits)
        if any("spill" in rule for rule in text.rules()):
            found[f"{text.id}, spill-over"] = check_spills(run, text, some, traits)
    return found


@pytest.fixture(scope="module")
def errant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    yield run_of([COUNTY[0], COUNTY[1], str(DENSE)], 600, 30, 5, tmp_path_factory.mktemp("errant"))


def test_ledgers_say_what_the_rule_texts_say(errant: Run) -> None:
    found = checked(errant, [COUNTY[0], COUNTY[1], str(DENSE)], 12)
    for name, one in found.items():
        assert not one.wrong, (name, one.wrong[:5])
    dense = found["dense"]
    assert dense.ledgers == 12 and dense.entries > 1200
    for kind in ("doubled", "capped", "spilled", "straight to a grade", "over", "late"):
        assert dense.kinds[kind] > 0, (kind, dense)
    assert found["dense, spill-over"].entries > 5


FAULTS: dict[str, Any] = {
    "points": lambda entry: entry.update(points=entry["points"] - 100),
    "raw points": lambda entry: entry.update(raw_points=entry["raw_points"] + 100),
    "a repeat": lambda entry: entry.update(doubled=not entry["doubled"]),
    "a suspension": lambda entry: entry.update(suspended=not entry["suspended"]),
    "the cap": lambda entry: entry.update(cap="another"),
    "the month": lambda entry: entry.update(month="2020-01"),
    "the act": lambda entry: entry.update(act="takes_bribe"),
    "the rule": lambda entry: entry.update(rule="noise" if entry["rule"] != "noise" else "post"),
}


@pytest.mark.parametrize("fault", [*FAULTS, "an entry gone", "an entry twice", "the grade",
                                   "the score", "the lists"])  # fmt: skip
def test_a_planted_fault_is_found(errant: Run, fault: str) -> None:
    text, planted = read_text(DENSE), 0
    traits = traits_of(errant)
    for months in months_of(errant, text.id, fullest(errant, 4, text, traits)):
        own = traits[months[-1]["person"]]
        at = next((k for k, one in enumerate(months) if counting(one)), None)
        if at is None:
            continue
        assert wrong_of(text, months[: at + 1], own) == []
        altered = [*months[:at], deepcopy(months[at])]
        entry = counting(altered[-1])[-1]
        if fault in FAULTS:
            FAULTS[fault](entry)
        elif fault == "an entry gone":
            altered[-1]["entries"].remove(entry)
        elif fault == "an entry twice":
            altered[-1]["entries"].append(deepcopy(entry))
        else:
            key, last = fault.removeprefix("the "), altered[-1]
            lists = [] if "shown" in last["lists"] else ["shown"]
            last[key] = {"grade": "none", "score": -1, "lists": lists}[key]
        assert wrong_of(text, altered, own), fault
        planted += 1
    assert planted


def counting(ledger: dict[str, Any]) -> list[dict[str, Any]]:
    """Own records of a ledger that carry points, of acts of after its first month."""
    return [one for one in ledger["entries"] if one["cause"] == "own act" and one["points"]
            and one["month"] > "2020-01"]  # fmt: skip


def wrong_of(text: Text, months: list[dict[str, Any]], traits: dict[str, int]) -> list[str]:
    found = Found()
    check_life(text, months, traits, found, True)
    return found.wrong


TEXTS = {
    "points": ("points = -3.25", "points = -3.3"),
    "memory by size": ("up_to = 3, months = 12", "up_to = 3, months = 13"),
    "a rule's own memory": ("memory_months = 18", "memory_months = 17"),
    "a cap": ("year = -11", "year = -4"),
    "a yearly cap": ("yearly_cap = -12", "yearly_cap = -10"),
    "a bracket": ("from = 500, points = -4", "from = 100, points = -4"),
    "yearly brackets": ('bracket_of = "year"\n', ""),
    "an amount": ("amount = { to = 400 }", "amount = { to = 100 }"),
    "repeats": ('repeat = "double"\none_act', 'repeat = "once"\none_act'),
    "the heaviest": ('one_act = "heaviest"\n', ""),
    "a group": ('heaviest_of = "disorder"\n', ""),
    "what is corrected": ('corrected_by = "pays_utility"\nstatus', "status"),
    "a residue": ("points = -1.1, memory_months = 6", "points = -1.2, memory_months = 6"),
    "what spills over": ("points = -1, memory_months = 4", "points = -1, memory_months = 5"),
    "suspended": ("awards_suspended = true\n", ""),
    "a straight grade": ('grade = "low"\nmemory', 'grade = "middle"\nmemory'),
    "for whom": ('{ trait = "urban", from = 1 }', '{ trait = "urban", to = 0 }'),
    "who is read": ('reads = ["traffic_police"]', 'reads = ["police"]'),
    "until when": ('until = "2021-09"\n', ""),
    "a trait": ("from = 4, points = 1.75", "from = 3, points = 1.75"),
    "rounding": ("round_to = 0.5", "round_to = 0.1"),
    "the highest": ("high = 125", "high = 101"),
    "grades": ("from = 104", "from = 100"),
}


@pytest.fixture(scope="module")
def lives(errant: Run) -> list[tuple[list[dict[str, Any]], dict[str, int]]]:
    """Ledgers of some persons under the dense scheme, month by month, with their traits."""
    text, traits = read_text(DENSE), traits_of(errant)
    persons = fullest(errant, 40, text, traits)
    return [(months, traits[months[-1]["person"]])
            for months in months_of(errant, text.id, persons)]  # fmt: skip


@pytest.mark.parametrize("key", TEXTS)
def test_another_text_is_not_what_the_ledgers_say(
    key: str, lives: list[tuple[list[dict[str, Any]], dict[str, int]]], tmp_path: Path
) -> None:
    before, after = TEXTS[key]
    text = DENSE.read_text("utf-8")
    assert before in text
    (tmp_path / "altered.toml").write_text(text.replace(before, after), "utf-8")
    altered = read_text(tmp_path / "altered.toml")
    assert any(wrong_of(altered, months, own) for months, own in lives)


def test_what_a_year_has_used_up_stays_used_with_a_short_memory() -> None:
    assert not validate(str(HERE / "cases" / "short_memory.toml")).problems


def test_all_points_schemes_of_the_catalogue_are_recomputed() -> None:
    ours = {Path(name).stem for name in [*COUNTY, *REST, *RIDES]} - {"dense"}
    assert ours == set(points_schemes())


@pytest.mark.long
@pytest.mark.parametrize("schemes", [COUNTY, REST, RIDES], ids=["county", "rest", "rides"])
@pytest.mark.parametrize("many_errors", [False, True], ids=["everyday", "errant"])
def test_two_hundred_ledgers_of_each_points_scheme(
    schemes: list[str], many_errors: bool, tmp_path: Path
) -> None:
    society = "western_town" if schemes == RIDES else "county"
    folder = tmp_path if many_errors else None
    run = run_of(schemes, 6000, 36, 7, folder, society)
    for name, one in checked(run, schemes, 240 if schemes == COUNTY else 420).items():
        print(f"{name}: {one}")
        assert not one.wrong, (name, one.wrong[:20])


@pytest.mark.long
def test_ledgers_of_made_up_schemes(tmp_path: Path) -> None:
    schemes = [str(CASES / f"{name}.toml") for name in ("order", "repeats", "year")]
    run = run_of(schemes, 3000, 30, 13, tmp_path)
    for name, one in checked(run, schemes, 100).items():
        assert not one.wrong, (name, one.wrong[:20])
