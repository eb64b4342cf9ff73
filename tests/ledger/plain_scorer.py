"""A plain scorer: what a ledger should say, from the rule text and the list of its records alone.

Written from docs/writing-a-scheme.md ("How a score comes about") and the files of the catalogue,
without a look at the engine or at the readable month of tests/reference/. It shares no code with
the program. ``disagreements`` gives one sentence for each number or mark of a ledger that the text
does not bear out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.ledger.rule_text import FOREVER, Row, Text, month_of

SECOND = "a second time"
Said = tuple[Any, ...]


@dataclass
class Record:
    """A record on the file, with what the text makes of it."""

    row: Row
    month: int  # of booking
    amount: int | None
    counts: bool = False
    raw: int = 0
    twice: bool = False  # also once it is over
    suspended: bool = False
    points: int = 0

    @property
    def order(self) -> tuple[Any, ...]:
        """By month of booking, then by the place of the rule, then the smaller amount first."""
        return self.month, self.row.place, self.amount or 0


def counts(row: Row, booked: int, now: int, yearly_start: bool) -> bool:
    """Whether a record counts in a month: from booking for ``memory`` months, that one included."""
    if not booked <= now < (FOREVER if row.memory == FOREVER else booked + row.memory):
        return False
    return not yearly_start or booked // 12 == now // 12


def in_all(brackets: tuple[tuple[Decimal, int], ...], amount: int) -> int:
    """Points of the highest bracket that an amount reaches."""
    reached = [points for start, points in brackets if start <= amount]
    return reached[-1] if reached else 0


def score_file(text: Text, records: list[Record], now: int) -> int:
    """Fill what each record carries in a month, and give their sum."""
    records.sort(key=lambda one: one.order)
    standing = any(
        one.row.grade is not None and counts(one.row, one.month, now, text.yearly_start)
        for one in records
    )
    hours: dict[tuple[str, int], int] = defaultdict(int)
    used: dict[tuple[str, int], int] = defaultdict(int)
    for place, one in enumerate(records):
        year = one.month // 12
        one.counts = counts(one.row, one.month, now, text.yearly_start)
        one.raw = raw_points(one, hours, year)
        one.twice = is_doubled(text, one, records[:place])
        one.suspended = one.row.suspended and standing
        worth = 2 * one.raw if one.twice else one.raw
        if one.suspended:
            worth = 0
        elif one.row.cap is not None:
            key = (one.row.cap, year)
            worth, used[key] = let_through(text.caps[one.row.cap], used[key], worth)
        one.points = worth if one.counts else 0
    return sum(one.points for one in records)


def raw_points(one: Record, hours: dict[tuple[str, int], int], year: int) -> int:
    """What the text gives a record before repeat and cap."""
    row, amount = one.row, one.amount or 0
    if row.per_amount:
        return row.points * amount
    if not row.brackets:
        return row.points
    if not row.yearly_brackets:
        return in_all(row.brackets, amount)
    before = hours[row.rule, year]
    hours[row.rule, year] = before + amount
    return in_all(row.brackets, before + amount) - in_all(row.brackets, before)


def is_doubled(text: Text, one: Record, before: list[Record]) -> bool:
    """Whether an earlier record of the same rule counts in the month in which this is booked."""
    if not one.row.doubles:
        return False
    return any(
        other.row.key == one.row.key  # what spilled over is a kind of its own
        and counts(other.row, other.month, one.month, text.yearly_start)
        for other in before
    )  # fmt: skip


def let_through(cap: int, sum_before: int, points: int) -> tuple[int, int]:
    """What a year's cap lets through after those before, and the sum after it."""
    least = min if cap >= 0 else max
    return least(sum_before + points, cap) - least(sum_before, cap), sum_before + points


def row_for(text: Text, key: str) -> Row | None:
    """The row of an entry's rule; of a rule that a dated version changed (id@month), that one."""
    return text.rows.get(key)


def records_of(text: Text, record: dict[str, Any]) -> tuple[list[Record], list[dict[str, Any]]]:
    """The records of a ledger, and its other entries."""
    found, others = [], []
    for entry in record["entries"]:
        row = row_for(text, entry["rule"]) if entry["rule"] else None
        if row is None or entry["month"] is None or "from_attribute" in row.text:
            others.append(entry)
        else:
            found.append(Record(row, month_of(entry["month"]), entry["amount"]))
    return found, others


def said_of(entry: dict[str, Any], text: Text) -> Said:
    """What an entry says that the text decides.

    Whether a record that does not count was doubled is not compared: a ledger says it of those
    under a cap only.
    """
    if entry["raw_points"] is None:
        return None, entry["points"], False, bool(entry["suspended"])
    return (entry["raw_points"], entry["points"], bool(entry["doubled"]), bool(entry["suspended"]))


def expected_of(one: Record) -> Said:
    """What it should say."""
    if not one.counts:
        return None, 0, False, False  # what does not count carries no marks either
    return one.raw, one.points, one.twice, one.suspended


def disagreements(
    record: dict[str, Any], text: Text, traits: dict[str, int] | None = None
) -> list[str]:
    """Everything in a flow ledger that the rule text does not bear out; empty where all agrees."""
    now = month_of(record["month"])
    if not record["subject"]:
        bare = record["score"] == text.start and not record["entries"] and record["grade"] is None
        return [] if bare else ["somebody who is not a subject has a ledger"]
    records, others = records_of(text, record)
    score_file(text, records, now)
    wrong = list(compare_records(text, record, records))
    wrong += compare_others(text, records, others, traits)
    wrong += compare_end(text, record, records, now)
    return wrong


def compare_records(
    text: Text, record: dict[str, Any], records: list[Record]
) -> Iterator[str]:
    """The entries of records against what each should carry; of like ones the order is free."""
    said, due = defaultdict(Counter), defaultdict(Counter)
    for entry in record["entries"]:
        row = row_for(text, entry["rule"]) if entry["rule"] else None
        if row is None or entry["month"] is None or "from_attribute" in row.text:
            continue
        key = (row.key, entry["month"], entry["amount"])
        said[key][said_of(entry, text)] += 1
        yield from static(text, row, entry)
    for one in records:
        key = (one.row.key, f"{one.month // 12}-{one.month % 12 + 1:02}", one.amount)
        due[key][expected_of(one)] += 1
    for key, expected in due.items():
        if said[key] != expected:
            got, want = sorted(said[key].elements(), key=str), sorted(expected.elements(), key=str)
            yield f"{key}: ledger has (raw, points, doubled, suspended) {got}, the text {want}"


def static(text: Text, row: Row, entry: dict[str, Any]) -> Iterator[str]:
    """What an entry says of its rule: the act, the amount, the source, the cap, the spill."""
    rule, where = row.text, f"{row.key} of {entry['month']}"
    acts = [rule["on"]] if isinstance(rule.get("on"), str) else rule.get("on", [])
    known = entry["act"] is not None and acts and not row.key.endswith(".residue")
    if known and entry["act"] not in acts:
        yield f"{where}: booked for {entry['act']}, but the rule is on {acts}"
    if "amount" in rule and entry["amount"] is not None:
        low, high = rule["amount"].get("from", 0), rule["amount"].get("to", 10**12)
        if not low <= entry["amount"] <= high:
            yield f"{where}: the amount {entry['amount']} is outside {low} to {high}"
    cited = rule.get("source", [])
    cited = [cited] if isinstance(cited, str) else cited
    if cited and not all(one in str(entry["source"]) for one in cited):
        yield f"{where}: source {entry['source']} where the text says {cited}"
    if entry["cap"] != (row.cap.removeprefix("rule:") if row.cap else None):
        yield f"{where}: cap {entry['cap']} where the text has {row.cap}"
    if row.key.endswith(".spill") and entry["message"] is None:
        yield f"{where}: spilled over, and no message brought it"
    if entry["act_month"] is not None:
        yield from delay(row, entry, where)


def delay(row: Row, entry: dict[str, Any], where: str) -> Iterator[str]:
    """Booking comes 0 to 3 months after the act; a month more if it travelled between people."""
    late = month_of(entry["month"]) - month_of(entry["act_month"])
    least = 1 if entry["message"] is not None else 0
    most = 0 if row.key.endswith(".residue") else least + 3
    if SECOND in entry["cause"] and most:  # one to three months after its source filed it
        least, most = least + 1, most + 3
    if not least <= late <= most:
        yield f"{where}: booked {late} months after the act, between people {least == 1}"


def compare_others(
    text: Text, records: list[Record], others: list[dict[str, Any]], traits: dict[str, int] | None
) -> Iterator[str]:
    """Attributes, rounding and clamp."""
    total = text.start + sum(one.points for one in records)
    seen: dict[str, int] = {}
    clamps = 0
    for entry in others:
        rule = text.rows[entry["rule"]].text if entry["rule"] in text.rows else None
        if rule is not None and "from_attribute" in rule:
            seen[rule["id"]] = entry["points"]
        elif entry["rule"] is None:
            clamps += entry["points"]
        else:
            yield f"an entry under {entry['rule']}, which the text does not know"
    for rule in text.rules():
        if "from_attribute" not in rule:
            continue
        given = seen.get(rule["id"], 0)
        steps = [*rule["table"], rule.get("missing", {"points": 0})]
        values = {0} | {int(Decimal(str(s.get("points", 0))) * 100) for s in steps}
        due = attribute(rule, traits)
        if given not in values or (due is not None and given != due):
            yield f"{rule['id']}: {given} where the table gives {due} ({sorted(values)})"
        total += given
    held = held_within(text, total) - total
    if clamps != held:
        yield f"rounding and bounds take {clamps}, by the text {held}"


def attribute(rule: dict[str, Any], traits: dict[str, int] | None) -> int | None:
    """Points of a rule on a trait; None where the trait is not known."""
    if traits is None or rule["from_attribute"] not in traits:
        return None
    if "missing" in rule and traits[rule["missing"]["unless"]] == 0:
        return int(Decimal(str(rule["missing"].get("points", 0))) * 100)
    value = traits[rule["from_attribute"]]
    reached = [s for s in rule["table"] if s.get("from", 0) <= value]
    last = max(reached, key=lambda s: s.get("from", 0), default={"points": 0})
    return int(Decimal(str(last["points"])) * 100)


def held_within(text: Text, total: int) -> int:
    """Rounded down to ``round_to``, then held within ``low`` and ``high``."""
    if text.round_to:
        total = total // text.round_to * text.round_to
    if text.low is not None:
        total = max(total, text.low)
    return total if text.high is None else min(total, text.high)


def compare_end(
    text: Text, record: dict[str, Any], records: list[Record], now: int
) -> Iterator[str]:
    """The sum, the grade, the lists."""
    if record["start"] != text.start:
        yield f"starts at {record['start']}, by the text at {text.start}"
    total = record["start"] + sum(entry["points"] for entry in record["entries"])
    if total != record["score"]:
        yield f"start and entries add up to {total}, the score is {record['score']}"
    order = [name for name, _ in text.grades]
    reached = [name for name, start in text.grades if start is None or start <= record["score"]]
    ways = [one.row.grade for one in records if one.counts and one.row.grade is not None]
    grade = min([reached[-1], *ways], key=order.index)
    shown = record["grade"]
    if shown != grade and not (order == ["all"] and shown is None):
        yield f"grade {shown}, by the text {grade}"
    lists = {one.row.list for one in records if one.counts and one.row.list is not None}
    declared = {one["id"] for one in text.document.get("list", [])}  # others are of other schemes
    if set(record["lists"]) & declared != lists:
        yield f"on the lists {record['lists']}, by the text {sorted(lists)}"
