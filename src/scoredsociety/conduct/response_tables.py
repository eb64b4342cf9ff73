"""[[response]] as a document, and the responses of a run as the tables that the engine reads."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from scoredsociety.conduct.responses import BY_ID, KINDS
from scoredsociety.conduct.tables import MOST_VALUES, ResponseTables
from scoredsociety.errors import did_you_mean


class Response(BaseModel):
    """A ``[[response]]`` or ``[[life_effect]]`` table: form and values that differ from default."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    form: str = ""
    values: dict[str, Annotated[Decimal, Field(ge=0, le=1000, max_digits=24)]] = Field(
        default_factory=dict
    )
    source: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _known(self) -> Response:
        spec = BY_ID.get(self.id)
        if spec is None:
            raise ValueError(f"no response {self.id!r}.{did_you_mean(self.id, BY_ID)}")
        if self.form and self.form not in spec.forms:
            raise ValueError(f"{self.id} has the forms {', '.join(spec.forms)}, not {self.form!r}")
        names = [value.id for value in spec.values]
        for name in self.values:
            if name not in names:
                raise ValueError(f"{self.id} has no value {name!r}.{did_you_mean(name, names)}")
        return self


def no_responses() -> ResponseTables:
    """Every response and life effect at ``none``."""
    return compile_responses((), frozenset({"responses", "life_effects"}))


def compile_responses(given: Sequence[Response], off: frozenset[str]) -> ResponseTables:
    """Forms and values (millionths) of every response; those named in ``off`` take ``none``.

    ``off`` may hold ids, and ``responses`` or ``life_effects`` for all of a kind.
    """
    stated = {one.id: one for one in given}
    forms, values = [], []
    for spec in BY_ID.values():
        one = stated.get(spec.id, Response(id=spec.id))
        whole = "responses" if KINDS[spec.id] == "response" else "life_effects"
        form = "none" if spec.id in off or whole in off else one.form or spec.form
        forms.append(spec.forms.index(form))
        row = [int(one.values.get(v.id, Decimal(v.default)) * 1_000_000) for v in spec.values]
        values.append(row + [0] * (MOST_VALUES - len(row)))
    return ResponseTables(np.array(forms, dtype=np.int64), np.array(values, dtype=np.int64))
