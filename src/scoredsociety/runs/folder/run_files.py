"""What a whole run holds for its readers: tallies, panel, report, and what the columns mean.

Every file says that the society is synthetic; the Parquet files say it in their metadata.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import polars as pl

from scoredsociety.calendar import month_text
from scoredsociety.engine.federation.in_run import InRun
from scoredsociety.engine.layout import address_text
from scoredsociety.engine.tally import Tallies
from scoredsociety.fixed import Ints
from scoredsociety.keyed import seat_id
from scoredsociety.measure.quantities import DENOMINATORS
from scoredsociety.measure.tallies import frame_of
from scoredsociety.outputs import fill_file
from scoredsociety.runs.folder.manifest import STATEMENT
from scoredsociety.runs.folder.run_folder import SYNTHETIC, Draft
from scoredsociety.runs.prepare import Prepared
from scoredsociety.runs.recorder import months_kept
from scoredsociety.scheme.tables import NO_GRADE

PANEL = {
    "month": pl.String, "seat": pl.Int64, "address": pl.String, "scheme": pl.String,
    "score": pl.Int64, "grade": pl.String, "lists": pl.String,
}  # fmt: skip
METADATA = {"synthetic": SYNTHETIC, "statement": STATEMENT}


class Frames:
    """The counted months of a run as frames, made one by one while the run goes on."""

    def __init__(self, prepared: Prepared, seen: Ints) -> None:
        self.prepared, self.seen = prepared, seen
        self._addresses = [address_of(prepared, int(person)) for person in seen]
        self._made: dict[int, tuple[pl.DataFrame, pl.DataFrame]] = {}

    def month(self, month: int, tallies: Tallies, scores: Ints, status: Ints) -> None:
        """Take in one month."""
        counts = frame_of(month, tallies, self.prepared.labels)
        panel = panel_rows(self.prepared, month, self.seen, self._addresses, scores, status)
        self._made[month] = (counts, panel)

    def whole(self, draft: Draft) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Tallies and panel of all months; those before a resumption come from the draft."""
        first = self.prepared.first
        months = range(first, first + self.prepared.scenario.months)
        for kept in months_kept(draft, [month for month in months if month not in self._made]):
            self.month(*kept)
        made = [self._made[month] for month in months]
        return pl.concat([counts for counts, _ in made]), pl.concat([panel for _, panel in made])


@contextmanager
def writing(frames: Frames, draft: Draft) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Tallies and panel of all months, whose files are written beside what is done with them."""
    counts, panel = frames.whole(draft)
    with ThreadPoolExecutor(1) as pool:
        written = pool.submit(write_results, counts, panel, draft)
        yield counts, panel
        written.result()


def write_results(counts: pl.DataFrame, panel: pl.DataFrame, draft: Draft) -> None:
    """Write tallies, panel and their columns into the draft folder."""
    write_parquet(counts, draft.folder / "tallies.parquet")
    write_parquet(panel, draft.folder / "panel.parquet")
    (draft.folder / "columns.md").write_text(COLUMNS, encoding="utf-8")


def write_parquet(frame: pl.DataFrame, path: Path) -> Path:
    """A Parquet file that says what it is in its metadata; UserError where it cannot be written."""
    return fill_file(path, lambda file: frame.write_parquet(file, metadata=METADATA))


def address_of(prepared: Prepared, person: int) -> str:
    """``region/community/seat`` of a dense number: the same at every size of the society."""
    seats = prepared.inputs.seats
    community = person >> seats.community_bits
    seat = seat_id(int(seats.region[community]), int(seats.number[community]),
                   person & (seats.community_size - 1))  # fmt: skip
    return address_text(int(seat))


def panel_rows(
    prepared: Prepared, month: int, seen: Ints, addresses: list[str], scores: Ints, status: Ints
) -> pl.DataFrame:
    """One month of the panel: a row for each person and scheme."""
    grades, lists = prepared.labels.grades, [name for _, name in prepared.labels.lists]
    rows, read = [], InRun(prepared.inputs, None, seen)
    words = status.astype(np.int64)
    standing = [read.listed(words, number) for number in range(len(lists))]
    on = [
        ",".join(name for name, there in zip(lists, standing, strict=True) if there[place])
        for place in range(len(seen))
    ]
    for scheme, name in enumerate(prepared.labels.schemes):
        score, grades_now = read.score(scores, scheme), read.grade(words, scheme)
        for place, person in enumerate(seen):
            grade = int(grades_now[place])
            subject = grade != NO_GRADE
            rows.append((
                month_text(month), int(person), addresses[place], name,
                int(score[place]) if subject else None,
                grades[scheme][grade] if subject else None, on[place],
            ))  # fmt: skip
    return pl.DataFrame(rows, schema=PANEL, orient="row")


COLUMNS = f"""# What the columns mean

*{SYNTHETIC}*: {STATEMENT}. Each Parquet file says so in its metadata.

## tallies.parquet: one row a count

| column | meaning |
|---|---|
| month | month, such as 2020-01 |
| scheme | id of the scheme; empty where the society as a whole is counted |
| measure | grade, score, acts, records, errors, consequence, restricted, restricted_cause, lives |
| item | grade; act; rule (booked this month); kind of error; consequence; cause; how a life came |
| dimension, group | all; age; sex; place; schooling; income (fifths, 1 lowest); account; internet |
| count | persons or events; for `score` the sum of published scores in centipoints |
| of | number in the denominator |
| denominator | {"; ".join(f"{word}: {means}" for word, means in DENOMINATORS.items())} |

The measure `objections` counts, for each scheme, objections to its records: filed, upheld and
rejected in the month, waiting at its end.

## panel.parquet: a sample of seats, followed month by month

On a loaded network (`--ties`) nobody is followed: it is empty, and there is no `exchange/`.

| column | meaning |
|---|---|
| month | month |
| seat | dense number of the seat in this run |
| address | region/community/seat, the same person at every size of the society |
| scheme | id of the scheme |
| score | published score in centipoints; empty for a person who is not a subject |
| grade | published grade |
| lists | lists that the person stands on, with commas between |

Where lives turn over (`--turnover`), several lives follow one another in a seat.

## exchange/

One file a month (NumPy `.npz`): what the month changed in what is published (`person`, `score`,
`status`) and the records sent between people (`target`, `content`, `origin`). It lets any one
household's life be computed again; `scored explain` reads it.
"""
