"""What each rule takes, gives and decides, from the last state of a run: nothing is run again.

The records that stand are scored again without those of one rule, as the engine itself does to
tell errors from intentions. That is the rule's *direct* effect, with conduct as it was; the full
one, with everybody's responses, takes a run without the rule (``scored ablate``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from scoredsociety.engine import checkpoint
from scoredsociety.engine.month import account
from scoredsociety.engine.score import PART_GRADE, PART_RECORDS
from scoredsociety.engine.setting import Setting, world_at
from scoredsociety.engine.state import LIST_SHIFT, RunState
from scoredsociety.engine.world import Scratch, World, scratch
from scoredsociety.fixed import Ints
from scoredsociety.scheme import tables as t
from scoredsociety.study.persons import coarse_of, denied_by, derived_of, subjects
from scoredsociety.study.record import panel_of
from scoredsociety.study.scenario import Prepared

SAMPLE = 1_000  # subjects drawn by the seed, over whom points by rule are averaged
MOST_RESTRICTED = 500  # restricted persons who are scored again without each of their rules


class Standing(NamedTuple):
    """One person's records in the last state."""

    person: int
    words: Ints
    open_slots: int
    life: int


def rules_of(prepared: Prepared, setting: Setting, folder: Path) -> list[dict[str, Any]]:
    """Of each points scheme: by rule, points and the restricted who would be free without it."""
    state = checkpoint.load(folder / "checkpoint")
    kinds = prepared.inputs.schemes[-1][1].schemes[:, t.S_KIND]
    return [
        {"scheme": scheme, **of_scheme(prepared, setting, state, s)}
        for s, scheme in enumerate(prepared.labels.schemes)
        if int(kinds[s]) == t.POINTS and any(rule.scheme == s for rule in prepared.names.rules)
    ]  # fmt: skip


def of_scheme(prepared: Prepared, setting: Setting, state: RunState, s: int) -> dict[str, Any]:
    """One scheme; ``exact`` is False where a score that is worked out again is not the published.

    So it is where a scheme reads ties, or publishes less often than monthly.
    """
    world = world_at(prepared.inputs, setting, state.month - 1, state.exchange, state.scalars)
    work = scratch(world.conduct, world.schemes, world.derived)
    among = subjects(state.exchange.status, s)
    drawn = [one for one in panel_of(len(among), SAMPLE, prepared.inputs.seed) if among[one]]
    points: Counter[str] = Counter()
    persons: Counter[str] = Counter()
    for one in standing(state, np.array(drawn, dtype=np.int64)):
        score, _ = scored(world, work, one, s, np.zeros(len(one.words), dtype=np.int64))
        if score != int(state.exchange.score[s, one.person]):
            return {"exact": False}
        mine: set[str] = set()
        for place, word in enumerate(one.words):
            rule = prepared.names.rules[int(word) >> 22]
            if rule.scheme == s:
                points[rule.id] += int(work.parts[PART_RECORDS + place])
                mine.add(rule.id)
        persons.update(mine)
    derived = derived_of(prepared.inputs)
    under = np.flatnonzero(
        denied_by(
            prepared.inputs, state.exchange.status, state.exchange.score, s, derived,
            coarse=coarse_of(prepared.inputs, setting),
        )
    )  # fmt: skip
    decided: Counter[str] = Counter()
    several = 0
    for one in standing(state, under[:MOST_RESTRICTED]):
        names = deciding(prepared, world, work, state, one, s)
        decided.update(names)
        several += not names
    titles = {rule.id: rule.title for rule in reversed(prepared.names.rules) if rule.scheme == s}
    return {
        "exact": True, "sample": len(drawn), "restricted": len(under),
        "tried": min(len(under), MOST_RESTRICTED), "several": several,
        "rules": [
            {"id": name, "title": titles[name], "points": points[name], "persons": persons[name],
             "decides": decided[name]}
            for name in titles if persons[name] or decided[name]
        ],
    }  # fmt: skip


def standing(state: RunState, persons: Ints) -> Iterator[Standing]:
    """The records of some persons, in order of persons."""
    for block in state.blocks:
        ends = np.concatenate([[0], np.cumsum(block.counts, dtype=np.int64)])
        for person in persons[(persons >= block.first) & (persons < block.last)]:
            place = int(person) - block.first
            words = block.records[ends[place] : ends[place + 1]].astype(np.int64)
            yield Standing(
                int(person), words, int(block.ties[place]), int(block.life[place])
            )


def scored(
    world: World, work: Scratch, one: Standing, s: int, left_out: Ints
) -> tuple[int, int]:
    """Score and grade code of the records that are not left out; the ledger is in work.parts."""
    number = len(one.words)
    work.records[:number] = one.words
    work.left_out[:] = 0
    work.left_out[:number] = left_out
    work.parts[:] = 0
    score = int(account(world, one.person, s, number, one.open_slots, one.life, work))
    return score, int(work.parts[PART_GRADE])


def deciding(
    prepared: Prepared, world: World, work: Scratch, state: RunState, one: Standing, s: int
) -> list[str]:
    """Rules without which, each alone, nothing would be denied to this person."""
    words = one.words
    rules = [prepared.names.rules[int(word) >> 22] for word in words]
    table, status = world.schemes.rules, int(state.exchange.status[one.person])
    own = int(world.derived.own_lists[s])
    found = []
    for name in dict.fromkeys(rule.id for rule in rules if rule.scheme == s):
        left_out = np.array([r.scheme == s and r.id == name for r in rules], dtype=np.int64)
        score, grade = scored(world, work, one, s, left_out)
        listed = 0
        for word, out in zip(words, left_out, strict=True):
            bit = int(table[int(word) >> 22, t.R_LIST])
            if bit >= 0 and not out:
                listed |= 1 << bit
        lists = status >> LIST_SHIFT & 255
        lists = lists & ~own | lists & own & listed
        changed = status & ~(255 << LIST_SHIFT) & ~(15 << 4 * s)
        changed |= lists << LIST_SHIFT | grade << 4 * s
        scores = np.array(state.exchange.score[:, [one.person]])
        scores[s, 0] = score
        if not denied_by(prepared.inputs, np.array([changed], dtype=np.uint32), scores, s,
                          world.derived, coarse=world.persons.coarse[[one.person]])[0]:  # fmt: skip
            found.append(name)
    return found
