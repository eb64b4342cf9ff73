"""A scenario, prepared: its documents read, patched and compiled, which decides the run's bits.

The texts go into the manifest, so that a run can be made again from its folder alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from scoredsociety.calendar import month_number
from scoredsociety.conduct.model import Conduct, load_conduct
from scoredsociety.conduct.response_tables import compile_responses
from scoredsociety.conduct.tables import ResponseTables
from scoredsociety.document.problem import DocumentErrors
from scoredsociety.engine.inputs import Inputs
from scoredsociety.measure.labels import Labels
from scoredsociety.runs.documents.data_flows import without_flows
from scoredsociety.runs.documents.dated_documents import Versions, meant_for, versions_of
from scoredsociety.runs.documents.deferred_rules import answered_schemes, refuse_deaf
from scoredsociety.runs.documents.divided_tables import refuse_copies, refuse_divided, tables_of
from scoredsociety.runs.documents.document_texts import text_of
from scoredsociety.runs.documents.switches import without_turnover
from scoredsociety.runs.documents.tie_layer_check import refuse_layers
from scoredsociety.runs.labels import labels_of
from scoredsociety.runs.planted_records import planted
from scoredsociety.runs.scenario import Scenario
from scoredsociety.scheme.compile.scheme_names import SchemeNames
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.scheme.read.federation import refuse_regions
from scoredsociety.scheme.read.lane import main_of, schemes_of
from scoredsociety.scheme.read.load import catalogue, load_scheme, placed
from scoredsociety.scheme.read.patch import patched, set_values, without
from scoredsociety.scheme.tables import SchemeTables
from scoredsociety.society.people.seats import place
from scoredsociety.society.recipes.recipe import Recipe, load_society
from scoredsociety.society.ties.edges import load_edges
from scoredsociety.society.ties.loaded import Seated, seated


class Prepared(NamedTuple):
    """A scenario, compiled."""

    scenario: Scenario
    inputs: Inputs
    names: SchemeNames
    labels: Labels
    documents: Mapping[str, str]  # texts by ``room/name``
    versions: Versions
    recipe: Recipe
    conduct: Conduct
    first: int  # first month that is counted, after burn-in
    network: Seated | None = None  # the loaded network on its seats

    @property
    def main(self) -> int:
        """Place of the scheme that a study asks about: the first that is no baseline."""
        return main_of([history[0][1] for history in self.versions.schemes])


def prepare(
    scenario: Scenario, tell: Callable[[str], None] | None = None, *, divided: bool = False
) -> Prepared:
    """Read, patch and compile; UserError for whatever is wrong in the request or a document.

    ``tell`` is told what is being read where that may take seconds. ``divided``: whoever asks can
    do with a run whose schemes are divided by region.
    """
    scenario = replace(scenario, schemes=schemes_of(scenario.schemes))
    scenario.check()
    recipe, conduct = load_society(scenario.society), load_conduct(scenario.conduct)
    refuse_regions(scenario.schemes, len(recipe.region))
    schemes, silent = loaded_schemes(scenario.schemes, conduct, scenario.without)
    if silent and tell:
        tell(f"the conduct document has no act for {', '.join(silent)}: left out")
    scenario = replace(scenario, without=tuple(dict.fromkeys((*scenario.without, *silent))))
    first = month_number(scenario.start)
    versions = versions_of(scenario, recipe, conduct, schemes)
    versions = versions._replace(schemes=[
        [(month, without_flows(one, conduct, scenario.switched_off)) for month, one in dated]
        for dated in versions.schemes
    ])  # fmt: skip
    origin = first - scenario.burn_in
    tables = tables_of(scenario, versions, origin, first + scenario.months)
    society, seats = versions.recipe.compile(), place(versions.recipe, scenario.people)
    network = None
    if scenario.ties:
        loaded = load_edges(scenario.ties, scenario.seed, tell)
        if tell:
            tell(f"seating {loaded.graph.ties:,} ties")
        network = seated(society, seats, scenario.seed, loaded, scenario.ties_layer)
        society = network.tables
    inputs = Inputs(
        society=without_turnover(society) if "ties" in scenario.switched_off else society,
        seats=seats,
        conduct=tuple((month, document.compile()) for month, document in versions.conduct),
        schemes=tables.schemes,
        seed=scenario.seed,
        origin=origin,
        months=first + scenario.months - origin,
        responses=responses_of(versions, scenario),
        stored=network.stored if network else None,
        answered=tables.answered,
        jurisdictions=tables.jurisdictions,
    )
    if not divided:
        refuse_divided(inputs, "this question")
    refuse_copies(inputs)
    refuse_deaf(inputs)
    refuse_layers(versions.schemes, inputs.society)
    end = inputs.origin + inputs.months
    inputs = inputs._replace(
        planted=planted(scenario.planted, versions.conduct[0][1], inputs.seats, origin, end)
    )
    return Prepared(
        scenario, inputs, tables.names, labels_of(tables.names, conduct), texts(scenario), versions,
        versions.recipe, conduct, first, network,
    )  # fmt: skip


def loaded_schemes(
    names: Sequence[str], conduct: Conduct, without: Sequence[str]
) -> tuple[list[Scheme], list[str]]:
    """The schemes of a run, and the rules of shipped ones on acts that its conduct does not have.

    Nobody can do such an act, so the rule is left out, as ``--without`` would, and the command and
    the manifest say so. In a file of one's own it is an error unless the rule is left out already:
    the act may be misspelt.
    """
    left_out = {one if "." in one else f"rule.{one}" for one in without}
    found, silent = [], []
    for name in names:
        try:
            found.append(load_scheme(name, conduct))
        except DocumentErrors:
            scheme = load_scheme(name)
            absent = absent_acts(scheme, conduct)
            if not absent or not (placed(name)[0] in catalogue() or set(absent) <= left_out):
                raise
            found.append(scheme)
            silent += [one for one in absent if one not in left_out]
    return found, silent


def absent_acts(scheme: Scheme, conduct: Conduct) -> list[str]:
    """Paths of the rules on an act, or ended by one, that a conduct document does not have."""
    acts = set(conduct.act_ids)
    named = {rule.id: {*(rule.on or ()), rule.corrected_by} - {None} for rule in scheme.rule}
    return [f"rule.{rule}" for rule, asked in named.items() if asked - acts]


def compiled_schemes(
    scenario: Scenario, versions: Versions, origin: int, end: int
) -> tuple[tuple[tuple[int, SchemeTables], ...], SchemeNames]:
    """The tables of each time between two changes of the rules, and what their indices mean."""
    found = tables_of(scenario, versions, origin, end)
    return found.schemes, found.names


def prepare_changed(
    base: Prepared, paths: tuple[str, ...] = (), sets: tuple[str, ...] = ()
) -> Prepared:
    """``base`` with its schemes changed further, as ``--without`` and ``--set`` change them.

    The same as ``prepare`` gives, sooner, because no document is read again.
    """
    scenario = replace(
        base.scenario, without=(*base.scenario.without, *paths), sets=(*base.scenario.sets, *sets)
    )
    heads = [history[0][1] for history in base.versions.schemes]
    changed = []
    for head, history in zip(heads, base.versions.schemes, strict=True):
        for patch in meant_for(head, heads, [without(paths), set_values(sets)]):
            history = [(month, patched(one, patch, base.conduct)) for month, one in history]
        changed.append(history)
    versions = base.versions._replace(schemes=changed)
    inputs = base.inputs
    schemes, names = compiled_schemes(
        base.scenario, versions, inputs.origin, inputs.origin + inputs.months
    )
    return base._replace(
        scenario=scenario, names=names,
        inputs=inputs._replace(schemes=schemes, answered=answered_schemes(versions, names)),
        labels=labels_of(names, base.conduct), versions=versions,
    )  # fmt: skip


def responses_of(
    versions: Versions, scenario: Scenario
) -> tuple[tuple[int, ResponseTables], ...]:
    """Responses and life effects of each version of the conduct, less what is switched off."""
    off = frozenset(scenario.switched_off)
    return tuple(
        (month, compile_responses((*document.response, *document.life_effect), off))
        for month, document in versions.conduct
    )


def texts(scenario: Scenario) -> dict[str, str]:
    """The text of every document that the scenario uses."""
    found = {
        "society": text_of("society", scenario.society),
        "conduct": text_of("conduct", scenario.conduct),
    }
    for place_, name in enumerate(scenario.schemes):
        found[f"scheme/{place_}"] = text_of("scheme", name)
    for place_, name in enumerate(scenario.patches):
        found[f"patch/{place_}"] = text_of("patch", name)
    return found
