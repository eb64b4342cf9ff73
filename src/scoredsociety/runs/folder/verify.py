"""Is a run folder what it says? Its files by digest, then its documents run again.

A run folder holds the text of every document that it was made of, so it can be run again where
it stands. ``verify`` lets the new run fall away once it has given the same; ``rerun`` keeps it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scoredsociety.document.problem import DocumentErrors
from scoredsociety.errors import UserError
from scoredsociety.outputs import quoted
from scoredsociety.runs.execute import Made, Manner, make
from scoredsociety.runs.folder.manifest import scenario_of
from scoredsociety.runs.folder.run_folder import whole_manifest
from scoredsociety.runs.folder.seal import FILES, added_to, faults_of
from scoredsociety.runs.folder.table_file import read_frame
from scoredsociety.runs.prepare_again import prepare_again

RESULTS = ("checksum", "digest")  # of the manifest: what a run gave
TABLES = ("tallies.parquet", "panel.parquet")


@dataclass(frozen=True)
class Verified:
    """What was found; ``faults``: a sentence each, none where the folder is what it says."""

    folder: Path
    files: int  # whose digests were held against them
    faults: tuple[str, ...]
    added: tuple[str, ...]  # files that the run did not leave there
    ran_again: bool


def verify(
    folder: Path, ties: Path | None = None, manner: Manner | None = None, *,
    files_only: bool = False,
) -> Verified:  # fmt: skip
    """Hold the files against their digests and then run the documents again.

    A damaged folder is not run again. UserError for what is no whole run, has no digests, or
    cannot be run by this version.
    """
    manifest = whole_manifest(folder)
    if FILES not in manifest:
        made_by = manifest["versions"]["scoredsociety"]
        raise UserError(
            f"{folder} was made by scoredsociety {made_by}, which kept no digests of its files; "
            f"`scored rerun {quoted(folder)}` runs its documents again and says whether the "
            "result is the same"
        )
    faults = faults_of(folder, manifest)
    if not faults and not files_only:
        prepare_again(manifest, ties)  # refuses what this version would run otherwise
        with tempfile.TemporaryDirectory(prefix="scored-") as place:
            made = rerun(folder, Path(place) / "again", ties, manner)
            faults = _differences(folder, manifest, made)
        return Verified(folder, len(manifest[FILES]), tuple(faults), added(folder, manifest), True)
    return Verified(folder, len(manifest[FILES]), tuple(faults), added(folder, manifest), False)


def added(folder: Path, manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """Files in the folder that are not of the run."""
    return tuple(added_to(folder, manifest))


def rerun(
    folder: Path, target: Path, ties: Path | None = None, manner: Manner | None = None, *,
    force: bool = False,
) -> Made:  # fmt: skip
    """Run a folder's documents again into ``target``, whatever version made it."""
    manifest = whole_manifest(folder)
    try:
        with tempfile.TemporaryDirectory(prefix="scored-") as place:
            scenario = scenario_of(manifest, Path(place), ties)
            return make(scenario, target, force=force, manner=manner)
    except DocumentErrors as error:
        first = error.problems[0]
        raise UserError(
            f"{folder} was made by scoredsociety {manifest['versions']['scoredsociety']}, and this "
            f"version reads its documents otherwise ({first.key}: {first.message})"
        ) from None


def _differences(folder: Path, manifest: Mapping[str, Any], made: Made) -> list[str]:
    """How a run and the same run made again differ: not at all, unless one was tampered with."""
    again = whole_manifest(made.folder)
    found = [
        f"the {key} is {again[key]} when its documents are run again, not {manifest[key]}"
        for key in RESULTS if key in manifest and key in again and manifest[key] != again[key]
    ]  # fmt: skip
    for name in TABLES:
        if not read_frame(folder / name).equals(read_frame(made.folder / name)):
            found.append(f"{folder / name} is otherwise when its documents are run again")
    for key in ("inputs", "digests", "operator"):
        if manifest.get(key) != again.get(key):
            found.append(f"{key} of the manifest are otherwise when its documents are run again")
    return found
