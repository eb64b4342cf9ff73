"""The measures of one run, read from its folder: tallies of the last month and the change log."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from scoredsociety.calendar import month_number, month_text
from scoredsociety.engine.layout import grade_in
from scoredsociety.errors import UserError
from scoredsociety.fixed import Ints
from scoredsociety.measure.group_counts import CAUSES, counts
from scoredsociety.measure.measure import Measure
from scoredsociety.measure.observation_plan import Plan
from scoredsociety.measure.persons.exclusion import parity_difference, parity_ratio
from scoredsociety.measure.persons.mobility import shorrocks, transition_matrix, transitions
from scoredsociety.measure.quantities import KNOWING
from scoredsociety.measure.registry import MEASURES, kind
from scoredsociety.measure.statistics.intervals import wilson
from scoredsociety.measure.tallies import GROUPS
from scoredsociety.runs.documents.divided_tables import is_divided
from scoredsociety.runs.folder.run_folder import saved_state, whole_manifest
from scoredsociety.runs.folder.table_file import read_frame
from scoredsociety.runs.recorder import ChangeLog
from scoredsociety.scheme.tables import NO_GRADE
from scoredsociety.study.readout.from_change_log import lived_of, of_lives
from scoredsociety.study.readout.proximity import MOST_PEOPLE

SCHEMA: dict[str, type[pl.DataType]] = {
    "id": pl.String, "measure": pl.String, "value": pl.Float64, "low": pl.Float64,
    "high": pl.Float64, "n": pl.Int64, "unit": pl.String, "of": pl.String,
    "reference": pl.String, "rights": pl.String, "instead": pl.String,
}  # fmt: skip
CAUSE_WORDS = {"error": "through an error in the records", "intended": "as the rules intend",
               "protected": "for protected conduct"}  # fmt: skip


def plan_of(folder: Path) -> Plan:
    """What a whole run's folder keeps."""
    manifest = whole_manifest(folder)
    kept = read_frame(folder / "tallies.parquet", ["measure"]).unique()
    loaded = bool(manifest["inputs"].get("ties"))
    return Plan(frozenset(kept["measure"]), int(manifest["inputs"]["panel"]),
                (folder / "exchange").is_dir() and not loaded,
                ties=not loaded and int(manifest["people"]) <= MOST_PEOPLE)  # fmt: skip


def measures_of(folder: Path) -> list[Measure]:
    """Every measure that the tallies and the change log give of the last month, by scheme.

    On a loaded network, of which nothing is kept by person, those of the tallies only.
    """
    manifest = whole_manifest(folder)
    frame = read_frame(folder / "tallies.parquet")
    contexts = _contexts_of(str(manifest["documents"]["conduct"]))
    found = of_tallies(frame, manifest["inputs"]["schemes"], contexts)
    if not manifest["inputs"].get("ties"):
        for place, scheme in enumerate(manifest["inputs"]["schemes"]):
            found += of_everybody(folder, manifest, place, scheme)
    return found


def of_tallies(
    frame: pl.DataFrame, schemes: Sequence[str], contexts: Mapping[str, str]
) -> list[Measure]:
    """What the tallies alone give, scheme by scheme; ``contexts``: that of each act."""
    month = str(frame["month"].max())
    last = frame.filter(month=month)
    found = [one for scheme in schemes for one in _shares(last, month, scheme)]
    return [*found, *support(last, month), *seen(frame, contexts)]


def missing_of(folder: Path) -> dict[str, str]:
    """Of each measure that this run cannot feed, what it would need and how to ask for it."""
    plan = plan_of(folder)
    sentences = {name: plan.lacks(name) for name in MEASURES}
    return {name: sentence for name, sentence in sentences.items() if sentence}


# Measures that a run feeds and that stand elsewhere, in a form of their own.
ELSEWHERE = {
    "appeals": "the report, where people react: objections filed, upheld and waiting",
    "never_appealed": "the report, where people react: objections by group",
    "child_years": "`scored questions`, Q7: child-months out of a school",
    "second_generation": "a run of twenty years and more in which lives turn over",
    "context_matrix": "`scored report RUN --form ai_act_article_5`, limb i",
    "proportionality": "`scored report RUN --form ai_act_article_5`, limb ii",
    "small_act_long_harm": "`scored report RUN --form ai_act_article_5`, limb ii",
}

MEASURED = {
    "id": "its short name, the same in every version (docs/measures.md)",
    "measure": "its conventional name (docs/measures.md)",
    "value": "of the last month, or of the whole run where `of` says so; empty: not fed",
    "low, high": "95 % interval within this run; empty where the measure has none",
    "n": "how many it is counted of",
    "unit, of": "unit and denominator",
    "reference, rights": "where it is defined, and the rights that it bears on",
    "instead": "of a measure without a value: what would feed it, or where it stands",
}


def measures_frame(measures: list[Measure], missing: Mapping[str, str]) -> pl.DataFrame:
    """Measures as a frame, then those without a value and what would feed them."""
    ids = {one.title: name for name, one in MEASURES.items()}
    rows = [{"id": ids[str(row["measure"])], **row, "instead": ""} for row in as_rows(measures)]
    got = {one.name for one in measures}
    rows += [
        {"id": name, "measure": one.title, "value": None, "low": None, "high": None, "n": None,
         "unit": one.unit, "of": one.denominator, "reference": one.reference,
         "rights": ", ".join(one.rights),
         "instead": missing.get(name) or ELSEWHERE.get(name) or "nothing to count in this run"}
        for name, one in MEASURES.items() if one.title not in got
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=SCHEMA)


def dictionary() -> str:
    """What the columns of the table of measures mean, as Markdown."""
    lines = [f"| {name} | {meaning} |" for name, meaning in MEASURED.items()]
    return "\n".join(("## measures.csv: one row a measure", "", "| column | meaning |", "|---|---|",
                      *lines, ""))  # fmt: skip


def _shares(frame: pl.DataFrame, month: str, scheme: str) -> list[Measure]:
    """Exclusion, its parity between groups, and the three bars."""
    everyone = counts(frame, "restricted", "any", month, scheme=scheme)["all"]
    if not everyone[1]:
        return []
    found = [kind("exclusion_rate").measure(wilson(*everyone), denominator=f"subjects of {scheme}")]
    for dimension in ("sex", "place", "schooling", "income", "account"):
        groups = counts(frame, "restricted", "any", month, dimension, scheme)
        if sum(1 for _, of in groups.values() if of) < 2:
            continue
        of = f"subjects of {scheme} by {dimension}"
        found += [
            kind("parity_difference").measure(parity_difference(groups), denominator=of),
            kind("parity_ratio").measure(parity_ratio(groups), denominator=of),
        ]
    for cause in CAUSES:
        count = counts(frame, "restricted_cause", cause, month, scheme=scheme)["all"]
        found.append(kind("causes").measure(
            wilson(*count), denominator=f"subjects of {scheme}, {CAUSE_WORDS[cause]}"
        ))  # fmt: skip
    return found


def of_everybody(
    folder: Path, manifest: Mapping[str, Any], place: int, scheme: str
) -> list[Measure]:
    """Measures that need each person's grade or score, from the change log and the last state.

    None of a run whose schemes are divided by region, whose columns are read in another way.
    """
    if is_divided(manifest):
        return []
    exchange = saved_state(folder).exchange
    status = exchange.status.astype(np.int64)
    after = grade_in(status, place)
    among = after != NO_GRADE
    number = int(among.sum())
    if number < 2:
        return []
    first = month_number(str(manifest["calendar"]["first_counted"]))
    before = grade_in(status_at(folder, manifest, first), place)
    table = transitions(before, after, int(after[among].max()) + 1)
    of = f"subjects of {scheme}"
    matrix = transition_matrix(table)
    found = [kind("shorrocks").measure(
        shorrocks(matrix), int(table.sum()), f"{of}, first month to last"
    )]  # fmt: skip
    return found + of_lives(lived_of(folder, manifest, place), scheme, matrix)


def status_at(folder: Path, manifest: Mapping[str, Any], month: int) -> Ints:
    """(people,) the published status at the end of a month, replayed from the change log."""
    log = ChangeLog(folder)
    status = np.zeros(int(manifest["people"]), dtype=np.int64)
    status[:] = 0xFFFF  # nobody is graded before the first month
    for at in range(month_number(str(manifest["calendar"]["origin"])), month + 1):
        if not (log.folder / f"{month_text(at)}.npz").exists():
            raise UserError(f"{folder}: the change log lacks {month_text(at)}")
        changes = log.changes(at)
        status[changes.person] = changes.status
    return status


def support(frame: pl.DataFrame, month: str) -> list[Measure]:
    """Of those who know of the scheme, who accept it: privately, and as said to a survey."""
    def total(item: str) -> int:
        chosen = frame.filter(measure="response", item=item, month=month, dimension="all")
        return int(chosen["count"].sum()) if chosen.height else 0

    knows = total("knows")
    if not knows:
        return []
    return [
        kind("support").measure(wilson(min(total(item), knows), knows), denominator=of)
        for item, of in (("supports", f"{KNOWING}, privately"),
                         ("says_support", f"{KNOWING}, as said to a survey"))
    ]  # fmt: skip


def _contexts_of(text: str) -> dict[str, str]:
    """Context of each act of a conduct document."""
    return {act["id"]: act["context"] for act in tomllib.loads(text)["act"]}


def seen(frame: pl.DataFrame, contexts: Mapping[str, str]) -> list[Measure]:
    """Share of acts of the whole run that left a record with any source, by context and group."""
    of = [name for name, _ in GROUPS if name not in ("all", "age", "sex")]
    acts = (
        frame.filter(pl.col("measure").is_in(["acts", "unseen"]))
        .group_by("measure", "item", "dimension", "group").agg(pl.sum("count"))
        .with_columns(context=pl.col("item").replace_strict(contexts, default=""))
    )  # fmt: skip

    def shares_of(dimension: str, key: str, words: str) -> list[Measure]:
        table = acts.filter(dimension=dimension).group_by(key, "measure").agg(pl.sum("count"))
        count = {(row[0], row[1]): int(row[2]) for row in table.iter_rows()}
        return [
            kind("seen_share").measure(
                wilson(done - count.get((name, "unseen"), 0), done),
                denominator=words.format(name),
            )
            for (name, measure), done in sorted(count.items()) if measure == "acts" and done
        ]  # fmt: skip

    found = shares_of("all", "context", "acts of the context {}")
    for dimension in of:
        found += shares_of(dimension, "group", f"acts of all contexts, {dimension} {{}}")
    return found


def as_rows(measures: list[Measure]) -> list[dict[str, object]]:
    """Measures as plain rows; an interval that was not asked for is null."""
    return [
        {"measure": one.name, "value": None if one.value != one.value else one.value,
         "low": one.low if one.has_interval else None,
         "high": one.high if one.has_interval else None, "n": one.n or None, "unit": one.unit,
         "of": one.denominator, "reference": one.reference, "rights": ", ".join(one.rights)}
        for one in measures
    ]  # fmt: skip


