"""What the names in a rule stand for, as the numbers of a run's tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from scoredsociety.scheme import tables as t
from scoredsociety.scheme.model.rule import LEADERS, OnGrade, OnRank

LAYERS = {  # bits, as society/places.py numbers the layers; 8 is the household
    "neighbours": 1, "friends": 2, "online": 4, "kin": 16, "work": 32, "school": 64,
}  # fmt: skip
WITHIN = {"society": t.OF_SOCIETY, "region": t.OF_REGION, "community": t.OF_COMMUNITY}
PERSONS = {
    "head_of_household": t.TO_HEAD, "spouse": t.TO_SPOUSE, "parents": t.TO_PARENTS,
    "children": t.TO_CHILDREN, "household": t.TO_HOUSEHOLD, "leaders": t.TO_LEADERS,
    "fellow_leaders": t.TO_FELLOWS, "residents": t.TO_LEADERS,
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What a rule may point to, by name: acts, gravities, source kinds, lists, other schemes."""

    acts: Mapping[str, int]
    gravity: Mapping[str, int]
    contexts: Mapping[str, str]
    kinds: Mapping[str, int]
    lists: Mapping[str, int]
    schemes: Mapping[str, int]
    grades: Mapping[str, tuple[str, ...]]  # of each scheme, lowest first
    ratings: Mapping[tuple[str, str], int]  # row of each, by scheme and id
    sources: tuple[str, ...] = ()
    trust: tuple[Decimal, ...] = ()  # own weight of each source
    filed_by: tuple[tuple[int, ...], ...] = ()  # sources of each act


def grades_between(asked: OnGrade, known: Known) -> tuple[int, int]:
    """Lowest and highest grade (places) that a rule follows; the first is higher where none is."""
    grades = known.grades[asked.scheme]
    low = asked.grade or asked.at_least
    high = asked.grade or asked.at_most
    return (
        0 if low is None else grades.index(low),
        len(grades) - 1 if high is None else grades.index(high),
    )


def mask(names: list[str] | None, kinds: Mapping[str, int]) -> int:
    if names is None:
        return -1
    bits = 0
    for name in names:
        bits |= kinds[name]
    return bits


def whom(to: str, leaders: int | None) -> int:
    """To whom something is booked, as rules.spill_to: a relative, leaders, or ties of a layer."""
    if to in LAYERS:
        return t.TO_TIES | LAYERS[to].bit_length() - 1 << t.TO_BITS
    leading = to in ("leaders", "fellow_leaders", "residents")
    return PERSONS[to] | (leaders or LEADERS) << t.TO_BITS if leading else PERSONS[to]


def rank_fields(rank: OnRank) -> tuple[tuple[str, int], ...]:
    """The columns of a rank and what stands there, but for the scheme and the edges."""
    shares = (rank.best_share, rank.worst_share)
    share = next((one for one in shares if one is not None), None)
    size = int(share * 1_000_000) if share is not None else rank.best or rank.worst or 0
    worst = rank.worst is not None or rank.worst_share is not None
    month = -1 if rank.yearly_in is None else rank.yearly_in - 1
    return (
        ("ranked_by", t.BY_SHARE if share is not None else t.BY_QUOTA), ("takes", size),
        ("edge_in", int(rank.edge == "in")), ("within", WITHIN[rank.within]),
        ("worst", int(worst)), ("month", month),
    )  # fmt: skip
