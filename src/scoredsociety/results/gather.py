"""What a report may say of a run, gathered once: documents, margins, lives, the last state."""

from __future__ import annotations

from typing import Any

import polars as pl

from scoredsociety.engine import checkpoint
from scoredsociety.engine.state import RunState
from scoredsociety.report.evidence import Evidence
from scoredsociety.report.html import write_report
from scoredsociety.scheme.patch import document_of
from scoredsociety.society.describe import targets_of
from scoredsociety.society.sample import Drawn
from scoredsociety.society.targets import table
from scoredsociety.study.by_rule import rules_of
from scoredsociety.study.explain import explain_each
from scoredsociety.study.joint import joint_of
from scoredsociety.study.measures_of import as_rows, of_tallies
from scoredsociety.study.moves import moves_of
from scoredsociety.study.nearness import nearness_of
from scoredsociety.study.scenario import (
    Prepared,
)
from scoredsociety.study.simulate import (
    Whole,
)
from scoredsociety.study.wronged import wronged

MOST_MEASURED = 20_000  # people whose margins stand in a report beside the published ones


def publish(whole: Whole) -> None:
    """Write the report of a run into its folder."""
    write_report(evidence_of(whole), whole.folder / "report.html")


def evidence_of(whole: Whole) -> Evidence:
    """What a report may say of a run, gathered once."""
    prepared = whole.prepared
    state = last_state(whole)
    return Evidence(
        manifest=whole.manifest,
        tallies=whole.tallies,
        schemes=[document_of(versions[0][1]) for versions in prepared.versions.schemes],
        society=document_of(prepared.recipe),
        targets=targets_of_run(prepared),
        conduct=document_of(prepared.conduct),
        lives=lives_of(whole, state),
        measures=as_rows(of_tallies(
            whole.tallies, whole.manifest["inputs"]["schemes"],
            {act.id: act.context for act in prepared.conduct.act},
        )),
        **of_the_state(whole, state),
    )


def last_state(whole: Whole) -> RunState | None:
    """The state after the last month; None of a loaded network, which keeps nothing by person."""
    if whole.manifest["inputs"].get("ties"):
        return None
    return checkpoint.load(whole.folder / "checkpoint")


def of_the_state(whole: Whole, state: RunState | None) -> dict[str, Any]:
    """What is read of the last state and the change log."""
    if state is None:
        return {}
    prepared, setting = whole.prepared, whole.setting
    return {
        "joint": joint_of(prepared, setting, state),
        "moves": moves_of(prepared, setting, whole.log),
        "contagion": nearness_of(prepared, setting, state),
        "rules": rules_of(prepared, setting, state),
    }


def targets_of_run(prepared: Prepared) -> list[dict[str, Any]]:
    """Published figures beside the run's own people, of whom the first many are enough."""
    wanted = targets_of(prepared.recipe)
    if not wanted:
        return []
    people = min(prepared.scenario.people, MOST_MEASURED)
    return table(Drawn(prepared.recipe, people, prepared.scenario.seed), wanted)


def lives_of(whole: Whole, state: RunState | None) -> list[dict[str, Any]]:
    """Lives that show how scores come about: three of the panel, one restricted by error.

    Without a panel no life is shown; somebody restricted through an error is looked for in the
    whole society, since a panel seldom has one.
    """
    seats = chosen(whole.panel, whole.prepared.labels.schemes[0])
    if not seats or state is None:
        return []
    person = wronged(whole.prepared, whole.setting, state, whole.log, whole.tallies)
    seats |= {} if person is None else {"restricted_error": person}
    lives = explain_each(whole.prepared, whole.setting, whole.log, list(seats.values()))
    return [{"kind": kind, **life} for kind, life in zip(seats, lives, strict=True)]


def chosen(panel: pl.DataFrame, scheme: str) -> dict[str, int]:
    """Seats of the panel with the middle, the highest and the lowest score in the last month."""
    if panel.is_empty():
        return {}
    last = panel.filter(
        (pl.col("scheme") == scheme)
        & (pl.col("month") == panel["month"].max())
        & pl.col("score").is_not_null()
    ).sort("score", "seat")
    if last.height < 3:
        return {}
    seats = last["seat"].to_list()
    found = {"typical": seats[len(seats) // 2], "high": seats[-1], "low": seats[0]}
    return {kind: int(seat) for kind, seat in found.items()}
