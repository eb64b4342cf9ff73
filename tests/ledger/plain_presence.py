"""What of a file stands in a month, and what a ledger lacks of it or has too much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.ledger.plain_file import Booked, File, Key, Luck, file_of, holds
from tests.ledger.plain_scorer import SECOND, counts, score_file
from tests.ledger.rule_text import Text, month_of


def due(file: File, now: int) -> tuple[list[Booked], list[Booked]]:
    """Records that are not over (late ones before their month too), and over ones that are kept:
    one of them rests on it, or did when the month began and what is over went, or may yet.
    """
    kept: list[Booked] = []
    for since in (now, now + 1):  # with what went in the month, and without
        there = [one for one in file.records if one.gone >= since]
        score_file(file.text, there, now)  # also sorts them
        alive = [one for one in there if not is_over(file.text, one, now)]
        kept += [
            one for one in there
            if one.gone > now and is_over(file.text, one, now) and one not in kept
            and (uses_up(one, now) or any(rests(file.text, later, one) for later in alive))
        ]  # fmt: skip
    return alive, kept


def uses_up(one: Booked, now: int) -> bool:
    """Whether it has a part of a cap or of brackets of the year, on which a later one goes on."""
    return (one.row.cap is not None or one.row.yearly_brackets) and one.month // 12 >= now // 12


def is_over(text: Text, one: Booked, now: int) -> bool:
    """Whether its memory is over, or a new year began that starts anew."""
    return one.month <= now and not counts(one.row, one.month, now, text.yearly_start)


def rests(text: Text, later: Booked, one: Booked) -> bool:
    """Whether a record rests on an earlier one: as a repeat, or in a year's cap or brackets."""
    if later.order < one.order:
        return False
    if later.month // 12 == one.month // 12:
        if later.row.cap is not None and later.row.cap == one.row.cap:
            return True
        if later.row.yearly_brackets and later.row.key == one.row.key:
            return True
    return (later.twice and later.row.key == one.row.key
            and counts(one.row, one.month, later.month, text.yearly_start))  # fmt: skip


def absences(
    record: dict[str, Any], text: Text, traits: dict[str, int], luck: Luck
) -> tuple[list[Key], list[Key]]:
    """Keys of what stands in the ledger and should not, and of what should stand and does not."""
    now = month_of(record["month"])
    file = file_of(text, record, traits, luck)
    alive, resting = due(file, now)
    said = stands(record, text)
    expected = Counter(one.key for one in alive + resting)
    return list((said - expected).elements()), list((expected - said).elements())


def second_filings(record: dict[str, Any], text: Text, traits: dict[str, int]) -> list[Booked]:
    """Entries marked as filed a second time, by a source that filed the act before.

    They come one to three months after that source's own filing, whether or not a rule took it,
    and stand in the ledger from the month of the act.
    """
    found, file = [], File(text, traits)
    for entry in record["entries"]:
        new = entry["act_month"] == record["month"] and SECOND in entry["cause"]
        if not new or entry["rule"].endswith(".residue"):
            continue
        month, row = month_of(entry["month"]), text.rows[entry["rule"]]
        for line in record["filed"]:
            act_month = month_of(line["month"])
            late = month - act_month - line["months_late"]
            if (line["month"] == record["month"] and line["act"] == entry["act"]
                    and line["filed_by"] == entry["filed_by"] and 1 <= late <= 3
                    and holds(file, row.text, line, act_month)):  # fmt: skip
                found.append(Booked(row, month, entry["amount"], act_month=act_month))
                break
    return found


def stands(record: dict[str, Any], text: Text) -> Counter[Key]:
    """Records of a ledger by key."""
    return Counter(
        (entry["rule"], entry["month"], entry["amount"]) for entry in record["entries"]
        if entry["rule"] in text.rows and entry["month"] is not None
    )  # fmt: skip


def at_once(file: File, now: int) -> int:
    """How many records of a scheme stand in a month; a file has room for 60, of all schemes."""
    alive, resting = due(file, now)
    return sum(one.month <= now + 3 for one in alive) + len(resting)


def sent(file: File, now: int) -> Iterator[tuple[str, str, int, str | None]]:
    """What spills over to the family from acts of a month: to whom, row, lateness, source.

    What was itself sent here spills no further.
    """
    for one in file.records:
        spill = one.row.text.get("spill")
        own = one.sender is None and one.act is not None and one.act_month == now
        if spill is not None and own and one.row.key == one.row.rule:
            yield spill["to"], f"{one.row.rule}.spill", one.month - now, one.filed_by
