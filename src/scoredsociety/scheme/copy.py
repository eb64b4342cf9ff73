"""A scheme of the catalogue as a file of one's own, to change."""

from __future__ import annotations

from pathlib import Path

from scoredsociety.errors import UserError
from scoredsociety.scheme.load import find_scheme


def copy_scheme(name: str, target: str | Path, force: bool = False) -> Path:
    """Write the scheme's file to ``target``; UserError where it exists or cannot be written."""
    text = find_scheme(name).read_text(encoding="utf-8")
    path = Path(target)
    try:
        with path.open("w" if force else "x", encoding="utf-8", newline="\n") as handle:
            handle.write(text)
    except FileExistsError:
        raise UserError(f"{path} exists already; give another name, or --force") from None
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}") from None
    return path
