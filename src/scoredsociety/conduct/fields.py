"""What a conduct document states, field by field; model.py checks it as a whole and compiles it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from scoredsociety.conduct.parts import (
    Act,
    BetweenPlaces,
    ConductPart,
    Envelope,
    Errors,
    Frailty,
    Identifier,
    Places,
    Source,
    Title,
)
from scoredsociety.conduct.response_tables import Response


class ConductFields(ConductPart):
    """The fields; ``allotment`` is filled when the document is first read."""

    id: Identifier
    title: Title
    headroom: Annotated[Decimal, Field(ge=1, le=10)]  # by how much a patch may raise a rate
    reserve: Annotated[Decimal, Field(ge=0, le=Decimal("0.9"))]  # share of cells kept empty
    false_envelope: Identifier
    frailty: Frailty
    errors: Errors = Errors()
    between_places: BetweenPlaces = BetweenPlaces()
    envelope: tuple[Envelope, ...] = Field(min_length=1, max_length=8)
    source: tuple[Source, ...] = Field(min_length=1, max_length=62)
    act: tuple[Act, ...] = Field(min_length=1, max_length=1024)
    response: tuple[Response, ...] = ()
    life_effect: tuple[Response, ...] = ()
    allotment: dict[str, Places] = Field(default_factory=dict)
    assumed: tuple[str, ...] = ()

    @property
    def act_ids(self) -> list[str]:
        """Ids of the acts in table order."""
        return [one.id for one in self.act]

    @property
    def source_ids(self) -> list[str]:
        """Ids of the sources in table order; a source's place is its bit in a mask of sources."""
        return [one.id for one in self.source]
