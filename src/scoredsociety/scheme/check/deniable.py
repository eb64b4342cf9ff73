"""What a consequence may deny or grant, by kind of subject: a vocabulary, kept as data.

A word that stands in no such table means nothing that can be counted: a ban on trains would be
read as one on flights. ``scored schemes vocabulary`` prints the tables.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

from scoredsociety.scheme.model.values import Id, SchemePart, Text

_FOLDER = Path(str(files("scoredsociety.scheme"))) / "catalogue" / "vocabulary"


class Word(SchemePart):
    """One thing that can be denied or granted."""

    id: Id
    title: Text
    what: Text  # in one word: flight, fast train, loan
    right: Text
    also: list[str] = []  # other spellings


class Vocabulary(SchemePart):
    """The words of one kind of subject."""

    subjects: Id
    word: list[Word]


@cache
def vocabulary(subjects: str = "persons") -> dict[str, Word]:
    """Words by id; empty for a kind of subject without a table."""
    path = _FOLDER / f"{subjects}.toml"
    if not path.is_file():
        return {}
    found = Vocabulary.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    return {word.id: word for word in found.word}


def kinds() -> list[str]:
    """Kinds of subject that have a vocabulary."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


def spellings(subjects: str = "persons") -> dict[str, Word]:
    """Words by id and by every other spelling."""
    found = vocabulary(subjects)
    return {**{also: word for word in found.values() for also in word.also}, **found}


def what_is(name: str, subjects: str = "persons") -> str | None:
    """``fast train`` of ``high_speed_rail``; None for a word that stands in no table."""
    word = spellings(subjects).get(name)
    return None if word is None else word.what
