"""What every index of compiled schemes means, in the words of the documents."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RuleName:
    """One row of the rule table."""

    key: str  # unique within its scheme and window: id, id@month, id.residue, id.spill
    id: str  # the rule of the document
    scheme: int
    title: str
    context: str
    sources: tuple[str, ...]
    status: str
    assumed: tuple[str, ...]
    acts: tuple[str, ...]


@dataclass(frozen=True)
class Named:
    """A grade, list, consequence, category or component."""

    id: str
    scheme: int  # -1: a list that no scheme of the run keeps
    title: str
    sources: tuple[str, ...] = ()
    status: str = "assumed"
    context: str | None = None
    denies: str | None = None
    grants: str | None = None
    category: str | None = None


@dataclass(frozen=True)
class SchemeNames:
    """Names by index; ``changes`` are the months at which tables must be compiled again."""

    schemes: tuple[Named, ...]
    rules: tuple[RuleName, ...]
    grades: tuple[tuple[Named, ...], ...]  # of each scheme, lowest first
    lists: tuple[Named, ...]  # by list bit
    consequences: tuple[Named, ...]
    components: tuple[Named, ...]
    categories: tuple[Named, ...]
    changes: tuple[int, ...]
