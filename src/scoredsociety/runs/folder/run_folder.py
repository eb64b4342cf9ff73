"""A run is a folder: ``NAME.partial`` until it is whole, then renamed at once.

Nothing half-written looks whole: a folder without ``.partial`` in its name has everything, and a
killed run is found again by its ``.partial`` name, with a manifest that says what was asked.
A month's counts stand in ``months/`` until the run is whole; ``checkpoint/`` holds the newest
complete state. Every file is written beside its place and then moved there.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

import numpy as np

from scoredsociety.engine import checkpoint
from scoredsociety.engine.state import RunState
from scoredsociety.errors import UserError
from scoredsociety.fixed import Ints
from scoredsociety.outputs import check_link, check_name, check_parent, quoted
from scoredsociety.runs.folder.manifest_form import FORMS, refusal, wrong_keys
from scoredsociety.runs.folder.seal import (
    FILES,
    MANIFEST,
    PAGES,
    SEAL,
    content_digest,
    digest_of_file,
    digests_of,
    names_in,
    write_manifest,
)

SYNTHETIC = "synthetic society, not a forecast"
SUMS = "written.sha256"  # of each month's files, while the run is made
OLD = ".old.partial"  # behind the name of a run that --force replaces, for a moment
CHECKPOINTS = ("checkpoint", "checkpoint.old", "checkpoint.new")
DROPPED = ("months", SUMS, *CHECKPOINTS[1:])  # of a whole run
UNREADABLE = (*checkpoint.DAMAGED, BadZipFile, zlib.error)  # of a damaged file of arrays


@dataclass(frozen=True)
class Draft:
    """A run that is being made, in ``NAME.partial``."""

    target: Path

    @property
    def folder(self) -> Path:
        """Where it is being made."""
        return partial_of(self.target)

    def write_month(self, room: str, month: str, arrays: Mapping[str, Any]) -> None:
        """One month's arrays, under ``months/`` or ``exchange/``."""
        place = self.folder / room / f"{month}.npz"
        place.parent.mkdir(exist_ok=True)
        beside = place.with_suffix(".writing")
        with beside.open("wb") as file:
            # ``months/`` goes when the run is whole: not worth compressing
            save_arrays(file, arrays, packed=room != "months")
        digest = digest_of_file(beside)
        os.replace(beside, place)
        with (self.folder / SUMS).open("a", encoding="ascii") as sums:
            sums.write(f"{digest}  {room}/{place.name}\n")

    def read_month(self, room: str, month: str) -> dict[str, Ints]:
        """What ``write_month`` wrote; UserError where it is damaged."""
        return read_arrays(self.folder / room / f"{month}.npz")

    def check(self, room: str, months: Iterable[str]) -> None:
        """UserError where a month's file is not as it was written."""
        try:
            text = (self.folder / SUMS).read_text(encoding="ascii", errors="replace")
        except OSError:
            text = ""
        wanted = {name: digest for digest, _, name in
                  (line.partition("  ") for line in text.splitlines())}  # fmt: skip
        for month in months:
            path = self.folder / room / f"{month}.npz"
            try:
                right = digest_of_file(path) == wanted.get(f"{room}/{month}.npz")
            except OSError:
                right = False
            if not right:
                raise UserError(f"{path} is missing or damaged; {anew(self.target)}")

    def finish(self, manifest: Mapping[str, Any], *, by_person: bool = True) -> Path:
        """Write the manifest with a digest of every file, and give the run its name.

        Without ``by_person`` the last state goes too: a run on a loaded network keeps counts of
        groups only.
        """
        gone = () if by_person else CHECKPOINTS
        left_out = (*DROPPED, *gone)
        names = [name for name in names_in(self.folder) if name.split("/")[0] not in left_out]
        write_manifest(self.folder, {**manifest, FILES: digests_of(self.folder, names)})
        return self.complete(manifest)

    def complete(self, manifest: Mapping[str, Any]) -> Path:
        """Drop what was only for the making, and rename to the whole run; may be done twice."""
        loaded = bool(manifest["inputs"].get("ties"))
        for room in (*DROPPED, *CHECKPOINTS) if loaded else DROPPED:
            shutil.rmtree(self.folder / room, ignore_errors=True)
        (self.folder / SUMS).unlink(missing_ok=True)
        if self.target.exists():  # --force was given: the old run goes only when the new is whole
            old = self.target.with_name(self.target.name + OLD)
            shutil.rmtree(old, ignore_errors=True)
            self.target.rename(old)
            self.folder.rename(self.target)
            shutil.rmtree(old)
        else:
            self.folder.rename(self.target)
        return self.target


def anew(target: Path) -> str:
    """How a run that cannot go on is made again."""
    return f"make the run again with --force --out {quoted(target)}"


def saved_state(folder: Path) -> RunState:
    """The last state of a run; UserError where it is damaged, or of another version."""
    try:
        return checkpoint.load(folder / "checkpoint")
    except ValueError as error:
        raise UserError(str(error)) from None


def read_arrays(path: Path) -> dict[str, Any]:
    """The arrays of an ``.npz`` file; UserError where it cannot be read."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}
    except UNREADABLE as error:
        said = getattr(error, "strerror", None) or "it is damaged"
        raise UserError(f"{path} cannot be read: {said}") from None


def save_arrays(file: IO[bytes], arrays: Mapping[str, Any], packed: bool = True) -> None:
    """Arrays as an ``.npz``; packed it is a tenth larger than by NumPy, in a quarter of its time.

    ``numpy.savez`` pickles what is no array of numbers, and not every version can be told not to.
    """
    way = ZIP_DEFLATED if packed else ZIP_STORED
    with ZipFile(file, "w", way, compresslevel=1 if packed else None) as archive:
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                np.lib.format.write_array(member, np.asarray(array), allow_pickle=False)


def partial_of(target: Path) -> Path:
    """``NAME.partial`` of ``NAME``."""
    return target.with_name(target.name + ".partial")


def begin_folder(target: Path, manifest: Mapping[str, Any], *, force: bool) -> Draft:
    """Make ``NAME.partial`` with the manifest of what was asked; UserError where it cannot be."""
    check_place(target, force=force)
    draft = Draft(target)
    try:
        shutil.rmtree(draft.folder, ignore_errors=True)
        draft.folder.mkdir(parents=True)
        write_manifest(draft.folder, manifest)
    except OSError as error:
        raise UserError(
            f"{target}: the run folder cannot be made ({error.strerror}); "
            "give a folder that can be written with --out"
        ) from None
    return draft


def check_place(target: Path, *, force: bool) -> None:
    """Refuse a target that would overwrite something, or that cannot be written."""
    finish = f"finish it with `scored resume {quoted(target)}`, "
    for folder, what, instead in (
        (target, "exists already", ""),
        (partial_of(target), "is an unfinished run", finish),
    ):
        if check_name(folder, "--out", more=OLD if folder == target else "") is None:
            continue
        check_link(folder, "--out")
        if folder.is_symlink() and force:
            raise UserError(f"{folder} is a link, which --force does not replace; name its folder")
        if not force:
            raise UserError(
                f"{folder} {what}; {instead}give --force to replace it, or another --out"
            )
        if any_files(folder) and not is_run(folder):
            raise UserError(
                f"{folder} is not a run folder, so --force does not replace it; "
                "give another --out"
            )
    check_parent(target, "--out")


def any_files(folder: Path) -> bool:
    """Is there something that could be lost?"""
    return not folder.is_dir() or any(folder.iterdir())


def is_run(folder: Path) -> bool:
    """Does a manifest of a run, whole or not, stand in the folder?"""
    try:
        read_manifest(folder)
    except UserError:
        return False
    return True


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a run folder, whole or not; UserError where there is none, or no longer."""
    path = folder / MANIFEST
    if not os.path.isdir(folder):
        raise UserError(f"{folder} is not a run folder: there is no such folder")
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError(f"{folder} is not a run folder: it has no {MANIFEST}") from None
    except (ValueError, RecursionError, OSError) as error:
        said = getattr(error, "strerror", None) or "it is damaged, or no manifest"
        raise UserError(f"{path} cannot be read: {said}") from None
    form = manifest.get("format") if isinstance(manifest, dict) else None
    if form not in FORMS:
        raise UserError(refusal(folder, form))
    if form != FORMS[0] and manifest.get(SEAL) != content_digest(manifest):
        raise UserError(
            f"{path} is damaged: its content is not what the run wrote (the seal does not fit)"
        )
    wrong = next(wrong_keys(manifest), None)
    if wrong:
        raise UserError(f"{path} is damaged: {wrong}")
    return manifest


def whole_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a whole run; UserError for a folder that is none, or is unfinished."""
    if not folder.is_dir() and partial_of(folder).is_dir():
        folder = partial_of(folder)
    manifest = read_manifest(folder)
    if not manifest.get("whole"):
        raise UserError(
            f"{folder} is an unfinished run; finish it with `scored resume {quoted(folder)}`"
        )
    return manifest


def unfinished(place: Path) -> Draft:
    """The draft that ``resume`` is given, as ``NAME`` or ``NAME.partial``."""
    target = place.with_name(place.name.removesuffix(".partial"))
    if partial_of(target).is_dir():
        return Draft(target)
    if is_run(target):
        raise UserError(f"{target} is whole already; there is nothing to resume")
    raise UserError(f"{place} is not a run folder: there is no {partial_of(target)}")


def note_page(folder: Path, page: Path) -> None:
    """Take a page that was written into a run's folder up in its manifest."""
    if page.suffix not in PAGES or page.absolute().parent != folder.absolute():
        return
    manifest = read_manifest(folder)
    if FILES in manifest:
        files = {**manifest[FILES], page.name: digest_of_file(page)}
        write_manifest(folder, {**manifest, FILES: files})
