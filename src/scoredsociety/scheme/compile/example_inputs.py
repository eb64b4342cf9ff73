"""Worked examples of a scheme file, made ready for the engine's scoring kernel.

An example belongs to its scheme and is held by a test (at most 100 a file, 20 records each). A
failing one names the rules at fault and what was expected; it never returns a score, so no example
file can be used to score somebody's records.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from scoredsociety.fixed import POINT
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.society.tables import TRAIT, TRAIT_HIGHEST, TRAITS


@dataclass(frozen=True)
class Booked:
    """One act: ``month`` counts from 0, ``amount`` is in the act's unit (0: its smallest)."""

    act: int
    month: int
    amount: int
    by: str  # self, or who did it: spouse, child, parent, fellow_leader, resident, tie
    seen_by: int = -1  # the one source that files it, or -1: all that see the act


@dataclass(frozen=True)
class ExampleCase:
    """One case: acts, traits, lists, and what the rules must say after ``after_months``."""

    name: str
    booked: tuple[Booked, ...]
    rated: tuple[tuple[str, int, int], ...]  # rating, stars, month
    traits: tuple[int, ...]  # (38,) in the order of society TRAITS
    lists: tuple[str, ...]
    peers_centipoints: int | None  # mean score published by ties, None: no ties
    after_months: int
    rules: tuple[str, ...]  # rules at fault if it fails
    grade: str | None
    score: int | None  # centipoints
    score_low: int | None
    score_high: int | None
    on_list: str | None
    off_list: str | None

    def fault(self, grade: str | None, centipoints: int, lists: frozenset[str]) -> str | None:
        """What was expected, what came, and the rules to look at; None if all holds."""
        wrong = []
        if self.grade is not None and grade != self.grade:
            wrong.append(f"grade {self.grade} was expected and {grade or 'no grade'} came")
        low = self.score if self.score is not None else self.score_low
        high = self.score if self.score is not None else self.score_high
        if low is not None and centipoints < low:
            least = "" if self.score is not None else "at least "
            wrong.append(f"a score of {least}{_points(low)} was expected and "
                         f"{_points(centipoints)} came")  # fmt: skip
        if high is not None and centipoints > high:
            most = "" if self.score is not None else "at most "
            wrong.append(f"a score of {most}{_points(high)} was expected and "
                         f"{_points(centipoints)} came")  # fmt: skip
        if self.on_list is not None and self.on_list not in lists:
            wrong.append(f"the person is not on the list {self.on_list}")
        if self.off_list is not None and self.off_list in lists:
            wrong.append(f"the person is on the list {self.off_list}")
        if not wrong:
            return None
        rules = ", ".join(f"rule.{name}" for name in self.rules) or "the scale"
        return f"example {self.name!r}: {', and '.join(wrong)}; look at {rules}"


def _points(centipoints: int) -> str:
    """Points as a file has them: 990, 4.65."""
    return f"{Decimal(centipoints) / POINT:f}"


# Somebody of middle age with everything in the middle and nothing held against them.
TYPICAL: Mapping[str, int] = {
    "age": 40, "urban": 1, "hukou": 1, "household_size": 3, "schooling": 2, "work": 4,
    "income": 128, "income_fifth": 2, "savings": 3, "debt": 0, "file_years": 10, "account": 1,
    "internet": 1, "mobile_pay": 1, "real_name": 1, "married": 1,
}  # fmt: skip


def examples_of(scheme: Scheme, conduct: Any) -> list[ExampleCase]:
    """The examples of a scheme, with acts as places of the conduct document's table."""
    places = {name: place for place, name in enumerate(conduct.act_ids)}
    return [_example(scheme, one, places, conduct.source_ids) for one in scheme.example]


def _example(
    scheme: Scheme, one: Any, places: Mapping[str, int], sources: Sequence[str]
) -> ExampleCase:
    traits = [TYPICAL.get(name, 0) for name in TRAITS]
    traits[TRAIT["age"]] = max(traits[TRAIT["age"]], scheme.scheme.min_age)
    for name, value in one.attributes.items():
        traits[TRAIT[name]] = min(value, TRAIT_HIGHEST[name])
    booked = [
        Booked(
            places[record.act], record.month, int(record.amount or 0), record.on,
            -1 if record.seen_by is None else sources.index(record.seen_by),
        )  # fmt: skip
        for record in one.records
        for _ in range(record.count)
    ]
    rules = tuple(one.rules) or _rules_on(scheme, {record.act for record in one.records})
    rated = tuple(
        (given.rating, given.stars, given.month)
        for given in one.ratings
        for _ in range(given.count)
    )
    expect = one.expect
    return ExampleCase(
        one.name, tuple(sorted(booked, key=lambda act: act.month)), rated, tuple(traits),
        tuple(one.lists), _centipoints(one.peers_score), _after(one), rules, expect.grade,
        _centipoints(expect.score), _centipoints(expect.score_at_least),
        _centipoints(expect.score_at_most), expect.list_, expect.not_list,
    )  # fmt: skip


def _after(one: Any) -> int:
    """The month asked for, or the one in which the last record is booked.

    What others did, and what they rate, is booked a month after.
    """
    if one.after_months is not None:
        return int(one.after_months)
    own = [record.month + (record.on != "self") for record in one.records]
    return int(max([0, *own, *(given.month + 1 for given in one.ratings)]))


def _centipoints(points: Decimal | None) -> int | None:
    return None if points is None else int(points * POINT)


def _rules_on(scheme: Scheme, acts: set[str]) -> tuple[str, ...]:
    return tuple(rule.id for rule in scheme.rule if acts & set(rule.on or []))
