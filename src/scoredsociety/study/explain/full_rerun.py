"""A change lived through by the whole society, where the words of a run can say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scoredsociety.engine.inputs import Machine
from scoredsociety.engine.layout import grade_in
from scoredsociety.runs.prepare import Prepared, prepare_changed
from scoredsociety.study.ensemble.cases import Case
from scoredsociety.study.ensemble.ensemble import simulate_case
from scoredsociety.study.explain.candidate_changes import ERROR, RULE
from scoredsociety.study.readout.persons import denied


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


class FullRerun:
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
        grade = grade_in(int(b.status[me]), self.s)
        grades = self.prepared.names.grades[self.s]
        differ = (a.score[self.s] != b.score[self.s]) | (a.status != b.status)
        differ[me] = False
        return {
            "score": score[1],
            "grade": grades[grade].id if grade < len(grades) else None,
            "restricted": bool(denied(Case(other, ""), b, self.s)[me]),
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
