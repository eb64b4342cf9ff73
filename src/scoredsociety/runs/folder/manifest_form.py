"""The form of a manifest: which versions of run folders are read, and what every manifest has.

Form 2, which is written, holds digests of the files and a seal of its own. Form 1 (0.1.0) had
neither and is read as it stands: its tables always, what lives months again as far as this version
compiles its documents to the same tables. ``scored rerun`` makes a run of form 2 of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scoredsociety.runs.folder.seal import FILES, MANIFEST

FORMS = ("scoredsociety run 1", "scoredsociety run 2")  # read; the last is written
FORMAT = FORMS[-1]
_KEYS: dict[str, type] = {
    "inputs": dict, "schemes": list, "people": int, "months": int, "seed": int, "calendar": dict,
    "documents": dict, "digests": dict, "versions": dict, "start": str,
}  # fmt: skip
_INPUTS: dict[str, type] = {
    "schemes": list, "people": int, "months": int, "from": str, "start": str, "seed": int,
    "set": list, "without": list, "switched_off": list, "panel": int, "burn_in_months": int,
}  # fmt: skip
_ROOM = re.compile(r"(society|conduct|(scheme|patch)/\d{1,4})")


def refusal(folder: Path, form: object) -> str:
    """Why a manifest of this form is not read."""
    if isinstance(form, str) and re.fullmatch(r"scoredsociety run [1-9]\d{0,5}", form):
        return f"{folder} was made by a newer version ({form}); this one reads up to {FORMAT!r}"
    return f"{folder} is not a run folder: {MANIFEST} does not say {FORMAT!r}"


def wrong_keys(manifest: Mapping[str, Any]) -> Iterator[str]:
    """What a manifest lacks, or has of another kind than every run writes."""
    inputs = manifest.get("inputs")
    tables = [("", manifest, _KEYS)]
    tables += [("inputs.", inputs, _INPUTS)] if isinstance(inputs, dict) else []
    for prefix, table, keys in tables:
        for key, kind in keys.items():
            if not isinstance(table.get(key), kind) or isinstance(table.get(key), bool):
                yield f"{prefix}{key} is missing or of another kind"
    texts = manifest.get("documents")
    rooms = {"society", "conduct"} | {f"scheme/{k}" for k, _ in enumerate(manifest["schemes"])} if (
        isinstance(manifest.get("schemes"), list)
    ) else set()  # fmt: skip
    if isinstance(texts, dict):
        if not all(isinstance(text, str) for text in texts.values()) or rooms - texts.keys():
            yield "documents are missing"
        if not all(_ROOM.fullmatch(room) for room in texts):
            yield "documents has another key"
    for key in ("schemes", "set", "without", "switched_off", "planted"):
        rows = inputs.get(key, []) if isinstance(inputs, dict) else []
        if not isinstance(rows, list) or not all(isinstance(row, str) for row in rows):
            yield f"inputs.{key} is of another kind"
    if not isinstance(manifest.get(FILES, {}), dict):
        yield "files is of another kind"
    if manifest.get("whole") and not isinstance(manifest.get("checksum"), str):
        yield "checksum is missing"
    version = manifest.get("versions", {})
    if isinstance(version, dict) and not isinstance(version.get("scoredsociety"), str):
        yield "versions.scoredsociety is missing"
