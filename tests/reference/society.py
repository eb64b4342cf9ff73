"""Who lives where and who knows whom, asked of the society's own functions and remembered.

These functions have tests of their own; the reference month only needs their answers.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from tests.reference.philox import draw

from scoredsociety.engine.inputs import Inputs
from scoredsociety.keyed import key_of, stream
from scoredsociety.society import tables as so
from scoredsociety.society.people import households, life_course, lives, seats, traits
from scoredsociety.society.places import BY_DAY, BY_FAMILY, BY_FILE, BY_SOCIETY, ONLINE
from scoredsociety.society.ties import tie_slots, tie_state, together


class Society:
    """The people of ``inputs``: traits, households, addresses and ties.

    A person tells ties apart by their *place*: of computed ones the slot, of those in lists the
    place in the person's own list, which may be of any length.
    """

    def __init__(self, inputs: Inputs) -> None:
        self.tables, self.seats, self.stored = inputs.society, inputs.seats, inputs.stored
        self.people = inputs.seats.people
        self.key = key_of(inputs.seed)
        self._traits: dict[int, list[int]] = {}
        self._names: dict[int, list[list[int]]] = {}
        self._partners: dict[tuple[int, int], int | None] = {}  # slots lead to seats, not to lives
        self._lives: list[tuple[int, int, int]] = []  # word, month of entry, month of birth
        self._turned = -1

    def turn(self, now: int) -> None:
        """Go to the month ``now`` of the run, where lives turn over; anew, not from before."""
        if not self.tables.pool.params.turns or now == self._turned:
            return
        self._turned, self._lives = now, []
        for person, byte in enumerate(self.household_bytes):
            if byte >> 4 == 0:
                found = [np.zeros(byte & 15, dtype=np.int64) for _ in range(3)]
                lives.settle(
                    self.tables, self.seats, *self.key, person, byte & 15, now, *found
                )
                self._lives += [(int(a), int(b), int(d)) for a, b, d in zip(*found, strict=True)]
        self._traits.clear()
        self.__dict__.pop("coarse", None)

    def is_newcomer(self, person: int) -> bool:
        """Whether another life entered the seat this month."""
        return self._turned > 0 and self._lives[person][1] == self._turned

    def has_birthday(self, person: int) -> bool:
        """Whether the person turns a year older this month, and was here before."""
        if self._turned <= 0 or self.is_newcomer(person):
            return False
        return (self._turned - self._lives[person][2]) % 12 == 0

    def age_in_months(self, person: int) -> int:
        """Where lives turn over."""
        return self._turned - self._lives[person][2]

    def came(self, person: int) -> int:
        """How the life came: a code of society/people/lives.py."""
        return self._lives[person][0] >> life_course.CAME_SHIFT & 7

    def life(self, person: int) -> int:
        """Number of the life; the first has 0."""
        return self._lives[person][0] & lives.LIFE if self._lives else 0

    @cached_property
    def household_bytes(self) -> list[int]:
        """``position << 4 | size`` of everyone."""
        size = self.seats.community_size
        found: list[int] = []
        for community in range(len(self.seats.region)):
            out = np.zeros(size, dtype=np.uint8)
            households.partition(self.tables, self.seats, *self.key, community, out)
            found += [int(value) for value in out]
        return found[: self.people]

    def household(self, person: int) -> range:
        """Everyone in the household of ``person``, oneself included."""
        byte = self.household_bytes[person]
        first = person - (byte >> 4)
        return range(first, min(first + (byte & 15), self.people))

    def traits(self, person: int) -> list[int]:
        """The trait vector."""
        if person not in self._traits:
            out = np.zeros(len(so.TRAITS), dtype=np.int64)
            byte = self.household_bytes[person]
            first = person - (byte >> 4)
            if self._lives:
                household = self._lives[first : first + (byte & 15)]
                word, entered, born = self._lives[person]
                ages = np.array([(self._turned - one[2]) // 12 for one in household])
                lives.fill(
                    self.tables, self.seats, *self.key, person, byte, household[0][0], word,
                    (entered - born) // 12, ages, out,
                )  # fmt: skip
            else:
                traits.fill(self.tables, self.seats, *self.key, person, np.int64(byte), out)
            out[so.PLACE_ACTS], out[so.PLACE_COLLECTORS] = self.place_classes(person)
            self._traits[person] = [int(value) for value in out]
        return self._traits[person]

    def place_classes(self, person: int) -> tuple[int, int]:
        """Two sixteenths that a whole community shares: the first two words of its address."""
        community = person // self.seats.community_size
        number = int(self.seats.region[community]) << 20 | int(self.seats.number[community])
        acts, collectors, _, _ = draw(self.key, number << 11, 0, stream("society:place"), 0)
        return acts * 16 // 2**32, collectors * 16 // 2**32

    @cached_property
    def coarse(self) -> list[int]:
        """The coarse traits of everyone."""
        return [
            int(traits.coarse_of(np.array(self.traits(person), dtype=np.int64)))
            for person in range(self.people)
        ]

    def namesakes(self, person: int) -> list[int]:
        """Everybody of the community with a like name, in their order, the person included.

        Numbers from ``people`` up are seats that are not taken at this size of the society.
        """
        size = self.seats.community_size
        community = person // size
        if community not in self._names:
            where = int(seats.id_of(self.seats, community * size))
            words = draw(self.key, where, 0, stream("errors:names"), 0)
            half = next(h for h in range(1, 20) if 4**h >= size)
            order = [int(tie_slots.unpermuted(p, size, half, *words)) for p in range(size)]
            largest, groups, k = max(size // 32, 1), [], 1
            while order:
                count = max(largest // k, 1)
                groups.append([community * size + seat for seat in order[:count]])
                order, k = order[count:], k + 1
            self._names[community] = groups
        return next(group for group in self._names[community] if person in group)

    def seat(self, person: int) -> int:
        """The 41-bit address."""
        return self._addresses[person]

    @cached_property
    def _addresses(self) -> list[int]:
        return [int(seats.id_of(self.seats, person)) for person in range(self.people)]

    def region(self, person: int) -> int:
        """The region of the person's community."""
        return int(self.seats.region[person // self.seats.community_size])

    @cached_property
    def _groups(self) -> list[tuple[list[int], list[int], list[int]]]:
        found = []
        for group in range(-(-self.people // 32)):
            arrays = [np.zeros(32, dtype=np.int64) for _ in range(3)]
            tie_slots.group_slots(self.tables, self.seats, *self.key, group, *arrays)
            base, mask, phase = ([int(v) for v in array] for array in arrays)
            found.append((base, mask, phase))
        return found

    @cached_property
    def _listed(self) -> list[list[tuple[int, int]]]:
        """Where ties are kept in lists: by person, who is at the other end, and the slot."""
        assert self.stored is not None
        first, other, slot = (column.tolist() for column in self.stored)
        return [
            list(zip(other[start:end], slot[start:end], strict=True))
            for start, end in zip(first, first[1:], strict=False)
        ]

    def places(self, person: int) -> range:
        """The places of a person's ties."""
        if self.stored is not None:
            return range(len(self._listed[person]))
        return range(int(tie_slots.slot_count(self.tables)))

    def slot(self, person: int, place: int) -> int:
        """The row of the slots that says what kind of tie stands in a place."""
        return place if self.stored is None else self._listed[person][place][1]

    def is_loaded(self, slot: int) -> bool:
        """Whether a slot is that of a loaded network."""
        return bool(self.tables.slots.renews[slot] >= 0)

    def partner(self, person: int, place: int) -> int | None:
        """Who is at the other end; None for nobody, or for a computed tie within the household."""
        if (person, place) not in self._partners:
            self._partners[person, place] = self._partner(person, place)
        return self._partners[person, place]

    def _partner(self, person: int, slot: int) -> int | None:
        if self.stored is not None:
            other, kind = self._listed[person][slot]
            if self.is_loaded(kind):
                return other
        else:
            base, mask, _ = self._groups[person // 32]
            other = int(tie_slots.partner(self.seats, base[slot], mask[slot], person % 32))
            if self.reach(slot) in (BY_FAMILY, BY_DAY):
                other = self._by_place[slot][person]
        return None if other < 0 or other in self.household(person) else other

    @cached_property
    def _by_place(self) -> dict[int, list[int]]:
        """By slot of kin, colleagues and schoolmates: who is at the other end for each person."""
        places = together.all_together(self.tables, self.seats, *self.key)
        return {
            slot: together.ends_of(self.tables, self.seats, places, slot).tolist()
            for slot in range(len(self.tables.slots))
            if self.reach(slot) in (BY_FAMILY, BY_DAY)
        }

    def is_met(self, person: int, other: int, slot: int) -> bool:
        """Whether the two are kin, or mates of the day, and this slot pairs them once more."""
        before = {BY_FAMILY: (), BY_FILE: (), BY_DAY: (BY_FAMILY,)}.get(
            self.reach(slot), (BY_FAMILY, BY_DAY)
        )
        return any(
            ends[person] == other
            for k, ends in self._by_place.items() if self.reach(k) in before
        )

    def seen(self, person: int) -> int:
        """What ties look at: coarse traits, and above them in work (1) or at school (2)."""
        work = self.traits(person)[so.WORK]
        return self.coarse[person] | (2 if work == 7 else 1 if 2 <= work <= 6 else 0) << 16

    def reach(self, slot: int) -> int:
        """How the two ends of a slot find each other."""
        return int(self.tables.slots.reach[slot])

    def is_near(self, person: int, place: int) -> bool:
        """Whether the other end lives in the community, as far as one knows."""
        reach = self.reach(self.slot(person, place))
        return reach != BY_SOCIETY and (reach != BY_FILE or self.layer(person, place) != ONLINE)

    def turns_over(self, person: int, place: int, month: int) -> bool:
        """Whether the tie turns over in this month of the year."""
        return self._phases[self.slot(person, place)] == month % 12

    @cached_property
    def _phases(self) -> list[int]:
        """The month of the year in which each slot turns over."""
        every = range(len(self.tables.slots))
        return [int(tie_slots.phase_of(self.tables, slot)) for slot in every]

    def layer(self, person: int, place: int) -> int:
        """Layer of a tie."""
        return int(self.tables.slots.layer[self.slot(person, place)])

    def label(self, person: int, place: int) -> int:
        """What keys the draws about a tie, the same at both ends."""
        return int(self.tables.slots.label[self.slot(person, place)])

    def opens(self, one: int, other: int, place: int, month: int, was_open: int) -> bool:
        """State of the tie in a place of ``one`` after turnover (``was_open`` -1: at the start)."""
        slot = self.slot(one, place)
        return not self.is_met(one, other, slot) and bool(
            tie_state.opens(
                self.tables, *self.key, self.seat(one), self.seat(other),
                self.seen(one), self.seen(other), slot, month, was_open,
            )  # fmt: skip
        )

    def reopens(self, one: int, other: int, place: int, month: int) -> bool:
        """Whether two people are a tie from the month in which one of them came."""
        slot = self.slot(one, place)
        return not self.is_met(one, other, slot) and bool(
            tie_state.reopens(
                self.tables, *self.key, self.seat(one), self.seat(other),
                self.seen(one), self.seen(other), slot, month,
            )  # fmt: skip
        )
