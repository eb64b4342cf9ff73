"""Q1's third answer: one path from a group to its score flipped, and all else left (S0-23).

A group may be rated low because fewer of its acts are seen, because its income is lower, or
because the scheme reads what it does not know as nothing. Each path is one patch of the documents
as they stand; the same people act with the same luck. These are no plausible settings: nobody
says that the world is so, and no answer ranges over them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from scoredsociety.runs.scenario import Scenario
from scoredsociety.scheme.read.patch import document_of
from scoredsociety.study.ensemble.cases import Case

NEUTRAL_GOOD, NEUTRAL_ALL, NEUTRAL = 6, 10, 0.6  # assumed: ten months on file, six of them good
Sets = Callable[[Case], tuple[str, ...]]


@dataclass(frozen=True)
class Path:
    """One path, what it says, and the ``--set`` of its flip; none where there is no such path."""

    id: str
    says: str  # completes "... , if"
    sets: Sets
    # what is read again under the flip
    indicators: tuple[str, ...] = ("rural_gap", "rural_score_gap", "account_score_gap")

    def of(self, case: Case) -> Scenario | None:
        """The scenario with the path flipped; None where the documents do not have it."""
        sets = self.sets(case)
        return replace(case.scenario, sets=(*case.scenario.sets, *sets)) if sets else None


def all_seen_alike(case: Case) -> tuple[str, ...]:
    """No source sees one group less than another."""
    sources = case.prepared.conduct.source
    return tuple(f"source.{one.id}.effects=[]" for one in sources if one.effects)


def incomes_alike(case: Case) -> tuple[str, ...]:
    """The countryside has the incomes of the towns."""
    urban = document_of(case.prepared.recipe).get("income", {}).get("urban")
    return (f"income.rural={json.dumps([float(one) for one in urban])}",) if urban else ()


def unknown_is_neutral(case: Case) -> tuple[str, ...]:
    """What is not known counts as the middle, in every weighted part of the main scheme."""
    document = document_of(case.prepared.versions.schemes[case.main][0][1])
    found = []
    for row in document.get("component", []):
        key = f"component.{row['id']}"
        if row["kind"] == "history" and float(row.get("prior_all") or 0) < NEUTRAL_ALL:
            found += [f"{key}.prior_good={NEUTRAL_GOOD}", f"{key}.prior_all={NEUTRAL_ALL}"]
        if row.get("missing"):
            found.append(f"{key}.missing.value={NEUTRAL}")
        if row["kind"] == "peers" and row.get("none", "zero") == "zero":
            found.append(f'{key}.none="neutral"')
    return tuple(found)


PATHS = (
    Path("seen_alike", "every source saw all groups alike", all_seen_alike),
    Path("income_alike", "the countryside had the incomes of the towns", incomes_alike),
    Path("unknown_neutral", "what is not known counted as the middle", unknown_is_neutral),
)
