"""What every kernel of a month may read: a function of the seed, or the exchange, or a table.

That sentence is the rule that makes threads, resumption and lone recomputation safe: nothing
else about another person can be reached from a kernel.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scoredsociety.by_address import by_address
from scoredsociety.conduct.tables import ConductTables, ResponseTables
from scoredsociety.engine.act.acceptance import MOST_ACTS, MonthActs
from scoredsociety.engine.demography.seat_holders import YEAR, years_of
from scoredsociety.engine.respond.stakes import Stakes
from scoredsociety.engine.rule_index import Derived
from scoredsociety.engine.score.ledger_places import PARTS
from scoredsociety.engine.state import I32, U8, U32, U64, Exchange, Persons
from scoredsociety.fixed import Ints
from scoredsociety.kernel import apart, inner, int64
from scoredsociety.scheme.tables import SchemeTables
from scoredsociety.society.people import lives, traits
from scoredsociety.society.people.households import MOST
from scoredsociety.society.people.seats import id_of
from scoredsociety.society.tables import (
    PRIVATE_OPINION,
    SCHOOLING,
    TRAITS,
    Seats,
    SocietyTables,
)
from scoredsociety.society.ties.stored import StoredTies
from scoredsociety.society.ties.tie_slots import GROUP

MIND = 20  # places of what a person has in mind (respond/mind.py)


@by_address
class World(NamedTuple):
    """One month's view: clock, key, tables, what the seed decides, and last month's exchange."""

    k0: int
    k1: int
    month: int  # absolute
    origin: int  # absolute month of record month 0
    first: int  # 1 where everybody is scored anew (the first month, or a dated change)
    society: SocietyTables
    seats: Seats
    persons: Persons
    conduct: ConductTables
    schemes: SchemeTables
    derived: Derived
    exp2: Ints
    logit: Ints
    responding: int  # 1 where any response or life effect is on
    responses: ResponseTables
    stakes: Stakes
    scalars: Ints  # (schemes, state.SCALARS) of the whole society, made last month
    exchange: Exchange
    stored: StoredTies  # empty: the ties are computed
    amended: int  # 1 where dated conduct begins: records may carry something else


@by_address
class Scratch(NamedTuple):
    """Work space of one kernel call, reused from person to person."""

    traits: Ints
    whose: Ints  # (4,) dense number + 1 of the person whose traits stand there; 1 where the person
    #              whose month it is has a level of schooling less (respond/upbringing.py); dense
    #              number + 1 of the person of whom base and mask say where all open slots lead;
    #              of ties in lists the entry with which ``ends`` begins
    other: Ints  # traits of another member of the household
    acts: MonthActs
    records: Ints
    parts: Ints
    booked: Ints
    spill: Ints
    left_out: Ints
    base: Ints  # of the present group of 32 seats: where each slot's partner group starts
    mask: Ints
    mind: Ints  # what the person has in mind, see engine/respond/perception.py
    held: Ints  # records set aside while an act is booked as if it were done (respond/worth.py)
    stood: Ints  # (2, schemes, 4) what the file in mind comes to, without the act and with it
    seen_lists: Ints  # (2,) list bits that go with it
    worth: Ints  # (schemes, 4) what the act last weighed is worth under each scheme
    noted: Ints  # (n, 2) acts wished for or given up
    scores: Ints  # this month's score, one place a row of the exchange
    again: Ints  # rules under which an act was booked a second time
    ages: Ints  # (10,) years of the members of a household, where lives turn over
    words: Ints  # (envelopes, 4, 32) the month's draws of occasions of the present group of 32
    ends: U8  # ties in lists: which are open, of some persons in a row (engine/ties/tie_lists.py)


RECORDS, CHANGES, MESSAGES = range(3)  # places of Outputs.used


@by_address
class Outputs(NamedTuple):
    """Where a kernel call writes a block's month; ``used`` says how much, or how much it needs."""

    life: U64  # (persons,)
    ties: U32
    ends: U8  # (ends of the persons,)
    counts: U8
    records: U32  # (capacity,)
    person: U32  # (persons,) of the changes
    score: I32  # (rows, persons)
    status: U32  # (persons,)
    outbox: Ints  # (capacity, 3) target, content, origin
    used: Ints  # (3,) records, changes, messages


def outputs(persons: int, rows: int, records: int, messages: int, ends: int) -> Outputs:
    """Room for a block's month with so many records, messages and ends of ties in lists."""
    return Outputs(
        life=np.empty(persons, dtype=np.uint64),
        ties=np.empty(persons, dtype=np.uint32),
        ends=np.empty(ends, dtype=np.uint8),
        counts=np.empty(persons, dtype=np.uint8),
        records=np.empty(records, dtype=np.uint32),
        person=np.empty(persons, dtype=np.uint32),
        score=np.empty((rows, persons), dtype=np.int32),
        status=np.empty(persons, dtype=np.uint32),
        outbox=np.empty((messages, 3), dtype=np.int64),
        used=np.zeros(3, dtype=np.int64),
    )


def scratch(conduct: ConductTables, schemes: SchemeTables, derived: Derived) -> Scratch:
    """Fresh work space."""

    def zeros(*shape: int) -> Ints:
        return np.zeros(shape, dtype=np.int64)

    return Scratch(
        traits=zeros(len(TRAITS)),
        whose=zeros(4),
        other=zeros(len(TRAITS)),
        acts=MonthActs.zeros(MOST_ACTS),
        records=zeros(64),
        parts=zeros(PARTS),
        booked=zeros(max(len(schemes.rules), 1)),
        spill=zeros(32, 4),
        left_out=zeros(64),
        base=zeros(32),
        mask=zeros(32),
        mind=zeros(MIND),
        held=zeros(64),
        stood=zeros(2, len(schemes.schemes), 4),
        seen_lists=zeros(2),
        worth=zeros(len(schemes.schemes), 4),
        noted=zeros(32, 2),
        scores=zeros(int(derived.rows[0])),
        again=zeros(max(len(schemes.rules), 1)),
        ages=zeros(MOST),
        words=zeros(len(conduct.envelopes), 4, GROUP),
        ends=np.zeros(0, dtype=np.uint8),
    )


def on_ties(work: Scratch, stored: StoredTies, ends: U8, first: int) -> Scratch:
    """The same work space on the state ``ends`` of ties in lists, of persons from ``first`` on.

    What a month does to them it does there.
    """
    if len(stored.first):
        work.whose[3] = stored.first[first]
    return work._replace(ends=ends)


class Person(NamedTuple):
    """Whose month it is, as the month begins."""

    number: int  # dense number
    seat: int  # address
    coarse: int  # coarse traits
    status: int  # published last month
    turns: int  # how long the life has been in the seat (engine/demography/succession.py)
    open_slots: int  # ties open during the month, of computed ties
    subject_of: int  # bit a scheme that scores the person


class Mail(NamedTuple):
    """What others' acts and errors sent to a person: places ``first`` to ``last``."""

    content: Ints
    first: int
    last: int


class Kept(NamedTuple):
    """A person's records as the month before left them: ``many`` from place ``first`` on."""

    records: U32
    first: int
    many: int


@inner
def where_is(world: World, dense: int) -> int:
    """Where a person lives, as ranks ask: region << 32 | community."""
    community = dense >> world.seats.community_bits
    return int64(world.seats.region[community]) << 32 | community


@inner
def know(world: World, dense: int, scratch: Scratch) -> None:
    """See to it that scratch.traits are those of person ``dense``."""
    if scratch.whose[0] != dense + 1:
        traits_of(world, dense, scratch.ages, scratch.traits)
        if scratch.whose[1]:
            lower(world, dense, scratch.traits)
        scratch.whose[0] = dense + 1


@inner
def opinion_of(world: World, dense: int, coarse: int, scratch: Scratch) -> int:
    """Private opinion of the person whose month it is.

    Drawn alone where the coarse traits hold all else that it goes by: a life per seat, as the seed
    has it.
    """
    if scratch.whose[0] == dense + 1 or scratch.whose[1] or world.persons.life.shape[0] > 0:
        know(world, dense, scratch)
        return int64(scratch.traits[PRIVATE_OPINION])
    seat = id_of(world.seats, dense)
    return traits.coarse_opinion(world.society.pool, world.k0, world.k1, seat, coarse)


@apart
def lower(world: World, dense: int, out: Ints) -> None:
    """Take a level of schooling off the traits of a person, and what work and views follow from."""
    pool, seat = world.society.pool, id_of(world.seats, dense)
    life = int64(world.persons.life[dense]) & lives.LIFE
    out[SCHOOLING] = max(out[SCHOOLING] - 1, 0)
    traits.fill_work(pool, world.k0, world.k1, seat, life, out)
    traits.fill_views(pool, world.k0, world.k1, seat, life, out)


@apart
def traits_of(world: World, dense: int, ages: Ints, out: Ints) -> None:
    """Fill ``out`` (38,) with the traits of whoever has a seat this month; ``ages`` is room."""
    household = int64(world.persons.household[dense])
    if world.persons.life.shape[0] == 0:
        traits.fill(world.society, world.seats, world.k0, world.k1, dense, household, out)
        return
    persons, first = world.persons, dense - (household >> 4)
    years_of(
        persons.household, persons.born, world.seats.people, world.month - world.origin, first, ages
    )
    began = (int64(persons.entered[dense]) - int64(persons.born[dense])) // YEAR
    lives.fill(
        world.society, world.seats, world.k0, world.k1, dense, household,
        int64(persons.life[first]), int64(persons.life[dense]), began, ages, out,
    )  # fmt: skip
