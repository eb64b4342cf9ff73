"""Dated histories: a scheme from its launch on, with what was changed and when, as one run.

A story is a file in ``stories``: documents, dated patches over the same people, and moments, each a
month with a sentence, its sources and counts of that month. The counts are of an invented society;
the dates are the sources'.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import numpy as np
import polars as pl
from pydantic import BaseModel, ConfigDict, Field

from scoredsociety.engine.layout import rule_of
from scoredsociety.engine.state import RunState
from scoredsociety.errors import UserError, did_you_mean
from scoredsociety.runs.documents.document_texts import text_of
from scoredsociety.runs.prepare import Prepared
from scoredsociety.runs.scenario import DEFAULT_SEED, Scenario

FOLDER = Path(str(files("scoredsociety.study"))) / "stories"
MEASURES = {"consequence": "consequence", "grade": "grade", "listed": "listed",
            "response": "response", "records": "records", "restricted": "restricted",
            "forgone": "forgone"}  # fmt: skip
SUMMED = ("records", "forgone")  # counted from the start up to the moment
_COUNT = re.compile(r"\{(\w+)(?: ([\w+]+))?\}")


class Moment(BaseModel):
    """One month of a story: what happened, on whose word, and counts of the run (``{grade D}``)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    at: Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]
    says: str
    source: tuple[str, ...] = ()  # empty: no source dates or tells it, and the sentence says so


class Story(BaseModel):
    """A story: what is run, and what is told of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    title: str
    lead: str
    caution: str
    schemes: tuple[str, ...]
    patches: tuple[str, ...] = ()
    society: str = "county"
    start: str
    months: int
    life: str | None = None  # a rule: somebody with a record of it is worth explaining
    moment: tuple[Moment, ...]


class Told(NamedTuple):
    """A moment with its counts filled in."""

    month: str
    text: str
    sources: tuple[str, ...]


def stories() -> list[str]:
    """Names of the stories, in the order of the alphabet."""
    return sorted(path.name.removesuffix(".story.toml") for path in FOLDER.glob("*.story.toml"))


def load_story(name: str) -> Story:
    """A story by its name; UserError where there is none."""
    known = stories()
    if name not in known:
        raise UserError(
            f"there is no story {name[:80]}; there are {', '.join(known)}."
            f"{did_you_mean(name, known)}"
        )
    text = (FOLDER / f"{name}.story.toml").read_text("utf-8")
    return Story.model_validate(tomllib.loads(text))


def scenario_of_story(story: Story, people: int, seed: int = DEFAULT_SEED) -> Scenario:
    """The run that a story tells."""
    return Scenario(
        schemes=tuple(map(_found, story.schemes)), society=story.society, people=people,
        months=story.months, start=story.start, seed=seed,
        patches=tuple(map(_found, story.patches)), panel=min(people, 100),
    )  # fmt: skip


def _found(name: str) -> str:
    """A document of the story's own, or one of the catalogue."""
    return str(FOLDER / name) if name.endswith(".toml") else name


def story_of(manifest: Mapping[str, Any]) -> Story | None:
    """The story whose run a manifest is of, whoever asked for it; None where it is of none.

    A story is its documents and its months: with other people or another seed it is still told.
    """
    documents = manifest.get("documents", {})
    asked = {key: text for key, text in documents.items() if key.startswith(("scheme/", "patch/"))}
    inputs = manifest.get("inputs", {})
    if inputs.get("set") or inputs.get("without") or inputs.get("switched_off"):
        return None
    for story in map(load_story, stories()):
        when = (story.start, story.months, story.society)
        if when == (inputs.get("from"), inputs.get("months"), inputs.get("society")) and (
            asked == texts_of(story)
        ):
            return story
    return None


def texts_of(story: Story) -> dict[str, str]:
    """The texts of a story's schemes and patches, by the names that a manifest gives them."""
    return {
        f"{room}/{place}": text_of(room, _found(name))
        for room, names in (("scheme", story.schemes), ("patch", story.patches))
        for place, name in enumerate(names)
    }  # fmt: skip


def tell(story: Story, scheme: str, tallies: pl.DataFrame) -> Iterator[Told]:
    """Every moment with the counts of its month, of one scheme of a run's tallies."""
    everybody = tallies.filter(
        (pl.col("dimension") == "all") & pl.col("scheme").is_in([scheme, ""])
    )
    for one in story.moment:
        yield Told(one.at, _filled(one, everybody.filter(pl.col("month") <= one.at)), one.source)


def _filled(one: Moment, until: pl.DataFrame) -> str:
    return _COUNT.sub(lambda found: f"{_count(found, until, one.at):,}", one.says)


def _count(found: re.Match[str], until: pl.DataFrame, month: str) -> int:
    kind, item = found.group(1), found.group(2)
    if kind == "subjects":
        rows = until.filter((pl.col("month") == month) & (pl.col("measure") == "restricted"))
        return int(rows["of"].max() or 0)  # type: ignore[arg-type]
    rows = until.filter(pl.col("measure") == MEASURES[kind])
    if kind not in SUMMED:
        rows = rows.filter(pl.col("month") == month)
    if kind == "restricted":
        item = "any"
    if item:
        rows = rows.filter(pl.col("item").str.split("@").list.first() == item)
    return int(rows["count"].sum())


def somebody_with(prepared: Prepared, state: RunState, rule: str) -> int | None:
    """The first person with a live record of a rule in the last state; None: there is nobody."""
    return next(those_with(prepared, state, rule), None)


def those_with(prepared: Prepared, state: RunState, rule: str) -> Iterator[int]:
    """Persons with a live record of a rule in the last state, in order."""
    of_rule = np.array([one.id == rule for one in prepared.names.rules], dtype=np.bool_)
    for block in state.blocks:
        owner = np.repeat(np.arange(block.first, block.last), block.counts)
        yield from map(int, np.unique(owner[of_rule[rule_of(block.records.astype(np.int64))]]))
