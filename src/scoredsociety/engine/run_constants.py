"""What a run works out once from its inputs, and what kernels see of it in a month."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from scoredsociety.conduct.response_tables import no_responses
from scoredsociety.engine.demography.seat_holders import Turning, turning_of
from scoredsociety.engine.initial_state import settle_persons
from scoredsociety.engine.inputs import ONE_THREAD, Inputs, Machine
from scoredsociety.engine.month_view import World
from scoredsociety.engine.respond.stakes import Stakes, stakes
from scoredsociety.engine.rule_index import Derived, derive
from scoredsociety.engine.score.ranking import ranked
from scoredsociety.engine.state import CHANGED_AT, Exchange, Persons
from scoredsociety.fixed import Ints, exp2_table, logistic_table
from scoredsociety.keyed import key_of
from scoredsociety.scheme.tables import FAR, MOST_LISTS, SchemeTables
from scoredsociety.society.ties.stored import not_stored

LookedUp = tuple[tuple[Derived, ...], tuple[Stakes, ...]]


class Setting(NamedTuple):
    """What a run works out once from its inputs."""

    persons: Persons
    derived: tuple[Derived, ...]  # of each version of the schemes, then of what answers
    stakes: tuple[Stakes, ...]
    turning: Turning | None = None  # where lives turn over
    # of each jurisdiction, where schemes are divided by region; the two above are then empty
    jurisdictions: tuple[LookedUp, ...] = ()

    @property
    def rows(self) -> int:
        """Rows of ``score`` in the exchange."""
        of_one = self.jurisdictions[0][0] if self.jurisdictions else self.derived
        return int(of_one[0].rows[0])

    def persons_at(self, now: int) -> Persons:
        """The columns of everybody ``now`` months after the run's first."""
        return self.turning.at(now) if self.turning else self.persons


def _in_force(versions: tuple[tuple[int, object], ...], month: int) -> int:
    """Place of the version in force in a month."""
    return max(place for place, (start, _) in enumerate(versions) if start <= month or place == 0)


def settle(inputs: Inputs, machine: Machine = ONE_THREAD) -> Setting:
    """Everything that the seed decides and the months share."""
    k0, k1 = key_of(inputs.seed)
    with ThreadPoolExecutor(machine.threads) as pool:
        persons = settle_persons(inputs.society, inputs.seats, k0, k1, pool)
    turning = turning_of(inputs.society, inputs.seats, k0, k1, persons)
    if inputs.jurisdictions:
        return Setting(persons, (), (), turning, of_each(inputs))
    return Setting(persons, *looked_up(inputs), turning)


def of_each(inputs: Inputs) -> tuple[LookedUp, ...]:
    """What kernels look up in each jurisdiction; rows of scores are the same in all of them."""
    found = [
        looked_up(inputs._replace(schemes=one.schemes, answered=one.answered))
        for one in inputs.jurisdictions
    ]
    every = [derived for of_one, _ in found for derived in of_one]
    slots = max(len(derived.own_row) for derived in every)
    parts = sorted({int(s) for derived in every for s in np.flatnonzero(derived.own_row >= 0)})
    row_of = {s: slots + place for place, s in enumerate(parts)}
    rows = np.array([slots + len(parts)], dtype=np.int64)
    elsewhere = np.array([1 << (MOST_LISTS - 1)], dtype=np.int64)

    def alike(derived: Derived) -> Derived:
        own = [row_of[s] if row >= 0 else -1 for s, row in enumerate(derived.own_row.tolist())]
        return derived._replace(
            own_row=np.array(own, dtype=np.int64), rows=rows, elsewhere=elsewhere
        )

    return tuple((tuple(map(alike, of_one)), at_stake) for of_one, at_stake in found)


def looked_up(inputs: Inputs) -> LookedUp:
    """What kernels look up of each version of the schemes, then of what answers."""
    conduct = inputs.conduct[0][1]
    versions = [*inputs.schemes, *((FAR[kind - 1], tables) for kind, tables in inputs.answered)]
    derived = tuple(derive(tables, conduct) for _, tables in versions)
    at_stake = tuple(
        stakes(tables, conduct) for _, tables in versions
    )
    return derived, at_stake


def rules_at(inputs: Inputs, month: int, scalars: Ints) -> tuple[int, int, SchemeTables]:
    """(place among the settled versions, month from which they hold, tables) of the rules.

    Once the operator has answered, the rules that waited for it take the month of the answer.
    """
    answered = int(scalars[0, CHANGED_AT])
    if not inputs.answered or not 0 < answered <= month:
        place = _in_force(inputs.schemes, month)
        return (place, *inputs.schemes[place])
    tables = inputs.answered[0][1]
    rules = tables.rules.copy()
    for months in (rules.from_month, rules.until_month):
        months[np.isin(months, FAR)] = answered
    return len(inputs.schemes), answered, tables._replace(rules=rules)


def world_at(
    inputs: Inputs, setting: Setting, month: int, exchange: Exchange, scalars: Ints,
    ranking: Exchange | None = None,
) -> World:  # fmt: skip
    """What kernels see in a month; ``ranking``: what grades by rank go by, if not ``exchange``."""
    place, start, schemes = rules_at(inputs, month, scalars)
    schemes = ranked(
        schemes, setting.derived[place], ranking or exchange, inputs.seats, month
    )
    version = _in_force(inputs.conduct, month)
    conduct = inputs.conduct[version][1]
    answers = inputs.responses or ((inputs.origin, no_responses()),)
    responses = answers[_in_force(answers, month)][1]
    k0, k1 = key_of(inputs.seed)
    return World(
        k0=k0,
        k1=k1,
        month=month,
        origin=inputs.origin,
        first=1 if month == inputs.origin or month == start else 0,
        society=inputs.society,
        seats=inputs.seats,
        persons=setting.persons_at(month - inputs.origin),
        conduct=conduct,
        schemes=schemes,
        derived=setting.derived[place],
        exp2=exp2_table(),
        logit=logistic_table(),
        responding=int(responses.forms.any()),
        responses=responses,
        stakes=setting.stakes[place],
        scalars=scalars,
        exchange=exchange,
        stored=not_stored() if inputs.stored is None else inputs.stored,
        amended=int(version != _in_force(inputs.conduct, month - 1)),
    )
