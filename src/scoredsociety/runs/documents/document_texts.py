"""The text of a document, by its name in a catalogue or by its path."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from scoredsociety.document.find import find, shipped
from scoredsociety.errors import UserError
from scoredsociety.outputs import check_file, write
from scoredsociety.scheme.read.federation import at_region
from scoredsociety.scheme.read.load import placed

_WORD = {
    "society": "society", "conduct": "conduct document", "scheme": "scheme", "patch": "patch",
}  # fmt: skip


def folder_of(room: str) -> Path:
    """The catalogue of ``society``, ``conduct``, ``scheme`` or ``patch``."""
    if room == "patch":
        return folder_of("scheme") / "patches"
    return Path(str(files(f"scoredsociety.{room}") / "catalogue"))


def shipped_documents(room: str) -> list[str]:
    """Names of the documents that the package ships for a room."""
    return shipped(folder_of(room))


def path_of(room: str, name_or_path: str) -> Path:
    """The file of a document; DocumentErrors with a suggestion where there is none."""
    return find(_WORD[room], name_or_path, folder_of(room))


def text_of(room: str, name_or_path: str) -> str:
    """The text of a document, as it stands in its file."""
    name, region = placed(name_or_path) if room == "scheme" else (name_or_path, None)
    path = path_of(room, name)
    try:
        return at_region(path.read_text(encoding="utf-8-sig"), region)
    except UnicodeDecodeError:
        raise UserError(f"{path}: the file is not UTF-8 text") from None
    except OSError as error:
        raise UserError(f"{path}: the file cannot be read ({error.strerror})") from None


def based_on(text: str, name: str) -> str:
    """The text of a scheme that says which published scheme it is a copy of."""
    head = re.search(r"(?m)^\[scheme\][^\n]*\n(?:(?!\[).*\n)*?title\s*=[^\n]*\n", text)
    if head is None or re.search(r"(?m)^based_on\s*=", text):
        return text
    return f'{text[: head.end()]}based_on = "{name}"\n{text[head.end() :]}'


def copy_document(room: str, name: str, target: Path, force: bool = False) -> Path:
    """A document of the catalogue as a file; UserError where it exists or cannot be written."""
    text = text_of(room, name)
    if room == "scheme":
        text = based_on(text, placed(name)[0])
    check_file(target, force=force, option="FILE")
    return write(target, text)
