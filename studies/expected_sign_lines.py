"""The lines of expected_signs.py: which sign the sources expect, of what between which two lanes.

Sources: V17 (facts P1 and P4), V19, V20.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import nan
from typing import NamedTuple

PUBLIC, COMMERCIAL = "wendeng_2020", "sesame_documented"  # V17: facts P1 and P4
READS_TIES = "sesame_press"  # V20: friends' scores count
LISTS = "judgment_list"
AS_MANY = "as many at random"  # stands for the random form at the rate that cuts as many
SEARCHED = "as many as the form cuts"  # the rate of the random form, in words


class End(NamedTuple):
    """What is read of one run."""

    subject_years: float
    sought: int  # acts done for points
    given_up: int  # acts that rules punish, kept from being done; speech apart
    silent: int  # acts of speech kept from being done
    met: int
    helped: int
    cuts: int
    ties: float  # ties a person at the end
    likeness: float  # assortativity of ties by score, between subjects
    largest: float  # share of people in the largest component
    parts: int  # components


@dataclass(frozen=True)
class Lane:
    """One side of a comparison."""

    scheme: str
    sets: tuple[str, ...] = ()
    switched_off: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sign:
    """One line: a difference, the sign expected, and the two lanes."""

    fact: str
    says: str
    expected: str
    a: Lane
    b: Lane
    read: Callable[[End], float]
    by_construction: bool = False


def form(response: str, name: str) -> str:
    """The ``--set`` of a form."""
    return f"response.{response}.form={name}"


def value(response: str, name: str, number: object) -> str:
    """The ``--set`` of a coefficient."""
    return f"response.{response}.values.{name}={number}"


def yearly(count: Callable[[End], int]) -> Callable[[End], float]:
    """Per 1,000 subject-years."""
    return lambda end: 1000 * count(end) / end.subject_years if end.subject_years else nan


def help_rate(end: End) -> float:
    """Of 100 meetings with a stranger, those with help."""
    return 100 * end.helped / end.met if end.met else nan


def changed(end: End) -> int:
    """Acts done for points, and acts given up."""
    return end.sought + end.given_up


def behaviour() -> Iterator[Sign]:
    """V17: more change under mandatory public pilots than commercial; by gain more than by fear."""
    for deterrence in ("perceptual", "threshold"):
        for seeking in ("worth", "near_threshold"):
            sets = (form("deterrence", deterrence), form("seeking", seeking))
            says = f"deterrence {deterrence}, seeking {seeking}"
            yield Sign(
                "V17",
                f"conduct changed, public less commercial ({says})",
                "+",
                Lane(PUBLIC, sets),
                Lane(COMMERCIAL, sets),
                yearly(changed),
            )
            public = Lane(PUBLIC, sets)
            yield Sign("V17", f"sought for points less given up, public ({says})", "+", public,
                       public, yearly(lambda end: end.sought - end.given_up))  # fmt: skip


def trust() -> Iterator[Sign]:
    """V19: scores that are seen lower trust.

    Either form has its sign by construction: suspicion takes help away wherever a score is seen,
    and who shows a score under the image form is mostly above the middle.
    """
    for name in ("image", "suspicion"):
        for scheme in (COMMERCIAL, PUBLIC):
            sets = (form("trust", name),)
            yield Sign("V19", f"help, scores shown less hidden (`{scheme}`, form {name})", "-",
                       Lane(scheme, sets), Lane(scheme, (*sets, value("joining", "show", 0))),
                       help_rate, by_construction=True)  # fmt: skip


def ties() -> Iterator[Sign]:
    """V20: fewer ties, more alike, more fragmented; and against as many cuts at random."""
    measured: tuple[tuple[str, str, Callable[[End], float], bool], ...] = (
        ("ties a person", "-", lambda end: end.ties, True),
        ("likeness of scores", "+", lambda end: end.likeness, False),
        ("share in the largest part", "-", lambda end: end.largest, False),
        ("separate parts", "+", lambda end: end.parts, False),
    )
    high = (value("ties", "cost", "0.2"), value("ties", "score", "0.3"),
            value("ties", "listed", "0.2"))  # fmt: skip
    for scheme, name, more in ((READS_TIES, "worth", ()), (READS_TIES, "worth", high),
                               (READS_TIES, "gap", high), (LISTS, "listed", high)):  # fmt: skip
        strength = "high" if more else "default"
        cut = Lane(scheme, (form("ties", name), *more))
        kept = Lane(scheme, switched_off=())
        for says, expected, read, built in measured:
            if scheme == LISTS and says == "likeness of scores":
                continue  # a list has no score
            line = f"{says}, cut less kept (`{scheme}`, form {name}, {strength})"
            yield Sign(
                "V20", line, expected, cut, replace(kept, sets=(form("ties", "none"),)), read, built
            )
            line = f"{says}, cut less as many at random (`{scheme}`, form {name}, {strength})"
            yield Sign("V20", line, "" if says == "ties a person" else expected, cut,
                       Lane(scheme, (*cut.sets, AS_MANY)), read)  # fmt: skip


def lines(only: str = "") -> list[Sign]:
    """Every line, or those of one target."""
    return [one for one in (*behaviour(), *trust(), *ties()) if only in ("", one.fact)]
