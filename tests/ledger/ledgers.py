"""Ledgers of a run, month by month, and what the plain scorer has against them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from tests.ledger.plain_file import Key, Luck, file_of
from tests.ledger.plain_presence import absences, at_once, second_filings, sent
from tests.ledger.plain_scorer import disagreements
from tests.ledger.rule_text import SRC, Text, month_of

from scoredsociety.engine import checkpoint
from scoredsociety.results import Run
from scoredsociety.runs.recorder import ChangeLog
from scoredsociety.society.describe.sample import people_frame
from scoredsociety.society.recipes.recipe import load_society
from scoredsociety.study.explain.explanation import explained, lives_of

AT_ONCE = 20  # lives lived side by side
ROOM = 57  # a file has 60 places; acts of the month and second filings need some
HEAD, SPOUSE, CHILD, PARENT = range(4)  # codes of the trait role (docs/society.md)
Ledger = dict[str, Any]


@dataclass
class Found:
    """What was checked under one scheme, and what disagreed."""

    ledgers: int = 0
    entries: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        some = ", ".join(f"{count} {kind}" for kind, count in sorted(self.kinds.items()))
        return (f"{self.ledgers} ledgers, {self.entries} entries ({some}): "
                f"{len(self.wrong)} disagreements")  # fmt: skip


def errant_conduct(folder: Path) -> Path:
    """Everyday conduct with thrice the offences, and many late, strayed and doubled records."""
    path = folder / "errant.toml"
    text = (SRC / "conduct" / "catalogue" / "everyday.toml").read_text("utf-8")
    text = text.replace("candidates_a_year = 2.05", "candidates_a_year = 6")
    lines = []
    for line in text.splitlines():
        if line.startswith("late = "):
            line = "late = [0.2, 0.1, 0.1]"
        if line.startswith("misattributed = "):
            line = "misattributed = 0.1\nstale = 0.15\nduplicated = 0.05"
        if line.startswith("assumed = [") and '"misattributed"' in line:
            line = line.replace('"misattributed"', '"misattributed", "stale", "duplicated"')
        lines.append(line)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def fullest(
    run: Run, wanted: int, text: Text, traits: Sequence[dict[str, int]]
) -> list[int]:
    """Seats with the most records in the last state, of those whom the scheme may score."""
    head = text.document["scheme"]
    asked = head.get("subject", {"trait": "age"})
    may = [
        one["age"] >= head.get("min_age", 0)
        and asked.get("from", 0) <= one[asked["trait"]] <= asked.get("to", 255)
        for one in traits
    ]
    blocks = checkpoint.load(run.folder / "checkpoint").blocks
    held = np.concatenate([block.counts for block in blocks]).astype(int)
    rows = np.argsort(-np.where(may, held, -1), kind="stable")
    return sorted(rows[:wanted].tolist())


def traits_of(run: Run) -> list[dict[str, int]]:
    """The traits of every seat."""
    inputs = run.manifest["inputs"]
    frame = people_frame(load_society(inputs["society"]), run.people, inputs["seed"])
    return frame.to_dicts()


def months_of(
    run: Run, scheme: str, persons: Sequence[int], only_last: bool = False
) -> Iterator[list[Ledger]]:
    """The ledgers of each person, one a month, or only the last."""
    log = ChangeLog(run.folder)
    for start in range(0, len(persons), AT_ONCE):
        some = persons[start : start + AT_ONCE]
        s, lives = lives_of(run.prepared, run.setting, log, some, scheme, None)
        for lived in lives:
            first = len(lived) if only_last else 1
            yield [explained(run.prepared, run.setting, s, lived[:count])
                   for count in range(first, len(lived) + 1)]  # fmt: skip


def check_run(
    run: Run, texts: Sequence[Text], text: Text, persons: Sequence[int],
    traits: Sequence[dict[str, int]], most: int = 200,
) -> Found:  # fmt: skip
    """Every month's ledger of the first ``most`` scored persons against the plain scorer.

    ``texts`` are those of all schemes of the run, whose records share a file.
    """
    found = Found()
    for months in months_of(run, text.id, persons):
        if months[-1]["subject"] and found.ledgers < most:
            last, own = months[-1], traits[months[-1]["person"]]
            held = most_held(texts, last, own)
            check_life(text, months, own, found, held <= ROOM)
    return found


def most_held(texts: Sequence[Text], last: Ledger, traits: dict[str, int]) -> int:
    """The most records that ever stood on the file, of all schemes of the run."""
    files = [file_of(text, last, traits, Luck()) for text in texts]
    months = [month_of(one["month"]) for one in last["published"]]
    return max(sum(at_once(file, now) for file in files) for now in months)


def check_life(
    text: Text, months: list[Ledger], traits: dict[str, int], found: Found, whole: bool
) -> None:
    """The ledgers of one life: what each entry carries, and (if whole) which should be there."""
    luck = Luck()
    for before, ledger in zip([None, *months], months, strict=False):
        found.entries += len(ledger["entries"])
        wrong = disagreements(ledger, text, traits)
        if whole and ledger["subject"]:
            wrong += presence(ledger, before, text, traits, luck)
        seat = f"{text.id}, seat {ledger['person']}, {ledger['month']}: "
        found.wrong += [seat + one for one in wrong]
    found.ledgers += 1
    found.kinds.update(kinds_of(text, months[-1]))
    found.kinds.update({"struck": len(luck.struck), "ledgers of a full file": not whole})


def check_spills(
    run: Run, text: Text, persons: Sequence[int], traits: Sequence[dict[str, int]]
) -> Found:
    """What each of these persons' acts send to the family, against what arrived there.

    Both ways: nothing else arrives than what some member sent the month before.
    """
    found = Found()
    homes = sorted({traits[person]["household"] for person in persons})
    members = [seat for seat, one in enumerate(traits) if one["household"] in set(homes)]
    last = {months[-1]["person"]: months[-1] for months in months_of(run, text.id, members, True)}
    due: Counter[tuple[Any, ...]] = Counter()
    came: Counter[tuple[Any, ...]] = Counter()
    for seat, ledger in last.items():
        months = [month_of(one["month"]) for one in ledger["published"]]
        file = file_of(text, ledger, traits[seat], Luck())
        for now in months[:-1]:
            for to, row, late, source in sent(file, now):
                for other in family(seat, to, traits, members):
                    due[other, seat, row, now + 1, late, source] += 1
        for line in ledger["received"]:
            spilled = line["scheme"] == text.id and (line["rule"] or "").endswith(".spill")
            if spilled and line["from"] in last:
                key = (seat, line["from"], line["rule"], month_of(line["month"]))
                came[(*key, line["months_late"], line["filed_by"])] += 1
    found.ledgers, found.entries = len(last), sum(came.values())
    found.wrong += [f"{text.id}: sent and not received {one}" for one in (due - came).elements()]
    found.wrong += [f"{text.id}: received and not sent {one}" for one in (came - due).elements()]
    return found


def family(
    seat: int, to: str, traits: Sequence[dict[str, int]], members: Sequence[int]
) -> list[int]:
    """Seats of the household to whom a rule's record goes, by the roles in it; never oneself."""
    home, role = traits[seat]["household"], traits[seat]["role"]
    others = [one for one in members if traits[one]["household"] == home and one != seat]
    wanted: dict[str, dict[int, list[int]]] = {
        "head_of_household": {one: [HEAD] for one in range(5)},
        "spouse": {HEAD: [SPOUSE], SPOUSE: [HEAD]},
        "parents": {CHILD: [HEAD, SPOUSE], HEAD: [PARENT]},
        "children": {HEAD: [CHILD], SPOUSE: [CHILD], PARENT: [HEAD]},
        "household": {one: list(range(5)) for one in range(5)},
    }
    roles = wanted[to].get(role, [])
    return [one for one in others if traits[one]["role"] in roles]


def presence(
    ledger: Ledger, before: Ledger | None, text: Text, traits: dict[str, int], luck: Luck
) -> list[str]:
    """Records that should not stand, or should, in a month; ``before`` is the month before's.

    In a month that answers an objection all wrong records may go, or one right one: what goes so
    is kept in ``luck``, and what a source filed a second time this month.
    """
    now = month_of(ledger["month"])
    luck.second += second_filings(ledger, text, traits)
    extra, missing = absences(ledger, text, traits, luck)
    waits = [one["objection_waits"][text.id] for one in ledger["published"][-2:]]
    answered = before is not None and waits[0] > 0 and waits[1] <= 1
    if answered and missing and text.appeal_months is not None:
        for keys in [wrong_ones(before), *([key] for key in missing)]:
            tried = Luck([*luck.struck, *((now, key) for key in keys)], luck.second)
            # with the right ones struck, all that rested on them follows
            if absences(ledger, text, traits, tried) == ([], []):
                luck.struck = tried.struck
                return []
    return [f"should not stand: {key}" for key in extra] + [
        f"should stand: {key}" for key in missing
    ]


def wrong_ones(ledger: Ledger | None) -> list[Key]:
    """Keys of the records that are marked as wrong."""
    entries = ledger["entries"] if ledger is not None else []
    return [(one["rule"], one["month"], one["amount"]) for one in entries
            if one["cause"].startswith("error")]  # fmt: skip


def kinds_of(text: Text, ledger: Ledger) -> Counter[str]:
    """Entries by what they show."""
    kinds: Counter[str] = Counter()
    for one in ledger["entries"]:
        key = one["rule"] or ""
        kinds["doubled"] += bool(one["doubled"])
        kinds["suspended"] += bool(one["suspended"])
        kinds["capped"] += one["cap"] is not None
        kinds["spilled"] += key.endswith(".spill")
        kinds["residues"] += key.endswith(".residue")
        kinds["over"] += "over:" in one["cause"]
        kinds["late"] += "not booked yet" in one["cause"]
        row = text.rows.get(key)
        kinds["straight to a grade"] += row is not None and row.grade is not None
        kinds["from others"] += one["message"] is not None
    return +kinds
