"""What a report may say of a run, gathered once: documents, margins, lives, the last state."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, NamedTuple

import polars as pl

from scoredsociety.engine.run_constants import Setting
from scoredsociety.engine.state import RunState
from scoredsociety.report.evidence import Evidence
from scoredsociety.report.render import (
    DRAWN_FROM_STATE,
    DRAWN_FROM_TALLIES,
    build_ahead,
    load_templates,
    write_report,
)
from scoredsociety.runs.execute import Whole
from scoredsociety.runs.folder.run_folder import saved_state
from scoredsociety.runs.prepare import Prepared
from scoredsociety.scheme.read.patch import document_of
from scoredsociety.society.describe.description import targets_of
from scoredsociety.society.describe.sample import Drawn
from scoredsociety.society.describe.targets import table
from scoredsociety.study.explain.error_cases import wronged
from scoredsociety.study.explain.explanation import explain_each
from scoredsociety.study.explain.standing import rank_of
from scoredsociety.study.readout.from_tallies import as_rows, of_tallies
from scoredsociety.study.readout.intersections import joint_of
from scoredsociety.study.readout.kernel_warmup import load_kernels
from scoredsociety.study.readout.mobility import moves_of
from scoredsociety.study.readout.proximity import nearness_of
from scoredsociety.study.readout.rule_contributions import contributions_of_rules
from scoredsociety.study.readout.wrong_records import errors_of

MOST_MEASURED = 20_000  # people whose margins stand in a report beside the published ones


class Early(NamedTuple):
    """What a report says of a run before its first month."""

    targets: list[dict[str, Any]]


def early(prepared: Prepared, setting: Setting) -> Early:
    """What no month changes, and what the end needs loaded; meant to be done beside the months."""
    found = Early(targets_of_run(prepared))
    load_kernels(prepared, setting)
    load_templates()
    return found


def publish_report(whole: Whole, known: Early | None = None) -> None:
    """Write the report of a run into its folder.

    Charts are drawn while the rest is gathered, and what leaves the interpreter free is gathered
    beside what does not.
    """
    evidence = of_documents(whole, known)
    ahead = dict(build_ahead(evidence, DRAWN_FROM_TALLIES))
    state = last_state(whole)
    with ThreadPoolExecutor(2) as pool:
        near = pool.submit(near_of, whole, state)
        measures = pool.submit(_measures_of, whole)
        evidence = replace(evidence, **of_the_state(whole, state))
        ahead |= build_ahead(evidence, DRAWN_FROM_STATE)
        lives = lives_of(whole, state)
        evidence = replace(evidence, lives=lives, measures=measures.result(), **near.result())
    write_report(evidence, whole.folder / "report.html", ahead)


def evidence_of(whole: Whole) -> Evidence:
    """What a report may say of a run, gathered once."""
    state = last_state(whole)
    return replace(
        of_documents(whole, None), **of_the_state(whole, state), **near_of(whole, state),
        lives=lives_of(whole, state), measures=_measures_of(whole),
    )  # fmt: skip


def of_documents(whole: Whole, known: Early | None) -> Evidence:
    """What the tallies and the documents say."""
    prepared = whole.prepared
    return Evidence(
        manifest=whole.manifest,
        tallies=whole.tallies,
        schemes=[document_of(versions[0][1]) for versions in prepared.versions.schemes],
        society=document_of(prepared.recipe),
        targets=known.targets if known else targets_of_run(prepared),
        conduct=document_of(prepared.conduct),
    )


def _measures_of(whole: Whole) -> list[dict[str, object]]:
    """The measures that the tallies give."""
    contexts = {act.id: act.context for act in whole.prepared.conduct.act}
    return as_rows(of_tallies(whole.tallies, whole.manifest["inputs"]["schemes"], contexts))


def last_state(whole: Whole) -> RunState | None:
    """The state after the last month, where readers of one set of tables can read it.

    None of a loaded network, which keeps nothing by person, and of a run whose schemes are divided
    by region.
    """
    if whole.manifest["inputs"].get("ties") or whole.prepared.inputs.jurisdictions:
        return None
    return whole.state or saved_state(whole.folder)


def of_the_state(whole: Whole, state: RunState | None) -> dict[str, Any]:
    """What is read of the last state and the change log."""
    if state is None:
        return {}
    prepared, setting = whole.prepared, whole.setting
    return {
        "joint": joint_of(prepared, setting, state),
        "moves": moves_of(prepared, setting, whole.log),
        "rules": contributions_of_rules(prepared, setting, state),
        "errors": errors_of(prepared, state),
    }


def near_of(whole: Whole, state: RunState | None) -> dict[str, Any]:
    """Who stands near a restricted person, read of the last state."""
    if state is None:
        return {}
    return {"contagion": nearness_of(whole.prepared, whole.setting, state)}


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
    main = whole.prepared.main
    seats = panel_seats(whole.panel, whole.prepared.labels.schemes[main])
    if not seats or state is None:
        return []
    person = wronged(whole.prepared, whole.setting, state, whole.log, whole.tallies, main)
    seats |= {} if person is None else {"restricted_error": person}
    lives = explain_each(whole.prepared, whole.setting, whole.log, list(seats.values()))
    exchange = state.exchange
    return [
        {"kind": kind, "rank": rank_of(exchange.score, exchange.status, main, seats[kind]), **life}
        for kind, life in zip(seats, lives, strict=True)
    ]


def panel_seats(panel: pl.DataFrame, scheme: str) -> dict[str, int]:
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
