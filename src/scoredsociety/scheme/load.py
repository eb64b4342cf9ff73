"""Documents are read so that every mistake is told at once, with line, rule, key and a hint."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

from scoredsociety.scheme.check import act_findings, findings, place_of, twice
from scoredsociety.scheme.model import Scheme
from scoredsociety.scheme.problem import DocumentErrors, Problem, did_you_mean
from scoredsociety.scheme.shape import original_path, read_shape, what_is_right
from scoredsociety.scheme.source_lines import line_map, line_of, too_deep
from scoredsociety.scheme.vocabulary import Finding

MOST_BYTES = 1 << 20
MOST_PROBLEMS = 200
_PLACED = re.compile(r"(?P<name>.+)@(?P<region>\d{1,4})")
_PLACE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


@dataclass(frozen=True)
class Document:
    """A parsed file: its name, its text and its values (decimals as they were written)."""

    file: str
    text: str
    values: dict[str, Any]

    def problem(self, finding: Finding) -> Problem:
        """A finding with its line and the rule that it stands in."""
        return problems_of(self, [finding])[0]


def catalogue() -> list[str]:
    """Ids of the schemes that come with the package."""
    folder = files("scoredsociety.scheme") / "catalogue"
    return sorted(item.name[:-5] for item in folder.iterdir() if item.name.endswith(".toml"))


def load_scheme(name_or_path: str | Path, conduct: Any | None = None) -> Scheme:
    """A scheme of the catalogue by its id, or of a file; with ``conduct``, its acts are checked.

    ``NAME@REGION`` governs one region only. Raises DocumentErrors with every problem.
    """
    name, region = placed(str(name_or_path))
    document = read_document(find_scheme(name))
    if region is not None and isinstance(document.values.get("scheme"), dict):
        document.values["scheme"]["region"] = region
    scheme, problems = read_scheme(document, conduct)
    if scheme is None or problems:
        raise DocumentErrors(problems)
    return scheme


def placed(name: str) -> tuple[str, int | None]:
    """``("suzhou_osmanthus", 1)`` of ``suzhou_osmanthus@1``; None for the whole society."""
    found = _PLACED.fullmatch(name)
    return (found["name"], int(found["region"])) if found else (name, None)


def find_scheme(name_or_path: str | Path) -> Path:
    """The file of a scheme given by the name of the catalogue or by a path."""
    name = str(name_or_path)
    if name in catalogue():
        return Path(str(files("scoredsociety.scheme") / "catalogue" / f"{name}.toml"))
    path = Path(name_or_path)
    if path.suffix == ".toml" or path.exists() or "/" in name or "\\" in name:
        return path
    hint = did_you_mean(name, catalogue()) or f"the catalogue has {', '.join(catalogue())}"
    raise DocumentErrors([Problem(name[:80], None, None, None, "no such scheme or file", hint)])


def read_document(path: Path) -> Document:
    """A TOML file as values; raises DocumentErrors where it cannot be read at all."""
    file = path.name if path.parent.name == "catalogue" else str(path)

    def refused(message: str, line: int | None = None, hint: str | None = None) -> DocumentErrors:
        return DocumentErrors([Problem(file, line, None, None, message, hint)])

    try:
        with path.open("rb") as handle:
            raw = handle.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a file name"
        raise refused(f"cannot be read: {reason}") from None
    if len(raw) > MOST_BYTES:
        raise refused("the file is larger than 1 MiB")
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise refused("the file is not UTF-8 text", line) from None
    return Document(file, text, parse(text, file))


def parse(text: str, file: str) -> dict[str, Any]:
    """Values of a TOML text; numbers with a point become the decimals that were written."""

    def refused(message: str, line: int | None) -> DocumentErrors:
        return DocumentErrors([Problem(file, line, None, None, message)])

    deep = too_deep(text)
    if deep is not None:
        raise refused("tables or lists nest too deep", deep)
    try:
        return tomllib.loads(text, parse_float=_decimal)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        said = _PLACE.sub("", str(error)).strip()[:200]
        raise refused(f"not TOML: {said}", line) from None
    except _Unreadable as error:
        line = text.count("\n", 0, max(0, text.find(error.found))) + 1
        raise refused(str(error), line) from None
    except RecursionError:
        raise refused("tables or lists nest too deep", None) from None
    except ValueError:  # a whole number of thousands of digits, an impossible date
        raise refused("a number or date is out of range", _long_number(text)) from None


class _Unreadable(ValueError):
    def __init__(self, found: str) -> None:
        self.found = found[:60]
        super().__init__(f"the number {self.found} is out of range")


def _decimal(text: str) -> Decimal:
    bare = text.lstrip("+-")
    exponent = re.search(r"[eE]([+-]?\d{1,6})", text)
    if len(text) > 40 or bare in ("inf", "nan") or (exponent and abs(int(exponent[1])) > 12):
        raise _Unreadable(text)
    return Decimal(text)


def _long_number(text: str) -> int | None:
    found = re.search(r"\d{400,}", text)
    return text.count("\n", 0, found.start()) + 1 if found else None


def read_scheme(
    document: Document, conduct: Any | None = None
) -> tuple[Scheme | None, list[Problem]]:
    """The scheme (None where its shape is wrong) and every problem found."""
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


def problems_of(document: Document, found: Iterable[Finding]) -> list[Problem]:
    """Findings with their lines, in the order of the file, at most MOST_PROBLEMS of them."""
    lines = line_map(document.text)
    problems = []
    for path, message, hint in dict.fromkeys(found):
        words = [str(step) for step in path if isinstance(step, str)]
        problems.append(
            Problem(
                document.file,
                line_of(lines, path),
                place_of(document.values, path),
                ".".join(words[1:])[:120] or None,
                message,
                hint,
            )
        )
    problems.sort(key=lambda problem: (problem.line or 0, problem.key or ""))
    more = len(problems) - MOST_PROBLEMS
    if more > 0:
        message = f"and at least {more} more problems"
        problems = [*problems[:MOST_PROBLEMS], Problem(document.file, None, None, None, message)]
    return problems
