"""The conduct document: what people do, who sees it, and the envelopes of candidates.

``load_conduct`` reads one of the catalogue or a TOML file; ``Conduct.compile`` makes the integer
tables that kernels read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import model_validator

from scoredsociety.conduct.acts import compile_conduct
from scoredsociety.conduct.envelopes import allot
from scoredsociety.conduct.fields import ConductFields
from scoredsociety.conduct.parts import (
    ConductError,
    Places,
)
from scoredsociety.conduct.response_tables import Response
from scoredsociety.conduct.responses import KINDS
from scoredsociety.conduct.tables import CELLS_PER_ENVELOPE, ConductTables
from scoredsociety.document.find import find, shipped
from scoredsociety.document.problem import DocumentErrors, nearest_words
from scoredsociety.document.read import Document, problems_of, read_document
from scoredsociety.document.shape import Finding, read_shape
from scoredsociety.document.shape import Path as Path_

_CATALOGUE = Path(str(files("scoredsociety.conduct"))) / "catalogue"


class Conduct(ConductFields):
    """A conduct document. ``allotment`` is filled when the document is first read.

    A patched document keeps the allotment of its base, so that removing an act leaves its
    cells empty and a changed rate changes no candidate.
    """

    @model_validator(mode="after")
    def _whole(self) -> Conduct:
        found = list(_between_tables(self))
        if found:
            raise ConductError(*found)
        if not self.allotment:
            self.allotment.update(allot(self))
            self.model_fields_set.add("allotment")  # so that a copy for a patch holds it
        return self

    def compile(self) -> ConductTables:
        """The integer tables of this document; ConductError where an act would not fit."""
        return compile_conduct(self)


def load_conduct(name_or_path: str | Path) -> Conduct:
    """The conduct document of the catalogue with this name, or of a TOML file.

    Raises DocumentErrors with every problem: file, line, table, key and a hint.
    """
    path = find("conduct document", name_or_path, _CATALOGUE)
    return _of_the_package(path) if path.parent == _CATALOGUE else _checked(read_document(path))


@cache
def _of_the_package(path: Path) -> Conduct:
    """A document of the catalogue: frozen, so it is read once and shared."""
    return _checked(read_document(path))


def conduct_of(raw: Mapping[str, Any], where: str) -> Conduct:
    """A checked document from parsed TOML; DocumentErrors lists every problem."""
    return _checked(Document(where, "", dict(raw)))


def _checked(document: Document) -> Conduct:
    conduct, found = read_shape(Conduct, document.values)
    if conduct is None:
        raise DocumentErrors(problems_of(document, found))
    return conduct


def catalogue() -> list[str]:
    """Names of the conduct documents that the package ships."""
    return shipped(_CATALOGUE)


def _twice(table: str, ids: list[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for row, one in enumerate(ids):
        if one in seen:
            yield (table, row, "id"), f"the id {one!r} occurs twice", "ids are unique"
        seen.add(one)


def _unknown(path: Path_, name: str | None, what: str, known: Iterable[str]) -> Iterator[Finding]:
    if name is not None and name not in (known := list(known)):
        yield path, f"no {what} {name!r}", nearest_words(name, known)


def _between_tables(conduct: Conduct) -> Iterator[Finding]:
    """What names something that is not there, or takes what is another's."""
    acts, sources = conduct.act_ids, conduct.source_ids
    envelopes = [one.id for one in conduct.envelope]
    yield from _twice("act", acts)
    yield from _twice("source", sources)
    yield from _twice("envelope", envelopes)
    yield from _unknown(("false_envelope",), conduct.false_envelope, "envelope", envelopes)
    bits: dict[int, str] = {}
    for row, act in enumerate(conduct.act):
        yield from _unknown(("act", row, "envelope"), act.envelope, "envelope", envelopes)
        for place, name in enumerate(act.seen_by):
            yield from _unknown(("act", row, "seen_by", place), name, "source", sources)
        if act.episode is None:
            continue
        other = bits.setdefault(act.episode.bit, act.id)
        if other != act.id:
            message = f"episode bit {act.episode.bit} is that of {other}"
            yield ("act", row, "episode", "bit"), message, None
        ends = act.episode.ends_with or None
        yield from _unknown(("act", row, "episode", "ends_with"), ends, "act", acts)
    yield from _shared_cells(conduct.allotment, envelopes)
    yield from _wrong_kind("response", conduct.response)
    yield from _wrong_kind("life_effect", conduct.life_effect)


def _shared_cells(allotment: dict[str, Places], envelopes: list[str]) -> Iterator[Finding]:
    taken: dict[tuple[str, int], str] = {}
    for name, places in allotment.items():
        path = ("allotment", name)
        yield from _unknown(path, places.envelope, "envelope", envelopes)
        if places.first + places.count > CELLS_PER_ENVELOPE:
            yield path, f"there are {CELLS_PER_ENVELOPE} cells", None
            continue
        for cell in range(places.first, places.first + places.count):
            other = taken.setdefault((places.envelope, cell), name)
            if other != name:
                yield path, f"cell {cell} belongs to {other}", None
                break


def _wrong_kind(kind: str, given: tuple[Response, ...]) -> Iterator[Finding]:
    yield from _twice(kind, [one.id for one in given])
    for row, one in enumerate(given):
        if KINDS[one.id] != kind:
            yield (kind, row, "id"), f"{one.id} is a {KINDS[one.id]}, not a {kind}", None
