"""Digests and names of the documents of a run."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from scoredsociety.calendar import month_text
from scoredsociety.columns import integers_of
from scoredsociety.conduct.model import Conduct
from scoredsociety.engine.inputs import Inputs
from scoredsociety.measure.labels import Labels
from scoredsociety.scheme.compile.jurisdictions import ELSEWHERE
from scoredsociety.scheme.compile.scheme_names import SchemeNames

ROWS = 1 << 20  # of a table told to a digest at once


def labels_of(names: SchemeNames, conduct: Conduct) -> Labels:
    """What the indices of tallies mean, from what the compiled tables mean."""
    ids = [scheme.id for scheme in names.schemes]

    def owner(scheme: int) -> str:
        return ids[scheme] if scheme >= 0 else ""

    return Labels(
        schemes=ids,
        grades=[[grade.id for grade in grades] for grades in names.grades],
        acts=conduct.act_ids,
        rules=[(owner(rule.scheme), rule.key) for rule in names.rules],
        consequences=[(owner(one.scheme), one.id) for one in names.consequences],
        lists=[(owner(one.scheme), one.id) for one in names.lists],
    )


def digests(inputs: Inputs) -> dict[str, str]:
    """A digest of each compiled table: what two runs must share to have the same bits."""
    found = {"society": digest_of(inputs.society), "seats": digest_of(inputs.seats)}
    for month, tables in inputs.conduct:
        found[f"conduct from {month_text(month)}"] = digest_of(tables)
    for month, responses in inputs.responses:
        found[f"responses from {month_text(month)}"] = digest_of(responses)
    for month, schemes in inputs.schemes:
        found[f"schemes from {month_text(month)}"] = digest_of(schemes)
    if inputs.stored is not None:
        found["loaded ties"] = digest_of(inputs.stored)  # of the whole; no tie can be read from it
    for kind, schemes in inputs.answered:
        found[f"schemes in answer {kind}"] = digest_of(schemes)
    for one in inputs.jurisdictions:
        where = "elsewhere" if one.region == ELSEWHERE else f"region {one.region}"
        for month, schemes in one.schemes:
            found[f"schemes of {where} from {month_text(month)}"] = digest_of(schemes)
        for kind, schemes in one.answered:
            found[f"schemes of {where} in answer {kind}"] = digest_of(schemes)
    if inputs.planted:
        rows = np.array(inputs.planted, dtype="<i8")
        found["planted"] = hashlib.blake2b(rows.tobytes(), digest_size=16).hexdigest()
    return found


def digest_of(table: Any) -> str:
    """BLAKE2b-128 of a tuple of integers and arrays of integers, field by field."""
    digest = hashlib.blake2b(digest_size=16)
    for name, value in zip(table._fields, table, strict=True):
        if isinstance(value, tuple):  # of tables within
            digest.update(f"{name}:{digest_of(value)}".encode())
            continue
        array = integers_of(value)
        digest.update(f"{name}:{array.shape}".encode())
        flat = array.reshape(-1)
        for start in range(0, len(flat), ROWS):  # ties of a loaded network may be many
            digest.update(np.ascontiguousarray(flat[start : start + ROWS], dtype="<i8").tobytes())
    return digest.hexdigest()
