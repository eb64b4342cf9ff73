"""A patch is a small change to a document, in the document's own format, optionally dated.

Tables with an id merge by id; ``remove`` names tables by kind and id; ``at`` is the month from
which the change holds. Every counterfactual is a patch: ``--without rule.bad_information`` and
``--set rule.parking_ticket.points=-10`` are short forms of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from scoredsociety.calendar import month_number
from scoredsociety.document.find import find, shipped
from scoredsociety.document.problem import DocumentErrors, Problem, nearest_words
from scoredsociety.document.read import (
    Document,
    key_in_table,
    parse,
    read_document,
    refuse_characters,
    table_path,
)
from scoredsociety.document.shape import read_shape
from scoredsociety.scheme.check.scheme_check import act_findings, findings, twice
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.scheme.read.merge import changed
from scoredsociety.scheme.read.rescale import rescaled
from scoredsociety.scheme.tables import FAR

SCHEME_TABLES = (
    "scheme", "score", "dynamics", "appeal", "trust", "grade", "list", "cap", "category",
    "component", "rating", "rule", "partner", "consequence", "example",
)  # fmt: skip
CONDUCT_TABLES = (
    "act", "source", "envelope", "frailty", "errors", "between_places", "headroom", "reserve",
    "response", "life_effect",
)  # fmt: skip
_OWN = ("patch", "remove", "at", "set")
_CATALOGUE = Path(str(files("scoredsociety.scheme"))) / "catalogue" / "patches"
# What the operator does in answer to its public has no date of its own: the engine gives it one
# when a threshold is crossed (engine/control/authority.py). Until then it stands in far months.
ANSWERS = dict(zip(("amended", "extended"), FAR, strict=True))
_PATH = re.compile(r"[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+){0,7}")


@dataclass(frozen=True)
class Patch:
    """Changes to a scheme, a conduct document or a society; ``scheme`` limits it to one scheme."""

    name: str
    merge: Mapping[str, Any] = field(default_factory=dict)
    removes: tuple[str, ...] = ()  # such as ``rule.bad_information``
    sets: tuple[tuple[str, Any], ...] = ()  # such as (``rule.parking_ticket.points``, -10)
    at: str | None = None
    scheme: str | None = None

    @property
    def month(self) -> int | None:
        """Month from which it holds; None is from the start, a far one waits for its answer."""
        if self.at in ANSWERS:
            return ANSWERS[self.at]
        return None if self.at is None else month_number(self.at)

    def part(self, kind: str) -> Patch:
        """The part of the patch that is meant for a kind: scheme, conduct or society."""
        return replace(
            self,
            merge={key: value for key, value in self.merge.items() if document_kind(key) == kind},
            removes=tuple(name for name in self.removes if document_kind(name) == kind),
            sets=tuple(pair for pair in self.sets if document_kind(pair[0]) == kind),
        )

    @property
    def empty(self) -> bool:
        """True where nothing is changed."""
        return not (self.merge or self.removes or self.sets)


def document_kind(path: str) -> str:
    """Which document a table belongs to; what is neither scheme nor conduct is society."""
    head = path.split(".", 1)[0]
    if head in SCHEME_TABLES:
        return "scheme"
    return "conduct" if head in CONDUCT_TABLES else "society"


def patch_catalogue() -> list[str]:
    """Ids of the patches that come with the package."""
    return shipped(_CATALOGUE)


def load_patch(name_or_path: str | Path) -> Patch:
    """A patch of the catalogue by its id, or of a file; raises DocumentErrors."""
    return patch_of(read_document(find("patch", name_or_path, _CATALOGUE)))


def patch_of(document: Document) -> Patch:
    """A patch from parsed TOML."""
    values, problems = document.values, []
    head = values.get("patch", {})
    if not isinstance(head, dict):
        problems.append(document.problem((("patch",), "[patch] is a table", None)))
        head = {}
    for key in sorted(set(head) - {"id", "title", "about", "scheme", "at", "source"}):
        hint = nearest_words(key, ["id", "title", "about", "scheme", "at", "source"])
        problems.append(document.problem((("patch", key), f"unknown key {key[:64]!r}", hint)))
    at = values.get("at", head.get("at"))
    if at is not None and not (isinstance(at, str) and at in ANSWERS):
        try:
            month_number(at if isinstance(at, str) else "")
        except ValueError:
            message = 'at is a month such as "2021-07", or "amended" or "extended"'
            problems.append(document.problem((("at",), message, None)))
    removes = values.get("remove", [])
    if not isinstance(removes, list) or not all(isinstance(one, str) for one in removes):
        message = 'remove is a list such as ["rule.bad_information"]'
        problems.append(document.problem((("remove",), message, None)))
        removes = []
    scheme = head.get("scheme")
    if scheme is not None and not isinstance(scheme, str):
        problems.append(document.problem((("patch", "scheme"), "scheme is an id", None)))
    sets = values.get("set", {})
    if not isinstance(sets, dict):
        message = 'set is a table such as { "rule.x.points" = -10 }'
        problems.append(document.problem((("set",), message, None)))
        sets = {}
    if not problems and "patch" not in values and {"scheme", "score"} <= values.keys():
        given = values["scheme"]
        if isinstance(given, dict) and "title" in given:
            message = "this is a whole scheme, not a patch"
            hint = "run it by its file name; a patch has only what it changes"
            problems.append(document.problem((("scheme",), message, hint)))
    if not problems and not (removes or sets or set(values) - set(_OWN)):
        message, hint = "the patch changes nothing", "give a table, set or remove"
        problems.append(Problem(document.file, None, None, None, message, hint))
    if problems:
        raise DocumentErrors(sorted(problems, key=lambda problem: problem.line or 0))
    merge = {key: value for key, value in values.items() if key not in _OWN}
    name = str(head.get("id", Path(document.file).stem))
    return Patch(name, merge, tuple(removes), tuple(sets.items()), at, scheme)


def without(ids: Iterable[str]) -> Patch:
    """The patch that removes these tables: ``rule.bad_information`` (a bare id is a rule)."""
    names = tuple(name if "." in name else f"rule.{name}" for name in ids)
    for name in names:
        _refuse_path(name, "--without", "such as rule.bad_information")
    return Patch(f"without {', '.join(names)}", removes=names)


def set_values(pairs: Iterable[str] | Mapping[str, Any]) -> Patch:
    """The patch that sets keys: ``rule.parking_ticket.points=-10`` (values as in TOML)."""
    given = pairs.items() if isinstance(pairs, Mapping) else map(_pair, pairs)
    found = tuple(given)
    for path, _ in found:
        _refuse_path(path, "--set", "such as rule.parking_ticket.points=-10")
    refuse_characters(Document("--set", "", dict(found)))
    shown = ", ".join(f"{path} = {value}" for path, value in found)
    return Patch(f"set {shown}", sets=found)


def _pair(text: str) -> tuple[str, Any]:
    path, equals, value = text.partition("=")
    if not equals:
        message, hint = f"{text[:80]!r} has no =", "such as rule.parking_ticket.points=-10"
        raise DocumentErrors([Problem("--set", None, None, None, message, hint)])
    try:
        parsed = parse(f"value = {value.strip()}", "--set")
        if list(parsed) == ["value"]:
            return path.strip(), parsed["value"]
    except DocumentErrors:
        pass  # a bare word is text
    return path.strip(), value.strip()


def _refuse_path(path: str, where: str, hint: str) -> None:
    if not _PATH.fullmatch(path) or len(path) > 300:
        message = f"{path[:80]!r} is not a path of ids"
        raise DocumentErrors([Problem(where, None, None, None, message, hint)])


def apply(document: Mapping[str, Any], patch: Patch) -> dict[str, Any]:
    """The values of a document with a patch applied; raises DocumentErrors for unknown ids."""
    return changed(document, patch.name, patch.merge, patch.sets, patch.removes)


def patched(scheme: Scheme, patch: Patch, conduct: Any | None = None) -> Scheme:
    """A scheme with the scheme part of a patch applied and checked anew.

    Its worked examples go: they hold for the rules as written.
    """
    part = patch.part("scheme")
    if part.empty or (patch.scheme is not None and patch.scheme != scheme.id):
        return scheme
    values = rescaled(apply(document_of(scheme), part), [path for path, _ in part.sets])
    values.pop("example", None)
    new, found = read_shape(Scheme, values)
    if new is not None:
        found = [*twice(values), *findings(new, values), *act_findings(new, conduct)]
    if new is None or found:
        raise DocumentErrors(
            Problem(patch.name, None, table_path(values, path), key_in_table(path), message, hint)
            for path, message, hint in found
        )
    return new


def document_of(model: Any) -> dict[str, Any]:
    """The values of a scheme, conduct document or recipe as a file would have them."""
    values: dict[str, Any] = model.model_dump(by_alias=True, exclude_unset=True)
    return values


def versions(
    scheme: Scheme, patches: Sequence[Patch], conduct: Any | None = None
) -> list[tuple[int, Scheme]]:
    """The dated versions of a scheme: undated patches first, then each at its month, added up."""
    for patch in patches:
        if patch.month is None:
            scheme = patched(scheme, patch, conduct)
    found = [(0, scheme)]
    for patch in sorted((p for p in patches if p.month is not None), key=lambda p: p.month or 0):
        scheme = patched(scheme, patch, conduct)
        if found[-1][0] == patch.month:
            found[-1] = (patch.month, scheme)
        else:
            found.append((patch.month or 0, scheme))
    return found
