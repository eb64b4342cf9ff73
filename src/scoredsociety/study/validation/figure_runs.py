"""Runs that stand beside published figures: some seeds with nothing set, and points of a design.

The seeds say what luck does, the points how far what is assumed carries a figure: each is a place
in the space of everything assumed (study/ensemble/parameter_space.py), the same people with the
same luck. Points run at a smaller size than seeds, so their range holds the luck of that size too,
once.

    python -m scoredsociety.study.validation.figure_runs        writes study/validation/figures.json
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.resources import files
from math import isfinite
from pathlib import Path
from typing import Any

from scoredsociety.errors import UserError
from scoredsociety.runs.scenario import Scenario
from scoredsociety.scheme.read.load import load_scheme
from scoredsociety.study.ensemble.cases import case_of
from scoredsociety.study.ensemble.latin_hypercube import sets_of, unit_latin
from scoredsociety.study.ensemble.parameter_space import movable, space_of, wide
from scoredsociety.study.validation import figures as f
from scoredsociety.study.validation.figure_values import SIZES, plain_scenario, values_of

KEPT = Path(str(files("scoredsociety.study.validation"))) / "figures.json"
SEEDS, POINTS = (1, 2, 3), 64
PEOPLE = {f.LIST: 40_000, f.NOBODY: 40_000}  # few are listed or give blood, so more are run
POINT_PEOPLE = {f.LIST: 8_000, f.NOBODY: 8_000}
SEED_PEOPLE, FEW = 5_000, 2_000
EVERY = (*f.RUNS, "files", "examples")
TOLD = {"V1": "suining_2010", "V3": "wendeng_2020"}  # arithmetic that worked examples hold


def _seeds_of(run: str) -> list[dict[str, float]]:
    """The values of each seed, nothing set."""
    people = PEOPLE.get(run, SEED_PEOPLE)
    return [values_of(run, plain_scenario(run, people, seed)) for seed in SEEDS]


def _point_scenarios(run: str, points: int) -> Iterator[Scenario]:
    """A scenario a point, of the first seed."""
    few = plain_scenario(run, POINT_PEOPLE.get(run, FEW), SEEDS[0])
    first = case_of(few)
    axes, _ = movable(first, space_of(first)[0])
    base = wide(few, first)
    for shares in unit_latin(points, axes, 0):
        yield replace(base, sets=(*base.sets, *sets_of(axes, shares)))


def of_point(run: str, scenario: Scenario) -> dict[str, float] | None:
    """The values of a point; None where the documents refuse it."""
    try:
        return values_of(run, scenario)
    except UserError:
        return None


def spans(rows: Iterable[Mapping[str, float]]) -> dict[str, list[float]]:
    """Least and greatest of each value that arose."""
    found: dict[str, list[float]] = {}
    for row in rows:
        for name, value in row.items():
            if isfinite(value):
                found.setdefault(name, []).append(value)
    return {name: [float(f"{end(values):.6g}") for end in (min, max)]
            for name, values in found.items()}  # fmt: skip


def of_run(run: str, points: int, workers: int) -> dict[str, Any]:
    """Both ranges of one run's values, and at what size they were made."""
    with ThreadPoolExecutor(workers) as pool:
        made = list(pool.map(lambda one: of_point(run, one), _point_scenarios(run, points)))
    whole = [one for one in made if one is not None]
    return {
        "people": PEOPLE.get(run, SEED_PEOPLE), "months": SIZES[run],
        "point_people": POINT_PEOPLE.get(run, FEW), "points": len(whole),
        "refused": len(made) - len(whole), "seeds": spans(_seeds_of(run)), "range": spans(whole),
    }  # fmt: skip


def _of_files(people: int = 10_000) -> dict[str, list[float]]:
    """Errors in credit files (V21), over seeds, at the rates that were fitted to them."""
    from scoredsociety.study.validation.file_audit import EVEN, audited, base, with_rates

    made = [audited(with_rates(base(people, seed), EVEN, "0")) for seed in SEEDS]
    rows = [{"error": one.error, "score": one.score, "tier": one.tier, "small": one.small}
            for one in made]  # fmt: skip
    return spans(rows)


def _of_examples() -> dict[str, list[int]]:
    """Worked examples that hold, and how many there are, of each scheme that V1 and V3 name."""
    from scoredsociety.conduct.model import load_conduct
    from scoredsociety.runs.documents.worked_examples import failing_examples

    found = {}
    for name in TOLD.values():
        scheme = load_scheme(name)
        count = len(scheme.example)
        found[name] = [count - len(failing_examples(scheme, load_conduct("everyday"))), count]
    return found


def make(runs: Iterable[str], points: int = POINTS, workers: int = 2) -> None:
    """Make the runs and keep what came out, beside what other runs came to."""
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    for run in runs:
        if run == "files":
            kept[run] = _of_files()
        elif run == "examples":
            kept[run] = _of_examples()
        else:
            kept[run] = of_run(run, points, workers)
        KEPT.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


def _main() -> None:
    """Some of the runs or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", nargs="*", default=EVERY)
    parser.add_argument("--points", type=int, default=POINTS)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    make(asked.runs, asked.points, asked.workers)
    print("Synthetic society, not a forecast.\n")
    print(f"{KEPT.name} is written")


if __name__ == "__main__":
    _main()
