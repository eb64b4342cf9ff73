"""The file of a document that is given by a name of a catalogue or by a path."""

from __future__ import annotations

import os
from pathlib import Path

from scoredsociety.document.problem import DocumentErrors, Problem, nearest_words


def shipped(catalogue: Path) -> list[str]:
    """Names of the documents in a folder of the package."""
    return sorted(path.stem for path in catalogue.glob("*.toml")) if catalogue.is_dir() else []


def find(what: str, name_or_path: str | Path, catalogue: Path) -> Path:
    """The file; DocumentErrors with the nearest names where it is neither name nor path."""
    name = str(name_or_path)
    known = shipped(catalogue)
    if name in known:
        return catalogue / f"{name}.toml"
    path = Path(name_or_path)
    if path.suffix == ".toml" or os.path.isfile(path) or "/" in name or "\\" in name:
        return path
    hint = nearest_words(name, known) or f"the catalogue has {', '.join(known)}"
    raise DocumentErrors([Problem(name[:80], None, None, None, f"no such {what} or file", hint)])
