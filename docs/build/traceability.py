"""The trace: every item of the five articles beside where it lives (facts S0-1 to S4-27).

``python -m docs.build.traceability`` prints docs/articles.md. A pointer to what does not
exist is a fault that a test finds; so is an item without a row.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from scoredsociety.conduct.model import load_conduct
from scoredsociety.conduct.responses import KINDS
from scoredsociety.measure.registry_rows import ROWS
from scoredsociety.runs.documents import document_texts
from scoredsociety.runs.documents.data_flows import FLOWS
from scoredsociety.scheme.read.federation import federations
from scoredsociety.scheme.read.load import catalogue, load_scheme
from scoredsociety.scheme.read.patch import patch_catalogue
from scoredsociety.society.tables import TRAITS
from studies import firing_counts

COUNTS = {"S0": 26, "S1": 31, "S2": 48, "S3": 75, "S4": 27}  # items of each article
ARTICLES = {
    "S0": "A human-rights commentary, about November 2017",
    "S1": "An essay, about autumn 2015",
    "S2": "A geographical magazine, November 2019",
    "S3": "A long composite article, about 2018",
    "S4": "A policy overview, about 2017",
}
_TABLES = {
    "rule": "rule", "consequence": "consequence", "component": "component",
    "category": "category", "grade": "grade", "list": "list_", "partner": "partner",
    "rating": "rating",
}  # fmt: skip


class Item(BaseModel):
    """One item: what an article says, where that lives, and what is left out or to come."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    says: str
    where: tuple[str, ...] = ()
    context: str | None = None
    topic: str | None = None


def items() -> list[Item]:
    """Every item, in the order of the articles."""
    text = (Path(__file__).with_name("articles.toml")).read_text("utf-8")
    return [Item.model_validate(row) for row in tomllib.loads(text)["item"]]


def expected() -> list[str]:
    """The ids that need a row: S0-1 to S4-27."""
    return [f"{head}-{k}" for head, count in COUNTS.items() for k in range(1, count + 1)]


@cache
def known() -> Mapping[str, frozenset[str]]:
    """What a pointer may name, by its kind; pages are left to the caller, who knows the docs."""
    conduct = load_conduct("everyday")
    found: dict[str, set[str]] = {name: set() for name in _TABLES}
    for name in catalogue():
        scheme = load_scheme(name)
        for kind, table in _TABLES.items():
            found[kind] |= {f"{name}/{row.id}" for row in getattr(scheme, table)}
    found |= {
        "scheme": set(catalogue()),
        "patch": set(patch_catalogue()),
        "federation": set(federations()),
        "act": set(conduct.act_ids),
        "source": set(conduct.source_ids),
        "trait": set(TRAITS),
        "response": {name for name, kind in KINDS.items() if kind == "response"},
        "life": {name for name, kind in KINDS.items() if kind == "life_effect"},
        "measure": {row[0] for row in ROWS},
        "question": {f"Q{k}" for k in range(1, 14)},
        "society": set(document_texts.shipped_documents("society")),
        "switch": set(FLOWS),
    }
    return {kind: frozenset(names) for kind, names in found.items()}


def faults(rows: Iterable[Item], pages: frozenset[str]) -> list[str]:
    """What is wrong with the trace: missing or double items, and pointers to nothing."""
    rows = list(rows)
    ids = [row.id for row in rows]
    found = [f"{name} has no row" for name in expected() if name not in ids]
    found += [f"{name} has {ids.count(name)} rows" for name in dict.fromkeys(ids)
              if ids.count(name) > 1]  # fmt: skip
    found += [f"{name} is no item" for name in ids if name not in expected()]
    for row in rows:
        if not (row.where or row.context or row.topic):
            found.append(f"{row.id} says neither where nor why not")
        for pointer in row.where:
            kind, _, name = pointer.partition(":")
            if name not in (pages if kind == "page" else known().get(kind, frozenset())):
                found.append(f"{row.id} points to {pointer}, which does not exist")
    return found


def page() -> str:
    """docs/articles.md."""
    lines = [
        "# Where each statement of the articles lives",
        "",
        "Made by `python -m docs.build.traceability`; do not edit. Synthetic society, not a",
        "forecast. The five articles date from 2015 to 2019 and are claims, not checked facts: no",
        "national score exists (O-C14), and docs/claims.md sets the claims against the evidence.",
        "The last column is the test of firing: a small run in which what an item tells reaches",
        "somebody (the runs stand at the end), or why none does.",
        "",
    ]
    rows = items()
    for head, title in ARTICLES.items():
        lines += [f"## {head}: {title}", "", "| item | what it says | where it lives | in a run |",
                  "|---|---|---|---|"]  # fmt: skip
        lines += [_row(row) for row in rows if row.id.startswith(f"{head}-")]
        lines.append("")
    lines += firing_counts.tables()
    return "\n".join(lines)


def _row(row: Item) -> str:
    parts = []
    if row.where:
        parts.append(", ".join(_shown(pointer) for pointer in row.where))
    if row.context:
        parts.append(f"context: {row.context}")
    if row.topic:
        parts.append(f"to come: {row.topic}")
    return f"| {row.id} | {row.says} | {'; '.join(parts)} | {firing_counts.told(row.id)} |"


def _shown(pointer: str) -> str:
    kind, _, name = pointer.partition(":")
    if kind == "page":
        return f"[{name}](../{name})"
    return f"{kind if kind != 'life' else 'life effect'} `{name}`"


if __name__ == "__main__":
    sys.stdout.write(page())
