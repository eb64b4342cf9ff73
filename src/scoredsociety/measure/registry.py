"""Every measure: its name, question, formula, reference, rights, and what it needs of a run.

A plan (what a run keeps) says which measures it feeds; a measure that a run cannot feed says
what the plan would have to keep. No measure is a composite of others, and none ranks schemes.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from math import nan

import numpy.typing as npt

from scoredsociety.measure.measure import Estimate, Measure
from scoredsociety.measure.registry_rows import ROWS
from scoredsociety.measure.statistics.replicates import mean_interval, paired_interval

# what a measure may need, and how a user gets it
NEEDS: dict[str, str] = {
    "tally:acts": "the tally of acts by month and group",
    "tally:records": "the tally of records booked",
    "tally:errors": "the tally of errors in records",
    "tally:grade": "the tally of grades",
    "tally:consequence": "the tally of consequences in force",
    "tally:restricted": "the tally of persons under any restriction",
    "tally:restricted_cause": "the tally of restrictions by cause (three bars)",
    "tally:response": "the tallies of responses",
    "tally:firms": "the tally of firms, their offences and exits by size",
    "tally:generations": "the tally of children at 18 and 23 by what their parents were under",
    "tally:silenced": "the tally of wishes to speak that fell silent",
    "tally:wished": "the tally of wishes to speak",
    "joint": "joint cells of several dimensions in the observation plan",
    "panel": "a panel of people followed whole",
    "spells": "the spells of lists and consequences",
    "transitions": "the transitions between grades",
    "ties": "the ties between persons in a state",
    "truth": "the simulated truth of acts beside the records",
    "pairs": "a second run with the same people and the same luck",
    "planted": "a second run with one record planted or dropped",
    "replicates": "several replicates with seeds of their own",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a measure is, before it is measured."""

    id: str
    title: str
    questions: tuple[str, ...]  # Q1 to Q13
    function: str  # module.function in this room
    needs: tuple[str, ...]  # keys of NEEDS
    unit: str
    denominator: str
    formula: str
    reference: str
    rights: tuple[str, ...]  # keys of RIGHTS

    def measure(self, value: float | Estimate, n: int = 0, denominator: str = "") -> Measure:
        """This measure with its value; a bare number has no interval, an Estimate its own."""
        made = value if isinstance(value, Estimate) else Estimate(value, nan, nan, n)
        return Measure(self.title, made.value, made.low, made.high, made.n, self.unit,
                       denominator or self.denominator, self.reference, self.rights)  # fmt: skip

    def over_replicates(self, values: npt.ArrayLike, level: float = 0.95) -> Measure:
        """Mean over replicates with its t interval; ``n`` counts replicates."""
        return self.measure(mean_interval(values, level))

    def difference(self, a: npt.ArrayLike, b: npt.ArrayLike, level: float = 0.95) -> Measure:
        """Mean of b - a over replicates that share their seeds; ``n`` counts pairs."""
        return self.measure(paired_interval(a, b, level))


def _kinds() -> dict[str, Kind]:
    kinds = {
        row[0]: Kind(row[0], row[1], tuple(row[2].split()), row[3], tuple(row[4].split()),
                     row[5], row[6], row[7], row[8], _rights(row[9]))
        for row in ROWS
    }  # fmt: skip
    if len(kinds) != len(ROWS):
        raise ValueError("two measures have the same id")
    return kinds


def _rights(numbers: str) -> tuple[str, ...]:
    """``C19 E6`` is ICCPR 19 and ICESCR 6."""
    covenant = {"C": "ICCPR", "E": "ICESCR"}
    return tuple(f"{covenant[number[0]]} {number[1:]}" for number in numbers.split())


MEASURES: dict[str, Kind] = _kinds()


def kind(measure_id: str) -> Kind:
    """A measure by id; ValueError with a suggestion where there is none."""
    if measure_id in MEASURES:
        return MEASURES[measure_id]
    near = difflib.get_close_matches(measure_id, MEASURES, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    raise ValueError(f"there is no measure {measure_id!r}{hint}")


def fed_by(kept: Iterable[str]) -> tuple[Kind, ...]:
    """The measures that a run can feed that keeps ``kept`` (keys of NEEDS)."""
    have = set(kept)
    return tuple(k for k in MEASURES.values() if have.issuperset(k.needs))


def missing(measure_id: str, kept: Iterable[str]) -> str:
    """One sentence that says what a plan must keep for a measure; empty where it is fed."""
    chosen, have = kind(measure_id), set(kept)
    lacking = [NEEDS[need] for need in chosen.needs if need not in have]
    return f"{chosen.title} needs {' and '.join(lacking)}" if lacking else ""


def for_question(question: str) -> tuple[Kind, ...]:
    """The measures that bear on a question, ``Q1`` to ``Q13``."""
    return tuple(k for k in MEASURES.values() if question in k.questions)


def table() -> str:
    """The registry as a Markdown table, as it stands in docs/measures.md."""
    lines = [
        "| id | measure | questions | formula | unit, of | needs | rights | reference |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for k in MEASURES.values():
        of = f"{k.unit}, of {k.denominator}"
        needs, rights = " + ".join(k.needs), ", ".join(k.rights)
        cells = (f"`{k.id}`", k.title, " ".join(k.questions), k.formula, of, needs, rights,
                 k.reference)  # fmt: skip
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"
