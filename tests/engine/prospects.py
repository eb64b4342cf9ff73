"""One act of one person, weighed: what respond/worth.py says of it, outside a run."""

from __future__ import annotations

from collections.abc import Sequence

from scoredsociety.columns import NamedRow
from scoredsociety.conduct.model import load_conduct
from scoredsociety.engine.control.authority import no_scalars
from scoredsociety.engine.initial_state import empty_exchange
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.month_view import Scratch, World, scratch
from scoredsociety.engine.respond import worth
from scoredsociety.engine.respond.perception import KNOWS_SCORE, M_AWARE, M_RECORDS, M_SUBJECT
from scoredsociety.engine.run_constants import settle, world_at
from scoredsociety.fixed import POINT, Ints
from scoredsociety.kernel import kernel
from scoredsociety.scheme import tables as t

ACTS = list(load_conduct("everyday").act_ids)


class Weighing:
    """A world in its first month, and acts weighed in it."""

    def __init__(self, inputs: Inputs, month: int = 0) -> None:
        self.inputs, self.setting = inputs, settle(inputs)
        many = len(inputs.schemes[0][1].schemes)
        exchange = empty_exchange(inputs.seats.people, int(self.setting.derived[0].rows[0]))
        self.world: World = world_at(
            inputs, self.setting, inputs.origin + month, exchange, no_scalars(many)
        )
        self.every = (1 << many) - 1

    def of(
        self, act: str | int, person: int = 0, amount: int = 0, records: Sequence[int] = (),
        awareness: int = KNOWS_SCORE,
    ) -> Scratch:  # fmt: skip
        """Work space with what the act is worth: ``worth``, and ``stood`` before and after."""
        world = self.world
        work = scratch(world.conduct, world.schemes, world.derived)
        work.mind[[M_AWARE, M_RECORDS, M_SUBJECT]] = awareness, len(records), self.every
        work.records[: len(records)] = sorted(records)
        which = ACTS.index(act) if isinstance(act, str) else act
        _weigh(world, person, which, amount, work)
        assert work.records[: len(records)].tolist() == sorted(records), "the file is as it was"
        return work

    def boundary(self, reach: int) -> int:
        """What the nearest boundary within so many points is worth to person 0 without records."""
        return int(_boundary(self.world, reach * POINT, self.of(worth.NOTHING)))

    def feared(self, act: str) -> int:
        """Millionths of severity that person 0 fears of an act, on an empty file; no symbol."""
        return int(_fear(self.world, self.of(act)))

    def record(self, rule: int, months_ago: int = 0, amount: int = 0) -> int:
        """A record of a rule."""
        now = self.world.month - self.world.origin
        return rule << 22 | max(now - months_ago, 0) << 10 | amount  # as engine/state.py packs it


@kernel
def _weigh(world: World, person: int, which: int, amount: int, work: Scratch) -> None:
    worth.weigh(world, person, which, amount, 0, work)


@kernel
def _fear(world: World, work: Scratch) -> int:
    return worth.feared(world, 0, work)


@kernel
def _boundary(world: World, reach: int, work: Scratch) -> int:
    return worth.next_boundary(world, 0, 0, reach, work)


def changed(inputs: Inputs, **tables: Ints) -> Inputs:
    """The same run with other tables of its schemes."""
    start, before = inputs.schemes[0]
    return inputs._replace(schemes=((start, before._replace(**tables)),))


def consequence(scheme: int, severity: int, denies: int, **asked: int) -> NamedRow:
    """A row: ``least``, ``most`` centipoints, ``on`` a list, grades from ``low`` to ``high``."""
    row = t.ConsequenceColumns.blank()
    row.scheme, row.severity, row.denies = scheme, severity, denies
    row.list_bit = asked.get("on", -1)
    row.grade_min, row.grade_max = asked.get("low", -1), asked.get("high", -1)
    row.score_min = asked.get("least", -(1 << 31))
    row.score_max = asked.get("most", (1 << 31) - 1)
    return row


def consequences(*rows: NamedRow) -> t.ConsequenceColumns:
    """A table of them."""
    return t.ConsequenceColumns.of(rows)
