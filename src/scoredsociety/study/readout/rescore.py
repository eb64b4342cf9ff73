"""Files of some persons, scored again as the engine does, with or without some of their records.

No score leaves the laboratory: what comes out is counted by rule, never told of a person.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scoredsociety.by_address import by_address
from scoredsociety.engine.month_view import Scratch, World, on_ties, scratch
from scoredsociety.engine.replay.lone_month import account
from scoredsociety.engine.score.ledger_places import PART_GRADE, PART_RECORDS
from scoredsociety.engine.state import U8, RunState, ends_of
from scoredsociety.fixed import Ints
from scoredsociety.kernel import kernel


@by_address
class Files(NamedTuple):
    """Records of some persons in a state, one person's after another's."""

    persons: Ints  # (persons,) dense numbers
    counts: Ints  # (persons,) records of each
    words: Ints  # (records,)
    ties: Ints  # (persons,) bits of open slots
    life: Ints  # (persons,)
    ends: U8  # (ends,) state of all ties in lists; empty where ties are computed

    @property
    def owner(self) -> Ints:
        """(records,) place of the person on whose file each record stands."""
        return np.repeat(np.arange(len(self.persons)), self.counts)


@by_address
class Scored(NamedTuple):
    """What files give when they are scored again."""

    score: Ints  # (persons,) centipoints
    grade: Ints  # (persons,)
    parts: Ints  # (records,) centipoints of each record


def files_of(state: RunState, persons: Ints) -> Files:
    """The files of persons, who are given in rising order."""
    columns: list[list[Ints]] = [[] for _ in range(5)]
    for block in state.blocks:
        here = persons[(persons >= block.first) & (persons < block.last)]
        place = here - block.first
        held = np.concatenate([[0], np.cumsum(block.counts, dtype=np.int64)])
        counts = block.counts[place].astype(np.int64)
        part = (
            here, counts, block.records[_within(held[place], counts)].astype(np.int64),
            block.ties[place].astype(np.int64), block.life[place].astype(np.int64),
        )  # fmt: skip
        for column, values in zip(columns, part, strict=True):
            column.append(values)
    here, counts, words, ties, life = (np.concatenate(column) for column in columns)
    return Files(here, counts, words, ties, life, ends_of(state))


def repeated(files: Files, places: Ints) -> Files:
    """The files at these places, one after another, also the same one several times."""
    begins = np.cumsum(files.counts) - files.counts
    counts = files.counts[places]
    return Files(
        files.persons[places], counts, files.words[_within(begins[places], counts)],
        files.ties[places], files.life[places], files.ends,
    )  # fmt: skip


def _within(begins: Ints, counts: Ints) -> Ints:
    """The numbers from each beginning on, as many as its count, in one row."""
    ends = np.cumsum(counts)
    found: Ints = np.arange(int(counts.sum())) + np.repeat(begins - (ends - counts), counts)
    return found


def scored_again(world: World, s: int, files: Files, left_out: Ints) -> Scored:
    """Score of scheme ``s`` of each file, less the records where ``left_out`` is 1."""
    found = Scored(*(np.zeros_like(like) for like in (files.persons, files.persons, files.words)))
    work = scratch(world.conduct, world.schemes, world.derived)
    work = on_ties(work, world.stored, files.ends, 0)
    score_files(world, s, files, left_out, found, work)
    return found


@kernel
def score_files(
    world: World, s: int, files: Files, left_out: Ints, found: Scored, work: Scratch
) -> None:
    """Fill ``found``."""
    first = 0
    for place in range(files.persons.shape[0]):
        number = files.counts[place]
        work.parts[:] = 0
        work.left_out[:] = 0
        for record in range(number):
            work.records[record] = files.words[first + record]
            work.left_out[record] = left_out[first + record]
        found.score[place] = account(
            world, files.persons[place], s, number, files.ties[place], files.life[place], work
        )
        found.grade[place] = work.parts[PART_GRADE]
        for record in range(number):
            found.parts[first + record] = work.parts[PART_RECORDS + record]
        first += number
