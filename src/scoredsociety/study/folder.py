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
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np

from scoredsociety.errors import UserError
from scoredsociety.fixed import Ints

SYNTHETIC = "synthetic society, not a forecast"
FORMAT = "scoredsociety run 1"
MANIFEST = "manifest.json"
CHECKPOINTS = ("checkpoint", "checkpoint.old", "checkpoint.new")


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
            if room == "months":  # it goes when the run is whole: not worth compressing
                np.savez(file, **arrays)
            else:
                save_packed(file, arrays)
        os.replace(beside, place)

    def read_month(self, room: str, month: str) -> dict[str, Ints]:
        """What ``write_month`` wrote."""
        with np.load(self.folder / room / f"{month}.npz") as arrays:
            return {name: arrays[name] for name in arrays.files}

    def finish(self, manifest: Mapping[str, Any], *, by_person: bool = True) -> Path:
        """Write the manifest, drop what was only for the making, and rename to the whole run.

        Without ``by_person`` the last state goes too: a run on a loaded network keeps counts of
        groups only.
        """
        write_json(self.folder / MANIFEST, manifest)
        for room in ("months",) if by_person else ("months", *CHECKPOINTS):
            shutil.rmtree(self.folder / room, ignore_errors=True)
        if self.target.exists():  # --force was given: the old run goes only when the new is whole
            old = self.target.with_name(self.target.name + ".old.partial")
            shutil.rmtree(old, ignore_errors=True)
            self.target.rename(old)
            self.folder.rename(self.target)
            shutil.rmtree(old)
        else:
            self.folder.rename(self.target)
        return self.target


def save_packed(file: IO[bytes], arrays: Mapping[str, Any]) -> None:
    """Arrays as a compressed ``.npz``: a tenth larger than by NumPy, in a quarter of its time."""
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as packed:
        for name, array in arrays.items():
            with packed.open(f"{name}.npy", "w", force_zip64=True) as member:
                np.lib.format.write_array(member, np.asarray(array), allow_pickle=False)


def partial_of(target: Path) -> Path:
    """``NAME.partial`` of ``NAME``."""
    return target.with_name(target.name + ".partial")


def begin(target: Path, manifest: Mapping[str, Any], *, force: bool) -> Draft:
    """Make ``NAME.partial`` with the manifest of what was asked; UserError where it cannot be."""
    check_place(target, force=force)
    draft = Draft(target)
    try:
        shutil.rmtree(draft.folder, ignore_errors=True)
        draft.folder.mkdir(parents=True)
        write_json(draft.folder / MANIFEST, manifest)
    except OSError as error:
        raise UserError(
            f"{target}: the run folder cannot be made ({error.strerror}); "
            "give a folder that can be written with --out"
        ) from None
    return draft


def check_place(target: Path, *, force: bool) -> None:
    """Refuse a target that would overwrite something, or that cannot be written."""
    for folder, what, instead in (
        (target, "exists already", ""),
        (partial_of(target), "is an unfinished run", f"finish it with `scored resume {target}`, "),
    ):
        if not folder.exists():
            continue
        if not force:
            raise UserError(
                f"{folder} {what}; {instead}give --force to replace it, or another --out"
            )
        if any_files(folder) and not is_run(folder):
            raise UserError(
                f"{folder} is not a run folder, so --force does not replace it; "
                "give another --out"
            )
    parent = next(place for place in (target, *target.parents) if place.exists() or place == Path())
    if parent.exists() and (not parent.is_dir() or not os.access(parent, os.W_OK)):
        raise UserError(f"{parent} cannot be written; give another folder with --out")


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
    """The manifest of a run folder, whole or not; UserError where there is none."""
    if not folder.is_dir():
        raise UserError(f"{folder} is not a run folder: there is no such folder")
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError(f"{folder} is not a run folder: it has no {MANIFEST}") from None
    except (ValueError, OSError) as error:
        raise UserError(f"{folder / MANIFEST} cannot be read: {error}") from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise UserError(f"{folder} is not a run folder: {MANIFEST} does not say {FORMAT!r}")
    return manifest


def whole_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a whole run; UserError for a folder that is none, or is unfinished."""
    if not folder.is_dir() and partial_of(folder).is_dir():
        folder = partial_of(folder)
    manifest = read_manifest(folder)
    if not manifest.get("whole"):
        raise UserError(f"{folder} is an unfinished run; finish it with `scored resume {folder}`")
    return manifest


def unfinished(place: Path) -> Draft:
    """The draft that ``resume`` is given, as ``NAME`` or ``NAME.partial``."""
    target = place.with_name(place.name.removesuffix(".partial"))
    if partial_of(target).is_dir():
        return Draft(target)
    if is_run(target):
        raise UserError(f"{target} is whole already; there is nothing to resume")
    raise UserError(f"{place} is not a run folder: there is no {partial_of(target)}")


def write_json(path: Path, record: Mapping[str, Any]) -> None:
    """A JSON file, written beside its place and then moved there."""
    beside = path.with_suffix(".writing")
    beside.write_text(
        json.dumps(record, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    os.replace(beside, path)
