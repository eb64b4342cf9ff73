"""Documents are read so that every mistake is told at once, with line, rule, key and a hint."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from scoredsociety.document.find import find, shipped
from scoredsociety.document.problem import DocumentErrors, Problem
from scoredsociety.document.read import Document, problems_of, read_document
from scoredsociety.document.shape import read_shape
from scoredsociety.scheme.check.scheme_check import act_findings, findings, twice
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.scheme.read.copy_badge import marked
from scoredsociety.scheme.read.partial_shape import original_path, what_is_right

_CATALOGUE = Path(str(files("scoredsociety.scheme"))) / "catalogue"
_PLACED = re.compile(r"(?P<name>.+)@(?P<region>\d{1,4})")


def catalogue() -> list[str]:
    """Ids of the schemes that come with the package."""
    return shipped(_CATALOGUE)


def load_scheme(name_or_path: str | Path, conduct: Any | None = None) -> Scheme:
    """A scheme of the catalogue by its id, or of a file; with ``conduct``, its acts are checked.

    ``NAME@REGION`` governs one region only. Raises DocumentErrors with every problem.
    """
    name, region = placed(str(name_or_path))
    path = find_scheme(name)
    if region is None and path.parent == _CATALOGUE:
        shared = _of_the_package(path)
        if not list(act_findings(shared, conduct)):
            return shared
    document = read_document(path)
    if region is not None and isinstance(document.values.get("scheme"), dict):
        document.values["scheme"]["region"] = region
    scheme, problems = read_scheme(document, conduct)
    if scheme is None or problems:
        raise DocumentErrors(problems)
    return scheme


@cache
def _of_the_package(path: Path) -> Scheme:
    """A scheme of the catalogue: frozen, so it is read once and shared."""
    scheme, problems = read_scheme(read_document(path))
    if scheme is None or problems:
        raise DocumentErrors(problems)
    return scheme


def placed(name: str) -> tuple[str, int | None]:
    """``("suzhou_osmanthus", 1)`` of ``suzhou_osmanthus@1``; None for the whole society."""
    found = _PLACED.fullmatch(name)
    return (found["name"], int(found["region"])) if found else (name, None)


def find_scheme(name_or_path: str | Path) -> Path:
    """The file of a scheme given by the name of the catalogue or by a path."""
    return find("scheme", name_or_path, _CATALOGUE)


def read_scheme(
    document: Document, conduct: Any | None = None
) -> tuple[Scheme | None, list[Problem]]:
    """The scheme (None where its shape is wrong) and every problem found."""
    document = replace(document, values=marked(document.values, document.text))
    scheme, found = read_shape(Scheme, document.values)
    wrong_shape = bool(found)
    places: dict[str, list[int]] = {}
    if wrong_shape:  # look on, with what is wrong left out, so that all is told at once
        scheme, places = what_is_right(document.values)
    found += twice(document.values)
    if scheme is not None:
        more = [*findings(scheme, document.values), *act_findings(scheme, conduct)]
        touched = {path[:2] for path, *_ in found}
        for path, message, hint in more:
            place = original_path(path, places)
            if len(place) > 2 or place not in touched:  # else it follows from what is told already
                found.append((place, message, hint))
    problems = problems_of(document, found)
    return (None if wrong_shape else scheme), problems
