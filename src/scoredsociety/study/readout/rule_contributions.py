"""What each rule takes, gives and decides, from the last state of a run: nothing is run again.

The records that stand are scored again without those of one rule, as the engine itself does to
tell errors from intentions. That is the rule's *direct* effect, with conduct as it was; the full
one, with everybody's responses, takes a run without the rule (``scored ablate``).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from scoredsociety.engine.layout import lists_in, rule_of, with_grade, with_lists
from scoredsociety.engine.month_view import World
from scoredsociety.engine.run_constants import Setting, world_at
from scoredsociety.engine.state import RunState
from scoredsociety.fixed import Ints
from scoredsociety.runs.prepare import Prepared
from scoredsociety.runs.recorder import panel_of
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile.scheme_names import SchemeNames
from scoredsociety.study.readout.persons import coarse_now, denied_by, derived_of, subjects_now
from scoredsociety.study.readout.rescore import Files, files_of, repeated, scored_again

SAMPLE = 1_000  # subjects drawn by the seed, over whom points by rule are averaged
MOST_RESTRICTED = 500  # restricted persons who are scored again without each of their rules


class Rules(NamedTuple):
    """The rules of a scheme by id; several rows of the table may have one."""

    ids: list[str]
    titles: list[str]
    of_row: Ints  # (rows of the rule table,) place among the ids; -1 of another scheme's row


def contributions_of_rules(
    prepared: Prepared, setting: Setting, state: RunState
) -> list[dict[str, Any]]:
    """Of each points scheme: by rule, points and the restricted who would be free without it.

    ``state`` is the last of the run.
    """
    kinds = prepared.inputs.schemes[-1][1].schemes.kind
    return [
        {"scheme": scheme, **_of_scheme(prepared, setting, state, s)}
        for s, scheme in enumerate(prepared.labels.schemes)
        if int(kinds[s]) == t.POINTS and any(rule.scheme == s for rule in prepared.names.rules)
    ]  # fmt: skip


def _of_scheme(prepared: Prepared, setting: Setting, state: RunState, s: int) -> dict[str, Any]:
    """One scheme; ``exact`` is False where a score that is worked out again is not the published.

    So it is where a scheme reads ties, or publishes less often than monthly.
    """
    world = world_at(prepared.inputs, setting, state.month - 1, state.exchange, state.scalars)
    rules = by_id(prepared.names, s)
    among = subjects_now(state.exchange.status, s)
    panel = panel_of(len(among), SAMPLE, prepared.inputs.seed)
    drawn = files_of(state, panel[among[panel]])
    whole = scored_again(world, s, drawn, np.zeros_like(drawn.words))
    if (whole.score != state.exchange.score[s, drawn.persons]).any():
        return {"exact": False}
    place = rules.of_row[rule_of(drawn.words)]
    mine, number = place >= 0, len(rules.ids)
    points = np.zeros(number, dtype=np.int64)
    np.add.at(points, place[mine], whole.parts[mine])
    persons = np.bincount(pairs(drawn, rules)[1], minlength=number)
    under = np.flatnonzero(denied_by(
        prepared.inputs, state.exchange.status, state.exchange.score, s,
        derived_of(prepared.inputs), coarse=coarse_now(prepared.inputs, setting),
    ))  # fmt: skip
    tried = files_of(state, under[:MOST_RESTRICTED])
    who, which = deciding(prepared, world, state, tried, rules, s)
    decides = np.bincount(which, minlength=number)
    return {
        "exact": True, "sample": len(drawn.persons), "restricted": len(under),
        "tried": len(tried.persons), "several": len(tried.persons) - len(np.unique(who)),
        "rules": [
            {"id": rules.ids[k], "title": rules.titles[k], "points": int(points[k]),
             "persons": int(persons[k]), "decides": int(decides[k])}
            for k in range(number) if persons[k] or decides[k]
        ],
    }  # fmt: skip


def by_id(names: SchemeNames, s: int) -> Rules:
    """The rules of scheme ``s``; the first row with an id gives its title."""
    titles = {rule.id: rule.title for rule in reversed(names.rules) if rule.scheme == s}
    ids = list(titles)
    place = {name: k for k, name in enumerate(ids)}
    of_row = [place[rule.id] if rule.scheme == s else -1 for rule in names.rules]
    return Rules(ids, list(titles.values()), np.array(of_row, dtype=np.int64))


def pairs(files: Files, rules: Rules) -> tuple[Ints, Ints]:
    """Each file with each rule that has a record on it: places of files, places of ids."""
    place = rules.of_row[rule_of(files.words)]
    mine = place >= 0
    found = np.unique(files.owner[mine] * len(rules.ids) + place[mine])
    return found // len(rules.ids), found % len(rules.ids)


def deciding(
    prepared: Prepared, world: World, state: RunState, files: Files, rules: Rules, s: int
) -> tuple[Ints, Ints]:
    """Pairs of a file and a rule without which, alone, nothing would be denied to the person."""
    who, which = pairs(files, rules)
    if not len(who):
        return who, which
    each = repeated(files, who)
    left_out = rules.of_row[rule_of(each.words)] == which[each.owner]
    without = scored_again(world, s, each, left_out.astype(np.int64))
    row = rule_of(each.words)
    bit = world.schemes.rules.list_bit[row]
    lists = np.where((bit >= 0) & ~left_out, 1 << np.maximum(bit, 0), 0)
    listed = np.bitwise_or.reduceat(lists, np.cumsum(each.counts) - each.counts)
    before = state.exchange.status[each.persons].astype(np.int64)
    own = int(world.derived.own_lists[s])  # lists on which only the scheme itself places
    on = lists_in(before)
    after = with_grade(with_lists(before, on & ~own | on & own & listed), s, without.grade)
    score = state.exchange.score[:, each.persons]
    score[s] = without.score
    still = denied_by(
        prepared.inputs, after.astype(np.uint32), score, s, world.derived,
        coarse=world.persons.coarse[each.persons],
    )  # fmt: skip
    return who[~still], which[~still]
