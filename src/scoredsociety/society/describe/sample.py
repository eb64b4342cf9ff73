"""A society as frames: synthetic seats with their traits, and the ties between them.

A society of n people is itself a small sample of the whole; ``of`` spreads n seats evenly over
a larger one. Every row is a draw from margins and rates; no row is a person.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
import polars as pl

from scoredsociety.errors import UserError
from scoredsociety.fixed import Ints
from scoredsociety.kernel import kernel
from scoredsociety.keyed import below, draw, key_of, stream
from scoredsociety.society.people import households
from scoredsociety.society.people.seats import id_of, place
from scoredsociety.society.people.traits import coarse_of, fill
from scoredsociety.society.recipes.compile_recipe import compile_recipe
from scoredsociety.society.recipes.fields import RecipeFields
from scoredsociety.society.tables import TRAITS, Seats, SocietyTables
from scoredsociety.society.ties import tie_slots, tie_state
from scoredsociety.society.ties.tie_slots import MOST_SLOTS
from scoredsociety.society.ties.together import Together, all_together, is_met, own_slots

DEFAULT_SEED = 20140614  # as for runs; any fixed number would do
MOST_ROWS = 20_000_000  # rows of a frame; larger societies are counted, not listed
I16 = npt.NDArray[np.int16]
U8 = npt.NDArray[np.uint8]
U16 = npt.NDArray[np.uint16]


@kernel
def fill_communities(
    tables: SocietyTables,
    seats: Seats,
    k0: int,
    k1: int,
    first: int,
    last: int,
    household: U8,
    coarse: U16,
    out: I16,
    row: Ints,
) -> None:
    """Households, coarse traits and traits (persons, 38) of communities first to last - 1."""
    size = seats.community_size
    for community in range(first, last):
        start = community * size
        households.partition(tables, seats, k0, k1, community, household[start : start + size])
        for dense in range(start, min(start + size, seats.people)):
            fill(tables, seats, k0, k1, dense, household[dense], row)
            coarse[dense] = coarse_of(row)
            for k in range(row.size):
                out[dense, k] = row[k]


@kernel
def fill_spread(
    tables: SocietyTables,
    seats: Seats,
    k0: int,
    k1: int,
    wanted: Ints,
    first: int,
    last: int,
    household: U8,
    coarse: U16,
    out: I16,
    row: Ints,
) -> None:
    """The same for single seats: dense numbers ``wanted[first:last]`` into the same rows."""
    for i in range(first, last):
        byte = households.household_of(tables, seats, k0, k1, wanted[i])
        fill(tables, seats, k0, k1, wanted[i], byte, row)
        household[i], coarse[i] = byte, coarse_of(row)
        for k in range(row.size):
            out[i, k] = row[k]


@kernel
def spread_seats(k0: int, k1: int, label: int, of: int, out: Ints) -> None:
    """One keyed seat from each of ``out.size`` even parts of a society of ``of`` people."""
    for i in range(out.size):
        first, last = i * of // out.size, (i + 1) * of // out.size
        word, _, _, _ = draw(k0, k1, i, 0, label, 0)
        out[i] = first + below(word, last - first)


class Drawn:
    """People of a society that have been drawn: traits, households and where they live."""

    def __init__(
        self, recipe: RecipeFields, people: int, seed: int = DEFAULT_SEED, of: int = 0,
        threads: int = 2,
    ) -> None:  # fmt: skip
        if people > MOST_ROWS:
            raise UserError(f"at most {MOST_ROWS:,} people can be listed at once; ask for a sample")
        if of and of < people:
            raise UserError(f"{people:,} people cannot be sampled from a society of {of:,}")
        self.recipe, self.people = recipe, people
        self.seed = seed
        self.k0, self.k1 = key_of(seed)
        self.tables = compile_recipe(recipe)
        self.seats = place(recipe, of or people)
        rows = people if of else self.seats.region.size * self.seats.community_size
        self.household = np.zeros(rows, np.uint8)
        self.coarse = np.zeros(rows, np.uint16)
        self.traits = np.zeros((people, len(TRAITS)), np.int16)
        self.dense = np.arange(people, dtype=np.int64)
        key = (self.tables, self.seats, self.k0, self.k1)
        filled = (self.household, self.coarse, self.traits)
        if of:
            spread_seats(self.k0, self.k1, stream("society:spread"), of, self.dense)
            shared(
                threads, people, lambda a, b: fill_spread(*key, self.dense, a, b, *filled, _row())
            )
        else:
            communities = self.seats.region.size
            shared(threads, communities, lambda a, b: fill_communities(*key, a, b, *filled, _row()))
        self.household, self.coarse = self.household[:people], self.coarse[:people]
        self.community = self.dense >> self.seats.community_bits

    def trait(self, name: str) -> Ints:
        """One trait of everybody, (people,) int64."""
        return self.traits[:, TRAITS.index(name)].astype(np.int64)

    def income_yuan(self) -> Ints:
        """Yuan a year per head, (people,) int64."""
        return self.tables.income_yuan[self.trait("income")]

    def heads(self) -> npt.NDArray[np.bool_]:
        """True for the first seat of each household."""
        first: npt.NDArray[np.bool_] = (self.household >> 4) == 0
        return first


def _row() -> Ints:
    """Room for the traits of one person."""
    return np.zeros(len(TRAITS), np.int64)


def shared(threads: int, work: int, job: Callable[[int, int], None]) -> None:
    """Run ``job(first, last)`` over 0..work in parts; the parts do not touch each other."""
    edges = [work * k // (4 * threads) for k in range(4 * threads + 1)]
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(job, edges[:-1], edges[1:]))


def people_frame(
    recipe: RecipeFields, people: int, seed: int = DEFAULT_SEED, of: int = 0
) -> pl.DataFrame:
    """One row a synthetic seat: region, community, seat, household, the 38 traits, income_yuan."""
    drawn = Drawn(recipe, people, seed, of)
    region = drawn.seats.region[drawn.community]
    names = [row.id for row in recipe.region]
    frame = {
        "region": pl.Series(region).replace_strict(
            range(len(names)), names, return_dtype=pl.Enum(names)
        ),
        "community": drawn.seats.number[drawn.community],
        "seat": drawn.dense & (drawn.seats.community_size - 1),
        "household": drawn.dense - (drawn.household >> 4),
    }
    columns = {name: drawn.traits[:, k] for k, name in enumerate(TRAITS)}
    return pl.DataFrame({**frame, **columns, "income_yuan": drawn.income_yuan()})


@kernel
def open_ties(
    tables: SocietyTables,
    seats: Seats,
    k0: int,
    k1: int,
    household: U8,
    coarse: U16,
    together: Together,
    first: int,
    last: int,
    found: Ints,
    base: Ints,
    mask: Ints,
    phase: Ints,
) -> int:
    """Slot ties at the start of groups first to last - 1, each once: rows (one, other, slot).

    Gives the number of ties, also where ``found`` (rows, 3) is too short for all.
    """
    slots = tie_slots.slot_count(tables)
    count = 0
    for group in range(first, last):
        tie_slots.group_slots(tables, seats, k0, k1, group, base, mask, phase)
        for local in range(tie_slots.GROUP):
            one = group * tie_slots.GROUP + local
            if one >= seats.people:
                break
            own_slots(tables, seats, together, one, -1, base, mask)
            mine = households.household_first(one, household[one])
            for slot in range(slots):
                other = tie_slots.partner(seats, base[slot], mask[slot], local)
                if other <= one or households.household_first(other, household[other]) == mine:
                    continue
                if is_met(tables, seats, together, one, other, slot):
                    continue
                a, b = id_of(seats, one), id_of(seats, other)
                here = tie_state.seen(coarse[one], together.day[one])
                there = tie_state.seen(coarse[other], together.day[other])
                if tie_state.opens(tables, k0, k1, a, b, here, there, slot, 0, -1):
                    if count < found.shape[0]:
                        found[count, 0], found[count, 1], found[count, 2] = one, other, slot
                    count += 1
    return count


def slot_ties(drawn: Drawn, threads: int = 2) -> Ints:
    """Every slot tie at the start, each once: (ties, 3) dense one < other, slot."""
    groups = -(-drawn.people // tie_slots.GROUP)
    key = (drawn.tables, drawn.seats, drawn.k0, drawn.k1)
    together = all_together(*key, lambda job, total: shared(threads, total, job))
    args = (*key, drawn.household, drawn.coarse, together)
    parts: list[Ints] = []

    def job(first: int, last: int) -> None:
        room = np.zeros((3, MOST_SLOTS), np.int64)
        found = np.empty(((last - first) * tie_slots.GROUP * 12, 3), np.int64)
        count = open_ties(*args, first, last, found, *room)
        if count > len(found):
            found = np.empty((count, 3), np.int64)
            open_ties(*args, first, last, found, *room)
        parts.append(found[:count])

    shared(threads, groups, job)
    return np.concatenate(sorted(parts, key=lambda part: int(part[0, 0]) if len(part) else -1))


def household_pairs(drawn: Drawn) -> Ints:
    """Every pair of members of one household, each once: (pairs, 2)."""
    first = drawn.dense - (drawn.household >> 4)
    pairs = []
    for step in range(1, 10):
        same = first[step:] == first[:-step]
        one = np.flatnonzero(same)
        pairs.append(np.stack([one, one + step], axis=1))
    return np.concatenate(pairs)


def ties_frame(recipe: RecipeFields, people: int, seed: int = DEFAULT_SEED) -> pl.DataFrame:
    """One row a tie at the start: ``one`` < ``other`` (dense numbers), ``kind``."""
    drawn = Drawn(recipe, people, seed)
    found, pairs = slot_ties(drawn), household_pairs(drawn)
    names = [tie.kind for tie in recipe.ties_in_order()]
    kinds = drawn.tables.slots.kind[found[:, 2]]
    kind = np.concatenate([np.zeros(len(pairs), np.int64), kinds + 1])
    ends = np.concatenate([pairs, found[:, :2]])
    labels = ["household", *names]
    return pl.DataFrame(
        {
            "one": ends[:, 0],
            "other": ends[:, 1],
            "kind": pl.Series(kind).replace_strict(
                range(len(labels)), labels, return_dtype=pl.Enum(labels)
            ),
        }
    )
