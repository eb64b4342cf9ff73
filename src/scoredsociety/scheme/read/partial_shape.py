"""What of a scheme is right, where something is wrong: so that all mistakes are told at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from scoredsociety.document.shape import Path
from scoredsociety.scheme.model.scheme import Scheme


def what_is_right(values: Mapping[str, Any]) -> tuple[Scheme | None, dict[str, list[int]]]:
    """The scheme without what is wrong (None: too little is left), and which rows were kept."""
    kept = _copy(values)
    places = {key: list(range(len(rows))) for key, rows in kept.items() if isinstance(rows, list)}
    for _ in range(8):
        try:
            return Scheme.model_validate(kept), places
        except ValidationError as error:
            for place in {tuple(one["loc"]) for one in error.errors(include_url=False)}:
                _blank(kept, place)
            for key, rows in kept.items():
                if isinstance(rows, list) and key in places:
                    both = zip(places[key], rows, strict=True)
                    places[key] = [place for place, row in both if row is not _GONE]
            kept = _without_blanks(kept)
            kept["scheme"] = {"id": "unknown", "title": "unknown", **_table(kept.get("scheme"))}
            kept["score"] = {"kind": "points", **_table(kept.get("score"))}
    return None, places


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def original_path(path: Path, places: Mapping[str, list[int]]) -> Path:
    """The path in the whole document of a path in the part of it that is right."""
    if len(path) > 1 and isinstance(path[1], int) and str(path[0]) in places:
        return (path[0], places[str(path[0])][path[1]], *path[2:])
    return path


_GONE = object()


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(one) for key, one in value.items()}
    return [_copy(one) for one in value] if isinstance(value, list) else value


def _blank(values: Any, loc: Path) -> None:
    """Mark the innermost thing at ``loc`` as gone; where a key is missing, its whole table."""
    here: Any = values
    last: tuple[Any, str | int] | None = None
    for step in loc:
        if not isinstance(here, (dict, list)):  # one word that stands for a list of one
            break
        try:
            inner = here[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            break
        last, here = (here, step), inner
    if last is not None:
        last[0][last[1]] = _GONE


def _without_blanks(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_blanks(one) for key, one in value.items() if one is not _GONE}
    if isinstance(value, list):
        return [_without_blanks(one) for one in value if one is not _GONE]
    return value
