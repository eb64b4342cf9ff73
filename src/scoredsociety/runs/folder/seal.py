"""A run folder proves itself: the manifest holds a digest of every file, and a seal of its own.

The manifest is written last. ``files`` names each other file of the folder with its SHA-256; the
``seal`` is the SHA-256 of the manifest's own content. So a byte that changed on a disk, a file
that went or was rewritten is found before anything is read of it. Against somebody who writes the
digests anew as well there is ``scored verify``, which runs the documents again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from scoredsociety.document.text import json_neutral
from scoredsociety.errors import UserError
from scoredsociety.outputs import BESIDE, quoted, write

MANIFEST = "manifest.json"
SEAL, FILES = "seal", "files"
PAGES = (".html",)  # made anew at will, and never read
OWN_ROOMS = ("checkpoint/", "exchange/", "months/")


def digest_of_file(path: Path) -> str:
    """SHA-256 of a file, in hex; OSError where it cannot be read."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()


def names_in(folder: Path) -> list[str]:
    """Every file below the folder but the manifest, by its path within, in order; no link is
    followed."""
    found = []
    for place, _, names in os.walk(folder):
        within = Path(place).relative_to(folder)
        found += [(within / name).as_posix() for name in names if not name.endswith(BESIDE)]
    return sorted(name for name in found if name != MANIFEST)


def digests_of(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """The digests of these files."""
    return {name: digest_of_file(folder / name) for name in names}


def content_digest(manifest: Mapping[str, Any]) -> str:
    """SHA-256 of a manifest's content less its seal, whatever the spaces of its file."""
    rest = {key: value for key, value in manifest.items() if key != SEAL}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Seal and write the manifest; UserError where it cannot be written."""
    sealed = {**manifest, SEAL: content_digest(manifest)}
    text = json.dumps(sealed, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    write(folder / MANIFEST, json_neutral(text))


def faults_of(folder: Path, manifest: Mapping[str, Any], pages: bool = True) -> list[str]:
    """What is wrong with the files of a whole run, a sentence each; pages only if asked for."""
    found = []
    for name, wanted in sorted(manifest.get(FILES, {}).items()):
        path = folder / name
        if not pages and path.suffix in PAGES:
            continue
        try:
            if not path.resolve().is_relative_to(folder.resolve()):
                found.append(f"{path} leads out of the run's folder")
            elif digest_of_file(path) != wanted:
                found.append(f"{path} is not as the run left it")
        except FileNotFoundError:
            found.append(f"{path} is missing")
        except (OSError, ValueError, RuntimeError) as error:
            found.append(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}")
    return found


def added_to(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Files in the folder that the run did not leave there."""
    known = manifest.get(FILES, {})
    return [name for name in names_in(folder) if name not in known]


def check_files(folder: Path, manifest: Mapping[str, Any]) -> None:
    """UserError where a file of a whole run, other than a page, is not as the run left it."""
    found = faults_of(folder, manifest, pages=False)
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise UserError(
            f"{found[0]}{more}: the run folder is damaged; `scored rerun {quoted(folder)}` makes "
            "it anew from its documents"
        )
