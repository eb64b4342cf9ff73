"""The readable month: docs/spec/month.md in plain Python, person after person.

Nothing here is fast or packed; words are packed only when two states are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
from tests.reference import records as r
from tests.reference import tallies as counting
from tests.reference.acts import Act, Heart, Report, Who, acts_of, reports_of, seen_by
from tests.reference.entering import against, enters, is_read, made_up
from tests.reference.expression import (
    Appetite,
    appetite,
    displaced,
    displayed,
    sought,
    stays_silent,
)
from tests.reference.opinion import (
    ashamed,
    helps,
    holds_on,
    joins,
    shows,
    stance,
    unlike,
    wear,
)
from tests.reference.philox import draw
from tests.reference.plainly import plainly
from tests.reference.ratings import given
from tests.reference.records import Record
from tests.reference.redress import object_to
from tests.reference.responses import (
    Mind,
    Responses,
    alike,
    become_aware,
    believe,
    deterred,
    draw_pair,
    refused_journeys,
    under,
    wish,
)
from tests.reference.scores import Case, Scored, lists_of, protected, score
from tests.reference.society import Society
from tests.reference.stakes import Prospects, is_speech, severity

from scoredsociety.conduct.tables import ConductTables
from scoredsociety.engine.inputs import Inputs
from scoredsociety.keyed import stream
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables
from scoredsociety.society.tables import AGE, COARSE_FRAILTY, INCOME_FIFTH, SCHOOLING

HEAD, SPOUSE, CHILD, PARENT, OTHER = range(5)
NO_GRADE = 15
HOUSEHOLD_LAYER = 8
MOST_ACTS, MOST_NOTES, KNOWS_SCORE = 64, 32, 2


@dataclass(frozen=True, order=True)
class Message:
    """A record under way to another person."""

    target: int
    content: int
    origin: int


def message(
    target: int, origin: int, rule: bool, code: int, source: int, amount: int, flags: int,
    late: int,
) -> Message:  # fmt: skip
    """Pack the content as engine/state.py says."""
    content = int(rule) << 40 | code << 28 | source << 20 | amount << 16 | flags << 8 | late
    return Message(target, content, origin)


@dataclass(frozen=True)
class Published:
    """What others may read of a person: scores, grades, lists, gravity."""

    scores: tuple[int, ...]
    grades: tuple[int, ...]  # one a scheme
    lists: frozenset[int] = frozenset()
    gravity: int = 0
    sanction: bool = False  # something was denied
    spoke: bool = False
    shows: bool = False
    knows: bool = False

    @property
    def status(self) -> int:
        """Packed."""
        grades = [*self.grades, *[NO_GRADE] * (4 - len(self.grades))]
        word = sum(grade << 4 * place for place, grade in enumerate(grades))
        word |= sum(1 << 16 + bit for bit in self.lists) | self.gravity << 24
        return word | self.sanction << 28 | self.spoke << 29 | self.shows << 30 | self.knows << 31


@dataclass
class Person:
    """What is kept of a person from month to month."""

    published: Published
    ties: set[int]  # places of the open ones: slots, or places in the person's list
    life: set[int] = field(default_factory=set)
    records: list[Record] = field(default_factory=list)
    mind: Mind = field(default_factory=Mind)


@dataclass(frozen=True)
class Whole:
    """What is known of the whole society, by scheme, made from last month."""

    tied: tuple[int, ...]  # thousandths of a tie that count
    hidden: tuple[int, ...]  # mean score of those who hid theirs
    answered: tuple[int, ...]  # of 2**32: share of the queue of objections
    unlike: tuple[int, ...]
    entered: tuple[int, int] | None = None  # by hand, for people and against: millionths a person


@dataclass
class State:
    """Everything that a later month depends on."""

    month: int
    persons: list[Person]
    inbox: list[Message] = field(default_factory=list)
    whole: Whole | None = None  # of the society; None at first
    lists: tuple[int, ...] = ()  # of ties in lists how many each person has; empty: computed

    def columns(self) -> dict[str, npt.NDArray[np.generic]]:
        """The columns of engine.checkpoint.columns."""
        people = self.persons
        ends = [k in p.ties for p, own in zip(people, self.lists, strict=False) for k in range(own)]
        bits = [sum(1 << b for b in p.ties) if not self.lists else 0 for p in people]
        listed = {"ends": np.packbits(ends)} if self.lists else {}
        return {
            **listed,
            "score": np.array([p.published.scores for p in people], dtype=np.int32).T,
            "status": np.array([p.published.status for p in people], dtype=np.uint32),
            "life": np.array(
                [sum(1 << b for b in p.life) | p.mind.word for p in people], dtype=np.uint64
            ),
            "ties": np.array(bits, dtype=np.uint32),
            "counts": np.array([len(p.records) for p in people], dtype=np.uint8),
            "records": np.array([x.word for p in people for x in p.records], dtype=np.uint32),
            "inbox_target": np.array([m.target for m in self.inbox], dtype=np.int64),
            "inbox_content": np.array([m.content for m in self.inbox], dtype=np.int64),
            "inbox_origin": np.array([m.origin for m in self.inbox], dtype=np.int64),
        }


def with_one(
    shown: Published, s: int, grade: int, score: int, lists: frozenset[int]
) -> Published:
    """The same publication with another grade and score of one scheme, and other lists."""
    scores, grades = list(shown.scores), list(shown.grades)
    scores[s], grades[s] = score, grade
    return replace(shown, scores=tuple(scores), grades=tuple(grades), lists=lists)


def own_rows(schemes: SchemeTables) -> dict[int, int]:
    """Row of ``score`` in which a scheme publishes its part without ties, where a tie reads it."""
    rows: dict[int, int] = {}
    for row in schemes.components:
        if row.kind == t.PEERS and row.peers_of == 1:
            rows.setdefault(int(row.scheme), len(schemes.schemes) + len(rows))
    return rows


def reference_start(inputs: Inputs, society: Society) -> State:
    """Nothing lived or published yet; the ties that the seed opens."""
    blank = nothing_published(inputs)
    return State(
        inputs.origin,
        [Person(blank, _first_ties(p, inputs, society)) for p in range(society.people)],
        lists=() if inputs.stored is None else tuple(np.diff(inputs.stored.first).tolist()),
    )


def nothing_published(inputs: Inputs) -> Published:
    """What others may read of somebody of whom nothing was ever published."""
    schemes = inputs.schemes[0][1]
    rows = len(schemes.schemes) + len(own_rows(schemes))
    return Published((0,) * rows, (NO_GRADE,) * len(schemes.schemes))


def _first_ties(person: int, inputs: Inputs, society: Society) -> set[int]:
    found = set()
    for slot in society.places(person):
        other = society.partner(person, slot)
        if other is not None and society.opens(person, other, slot, inputs.origin, -1):
            found.add(slot)
    return found


def reference_month(
    inputs: Inputs, society: Society, state: State
) -> tuple[State, counting.Counts, list[Message]]:
    """One month of everyone: the next state, the tallies, and the messages sent."""
    society.turn(state.month - inputs.origin)  # lives, where they turn over
    state = succeeded(inputs, society, state)
    month = _Month(inputs, society, state)
    if state.month == inputs.origin:  # nothing is published yet: the month's own scores are ranked
        first = [month.live(person).published for person in range(society.people)]
        month = _Month(inputs, society, state)
        month.rank(first)
    persons = [month.live(person) for person in range(society.people)]
    shown = [person.published for person in persons]
    for rated, rater, rule, stars, flags in given(society, month.schemes, state.month, shown):
        month.outbox.append(message(rated, rater, True, rule, 0, stars, flags, 0))
    sent = sorted(month.outbox)
    after = State(state.month + 1, persons, sent, month.whole_next(), state.lists)
    return after, month.counts, sent


def succeeded(inputs: Inputs, society: Society, state: State) -> State:
    """The state in which newcomers have their seats: nothing carries over, ties are drawn anew."""
    new = {p for p in range(society.people) if society.is_newcomer(p)}
    persons = []
    for person, before in enumerate(state.persons):
        ties = set(before.ties)
        for slot in society.places(person) if new else ():
            other = society.partner(person, slot)
            if other is not None and {person, other} & new:
                ties.discard(slot)
                if society.reopens(person, other, slot, state.month):
                    ties.add(slot)
        if person in new:
            persons.append(Person(nothing_published(inputs), ties))
        else:
            persons.append(replace(before, ties=ties))
    inbox = [message for message in state.inbox if message.target not in new]
    return replace(state, persons=persons, inbox=inbox)


class _Month:
    def __init__(self, inputs: Inputs, society: Society, state: State) -> None:
        self.inputs, self.society, self.state = inputs, society, state
        starts = [start for start, _ in inputs.schemes[1:] if start <= state.month]
        self.schemes: SchemeTables = plainly(inputs.schemes[len(starts)][1])
        self.conduct: ConductTables = plainly([
            tables for k, (start, tables) in enumerate(inputs.conduct)
            if k == 0 or start <= state.month
        ][-1])  # fmt: skip
        self.first = state.month == inputs.origin or state.month in starts
        self.now = state.month - inputs.origin
        self.outbox: list[Message] = []
        self.lists_kept: dict[int, set[int]] = {}
        self.counts = counting.no_counts(self.conduct, self.schemes)
        self.own_rows = own_rows(self.schemes)
        versions = [one for start, one in inputs.responses if start <= state.month]
        self.how = Responses(versions[-1]) if versions and versions[-1].forms.any() else None
        many = len(self.schemes.schemes)
        nothing = (0,) * many
        self.whole = state.whole or Whole(nothing, nothing, (1 << 32,) * many, nothing)
        self.treated: list[list[list[int]]] = [[[] for _ in range(10)] for _ in range(many)]
        shown = [person.published for person in state.persons]
        self.rank(shown)
        self.taken = [self.takes(row, shown) for row in self.schemes.ranks]

    def rank(self, published: list[Published]) -> None:
        """Where grades begin in each group, from what was published."""
        self.edges: list[dict[int, int]] = []
        for row in self.schemes.grades:
            within, kind = int(row.within), int(row.ranked_by)
            groups = self.scores_by_group(published, int(row.scheme), within)
            edges = {group: int(row.begins) for group in groups}
            for group, scores in groups.items() if kind != t.BY_POINTS else ():
                edges[group] = self.begins(
                    list(scores.values()), self.size(kind, int(row.takes), scores),
                    bool(row.edge_in),
                )  # fmt: skip
            self.edges.append(edges)

    def takes(self, row: npt.NDArray[np.int64], published: list[Published]) -> set[int]:
        """Whom a rank takes: of each group those from the edge on, the worst being the best of
        the scores turned round."""
        taken = set()
        sign = -1 if row.worst else 1
        groups = self.scores_by_group(published, int(row.scheme), int(row.within))
        for scores in groups.values():
            turned = {person: sign * score for person, score in scores.items()}
            size = self.size(int(row.ranked_by), int(row.takes), scores)
            edge = self.begins(list(turned.values()), size, bool(row.edge_in))
            taken |= {person for person, score in turned.items() if score >= edge}
        return taken

    def begins_at(self, grade: int, person: int) -> int:
        """Where a grade begins for somebody."""
        return self.edges[grade][self.group(person, int(self.schemes.grades.within[grade]))]

    def prospects(
        self, person: int, mind: Mind, records: list[Record], subject_of: set[int]
    ) -> Prospects:
        """What acts are worth: on the own file to who knows the score, else on an empty one."""
        shown = self.state.persons[person].published

        def under(s: int, grade: int, score: int, lists: frozenset[int]) -> list[int]:
            return self.consequences(person, s, with_one(shown, s, grade, score, lists))

        return Prospects(
            list(records) if mind.awareness == KNOWS_SCORE else [], shown.lists,
            sorted(subject_of), self.kept(), self.society.traits(person), self.now,
            self.state.month, lambda s, file: self.case(person, s, file), under, self.conduct,
            self.schemes,
        )  # fmt: skip

    def severities(self, person: int, published: Published) -> list[int]:
        """Severity that each scheme puts on somebody with this publication."""
        return [
            severity(self.consequences(person, s, published), self.schemes)
            for s in range(len(self.schemes.schemes))
        ]

    @staticmethod
    def size(kind: int, size: int, scores: dict[int, int]) -> int:
        """Persons that a share or a quota lets in."""
        return len(scores) * size // 1_000_000 if kind == t.BY_SHARE else size

    def scores_by_group(
        self, published: list[Published], s: int, within: int
    ) -> dict[int, dict[int, int]]:
        """Published score of each subject, by group: everybody, the region, the community."""
        groups: dict[int, dict[int, int]] = {}
        for person, one in enumerate(published):
            scores = groups.setdefault(self.group(person, within), {})
            if one.grades[s] != NO_GRADE:
                scores[person] = one.scores[s]
        return groups

    def group(self, person: int, within: int) -> int:
        """Number of the group among which somebody is ranked."""
        if within == t.OF_REGION:
            return self.society.region(person)
        return person // self.society.seats.community_size if within == t.OF_COMMUNITY else 0

    @staticmethod
    def begins(scores: list[int], size: int, edge_in: bool) -> int:
        """The lowest score that is in: counted score by score, from the highest."""
        if not scores:
            return 0
        begin, taken = max(scores) + 1, 0
        for value in sorted(set(scores), reverse=True):
            here = scores.count(value)
            if taken >= size:
                break
            if taken + here > size and not edge_in:
                return value + 1
            begin, taken = value, taken + here
        return begin

    def live(self, person: int) -> Person:
        """The person after the month."""
        before = self.state.persons[person]
        traits, coarse = self.society.traits(person), self.society.coarse[person]
        seat = self.society.seat(person)
        who = Who(
            self.society.key, seat, self.state.month, traits, coarse >> COARSE_FRAILTY,
            self.society.life(person),
        )  # fmt: skip
        subject_of = self.subject_of(person)
        records, life = list(before.records), set(before.life)
        mind = replace(before.mind, waits=dict(before.mind.waits))
        r.forget(records, self.now, self.inputs.origin, self.schemes)
        responds = self.how is not None and bool(subject_of)
        if responds:
            self.bethink(person, mind)
            self.object_to_each(person, mind, records)
        self.read_inbox(person, records, subject_of)
        heart = Responding(self, person, mind, who, records, subject_of) if responds else None
        done = acts_of(who, life, self.conduct, heart)
        if heart is not None:
            done = self.more(person, done, heart)
        for act in done:
            self.record(person, act, who, records, subject_of)
        published, scored = self.publish(person, records, subject_of)
        if self.society.is_newcomer(person):
            self.count(self.counts.lives[counting.ENTERED], person)
            self.count(self.counts.lives[self.society.came(person)], person)
        elif self.turns(person) and self.society.age_in_months(person) == 18 * 12:
            self.count(self.counts.lives[counting.OF_AGE], person)
        through_error = self.tally(person, records, published, scored)
        if heart is not None:
            published = self.seen(person, published, done, mind)
            entered = {s for s in subject_of if before.published.grades[s] == NO_GRADE}
            if entered and not self.first and not self.turns(person):
                self.event(counting.JOINED, person)
            self.count_responses(person, published, heart, through_error)
        return Person(published, self.turn_ties(person, self.cut(person)), life, records, mind)

    # responses

    def others(self, person: int) -> list[Published]:
        """What the open ties published last month."""
        return self.tied(person, -1)

    def bethink(self, person: int, mind: Mind) -> None:
        """Awareness, then belief of sanction."""
        assert self.how is not None
        key, seat = self.society.key, self.society.seat(person)
        shown, month = self.state.persons[person].published, self.state.month
        denied = any(self.denied(person, s, shown) for s in range(len(self.schemes.schemes)))
        ties, life = self.others(person), self.society.life(person)
        refused = any(self.refused(person, shown))
        become_aware(mind, key, seat, life, month, denied, refused, ties, self.how)
        if mind.awareness:
            believe(mind, key, seat, month, denied, ties, self.how)
        wear(mind, self.is_named(person, shown), self.how)

    def kept(self) -> list[set[int]]:
        """The lists that each scheme keeps."""
        return [self.lists_kept_by(s) for s in range(len(self.schemes.schemes))]

    def object_to_each(self, person: int, mind: Mind, records: list[Record]) -> None:
        """Objections to the schemes that restrict the person, who knows of it."""
        assert self.how is not None
        if self.how.form("appeal") == "none":
            return
        shown = self.state.persons[person].published
        for s in range(len(self.schemes.schemes)):
            restricted = mind.awareness > 0 and self.denied(person, s, shown)
            answer = object_to(
                s, mind, self.society.key, self.society.seat(person), self.state.month, self.now,
                restricted, records, self.society.traits(person)[SCHOOLING],
                self.whole.answered[s], self.how, self.schemes,
            )  # fmt: skip
            happened = (answer.filed, answer.decided, answer.granted)
            for place, here in enumerate(happened):
                if here:
                    self.event(counting.FILED + place, person)
            if answer.filed:
                self.count(self.counts.appeals[s, counting.OBJECTED], person)
            if answer.decided:
                said = counting.UPHELD if answer.granted else counting.REJECTED
                self.count(self.counts.appeals[s, said], person)

    def more(self, person: int, done: list[Act], heart: Responding) -> list[Act]:
        """What is done for points and for show, and what a collector makes up."""
        assert self.how is not None
        how, tables, ahead = self.how, (self.conduct, self.schemes), heart.prospects
        kept_back = any(forgone and is_speech(act, self.conduct) for act, forgone in heart.notes)
        parts = {
            counting.SOUGHT: sought(heart.wanted, heart.who, self.conduct),
            counting.DISPLAYED: displayed(
                heart.mind, kept_back, heart.who, ahead, how, self.conduct
            ),
            counting.PADDED: made_up(
                person, heart.who, self.whole.entered, self.society, how, *tables
            ),
        }
        for event, acts in parts.items():
            for _ in acts:
                self.event(event, person)
            done = [*done, *acts]
        return done[:MOST_ACTS]

    def seen(self, person: int, published: Published, done: list[Act], mind: Mind) -> Published:
        """What others see of the month beside scores and lists."""
        assert self.how is not None
        spoke = any(is_speech(act.act, self.conduct) for act in done if not act.false)
        denied = any(self.denied(person, s, published) for s in range(len(self.schemes.schemes)))
        shown = shows(
            self.society.key, self.society.seat(person), mind, published, self.whole.hidden,
            self.how, self.schemes,
        )  # fmt: skip
        return replace(
            published, sanction=denied, spoke=spoke, shows=shown, knows=mind.awareness > 0
        )

    def event(self, which: int, person: int) -> None:
        """Count an event of the responses."""
        self.count(self.counts.responses[which], person)

    def count_responses(
        self, person: int, published: Published, heart: Responding, through_error: bool
    ) -> None:
        """Count what somebody whom a scheme scores made of the month."""
        assert self.how is not None
        for act, forgone in heart.notes:
            row = self.counts.forgone if forgone else self.counts.wished
            self.count(row[act], person)
        journeys = self.refused(person, self.state.persons[person].published)
        for event, refused in zip((counting.FLIGHT, counting.TRAIN), journeys, strict=True):
            if refused:
                self.event(event, person)
        if published.shows:
            self.event(counting.SHOWS, person)
        self.count_sums(person, published, heart.mind)
        if not published.knows:
            return
        self.event(counting.KNOWS, person)
        if heart.mind.awareness == KNOWS_SCORE:
            self.event(counting.KNOWS_SCORE, person)
        ties = self.others(person)
        if self.how.form("ties") != "none" and ties and all(tie.sanction for tie in ties):
            self.event(counting.NO_FREE_TIE, person)
        self.count_opinion(person, published, through_error)

    def count_opinion(self, person: int, published: Published, through_error: bool) -> None:
        """Support, and the stranger who is helped or not."""
        assert self.how is not None
        key, seat = self.society.key, self.society.seat(person)
        if self.how.form("support") != "none":
            supports, says_so = stance(
                key, seat, published, self.severities(person, published), through_error,
                self.others(person), self.society.traits(person), self.whole.unlike, self.how,
            )  # fmt: skip
            stands = ((counting.SUPPORTS, supports), (counting.SAYS_SO, says_so),
                      (counting.OBJECTS, not says_so))  # fmt: skip
            for event, here in stands:
                if here:
                    self.event(event, person)
            for s, grade in enumerate(published.grades):
                self.counts.sums[s, counting.OBJECTING] += not says_so and grade != NO_GRADE
        if self.how.form("trust") != "none":
            size = self.society.seats.community_size
            first = person - person % size
            others = range(first, min(first + size, self.society.people))
            strangers = [self.state.persons[p].published for p in others if p != person]
            helped = helps(key, seat, self.state.month, strangers, self.how, self.schemes)
            if helped is not None:
                self.event(counting.MET, person)
            if helped:
                self.event(counting.HELPED, person)

    def count_sums(self, person: int, published: Published, mind: Mind) -> None:
        """What next month knows of the whole."""
        assert self.how is not None
        supported = self.how.form("support") != "none"
        for s, grade in enumerate(published.grades):
            sums, months = self.counts.sums[s], mind.waits.get(s, 0)
            if months:
                self.count(self.counts.appeals[s, counting.WAITING], person)
                sums[counting.PENDING] += months >= self.schemes.schemes.appeal_months[s]
            if grade == NO_GRADE:
                continue
            sums[counting.SUBJECTS] += 1
            sums[counting.AWARE] += mind.awareness > 0
            if not published.shows:
                sums[counting.HIDDEN] += 1
                sums[counting.HIDDEN_SCORE] += published.scores[s]
            if supported:
                weight, gravity = self.severities(person, published)[s], published.gravity
                self.treated[s][gravity].append(weight)
                self.counts.treated[s, gravity] += (1, weight, weight * weight)

    def whole_next(self) -> Whole | None:
        """What is known of the whole next month."""
        if self.how is None:
            return None
        found: list[list[int]] = [[], [], [], []]
        for s, row in enumerate(self.counts.sums.tolist()):
            subjects, hidden = row[counting.SUBJECTS], row[counting.HIDDEN]
            own = int(self.schemes.schemes.appeal_capacity[s])
            room = subjects * (own if own >= 0 else self.how.value("appeal", "capacity"))
            queue = row[counting.PENDING] * 10**10
            found[0].append(row[counting.TIED] * 1000 // subjects if subjects else 0)
            found[1].append(row[counting.HIDDEN_SCORE] // hidden if hidden else 0)
            found[2].append((1 << 32) if queue <= room else (1 << 32) * room // queue)
            found[3].append(unlike(self.treated[s]))
        entered = None
        if self.how.form("discretion") == "padding":
            added = self.counts.sums[0, counting.ADDED :].tolist()
            entered = tuple(many * 10**6 // self.society.people for many in added)
        tied, mean, answered, apart = (tuple(column) for column in found)
        return Whole(tied, mean, answered, apart, entered)

    def cut(self, person: int) -> set[int]:
        """Open slots after the month's cuts: either end drops, both find it dropped."""
        ties = set(self.state.persons[person].ties)
        if self.how is None or self.how.form("ties") == "none":
            return ties
        before = len(ties)
        for slot in sorted(ties):
            other = self.society.partner(person, slot)
            if other is None:
                continue
            pair = [self.state.persons[end].published for end in (person, other)]
            seats = [self.society.seat(end) for end in (person, other)]
            layer = self.society.layer(person, slot)
            likeness = alike(self.society.coarse[person], self.society.coarse[other])
            self.note_tie(pair, layer)
            if other in self.society.household(person):
                continue
            mine, theirs = (
                wish(one, two, layer, likeness, self.whole.tied, self.own_rows, self.state.month,
                     self.how, self.schemes)
                for one, two in (pair, pair[::-1])
            )  # fmt: skip
            words = draw_pair(
                self.society.key, *seats, self.state.month,
                stream("response:cutting") ^ self.society.label(person, slot),
            )  # fmt: skip
            low, high = (mine, theirs) if seats[0] < seats[1] else (theirs, mine)
            if under(words[0], low) or under(words[1], high):
                ties.remove(slot)
        for _ in range(before - len(ties)):
            self.event(counting.CUT, person)
        for _ in ties:
            self.event(counting.TIES, person)
        return ties

    def note_tie(self, pair: list[Published], layer: int) -> None:
        """Count the end of a tie that a weighted part of a scheme reads."""
        assert self.how is not None
        if self.how.form("ties") != "worth":
            return
        for s in range(len(self.schemes.schemes)):
            reads = any(
                row.scheme == s and row.kind == t.PEERS and row.layers >> layer & 1
                for row in self.schemes.components
            )
            if reads and all(one.grades[s] != NO_GRADE for one in pair):
                self.counts.sums[s, counting.TIED] += 1

    # who is scored

    def subject_of(self, person: int) -> set[int]:
        """Schemes that score the person: decided in a first month, then published."""
        if not self.first and not self.turns(person):
            grades = self.state.persons[person].published.grades
            return {
                s for s, grade in enumerate(grades)
                if grade != NO_GRADE or self.opts_in(person, s)
            }  # fmt: skip
        return {s for s in range(len(self.schemes.schemes)) if self.is_subject(person, s)}

    def opts_in(self, person: int, s: int) -> bool:
        """Whether somebody who is not in joins this month, and may."""
        if self.how is None or not self.is_eligible(person, s):
            return False
        key, seat = self.society.key, self.society.seat(person)
        return joins(s, key, seat, self.state.month, self.others(person), self.how, self.schemes)

    def turns(self, person: int) -> bool:
        """Whether it is asked anew who may be scored: of newcomers, and at birthdays."""
        return self.society.is_newcomer(person) or self.society.has_birthday(person)

    def is_subject(self, person: int, s: int) -> bool:
        """Whether the person may be scored, and is in."""
        row = self.schemes.schemes[s]
        if not self.is_eligible(person, s):
            return False
        if row.opt_in and self.state.persons[person].published.grades[s] == NO_GRADE:
            seat = self.society.seat(person)
            life = self.society.life(person)
            return draw(self.society.key, seat, life, int(row.stream), 0)[0] < row.joining
        return True

    def is_eligible(self, person: int, s: int) -> bool:
        """Age, region and trait."""
        row, traits = self.schemes.schemes[s], self.society.traits(person)
        if traits[AGE] < row.min_age:
            return False
        if row.region not in (-1, self.society.region(person)):
            return False
        if row.subject_trait >= 0:
            value = traits[row.subject_trait]
            return bool(row.subject_min <= value <= row.subject_max)
        return True

    # collect and structure

    def read_inbox(self, person: int, records: list[Record], subject_of: set[int]) -> None:
        """Book what was sent here last month; it goes no further and corrects nothing."""
        for sent in self.state.inbox:
            if sent.target != person:
                continue
            word = sent.content
            code, source, amount = word >> 28 & 4095, word >> 20 & 255, word >> 16 & 15
            flags, at = word >> 8 & 255, self.now + (word & 255)
            if word >> 40:
                scheme = int(self.schemes.rules.scheme[code])
                force = r.in_force(code, self.state.month, self.schemes)
                fits = r.fits(code, self.society.traits(person), self.schemes)
                rules = [code] if scheme in subject_of and force and fits else []
            else:
                rules = self.rules_for(person, code, amount, source, set(), subject_of)
            for rule in rules:
                filed = rule if word >> 40 else self.filed_as(rule, source)
                r.insert(records, Record(filed, at, flags, amount), self.schemes)
                self.count(self.counts.records[rule], person)

    def filed_as(self, rule: int, source: int) -> int:
        """The rule that stands for a rule where the scheme trusts the source less."""
        table = self.schemes.filed_as
        return int(table[rule, source]) if len(table) else rule

    def rules_for(
        self, person: int, act: int, amount: int, source: int, taken: set[int],
        subject_of: set[int],
    ) -> list[int]:  # fmt: skip
        return r.rules_for(
            act, amount, source, self.state.month, self.society.traits(person), taken,
            subject_of, self.conduct, self.schemes,
        )  # fmt: skip

    def record(
        self, person: int, act: Act, who: Who, records: list[Record], subject_of: set[int]
    ) -> None:
        """An act meets its sources."""
        reports = self.entered(person, act, who, reports_of(act, who, self.conduct))
        taken: set[int] = set()
        for report in reports:
            if report.late:
                self.count(self.counts.errors[counting.LATE], person)
            if report.elsewhere is not None and self.misattribute(person, act, report):
                continue
            for rule in self.rules_for(
                person, act.act, act.amount, report.source, taken, subject_of
            ):
                taken.add(rule)
                flags = r.FALSE if act.false else 0
                filed = self.filed_as(rule, report.source)
                record = Record(filed, self.now + report.late, flags, act.amount)
                r.insert(records, record, self.schemes)
                self.spill(person, filed, report.source, act.amount, flags, report.late)
            if report.again:
                self.file_twice(person, act, report, records, subject_of)
            if report.stale:
                if r.leave_stale(records, act.act, self.now, self.schemes):
                    self.count(self.counts.errors[counting.STALE], person)
            elif not act.false:
                if r.leave_stale(records, act.act, self.now, self.schemes, ahead=True):
                    self.count(self.counts.errors[counting.STALE], person)
                r.correct(records, act.act, self.now, self.schemes)
        for rule in taken:
            self.count(self.counts.records[rule], person)
        withheld = act.false and not reports and seen_by(act, self.conduct)
        if withheld:
            return
        if act.false:
            self.count(self.counts.errors[counting.FALSE], person)
        else:
            self.count(self.counts.acts[act.act], person)
            if not reports:
                self.count(self.counts.errors[counting.MISSING], person)
                self.count(self.counts.unseen[act.act], person)

    def entered(self, person: int, act: Act, who: Who, reports: list[Report]) -> list[Report]:
        """Of what the sources saw, what those who enter records by hand enter."""
        if self.how is None or act.false:
            return reports
        before = self.state.persons[person]
        kept = [
            one for one in reports
            if enters(person, act, one.source, who, before.ties, before.published.spoke,
                      self.society, self.how, self.conduct)
        ]  # fmt: skip
        for _ in range(len(reports) - len(kept)):
            self.event(counting.LEFT_OUT, person)
        by_hand = any(self.conduct.sources.by_hand[one.source] for one in kept)
        padding = self.how.form("discretion") == "padding"
        if padding and by_hand and is_read(act.act, self.schemes):
            self.counts.sums[0, counting.ADDED + against(act.act, self.conduct)] += 1
        return kept

    def file_twice(
        self, person: int, act: Act, report: Report, records: list[Record],
        subject_of: set[int],
    ) -> None:  # fmt: skip
        """The source files the act once more, some months later; it spills no further."""
        self.count(self.counts.errors[counting.DUPLICATED], person)
        at = self.now + report.late + report.again
        for rule in self.rules_for(
            person, act.act, act.amount, report.source, set(), subject_of
        ):
            filed = self.filed_as(rule, report.source)
            r.insert(records, Record(filed, at, r.FALSE | r.STALE, act.amount), self.schemes)
            self.count(self.counts.records[rule], person)

    def misattribute(self, person: int, act: Act, report: Report) -> bool:
        """The record goes to somebody else; False where nobody is like the person."""
        word = report.elsewhere or 0
        seen = self.conduct.sources[report.source]
        size = self.society.seats.community_size
        first = person - person % size
        anybody = range(first, min(first + size, self.society.people))
        if report.likeness < seen.on_homonym:
            pool, like = self.society.namesakes(person), True
        elif report.likeness < seen.on_household:
            pool, like = list(self.society.household(person)), True
        elif report.likeness < seen.on_device:
            ties = self.state.persons[person].ties
            near = [slot for slot in sorted(ties) if self.society.is_near(person, slot)]
            friends = [self.society.partner(person, slot) for slot in near]
            home = self.society.household(person)
            pool = [*home, *[p for p in friends if p is not None and p not in home]]
            like = True
        else:
            pool, like = list(anybody), False
        others = [p for p in pool if p != person]
        if not others:
            return not like
        other = others[word * len(others) >> 32]
        if other >= self.society.people:  # a namesake whose seat is not taken at this size
            return False
        self.count(self.counts.errors[counting.MISATTRIBUTED], person)
        self.outbox.append(
            message(
                other, person, False, act.act, report.source, act.amount, r.MISATTRIBUTED,
                report.late,
            )  # fmt: skip
        )
        return True

    def spill(
        self, person: int, rule: int, source: int, amount: int, flags: int, late: int
    ) -> None:
        """What a booked rule books to others."""
        row = self.schemes.rules[rule]
        spilled = [(int(row.spill), int(row.spill_to), amount)]
        first, count = int(row.first_other), int(row.other_count)
        spilled += [(int(k), int(to), 0) for k, to in self.schemes.others[first : first + count]]
        for other_rule, to, size in spilled:
            for other in self.named(person, to) if other_rule >= 0 else []:
                self.outbox.append(
                    message(
                        other, person, True, other_rule, source, size, flags | r.SPILLED, late
                    )
                )

    def named(self, person: int, to: int) -> list[int]:
        """Whom something is booked to: family, leaders of the community, or ties of a layer."""
        kind, number = to % (1 << t.TO_BITS), to >> t.TO_BITS
        if kind == t.TO_TIES:
            slots = sorted(self.state.persons[person].ties)
            found = [self.society.partner(person, s) for s in slots
                     if self.society.layer(person, s) == number]  # fmt: skip
            return [other for other in found if other is not None]
        if kind in (t.TO_LEADERS, t.TO_FELLOWS):
            leaders = self.leaders(person, number)
            if kind == t.TO_FELLOWS and person not in leaders:
                return []
            return [other for other in leaders if other != person]
        return self.kin(person, kind)

    def leaders(self, person: int, many: int) -> list[int]:
        """Heads of the households at ``many`` seats that are drawn once for the community."""
        from scoredsociety.society.tables import ROLE

        size = self.society.seats.community_size
        first = person - person % size
        found: dict[int, None] = {}
        for place in range(many):
            word = draw(self.society.key, self.society.seat(first), 0, stream("leaders"), place)[0]
            if first + (word * size >> 32) < self.society.people:
                home = self.society.household(first + (word * size >> 32))
                found |= {p: None for p in home if self.society.traits(p)[ROLE] == HEAD}
        return list(found)

    def kin(self, person: int, to: int) -> list[int]:
        """Members of the household that are what ``to`` asks for."""
        from scoredsociety.society.tables import ROLE

        role = {p: self.society.traits(p)[ROLE] for p in self.society.household(person)}
        mine = role.pop(person)
        wanted = {
            t.TO_HEAD: {HEAD},
            t.TO_SPOUSE: {HEAD: {SPOUSE}, SPOUSE: {HEAD}}.get(mine, set()),
            t.TO_PARENTS: {CHILD: {HEAD, SPOUSE}, HEAD: {PARENT}}.get(mine, set()),
            t.TO_CHILDREN: {PARENT: {HEAD}, HEAD: {CHILD}, SPOUSE: {CHILD}}.get(mine, set()),
            t.TO_HOUSEHOLD: {HEAD, SPOUSE, CHILD, PARENT, OTHER},
        }[to]
        return [p for p, theirs in role.items() if theirs in wanted]

    # score and publish

    def due(self, s: int) -> bool:
        """Whether the scheme publishes this month."""
        return self.first or self.state.month % int(self.schemes.schemes.publishes_every[s]) == 0

    def publish(
        self, person: int, records: list[Record], subject_of: set[int]
    ) -> tuple[Published, dict[int, Scored]]:
        """What is published after the month; before it, standing rules of all are booked."""
        before = self.state.persons[person].published
        scores, grades, lists = list(before.scores), list(before.grades), set(before.lists)
        scored: dict[int, Scored] = {}
        for s in sorted(subject_of):
            self.follow(person, s, records, before)
        for s, head in enumerate(self.schemes.schemes):
            own = self.lists_kept_by(s)
            enters = self.turns(person) and before.grades[s] == NO_GRADE
            if s not in subject_of:
                grades[s] = NO_GRADE
                lists -= own
                if self.first or enters:
                    scores[s] = int(head.start)
                continue
            if not self.due(s) and not enters:
                continue
            case = self.case(person, s, records)
            scored[s] = score(case)
            scores[s], grades[s] = scored[s].score, scored[s].grade
            lists = lists - own | lists_of(case)
            if s in self.own_rows:
                span = int(head.high - head.low)
                scores[self.own_rows[s]] = int(head.low) + (span * scored[s].own >> 16)
        published = Published(tuple(scores), tuple(grades), frozenset(lists), self.gravity(records))
        return published, scored

    def follow(self, person: int, s: int, records: list[Record], before: Published) -> None:
        """Rules on a list or on another scheme's grade, as published last month."""
        traits = self.society.traits(person)
        for rule, row in enumerate(self.schemes.rules):
            kinds = (t.ON_LIST, t.ON_GRADE, t.ON_RANK)
            if row.scheme != s or row.kind not in kinds:
                continue
            rank = self.schemes.ranks[row.on] if row.kind == t.ON_RANK else None
            if rank is not None:
                if rank.month not in (-1, self.state.month % 12):
                    continue
                member = person in self.taken[int(row.on)]
            elif row.kind == t.ON_LIST:
                member = int(row.on) in before.lists
            else:
                other = int(row.on) // 16
                grade = before.grades[other] if row.on >= 0 else NO_GRADE
                member = grade != NO_GRADE and row.amount_min <= grade <= row.amount_max
            member = member and r.in_force(rule, self.state.month, self.schemes)
            member = member and r.fits(rule, traits, self.schemes)
            r.stand(records, rule, member, self.now, self.schemes)

    def lists_kept_by(self, s: int) -> set[int]:
        """List bits that rules of the scheme set."""
        if s not in self.lists_kept:
            rows = self.schemes.rules
            found = {int(row.list_bit) for row in rows if row.scheme == s} - {-1}
            self.lists_kept[s] = found
        return self.lists_kept[s]

    def case(self, person: int, s: int, records: list[Record]) -> Case:
        """What scoring may look at."""
        return Case(
            s, tuple(records), self.now, self.state.month, self.inputs.origin,
            self.society.traits(person),
            lambda gravity, layers: self.violations(person, gravity, layers),
            lambda own, layers: self.mean_of_ties(person, s, own, layers),
            lambda row: self.begins_at(row, person),
            self.schemes, self.conduct,
        )  # fmt: skip

    def tied(self, person: int, layers: int, but: Sequence[int] = ()) -> list[Published]:
        """What the open ties in some layers published last month, less some persons."""
        found = []
        for slot in sorted(self.state.persons[person].ties):
            other = self.society.partner(person, slot)
            if other is None or other in but:
                continue
            if layers >> self.society.layer(person, slot) & 1:
                found.append(self.state.persons[other].published)
        return found

    def violations(self, person: int, gravity: int, layers: int) -> int:
        """Ties whose latest violation is at least so grave."""
        return sum(tie.gravity >= gravity for tie in self.tied(person, layers))

    def mean_of_ties(self, person: int, s: int, own: bool, layers: int) -> int | None:
        """Mean (Q16 of the scale) of what ties that are subjects published."""
        home = self.society.household(person) if layers & HOUSEHOLD_LAYER else ()
        ties = self.tied(person, layers, home)  # who is both is read once
        if home:
            others = [p for p in home if p != person]
            ties += [self.state.persons[p].published for p in others]
        row = self.own_rows[s] if own else s
        scores = [tie.scores[row] for tie in ties if tie.grades[s] != NO_GRADE]
        low, high = int(self.schemes.schemes.low[s]), int(self.schemes.schemes.high[s])
        if not scores:
            return None
        return sum(value - low for value in scores) * 65536 // (len(scores) * (high - low))

    def gravity(self, records: list[Record]) -> int:
        """Gravity of the latest live violation; the gravest of a month."""
        live = [
            (record.month, int(self.schemes.rules.gravity[record.rule]))
            for record in records
            if self.schemes.rules.gravity[record.rule] > 0
            and r.counts(record, self.now, self.schemes)
        ]
        return max(live, default=(0, 0))[1]

    # control

    def is_asked_for(self, person: int, row: counting.Ints) -> bool:
        """Whether a consequence asks for such a person."""
        if row.if_trait == 0:
            return True
        value = self.society.traits(person)[row.if_trait - 1]
        return bool(row.if_min <= value <= row.if_max)

    def consequences(self, person: int, s: int, published: Published) -> list[int]:
        """Consequences of scheme ``s`` that somebody with this publication is under."""
        if published.grades[s] == NO_GRADE:
            return []
        return [
            place
            for place, row in enumerate(self.schemes.consequences)
            if row.scheme == s
            and (row.grade_min < 0
                 or row.grade_min <= published.grades[s] <= row.grade_max)
            and (row.list_bit < 0 or int(row.list_bit) in published.lists)
            and row.score_min <= published.scores[s] <= row.score_max
            and self.is_asked_for(person, row)
        ]

    def agrees(self, person: int, place: int) -> bool:
        """Whether the person lets the partner behind a consequence read."""
        row, seat = self.schemes.consequences[place], self.society.seat(person)
        word = draw(self.society.key, seat, 0, int(row.stream), 0)[0]
        return row.consent == 0 or word < row.consent - 1

    def denied(self, person: int, s: int, published: Published) -> bool:
        """Whether scheme ``s`` denies anything."""
        found = self.consequences(person, s, published)
        return any(self.schemes.consequences.denies[place] for place in found)

    def what_is_denied(self, person: int, published: Published) -> set[int]:
        """Codes of what all schemes together deny."""
        return {
            int(self.schemes.consequences.denies[place])
            for s in range(len(self.schemes.schemes))
            for place in self.consequences(person, s, published)
        }  # fmt: skip

    def is_named(self, person: int, published: Published) -> bool:
        """Whether others see the person on a list, or the good name is taken."""
        by_grade = t.GOOD_NAME in self.what_is_denied(person, published)
        return by_grade or bool(published.lists & set().union(*self.kept()))

    def refused(self, person: int, published: Published) -> tuple[bool, bool]:
        """Whether a flight, and a train, was tried and refused this month."""
        assert self.how is not None
        return refused_journeys(
            self.society.key, self.society.seat(person), self.state.month,
            self.society.traits(person)[INCOME_FIFTH], self.what_is_denied(person, published),
            self.how,
        )  # fmt: skip

    def cause(self, person: int, s: int, records: list[Record], published: Published) -> int:
        """0 as intended, 1 only through errors, 2 only through those and protected conduct."""
        errors = [x for x in records if x.flags & (r.FALSE | r.MISATTRIBUTED | r.STALE)]
        rights = [x for x in records if protected(x.rule, self.schemes, self.conduct)]
        for bar, without in ((1, errors), (2, errors + rights)):
            left = [x for x in records if not any(x is out for out in without)]
            if without and not self.denied(person, s, self.as_if(person, s, left, published)):
                return bar
        return 0

    def as_if(self, person: int, s: int, records: list[Record], real: Published) -> Published:
        """What would be published this month with other records under scheme ``s``."""
        case = self.case(person, s, records)
        result = score(case)
        scores, grades = list(real.scores), list(real.grades)
        scores[s], grades[s] = result.score, result.grade
        lists = real.lists - self.lists_kept_by(s) | lists_of(case)
        return replace(real, scores=tuple(scores), grades=tuple(grades), lists=lists)

    # ties and tallies

    def turn_ties(self, person: int, ties: set[int]) -> set[int]:
        """Open slots after the month's turnover, from those that were not cut."""
        for slot in self.society.places(person):
            if not self.society.turns_over(person, slot, self.state.month):
                continue
            other = self.society.partner(person, slot)
            was_open = int(slot in ties)
            ties.discard(slot)
            if other is not None and self.society.opens(
                person, other, slot, self.state.month, was_open
            ):
                ties.add(slot)
        return ties

    def count(self, row: counting.Ints, person: int) -> None:
        counting.count(row, self.society.coarse[person])

    def tally(
        self, person: int, records: list[Record], published: Published, scored: dict[int, Scored]
    ) -> bool:
        """Count the person under what is published now; whether an error restricts them."""
        through_error = False
        cell = self.society.coarse[person] & 4095
        self.count(self.counts.persons, person)
        for s, grade in enumerate(published.grades):
            self.counts.cells[s, cell, grade] += 1
            if grade == NO_GRADE:
                continue
            self.counts.scores[s, cell] += published.scores[s]
            for place in self.consequences(person, s, published):
                if not self.agrees(person, place):
                    continue
                self.count(self.counts.consequences[place], person)
            if self.denied(person, s, published):
                self.count(self.counts.restricted[s, 0], person)
                bar = self.cause(person, s, records, published)
                self.count(self.counts.restricted[s, 1 + bar], person)
                through_error = through_error or bar == 1
        for bit in published.lists:
            self.count(self.counts.listed[bit], person)
        return through_error


class Responding(Heart):
    """A person who responds: what is feared, kept back, and noted."""

    def __init__(
        self, month: _Month, person: int, mind: Mind, who: Who, records: list[Record],
        subject_of: set[int],
    ) -> None:  # fmt: skip
        assert month.how is not None
        self.month, self.mind, self.who, self.how = month, mind, who, month.how
        self.spoke = [tie.spoke for tie in month.others(person)]
        self.notes: list[tuple[int, bool]] = []
        self.prospects = month.prospects(person, mind, records, subject_of)
        self.wanted = Appetite()
        if mind.awareness:
            self.wanted = appetite(who, self.prospects, self.how, month.conduct)

    def shift(self, act: int, amount: int) -> int:
        """What seeking, shame and deterrence add to the readiness for an act."""
        conduct, key = self.month.conduct, self.month.society.key
        if not self.mind.awareness:
            return 0
        total = displaced(act, amount, self.wanted, self.prospects, self.how, conduct)
        if conduct.acts.gravity[act] == 0 or is_speech(act, conduct):
            return total
        total += ashamed(self.mind, self.who.traits, self.how)
        return total + deterred(
            act, amount, self.mind, key, self.who.seat, self.prospects, self.how, conduct
        )

    def stays(self, act: int, usual: int) -> int:
        """What naming makes of the threshold of going on with an episode that rules punish."""
        conduct = self.month.conduct
        if not self.mind.awareness or not conduct.acts.gravity[act]:
            return usual
        shift = 0 if is_speech(act, conduct) else ashamed(self.mind, self.who.traits, self.how)
        return holds_on(usual, shift) if shift else usual

    def silent(self, act: int, place: int, word: int) -> bool:
        """Whether an act of speech is kept back."""
        return stays_silent(
            act, place, word, self.mind, self.who, self.prospects, self.spoke, self.how,
            self.month.conduct, self.month.schemes,
        )  # fmt: skip

    def note(self, act: int, meant: bool, forgone: bool) -> None:
        """Wishes to speak, and what was given up; no more is noted than there is room for."""
        if meant and is_speech(act, self.month.conduct):
            self.notes.append((act, False))
        if forgone:
            self.notes.append((act, True))
        del self.notes[MOST_NOTES:]
