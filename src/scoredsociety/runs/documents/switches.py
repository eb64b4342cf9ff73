"""What can be switched off: a response or life effect by name, all of a kind, ties, a flow of data.

``responses``, ``life_effects`` and ``ties`` are the kinds whole; a flow of data (data_flows.py) has
a name of its own. What is switched off takes its form ``none``; with every response and every life
effect off, conduct is the baseline's, bit for bit. Without ``visibility``,
ties see every score, list and sanction, whatever a scheme says of it.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from scoredsociety.conduct.responses import BY_ID
from scoredsociety.errors import UserError, did_you_mean
from scoredsociety.runs.documents.data_flows import FLOWS
from scoredsociety.scheme.tables import EVERYTHING, SchemeTables
from scoredsociety.society.tables import SocietyTables

WHOLE = ("responses", "life_effects", "ties", "visibility")


def known() -> list[str]:
    """Every name that ``--switch-off`` takes."""
    return [*WHOLE, *FLOWS, *BY_ID]


def check(names: Iterable[str]) -> None:
    """UserError for a name that is no switch."""
    for name in names:
        if name not in known():
            hint = did_you_mean(name, known()) or f" There are {', '.join(known())}."
            raise UserError(f"--switch-off {name}: there is nothing of this name.{hint}")


def without_visibility(tables: SchemeTables) -> SchemeTables:
    """Schemes whose scores, lists and sanctions everybody's ties see."""
    heads = tables.schemes.copy()
    heads.visibility[:] = EVERYTHING
    return tables._replace(schemes=heads)


def without_turnover(tables: SocietyTables) -> SocietyTables:
    """A society whose ties neither close nor open: what is open at the start stays open."""
    slots = tables.slots.copy()
    slots.closes[:] = 0
    slots.renews[:] = np.minimum(slots.renews, 0)  # -1 where computed, as before
    return tables._replace(slots=slots)
