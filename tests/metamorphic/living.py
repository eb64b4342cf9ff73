"""Runs of edited documents and of random worlds, to be compared by what they mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import polars as pl
from tests.engine.worlds import small_recipe

from scoredsociety.calendar import month_number
from scoredsociety.conduct.model import load_conduct
from scoredsociety.engine.inputs import Inputs, Machine
from scoredsociety.engine.run import MonthOutcome, advance_run, begin_run
from scoredsociety.engine.run_constants import settle
from scoredsociety.measure.labels import Labels
from scoredsociety.measure.tallies import frame_of
from scoredsociety.runs.digest.canonical_digest import parts
from scoredsociety.runs.digest.scope import EVERYTHING, Lived, Scope
from scoredsociety.runs.documents.dated_documents import versions_of
from scoredsociety.runs.documents.divided_tables import tables_of
from scoredsociety.runs.documents.document_texts import shipped_documents
from scoredsociety.runs.documents.switches import without_turnover
from scoredsociety.runs.labels import labels_of
from scoredsociety.runs.prepare import responses_of
from scoredsociety.runs.scenario import Scenario
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.scheme.read.load import load_scheme
from scoredsociety.society.people.seats import place
from scoredsociety.society.recipes.recipe import Recipe, load_society

PEOPLE, MONTHS, SEED = 300, 12, 7
AWARE = ("response.awareness.values.start=1",)  # everybody knows of the scheme
UNMOVED = ("responses", "life_effects")


Fault = Callable[[Inputs], Inputs]


class Life(NamedTuple):
    """A society after its last month, and the counts of all its months."""

    lived: Lived
    tallies: pl.DataFrame
    most_records: int  # that anybody held after any month


@cache
def scheme_of(name: str) -> Scheme:
    """A scheme of the catalogue, or of a file."""
    return load_scheme(name, load_conduct("everyday"))


def every_scheme() -> list[str]:
    """Ids of the schemes of the catalogue."""
    return sorted(shipped_documents("scheme"))


def live(
    schemes: Sequence[Scheme], *, people: int = PEOPLE, months: int = MONTHS, seed: int = SEED,
    society: str = "county", sets: Sequence[str] = (), off: Sequence[str] = (),
    patches: Sequence[str] = (), fault: Fault | None = None, recipe: Recipe | None = None,
    apart: bool = False, machine: Machine | None = None,
) -> Life:  # fmt: skip
    """Live documents through; ``society`` "small" is the county in communities of 64 seats.

    ``apart``: each region has tables of its own though one set for all would do.
    ``fault`` plants a fault: it changes what the run is given behind the documents' back.
    """
    scenario = Scenario(
        tuple(one.id for one in schemes), people=people, months=months, seed=seed, panel=0,
        sets=tuple(sets), switched_off=tuple(off), patches=tuple(patches),
    )  # fmt: skip
    recipe = recipe or (small_recipe() if society == "small" else load_society(society))
    conduct, first = load_conduct("everyday"), month_number(scenario.start)
    versions = versions_of(scenario, recipe, conduct, schemes)
    made = tables_of(scenario, versions, first, first + months, apart=apart)
    tables = versions.recipe.compile()
    inputs = Inputs(
        society=without_turnover(tables) if "ties" in off else tables,
        seats=place(versions.recipe, people),
        conduct=tuple((month, one.compile()) for month, one in versions.conduct),
        schemes=made.schemes, seed=seed, origin=first, months=months,
        responses=responses_of(versions, scenario), answered=made.answered,
        jurisdictions=made.jurisdictions,
    )  # fmt: skip
    inputs = fault(inputs) if fault else inputs
    return lived_through(inputs, labels_of(made.names, conduct), conduct.source_ids, machine)


@cache
def base(name: str, sets: tuple[str, ...] = AWARE, off: tuple[str, ...] = ()) -> Life:
    """A scheme of the catalogue as it is, lived through once for all relations."""
    return live([scheme_of(name)], sets=sets, off=off)


def lived_through(
    inputs: Inputs, labels: Labels, sources: Sequence[str], machine: Machine | None = None
) -> Life:
    """Run to the end, counting every month."""
    machine = machine or Machine()
    setting, frames, held = settle(inputs, machine), list[pl.DataFrame](), [0]

    def count(outcome: MonthOutcome) -> None:
        held.extend(int(block.counts.max()) for block in outcome.blocks)
        frames.append(frame_of(outcome.month, outcome.tallies, labels))

    start = begin_run(inputs, setting, machine)
    state = advance_run(inputs, setting, start, machine=machine, on_month=count)
    return Life(Lived(inputs, setting, state, labels, sources), pl.concat(frames), max(held))


def named(
    inputs: Inputs, rules: Sequence[str] = (), order: Sequence[int] = ()
) -> tuple[Labels, list[str]]:
    """Names for everything in a world that has none: ``s0.r3``, or as ``rules`` has them."""
    tables, conduct = inputs.schemes[0][1], inputs.conduct[0][1]
    schemes = [f"s{s}" for s in order or range(len(tables.schemes))]
    ids = rules or [f"r{place}" for place in range(len(tables.rules))]
    owners = [schemes[s] for s in tables.rules.scheme]
    labels = Labels(
        schemes=schemes,
        grades=[[f"g{k}" for k in range(head.grade_count)] for head in tables.schemes],
        acts=[f"a{place}" for place in range(len(conduct.acts))],
        rules=list(zip(owners, ids, strict=True)),
        consequences=[
            (schemes[row.scheme], f"k{place}") for place, row in enumerate(tables.consequences)
        ],
        lists=[(f"s{bit // 2}", f"l{bit}") for bit in range(2 * len(schemes))],
    )
    return labels, [f"o{place}" for place in range(len(conduct.sources))]


def live_world(inputs: Inputs, rules: Sequence[str] = (), schemes: Sequence[int] = ()) -> Life:
    """Live a random world through; ``rules`` are the ids of its rules, by index.

    ``schemes``: which scheme of the world each was before they were put in another order.
    """
    labels, sources = named(inputs, rules, schemes)
    return lived_through(inputs, labels, sources)


def differing(a: Life, b: Life, scope: Scope = EVERYTHING, other: Scope | None = None) -> list[str]:
    """Names of the parts of the digest in which two societies differ; empty: they are the same."""
    one = parts(a.lived, a.tallies, scope)
    two = parts(b.lived, b.tallies, other or scope)
    return sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))


def assert_same(
    a: Life, b: Life, scope: Scope = EVERYTHING, other: Scope | None = None
) -> None:
    """Two societies are the same, as far as a scope (or one of each) goes."""
    found = differing(a, b, scope, other)
    if "tallies" in found:
        keys = [name for name in a.tallies.columns if name != "denominator"]
        left, right = (
            one.tallies.select(keys).filter(pl.col("count") != 0) for one in (a, b)
        )
        for one, two in ((left, right), (right, left)):
            found += [str(row) for row in one.join(two, on=keys, how="anti").head(3).rows()]
    assert not found, "these parts differ: " + "; ".join(found)


def taken_for(scheme: str, ids: Mapping[str, str]) -> Scope:
    """Everything, with rules of a scheme taken for others."""
    return Scope(ids={f"{scheme}.{a}": f"{scheme}.{b}" for a, b in ids.items()})
