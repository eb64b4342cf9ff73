"""A state on disk, and one checksum of all of it.

Columns are written whole, in order of persons, so a checkpoint holds nothing about blocks or
threads; the checksum is of the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from tokenize import TokenError
from typing import Any

import numpy as np
import numpy.typing as npt

from scoredsociety.engine.state import Block, Exchange, Messages, RunState, ends_of
from scoredsociety.version import __version__

COMPUTED, IN_LISTS = 3, 4  # forms: with a bit a slot of each person; with a bit an end besides
FORMS = (COMPUTED, IN_LISTS)
# What damaged files of arrays may raise, their heads among it, which NumPy parses as Python
DAMAGED = (OSError, ValueError, LookupError, TypeError, AttributeError, EOFError, MemoryError,
           ArithmeticError, RuntimeError, SyntaxError, TokenError)  # fmt: skip


def columns(state: RunState) -> dict[str, npt.NDArray[np.generic]]:
    """Every array that a later month depends on, by name, in order of persons.

    ``ends``, eight to a byte, is there only where ties stand in lists.
    """
    ends = ends_of(state)
    found = {
        "score": state.exchange.score,
        "status": state.exchange.status,
        "life": np.concatenate([block.life for block in state.blocks]),
        "ties": np.concatenate([block.ties for block in state.blocks]),
        "counts": np.concatenate([block.counts for block in state.blocks]),
        "records": np.concatenate([block.records for block in state.blocks]),
        "inbox_target": state.inbox.target,
        "inbox_content": state.inbox.content,
        "inbox_origin": state.inbox.origin,
        "scalars": state.scalars,
    }
    return {**found, "ends": np.packbits(ends)} if len(ends) else found


def checksum(state: RunState) -> str:
    """BLAKE2b-128 of the whole state, the same for every number of threads and block size."""
    digest = hashlib.blake2b(digest_size=16, person=b"scored-state")
    digest.update(state.month.to_bytes(4, "little"))
    for name, array in columns(state).items():
        little = array.astype(array.dtype.newbyteorder("<"), copy=False)
        digest.update(f"{name}:{little.dtype.str}:{little.shape}".encode())
        digest.update(np.ascontiguousarray(little).reshape(-1).view(np.uint8).data)  # no copy
    return digest.hexdigest()


def save(state: RunState, folder: Path) -> None:
    """Write the state to ``folder`` so that a kill at any moment leaves the old or the new one."""
    fresh = folder.with_name(folder.name + ".new")
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name, array in columns(state).items():
        with open(fresh / f"{name}.npy", "wb") as file:
            np.save(file, array, allow_pickle=False)
            file.flush()
            os.fsync(file.fileno())
    files = {path.name: digest_of(path) for path in sorted(fresh.glob("*.npy"))}
    note = {"form": COMPUTED, "month": state.month, "checksum": checksum(state), "files": files,
            "program": __version__}  # fmt: skip
    if "ends.npy" in files:
        note |= {"form": IN_LISTS, "ends": len(ends_of(state))}
    (fresh / "state.json").write_text(json.dumps(note), encoding="utf-8")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def find(folder: Path) -> Path | None:
    """The whole checkpoint at ``folder``, or the old one if a kill came between two renames."""
    for place in (folder, folder.with_name(folder.name + ".old")):
        if (place / "state.json").is_file():
            return place
    return None


def load(folder: Path) -> RunState:
    """The state written by ``save``; ValueError if it is damaged."""
    place = find(folder)
    if place is None:
        raise ValueError(f"{folder} holds no checkpoint")
    try:
        note = json.loads((place / "state.json").read_text(encoding="utf-8"))
        form, _, _ = note["form"], note["month"] + 0, note["checksum"]
        for name, wanted in note.get("files", {}).items():  # before anything is read of them
            if digest_of(place / name) != wanted:
                raise ValueError(name)
    except DAMAGED:
        raise ValueError(f"the checkpoint in {folder} is damaged") from None
    if form not in FORMS:
        raise ValueError(
            f"{folder} has a checkpoint of form {form}, which scoredsociety {__version__} does not "
            f"read; go on with {_maker(note)}"
        )
    try:
        state = _read(place, note)
        fits = checksum(state) == note["checksum"]
    except DAMAGED:
        raise ValueError(f"the checkpoint in {folder} is damaged") from None
    if not fits:
        raise ValueError(f"the checkpoint in {folder} is damaged: its checksum does not fit")
    return state


def _maker(note: dict[str, Any]) -> str:
    """The version that wrote a checkpoint, as its note says."""
    said = note.get("program")
    return f"scoredsociety {said[:32]}" if isinstance(said, str) else "the version that made it"


def _read(place: Path, note: dict[str, Any]) -> RunState:
    """The state in a folder with this note; raises any of ``DAMAGED``."""
    arrays = {path.stem: np.load(path, allow_pickle=False) for path in place.glob("*.npy")}
    people = len(arrays["status"])
    ends = np.zeros(0, dtype=np.uint8)
    if note["form"] == IN_LISTS:
        ends = np.unpackbits(arrays["ends"], count=note["ends"])
    block = Block(
        0, people, arrays["life"], arrays["ties"], ends, arrays["counts"], arrays["records"]
    )
    return RunState(
        month=int(note["month"]),
        exchange=Exchange(arrays["score"], arrays["status"]),
        blocks=(block,),
        inbox=Messages(
            arrays["inbox_target"], arrays["inbox_content"], arrays["inbox_origin"]
        ),
        scalars=arrays["scalars"],
    )
