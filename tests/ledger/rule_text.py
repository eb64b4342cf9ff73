"""A points scheme read from its TOML file alone, for the plain scorer of tests/ledger/.

Nothing here comes from the program: not its loader, not its tables. Points are centipoints, months
are counted from year 0 (``12 * year + month - 1``). The meaning of each key is that of
docs/writing-a-scheme.md, section "How a score comes about".
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

SRC = Path(__file__).parents[2] / "src" / "scoredsociety"
SCHEMES = SRC / "scheme" / "catalogue"
FOREVER = 10**9


def month_of(text: str) -> int:
    """Number of the month YYYY-MM."""
    year, month = text.split("-")
    return 12 * int(year) + int(month) - 1


def points_of(value: Any) -> int:
    """Centipoints."""
    return int(Decimal(str(value)) * 100)


def months_or_forever(value: int | str) -> int:
    return FOREVER if value == "forever" else int(value)


@dataclass(frozen=True)
class Row:
    """What a record may stand under: a rule itself, its residue, or its record on somebody else."""

    key: str  # the rule's id; with .residue or .spill
    rule: str
    place: tuple[int, int]  # of the rule in the file; 0 itself, 1 residue, 2 spilled
    points: int
    grade: str | None
    memory: int
    brackets: tuple[tuple[Decimal, int], ...] = ()  # also slices laid end to end
    yearly_brackets: bool = False
    per_amount: bool = False
    doubles: bool = False
    cap: str | None = None
    suspended: bool = False
    list: str | None = None
    text: dict[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Text:
    """A points scheme."""

    id: str
    start: int
    low: int | None
    high: int | None
    round_to: int
    every: int
    yearly_start: bool
    grades: tuple[tuple[str, int | None], ...]  # lowest first, with where they begin
    one_act: bool
    caps: dict[str, int]
    rows: dict[str, Row]
    appeal_months: int | None  # None: no channel
    document: dict[str, Any]

    def rules(self) -> list[dict[str, Any]]:
        return list(self.document.get("rule", []))


@cache
def conduct() -> dict[str, Any]:
    """The conduct document as its file has it."""
    return tomllib.loads((SRC / "conduct" / "catalogue" / "everyday.toml").read_text("utf-8"))


@cache
def kinds() -> dict[str, str]:
    """Kind of data of each source."""
    return {one["id"]: one["kind"] for one in conduct()["source"]}


def read_text(name: str | Path) -> Text:
    """A scheme of the catalogue by its name, or of a file."""
    path = Path(name) if str(name).endswith(".toml") else SCHEMES / f"{name}.toml"
    document = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    score = document["score"]
    assert score["kind"] == "points", f"{path}: only points schemes"
    grades = [(one["id"], points_of(one["from"]) if "from" in one else None)
              for one in document.get("grade", [])]  # fmt: skip
    grades.sort(key=lambda one: -FOREVER if one[1] is None else one[1])
    rows: dict[str, Row] = {}
    caps = {one["id"]: points_of(one["year"]) for one in document.get("cap", [])}
    for place, rule in enumerate(document.get("rule", [])):
        for row in rows_of(document, rule, place):
            rows[row.key] = row
        if "yearly_cap" in rule:
            caps[f"rule:{rule['id']}"] = points_of(rule["yearly_cap"])
    appeal = document.get("appeal", {"kind": "objection"})
    return Text(
        id=document["scheme"]["id"], start=points_of(score["start"]),
        low=points_of(score["low"]) if "low" in score else None,
        high=points_of(score["high"]) if "high" in score else None,
        round_to=points_of(score.get("round_to", 0)), every=score.get("published_every", 1),
        yearly_start=score.get("yearly_start", False),
        grades=tuple(grades) or (("all", None),),
        one_act=document.get("dynamics", {}).get("one_act") == "heaviest",
        caps=caps, rows=rows,
        appeal_months=None if appeal["kind"] == "none" else appeal.get("months", 1),
        document=document,
    )  # fmt: skip


def rows_of(document: dict[str, Any], rule: dict[str, Any], place: int) -> list[Row]:
    """The rule itself, and what stands behind it."""
    dynamics = document.get("dynamics", {})
    points = points_of(rule.get("points", 0))
    steps = brackets_of(rule)
    size = max((p for _, p in steps), key=abs, default=points)
    gives = size > 0 and "grade" not in rule
    own = Row(
        key=rule["id"], rule=rule["id"], place=(place, 0), points=points, grade=rule.get("grade"),
        memory=memory_of(dynamics, rule, rule, size), brackets=steps,
        yearly_brackets=rule.get("bracket_of") == "year", per_amount=rule.get("per_amount", False),
        doubles=rule.get("repeat", dynamics.get("repeat") if size < 0 else "once") == "double",
        cap=rule.get("cap") or (f"rule:{rule['id']}" if "yearly_cap" in rule else None),
        suspended=rule.get("suspended", gives and dynamics.get("awards_suspended", False)),
        list=rule.get("list"), text=rule,
    )  # fmt: skip
    found = [own]
    if "residue" in rule:
        left = rule["residue"]
        worth = points_of(left.get("points", 0))
        found.append(Row(
            key=f"{rule['id']}.residue", rule=rule["id"], place=(place, 1), points=worth,
            grade=left.get("grade"), list=left.get("list"),
            memory=memory_of(dynamics, left, {}, worth),
            suspended=worth > 0 and dynamics.get("awards_suspended", False), text=rule,
        ))  # fmt: skip
    if "spill" in rule:
        found.append(spilled(dynamics, rule, own))
    return found


def spilled(dynamics: dict[str, Any], rule: dict[str, Any], own: Row) -> Row:
    """The record that is booked as well to somebody else: the same, but for what ``spill`` says."""
    spill = rule["spill"]
    said = "points" in spill or "grade" in spill
    worth = points_of(spill.get("points", 0)) if said else own.points
    memory = rule if "memory_months" in rule and "memory_months" not in spill else spill
    size = worth if said or not own.brackets else max((p for _, p in own.brackets), key=abs)
    return Row(
        key=f"{own.key}.spill", rule=own.rule, place=(own.place[0], 2), points=worth,
        grade=spill.get("grade") if said else own.grade,
        memory=memory_of(dynamics, memory, rule, size),
        brackets=() if said else own.brackets,
        yearly_brackets=not said and own.yearly_brackets,
        per_amount=not said and own.per_amount, doubles=own.doubles, cap=None,
        suspended=size > 0 and dynamics.get("awards_suspended", False), text=rule,
    )  # fmt: skip


def brackets_of(rule: dict[str, Any]) -> tuple[tuple[Decimal, int], ...]:
    """(amount from which, centipoints in all), of brackets or of the full ``per`` of slices."""
    if "brackets" in rule:
        return tuple(sorted((Decimal(one["from"]), points_of(one["points"]))
                            for one in rule["brackets"]))  # fmt: skip
    steps, amount, points = [], Decimal(0), 0
    for piece in sorted(rule.get("slices", []), key=lambda one: one["to"]):
        while amount + piece["per"] <= piece["to"]:
            amount += piece["per"]
            points += points_of(piece["points"])
            steps.append((amount, points))
        amount = Decimal(piece["to"])
    return tuple(steps)


def memory_of(
    dynamics: dict[str, Any], said: dict[str, Any], rule: dict[str, Any], points: int
) -> int:
    """How long a record counts: what it says itself, else [dynamics.memory] by grade or points."""
    if "memory_months" in said:
        return months_or_forever(said["memory_months"])
    memory = dynamics.get("memory", {})
    grade = said.get("grade")
    if grade is not None:
        return months_or_forever(memory.get("grade", {}).get(grade, "forever"))
    if points > 0:
        by_level = memory.get("award_by_level", {})
        level = rule.get("level")
        return months_or_forever(by_level.get(level, memory.get("award", "forever")))
    for bound in memory.get("deduction", []):
        if "up_to" not in bound or -points <= points_of(bound["up_to"]):
            return months_or_forever(bound["months"])
    return FOREVER


def points_schemes() -> list[str]:
    """Points schemes of the catalogue."""
    texts = {one.stem: tomllib.loads(one.read_text("utf-8")) for one in SCHEMES.glob("*.toml")}
    return sorted(name for name, text in texts.items() if text["score"]["kind"] == "points")
