"""A copy of a published scheme is titled and badged by what was changed in it.

``based_on`` names the scheme; a file that keeps the id of a published scheme and says something
else is based on it too. Changed tables with the source and status of the original are assumed:
the source does not say what now stands there.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from scoredsociety.document.read import parse
from scoredsociety.scheme.model.status import as_today

_CATALOGUE = Path(str(files("scoredsociety.scheme"))) / "catalogue"
_HEAD = ("id", "title", "based_on", "status", "region")  # of [scheme]: not what the rules say


def original_of(values: Mapping[str, Any]) -> str | None:
    """Id of the published scheme that a document is based on, said or by its own id."""
    head = values.get("scheme")
    if not isinstance(head, dict):
        return None
    for name in (head.get("based_on"), head.get("id")):
        if isinstance(name, str) and (_CATALOGUE / f"{name}.toml").is_file() and "/" not in name:
            return name
    return None


def marked(values: Mapping[str, Any], text: str = "") -> dict[str, Any]:
    """The values with the title and the badges of a copy; as they are where nothing is copied."""
    made, name = dict(values), original_of(values)
    if name is None:
        return made
    published = (_CATALOGUE / f"{name}.toml").read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    if text == published:
        return made
    was = parse(published, f"{name}.toml")
    count = changes(was, made)
    if not count and made["scheme"].get("based_on") is None:
        return made
    head, old = dict(made["scheme"]), was["scheme"]
    said = f"based on {name}, {_in_words(count)}"
    own = head.get("title")
    head["title"] = said if own in (None, old["title"]) else f"{own} ({said})"
    if count and as_today(head).get("status") == as_today(old).get("status"):
        head["status"] = "assumed"
    made["scheme"] = head
    for table, rows in made.items():
        if isinstance(rows, list) and isinstance(was.get(table), list):
            before = {str(row.get("id")): row for row in was[table] if isinstance(row, dict)}
            made[table] = [_badged(row, before) for row in rows]
    return made


def _badged(row: Any, before: Mapping[Any, Any]) -> Any:
    old = before.get(str(row.get("id"))) if isinstance(row, dict) else None
    if old is None or row == old or "status" not in row:
        return row
    same = row.get("source") == old.get("source") and row["status"] == old.get("status")
    return {**row, "status": "assumed"} if same else row


def _in_words(count: int) -> str:
    """``unchanged``, ``changed in 1 place``, ``changed in 3 places``."""
    return f"changed in {count} place{'' if count == 1 else 's'}" if count else "unchanged"


def changes(was: Any, now: Any) -> int:
    """Places in which two documents differ: a key each, a whole row that came or went as one."""
    if not (isinstance(was, dict) and isinstance(now, dict)):
        return int(was != now)
    count = 0
    for key in was.keys() | now.keys():
        one, other = was.get(key), now.get(key)
        if key == "scheme" and isinstance(one, dict) and isinstance(other, dict):
            heads = [{k: v for k, v in head.items() if k not in _HEAD} for head in (one, other)]
            one, other = heads
        if isinstance(one, list) and isinstance(other, list) and _rows(one) and _rows(other):
            count += _between(one, other)
        elif isinstance(one, dict) and isinstance(other, dict):
            count += changes(one, other)
        elif one != other:
            rows = [rows for rows in (one, other) if isinstance(rows, list) and _rows(rows)]
            count += len(rows[0]) if rows and key != "source" else int(key != "source")
    return count


def _rows(value: list[Any]) -> bool:
    return bool(value) and all(isinstance(row, dict) for row in value)


def _between(one: list[Any], other: list[Any]) -> int:
    def by_name(rows: list[Any]) -> dict[str, Any]:  # what stands for an id may be anything
        return {str(row.get("id", row.get("name", place))): row for place, row in enumerate(rows)}

    a, b = by_name(one), by_name(other)
    return sum(changes(a[name], b[name]) if name in a and name in b else 1
               for name in a.keys() | b.keys())  # fmt: skip
