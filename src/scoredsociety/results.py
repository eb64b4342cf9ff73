"""What a user holds: a run, and a comparison of two.

    run = simulate("wendeng_2020", people=10_000, years=1)
    run.tallies            # polars frame, one row a count
    run.explain(4211)      # a life and the ledger of its score
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from scoredsociety.study.folder import whole_manifest
from scoredsociety.study.scenario import DEFAULT_SEED, Prepared, Scenario
from scoredsociety.study.simulate import Progress, machine_of, make, prepare_again


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

    @cached_property
    def tallies(self) -> pl.DataFrame:
        """Counts by month, scheme, measure and group; columns.md says what they mean."""
        return pl.read_parquet(self.folder / "tallies.parquet")

    @cached_property
    def panel(self) -> pl.DataFrame:
        """A sample of seats, month by month."""
        return pl.read_parquet(self.folder / "panel.parquet")

    @cached_property
    def prepared(self) -> Prepared:
        """The run's documents and tables, compiled again from its manifest."""
        return prepare_again(self.manifest)


def open_run(folder: str | Path) -> Run:
    """The whole run in a folder; UserError where there is none."""
    return Run(Path(folder))


def months_of(months: int | None, years: int | None) -> int:
    """Months asked for: given in months, in years, or 36."""
    if months is not None and years is not None:
        raise ValueError("give months or years, not both")
    return months if months is not None else 12 * (years if years is not None else 3)


def simulate(
    scheme: str | Iterable[str], *, people: int = 10_000, months: int | None = None,
    years: int | None = None, society: str = "county", conduct: str = "everyday",
    start: str = "2020-01", seed: int = DEFAULT_SEED, settled: bool = False,
    patches: Iterable[str] = (), sets: Iterable[str] = (), without: str | Iterable[str] = (),
    switch_off: str | Iterable[str] = (), panel: int = 100, threads: int | None = None,
    out: str | Path | None = None, force: bool = False, progress: Progress | None = None,
) -> Run:  # fmt: skip
    """Run one scheme, or several at once, on a synthetic society.

    ``people`` persons for ``months`` (or ``years``) from the month ``start``. Without ``out``
    the run folder is temporary. Raises UserError for whatever is wrong with the request.
    """
    scenario = Scenario(
        schemes=_words(scheme), society=str(society), conduct=str(conduct), people=people,
        months=months_of(months, years), start=start, seed=seed, settled=settled,
        patches=_words(patches), sets=_words(sets), without=_words(without),
        switched_off=_words(switch_off), panel=min(panel, people),
    )  # fmt: skip
    keep = None
    if out is None:
        keep = tempfile.TemporaryDirectory(prefix="scored-")
        out = Path(keep.name) / "run"
    made = make(
        scenario, Path(out), force=force, machine=machine_of(threads, None, people),
        progress=progress,
    )  # fmt: skip
    return Run(made.folder, keep)


def _words(words: str | Path | Iterable[str]) -> tuple[str, ...]:
    return (str(words),) if isinstance(words, str | Path) else tuple(map(str, words))
