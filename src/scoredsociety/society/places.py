"""Where every table of a compiled society stands, and which stream draws which trait.

``pool.params.work`` is the place in ``pool.values`` where the table of work begins; some params
are plain numbers.
A quantile table has 257 knots over a 32-bit word, in 1/256 of its unit; a share table has
cumulative thresholds (0 to 2**32) of its classes.
"""

from __future__ import annotations

from typing import NamedTuple

from scoredsociety.by_address import by_address
from scoredsociety.columns import NamedColumns, NamedNumbers
from scoredsociety.fixed import Ints
from scoredsociety.keyed import stream


class SocietyParams(NamedNumbers):
    """Where each table of a society begins in ``Pool.values``, or a plain number."""

    regions: int  # (regions, 1) log2 income of the region, 1/1024 octaves
    sizes: int  # (2 rural/urban, 10) household sizes 1 to 10
    structure_of_size: int  # (11, 2) first row and rows of a size
    structures: int  # rows of STRUCTURE_FIELDS
    birth: int  # (257,) years from a mother's to a child's birth
    spouse_gap: int  # (257,) years
    parent_gap: int  # (257,) years
    male: int  # (4,) head of a couple, other head, child, parent and other
    hukou: int  # (2,) urban registration among rural, urban
    income: int  # (2, 257) log2 yuan x 1024 x 256
    income_low: int  # log2 yuan x 1024 of code 0
    income_step: int  # 1/1024 octaves a code
    fifths: int  # (4,) log2 yuan x 1024
    schooling: int  # (2, 5 age bands 15-17, 18-29, 30-44, 45-59, 60+; 5)
    schooling_like: int  # threshold: as the household's income has it
    work: int  # (2, 4 age bands 16-24, 25-44, 45-59, 60+; 2 schooling; 8)
    internet: int  # (2, 7 age bands 0-5, 6-17, 18-29, 30-44, 45-59, 60-74, 75+)
    internet_like: int  # threshold: as the household's income has it
    account: int  # (2, 5 fifths)
    account_age: int  # years
    mobile: int  # threshold
    real_name: int  # threshold
    credit_file: int  # (2, 5 fifths)
    file_years: int  # (257,) years
    loan: int  # (5,) of those with a file
    savings: int  # (5, 8)
    debt: int  # (2 without, with a loan; 8)
    drives: int  # (2 urban, 2 sex, 4 age bands 18-29, 30-44, 45-59, 60+)
    firm: int  # (8 work,)
    party: int  # (4 schooling bands,)
    games: int  # (2 sex, 5 age bands, 257)
    disposition: int  # (8,) shares of 0..7, for every disposition
    opinion: int  # (8,)
    frailty: int  # (16,)
    frailty_step: int  # (5,) domain less general: -2..2
    likeness: int  # (kinds, 200) thresholds: age difference 5 x urban 2 x schooling 4 x income 5
    turns: int  # 1 where lives succeed one another (0: the four that follow are not read)
    succession: int  # (structures, SUCCESSION_FIELDS): see below
    survival: int  # (121,) alive at each age, of 2**30
    stays: int  # (128,) households moved by each year
    heirs: int  # threshold: heirs take over a household's wealth
    schooled: int  # threshold: who is born into a household has a parent's rank in schooling
    elsewhere: int  # (3,) shares of parents with 0, 1, 2 grown children living elsewhere
    age_fits: int  # years by which a child's age may differ from what the parents' says
    first_place_slot: int  # first slot of layers in which one has a place
    last_place_slot: int  # one past the last
    related: int  # bits (set * 4 + mask) of the family slots
    mates: int  # bits (mask) of the day slots


STRUCTURE_FIELDS = 7  # cumulative share rural, urban; spouse, children, parents, others; head table
(T_RURAL, T_URBAN, T_SPOUSE, T_CHILDREN, T_PARENTS, T_OTHERS, T_HEAD) = range(7)

# of each structure row: cumulative share of it among households that take over (rural, urban);
# the heads' ages (months) at 0, 10, ... 100 %; at each of those the threshold to give way; at
# each but the last the cumulative share of households that begin there
SUCCESSION_FIELDS = 34
(N_RURAL, N_URBAN, N_KNOTS, N_GIVES_WAY, N_BEGINS) = (0, 1, 2, 13, 24)
KNOTS_OF_HEADS = 11
OLDEST = 120  # years in ``survival``
LONGEST_STAY = 128  # years in ``stays``; the last is for good


class SocietyStreams(NamedNumbers):
    """The stream of each of a society's draws, of the stable id ``society:NAME``."""

    household_sizes: int
    household: int
    kin: int
    wealth: int
    schooling: int
    work: int
    online: int
    credit: int
    roads: int
    habits: int
    views: int
    frailty: int
    circle: int
    far: int
    pairs: int
    turnover: int
    neighbours: int
    giving_way: int
    moving: int
    heirs: int
    births: int
    deaths: int
    reopening: int
    families: int
    days: int
    place: int


class SlotColumns(NamedColumns):
    """One row a tie slot."""

    layer: Ints  # what rules on ties call it: NEIGHBOURS to SCHOOL
    kind: Ints  # row of the likeness table
    needs: Ints  # bits of ``ties.seen`` that both ends must have: online, in work, at school
    closes: Ints  # threshold: an open tie closes within the year
    is_close: Ints  # 1: counted as a close tie
    label: Ints  # what keys the draws of its ties, the same at both ends: the slot, or LOADED
    # COMPUTED; in a slot of a loaded network the threshold that a tie that was cut is taken up
    # again within the year
    renews: Ints
    reach: Ints  # how its two ends find each other: BY_GROUP to BY_FILE
    of_set: Ints  # of a family slot the set of families (0, 1)
    mask: Ints  # tells two places of a family or of a circle of colleagues or schoolmates apart


COMPUTED = -1
LOADED = 64  # label of every loaded tie: its two ends may keep it in different slots
NEIGHBOURS, FRIENDS, ONLINE, HOUSEHOLD, KIN, WORK, SCHOOL = range(7)  # HOUSEHOLD has no slot
BY_GROUP, BY_COMMUNITY, BY_SOCIETY, BY_FAMILY, BY_DAY, BY_FILE = range(6)


@by_address
class Pool(NamedTuple):
    """Every quantile and share table of a society, laid one after another."""

    params: SocietyParams
    streams: SocietyStreams
    values: Ints  # (n,)


def streams_of_society() -> SocietyStreams:
    """The stream of each of a society's draws."""
    return SocietyStreams.blank(
        **{name: stream(f"society:{name}") for name in SocietyStreams.fields}
    )
