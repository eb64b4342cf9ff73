"""Naming, opting in, showing, helping and accepting, plainly (docs/model.md)."""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt

from tests.reference.acts import chance
from tests.reference.philox import draw
from tests.reference.responses import MILLION, NO_GRADE, Mind, Responses, Shown, share, under

from scoredsociety.fixed import logistic_table
from scoredsociety.keyed import stream
from scoredsociety.scheme.tables import SchemeTables
from scoredsociety.society.tables import PRIVATE_OPINION, URBAN

Key = tuple[int, int]


def accepted_with(millilogit: int) -> int:
    """Threshold of the logistic of so many thousandths of a logit."""
    return int(logistic_table()[(min(max(millilogit, -16000), 16000) + 16000) // 16])


# --- shame


def wear(mind: Mind, named: bool, how: Responses) -> None:
    """Months of stigma that are left; none is kept where the response is off."""
    if how.form("shame") == "none":
        return
    months = min(how.value("shame", "stigma") // MILLION, 63)
    mind.stigma = months if named else max(mind.stigma - 1, 0)


def ashamed(mind: Mind, traits: Sequence[int], how: Responses) -> int:
    """Log2 units that naming adds to the readiness for an act that rules punish."""
    form = how.form("shame")
    if form == "none" or mind.stigma == 0:
        return 0
    if form == "reintegrative" and traits[PRIVATE_OPINION] >= 4:
        halves = how.value("shame", "shame") * (1 if traits[URBAN] else 2)
        return -(halves // 2 * 1477 // MILLION)
    return how.value("shame", "defiance") * 1477 // MILLION


def holds_on(usual: int, shift: int) -> int:
    """Threshold of going on: the odds times 2**(shift / 1024), 65536ths of that at a time."""
    less = max(chance(-abs(shift)) >> 16, 1)
    stays, ends = usual, (1 << 32) - usual
    if shift < 0:
        stays, ends = stays * less, ends << 16
    else:
        stays, ends = stays << 16, ends * less
    return (stays << 14) // ((stays + ends) >> 18)


# --- opting in, showing


def joins(
    s: int, key: Key, seat: int, month: int, ties: Sequence[Shown], how: Responses,
    schemes: SchemeTables,
) -> bool:  # fmt: skip
    """Whether somebody who is not in opts in this month."""
    if how.form("joining") == "none" or not schemes.schemes.opt_in[s]:
        return False
    own = stream("response:joining") ^ int(schemes.schemes.stream[s])
    inside = share([tie.grades[s] != NO_GRADE for tie in ties])
    alone, contact = how.value("joining", "alone"), how.value("joining", "ties")
    return under(draw(key, seat, month, own, 0)[0], alone + contact * inside // MILLION)


def shows(
    key: Key, seat: int, mind: Mind, shown: Shown, hidden: Sequence[int], how: Responses,
    schemes: SchemeTables,
) -> bool:  # fmt: skip
    """Whether a score is shown; ``hidden``: last month's mean of those who hid theirs."""
    if how.form("joining") == "none" or mind.awareness < 2:
        return False
    return any(
        shown.grades[s] != NO_GRADE
        and shown.scores[s] > hidden[s]
        and under(
            draw(key, seat, 0, stream("response:joining") ^ int(row.stream), 1)[0],
            how.value("joining", "show"),
        )
        for s, row in enumerate(schemes.schemes)
    )


# --- trust


def helps(
    key: Key, seat: int, month: int, strangers: Sequence[Shown], how: Responses,
    schemes: SchemeTables,
) -> bool | None:  # fmt: skip
    """Whether a stranger of the community is helped; None where there is nobody else."""
    word, who, _, _ = draw(key, seat, month, stream("response:trust"), 0)
    if not strangers:
        return None
    met = strangers[who * len(strangers) >> 32]
    odds, seen = how.value("trust", "help"), []
    for s, row in enumerate(schemes.schemes):
        low, high = int(row.low), int(row.high)
        if met.shows and met.grades[s] != NO_GRADE and low != high:
            seen.append(met.scores[s] >= (low + high) // 2)
    if seen:
        upper, lower = sum(seen), len(seen) - sum(seen)
        if how.form("trust") == "image":
            odds += how.value("trust", "image") * (upper - lower) // len(seen)
        else:
            odds -= how.value("trust", "suspicion") * (upper + 2 * lower) // len(seen)
    return under(word, odds)


# --- support


def stance(
    key: Key, seat: int, shown: Shown, severities: Sequence[int], through_error: bool,
    ties: Sequence[Shown], traits: Sequence[int], unlike: Sequence[int], how: Responses,
) -> tuple[bool, bool]:  # fmt: skip
    """(supports, says so when asked); ``severities``: what each scheme puts on the person."""
    value = {name: how.value("support", name) for name in
             ("base", "gain", "loss", "seen", "arbitrary", "falsified", "unlike")}  # fmt: skip
    logits = value["base"] + (2 * traits[PRIVATE_OPINION] - 7) * 150_000
    for s, grade in enumerate(shown.grades):
        if grade == NO_GRADE:
            continue
        balance = -severities[s]
        logits += balance * (value["gain"] if balance > 0 else value["loss"])
        logits -= value["unlike"] * unlike[s] // 1000
    logits -= value["seen"] * share([tie.sanction for tie in ties]) // MILLION
    logits -= value["arbitrary"] if through_error else 0
    word, other, _, _ = draw(key, seat, 0, stream("response:support"), 0)
    if word < accepted_with(logits // 1000):
        return True, True
    return False, under(other, value["falsified"])


def unlike(classes: Sequence[Sequence[int]]) -> int:
    """Thousandths of a unit of severity: what the gravity of conduct leaves unexplained.

    ``classes``: of each gravity, the severities that people are under.
    """
    persons = sum(len(one) for one in classes)
    within = sum(sum(x * x for x in one) - sum(one) ** 2 // len(one) for one in classes if one)
    return isqrt(within * MILLION // persons) if persons else 0
