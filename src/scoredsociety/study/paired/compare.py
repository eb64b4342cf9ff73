"""Two lanes over the same people with the same luck: what one change does, and to how many.

Every draw has an address, so what differs between the lanes is what the change did. Differences
by group come from replicates that share their seeds (Student's t over paired differences), and hold
together (measure/statistics/joint_intervals.py). A person-level count holds under this same-luck
coupling only, which no data can confirm.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import polars as pl

from scoredsociety.errors import UserError
from scoredsociety.measure.scoring.unmet import Unmet
from scoredsociety.measure.statistics.joint_intervals import Families, Family
from scoredsociety.measure.statistics.replicates import variance_ratio
from scoredsociety.measure.tallies import GROUPS
from scoredsociety.runs.execute import Made, Manner, machine_of, make
from scoredsociety.runs.folder.table_file import read_frame
from scoredsociety.runs.prepare import Prepared, prepare
from scoredsociety.runs.scenario import Scenario
from scoredsociety.runs.seeds import seed_of
from scoredsociety.study.ensemble.ensemble import Tell
from scoredsociety.study.paired.direct_effects import KEYS, Share, effects, last_months, reacts
from scoredsociety.study.paired.lane_people import People, Watched, persons_moved, unlike_scales
from scoredsociety.study.paired.matched_schemes import Matched, Shares, matched, shares_of_lanes
from scoredsociety.study.paired.winners_losers import (
    FARED,
    Counted,
    OnlyByOthers,
    fares_by_group,
    only_by_others,
    over_pairs,
    winners,
)
from scoredsociety.study.questions.zero_event_bounds import household_size


@dataclass(frozen=True)
class Lanes:
    """Pairs of runs with the same seeds, and what differs between them."""

    a: str
    b: str
    pairs: tuple[tuple[Path, Path], ...]
    persons: Mapping[str, int | None]
    unlike: str  # why scores are not compared; empty: they stand on one scale
    line_up: tuple[Matched, ...]  # which scheme stands against which
    differences: pl.DataFrame
    winners: pl.DataFrame  # by group: counts of the first pair, shares over all
    only_by_others: OnlyByOthers
    effects: pl.DataFrame | None  # full, direct, through reactions; None: not asked for
    families: Families  # which intervals hold together
    unmet: tuple[tuple[Unmet, ...], tuple[Unmet, ...]]  # of each lane: what befell nobody ever

    @property
    def variance_ratio(self) -> float | None:
        """Median variance of paired differences over that of independent seeds.

        Of what varies in both lanes and differs; None with one seed, or where nothing does.
        """
        known = self.differences["variance_ratio"].drop_nulls().drop_nans()
        middle = known.median()
        return float(middle) if isinstance(middle, int | float) else None


class Fates(NamedTuple):
    """What one pair of runs says of persons; the persons themselves are not kept."""

    persons: dict[str, int | None]
    unlike: str
    counted: Counted
    others: OnlyByOthers

    @classmethod
    def of(cls, a: People, b: People) -> Fates:
        """Counts of a pair."""
        return cls(persons_moved(a, b), unlike_scales(a, b), fares_by_group(a, b),
                   only_by_others(a, b))  # fmt: skip


def compare_lanes(
    a: Scenario, b: Scenario, names: tuple[str, str], folder: Path, replicates: int,
    manner: Manner | None = None, direct: bool = True,
) -> Lanes:  # fmt: skip
    """Run both lanes ``replicates`` times; UserError where they do not share their people.

    With ``direct`` both are run once more with reactions off, unless they are off already.
    """
    if replicates < 1:
        raise UserError(f"--replicates must be at least 1, not {replicates}")
    if (a.people, a.seed) != (b.people, b.seed):
        raise UserError("two lanes compare the same people: give both the same people and seed")
    line_up = matched(prepare(a), prepared := prepare(b))  # what is wrong is said before any run
    manner = manner or Manner()
    direct = direct and reacts(a, b)
    runs = replicates * (4 if direct else 2)
    pairs, fates = [], []
    for k in range(replicates):
        made, people = [], []
        for place, (lane, one) in enumerate((("a", a), ("b", b))):
            watched = Watched()
            told = _told(manner, 2 * k + place, runs)._replace(watch=watched)
            made.append(make(replace(one, seed=seed_of(one.seed, k)), folder / f"{lane}{k + 1}",
                             manner=told))  # fmt: skip
            assert watched.people is not None  # a run that ends was watched
            people.append(watched.people)
        pairs.append((made[0], made[1]))
        fates.append(Fates.of(people[0], people[1]))
    full = shares_of_lanes(line_up, *(
        [read_frame(made.folder / "tallies.parquet") for made in lane]
        for lane in zip(*pairs, strict=True)
    ))  # fmt: skip
    order = ordered(line_up, full)
    at_once = families(order, prepared, pairs[0], direct)
    return Lanes(
        names[0], names[1], tuple((one.folder, two.folder) for one, two in pairs),
        fates[0].persons, fates[0].unlike, line_up, _differences(full[0], full[1], order, at_once),
        winners([one.counted for one in fates], at_once),
        over_pairs([one.others for one in fates], at_once.everybody),
        _effects((a, b), line_up, full, order, manner, at_once) if direct else None,
        at_once, (unmet_in_all([one for one, _ in pairs]), unmet_in_all([two for _, two in pairs])),
    )  # fmt: skip


def families(
    order: Sequence[tuple[str, ...]], prepared: Prepared, pair: tuple[Made, Made], direct: bool
) -> Families:
    """Every interval of a comparison: differences (three effects each), who fares how, by whom."""
    parts = 3 if direct else 1
    everybody = sum(dimension == "all" for _, _, _, dimension, _ in order)
    groups = sum(len(names) for _, names in GROUPS) - 1
    household, exact = household_size(prepared), _alike(pair)
    return Families(
        Family(parts * everybody + len(FARED) + 2, household, exact),
        Family(parts * (len(order) - everybody) + len(FARED) * groups, household, exact),
    )


def _alike(pair: tuple[Made, Made]) -> bool:
    """Were both lanes compiled to the same tables, so that nothing can differ?"""
    one, two = (made.manifest for made in pair)
    return bool(one["digests"] == two["digests"] and one["schemes"] == two["schemes"])


def unmet_in_all(lane: Sequence[Made]) -> tuple[Unmet, ...]:
    """What of the schemes of a lane befell nobody in any of its runs."""
    later = [set(made.unmet) for made in lane[1:]]
    return tuple(one for one in lane[0].unmet if all(one in other for other in later))


def _effects(
    lanes: tuple[Scenario, Scenario], line_up: Sequence[Matched],
    full: tuple[list[Shares], list[Shares]], order: Sequence[tuple[str, ...]], manner: Manner,
    at_once: Families,
) -> pl.DataFrame:  # fmt: skip
    replicates = len(full[0])
    machine = manner.machine or machine_of(None, None, lanes[0].people)
    held = []
    for place, lane in enumerate(lanes):
        tell = _told_later(manner, (2 + place) * replicates, 4 * replicates, lane)
        held.append(last_months(lane, replicates, machine, tell))
    return effects(full, shares_of_lanes(line_up, held[0], held[1]), order, at_once)


def _told(manner: Manner, place: int, runs: int) -> Manner:
    tell = manner.progress
    if tell is None:
        return manner

    def within(done: int, total: int, text: str) -> None:
        tell(place * total + done, runs * total, text)

    return manner._replace(progress=within)


def _told_later(manner: Manner, before: int, runs: int, lane: Scenario) -> Tell | None:
    tell, months = manner.progress, lane.months + lane.burn_in
    if tell is None:
        return None
    return lambda done, _, text: tell((before + done) * months, runs * months, text)


def _differences(
    a_runs: Sequence[Mapping[tuple[str, ...], Share]],
    b_runs: Sequence[Mapping[tuple[str, ...], Share]],
    order: Sequence[tuple[str, ...]],
    at_once: Families,
) -> pl.DataFrame:
    """Shares of the last month under both lanes, by measure and group, and their difference.

    ``difference`` is a - b in shares of 1; ``low``, ``high`` its interval over replicates, which
    holds together with all others of its family (null with one replicate in which something
    differs); ``sign`` its direction where the interval tells.
    """
    rows = []
    for key in order:
        a, b = ([frame.get(key) for frame in lane] for lane in (a_runs, b_runs))
        known = [(x, y) for x, y in zip(a, b, strict=True) if x is not None and y is not None]
        if not known:
            continue
        one, two = [x.share for x, _ in known], [y.share for _, y in known]
        found = at_once.of(key[3]).difference(
            [first - second for first, second in zip(one, two, strict=True)],
            sum(x.of for x, _ in known),
        )
        varies = len(set(one)) > 1 and len(set(two)) > 1 and one != two
        ratio = variance_ratio(one, two) if varies else None
        rows.append((
            *key, known[0][0].of, sum(one) / len(one), sum(two) / len(two), *found, len(known),
            ratio,
        ))  # fmt: skip
    return pl.DataFrame(rows, schema=DIFFERENCES, orient="row")


def ordered(
    line_up: Sequence[Matched], full: tuple[Sequence[Shares], Sequence[Shares]]
) -> list[tuple[str, ...]]:
    """Every key of a comparison: schemes as lined up, measure, item, everyone before groups."""
    schemes = [one.name for one in line_up]
    dimensions = [name for name, _ in GROUPS]

    def place(key: tuple[str, ...]) -> tuple[int, str, str, int, str]:
        scheme, measure, item, dimension, group = key
        return schemes.index(scheme), measure, item, dimensions.index(dimension), group

    return sorted(set().union(*(set(frame) for lane in full for frame in lane)), key=place)


DIFFERENCES: dict[str, type[pl.DataType]] = {
    **dict.fromkeys(KEYS, pl.String), "of": pl.Int64, "a": pl.Float64, "b": pl.Float64,
    "difference": pl.Float64, "low": pl.Float64, "high": pl.Float64, "sign": pl.String,
    "replicates": pl.Int64, "variance_ratio": pl.Float64,
}  # fmt: skip
