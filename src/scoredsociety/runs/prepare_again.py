"""A run that was stopped, prepared again from its folder."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from scoredsociety.calendar import month_text
from scoredsociety.document.problem import DocumentErrors
from scoredsociety.engine.state import RunState, ends_of
from scoredsociety.errors import UserError
from scoredsociety.runs.folder.manifest import scenario_of
from scoredsociety.runs.folder.manifest_form import FORMS
from scoredsociety.runs.folder.run_folder import Draft
from scoredsociety.runs.labels import digests
from scoredsociety.runs.prepare import Prepared, prepare
from scoredsociety.society.ties.stored import ends_between


def check_ties(draft: Draft, prepared: Prepared, saved: RunState) -> None:
    """ValueError where a checkpoint does not hold the state of each loaded tie."""
    people = prepared.inputs.seats.people
    if len(ends_of(saved)) != ends_between(prepared.inputs.stored, 0, people):
        raise ValueError(
            f"{draft.folder / 'checkpoint'} holds the ties of another version of the program"
        )


def check_months(
    draft: Draft, prepared: Prepared, manifest: Mapping[str, Any], month: int
) -> None:
    """UserError where a file of a month before ``month`` is not as it was written."""
    if manifest["format"] == FORMS[0]:
        return  # it kept no digests
    if prepared.network is None:
        draft.check("exchange", map(month_text, range(prepared.inputs.origin, month)))
    draft.check("months", map(month_text, range(prepared.first, month)))


def prepare_again(manifest: Mapping[str, Any], ties: Path | None = None) -> Prepared:
    """What a run was made of, from its manifest; UserError where this version reads it otherwise.

    The documents are the texts in the manifest, not the files of today. A loaded network is not
    in it and must be given again.
    """
    try:
        with tempfile.TemporaryDirectory() as folder:
            prepared = prepare(scenario_of(manifest, Path(folder), ties), divided=True)
    except DocumentErrors as error:  # the documents were good when the run was made
        raise UserError(
            f"this run was made by scoredsociety {manifest['versions']['scoredsociety']}, and this "
            f"version reads its documents otherwise ({error.problems[0].key}: "
            f"{error.problems[0].message}); use that version"
        ) from None
    named = tuple(manifest["inputs"]["schemes"])
    prepared = prepared._replace(
        scenario=replace(prepared.scenario, schemes=named), documents=manifest["documents"]
    )
    found, wanted = digests(prepared.inputs), manifest["digests"]
    differing = [name for name in wanted if found.get(name) != wanted[name]]
    if differing == ["loaded ties"]:
        raise UserError(f"{ties} is not the network of this run; give the file that it was made on")
    if differing:
        raise UserError(
            f"this run was made by scoredsociety {manifest['versions']['scoredsociety']}, which "
            f"compiled its {differing[0]} otherwise than this version; use that version"
        )
    return prepared


def without_network(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """The manifest of a run on a loaded network as if its ties were computed.

    For readers of its documents, such as the report; what is prepared from it never runs.
    """
    inputs = {**manifest["inputs"], "ties": None}
    digests_ = {
        name: value for name, value in manifest["digests"].items()
        if name not in ("society", "loaded ties")
    }  # fmt: skip
    return {**manifest, "inputs": inputs, "digests": digests_}
