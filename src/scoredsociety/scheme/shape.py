"""The shape of a document: what pydantic finds wrong, said for the person who wrote the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from scoredsociety.scheme.model import Scheme
from scoredsociety.scheme.problem import did_you_mean
from scoredsociety.scheme.vocabulary import Finding, Path

Model = TypeVar("Model", bound=BaseModel)
_MOST_FINDINGS = 1000  # no more are worded; a file with so many is no scheme


def read_shape(
    model: type[Model], values: Mapping[str, Any], partial: bool = False
) -> tuple[Model | None, list[Finding]]:
    """The values as a model, or what is wrong with their shape.

    ``partial``: the values are a part of a document, so what is missing may stand elsewhere.
    """
    try:
        return model.model_validate(values), []
    except ValidationError as error:
        found = error.errors(include_url=False)
        if partial:  # nor can a rule of the whole table be asked of a part of it
            own = ("missing", "value_error")
            found = [one for one in found if one["type"] != "too_short"]
            found = [
                one for one in found
                if one["type"] not in own or not isinstance(one.get("input"), dict)
            ]  # fmt: skip
        return None, [_finding(model, values, dict(one)) for one in found[:_MOST_FINDINGS]]


def _finding(model: type[BaseModel], values: Any, error: dict[str, Any]) -> Finding:
    loc = tuple(error["loc"])
    path, keys = _known_path(values, loc)
    if error["type"] == "extra_forbidden":
        key = str(loc[-1])
        hint = did_you_mean(key, keys_at(model, loc[:-1]))
        return path, f"unknown key {key[:64]!r}", hint
    if error["type"] == "missing":
        return (*path, *loc[len(path) :]), "this key is missing", None
    message = str(error["msg"]).removeprefix("Value error, ")
    message = message.replace("Input should be", "should be")[:300]
    found = _shown(error.get("input"))
    allowed = error.get("ctx", {}).get("expected")
    hint = None
    if error["type"] == "literal_error" and isinstance(error.get("input"), str):
        words = re.findall(r"'([^']*)'", str(allowed))
        hint = did_you_mean(str(error["input"]), words)
    return path, f"{message}{found}", hint


def _known_path(values: Any, loc: Path) -> tuple[Path, Any]:
    here: Any = values
    path: list[str | int] = []
    for step in loc:
        if not isinstance(here, (dict, list)):
            break
        try:
            here = here[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            break
        path.append(step)
    return tuple(path), here


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", not a table"
    if isinstance(value, list):
        return ", not a list"
    if isinstance(value, bool):
        return f", not {str(value).lower()}"
    if isinstance(value, int) and value.bit_length() > 200:
        return ", not a huge number"
    shown = repr(value) if isinstance(value, str) else str(value)
    return f", not {shown[:64]}" if isinstance(value, (str, int, Decimal)) else ""


def keys_at(model: type[BaseModel], path: Iterable[str | int]) -> list[str]:
    """Keys that the model knows at a path, for did-you-mean."""
    here: type[BaseModel] | None = model
    for step in path:
        if isinstance(step, int) or here is None:
            continue
        fields = {field.alias or name: field for name, field in here.model_fields.items()}
        here = _model_in(fields[step].annotation) if step in fields else None
    if here is None:
        return []
    return [field.alias or name for name, field in here.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _model_in(part)
        if found is not None:
            return found
    return None


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
