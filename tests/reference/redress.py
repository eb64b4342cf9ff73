"""Objections to records, scheme by scheme, plainly (docs/model.md)."""

from __future__ import annotations

from dataclasses import dataclass

from tests.reference import records as r
from tests.reference.philox import draw
from tests.reference.records import Record
from tests.reference.responses import MILLION, Mind, Responses, under

from scoredsociety.columns import NamedRow
from scoredsociety.keyed import stream
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables
from scoredsociety.society.tables import SCHOOLING

ERRORS = r.FALSE | r.MISATTRIBUTED | r.STALE
FOURTEEN = 15  # months waited: so many, or more


@dataclass
class File:
    """The records of a person, as an objection to one scheme finds them."""

    s: int
    records: list[Record]
    filed: int  # month since the origin in which one objected
    now: int
    schemes: SchemeTables

    @property
    def head(self) -> NamedRow:
        """The scheme's row."""
        found: NamedRow = self.schemes.schemes[self.s]
        return found

    def is_open(self, record: Record) -> bool:
        """Whether the channel was open for a record; a followed list is disputed elsewhere."""
        row = self.schemes.rules[record.rule]
        if row.scheme != self.s or row.kind in (t.ON_LIST, t.ON_GRADE):
            return False
        return self.filed - record.month <= self.head.appeal_within

    def wrong(self) -> list[Record]:
        """Records that are false, another's or stale, and can still be taken off."""
        leaves = self.head.appeal_leaves_residue
        return [
            one for one in self.records
            if one.flags & ERRORS and self.is_open(one) and not (leaves and one.flags & r.CORRECTED)
        ]  # fmt: skip

    def gravest(self) -> Record | None:
        """The first of the gravest violations for which the channel was open."""
        found = [
            one for one in self.records
            if self.is_open(one) and self.now < r.end_of(one, self.schemes)
        ]  # fmt: skip
        weights = [int(self.schemes.rules.gravity[one.rule]) for one in found]
        return found[weights.index(max(weights))] if max(weights, default=0) > 0 else None

    def take_off(self, record: Record) -> None:
        """Take a record off, or leave its residue."""
        self.records.remove(record)
        residue = int(self.schemes.rules.residue[record.rule])
        over = self.now >= r.end_of(record, self.schemes)  # kept for what rests on it
        if residue >= 0 and self.head.appeal_leaves_residue and not over:
            flags = record.flags & ~r.DOUBLED | r.CORRECTED
            r.insert(self.records, Record(residue, self.now, flags, 0), self.schemes)

    def decide(self, word: int, how: Responses) -> bool:
        """Whether the objection is upheld; then what is wrong goes, or the gravest right one."""
        wrong, grave = self.wrong(), None
        if not wrong and self.head.appeal_any_record:
            grave = self.gravest()
        odds = how.value("appeal", "upheld" if wrong else "upheld_right")
        if self.head.appeal_to == t.TO_BODY:
            odds = odds * how.value("appeal", "body") // MILLION
        if not (wrong or grave) or not under(word, odds):
            return False
        if grave:
            self.take_off(grave)
        while wrong := self.wrong():
            self.take_off(wrong[0])
        return True


@dataclass
class Answer:
    """What happened to an objection in a month."""

    filed: bool = False
    decided: bool = False
    granted: bool = False


def object_to(
    s: int, mind: Mind, key: tuple[int, int], seat: int, month: int, now: int, restricted: bool,
    records: list[Record], schooling: int, answered: int, how: Responses, schemes: SchemeTables,
) -> Answer:  # fmt: skip
    """An objection to a scheme is filed, waits, or is answered. ``answered``: of the queue."""
    head = schemes.schemes[s]
    months = mind.waits.get(s, 0)
    if head.appeal_to == t.NO_CHANNEL:
        mind.waits[s] = 0
        return Answer()
    if not months and not restricted:
        return Answer()
    stem = stream("response:appeal") ^ int(head.stream)
    word, other, third, _ = draw(key, seat, month, stem, 0)
    if months:
        if months < head.appeal_months or third >= answered:
            mind.waits[s] = min(months + 1, FOURTEEN)
            return Answer()
        mind.waits[s] = 0
        filed = now - months if months < FOURTEEN else 0
        return Answer(False, True, File(s, records, filed, now, schemes).decide(other, how))
    file = File(s, records, now, now, schemes)
    wrong = file.wrong()
    if not wrong and file.gravest() is None:
        return Answer()
    odds = how.value("appeal", "files" if wrong else "files_right")
    for _ in range(schooling):
        odds = odds * how.value("appeal", "schooling") // MILLION
    if under(word, odds):
        mind.waits[s] = 1
        return Answer(True)
    return Answer()


__all__ = ["SCHOOLING", "Answer", "object_to"]
