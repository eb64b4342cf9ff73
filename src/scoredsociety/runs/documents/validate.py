"""Any document is checked by the same machinery: schemes, patches, conduct, societies.

``validate(path)`` guesses the kind from the tables in the file, and tells every problem at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel

from scoredsociety.conduct.model import Conduct, load_conduct
from scoredsociety.document.problem import DocumentErrors, Problem, nearest_words
from scoredsociety.document.read import Document, problems_of, read_document
from scoredsociety.document.shape import Misplaced, keys_at, read_shape
from scoredsociety.runs.documents.document_texts import folder_of, path_of
from scoredsociety.runs.documents.document_texts import shipped_documents as shipped
from scoredsociety.scheme.check.warn import warnings_of
from scoredsociety.scheme.compile.schemes import compile_schemes
from scoredsociety.scheme.model.example import Example
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.scheme.read.federation import federation_of, federations
from scoredsociety.scheme.read.load import catalogue, find_scheme, load_scheme, read_scheme
from scoredsociety.scheme.read.patch import patch_of, patched
from scoredsociety.society.recipes.recipe import Recipe, recipe_of

_PATCH = {"patch", "remove", "at", "set"}


class Validated(NamedTuple):
    """The kind of a document, and everything that is wrong in it."""

    kind: str  # scheme, patch, conduct, society, federation
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()  # valid, and surely not meant

    @property
    def valid(self) -> bool:
        """True where nothing is wrong."""
        return not self.problems


def guess(values: Mapping[str, Any]) -> str:
    """The kind of a document by its tables."""
    if _PATCH & values.keys():
        return "patch"
    if "federation" in values:
        return "federation"
    if "scheme" in values or "score" in values:
        return "scheme"
    if values.keys() & {"act", "envelope", "headroom", "false_envelope"}:
        return "conduct"
    if "society" in values:
        return "society"
    return "patch" if values.keys() & {"rule", "consequence", "grade", "component"} else "scheme"


def validate(
    name_or_path: str | Path, conduct: Conduct | str | Path = "everyday", examples: bool = True
) -> Validated:
    """Kind and problems of a document; a scheme's acts are those of ``conduct``.

    With ``examples``, a scheme without mistakes is also held to its own worked examples. Never
    raises for what stands in the file; a conduct document that cannot be read is an error.
    """
    try:
        document = read_document(_file(name_or_path))
    except DocumentErrors as errors:
        return Validated("document", errors.problems)
    kind = guess(document.values)
    try:
        if kind == "scheme":
            wrong = tuple(_scheme(document, conduct, examples))
            return Validated(kind, wrong, _warned(document))
        checks = {"patch": _patch, "conduct": _conduct, "society": _society,
                  "federation": _federation}  # fmt: skip
        return Validated(kind, tuple(checks[kind](document, conduct)))
    except DocumentErrors as errors:
        return Validated(kind, errors.problems)


def _file(name_or_path: str | Path) -> Path:
    """The file of a name in any of the catalogues, or of a path."""
    name = str(name_or_path)
    for room in ("conduct", "society"):
        if name in shipped(room):
            return path_of(room, name)
    if name in federations():
        return folder_of("scheme") / "federations" / f"{name}.toml"
    if name in shipped("patch"):
        return path_of("patch", name)
    return find_scheme(name_or_path)


def _federation(document: Document, _: Conduct | str | Path) -> list[Problem]:
    problems = federation_of(document)[1]
    if problems:
        return problems
    found = []
    for place, member in enumerate(document.values["member"]):
        if member["scheme"] not in catalogue() and not Path(member["scheme"]).is_file():
            message = f"no scheme {member['scheme'][:64]!r} in the catalogue"
            found.append((("member", place, "scheme"), message, None))
    return problems_of(document, found)


def _warned(document: Document) -> tuple[Problem, ...]:
    """What is valid and surely not meant; of a file that is wrong, nothing is told twice."""
    scheme, found = read_shape(Scheme, document.values)
    if scheme is None or found:
        return ()
    return tuple(problems_of(document, warnings_of(scheme)))


def _acts(conduct: Conduct | str | Path) -> Conduct:
    return conduct if isinstance(conduct, Conduct) else load_conduct(conduct)


def _scheme(document: Document, conduct: Conduct | str | Path, examples: bool) -> list[Problem]:
    acts = _acts(conduct)
    scheme, problems = read_scheme(document, acts)
    if scheme is None or problems:
        return problems
    try:
        compile_schemes([[(0, scheme)]], acts)
    except DocumentErrors as errors:  # what a run cannot hold
        return [replace(problem, file=document.file) for problem in errors.problems]
    return _examples(document, scheme, acts) if examples else []


def _examples(document: Document, scheme: Scheme, conduct: Conduct) -> list[Problem]:
    """A document that is right in itself is also held to its own worked examples."""
    if not scheme.example:
        return []
    from scoredsociety.runs.documents.worked_examples import (
        failing_places,  # compiles kernels: only where needed
    )

    found = [
        (("example", place), sentence, None)
        for place, sentence in failing_places(scheme, conduct).items()
    ]
    return problems_of(document, found)


def _patch(document: Document, conduct: Conduct | str | Path) -> list[Problem]:
    patch = patch_of(document)
    models: dict[str, type[BaseModel]]
    models = {"scheme": Scheme, "conduct": Conduct, "society": Recipe}
    tables = [name for model in models.values() for name in keys_at(model, ())]
    found = []
    for kind, model in models.items():
        _, wrong = read_shape(model, dict(patch.part(kind).merge), partial=True)
        for path, message, hint in wrong:
            if len(path) == 1 and message.startswith("unknown key"):
                hint = nearest_words(str(path[0]), [*tables, *_PATCH])
            found.append((path, message, hint))
    problems = problems_of(document, found)
    if problems or patch.scheme is None:
        return problems
    scheme = load_scheme(patch.scheme) if patch.scheme in catalogue() else None
    if scheme is None:
        message = f"no scheme {patch.scheme[:64]!r} in the catalogue"
        return problems_of(document, [(("patch", "scheme"), message, None)])
    try:
        patched(scheme, patch, _acts(conduct))
    except DocumentErrors as errors:
        return [replace(problem, file=document.file) for problem in errors.problems]
    return []


def _conduct(document: Document, _: Conduct | str | Path) -> list[Problem]:
    model, found = read_shape(Conduct, document.values)
    if model is not None:
        try:
            model.compile()
        except Misplaced as error:
            found = list(error.findings)
    return problems_of(document, found)


def _society(document: Document, _: Conduct | str | Path) -> list[Problem]:
    try:
        recipe_of(document)
    except DocumentErrors as errors:
        return list(errors.problems)
    return []


def schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema of each kind of document, for editors and for the page's sliders."""
    scheme = Scheme.model_json_schema(by_alias=True)
    _short_examples(scheme)
    return {
        "scheme": scheme,
        "patch": _patch_schema(scheme),
        "conduct": Conduct.model_json_schema(),
        "society": Recipe.model_json_schema(),
    }


def _short_examples(schema: dict[str, Any]) -> None:
    records = schema["$defs"][Example.__name__]["properties"]["records"]
    counted = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}}
    rows = {key: records.pop(key) for key in ("items", "maxItems", "type") if key in records}
    records["anyOf"] = [rows, counted]


def _patch_schema(scheme: Mapping[str, Any]) -> dict[str, Any]:
    """The scheme's tables with nothing required but ids, and the patch's own keys."""

    def loosened(value: Any) -> Any:
        if isinstance(value, dict):
            kept = {key: loosened(one) for key, one in value.items() if key != "required"}
            if "id" in value.get("properties", {}) and "id" in value.get("required", []):
                kept["required"] = ["id"]
            return kept
        return [loosened(one) for one in value] if isinstance(value, list) else value

    schema: dict[str, Any] = loosened(dict(scheme))
    schema["title"] = "Patch"
    schema["properties"] = {
        "patch": {
            "type": "object",
            "properties": {key: {"type": "string"} for key in ("id", "title", "about", "scheme")},
        },
        "at": {"type": "string", "pattern": r"^\d{4}-\d{2}$"},
        "remove": {"type": "array", "items": {"type": "string"}},
        "set": {"type": "object"},
        **schema["properties"],
    }
    schema["additionalProperties"] = True  # tables of conduct and society
    return schema
