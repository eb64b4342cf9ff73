"""What an act is worth to somebody, plainly (docs/model.md): booked as if it were done.

Nothing here looks at what rules give or take: the act is booked on a copy of the file that the
person has in mind, the file is scored, and the consequences before are held against those after.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.reference import records as r
from tests.reference.records import Record
from tests.reference.scores import Case, direct_grade, lists_of, score

from scoredsociety.conduct import tables as c
from scoredsociety.conduct.tables import ConductTables
from scoredsociety.scheme.tables import SchemeTables


def context(act: int, conduct: ConductTables) -> str:
    """The context of an act, by name."""
    return c.CONTEXTS[conduct.acts.context[act]]


def protected_in_the_open(act: int, conduct: ConductTables) -> bool:
    """Speech or a petition that a right protects."""
    right = bool(conduct.acts.protected[act])
    return right and context(act, conduct) in ("speech", "petition")


def is_speech(act: int, conduct: ConductTables) -> bool:
    """Protected speech or petition that somebody might mind."""
    return protected_in_the_open(act, conduct) and bool(conduct.acts.gravity[act])


def is_praise(act: int, conduct: ConductTables) -> bool:
    """Protected speech that nobody minds; not a petition."""
    right = protected_in_the_open(act, conduct) and not conduct.acts.gravity[act]
    return right and context(act, conduct) == "speech"


def severity(places: Sequence[int], schemes: SchemeTables) -> int:
    """Severities of the restrictions among some consequences, less those of the rewards."""
    rows = [schemes.consequences[place] for place in places]
    return sum(int(row.severity) * (1 if row.denies else -1) for row in rows)


@dataclass(frozen=True)
class Standing:
    """What a file comes to under one scheme."""

    score: int
    grade: int
    direct: int | None
    severity: int


@dataclass(frozen=True)
class Worth:
    """What an act would do to somebody under one scheme."""

    named: bool  # it would be booked, and the score would not rise
    better: bool  # the score would rise, or the severity fall
    loss: int  # severity after less before
    grades: int  # lost


@dataclass
class Prospects:
    """What acts are worth to one person this month, on the file that the person has in mind."""

    file: list[Record]
    lists: frozenset[int]  # as published
    schemes_in: list[int]  # those that score the person
    kept: Sequence[set[int]]  # lists of each scheme
    traits: list[int]
    now: int
    month: int
    case: Callable[[int, list[Record]], Case]  # (scheme, records)
    under: Callable[[int, int, int, frozenset[int]], list[int]]  # (scheme, grade, score, lists)
    conduct: ConductTables
    schemes: SchemeTables

    def __post_init__(self) -> None:
        self.before = self.standings(self.file)
        self.worths: dict[tuple[int, int], dict[int, Worth]] = {}

    def lists_with(self, file: list[Record]) -> frozenset[int]:
        """Lists on which one would be: those of schemes that are in by the file."""
        lists = set(self.lists)
        for s in self.schemes_in:
            lists = lists - self.kept[s] | lists_of(self.case(s, file))
        return frozenset(lists)

    def standings(self, file: list[Record]) -> dict[int, Standing]:
        """What a file comes to under each scheme."""
        lists, found = self.lists_with(file), {}
        for s in self.schemes_in:
            case = self.case(s, file)
            made = score(case)
            weight = severity(self.under(s, made.grade, made.score, lists), self.schemes)
            found[s] = Standing(made.score, made.grade, direct_grade(case), weight)
        return found

    def book(self, act: int, amount: int) -> tuple[list[Record], set[int]]:
        """The file after the act: of each scheme booked from the first source that it reads."""
        file, booked = list(self.file), set()
        row = self.conduct.acts[act]
        first, count = int(row.first_source), int(row.source_count)
        for source in self.conduct.act_sources[first : first + count].tolist():
            left = set(self.schemes_in) - booked
            for rule in r.rules_for(
                act, amount, source, self.month, self.traits, set(), left, self.conduct,
                self.schemes,
            ):  # fmt: skip
                table = self.schemes.filed_as
                filed = int(table[rule, source]) if len(table) else rule
                r.insert(file, Record(filed, self.now, 0, amount), self.schemes)
                booked.add(int(self.schemes.rules.scheme[rule]))
        if count:
            r.correct(file, act, self.now, self.schemes)
        return file, booked

    def worth(self, act: int, amount: int) -> dict[int, Worth]:
        """What an act is worth under each scheme."""
        if (act, amount) not in self.worths:
            file, booked = self.book(act, amount)
            after, found = self.standings(file), {}
            for s, one in self.before.items():
                then = after[s]
                found[s] = Worth(
                    s in booked and then.score <= one.score,
                    then.score > one.score or then.severity < one.severity,
                    then.severity - one.severity,
                    max(one.grade - then.grade, 0),
                )
            self.worths[act, amount] = found
        return self.worths[act, amount]

    def next_boundary(self, s: int, reach: int) -> int | None:
        """What the nearest boundary of the score is worth; None where none is near (points).

        Boundaries are where a grade begins, and where a consequence that asks for a score does or
        ends.
        """
        if s not in self.before:
            return None
        one, head = self.before[s], self.schemes.schemes[s]
        first, count = int(head.first_grade), int(head.grade_count)
        begins = [self.case(s, self.file).begins(row) for row in range(first, first + count)]
        edges = set(begins)
        for row in self.schemes.consequences:
            if row.scheme == s:
                edges |= {int(row.score_min), int(row.score_max) + 1}
        above = [edge for edge in edges if one.score < edge <= head.high]
        if not above or min(above) - one.score > 100 * reach:
            return None
        edge = min(above)
        grade = max([0, *(place for place, begin in enumerate(begins) if edge >= begin)])
        grade = grade if one.direct is None else min(grade, one.direct)
        then = self.under(s, grade, edge, self.lists_with(self.file))
        return max(one.severity - severity(then, self.schemes), 0)
