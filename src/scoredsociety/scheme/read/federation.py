"""A federation: unlike schemes in unlike regions, in one run (S2-12, S2-13, S3-9).

``NAME@REGION`` is a scheme that governs one region of the society only, such as
``suzhou_osmanthus@1``; a federation is a short file that names several of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import Field

from scoredsociety.document.problem import DocumentErrors, Problem
from scoredsociety.document.read import Document, problems_of, read_document
from scoredsociety.document.shape import read_shape
from scoredsociety.scheme.model.status import Status
from scoredsociety.scheme.model.values import Id, SchemePart, Sources, Text
from scoredsociety.scheme.read.load import placed

MOST_MEMBERS = 1024  # one a region
_HEAD = re.compile(r"^\s*\[\s*scheme\s*\][^\n]*\n", re.MULTILINE)
_REGION = re.compile(r"^region\s*=[^\n]*\n", re.MULTILINE)


class FederationHead(SchemePart):
    """[federation]: what it is, and the society whose regions it means."""

    id: Id
    title: Text
    society: Id
    about: Text | None = None
    source: Sources = []
    status: Status = "assumed"
    assumed: list[str] = []


class Member(SchemePart):
    """[[member]]: a scheme and the region that it governs."""

    scheme: Id
    region: Annotated[int, Field(ge=0, le=1023)]
    source: Sources = []
    status: Status = "assumed"


class Federation(SchemePart):
    """Schemes by region; one scheme governs one region."""

    federation: FederationHead
    member: Annotated[list[Member], Field(min_length=1, max_length=MOST_MEMBERS)]


def federations() -> list[str]:
    """Ids of the federations that come with the package."""
    return sorted(path.stem for path in _folder().glob("*.toml"))


def load_federation(name_or_path: str | Path) -> Federation:
    """A federation of the catalogue by its id, or of a file; raises DocumentErrors."""
    known = str(name_or_path) in federations()
    path = _folder() / f"{name_or_path}.toml" if known else Path(name_or_path)
    found, problems = federation_of(read_document(path))
    if found is None or problems:
        raise DocumentErrors(problems)
    return found


def federation_of(document: Document) -> tuple[Federation | None, list[Problem]]:
    """A federation from parsed TOML (None where its shape is wrong), and every problem."""
    found, problems = read_shape(Federation, document.values)
    if found is not None:
        for key in ("scheme", "region"):
            given = [getattr(member, key) for member in found.member]
            for place, value in enumerate(given):
                if value in given[:place]:
                    message = f"the {key} {value} is given twice"
                    problems.append((("member", place, key), message, "one scheme, one region"))
    return found, problems_of(document, problems)


def members(names: Iterable[str]) -> tuple[str, ...]:
    """The names of a run's schemes, each federation replaced by its ``NAME@REGION``."""
    out: list[str] = []
    for name in names:
        if name in federations():
            found = load_federation(name).member
            out += [f"{member.scheme}@{member.region}" for member in found]
        else:
            out.append(name)
    return tuple(out)


def at_region(text: str, region: int | None) -> str:
    """The text of a scheme file that governs one region only."""
    head = _HEAD.search(text)
    if region is None or head is None:
        return text
    rest = text[head.end() :]
    following = re.search(r"^\s*\[", rest, re.MULTILINE)
    end = following.start() if following else len(rest)
    own = _REGION.sub("", rest[:end])
    return f"{text[: head.end()]}region = {region}\n{own}{rest[end:]}"


def refuse_regions(names: Iterable[str], regions: int) -> None:
    """DocumentErrors where a scheme is placed in a region that the society does not have."""
    for name in names:
        _, region = placed(name)
        if region is not None and region >= regions:
            message = f"no region {region}; the society has {regions}, counted from 0"
            raise DocumentErrors([Problem(name[:80], None, None, None, message)])


def _folder() -> Path:
    return Path(str(files("scoredsociety.scheme") / "catalogue" / "federations"))
