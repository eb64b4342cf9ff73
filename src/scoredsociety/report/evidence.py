"""The evidence store: everything that a report may say, gathered once.

Forms, the plain report and the notebook read the same store, so they cannot disagree.
Documents are plain mappings with the keys of their TOML files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import polars as pl

from scoredsociety.measure.scoring.unmet import Unmet
from scoredsociety.scheme.read.lane import BASELINES

Document = Mapping[str, Any]

COLUMNS = {
    "month": pl.String, "scheme": pl.String, "measure": pl.String, "item": pl.String,
    "dimension": pl.String, "group": pl.String, "count": pl.Int64, "of": pl.Int64,
    "denominator": pl.String,
}  # fmt: skip


class EvidenceError(ValueError):
    """The evidence contradicts itself or lacks a column: one sentence says where."""


@dataclass(frozen=True)
class ComparisonEvidence:
    """Two lanes over the same people with the same luck.

    ``persons`` counts ``lower_score``, ``higher_score`` and ``same_score`` under ``a`` against
    ``b`` (None where the scales differ). ``differences`` has a row for each scheme, measure,
    item, dimension and group, with ``of, a, b, difference, low, high, sign, replicates``, shares
    of 1; ``luck`` says what the intervals are.
    ``winners``: persons worse, better and equally off by group (study/paired/winners_losers.py);
    ``only_by_others``: counts and shares of those harmed by others' acts only, or ``why_not``;
    ``effects``: full, direct and through reactions (study/paired/direct_effects.py); ``unmet``: of
    each lane, what befell nobody in any run.
    The tallies of both lanes, of the layout of ``Evidence.tallies``, feed the necessity table
    (``more_pairs``: of further pairs of runs), with the documents of their schemes.
    ``unlike`` says why scores are not compared, where they are not. ``told`` is the lane of which
    the page tells in full.
    """

    a: str
    b: str
    persons: Mapping[str, int | None] = field(default_factory=dict)
    differences: pl.DataFrame | None = None
    a_tallies: pl.DataFrame | None = None
    b_tallies: pl.DataFrame | None = None
    more_pairs: Sequence[tuple[pl.DataFrame, pl.DataFrame]] = ()
    a_schemes: Sequence[Document] = ()
    b_schemes: Sequence[Document] = ()
    unlike: str = ""
    told: Literal["a", "b"] = "a"
    variance_ratio: float | None = None
    winners: pl.DataFrame | None = None
    only_by_others: Document = field(default_factory=dict)
    effects: pl.DataFrame | None = None
    luck: str = ""
    unmet: tuple[Sequence[Unmet], Sequence[Unmet]] = ((), ())
    command: str = ""  # makes the comparison again

    @property
    def other(self) -> str:
        """The lane of which the page does not tell in full."""
        return self.b if self.told == "a" else self.a

    @property
    def title_of_other(self) -> str:
        """Its schemes by their titles; what it is called, where their documents are not known."""
        found = self.b_schemes if self.told == "a" else self.a_schemes
        titles = [str(heading_of(one, "scheme").get("title") or scheme_id(one)) for one in found]
        changed = self.a_schemes == self.b_schemes  # the same schemes with something changed
        return self.other if changed or not titles else " and ".join(f"“{one}”" for one in titles)

    @property
    def place_of_other(self) -> str:
        """``second`` or ``first``."""
        return "second" if self.told == "a" else "first"


@dataclass(frozen=True)
class Evidence:
    """What one run left behind, and what was asked of it.

    ``manifest``: inputs, seed, start, months, people, versions, digests, checksum, assumed.
    ``tallies``: long frame, one row a count (``COLUMNS``).
    ``schemes``, ``society``, ``conduct``: documents as mappings (``model_dump`` or parsed TOML).
    ``targets``: ``id, published, made, low, high, met`` of the society.
    ``lives``: explain objects (centipoints) with a ``kind`` such as ``typical``.
    ``comparisons``: paired runs, the one against ``ordinary_law`` feeds the necessity table.
    ``joint``: of each scheme, joint cells of groups (``study.joint.joint_of``).
    ``moves``: of each scheme, grades a year apart and spells (``study.moves.moves_of``).
    ``contagion``: of each scheme, who stands near a restricted person (``study.nearness``).
    ``rules``: of each scheme, what each rule takes and gives (``study.by_rule``).
    ``errors``: of each scheme, ``records`` that stand, and how many of them are ``wrong``.
    ``measures``: rows of ``study.measures_of.as_rows``.
    ``questions``: frame of answers. ``audit``: frame ``conclusion, low, high, moved_most_by``.
    """

    manifest: Document
    tallies: pl.DataFrame
    schemes: Sequence[Document] = ()
    society: Document | None = None
    conduct: Document | None = None
    targets: Sequence[Document] = ()
    lives: Sequence[Document] = ()
    comparisons: Sequence[ComparisonEvidence] = ()
    joint: Sequence[Document] = ()
    moves: Sequence[Document] = ()
    contagion: Sequence[Document] = ()
    rules: Sequence[Document] = ()
    errors: Sequence[Document] = ()
    measures: Sequence[Document] = ()
    questions: pl.DataFrame | None = None
    audit: pl.DataFrame | None = None
    _of: dict[str, pl.DataFrame] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        missing = [name for name in COLUMNS if name not in self.tallies.columns]
        if missing:
            raise EvidenceError(f"the tallies frame lacks the column {missing[0]!r}")
        for life in self.lives:
            check_ledger(life)

    @property
    def people(self) -> int:
        """Persons of the society."""
        return int(self.manifest.get("people", 0))

    @cached_property
    def scheme_ids(self) -> list[str]:
        """Schemes that left a tally, in the order of their documents, then of the frame."""
        seen = self.tallies.get_column("scheme").unique(maintain_order=True).to_list()
        declared = [scheme_id(document) for document in self.schemes]
        return [s for s in declared if s in seen] + [s for s in seen if s and s not in declared]

    def of(self, measure: str) -> pl.DataFrame:
        """The tallies of one measure, looked for once: most rows are of acts and records."""
        if measure not in self._of:
            self._of[measure] = self.tallies.filter(pl.col("measure") == measure)
        return self._of[measure]

    @cached_property
    def months(self) -> list[str]:
        """Months that were tallied, in order."""
        return sorted(self.tallies.get_column("month").unique().to_list())

    def scheme(self, identifier: str) -> Document:
        """The document of a scheme, or an empty one."""
        for document in self.schemes:
            if scheme_id(document) == identifier:
                return document
        return {}


def heading_of(document: Document, key: str) -> Document:
    """The ``[scheme]`` (or ``[society]``, ``[conduct]``) table, or the document itself."""
    table = document.get(key)
    return table if isinstance(table, Mapping) else document


def scheme_id(document: Document) -> str:
    """Id of a scheme document."""
    return str(heading_of(document, "scheme").get("id", ""))


def is_baseline_document(document: Document) -> bool:
    """Is it what schemes are compared with: ordinary law, a price, nothing?"""
    return heading_of(document, "scheme").get("mechanism") in BASELINES


def tables_under(document: Document, name: str) -> list[Document]:
    """The ``[[rule]]`` tables of a document, under their singular or plural key."""
    for key in (name, f"{name}s", "categories" if name == "category" else name):
        rows = document.get(key)
        if isinstance(rows, Mapping):
            return [{"id": identifier, **row} for identifier, row in rows.items()
                    if isinstance(row, Mapping)]  # fmt: skip
        if isinstance(rows, Sequence) and not isinstance(rows, str):
            return [row for row in rows if isinstance(row, Mapping)]
    return []


def check_ledger(life: Document) -> None:
    """Refuse a life whose ledger does not add up to its score, in centipoints."""
    if "entries" not in life:
        return
    total = int(life.get("start", 0)) + sum(int(entry["points"]) for entry in life["entries"])
    if total != int(life["score"]):
        raise EvidenceError(
            f"the ledger of the {life.get('kind', 'explained')} life adds up to {total} "
            f"centipoints, but its score is {life['score']}"
        )
