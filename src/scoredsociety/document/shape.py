"""The shape of a document: what pydantic finds wrong, said for the person who wrote the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from scoredsociety.document.problem import nearest_words
from scoredsociety.document.wording import as_id, finding_in_words
from scoredsociety.errors import UserError

Path = tuple[str | int, ...]  # of keys and places in lists, from the top of the document
Finding = tuple[Path, str, str | None]  # where, what is wrong, a hint
class Misplaced(UserError):
    """What is wrong between the parts of a document, each with its place in it.

    A model's validator may raise it as any ValueError: the reader then tells the places.
    """

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings
        super().__init__("\n".join(_sentence(*finding) for finding in findings))

    @classmethod
    def at(cls, where: str, message: str, hint: str | None = None) -> Misplaced:
        """One mistake at a place such as ``income.urban`` or ``kin.structure of size 3``."""
        words, _, rest = where.partition(" ")
        return cls((tuple(words.split(".")), f"{rest}: {message}" if rest else message, hint))


def _sentence(path: Path, message: str, hint: str | None) -> str:
    where = ".".join(str(step) for step in path)
    said = f"{where}: {message}" if where else message
    return f"{said} ({hint})" if hint else said


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
        return None, [
            finding for one in found[:_MOST_FINDINGS]
            for finding in _findings(model, values, dict(one))
        ]  # fmt: skip


def _findings(model: type[BaseModel], values: Any, error: dict[str, Any]) -> list[Finding]:
    raised = error.get("ctx", {}).get("error")
    if isinstance(raised, Misplaced):
        return [((*error["loc"], *path), said, hint) for path, said, hint in raised.findings]
    return [_finding(model, values, error)]


def _finding(model: type[BaseModel], values: Any, error: dict[str, Any]) -> Finding:
    loc = tuple(error["loc"])
    path, keys = _known_path(values, loc)
    if error["type"] == "extra_forbidden":
        key = str(loc[-1])
        hint = nearest_words(key, keys_at(model, loc[:-1]))
        return path, f"unknown key {key[:64]!r}", hint
    if error["type"] == "missing":
        return (*path, *loc[len(path) :]), "this key is missing", None
    if error["type"] in ("list_type", "model_type", "dict_type") and len(path) == 1:
        brackets = _brackets(str(path[0]), error)
        if brackets is not None:
            return path, brackets, None
    message = finding_in_words(error)[:300]
    whole = error["type"] == "value_error" and isinstance(error.get("input"), dict)
    found = "" if whole else _shown(error.get("input"))  # of a table's keys together
    if found.removeprefix(", not ") in message:
        found = ""  # the message says it already
    allowed = error.get("ctx", {}).get("expected")
    hint = None
    if error["type"] == "literal_error" and isinstance(error.get("input"), str):
        words = re.findall(r"'([^']*)'", str(allowed))
        hint = nearest_words(str(error["input"]), words)
    if error["type"] == "string_pattern_mismatch" and isinstance(error.get("input"), str):
        made = as_id(error["input"])
        hint = f"such as {made}" if made and made != error["input"] and "id" in message else None
    return path, f"{message}{found}", hint


def _brackets(name: str, error: Mapping[str, Any]) -> str | None:
    """``[rule]`` for ``[[rule]]`` and the other way round; None where neither was written."""
    given = error.get("input")
    if error["type"] == "list_type" and isinstance(given, dict):
        return f"[{name}] stands for one table: type [[{name}]] for each of several"
    if isinstance(given, list) and given and isinstance(given[0], dict):
        return f"there is one table of this name: type [{name}], not [[{name}]]"
    return None


def _known_path(values: Any, loc: Path) -> tuple[Path, Any]:
    here: Any = values
    path: list[str | int] = []
    for step in loc:
        if not isinstance(here, (dict, list, tuple)):
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
