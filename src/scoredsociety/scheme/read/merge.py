"""Changes to the values of a document: tables with an id merge by id, keys are set or removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scoredsociety.document.problem import DocumentErrors, Problem, nearest_words

DEFAULTED = ("response", "life_effect")  # tables whose rows have defaults: set one, it is there


def changed(
    document: Mapping[str, Any], name: str, merge: Mapping[str, Any],
    sets: Sequence[tuple[str, Any]], removes: Sequence[str],
) -> dict[str, Any]:  # fmt: skip
    """The document's values with the changes of the patch ``name``, or DocumentErrors."""
    values: dict[str, Any] = _copy(document)
    problems: list[Problem] = []
    for key, change in merge.items():
        values[key] = _merged(values.get(key), change)
    for path, value in sets:
        _set(values, path, value, name, problems)
    for path in removes:
        _remove(values, path, name, problems)
    if problems:
        raise DocumentErrors(problems)
    return values


def _copy(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copy(one) for key, one in value.items()}
    return [_copy(one) for one in value] if isinstance(value, (list, tuple)) else value


def _with_ids(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) and "id" in row for row in value)


def _merged(old: Any, new: Any) -> Any:
    """Tables merge key by key, lists of tables with ids by id; everything else is replaced."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: _merged(old.get(key), value) for key, value in new.items()}}
    if isinstance(old, list) and old and _with_ids(old) and _with_ids(new):
        rows = list(old)
        places = {str(row["id"]): place for place, row in enumerate(rows)}
        for row in new:
            place = places.get(str(row["id"]))
            if place is None:
                places[str(row["id"])] = len(rows)
                rows.append(_copy(row))
            else:
                rows[place] = _merged(rows[place], row)
        return rows
    return _copy(new)


def _row(
    values: Mapping[str, Any], path: Sequence[str], name: str, problems: list[Problem]
) -> int | None:
    table, row = path[0], path[1]
    rows = values.get(table)
    every = rows if isinstance(rows, list) else []
    ids = [str(one.get("id")) for one in every if isinstance(one, dict)]
    if row in ids:
        return ids.index(row)
    hint = nearest_words(row, ids)
    if not isinstance(rows, list):
        tables = [key for key, value in values.items() if isinstance(value, list)]
        hint = nearest_words(table, tables)
    message = f"there is no {table}.{row[:64]}"
    problems.append(Problem(name[:80], None, f"{table}.{row}"[:80], None, message, hint))
    return None


def _remove(
    values: dict[str, Any], path: str, name: str, problems: list[Problem]
) -> None:
    steps = path.split(".")
    if len(steps) < 2:
        message = f"{path[:64]!r} names no table and id"
        problems.append(Problem(name[:80], None, None, "remove", message, "such as rule.noise"))
        return
    place = _row(values, steps, name, problems)
    if place is not None and len(steps) == 2:
        values[steps[0]] = [row for k, row in enumerate(values[steps[0]]) if k != place]
        if steps[0] == "partner":
            _forget_partner(values, steps[1])
    elif place is not None:
        here = values[steps[0]][place]
        for step in steps[2:-1]:
            here = here.get(step, {}) if isinstance(here, dict) else {}
        if not isinstance(here, dict) or steps[-1] not in here:
            message = f"{path[:80]} is not set"
            problems.append(Problem(name[:80], None, ".".join(steps[:2]), steps[-1], message))
            return
        del here[steps[-1]]


def _forget_partner(values: dict[str, Any], partner: str) -> None:
    """What a removed partner granted or denied goes with it."""
    rows = values.get("consequence")
    if isinstance(rows, list):
        values["consequence"] = [
            row for row in rows if not isinstance(row, dict) or row.get("partner") != partner
        ]


def _set(
    values: dict[str, Any], path: str, value: Any, name: str, problems: list[Problem]
) -> None:
    steps = path.split(".")
    here: Any = values
    if steps[0] in DEFAULTED and len(steps) > 2:
        rows = values.setdefault(steps[0], [])
        if steps[1] not in [str(row.get("id")) for row in rows]:
            rows.append({"id": steps[1]})  # an unknown id is refused with the document
    if isinstance(values.get(steps[0]), list) or (len(steps) > 2 and steps[0] not in values):
        if len(steps) < 3:
            message, hint = f"{path[:64]!r} names no key", "such as rule.parking_ticket.points"
            problems.append(Problem(name[:80], None, None, path[:80], message, hint))
            return
        place = _row(values, steps, name, problems)
        if place is None:
            return
        here, steps = values[steps[0]][place], steps[2:]
    for step in steps[:-1]:
        here = here.setdefault(step, {})
        if not isinstance(here, dict):
            message = f"{step} is not a table"
            problems.append(Problem(name[:80], None, None, path[:80], message))
            return
    here[steps[-1]] = _copy(value)
