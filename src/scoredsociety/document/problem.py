"""What is wrong in a document: told to the person who wrote it, all of it at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from scoredsociety.document.text import one_line
from scoredsociety.errors import UserError


@dataclass(frozen=True)
class Problem:
    """One mistake: where it stands, what was found, and what would be right."""

    file: str
    line: int | None
    rule: str | None  # the table and id, such as ``rule.parking_ticket``
    key: str | None
    message: str
    hint: str | None = None

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        where = ".".join(part for part in (self.rule, self.key) if part)
        text = ": ".join(part for part in (place, where, self.message) if part)
        return one_line(f"{text} ({self.hint})" if self.hint else text)

    def as_dict(self) -> dict[str, object]:
        """The problem as plain values, for ``validate --json``."""
        return asdict(self)


class DocumentErrors(UserError):
    """A document that cannot be used, with every problem found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest_words(word: str, known: Iterable[str]) -> str | None:
    """``did you mean ...?`` for the known words nearest to a long-enough ``word``."""
    close = difflib.get_close_matches(word[:64], list(known), n=2, cutoff=0.6)
    return f"did you mean {' or '.join(close)}?" if close else None
