"""Two lanes over the same people with the same luck: what one change does, and to how many.

Every draw has an address, so what differs between the lanes is what the change did. Differences
by group come from replicates that share their seeds (Student's t over paired differences). A
person-level count holds under this same-luck coupling only, which no data can confirm.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from scoredsociety.engine import checkpoint
from scoredsociety.engine.state import Exchange
from scoredsociety.errors import UserError
from scoredsociety.measure.replicates import paired_interval, variance_ratio
from scoredsociety.measure.tallies import GROUPS
from scoredsociety.scheme.tables import NO_GRADE
from scoredsociety.study.bits import grade_of_status
from scoredsociety.study.folder import whole_manifest
from scoredsociety.study.scenario import Scenario
from scoredsociety.study.simulate import Made, Manner, make

COMPARED = ("grade", "restricted", "restricted_cause", "consequence", "listed")
KEYS = ("scheme", "measure", "item", "dimension", "group")


@dataclass(frozen=True)
class Lanes:
    """Pairs of runs with the same seeds, and what differs between them."""

    a: str
    b: str
    pairs: tuple[tuple[Path, Path], ...]
    persons: Mapping[str, int | None]
    differences: pl.DataFrame

    @property
    def variance_ratio(self) -> float | None:
        """Median variance of paired differences over that of independent seeds; None: unknown."""
        known = self.differences["variance_ratio"].drop_nulls().drop_nans()
        middle = known.median()
        return float(middle) if isinstance(middle, int | float) else None


def compare_lanes(
    a: Scenario, b: Scenario, names: tuple[str, str], folder: Path, replicates: int,
    manner: Manner | None = None,
) -> Lanes:  # fmt: skip
    """Run both lanes ``replicates`` times; UserError where they do not share their people."""
    if replicates < 1:
        raise UserError(f"--replicates must be at least 1, not {replicates}")
    if (a.people, a.seed) != (b.people, b.seed):
        raise UserError("two lanes compare the same people: give both the same people and seed")
    manner = manner or Manner()
    pairs = []
    for k in range(replicates):
        made = [
            make(replace(one, seed=one.seed + k), folder / f"{lane}{k + 1}",
                 manner=_told(manner, 2 * k + place, 2 * replicates))
            for place, (lane, one) in enumerate((("a", a), ("b", b)))
        ]  # fmt: skip
        pairs.append((made[0], made[1]))
    return Lanes(
        names[0], names[1], tuple((one.folder, two.folder) for one, two in pairs),
        persons_moved(*pairs[0]), differences(pairs),
    )  # fmt: skip


def _told(manner: Manner, place: int, runs: int) -> Manner:
    tell = manner.progress
    if tell is None:
        return manner

    def within(done: int, total: int, text: str) -> None:
        tell(place * total + done, runs * total, text)

    return manner._replace(progress=within)


def persons_moved(a: Made, b: Made) -> dict[str, int | None]:
    """Persons whose published score is lower, higher or the same under ``a`` than under ``b``.

    Subjects of the first scheme of both lanes, in the last month; None for each where the lanes
    score on different scales, so that higher and lower mean nothing.
    """
    first = [str(whole_manifest(made.folder)["schemes"][0]) for made in (a, b)]
    if first[0] != first[1]:
        return {"subjects": None, "lower_score": None, "higher_score": None, "same_score": None}
    one, two = (_published(made.folder) for made in (a, b))
    grades = [grade_of_status(lane.status.astype(np.int64), 0) for lane in (one, two)]
    scored = (grades[0] != NO_GRADE) & (grades[1] != NO_GRADE)
    moved = (one.score[0].astype(np.int64) - two.score[0])[scored]
    return {
        "subjects": int(scored.sum()),
        "lower_score": int((moved < 0).sum()),
        "higher_score": int((moved > 0).sum()),
        "same_score": int((moved == 0).sum()),
    }


def _published(folder: Path) -> Exchange:
    return checkpoint.load(folder / "checkpoint").exchange


def differences(pairs: Sequence[tuple[Made, Made]]) -> pl.DataFrame:
    """Shares of the last month under both lanes, by measure and group, and their difference.

    ``difference`` is a - b in shares of 1; ``low``, ``high`` its 95 % interval over replicates
    (null with one replicate).
    """
    lanes = [
        [_shares(made.folder, "" if _same(pairs[0]) else "first") for made in lane]
        for lane in zip(*pairs, strict=True)
    ]
    rows = []
    keys = sorted(set().union(*(set(frame) for lane in lanes for frame in lane)), key=_order)
    for key in keys:
        a, b = ([frame.get(key) for frame in lane] for lane in lanes)
        known = [(x, y) for x, y in zip(a, b, strict=True) if x is not None and y is not None]
        if not known:
            continue
        one, two = [x.share for x, _ in known], [y.share for _, y in known]
        found = paired_interval(two, one)
        ratio = variance_ratio(one, two) if len(known) > 1 else None
        bounded = len(known) > 1
        rows.append((
            *key, known[0][0].of, sum(one) / len(one), sum(two) / len(two), found.value,
            found.low if bounded else None, found.high if bounded else None, len(known), ratio,
        ))  # fmt: skip
    return pl.DataFrame(rows, schema=DIFFERENCES, orient="row")


DIFFERENCES: dict[str, type[pl.DataType]] = {
    **dict.fromkeys(KEYS, pl.String), "of": pl.Int64, "a": pl.Float64, "b": pl.Float64,
    "difference": pl.Float64, "low": pl.Float64, "high": pl.Float64, "replicates": pl.Int64,
    "variance_ratio": pl.Float64,
}  # fmt: skip


def _order(key: tuple[str, ...]) -> tuple[str, str, str, int, str]:
    """Scheme, measure, item; everyone before groups, groups as tallies have them."""
    scheme, measure, item, dimension, group = key
    return scheme, measure, item, [name for name, _ in GROUPS].index(dimension), group


@dataclass(frozen=True)
class _Share:
    share: float
    of: int


def _same(pair: tuple[Made, Made]) -> bool:
    return bool(pair[0].manifest["schemes"] == pair[1].manifest["schemes"])


def _shares(folder: Path, rename: str) -> dict[tuple[str, ...], _Share]:
    """Shares of the last month by key; lanes of different schemes compare their first ones."""
    frame = pl.read_parquet(folder / "tallies.parquet")
    last = frame.filter(
        (pl.col("month") == pl.col("month").max())
        & pl.col("measure").is_in(COMPARED)
        & (pl.col("of") > 0)
    )
    if rename:
        first = str(whole_manifest(folder)["schemes"][0])
        last = last.filter(pl.col("scheme") == first, pl.col("measure") != "grade").with_columns(
            scheme=pl.lit(rename)
        )
    return {
        tuple(row[:5]): _Share(row[5] / row[6], row[6])
        for row in last.select(*KEYS, "count", "of").iter_rows()
    }


