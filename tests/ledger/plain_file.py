"""Which records should stand on a file: acts filed, what arrived, corrections, grades published.

From the docs and the rule text alone, as plain_scorer.py. The lines of ``scored explain --json``
say what sources filed (``filed``), what others sent (``received``) and what was published
(``published``); who objected with success is luck that no text decides: it is taken from what is
gone from the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tests.ledger.plain_scorer import Record, counts
from tests.ledger.rule_text import FOREVER, Row, Text, conduct, kinds, month_of

Key = tuple[Any, ...]  # the entry's rule, month of booking and amount


@dataclass(eq=False)
class Booked(Record):
    """A record, and where it came from."""

    act: str | None = None
    act_month: int | None = None
    filed_by: str | None = None
    sender: int | None = None
    gone: int = FOREVER  # month from which it is off the file
    why: str = ""
    stale: bool = False  # overtaken by the act that corrects it
    residue_of: Booked | None = None

    @property
    def key(self) -> Key:
        return (self.row.key, f"{self.month // 12}-{self.month % 12 + 1:02}", self.amount)


@dataclass
class Luck:
    """What no text decides, as the ledgers of a life show it month by month."""

    struck: list[tuple[int, Key]] = field(default_factory=list)  # by an upheld objection; when
    second: list[Booked] = field(default_factory=list)  # what a source filed once more


@dataclass
class File:
    """All records that were ever booked or are to be."""

    text: Text
    traits: dict[str, int]
    records: list[Booked] = field(default_factory=list)
    subject: bool = True  # in the month that is worked out: nobody else gets records

    def book(self, one: Booked) -> None:
        """Put a record on the file of a subject."""
        if self.subject:
            self.records.append(one)

    def live(self, now: int) -> Iterator[Booked]:
        """Records that are on the file and count."""
        for one in list(self.records):
            if one.gone > now and counts(one.row, one.month, now, self.text.yearly_start):
                yield one


def file_of(
    text: Text, record: dict[str, Any], traits: dict[str, int], luck: Luck
) -> File:
    """The file at the ledger's month."""
    file = File(text, traits)
    months = [month_of(one["month"]) for one in record["published"]]
    entered = {month_of(one["month"]) for one in record["life"] if one.get("entered")}
    for place, now in enumerate(months):
        file.subject = record["published"][place]["grades"][text.id] is not None
        if now in entered:
            file.records.clear()
        for key in [key for month, key in luck.struck if month == now]:
            gone = [one for one in file.records if one.key == key and one.gone > now]
            if gone:  # none: it was booked this month, and not there to be struck
                gone[-1].gone, gone[-1].why = now, "struck"
        for line in record["received"]:
            if month_of(line["month"]) == now:
                receive(file, line, now)
        filed = [one for one in record["filed"] if month_of(one["month"]) == now]
        for act in sorted({one["place"] for one in filed}):
            lines = [one for one in filed if one["place"] == act]
            own = [one for one in lines if not one["on_another"]]
            book_act(file, own, now, now, None)
            for line in own:
                if line["error"] is None:  # no act, nothing ended
                    correct(file, line, now)
        file.records += [replace(one) for one in luck.second if one.act_month == now]
        before = record["published"][place - 1] if place else None
        follow_grades(file, before, now)
    return file


def receive(file: File, line: dict[str, Any], now: int) -> None:
    """Book what others sent last month."""
    if line["act"] is not None:
        book_act(file, [line], now, now - 1, line["from"])
        return
    if line["scheme"] != file.text.id:
        return
    row = file.text.rows[line["rule"]]
    if "on_others" in row.text and not fits(file, row.text):
        return
    file.book(Booked(
        row, now + line["months_late"], class_amount(row.text, line["amount_class"]), act=None,
        act_month=now - 1, filed_by=line["filed_by"], sender=line["from"],
    ))  # fmt: skip


def class_amount(rule: dict[str, Any], place: int) -> int | None:
    """The amount of a class: the rule counts by the amounts of its first act."""
    acts = [rule["on"]] if isinstance(rule.get("on"), str) else rule.get("on", [])
    if not acts:
        return None
    amounts = next(one for one in conduct()["act"] if one["id"] == acts[0]).get("amounts")
    return int(amounts[min(place, len(amounts) - 1)]["value"]) if amounts else None


def counted_by(rule: dict[str, Any], line: dict[str, Any]) -> int | None:
    """The amount by which a record counts: of the first act of the rule, in the same class."""
    acts = [rule["on"]] if isinstance(rule["on"], str) else rule["on"]
    if line["act"] == acts[0]:
        return None if line["amount"] is None else int(line["amount"])
    return class_amount(rule, class_of(line))


def class_of(line: dict[str, Any]) -> int:
    """The place of an amount among those of its act."""
    amounts = next(one for one in conduct()["act"] if one["id"] == line["act"]).get("amounts", [])
    return next((k for k, one in enumerate(amounts) if one["value"] == line["amount"]), 0)


def book_act(
    file: File, lines: list[dict[str, Any]], now: int, act_month: int, sender: int | None
) -> None:
    """Book one act under the rules that hold, source after source."""
    taken: set[str] = set()
    for line in lines:  # in the order of seen_by
        holding = [
            rule for rule in file.text.rules()
            if holds(file, rule, line, now) and rule["id"] not in taken
            and group_of(file.text, rule) not in taken
        ]  # fmt: skip
        for rule in heaviest(file.text, holding):
            taken.add(rule["id"])
            group = group_of(file.text, rule)
            taken |= {group} if group else set()
            file.book(Booked(
                file.text.rows[rule["id"]], now + line["months_late"], counted_by(rule, line),
                act=line["act"], act_month=act_month, filed_by=line["filed_by"], sender=sender,
            ))  # fmt: skip


def holds(file: File, rule: dict[str, Any], line: dict[str, Any], now: int) -> bool:
    """Whether a rule is on the act, reads the source, is in force, and fits amount and person."""
    acts = [rule["on"]] if isinstance(rule.get("on"), str) else rule.get("on", [])
    if line["act"] not in acts:
        return False
    reads = [file.text.document["scheme"].get("reads"), rule.get("reads")]
    names = {line["filed_by"], kinds()[line["filed_by"]]}
    if any(one is not None and not names & set(one) for one in reads):
        return False
    if "from" in rule and now < month_of(rule["from"]):
        return False
    if "until" in rule and now >= month_of(rule["until"]):
        return False
    span, amount = rule.get("amount", {}), line["amount"] or 0
    if not span.get("from", 0) <= amount <= span.get("to", 10**12):
        return False
    return fits(file, rule)


def fits(file: File, rule: dict[str, Any]) -> bool:
    """Whether the person is one for whom the rule holds."""
    asked = rule.get("if")
    if asked is None:
        return True
    return bool(asked.get("from", 0) <= file.traits[asked["trait"]] <= asked.get("to", 255))


def group_of(text: Text, rule: dict[str, Any]) -> str | None:
    """The heaviest_of group of a rule; one_act = "heaviest" makes one of all that do not award."""
    named = rule.get("heaviest_of")
    if named is not None:
        return None if named == "none" else f"group:{named}"
    row = text.rows[rule["id"]]
    awards = row.grade is None and weight(row) > 0
    return "group:" if text.one_act and not awards and "list" not in rule else None


def weight(row: Row) -> int:
    """Points as written; of brackets, the largest."""
    return max((points for _, points in row.brackets), key=abs, default=row.points)


def heaviest(text: Text, holding: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All rules outside groups, and the heaviest of each group."""
    order = [name for name, _ in text.grades]

    def rank(rule: dict[str, Any]) -> tuple[int, int, int]:
        row = text.rows[rule["id"]]
        if row.grade is not None:
            return 0, order.index(row.grade), row.place[0]
        return 1, -abs(weight(row)), row.place[0]

    chosen: dict[str, dict[str, Any]] = {}
    for rule in holding:
        name = group_of(text, rule) or rule["id"]
        if name not in chosen or rank(rule) < rank(chosen[name]):
            chosen[name] = rule
    return list(chosen.values())


def correct(file: File, line: dict[str, Any], now: int) -> None:
    """The act turns every record of the rules that it corrects, and that counts, into residue;
    nothing of it where its source does not bring up to date what the act ends.
    """
    for one in list(file.records):
        if one.gone <= now or one.row.text.get("corrected_by") != line["act"]:
            continue
        if one.row.key.endswith(".residue"):
            continue
        if one.month > now or not line["brought_up_to_date"]:
            one.stale = True
        elif counts(one.row, one.month, now, file.text.yearly_start):
            end(file, one, now, "corrected")


def end(file: File, one: Booked, now: int, why: str) -> None:
    """Take a record off, and leave its residue."""
    one.gone, one.why = now, why
    left = file.text.rows.get(f"{one.row.rule}.residue")
    if left is not None:
        file.book(Booked(left, now, one.amount, act_month=now, residue_of=one))


def follow_grades(file: File, before: dict[str, Any] | None, now: int) -> None:
    """Rules on a grade: booked the month after it was published, ended the month after it left."""
    for rule in file.text.rules():
        if "on_grade" not in rule:
            continue
        asked = rule["on_grade"]
        assert "grade" in asked, "at_most and at_least stand in no points scheme of the catalogue"
        grade = before["grades"].get(asked["scheme"]) if before else None
        live = [one for one in file.live(now) if one.row.rule == rule["id"]]
        if grade != asked["grade"]:
            for one in live:
                end(file, one, now, "left")
        elif not live:
            file.book(Booked(file.text.rows[rule["id"]], now, None))
