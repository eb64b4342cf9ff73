"""One history, many futures: a whole run goes on from its last month under different patches.

Every future has the same past, bit for bit, and meets the same luck; so what differs between two
futures is what their patches do. The past is run again for each, because a patch may renumber the
rules that records name; that gives the same bits, because a dated patch does nothing before its
month.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from scoredsociety.calendar import month_number, month_text
from scoredsociety.errors import UserError
from scoredsociety.scheme.patch import load_patch
from scoredsociety.study.folder import whole_manifest
from scoredsociety.study.indicators import INDICATORS, read_all
from scoredsociety.study.manifest import scenario_of
from scoredsociety.study.observe import Case, Tell, case_of, observe_all
from scoredsociety.study.scenario import Scenario

AS_IT_WAS = "as it was"


@dataclass(frozen=True)
class Futures:
    """Futures of one run: a table, one row an indicator, a column a future."""

    frame: pl.DataFrame
    branched: str  # first month of the futures
    months: int


def branch(
    run: Path, patches: Sequence[Path], months: int, folder: Path | None = None,
    workers: int = 1, progress: Tell | None = None,
) -> Futures:  # fmt: skip
    """The run's future as it was, and under each patch; UserError for what cannot be branched."""
    if months < 1:
        raise UserError(f"--months must be at least 1, not {months}")
    manifest = whole_manifest(run)
    with tempfile.TemporaryDirectory() as place:
        past = replace(scenario_of(manifest, Path(place)), panel=0)
        at = month_text(month_number(past.start) + past.months)
        names = [AS_IT_WAS, *(patch.stem for patch in patches)]
        if len(set(names)) < len(names):
            raise UserError("two futures have the same name; rename a patch file")
        cases = [future(past, None, months, at, Path(place))]
        cases += [future(past, patch, months, at, Path(place)) for patch in patches]
        found = observe_all(cases, read_all, folder, workers, progress)
    columns = {
        name: [values[one.id] for one in INDICATORS]
        for name, values in zip(names, found, strict=True)
    }
    frame = pl.DataFrame({
        "question": [one.question for one in INDICATORS],
        "says": [one.says for one in INDICATORS],
        "unit": [f"{one.unit} ({one.of})" for one in INDICATORS], **columns,
    })  # fmt: skip
    return Futures(frame, at, months)


def future(past: Scenario, patch: Path | None, months: int, at: str, place: Path) -> Case:
    """The past and so many months more, under a patch that holds from the month ``at``."""
    longer = replace(past, months=past.months + months)
    if patch is None:
        return case_of(longer)
    given = load_patch(patch)
    if given.at is not None and month_number(given.at) < month_number(at):
        raise UserError(f"{patch}: holds from {given.at}, but the run's past ends before {at}")
    if given.at is None:
        dated = place / f"future-{patch.stem}.toml"
        dated.write_text(f'at = "{at}"\n{patch.read_text(encoding="utf-8")}', encoding="utf-8")
        patch = dated
    return case_of(replace(longer, patches=(*longer.patches, str(patch))))
