"""One real study: friends' scores under ``sesame_documented``, and what they do to ties.

The weight of the category *relationships* is raised from nothing over the documented 0.05 to a
half, the other categories keeping their proportions; people drop ties by what they cost (weight
times gap), by the gap alone, drop some at random, or drop none. Everybody knows of the scheme, and
ties know each other's scores (assumed; the scheme shows them by choice). Wei, Yildirim, Van den
Bulte and Dellarocas (2016) expect fewer ties, more alike. ``python -m
studies.friends`` writes the table and the figure again; docs/summary-friends.md is
made of them (docs/build/pages.py).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import polars as pl

from scoredsociety.engine.inputs import Machine
from scoredsociety.engine.run import advance_run, begin_run
from scoredsociety.engine.run_constants import settle
from scoredsociety.measure.statistics.replicates import mean_interval
from scoredsociety.measure.ties.network import assortativity
from scoredsociety.runs.edge_list import open_ties
from scoredsociety.runs.scenario import Scenario
from scoredsociety.runs.seeds import seed_of
from scoredsociety.study.ensemble.cases import case_of
from scoredsociety.study.questions.plausible_settings import EVERYBODY_KNOWS
from scoredsociety.study.readout.persons import subjects_now

SCHEME = "sesame_documented"
WEIGHTS = ("0", "0.05", "0.2", "0.5")
OTHERS = {"credit_history": 35, "fulfilment_capacity": 25, "behaviour": 20,
          "personal_characteristics": 15}  # of the documented 95  # fmt: skip
FORMS = {
    "worth": "dropped by what they cost",
    "gap": "dropped by the gap, whatever it costs",
    "random": "dropped at random",
    "kept": "none dropped",
}
MEASURED = ("ties", "gap", "likeness")
SHOWN_FORMS, SHOWN_WEIGHTS = ("worth", "kept"), (WEIGHTS[0], WEIGHTS[1], WEIGHTS[3])


def weights(friends: str) -> tuple[str, ...]:
    """The ``--set`` of all categories for a weight of friends; they add up to one exactly."""
    left = 1 - Fraction(friends)
    shares = {name: round(left * part / 95, 4) for name, part in OTHERS.items()}
    shares["credit_history"] += left - sum(shares.values())
    told = {"relationships": Fraction(friends), **shares}
    return tuple(f"category.{name}.weight={float(share):.4f}" for name, share in told.items())


def asked(form: str, friends: str, base: Scenario, known: bool = True) -> Scenario:
    """The scenario of one cell; ``known``: ties know each other's scores, whoever shows them."""
    told = {
        "worth": "response.ties.form=worth",
        "gap": "response.ties.form=gap",
        "random": "response.ties.form=random",
        "kept": "response.ties.form=none",
    }
    off = (*base.switched_off, "visibility") if known else base.switched_off
    sets = (*base.sets, *EVERYBODY_KNOWS, *weights(friends), told[form])
    return replace(base, sets=sets, switched_off=off)


def measured(scenario: Scenario) -> tuple[float, float, float]:
    """Ties a subject, mean gap of score between tied subjects, and its correlation over ties."""
    inputs = case_of(scenario).prepared.inputs
    setting = settle(inputs)
    state = advance_run(inputs, setting, begin_run(inputs, setting), machine=Machine(1, 4))
    ties = open_ties(inputs, setting, state)
    scored = subjects_now(state.exchange.status, 0)
    both = scored[ties.one] & scored[ties.other]
    one, other = ties.one[both], ties.other[both]
    score = state.exchange.score[0].astype(np.int64)
    gap = np.abs(score[one] - score[other]).mean() / 100
    return 2 * len(one) / int(scored.sum()), float(gap), assortativity(
        np.stack((one, other), axis=1), score)  # fmt: skip


Cell = tuple[str, str, int]  # form, weight of friends, replicate


def cells(base: Scenario, replicates: int) -> dict[Cell, Scenario]:
    """Every run of the study."""
    return of_cells(base, replicates, tuple(FORMS), WEIGHTS, known=True)


def shown_cells(base: Scenario, replicates: int) -> dict[Cell, Scenario]:
    """Every run at the scheme's own visibility."""
    return of_cells(base, replicates, SHOWN_FORMS, SHOWN_WEIGHTS, known=False)


def of_cells(
    base: Scenario, replicates: int, forms: Sequence[str], friends: Sequence[str], known: bool
) -> dict[Cell, Scenario]:
    """A run for each form, weight and replicate."""
    return {
        (form, w, k): asked(form, w, replace(base, seed=seed_of(base.seed, k)), known)
        for form in forms for w in friends for k in range(replicates)
    }  # fmt: skip


def study(base: Scenario, replicates: int = 3, workers: int = 2) -> pl.DataFrame:
    """One row a form, weight and measure: mean over replicates with its interval.

    ``change`` is against friends who do not count at all, same people and luck, same form.
    """
    runs = cells(base, replicates)
    with ThreadPoolExecutor(workers) as pool:
        found = dict(zip(runs, pool.map(measured, runs.values()), strict=True))
    rows = []
    for form in FORMS:
        for w in WEIGHTS:
            for place, name in enumerate(MEASURED):
                values = [found[form, w, k][place] for k in range(replicates)]
                start = [found[form, WEIGHTS[0], k][place] for k in range(replicates)]
                level = mean_interval(values)
                change = mean_interval(np.array(values) - np.array(start))
                rows.append((FORMS[form], w, name, level.value, level.low, level.high,
                             change.value, change.low, change.high, replicates))  # fmt: skip
    return pl.DataFrame(rows, orient="row", schema=[
        "ties_are", "weight_of_friends", "measure", "value", "low", "high", "change",
        "change_low", "change_high", "replicates",
    ])  # fmt: skip


def as_shown(base: Scenario, replicates: int) -> str:
    """The table where a score is known only if the scheme shows it, as the scheme is written."""
    rows = ["| ties are | weight of friends | ties a subject | correlation of scores over ties |",
            "|---|---|---|---|"]  # fmt: skip
    runs = shown_cells(base, replicates)
    for form in SHOWN_FORMS:
        for weight in SHOWN_WEIGHTS:
            found = np.mean(
                [measured(runs[form, weight, k]) for k in range(replicates)], axis=0
            )
            rows.append(f"| {FORMS[form]} | {weight} | {found[0]:.2f} | {found[2]:.2f} |")
    return "\n".join(rows)


def figure(frame: pl.DataFrame) -> str:
    """Ties a person by weight of friends, as SVG."""
    from scoredsociety.report.charts.figure import picture
    from scoredsociety.report.charts.vega_lite import bars

    rows = [
        {"name": f"{row['ties_are']}, friends weigh {row['weight_of_friends']}",
         "value": row["value"], "label": f"{row['value']:.2f}"}
        for row in frame.filter(measure="ties").to_dicts()
    ]  # fmt: skip
    title = "Ties a person after three years (synthetic society, not a forecast)"
    chart = bars(rows, title=title, unit="ties between subjects, a subject")
    said = " ".join(lines(frame))
    return picture(chart, name="friends", title=title, description=said).svg


def lines(frame: pl.DataFrame) -> Iterator[str]:
    """The table in words."""
    for row in frame.to_dicts():
        yield (
            f"{row['measure']}, {row['ties_are']}, friends weigh {row['weight_of_friends']}: "
            f"{row['value']:.3f} ({row['low']:.3f} to {row['high']:.3f}), change "
            f"{row['change']:+.3f} ({row['change_low']:+.3f} to {row['change_high']:+.3f})."
        )


def kept(path: Path) -> pl.DataFrame:
    """The table as it was written."""
    return pl.read_csv(path, schema_overrides={"weight_of_friends": pl.String})


def options() -> argparse.ArgumentParser:
    """What the command takes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--replicates", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("docs"))
    parser.add_argument("--as-shown", action="store_true",
                        help="print the table at the scheme's own visibility; write no file")
    return parser


def base_of(asked_for: argparse.Namespace) -> Scenario:
    """The scenario that every run varies."""
    return Scenario((SCHEME,), people=asked_for.people, months=asked_for.months, panel=0)


def scenarios_of(words: Sequence[str]) -> list[Scenario]:
    """Every run that the command makes with these words."""
    asked_for = options().parse_args(words)
    every = shown_cells if asked_for.as_shown else cells
    return list(every(base_of(asked_for), asked_for.replicates).values())


def main(words: Sequence[str] | None = None) -> None:
    """Write friends.csv and friends.svg into a folder, and print the table."""
    asked_for = options().parse_args(words)
    base = base_of(asked_for)
    if asked_for.as_shown:
        print("Synthetic society, not a forecast.\n")
        print(as_shown(base, asked_for.replicates))
        return
    frame = study(base, asked_for.replicates, asked_for.threads)
    asked_for.out.mkdir(parents=True, exist_ok=True)
    frame.with_columns(note=pl.lit("synthetic society, not a forecast")).write_csv(
        asked_for.out / "friends.csv", float_precision=4
    )
    (asked_for.out / "friends.svg").write_text(figure(frame) + "\n", encoding="utf-8")
    print("\n".join(lines(frame)))


if __name__ == "__main__":
    main()
