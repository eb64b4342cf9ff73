"""The tables of a run's schemes: one set, or one for each jurisdiction where one does not do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from scoredsociety.conduct.tables import AUTHORITY
from scoredsociety.engine.control.authority import COPY
from scoredsociety.engine.inputs import Inputs, Jurisdiction
from scoredsociety.errors import UserError
from scoredsociety.runs.documents.dated_documents import Versions
from scoredsociety.runs.documents.deferred_rules import answered_schemes
from scoredsociety.runs.documents.switches import without_visibility
from scoredsociety.runs.scenario import Scenario
from scoredsociety.scheme.compile.jurisdictions import (
    refuse_lists,
    refuse_undivided,
    room_in,
    under_each,
)
from scoredsociety.scheme.compile.limits import TooMany
from scoredsociety.scheme.compile.numbers import numbers_of
from scoredsociety.scheme.compile.scheme_names import SchemeNames
from scoredsociety.scheme.compile.schemes import compile_schemes
from scoredsociety.scheme.tables import SchemeTables

Dated = tuple[tuple[int, SchemeTables], ...]


class Tables(NamedTuple):
    """The schemes of a run as tables, and what their numbers mean."""

    schemes: Dated
    answered: Dated
    names: SchemeNames
    jurisdictions: tuple[Jurisdiction, ...] = ()


def tables_of(
    scenario: Scenario, versions: Versions, origin: int, end: int, *, apart: bool = False
) -> Tables:
    """The tables of each time between two changes of the rules; ``TooMany`` where none do.

    ``apart``: one for each jurisdiction though one set for all would do.
    """
    if not apart:
        try:
            return _tables(scenario, versions, origin, end, limited=True)
        except TooMany as error:
            refuse_undivided(versions.schemes, error)
    whole = _tables(scenario, versions, origin, end, limited=False)
    found = []
    for region, schemes in under_each(versions.schemes).items():
        own = versions._replace(schemes=[versions.schemes[s] for s in schemes or (0,)])
        with room_in(region):
            local = _tables(scenario, own, origin, end, limited=True)
            refuse_lists(local.names)
            found.append(Jurisdiction(
                region, local.schemes, local.answered,
                numbers_of(local.names, whole.names, schemes or (0,)),
            ))  # fmt: skip
    return whole._replace(jurisdictions=tuple(found))


def _tables(
    scenario: Scenario, versions: Versions, origin: int, end: int, *, limited: bool
) -> Tables:
    conduct = versions.conduct[0][1]
    tables, names = compile_schemes(versions.schemes, conduct, origin, limited=limited)
    compiled = [(origin, tables)]
    for month in names.changes:
        if origin < month < end:
            later, _ = compile_schemes(versions.schemes, conduct, month, limited=limited)
            compiled.append((month, later))
    if "visibility" in scenario.switched_off:
        compiled = [(month, without_visibility(one)) for month, one in compiled]
    answered = answered_schemes(versions, names, limited=limited)
    return Tables(tuple(compiled), answered, names)


def refuse_copies(inputs: Inputs) -> None:
    """UserError where a scheme of one region is to be copied to another, whose tables lack it."""
    if inputs.jurisdictions and any(
        tables.forms[AUTHORITY] and tables.values[AUTHORITY, COPY] > 0
        for _, tables in inputs.responses
    ):
        raise UserError(
            "the operator copies a scheme to other regions (response.authority.values.copy) only "
            "where all schemes of a run fit one set of tables; these do not"
        )


def is_divided(manifest: Mapping[str, Any]) -> bool:
    """Whether a run's schemes were divided by region."""
    return any(str(name).startswith("schemes of ") for name in manifest["digests"])


def refuse_divided(inputs: Inputs, what: str) -> None:
    """UserError for a question that reads one set of tables, of a run that has several."""
    if inputs.jurisdictions:
        raise UserError(
            f"{what}: the schemes of this run do not fit one set of tables and are divided by "
            "region; only `scored run`, `report`, `explain`, `verify` and `rerun` read that: ask "
            "of fewer schemes"
        )
