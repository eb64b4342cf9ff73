"""A test of firing: does what the articles tell befall anybody?

For every item of the articles (S0-1 to S4-27) that tells a mechanism about persons, a small run in
which it reaches somebody, and how many; or one sentence why it cannot. What is asked stands in
``fired.toml``, what came out in ``fired_counts.json``, which this makes again, bit for bit:

    python -m studies.firing              # print what is stored anew
    python -m studies.firing --check      # say what differs from what is stored
    python -m studies.firing --only press # the same of some runs; the rest as stored

A count is of one society with one seed. It says that a mechanism works, not how often.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from scoredsociety.engine import layout
from scoredsociety.engine.control.authority import GONE
from scoredsociety.engine.inputs import Machine
from scoredsociety.engine.run import MonthOutcome, advance_run, begin_run
from scoredsociety.engine.run_constants import settle
from scoredsociety.engine.state import SUSPENDED
from scoredsociety.engine.tally import Tallies, add
from scoredsociety.fixed import Ints
from scoredsociety.measure.scoring.unmet import Unmet
from scoredsociety.measure.tallies import (
    ERRORS,
    EVENTS,
    GROUPS,
    OBJECTIONS,
    frame_of,
    margin_matrix,
)
from scoredsociety.runs.execute import unmet_of
from scoredsociety.scheme.tables import NO_GRADE
from scoredsociety.study.ensemble.cases import Case, case_of
from scoredsociety.study.ensemble.ensemble import published
from studies.firing_counts import Asked, asked, stored

STANDING = ("knows", "knows_score", "supports", "says_support", "shows_score", "displayed",
            "no_unrestricted_tie", "out_of_work", "open_ties")  # states, not events  # fmt: skip


class Count(NamedTuple):
    """One count: so many, of so many, and what is counted."""

    number: int
    of: int
    unit: str  # ``persons at once``, ``persons``, ``records``, ``acts``, ``cases``, ``months``


class Seen(NamedTuple):
    """What is kept of a run."""

    case: Case
    total: Tallies
    most: Mapping[str, Ints]  # of states: the most in any month
    last: Tallies
    score: Ints  # (people,) of the first scheme, centipoints
    status: Ints  # (people,) what is published of its grade and lists
    unmet: tuple[Unmet, ...]
    ended: Ints  # (schemes,) months in which the operator had given a scheme up


def see(asked_: Asked) -> Seen:
    """Make a run in memory."""
    case = case_of(asked_.scenario())
    inputs, machine = case.prepared.inputs, Machine(1, 4)
    setting = settle(inputs, machine)
    kept: list[Tallies] = []
    last: list[Tallies] = []
    most: dict[str, Ints] = {}
    frames = []
    ended = np.zeros(len(case.prepared.names.schemes), dtype=np.int64)

    def count(outcome: MonthOutcome) -> None:
        one = outcome.tallies
        if kept:
            add(kept[0], one)
        else:
            kept.append(Tallies(*(np.array(array) for array in one)))
        last[:] = [one]
        for name, now in states(one).items():
            most[name] = np.maximum(most[name], now) if name in most else now
        frames.append(frame_of(outcome.month, one, case.prepared.labels))
        ended[:] += outcome.scalars[:, SUSPENDED] == GONE

    state = advance_run(
        inputs, setting, begin_run(inputs, setting, machine), machine=machine, on_month=count
    )
    score, status, _ = published(state)
    words = status.astype(np.int64)
    none = np.zeros_like(words)
    kept_of = layout.pack_status(layout.grade_in(words, 0), layout.lists_in(words), none, none)
    return Seen(
        case, kept[0], most, last[0], score[0].astype(np.int64),
        kept_of, unmet_of(case.prepared, pl.concat(frames)), ended,
    )  # fmt: skip


def states(tallies: Tallies) -> dict[str, Ints]:
    """Persons in each state in a month, everybody together."""
    return {
        "consequence": tallies.consequences[:, 0].copy(),
        "listed": tallies.listed[:, 0].copy(),
        "grade": tallies.cells.sum(axis=1),
        "response": tallies.responses[:, 0].copy(),
    }


def read(seen: Seen, kind: str, name: str, other: Seen | None) -> Count:
    """One count of a run; ``name`` is an id, ``SCHEME/ID``, a group or nothing."""
    labels, persons = seen.case.prepared.labels, int(seen.last.persons[0])
    scheme, _, own = name.rpartition("/")
    place = labels.schemes.index(scheme) if scheme else 0
    among = int(seen.last.cells[place].sum() - seen.last.cells[place][:, NO_GRADE].sum())
    if kind == "records":
        mine = labels.schemes[place]
        rows = [k for k, (s, key) in enumerate(labels.rules)
                if s == mine and key.split("@")[0].split(".")[0] == own]  # fmt: skip
        if not rows:
            raise ValueError(f"{name}: no rule of the run has this id")
        return Count(int(seen.total.records[rows, 0].sum()), among, "records")
    if kind in ("consequence", "listed"):
        keys = labels.consequences if kind == "consequence" else labels.lists
        row = keys.index((labels.schemes[place], own))
        return Count(int(seen.most[kind][row]), among, "persons at once")
    if kind == "grade":
        row = labels.grades[place].index(own)
        return Count(int(seen.most["grade"][place, row]), among, "persons at once")
    if kind == "acts":
        return Count(int(seen.total.acts[labels.acts.index(own), 0]), persons, "acts")
    if kind == "forgone":
        rows = [labels.acts.index(own)] if own else list(range(len(labels.acts)))
        return Count(int(seen.total.forgone[rows, 0].sum()), persons, "acts")
    if kind == "response":
        row = EVENTS.index(own)
        if own in STANDING:
            return Count(int(seen.most["response"][row]), persons, "persons at once")
        return Count(int(seen.total.responses[row, 0]), persons, "cases")
    return _of_all(seen, kind, own, place, among, other)


def _of_all(
    seen: Seen, kind: str, own: str, place: int, among: int, other: Seen | None
) -> Count:
    """Counts of subjects, errors, objections, acts seen, months given up, and who was moved."""
    if kind == "subjects":
        cells = seen.last.cells[place].sum(axis=1)
        inside = cells - seen.last.cells[place][:, NO_GRADE]
        row = [group for _, groups in GROUPS for group in groups].index(own or "all")
        matrix = margin_matrix()
        return Count(int((matrix @ inside)[row]), int((matrix @ cells)[row]), "persons")
    if kind == "errors":
        return Count(int(seen.total.errors[ERRORS.index(own), 0]), among, "records")
    if kind == "seen":
        done = int(seen.total.acts[:, 0].sum())
        return Count(done - int(seen.total.unseen[:, 0].sum()), done, "acts")
    if kind == "ended":
        return Count(int(seen.ended[place]), seen.case.scenario.months, "months")
    if kind == "objections":
        row = OBJECTIONS.index(own)
        return Count(int(seen.total.appeals[place, row, 0]), among, "cases")
    if other is None:
        raise ValueError("moved is counted against another run; give the run `against`")
    differ = (seen.score != other.score) | (seen.status != other.status)
    return Count(int(differ.sum()), len(differ), "persons")


def count_all(
    tell: Callable[[str], None] = lambda _: None, only: Collection[str] = ()
) -> dict[str, Any]:
    """Make every run and read every count: what ``fired_counts.json`` holds.

    ``only``: runs to make anew; what is stored of the others stays.
    """
    wanted = asked()
    every = {**wanted.sweep, **wanted.fired}
    by_run: dict[str, list[tuple[str, str]]] = {}
    for item, counts in every.items():
        for count in counts:
            by_run.setdefault(count.split()[0], []).append((item, count))
    before = stored() if only else {"counts": {}, "runs": {}}
    found: dict[str, dict[str, Any]] = {item: dict(before["counts"].get(item, {}))
                                        for item in every}  # fmt: skip
    runs: dict[str, Any] = dict(before["runs"])
    for name, seen, other in seen_in_turn(set(only) or set(wanted.run), tell):
        for item, count in by_run.get(name, ()):
            _, kind, *rest = count.split(maxsplit=2)
            found[item][count] = read(seen, kind, "".join(rest), other)
        runs[name] = {
            "command": wanted.run[name].command(),
            "unmet": [f"{u.scheme}: {u.kind}: {u.title}" for u in seen.unmet],
        }
    ordered = {item: {count: found[item][count] for count in every[item]} for item in every}
    return {"counts": ordered, "runs": {name: runs[name] for name in wanted.run}}


def seen_in_turn(
    names: Collection[str], tell: Callable[[str], None]
) -> Iterator[tuple[str, Seen, Seen | None]]:
    """Runs of these names, each with the one against which it is counted, if there is one."""
    wanted = asked().run
    needed = {one for name in names if (one := wanted[name].against)}
    kept: dict[str, Seen] = {}
    # those that others are counted against come first, and are made once
    for name in sorted({*names, *needed}, key=lambda one: (one not in needed, one)):
        tell(name)
        seen = kept.get(name) or see(wanted[name])
        if name in needed:
            kept[name] = seen
        if name in names:
            against = wanted[name].against
            if against and against not in kept:
                kept[against] = see(wanted[against])
            yield name, seen, kept[against] if against else None


def main() -> None:
    """Print the counts anew, or say what differs."""
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="compare with what is stored")
    parser.add_argument("--only", nargs="+", default=[], choices=list(asked().run), metavar="RUN",
                        help="make these runs anew and leave the others as stored")
    given = parser.parse_args()
    made = count_all(lambda name: print(name, file=sys.stderr), given.only)
    made = json.loads(json.dumps(made))
    if not given.check:
        print(json.dumps(made, indent=1, ensure_ascii=False))
        return
    differing = [
        item for item in made["counts"] if made["counts"][item] != stored()["counts"].get(item)
    ]
    print("as stored" if made == stored() else f"otherwise than stored: {differing or 'the runs'}")
    sys.exit(made != stored())


if __name__ == "__main__":
    main()
