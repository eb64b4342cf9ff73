"""Nearest counterfactuals: the smallest single change after which things would stand otherwise.

A counterfactual explanation (Wachter, Mittelstadt and Russell 2018) names no weights: it says
what would have had to be different. Here nothing is guessed: each single change (a record that
is missing, an error that is corrected, an act not done, a rule left out) is lived through again.
*Direct*: everybody else held as they were. *Full*: the whole society run again, where a rule is
left out or a planted record is not planted; then others may react, and differ too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from scoredsociety.calendar import month_text
from scoredsociety.engine.alternative import Edit, Mail, Published, alternatives
from scoredsociety.engine.life import LifeMonth, Log
from scoredsociety.engine.run import Machine, Setting
from scoredsociety.engine.state import CORRECTED, DOUBLED, FALSE, MISATTRIBUTED, SPILLED, Messages
from scoredsociety.errors import UserError
from scoredsociety.fixed import Ints
from scoredsociety.scheme.names import RuleName
from scoredsociety.scheme.tables import NO_GRADE
from scoredsociety.study.bits import (
    act_of_message,
    flags_of_message,
    flags_of_record,
    grade_of_status,
    rule_of_record,
)
from scoredsociety.study.observe import Case, simulate_case
from scoredsociety.study.persons import denied_by
from scoredsociety.study.scenario import Prepared, prepare_changed

MOST_EDITS = 60
ERROR, RECORD, ACT, RULE = "error corrected", "record missing", "act not done", "rule left out"
KINDS = (ERROR, RECORD, ACT, RULE)  # from the smallest change to the largest


@dataclass(frozen=True)
class Counterfactual:
    """One single change and what would stand instead; scores in centipoints."""

    change: str
    kind: str
    month: str | None
    rule: str
    act: str | None
    score: int
    grade: str | None
    restricted: bool
    score_change: int
    next_grade: bool  # a better grade than the true one
    lifts: bool  # restricted, and would not be
    full: Mapping[str, Any] | None = None  # the same with the whole society run again


class Change(NamedTuple):
    """A change that could be made, before it is lived through."""

    kind: str
    month: int | None
    rule: RuleName
    act: str | None
    edit: Edit
    word: int = -1  # the record that is at stake


class Standing(NamedTuple):
    """What stands of a person."""

    score: int
    grade: int
    restricted: bool


def counterfactuals(
    prepared: Prepared, setting: Setting, log: Log, person: int, lived: Sequence[LifeMonth],
    s: int, full: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Every single change to the person's file in the last month ``lived``, and the nearest ones.

    ``nearest`` holds the smallest change that gives the next grade, and the smallest that lifts
    the restriction (None: no single change does, or there is nothing to lift).
    """
    last = lived[-1].month
    changes = list(every_change(prepared, lived, s))[:MOST_EDITS]
    edits = [change.edit for change in changes]
    true, others = alternatives(prepared.inputs, setting, log, person, edits, last)
    was = standing(prepared, true, s)
    found = [
        outcome(prepared, change, standing(prepared, other, s), was, s)
        for change, other in zip(changes, others, strict=True)
        if change.kind != ACT or change.word not in unmarked(other.records)
    ]  # what goes on by itself, as arrears do, is not undone in one month
    near = {
        "next_grade": nearest(found, [one.next_grade for one in found]),
        "lifts": nearest(found, [one.lifts for one in found]),
    }
    if full:
        whole = Whole(prepared, person, s, last)
        near = {name: whole.lived(found, place) for name, place in near.items()}
        found = whole.with_full(found)
    return {
        "month": month_text(last),
        "restricted": was.restricted,
        "counterfactuals": [asdict(one) for one in found],
        "nearest": {
            name: None if place is None else asdict(found[place]) for name, place in near.items()
        },
    }


def nearest(found: Sequence[Counterfactual], does: Sequence[bool]) -> int | None:
    """Place of the smallest change that does it: by kind, then by how little the score moves."""
    fit = [place for place, yes in enumerate(does) if yes]
    return min(
        fit, default=None,
        key=lambda k: (KINDS.index(found[k].kind), abs(found[k].score_change), k),
    )  # fmt: skip


def standing(prepared: Prepared, published: Published, s: int) -> Standing:
    """Score, grade and restriction of what was published."""
    status = np.array([published.status], dtype=np.uint32)
    score = published.score[:, None].astype(np.int32)
    under = bool(denied_by(prepared.inputs, status, score, s)[0])
    return Standing(int(published.score[s]), grade_of_status(published.status, s), under)


def outcome(
    prepared: Prepared, change: Change, now: Standing, was: Standing, s: int
) -> Counterfactual:
    """What a change would have meant."""
    grades = prepared.names.grades[s]
    both = now.grade != NO_GRADE and was.grade != NO_GRADE
    when = None if change.month is None else month_text(change.month)
    words = {
        ERROR: f"without the wrong record of {when}: {change.rule.title}",
        RECORD: f"if the record of {when} were missing: {change.rule.title}",
        ACT: f"if the act of {when} had not been done: {change.rule.title}",
        RULE: f"without the rule: {change.rule.title}",
    }
    return Counterfactual(
        words[change.kind], change.kind, when, change.rule.key, change.act, now.score,
        grades[now.grade].id if now.grade < len(grades) else None, now.restricted,
        now.score - was.score, both and now.grade > was.grade,
        was.restricted and not now.restricted,
    )  # fmt: skip


def every_change(prepared: Prepared, lived: Sequence[LifeMonth], s: int) -> Iterator[Change]:
    """Records that stand in the last month (each once), their acts, and the rules behind them."""
    rules = prepared.names.rules
    began: dict[int, LifeMonth] = {}  # by record, the month in which it was filed
    for one in lived:
        for word in unmarked(one.records):
            began.setdefault(word, one)
    named: dict[str, RuleName] = {}
    for word in dict.fromkeys(unmarked(lived[-1].records)):
        rule = rules[rule_of_record(word)]
        if rule.scheme != s:
            continue
        named.setdefault(rule.id, rule)
        yield from changes_of(prepared, word, rule, began[word])
    first = prepared.inputs.origin
    for name, rule in named.items():
        try:
            other = prepare_changed(prepared, (f"rule.{name}",))
        except UserError:
            continue  # it does not go alone: another rule needs it
        edit = Edit(first, mail=renumbered(prepared, other), schemes=other.inputs.schemes)
        yield Change(RULE, None, rule, None, edit)


def unmarked(records: Ints) -> list[int]:
    """Records without the mark that they count twice, which may come and go."""
    return [word & ~(DOUBLED << 4) for word in records.tolist()]


def changes_of(
    prepared: Prepared, word: int, rule: RuleName, began: LifeMonth
) -> Iterator[Change]:
    """What could be otherwise about one record."""
    flags = flags_of_record(word)
    ids = prepared.conduct.act_ids
    acts = {ids.index(name) for name in rule.acts}
    if flags & CORRECTED:  # the residue of a correction goes with what was corrected
        return
    if flags & (MISATTRIBUTED | SPILLED):
        kind = ERROR if flags & MISATTRIBUTED else RECORD
        drop = without_letter(began.month, rule_of_record(word), acts, flags)
        yield Change(kind, began.month, rule, None, Edit(began.month, mail=drop))
        return
    done = [int(row[0]) for row in began.acts if int(row[0]) in acts]
    wrong = bool(flags & FALSE)
    for act in dict.fromkeys(done[:1]):
        kind = ERROR if wrong else RECORD
        yield Change(kind, began.month, rule, ids[act], Edit(began.month, unseen=act))
        if not wrong:
            yield Change(ACT, began.month, rule, ids[act], Edit(began.month, undone=act),
                         word)  # fmt: skip


def without_letter(month: int, rule: int, acts: set[int], flags: int) -> Mail:
    """What arrives in a month, less the first message that brought such a record."""

    def less(mail: Messages, now: int) -> Messages:
        if now != month:
            return mail
        for place, content in enumerate(mail.content.tolist()):
            act = act_of_message(content)
            brought = act in acts if act is not None else content >> 28 & 4095 == rule
            same = not (flags_of_message(content) ^ flags) & (MISATTRIBUTED | SPILLED)
            if brought and (same or act is None):
                kept = np.arange(len(mail.content)) != place
                return Messages(*(column[kept] for column in mail))
        return mail

    return less


def renumbered(prepared: Prepared, other: Prepared) -> Mail:
    """What arrives, with rules of relatives' acts under their numbers in the other tables."""
    places = {(rule.scheme, rule.key): k for k, rule in enumerate(other.names.rules)}
    new = [places.get((rule.scheme, rule.key), -1) for rule in prepared.names.rules]

    def numbered(mail: Messages, _: int) -> Messages:
        content, kept = mail.content.copy(), np.ones(len(mail.content), dtype=bool)
        for place, one in enumerate(content.tolist()):
            if act_of_message(one) is None:
                code = new[one >> 28 & 4095]
                kept[place] = code >= 0
                content[place] = one & ~(4095 << 28) | max(code, 0) << 28
        return Messages(mail.target[kept], content[kept], mail.origin[kept])

    return numbered


class Whole:
    """The whole society run again under a change that is one of a run's own words."""

    def __init__(self, prepared: Prepared, person: int, s: int, last: int) -> None:
        self.prepared, self.person, self.s = prepared, person, s
        self.months = last + 1 - prepared.first
        self.found: dict[int, dict[str, Any]] = {}

    def lived(self, found: Sequence[Counterfactual], place: int | None) -> int | None:
        """Run the society again under the change, where the run's words can say it."""
        if place is not None and place not in self.found:
            other = self.under(found[place])
            if other is not None:
                self.found[place] = self.compared(other)
        return place

    def under(self, change: Counterfactual) -> Prepared | None:
        """The run without a rule, or without a record that was planted; None for what luck did."""
        if change.kind == RULE:
            name = next(r.id for r in self.prepared.names.rules if r.key == change.rule)
            return prepare_changed(self.prepared, (f"rule.{name}",))
        scenario = self.prepared.scenario
        planted = [
            place for place, one in enumerate(scenario.planted)
            if one.split(":")[0] == str(self.person) and one.split(":")[2] == change.month
        ]
        if change.kind != ERROR or not planted:
            return None
        words, rows = list(scenario.planted), list(self.prepared.inputs.planted)
        del words[planted[0]], rows[planted[0]]
        return self.prepared._replace(
            scenario=replace(scenario, planted=tuple(words)),
            inputs=self.prepared.inputs._replace(planted=tuple(rows)),
        )

    def compared(self, other: Prepared) -> dict[str, Any]:
        """The person's standing with everybody reacting, and how many others stand otherwise."""
        a, b = (simulate_case(Case(self.until(one), ""), Machine(2)) for one in
                (self.prepared, other))  # fmt: skip
        me = self.person
        score = [int(one.score[self.s, me]) for one in (a, b)]
        grade = grade_of_status(int(b.status[me]), self.s)
        grades = self.prepared.names.grades[self.s]
        differ = (a.score[self.s] != b.score[self.s]) | (a.status != b.status)
        differ[me] = False
        return {
            "score": score[1],
            "grade": grades[grade].id if grade < len(grades) else None,
            "restricted": bool(denied_by(other.inputs, b.status, b.score, self.s)[me]),
            "score_change": score[1] - score[0],
            "others_who_differ": int(differ.sum()),
        }

    def until(self, one: Prepared) -> Prepared:
        """The run up to the month that is explained."""
        months = self.months + self.prepared.first - self.prepared.inputs.origin
        return one._replace(
            scenario=replace(one.scenario, months=self.months),
            inputs=one.inputs._replace(months=months),
        )

    def with_full(self, found: Sequence[Counterfactual]) -> list[Counterfactual]:
        """The changes with what the whole society run again gave."""
        return [replace(one, full=self.found.get(k)) for k, one in enumerate(found)]
