"""What a user holds: a run, and a comparison of two.

    run = simulate("wendeng_2020", people=10_000, years=1)
    run.tallies            # polars frame, one row a count
    run.explain(42)      # a life and the ledger of its score
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from scoredsociety.engine.run import Setting, settle
from scoredsociety.errors import UserError
from scoredsociety.report import drawing
from scoredsociety.report import evidence as report_evidence
from scoredsociety.report.evidence import Evidence
from scoredsociety.report.html import report_text, write_report
from scoredsociety.report.notebook import framed
from scoredsociety.report.pages import write_page
from scoredsociety.scheme.patch import document_of
from scoredsociety.society.describe import targets_of
from scoredsociety.society.sample import Drawn
from scoredsociety.society.targets import table
from scoredsociety.study.by_rule import rules_of
from scoredsociety.study.compare import Lanes, compare_lanes
from scoredsociety.study.explain import explain, what_if
from scoredsociety.study.folder import whole_manifest
from scoredsociety.study.joint import joint_of
from scoredsociety.study.manifest import comparison_command
from scoredsociety.study.moves import moves_of
from scoredsociety.study.nearness import nearness_of
from scoredsociety.study.record import ChangeLog
from scoredsociety.study.scenario import (
    DEFAULT_SEED,
    Prepared,
    Scenario,
    months_of,
    panel_asked,
    people_asked,
)
from scoredsociety.study.simulate import (
    Manner,
    Progress,
    Whole,
    machine_of,
    make,
    prepare_again,
    without_network,
)
from scoredsociety.study.wronged import wronged

MOST_MEASURED = 20_000  # people whose margins stand in a report beside the published ones


class Run:
    """A whole run: its folder, manifest and frames. Synthetic society, not a forecast."""

    def __init__(self, folder: Path, keep: object = None) -> None:
        self.folder = folder
        self.manifest: Mapping[str, Any] = whole_manifest(folder)
        self._keep = keep  # a temporary folder lives as long as its run

    @property
    def checksum(self) -> str:
        """Digest of the whole state after the last month."""
        return str(self.manifest["checksum"])

    @property
    def people(self) -> int:
        """Persons in the society."""
        return int(self.manifest["people"])

    @property
    def schemes(self) -> list[str]:
        """Ids of the schemes, in the order in which a month runs them."""
        return list(self.manifest["inputs"]["schemes"])

    @property
    def on_a_loaded_network(self) -> bool:
        """Do the ties of this run come from a file of the user's own?"""
        return bool(self.manifest["inputs"].get("ties"))

    @cached_property
    def tallies(self) -> pl.DataFrame:
        """Counts by month, scheme, measure and group; columns.md says what they mean."""
        return pl.read_parquet(self.folder / "tallies.parquet")

    @cached_property
    def panel(self) -> pl.DataFrame:
        """A sample of seats, month by month."""
        return pl.read_parquet(self.folder / "panel.parquet")

    def explain(
        self, person: int, *, scheme: str | None = None, month: str | None = None
    ) -> dict[str, Any]:
        """The life of one synthetic person and the ledger of the score, in centipoints.

        The household is run again alone; ``start`` and the entries' points add up to ``score``.
        UserError on a loaded network, of which only groups are counted.
        """
        self._refuse_a_loaded_network()
        return explain(
            self.prepared, self.setting, ChangeLog(self.folder), person, scheme=scheme,
            month=month,
        )  # fmt: skip

    def what_if(
        self, person: int, *, scheme: str | None = None, month: str | None = None,
        full: bool = False,
    ) -> dict[str, Any]:
        """Nearest counterfactuals: single changes that would have given another grade.

        Each is lived through again with others held; ``full`` also runs the whole society again
        for the nearest ones that the run's own words can say. Scores in centipoints.
        """
        self._refuse_a_loaded_network()
        return what_if(
            self.prepared, self.setting, ChangeLog(self.folder), person, scheme=scheme,
            month=month, full=full,
        )  # fmt: skip

    def _refuse_a_loaded_network(self) -> None:
        if self.on_a_loaded_network:
            raise UserError(
                f"{self.folder} stands on a loaded network (--ties), where nobody's life is shown: "
                "only groups are counted. Leave --ties out to explain a score"
            )

    def report(self) -> Report:
        """The report of this run, to ``save`` as one HTML file or to show in a notebook."""
        return Report(evidence_of(Whole(
            self.prepared, self.setting, self.folder, self.manifest, self.tallies, self.panel
        )))  # fmt: skip

    def _repr_html_(self) -> str:
        return self.report()._repr_html_()

    @cached_property
    def setting(self) -> Setting:
        """What the seed alone decides."""
        return settle(self.prepared.inputs, machine_of(None, None, self.people))

    @cached_property
    def prepared(self) -> Prepared:
        """The run's documents and tables, compiled again from its manifest."""
        loaded = self.on_a_loaded_network
        return prepare_again(without_network(self.manifest) if loaded else self.manifest)


class Report:
    """What people read of a run, made when it is asked for."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence

    def save(self, path: str | Path, form: str = "report") -> Path:
        """Write one self-contained HTML file; UserError where it cannot be written.

        ``form`` names another page over the same evidence: ``odd``, ``huderia`` and others
        (``report.pages.PAGES``).
        """
        return write_page(form, self.evidence, path)

    def _repr_html_(self) -> str:
        return framed(report_text(self.evidence))


def open_run(folder: str | Path) -> Run:
    """The whole run in a folder; UserError where there is none."""
    return Run(Path(folder))


def simulate(
    scheme: str | Iterable[str], *, people: int | None = None, months: int | None = None,
    years: int | None = None, society: str = "county", conduct: str = "everyday",
    start: str = "2020-01", seed: int = DEFAULT_SEED, settled: bool = False,
    patches: Iterable[str] = (), sets: Iterable[str] = (), without: str | Iterable[str] = (),
    switch_off: str | Iterable[str] = (), plant: str | Iterable[str] = (),
    panel: int | None = None, ties: str | Path | None = None, ties_layer: str = "all",
    threads: int | None = None, out: str | Path | None = None, force: bool = False,
    progress: Progress | None = None,
) -> Run:  # fmt: skip
    """Run one scheme, or several at once, on a synthetic society.

    ``people`` persons (10,000) for ``months`` (or ``years``) from the month ``start``; ``plant``
    puts wrong records on files (``7:red_light:2020-06``), to be followed. ``ties`` is the file of
    a network, a person a node, that replaces all ties outside the household or those of
    ``ties_layer``. Without ``out`` the run folder is temporary. Raises UserError for whatever is
    wrong with the request.
    """
    people = people_asked(people, ties)
    scenario = Scenario(
        schemes=_words(scheme), society=str(society), conduct=str(conduct), people=people,
        months=months_of(months, years), start=start, seed=seed, settled=settled,
        patches=_words(patches), sets=_words(sets), without=_words(without),
        switched_off=_words(switch_off), panel=panel_asked(panel, people, ties),
        planted=_words(plant), ties=str(ties or ""), ties_layer=ties_layer,
    )  # fmt: skip
    keep = None
    if out is None:
        keep = tempfile.TemporaryDirectory(prefix="scored-")
        out = Path(keep.name) / "run"
    drawing.start()  # it gets ready while the months run
    manner = Manner(machine_of(threads, None, people), progress, publish=publish)
    return Run(make(scenario, Path(out), force=force, manner=manner).folder, keep)


def publish(whole: Whole) -> None:
    """Write the report of a run into its folder."""
    write_report(evidence_of(whole), whole.folder / "report.html")


def evidence_of(whole: Whole) -> Evidence:
    """What a report may say of a run, gathered once."""
    prepared = whole.prepared
    return Evidence(
        manifest=whole.manifest,
        tallies=whole.tallies,
        schemes=[document_of(versions[0][1]) for versions in prepared.versions.schemes],
        society=document_of(prepared.recipe),
        targets=targets_of_run(prepared),
        conduct=document_of(prepared.conduct),
        lives=lives_of(whole),
        **of_the_state(whole),
    )


def of_the_state(whole: Whole) -> dict[str, Any]:
    """What is read of the last state and the change log, which a loaded network does not keep."""
    if whole.manifest["inputs"].get("ties"):
        return {}
    prepared, setting, folder = whole.prepared, whole.setting, whole.folder
    return {
        "joint": joint_of(prepared, setting, folder),
        "moves": moves_of(prepared, folder),
        "contagion": nearness_of(prepared, setting, folder),
        "rules": rules_of(prepared, setting, folder),
    }


def targets_of_run(prepared: Prepared) -> list[dict[str, Any]]:
    """Published figures beside the run's own people, of whom the first many are enough."""
    wanted = targets_of(prepared.recipe)
    if not wanted:
        return []
    people = min(prepared.scenario.people, MOST_MEASURED)
    return table(Drawn(prepared.recipe, people, prepared.scenario.seed), wanted)


def lives_of(whole: Whole) -> list[dict[str, Any]]:
    """Lives that show how scores come about: three of the panel, one restricted by error.

    Without a panel no life is shown; somebody restricted through an error is looked for in the
    whole society, since a panel seldom has one.
    """
    log = ChangeLog(whole.folder)
    lives = []
    seats = chosen(whole.panel, whole.prepared.labels.schemes[0])
    if seats:
        person = wronged(whole.prepared, whole.setting, whole.folder, whole.tallies)
        seats |= {} if person is None else {"restricted_error": person}
    for kind, person in seats.items():
        life = explain(whole.prepared, whole.setting, log, person)
        lives.append({"kind": kind, **life})
    return lives


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


def _words(words: str | Path | Iterable[str]) -> tuple[str, ...]:
    return (str(words),) if isinstance(words, str | Path) else tuple(map(str, words))


class Comparison:
    """Two lanes over the same people with the same luck. Synthetic society, not a forecast."""

    def __init__(self, lanes: Lanes, keep: object = None) -> None:
        self.a, self.b = lanes.a, lanes.b
        self.pairs = lanes.pairs
        self.persons = lanes.persons
        self.differences = lanes.differences
        self.winners = lanes.winners  # persons worse, better and equally off under a, by group
        self.only_by_others = lanes.only_by_others  # harmed though their own acts are equal
        self.effects = lanes.effects  # full, direct (reactions held) and through reactions
        self.variance_ratio = lanes.variance_ratio
        self._keep = keep  # temporary folders live as long as what reads them

    @property
    def runs(self) -> list[tuple[Run, Run]]:
        """The runs of both lanes, a pair a replicate."""
        return [(Run(a), Run(b)) for a, b in self.pairs]

    def report(self) -> Report:
        """The report of the first pair: lane a in full, and what differs from lane b."""
        one, two = self.runs[0]
        compared = report_evidence.Comparison(
            a=self.a, b=self.b, persons=self.persons, differences=self.differences,
            a_tallies=one.tallies, b_tallies=two.tallies,
            b_scheme=document_of(two.prepared.versions.schemes[0][0][1]),
            variance_ratio=self.variance_ratio, winners=self.winners,
            only_by_others=asdict(self.only_by_others), effects=self.effects,
            command=comparison_command(one.manifest, two.manifest, len(self.pairs)),
        )  # fmt: skip
        return Report(replace(one.report().evidence, comparisons=(compared,)))

    def _repr_html_(self) -> str:
        return self.report()._repr_html_()

    def largest(self, at_least: float = 0.001) -> list[dict[str, Any]]:
        """Rows whose difference is at least so large, in the order of measures and groups."""
        return self.differences.filter(pl.col("difference").abs() >= at_least).to_dicts()


def lanes_of(
    asked: Scenario, others: Sequence[str], *, patches: Iterable[str] = (),
    sets: Iterable[str] = (), without: Iterable[str] = (), switch_off: Iterable[str] = (),
) -> tuple[Scenario, Scenario, tuple[str, str]]:  # fmt: skip
    """Lane a, the scheme as it is; lane b, another scheme or the same with one thing changed.

    What is switched off is the change where nothing else is; otherwise it is off in both lanes.
    """
    changes = {"patches": tuple(patches), "set": tuple(sets), "without": tuple(without)}
    if others or any(changes.values()):
        asked = replace(asked, switched_off=tuple(switch_off))
    changes["switched off"] = tuple(switch_off)
    changed = any(changes.values())
    if len(others) > 1 or (not others and not changed):
        raise UserError(
            "compare two schemes, as in `scored compare A B`; or one with a change, as in "
            "`scored compare A --without rule.x`"
        )
    b = replace(
        asked, schemes=tuple(others) or asked.schemes, patches=changes["patches"],
        sets=changes["set"], without=changes["without"], switched_off=changes["switched off"],
    )  # fmt: skip
    words = [f"{key} {' '.join(value)}" for key, value in changes.items() if value]
    return asked, b, (" + ".join(asked.schemes), ", ".join([" + ".join(b.schemes), *words]))


def compare_scenarios(
    a: Scenario, b: Scenario, names: tuple[str, str], folder: Path, replicates: int,
    manner: Manner | None = None, *, direct: bool = True, keep: object = None,
) -> Comparison:  # fmt: skip
    """Run both lanes under ``folder``, which must be new."""
    if folder.exists():
        raise UserError(f"{folder} exists already; give another --out")
    return Comparison(compare_lanes(a, b, names, folder, replicates, manner, direct), keep)


def compare(
    a: str, b: str | None = None, *, without: str | Iterable[str] = (),
    patches: str | Iterable[str] = (), sets: str | Iterable[str] = (),
    switch_off: str | Iterable[str] = (), people: int | None = None, months: int | None = None,
    years: int | None = None, society: str = "county", conduct: str = "everyday",
    start: str = "2020-01", seed: int = DEFAULT_SEED, settled: bool = False,
    ties: str | Path | None = None, ties_layer: str = "all", replicates: int = 4,
    direct: bool = True, threads: int | None = None, progress: Progress | None = None,
) -> Comparison:  # fmt: skip
    """The same people with the same luck under two schemes, or one scheme with a change.

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
        asked, [] if b is None else [str(b)], patches=_words(patches), sets=_words(sets),
        without=_words(without), switch_off=_words(switch_off),
    )  # fmt: skip
    keep = tempfile.TemporaryDirectory(prefix="scored-")
    manner = Manner(machine_of(threads, None, people), progress)
    place = Path(keep.name) / "comparison"
    return compare_scenarios(
        lane_a, lane_b, names, place, replicates, manner, direct=direct, keep=keep
    )  # fmt: skip
