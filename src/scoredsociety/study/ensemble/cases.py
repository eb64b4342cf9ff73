"""A case of an ensemble: one run among many, and what tells it from the others."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import NamedTuple

from pydantic import ValidationError

from scoredsociety.conduct.response_tables import Response, compile_responses
from scoredsociety.kernel import sources_digest
from scoredsociety.runs.labels import digest_of, digests
from scoredsociety.runs.prepare import Prepared, prepare, prepare_changed
from scoredsociety.runs.scenario import Scenario
from scoredsociety.scheme.read.patch import apply, document_kind, set_values

FORM = 1


class Case(NamedTuple):
    """A scenario, prepared, with the key under which its run is kept."""

    prepared: Prepared
    key: str

    @property
    def scenario(self) -> Scenario:
        """What was asked."""
        return self.prepared.scenario

    @property
    def main(self) -> int:
        """Place of the scheme that is asked about (scheme/read/lane.py)."""
        return self.prepared.main

    @property
    def title(self) -> str:
        """Title of the scheme that is asked about, and of those that hold beside it."""
        titles = [scheme.title for scheme in self.prepared.names.schemes]
        main = titles.pop(self.main)
        return f"{main}, with {' and '.join(titles)}" if titles else main


def case_of(scenario: Scenario) -> Case:
    """Read and compile; UserError for what is wrong in the request."""
    prepared = prepare(scenario)
    return Case(prepared, key_of_run(prepared))


def vary(base: Case, scenario: Scenario) -> Case:
    """The case of a scenario like ``base`` but for seed, responses, life effects, set rules.

    The documents are not read again, which would take longer than a small run.
    """
    new = tuple(one for one in scenario.sets if one not in base.scenario.sets)
    rules = tuple(one for one in new if document_kind(one.split("=")[0].strip()) == "scheme")
    if rules:
        base = Case(prepare_changed(base.prepared, sets=rules), "")
    asked = tuple(one for one in scenario.sets if _of_people(one))  # to set twice changes nothing
    others = tuple(one for one in scenario.sets if not _of_people(one))
    same = others == tuple(one for one in base.scenario.sets if not _of_people(one))
    kept = set(base.scenario.sets) <= set(scenario.sets)
    like = replace(scenario, seed=base.scenario.seed, sets=base.scenario.sets,
                   switched_off=base.scenario.switched_off)  # fmt: skip
    dated = len(base.prepared.versions.conduct) > 1
    moved = scenario.ties and scenario.seed != base.scenario.seed  # relabelled by the seed
    rest = like == base.scenario and same and kept and not dated and not moved
    if not rest or "ties" in scenario.switched_off:
        return case_of(scenario)
    scenario.check()
    conduct = base.prepared.versions.conduct[0][1]
    values = {
        kind: [one.model_dump(exclude_unset=True) for one in getattr(conduct, kind)]
        for kind in ("response", "life_effect")
    }
    changed = apply(values, set_values(asked)) if asked else values
    try:
        stated = [Response.model_validate(row) for rows in changed.values() for row in rows]
    except ValidationError:
        return case_of(scenario)  # which says what is wrong, in the words of the documents
    inputs = base.prepared.inputs
    answers = compile_responses(stated, frozenset(scenario.switched_off))
    prepared = base.prepared._replace(
        scenario=scenario,
        inputs=inputs._replace(seed=scenario.seed, responses=((inputs.responses[0][0], answers),)),
    )
    return Case(prepared, key_of_run(prepared))


def _of_people(pair: str) -> bool:
    """Is it a ``--set`` of a response or a life effect?"""
    return pair.startswith(("response.", "life_effect."))


def key_of_run(prepared: Prepared) -> str:
    """Digest of everything that decides the bits that are kept; no clock, no path, no name."""
    inputs = prepared.inputs
    content = {
        "form": FORM,
        "tables": digests(inputs),
        "responses": [(month, digest_of(one)) for month, one in inputs.responses],
        "seed": inputs.seed,
        "origin": inputs.origin,
        "months": inputs.months,
        "counted": prepared.scenario.months,
        "program": sources_digest(),
    }
    text = json.dumps(content, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
