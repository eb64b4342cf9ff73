"""Two lanes over the same people with the same luck: what a user holds of a comparison."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from scoredsociety.errors import UserError
from scoredsociety.measure.statistics.joint_intervals import luck_in_words
from scoredsociety.outputs import check_name, check_parent
from scoredsociety.report import evidence as report_evidence
from scoredsociety.report.notebook import framed
from scoredsociety.report.render import summary_text
from scoredsociety.report.sections.rules.necessity_figures import necessity_of
from scoredsociety.results.run import Report, Run, as_words
from scoredsociety.runs.execute import Manner, Progress, machine_of
from scoredsociety.runs.folder.manifest import comparison_command
from scoredsociety.runs.scenario import DEFAULT_SEED, Scenario
from scoredsociety.runs.sizes import months_of, people_asked
from scoredsociety.scheme.read.lane import on_top_of, words_of_lanes
from scoredsociety.scheme.read.patch import document_of
from scoredsociety.study.paired.compare import Lanes, compare_lanes


class Comparison:
    """Two lanes over the same people with the same luck. Synthetic society, not a forecast."""

    def __init__(self, lanes: Lanes, keep: object = None) -> None:
        self.a, self.b = lanes.a, lanes.b
        self.pairs = lanes.pairs
        self.persons = lanes.persons
        self.unlike = lanes.unlike  # why scores are not compared; empty: they are
        self.line_up = lanes.line_up  # which scheme stands against which in the frames
        self.differences = lanes.differences
        self.winners = lanes.winners  # persons worse, better and equally off under a, by group
        self.only_by_others = lanes.only_by_others  # harmed though their own acts are equal
        self.effects = lanes.effects  # full, direct (reactions held) and through reactions
        self.variance_ratio = lanes.variance_ratio
        self.luck = luck_in_words(lanes.families, len(lanes.pairs))  # what the intervals are
        self.unmet = lanes.unmet  # of a and of b: what befell nobody in any run
        self._keep = keep  # temporary folders live as long as what reads them

    @property
    def runs(self) -> list[tuple[Run, Run]]:
        """The runs of both lanes, a pair a replicate."""
        return [(Run(a), Run(b)) for a, b in self.pairs]

    def report(self) -> Report:
        """The report of the first pair: one lane in full, and what differs from the other.

        In full is lane a, or lane b where it is lane a with more schemes on top.
        """
        told = self.evidence.told
        run = self.runs[0][0 if told == "a" else 1]
        return Report(replace(run.report().evidence, comparisons=(self.evidence,)))

    @cached_property
    def necessity(self) -> pl.DataFrame | None:
        """The law without the scheme and with it, each figure with the filter of its rows.

        None where neither lane is what the other is compared with. ``tallies.filter(
        pl.sql_expr(where))["count"].sum()`` of a run of the first pair gives a figure again.
        """
        conduct = document_of(self.runs[0][0].prepared.conduct)
        return necessity_of(self.evidence, conduct)

    @cached_property
    def evidence(self) -> report_evidence.ComparisonEvidence:
        """What a report may say of the comparison."""
        one, two = self.runs[0]
        first, second = (set(run.schemes) for run in (one, two))
        return report_evidence.ComparisonEvidence(
            a=self.a, b=self.b, persons=self.persons, differences=self.differences,
            a_tallies=one.tallies, b_tallies=two.tallies,
            more_pairs=[(a.tallies, b.tallies) for a, b in self.runs[1:]],
            a_schemes=documents_of(one), b_schemes=documents_of(two), unlike=self.unlike,
            told="b" if first < second else "a",
            variance_ratio=self.variance_ratio, winners=self.winners,
            only_by_others=asdict(self.only_by_others), effects=self.effects, luck=self.luck,
            unmet=self.unmet,
            command=comparison_command(one.manifest, two.manifest, len(self.pairs)),
        )  # fmt: skip

    def _repr_html_(self) -> str:
        return framed(summary_text(self.report().evidence))

    def largest(self, at_least: float = 0.001) -> list[dict[str, Any]]:
        """Rows whose difference is at least so large, in the order of measures and groups."""
        return self.differences.filter(pl.col("difference").abs() >= at_least).to_dicts()


def documents_of(run: Run) -> list[dict[str, Any]]:
    """The documents of a run's schemes, as they stand at its beginning."""
    return [document_of(history[0][1]) for history in run.prepared.versions.schemes]


def lanes_of(
    asked: Scenario, others: Sequence[str], *, baseline: str | None = None,
    patches: Iterable[str] = (), sets: Iterable[str] = (), without: Iterable[str] = (),
    switch_off: Iterable[str] = (),
) -> tuple[Scenario, Scenario, tuple[str, str]]:  # fmt: skip
    """Lane a, the schemes as they are; lane b, other schemes or the same with one thing changed.

    With a ``baseline`` lane b is the baseline alone, and lane a the same with the schemes on top.
    What is switched off is the change where nothing else is; otherwise it is off in both lanes.
    """
    asked = replace(asked, schemes=words_of_lanes(asked.schemes))
    if baseline is not None:
        if others:
            raise UserError("give a second lane or --baseline, not both")
        asked = replace(asked, schemes=on_top_of(baseline, asked.schemes))
        others = [baseline]
    changes = {"patches": tuple(patches), "set": tuple(sets), "without": tuple(without)}
    if others or any(changes.values()):
        asked = replace(asked, switched_off=tuple(switch_off))
    changes["switched off"] = tuple(switch_off)
    changed = any(changes.values())
    if len(others) > 1 or (not others and not changed):
        raise UserError(
            "compare two schemes or lanes, as in `scored compare A B` or `scored compare A A+B`; "
            "or one with a change, as in `scored compare A --without rule.x`"
        )
    b = replace(
        asked, schemes=words_of_lanes(others) or asked.schemes, patches=changes["patches"],
        sets=changes["set"], without=changes["without"], switched_off=changes["switched off"],
    )  # fmt: skip
    words = [f"{key} {' '.join(value)}" for key, value in changes.items() if value]
    return asked, b, (" + ".join(asked.schemes), ", ".join([" + ".join(b.schemes), *words]))


def compare_scenarios(
    a: Scenario, b: Scenario, names: tuple[str, str], folder: Path, replicates: int,
    manner: Manner | None = None, *, direct: bool = True, keep: object = None,
) -> Comparison:  # fmt: skip
    """Run both lanes under ``folder``, which must be new."""
    if check_name(folder, "--out") is not None:
        raise UserError(f"{folder} exists already; give another --out")
    check_parent(folder, "--out")
    return Comparison(compare_lanes(a, b, names, folder, replicates, manner, direct), keep)


def compare(
    a: str, b: str | None = None, *, baseline: str | None = None, without: str | Iterable[str] = (),
    patches: str | Iterable[str] = (), sets: str | Iterable[str] = (),
    switch_off: str | Iterable[str] = (), people: int | None = None, months: int | None = None,
    years: int | None = None, society: str = "county", conduct: str = "everyday",
    start: str = "2020-01", seed: int = DEFAULT_SEED, settled: bool = False,
    ties: str | Path | None = None, ties_layer: str = "all", replicates: int = 4,
    direct: bool = True, threads: int | None = None, progress: Progress | None = None,
) -> Comparison:  # fmt: skip
    """The same people with the same luck under two lanes, or one lane with a change.

    A lane is a scheme or several, ``ordinary_law+wendeng_2020``. With ``baseline``, the baseline
    alone is compared with the baseline and ``a`` on top.

    With ``direct``, both are run once more with reactions off, so that ``effects`` tells the
    direct effect from the full one; that takes about as long again.
    """
    people = people_asked(people, ties)
    asked = Scenario(
        schemes=(str(a),), society=str(society), conduct=str(conduct), people=people,
        months=months_of(months, years), start=start, seed=seed, settled=settled, panel=0,
        ties=str(ties or ""), ties_layer=ties_layer,
    )  # fmt: skip
    lane_a, lane_b, names = lanes_of(
        asked, [] if b is None else [str(b)], baseline=baseline, patches=as_words(patches),
        sets=as_words(sets), without=as_words(without), switch_off=as_words(switch_off),
    )  # fmt: skip
    keep = tempfile.TemporaryDirectory(prefix="scored-")
    manner = Manner(machine_of(threads, None, people), progress)
    place = Path(keep.name) / "comparison"
    return compare_scenarios(
        lane_a, lane_b, names, place, replicates, manner, direct=direct, keep=keep
    )  # fmt: skip
