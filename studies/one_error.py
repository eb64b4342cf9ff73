"""What one wrong record costs the person it is filed on, and whom else it reaches (Q6; S3-33).

A record of somebody else's act is filed on people who have nothing to do with it, one each, two
months after the start; the same people live the same months with the same luck without it. What
differs is what the record did: points, months under a restriction, others' scores. Wrong records
can be objected to as the society has it. Two hundred are planted in one run, so that there is
something to average; each person is compared with herself or himself. No row of a person is kept.

    python -m studies.one_error
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from scoredsociety.calendar import month_text
from scoredsociety.engine.inputs import Machine
from scoredsociety.engine.run import MonthOutcome, advance_run, begin_run
from scoredsociety.engine.run_constants import settle
from scoredsociety.runs.scenario import Scenario
from scoredsociety.runs.seeds import seeds_of
from scoredsociety.study.ensemble.cases import case_of
from scoredsociety.study.readout.persons import denied_by, derived_of, subjects_now

SCHEME = "wendeng_2020"
# from a trifle to the way straight to the lowest grade, as the rule text has them (O-R0)
ACTS = ("parking_ticket", "judged_in_breach", "administrative_detention", "judgment_unpaid")
AFTER = 2  # months from the start until the record is filed
KEPT = Path("docs/build/questions/error.json")


@dataclass(frozen=True)
class Lives:
    """Everybody, month by month."""

    score: npt.NDArray[np.int32]  # (months, people) published, centipoints
    denied: npt.NDArray[np.bool_]  # (months, people) under a restriction
    subject: npt.NDArray[np.bool_]  # (people,) scored in every month
    origin: int  # the first month


def lives(scenario: Scenario) -> Lives:
    """Run a scenario and follow what was published of everybody."""
    inputs = case_of(scenario).prepared.inputs
    setting = settle(inputs)
    derived = derived_of(inputs)
    scores, denials, subjects = [], [], []

    def note(outcome: MonthOutcome) -> None:
        here = outcome.exchange
        coarse = setting.persons_at(outcome.month - inputs.origin).coarse
        scores.append(here.score[0].copy())
        denials.append(denied_by(inputs, here.status, here.score, 0, derived, coarse=coarse))
        subjects.append(subjects_now(here.status, 0))

    advance_run(inputs, setting, begin_run(inputs, setting), machine=Machine(1, 4), on_month=note)
    return Lives(np.array(scores), np.array(denials), np.all(subjects, axis=0), inputs.origin)


def planted(base: Scenario, act: str, seats: Sequence[int], origin: int) -> Scenario:
    """The scenario with a wrong record of an act filed on each of the seats."""
    month = month_text(origin + AFTER)
    return replace(base, planted=tuple(f"{seat}:{act}:{month}" for seat in seats))


def chosen(without: Lives, records: int) -> list[int]:
    """Seats spread evenly over those that are scored from the first month to the last."""
    scored = np.flatnonzero(without.subject)
    places = np.linspace(0, len(scored) - 1, records).round().astype(np.int64)
    return [int(seat) for seat in scored[places]]


def cost(without: Lives, under: Lives, seats: Sequence[int]) -> dict[str, float]:
    """What the records did to those they were filed on, and to all others."""
    fewer = without.score[:, seats] - under.score[:, seats]  # centipoints
    barred = under.denied[:, seats] & ~without.denied[:, seats]
    touched = (without.score != under.score).any(axis=0)
    touched[list(seats)] = False
    reached = (fewer != 0).any(axis=0)
    return {
        "points": float(fewer.max(axis=0).mean()) / 100,
        "scored_lower": 100 * float((fewer > 0).any(axis=0).mean()),
        "restricted": 100 * float(barred.any(axis=0).mean()),
        "months": float(barred.sum(axis=0).mean()),
        "still_restricted": 100 * float(barred[-1].mean()),
        "still_lower": 100 * float((fewer[-1] > 0).mean()),
        "others": float(touched.sum()) / max(1, int(reached.sum())),
    }


def study(base: Scenario, replicates: int, records: int) -> list[dict[str, Any]]:
    """One row an act and measure: mean over seeds, least and most of a seed."""
    found: dict[str, list[dict[str, float]]] = {act: [] for act in ACTS}
    for seed in seeds_of(base.seed, replicates):
        one = replace(base, seed=seed)
        without = lives(one)
        seats = chosen(without, records)
        for act in ACTS:
            under = lives(planted(one, act, seats, without.origin))
            found[act].append(cost(without, under, seats))
    return [
        {"act": act, "measure": name, "value": float(np.mean(values)),
         "least": min(values), "most": max(values)}
        for act, rows in found.items() for name in rows[0]
        for values in [[row[name] for row in rows]]
    ]  # fmt: skip


def options() -> argparse.ArgumentParser:
    """What the command takes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--replicates", type=int, default=3)
    parser.add_argument("--records", type=int, default=200, help="wrong records of each kind")
    parser.add_argument("--out", type=Path, default=KEPT)
    return parser


def lines(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The table in words."""
    for row in rows:
        yield (f"{row['act']}, {row['measure']}: {row['value']:.2f} "
               f"({row['least']:.2f} to {row['most']:.2f})")  # fmt: skip


def main(words: Sequence[str] | None = None) -> None:
    """Write the table, and print it."""
    asked = options().parse_args(words)
    base = Scenario((SCHEME,), people=asked.people, months=asked.months, panel=0)
    rows = study(base, asked.replicates, asked.records)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    made = {"people": asked.people, "months": asked.months, "seeds": asked.replicates,
            "records": asked.records, "rows": rows}  # fmt: skip
    asked.out.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    print("Synthetic society, not a forecast.\n")
    print("\n".join(lines(rows)))


if __name__ == "__main__":
    main()
