"""What a state says in the run's numbers, whether its schemes are divided by region or not.

Where they are, a scheme's place in a status, a row of scores, a list's bit and a record's rule are
numbers of the jurisdiction in which a person lives (engine/federation/federated.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from scoredsociety.engine.federation.federated import place_of
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.layout import grade_in, is_listed, months_waited, rule_of
from scoredsociety.engine.run_constants import Setting
from scoredsociety.fixed import Ints
from scoredsociety.scheme.tables import NO_GRADE


class InRun:
    """Reads columns of some persons, given by their dense numbers in order."""

    def __init__(self, inputs: Inputs, setting: Setting | None, persons: Ints) -> None:
        self.inputs, self.setting = inputs, setting
        self.places = np.zeros(len(persons), dtype=np.int64)
        if inputs.jurisdictions:
            self.places = place_of(inputs)[persons >> inputs.seats.community_bits]

    def _slots(self, s: int) -> Iterator[tuple[Any, int, int]]:
        """Where a scheme of the run stands: persons, jurisdiction, number there."""
        if not self.inputs.jurisdictions:
            yield slice(None), 0, s
            return
        for place, one in enumerate(self.inputs.jurisdictions):
            for slot in np.flatnonzero(one.numbers.schemes == s).tolist():
                yield self.places == place, place, slot

    def grade(self, status: Ints, s: int) -> Ints:
        """Grade code of a scheme of each person; NO_GRADE: not a subject."""
        found = np.full(len(status), NO_GRADE, dtype=np.int64)
        for there, _, slot in self._slots(s):
            found[there] = grade_in(status[there], slot)
        return found

    def score(self, score: npt.NDArray[Any], s: int) -> Ints:
        """Published score by a scheme; ``score`` is (rows, persons)."""
        found = np.zeros(score.shape[1], dtype=np.int64)
        for there, _, slot in self._slots(s):
            found[there] = score[slot, there]
        return found

    def without_ties(self, score: npt.NDArray[Any], s: int) -> Ints | None:
        """The part of a scheme's score without peers; None where it publishes none."""
        if self.setting is None:
            raise ValueError("rows of scores are known with the setting of a run")
        found, some = np.zeros(score.shape[1], dtype=np.int64), False
        for there, place, slot in self._slots(s):
            of_one = self.setting.jurisdictions[place][0] if self.inputs.jurisdictions else (
                self.setting.derived
            )
            row = int(of_one[0].own_row[slot])
            if row >= 0:
                found[there], some = score[row, there], True
        return found if some else None

    def waited(self, life: Ints, s: int) -> Ints:
        """Months that an objection to a scheme has waited; 0: none is under way."""
        found = np.zeros(len(life), dtype=np.int64)
        for there, _, slot in self._slots(s):
            found[there] = months_waited(life[there], slot)
        return found

    def listed(self, status: Ints, number: int) -> Ints:
        """1 where a person stands on a list of the run."""
        if not self.inputs.jurisdictions:
            return is_listed(status, number)
        found = np.zeros(len(status), dtype=np.int64)
        for place, one in enumerate(self.inputs.jurisdictions):
            there = self.places == place
            for bit in np.flatnonzero(one.numbers.lists == number).tolist():
                found[there] = is_listed(status[there], bit)
        return found

    def rule(self, words: Ints, owner: Ints | None = None) -> Ints:
        """Rule of each record; ``owner``: place of its person among the persons."""
        rule = rule_of(words)
        if not self.inputs.jurisdictions:
            return rule
        places = self.places if owner is None else self.places[owner]
        for place, one in enumerate(self.inputs.jurisdictions):
            there = places == place
            rule[there] = one.numbers.rules[rule[there]]
        return rule
