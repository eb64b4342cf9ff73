"""The list itself, month by month: who is on it, who enters and leaves, what they are refused.

What is published of the list of judgment defaulters is a stock (V6, O-B8), new listings a year
(V7, O-B9), a sum since 2013, debtors who paid, and journeys refused (O-B2 to O-B5). Units differ:
listings are counted each, and a person may be listed twice; journeys are attempts, refused also to
those under the order that limits consumption, and are published only against the sum of listings,
firms among them. So both kinds of count stand here side by side.

    python -m scoredsociety.study.validation.list_flows
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from scoredsociety.calendar import month_number, month_text
from scoredsociety.engine import tally as ta
from scoredsociety.engine.inputs import Machine
from scoredsociety.engine.layout import is_listed
from scoredsociety.engine.run import MonthOutcome, advance_run, begin_run
from scoredsociety.engine.run_constants import settle
from scoredsociety.errors import UserError, did_you_mean
from scoredsociety.fixed import Ints
from scoredsociety.runs.scenario import Scenario
from scoredsociety.scheme import tables as t
from scoredsociety.study.ensemble.cases import Case, case_of
from scoredsociety.study.questions.indicator_functions import RURAL, URBAN
from scoredsociety.study.stories.story import load_story, scenario_of_story

LIST, PAYS = "judgment_list", "pays_judgment"
TEN_THOUSAND = 10_000


@dataclass(frozen=True)
class ListFlow:
    """Counts of one list by month, (months,) each; of a place, ``stock_of`` by margin."""

    people: int
    first: int  # absolute month of the first count
    stock: Ints  # persons on the list at the end of the month
    entered: Ints  # persons who were not on it a month before
    left: Ints
    listings: Ints  # records booked that list, of whoever is on it already too
    paid: Ints  # judgments paid
    flights: Ints  # refused, under any scheme of the run
    trains: Ints
    stock_of: Ints  # (months, margins)
    persons_of: Ints  # (margins,)

    def place(self, month: str) -> int:
        """The row of a month; UserError where it is not in the run."""
        place = month_number(month) - self.first
        if not 0 <= place < len(self.stock):
            raise UserError(f"{month} is not in this run")
        return place

    def share(self, month: str) -> float:
        """Persons on the list at the end of a month, of 10,000 people of all ages."""
        return TEN_THOUSAND * float(self.stock[self.place(month)]) / self.people

    def of_margin(self, month: str, margin: int) -> float:
        """The same within a margin of engine/tally.py (8 rural, 9 urban)."""
        of = float(self.persons_of[margin])
        return TEN_THOUSAND * float(self.stock_of[self.place(month), margin]) / of if of else 0.0

    def sum(self, name: str, start: str, end: str) -> int:
        """A count added over the months from ``start`` to ``end``, both included."""
        column: Ints = getattr(self, name)
        return int(column[self.place(start) : self.place(end) + 1].sum())


def flow_of(case: Case, name: str = LIST, machine: Machine | None = None) -> ListFlow:
    """Run a case and count one of its lists."""
    prepared, machine = case.prepared, machine or Machine(1, 4)
    inputs, names = prepared.inputs, prepared.names
    lists = [one.id for one in names.lists]
    if name not in lists:
        raise UserError(f"no list {name!r} in this run{did_you_mean(name, lists) or ''}")
    bit = lists.index(name)
    pays = prepared.conduct.act_ids.index(PAYS) if PAYS in prepared.conduct.act_ids else -1
    on = np.zeros(inputs.seats.people, dtype=np.bool_)
    rows: list[tuple[int, ...]] = []
    margins: list[Ints] = []
    persons: list[Ints] = []

    def count(outcome: MonthOutcome) -> None:
        tallies, changes = outcome.tallies, outcome.changes
        listed = is_listed(changes.status.astype(np.int64), bit) == 1
        before = on[changes.person]
        entered, left = int((listed & ~before).sum()), int((before & ~listed).sum())
        on[changes.person] = listed
        rules = tables_at(case, outcome.month).rules.list_bit == bit
        if outcome.month < prepared.first:
            return
        rows.append((
            int(on.sum()), entered, left, int(tallies.records[rules, 0].sum()),
            int(tallies.acts[pays, 0]) if pays >= 0 else 0,
            int(tallies.responses[ta.V_FLIGHT, 0]), int(tallies.responses[ta.V_TRAIN, 0]),
        ))  # fmt: skip
        margins.append(np.array(tallies.listed[bit], dtype=np.int64))
        persons[:] = [np.array(tallies.persons, dtype=np.int64)]

    setting = settle(inputs, machine)
    advance_run(inputs, setting, begin_run(inputs, setting, machine), machine=machine,
                on_month=count)  # fmt: skip
    columns = np.array(rows, dtype=np.int64).T
    stock, entered, left, listings, paid, flights, trains = columns
    return ListFlow(
        inputs.seats.people, prepared.first, stock, entered, left, listings, paid, flights, trains,
        np.stack(margins), persons[0],
    )  # fmt: skip


def tables_at(case: Case, month: int) -> t.SchemeTables:
    """The compiled schemes in force in a month."""
    return [tables for since, tables in case.prepared.inputs.schemes if since <= month][-1]


def story_case(people: int, seed: int | None = None, sets: tuple[str, ...] = ()) -> Case:
    """The list as `scored story list` runs it: from October 2013, dated as its rules are."""
    scenario: Scenario = scenario_of_story(load_story("list"), people)
    asked = scenario if seed is None else replace(scenario, seed=seed)
    return case_of(replace(asked, sets=(*asked.sets, *sets), panel=0))


def years(flow: ListFlow) -> Iterator[tuple[str, ...]]:
    """A row a year, of 10,000 people of all ages; the last month of the year holds the stock."""
    last = flow.first + len(flow.stock) - 1
    for year in range(int(month_text(flow.first)[:4]), int(month_text(last)[:4]) + 1):
        start = max(flow.first, month_number(f"{year}-01"))
        end = min(last, month_number(f"{year}-12"))
        span = slice(start - flow.first, end - flow.first + 1)
        at = month_text(end)
        counts = (flow.entered, flow.left, flow.listings, flow.paid, flow.flights, flow.trains)
        yield (
            str(year), f"{flow.share(at):.1f}",
            *(f"{TEN_THOUSAND * float(one[span].sum()) / flow.people:.1f}" for one in counts),
            f"{flow.of_margin(at, RURAL):.1f}", f"{flow.of_margin(at, URBAN):.1f}",
        )  # fmt: skip


HEAD = (
    "year",
    "on the list at the end",
    "persons entered",
    "persons left",
    "listings",
    "judgments paid",
    "flights refused",
    "trains refused",
    "rural on it",
    "urban on it",
)


def _main() -> None:
    """Print a row a year."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=None)
    asked = parser.parse_args()
    print("Synthetic society, not a forecast. Of 10,000 people of all ages.\n")
    print("| " + " | ".join(HEAD) + " |")
    print("|" + "---|" * len(HEAD))
    for row in years(flow_of(story_case(asked.people, asked.seed), machine=Machine(2, 1))):
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    _main()
