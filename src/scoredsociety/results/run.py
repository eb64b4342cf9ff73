"""What a user holds of a run: its folder, manifest and frames, explanations, its report.

    run = simulate("wendeng_2020", people=10_000, years=1)
    run.tallies            # polars frame, one row a count
    run.explain(45)      # a life and the ledger of its score
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from scoredsociety.engine import checkpoint
from scoredsociety.engine.run_constants import Setting, settle
from scoredsociety.errors import UserError
from scoredsociety.report.charts import renderer
from scoredsociety.report.evidence import Evidence
from scoredsociety.report.notebook import framed
from scoredsociety.report.pages.dispatch import write_page
from scoredsociety.report.render import report_text, summary_text
from scoredsociety.results.gather import evidence_of, publish_report
from scoredsociety.runs.digest.canonical_digest import digest
from scoredsociety.runs.digest.scope import Lived, lived
from scoredsociety.runs.documents.divided_tables import refuse_divided
from scoredsociety.runs.execute import Manner, Progress, Whole, machine_of, make
from scoredsociety.runs.folder.run_folder import note_page, whole_manifest
from scoredsociety.runs.folder.seal import check_files
from scoredsociety.runs.folder.table_file import read_frame
from scoredsociety.runs.prepare import Prepared
from scoredsociety.runs.prepare_again import prepare_again, without_network
from scoredsociety.runs.recorder import ChangeLog
from scoredsociety.runs.scenario import DEFAULT_SEED, Scenario
from scoredsociety.runs.sizes import months_of, panel_asked, people_asked
from scoredsociety.study.explain.explanation import explain, what_if
from scoredsociety.study.explain.home_jurisdiction import HomeLog, at_home
from scoredsociety.study.explain.standing import rank_of
from scoredsociety.study.readout.from_state import of_state
from scoredsociety.study.readout.from_tallies import measures_frame, measures_of, missing_of


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

    @cached_property
    def digest(self) -> str:
        """The canonical digest (runs/digest/): equal where two runs are the same society.

        Worked out from the folder when it is asked for, in a few tenths of a second for 100,000
        people; of a run on a loaded network, whose folder keeps no state, when it is made.
        """
        if self.on_a_loaded_network:
            return str(self.manifest["digest"])
        return digest(self.lived, self.tallies)

    @property
    def lived(self) -> Lived:
        """The society after its last month, with what its numbers mean."""
        state = checkpoint.load(self.folder / "checkpoint")
        return lived(self.prepared, self.setting, state)

    def __repr__(self) -> str:
        months = self.manifest["inputs"]["months"]
        return (
            f"Run({', '.join(self.schemes)}: {self.people:,} synthetic persons, {months} months; "
            "synthetic society, not a forecast)"
        )

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
        return read_frame(self.folder / "tallies.parquet")

    @cached_property
    def panel(self) -> pl.DataFrame:
        """A sample of seats, month by month."""
        return read_frame(self.folder / "panel.parquet")

    @cached_property
    def measures(self) -> pl.DataFrame:
        """Every measure of docs/measures.md: its value, or what would feed it.

        Of the last month, by scheme; the change log is replayed, which takes some seconds for
        100,000 people.
        """
        found = measures_of(self.folder)
        if not self.on_a_loaded_network and not self.prepared.inputs.jurisdictions:
            found += of_state(self.prepared, self.setting, self.folder)
        return measures_frame(found, missing_of(self.folder))

    def explain(
        self, person: int, *, scheme: str | None = None, month: str | None = None
    ) -> dict[str, Any]:
        """The life of one synthetic person and the ledger of the score, in centipoints.

        The household is run again alone; ``start`` and the entries' points add up to ``score``.
        UserError on a loaded network, of which only groups are counted.
        """
        self._refuse_a_loaded_network()
        home = at_home(self.prepared, self.setting, ChangeLog(self.folder), person)
        record = explain(home.prepared, home.setting, home.log, person, scheme=scheme, month=month)
        if month is None:
            state = checkpoint.load(self.folder / "checkpoint")
            place = home.prepared.labels.schemes.index(record["scheme"])
            exchange = state.exchange
            if isinstance(home.log, HomeLog):
                exchange = home.log.seen(state.month, exchange, state.scalars)
            record["rank"] = rank_of(exchange.score, exchange.status, place, person)
        return record

    def what_if(
        self, person: int, *, scheme: str | None = None, month: str | None = None,
        full: bool = False,
    ) -> dict[str, Any]:
        """Nearest counterfactuals: single changes that would have given another grade.

        Each is lived through again with others held; ``full`` also runs the whole society again
        for the nearest ones that the run's own words can say. Scores in centipoints.
        """
        self._refuse_a_loaded_network()
        if full:
            refuse_divided(self.prepared.inputs, "--full")
        home = at_home(self.prepared, self.setting, ChangeLog(self.folder), person)
        return what_if(
            home.prepared, home.setting, home.log, person, scheme=scheme, month=month, full=full
        )

    def _refuse_a_loaded_network(self) -> None:
        if self.on_a_loaded_network:
            raise UserError(
                f"{self.folder} stands on a loaded network (--ties), where nobody's life is shown: "
                "only groups are counted. Leave --ties out to explain a score"
            )

    def report(self) -> Report:
        """The report of this run, to ``save`` as one HTML file or to show in a notebook."""
        return Report(evidence_of(Whole(
            self.prepared, self.setting, self.folder, self.manifest, self.tallies, self.panel,
            ChangeLog(self.folder),
        )), self.folder)  # fmt: skip

    def _repr_html_(self) -> str:
        return framed(summary_text(self.report().evidence))

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

    def __init__(self, evidence: Evidence, folder: Path | None = None) -> None:
        self.evidence = evidence
        self._folder = folder  # of the run: a page that is saved there belongs to it

    def save(self, path: str | Path, form: str = "report") -> Path:
        """Write one self-contained HTML file; UserError where it cannot be written.

        ``form`` names another page over the same evidence: ``odd``, ``ai_act_article_5`` and others
        (``report.pages.PAGES``).
        """
        page = write_page(form, self.evidence, path)
        if self._folder is not None:
            note_page(self._folder, page)
        return page

    def _repr_html_(self) -> str:
        return framed(report_text(self.evidence))


def open_run(folder: str | Path) -> Run:
    """The whole run in a folder; UserError where there is none, or a file of it is damaged."""
    run = Run(Path(folder))
    check_files(run.folder, run.manifest)
    return run


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
        schemes=as_words(scheme), society=str(society), conduct=str(conduct), people=people,
        months=months_of(months, years), start=start, seed=seed, settled=settled,
        patches=as_words(patches), sets=as_words(sets), without=as_words(without),
        switched_off=as_words(switch_off), panel=panel_asked(panel, people, ties),
        planted=as_words(plant), ties=str(ties or ""), ties_layer=ties_layer,
    )  # fmt: skip
    keep = None
    if out is None:
        keep = tempfile.TemporaryDirectory(prefix="scored-")
        out = Path(keep.name) / "run"
    renderer.start()  # it gets ready while the months run
    manner = Manner(machine_of(threads, None, people), progress, publish=publish_report)
    return Run(make(scenario, Path(out), force=force, manner=manner).folder, keep)


def as_words(words: str | Path | Iterable[str]) -> tuple[str, ...]:
    """One word, or several."""
    return (str(words),) if isinstance(words, str | Path) else tuple(map(str, words))
