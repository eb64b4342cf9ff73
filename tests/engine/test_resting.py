"""Records that rest on others: repeats, what a year has used up, exits before late listings.

Each score is worked out once more here, from the file of the person and the rule text alone.
Each test says what it is (see test_respond.py).
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import numpy as np
from tests.engine.responding import responding, watch
from tests.engine.runs import START, run
from tests.engine.test_appeal import objecting

from scoredsociety.conduct.model import Conduct, load_conduct
from scoredsociety.conduct.tables import ResponseTables
from scoredsociety.engine import tally as ta
from scoredsociety.engine.collect.observation import OWN
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.layout import ERRORS, STALE, flags_of, month_of, rule_of
from scoredsociety.engine.replay.household_replay import relive_each
from scoredsociety.engine.state import RunState
from scoredsociety.runs.documents.worked_examples import failing_examples
from scoredsociety.scheme.compile.schemes import compile_schemes
from scoredsociety.scheme.read.load import load_scheme
from scoredsociety.society.people.seats import place
from scoredsociety.society.recipes.recipe import load_society

CASES = Path(__file__).parent / "cases"
CATALOGUE = files("scoredsociety.conduct") / "catalogue"
ON_TIME = "[0, 0, 0]"
EVERYONE = 0  # the margin of everybody
MEMORY = 12  # of the rule in repeats.toml


def conduct(folder: Path, late: str, **changed: str) -> Conduct:
    """Everyday conduct with more occasions, in which every source is so late (three shares).

    ``changed``: by act, the lines to put in place of those with the same keys.
    """
    text = (CATALOGUE / "everyday.toml").read_text(encoding="utf-8")
    text = re.sub(r"^late = .*$", f"late = {late}", text, flags=re.M)
    text = text.replace("candidates_a_year = 2.05", "candidates_a_year = 6", 1)
    for act, lines in changed.items():
        first = text.index(f'id = "{act}"')
        last = text.index("[[act]]", first)
        block = text[first:last]
        for line in lines.split("; "):
            key = line.split(" = ")[0]
            block = re.sub(rf"^{key} = .*$", line, block, flags=re.M)
        text = text[:first] + block + text[last:]
    path = folder / "conduct.toml"
    path.write_text(text, encoding="utf-8")
    return load_conduct(str(path))


def inputs(
    scheme: str, document: Conduct, people: int = 1500, months: int = 30,
    responses: ResponseTables | None = None,
) -> Inputs:  # fmt: skip
    """The county under a scheme and conduct, in communities as they are."""
    recipe = load_society("county")
    compiled, _ = compile_schemes([[(START, load_scheme(scheme, document))]], document)
    made = Inputs(
        recipe.compile(), place(recipe, people), ((START, document.compile()),),
        ((START, compiled),), 1, START, months,
    )  # fmt: skip
    return made if responses is None else responding(made, responses)


def files_of(state: RunState) -> list[list[int]]:
    """The records of each person."""
    found = []
    for block in state.blocks:
        ends = np.concatenate([[0], np.cumsum(block.counts, dtype=np.int64)])
        for first, last in zip(ends, ends[1:], strict=False):
            found.append(block.records[first:last].tolist())
    return found


def plain(months: list[int], now: int) -> int:
    """Centipoints under repeats.toml of records booked in ``months``, when all are known."""
    total = 0
    for place_, month in enumerate(sorted(months)):
        earlier = sorted(months)[:place_]
        repeat = any(month < other + MEMORY for other in earlier)
        if month <= now < month + MEMORY:
            total -= 500 * (1 + repeat)
    return 100_000 + total


def test_a_repeat_counts_twice_whatever_the_order_of_arrival(tmp_path: Path) -> None:
    """implementation: of two valid records the later is doubled, also where it was filed first."""
    late = conduct(tmp_path, "[0.2, 0.2, 0.3]", noise="rate = 0.9")
    state, _, _ = run(inputs(str(CASES / "repeats.toml"), late, months=MEMORY))
    now, score = state.month - 1 - START, state.exchange.score[0]
    held = files_of(state)
    scored = np.flatnonzero(state.exchange.status & 15 != 15).tolist()
    assert sum(len(held[person]) > 1 for person in scored) > 100
    for person in scored:
        months = [month_of(word) for word in held[person]]
        assert score[person] == plain(months, now), (person, months)


def test_a_struck_record_doubles_nothing(tmp_path: Path) -> None:
    """implementation: once a wrong record is struck, what rested on it is worked out anew."""
    on_time = conduct(tmp_path, ON_TIME, noise="rate = 0.9; false_rate = 0.05")
    made = inputs(
        str(CASES / "repeats.toml"), on_time, people=4000, months=MEMORY,
        responses=objecting(files="0.5", upheld="1"),
    )  # fmt: skip
    state, _, log = watch(made)
    now, score = state.month - 1 - START, state.exchange.score[0]
    upheld = sum(int(one.appeals[0, ta.A_UPHELD, EVERYONE]) for one in log.tallies)
    assert upheld > 100
    held = files_of(state)
    for person in np.flatnonzero(state.exchange.status & 15 != 15).tolist():
        months = [month_of(word) for word in held[person]]
        assert score[person] == plain(months, now), (person, months)


def test_what_is_over_stays_only_while_another_rests_on_it(tmp_path: Path) -> None:
    """implementation: no file holds a record that is over and on which nothing rests."""
    on_time = conduct(tmp_path, ON_TIME, noise="rate = 0.9")
    state, _, _ = run(inputs(str(CASES / "repeats.toml"), on_time))
    now, kept = state.month - 1 - START, 0
    for words in files_of(state):
        months = [month_of(word) for word in words]
        for month in months:
            if month + MEMORY <= now:
                kept += 1
                assert any(month < other < month + MEMORY for other in months if
                           other + MEMORY > now), months  # fmt: skip
    assert kept > 50


def test_an_exit_before_its_late_listing_makes_it_a_stale_one(tmp_path: Path) -> None:
    """implementation: who pays before the listing is booked is listed through an error."""
    late = conduct(
        tmp_path, "[0, 0, 0.9]",
        judgment_unpaid="rate = 0.3; "
        'episode = { bit = 0, stays = 0.3, ends_with = "pays_judgment" }',
    )  # fmt: skip
    unpaid, pays = (late.act_ids.index(act) for act in ("judgment_unpaid", "pays_judgment"))
    made = inputs("judgment_list", late, 600, 12)
    _, setting, log = run(made)
    corrected_by = made.schemes[0][1].rules.corrected_by
    overtaken = 0
    for months in relive_each(made, setting, log, range(0, 600, 2)):
        for month in months:
            done = month.acts.act.tolist()
            filed = [done[place] for place, _, whose, *_ in month.filed.tolist() if whose == OWN]
            if pays not in filed or unpaid in done[done.index(pays) :]:
                continue
            for word in month.records.tolist():
                ahead = START + month_of(word) > month.month
                if ahead and corrected_by[rule_of(word)] == pays:
                    assert flags_of(word) & ERRORS, "a listing still under way"
                    overtaken += bool(flags_of(word) & STALE)
    assert overtaken > 20


def test_a_years_cap_and_brackets_stay_used() -> None:
    """implementation: the examples of year.toml hold."""
    document = load_conduct("everyday")
    assert failing_examples(load_scheme(str(CASES / "year.toml"), document), document) == []


def test_examples_go_by_the_order_of_the_month() -> None:
    """implementation: the examples of order.toml hold."""
    document = load_conduct("everyday")
    assert failing_examples(load_scheme(str(CASES / "order.toml"), document), document) == []
