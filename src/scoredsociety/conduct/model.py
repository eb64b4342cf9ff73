"""The conduct document: what people do, who sees it, and the envelopes of candidates.

``load_conduct`` reads one of the catalogue or a TOML file; ``Conduct.compile`` makes the integer
tables that kernels read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, model_validator

from scoredsociety.conduct.parts import (
    Act,
    ConductError,
    Envelope,
    Frailty,
    Identifier,
    Part,
    Places,
    Source,
    Title,
)
from scoredsociety.conduct.responses import KINDS, Response
from scoredsociety.conduct.tables import CELLS_PER_ENVELOPE, ConductTables
from scoredsociety.errors import did_you_mean

MOST_BYTES = 1 << 20


class Conduct(Part):
    """A conduct document. ``allotment`` is filled when the document is first read.

    A patched document keeps the allotment of its base, so that removing an act leaves its
    cells empty and a changed rate changes no candidate.
    """

    id: Identifier
    title: Title
    headroom: Annotated[Decimal, Field(ge=1, le=10)]  # by how much a patch may raise a rate
    reserve: Annotated[Decimal, Field(ge=0, le=Decimal("0.9"))]  # share of cells kept empty
    false_envelope: Identifier
    frailty: Frailty
    envelope: tuple[Envelope, ...] = Field(min_length=1, max_length=8)
    source: tuple[Source, ...] = Field(min_length=1, max_length=62)
    act: tuple[Act, ...] = Field(min_length=1, max_length=1024)
    response: tuple[Response, ...] = ()
    life_effect: tuple[Response, ...] = ()
    allotment: dict[str, Places] = Field(default_factory=dict)
    assumed: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Conduct:
        _check_unique("act", self.act_ids)
        _check_unique("source", self.source_ids)
        _check_unique("envelope", [one.id for one in self.envelope])
        envelopes = {one.id for one in self.envelope}
        if self.false_envelope not in envelopes:
            raise ValueError(f"false_envelope: no envelope {self.false_envelope!r}")
        _check_references(self, envelopes)
        _check_allotment(self.allotment, envelopes)
        _check_responses("response", self.response)
        _check_responses("life_effect", self.life_effect)
        if not self.allotment:
            from scoredsociety.conduct.envelopes import allot  # the compiler reads this model

            self.allotment.update(allot(self))
            self.model_fields_set.add("allotment")  # so that a copy for a patch holds it
        return self

    @property
    def act_ids(self) -> list[str]:
        """Ids of the acts in table order."""
        return [one.id for one in self.act]

    @property
    def source_ids(self) -> list[str]:
        """Ids of the sources in table order; a source's place is its bit in a mask of sources."""
        return [one.id for one in self.source]

    def compile(self) -> ConductTables:
        """The integer tables of this document; ConductError where an act would not fit."""
        from scoredsociety.conduct.acts import compile_conduct  # the compiler reads this model

        return compile_conduct(self)


def load_conduct(name_or_path: str | Path) -> Conduct:
    """The conduct document of the catalogue with this name, or of a TOML file."""
    text, where = _read(name_or_path)
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise ConductError(f"{where}: not valid TOML: {error}") from None
    except RecursionError:
        raise ConductError(f"{where}: nested too deeply") from None
    except (ValueError, ArithmeticError):
        raise ConductError(f"{where}: holds a number that is too long") from None
    return conduct_of(raw, where)


_SAID = {"extra_forbidden": "unknown key", "missing": "this key is missing"}  # pydantic's types


def conduct_of(raw: object, where: str) -> Conduct:
    """A checked document from parsed TOML; ConductError lists every problem, one a line."""
    try:
        return Conduct.model_validate(raw)
    except ValidationError as error:
        lines = [
            f"{where}: {_place(raw, one['loc'])}: {_SAID.get(one['type'], one['msg'])}"
            for one in error.errors()
        ]
        raise ConductError("\n".join(lines)) from None


def catalogue() -> list[str]:
    """Names of the conduct documents that the package ships."""
    folder = files("scoredsociety.conduct") / "catalogue"
    return sorted(item.name[:-5] for item in folder.iterdir() if item.name.endswith(".toml"))


def _read(name_or_path: str | Path) -> tuple[str, str]:
    name = str(name_or_path)
    if name in catalogue():
        item = files("scoredsociety.conduct") / "catalogue" / f"{name}.toml"
        return item.read_text(encoding="utf-8"), f"{name}.toml"
    path = Path(name_or_path)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ConductError(f"{path}: larger than {MOST_BYTES} bytes")
        return path.read_text(encoding="utf-8"), str(path)
    except UnicodeDecodeError:
        raise ConductError(f"{path}: not UTF-8 text") from None
    except OSError as error:
        known = ", ".join(catalogue())
        reason = error.strerror or "cannot be read"
        raise ConductError(f"{path}: {reason}; the catalogue has {known}") from None


def _place(raw: object, loc: Iterable[int | str]) -> str:
    """``act parking_ticket: rate`` for a place in the parsed document."""
    words: list[str] = []
    here = raw
    for step in loc:
        try:
            here = here[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            here = None
        if isinstance(step, int) and isinstance(here, dict) and isinstance(here.get("id"), str):
            words.append(here["id"])
        else:
            words.append(str(step))
    return " ".join(words) or "document"


def _check_unique(what: str, ids: list[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise ValueError(f"{what} {one!r} occurs twice")
        seen.add(one)


def _check_references(conduct: Conduct, envelopes: set[str]) -> None:
    acts, sources = set(conduct.act_ids), set(conduct.source_ids)
    bits: dict[int, str] = {}
    for act in conduct.act:
        if act.envelope not in envelopes:
            raise ValueError(f"act {act.id}: no envelope {act.envelope!r}")
        for name in act.seen_by:
            if name not in sources:
                hint = did_you_mean(name, sources)
                raise ValueError(f"act {act.id}: seen_by: no source {name!r}.{hint}")
        if act.episode is None:
            continue
        if act.episode.bit in bits:
            other = bits[act.episode.bit]
            raise ValueError(f"act {act.id}: episode bit {act.episode.bit} is that of {other}")
        bits[act.episode.bit] = act.id
        ends = act.episode.ends_with
        if ends and ends not in acts:
            hint = did_you_mean(ends, acts)
            raise ValueError(f"act {act.id}: ends_with: no act {ends!r}.{hint}")


def _check_allotment(allotment: dict[str, Places], envelopes: set[str]) -> None:
    taken: dict[tuple[str, int], str] = {}
    for name, places in allotment.items():
        if places.envelope not in envelopes:
            raise ValueError(f"allotment {name}: no envelope {places.envelope!r}")
        if places.first + places.count > CELLS_PER_ENVELOPE:
            raise ValueError(f"allotment {name}: there are {CELLS_PER_ENVELOPE} cells")
        for cell in range(places.first, places.first + places.count):
            other = taken.setdefault((places.envelope, cell), name)
            if other != name:
                raise ValueError(f"allotment {name}: cell {cell} belongs to {other}")


def _check_responses(kind: str, given: tuple[Response, ...]) -> None:
    _check_unique(kind, [one.id for one in given])
    for one in given:
        if KINDS[one.id] != kind:
            raise ValueError(f"{one.id} is a {KINDS[one.id]}, not a {kind}")
