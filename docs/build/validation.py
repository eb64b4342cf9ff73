"""docs/validation.md: what is published beside what the model gives; misses stay.

    python docs/build/validation.py    runs the models; study/validation/figures.json,
    build/validation.json

Rows come from four places: published figures that runs are asked for (study/validation/figures.py,
made by `python -m scoredsociety.study.validation.figure_runs`, with ranges over seeds and over what
is assumed), the signs of docs/model.md, which has the lines one by one, and the marginals and
network of the society (`county`). Nothing is tuned.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scoredsociety.study.validation import figure_runs, figures
from scoredsociety.study.validation.figure_table import MISS, Row, figure_rows, outcome, sizes

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
KEPT = DOCS / "build" / "validation.json"
HELD = 18  # seeds of 20 with the expected sign: a hit (assumed)
LARGEST = 99.91  # O-N3, of 100 people in one component

CANNOT = (
    ("V4, O-Z7", "share of Hangzhou's registered above the waiver line", "which of two thresholds"
     " counted is not said, and no Hangzhou-like population is in the package"),
    ("V12, O-K9", "arrears after village shaming", "the abstract does not say whether points or"
     " per cent"),
    ("V30", "village networks are small worlds", "the numbers were not seen"),
    ("V2, S3-12", "Suzhou's top score of 134", "one case; the weights are not public"),
    ("V19, O-K10", "size of the loss of trust", "effect sizes were not seen; signs only"),
    ("V26, O-D18", "registered volunteers, 12 to 15 of 100", "who is registered is not in the"
     " model; hours are fitted (docs/conduct.md)"),
    ("O-B2 to O-B5", "flights refused a person on the list", "the people on the list are not"
     " published by year, only the sum of listings, which stands above"),
    ("O-B4, O-B2", "posts blocked, deposits frozen, people detained", "attempts and sums without a"
     " number of people to divide by"),
    ("O-B17", "enforcement cases a year", "a case is no person, and who is party to how many is"
     " not published"),
    ("O-W5", "drivers below 4.6 stars, 2 to 3 of 100 [M]", "how riders rate was set with it in"
     " view, so it would say nothing"),
    ("the list by place", "listed people by town and village", "not found; the model's stand in"
     " `python -m scoredsociety.study.validation.list_flows`"),
)  # fmt: skip


def society() -> dict[str, Any]:
    """The marginals and the network of `county` as the command line prints them."""
    from typer.testing import CliRunner

    from scoredsociety.cli import app

    done = CliRunner().invoke(app, ["societies", "county", "--json"])
    record = json.loads(done.stdout[done.stdout.index("{"):])
    keys = ("title", "unit", "published", "made", "low", "high", "met", "n", "source", "note")
    return {"society": [{key: one[key] for key in keys} for one in record["targets"]],
            "network": record.get("network")}  # fmt: skip


def society_rows(kept: Mapping[str, Any]) -> Iterator[Row]:
    """Rows of the society's marginals: fitted, or following from what was fitted."""
    for one in kept["society"]:
        if one["met"] is None:  # follows from the fitted ones, so it is no prediction
            label = "implementation"
            said = "hit" if one["low"] <= one["made"] <= one["high"] else "miss"
        else:
            label, said = "fitted", "hit" if one["met"] else "miss"
        yield Row(one["source"], one["title"], "county",
                  f"{one['title']}: {one['published']:g} {one['unit']}", f"{one['n']:,} drawn",
                  f"{one['made']:.4g}", "-", label, said)  # fmt: skip


def network_rows(kept: Mapping[str, Any]) -> Iterator[Row]:
    """One component holds nearly everybody, which nothing was chosen to meet."""
    reached = (kept.get("network") or {}).get("reach")
    if reached is None:
        return
    made = 100 * float(reached)
    yield Row("O-N3", "one component", "county", f"{LARGEST} of 100 in one component (online"
              " friends, 2011)", "largest share of people that others reach, all layers; a hit"
              " within 1", f"{made:.4g}", "-", "predicted",
              outcome(LARGEST, LARGEST, (made, made), 1.0))  # fmt: skip


def sign_rows(model: str) -> Iterator[Row]:
    """Rows of expected signs, from the table in model.md; a line without one is no target."""
    found = re.search(r"<!-- made: signs -->\n(.*?)\n<!-- made end -->", model, re.S)
    if found is None:
        raise ValueError("model.md has no part marked 'made: signs'")
    for line in found[1].splitlines()[2:]:
        target, says, expected, mean, seeds, label = (one.strip() for one in line.split("|")[1:-1])
        if expected == "none":
            continue
        below, same, above = (int(one) for one in seeds.split("/"))
        count = above if expected == "+" else below
        need = math.ceil(HELD / 20 * (below + same + above))
        said = "hit" if count >= need else "miss"
        yield Row(target, target, "two runs", f"sign {expected}", says,
                  f"{mean} ({seeds} seeds - / 0 / +)", "-", label, said)  # fmt: skip


def all_rows() -> list[Row]:
    """Every row, figures of runs first."""
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    model = (DOCS / "model.md").read_text(encoding="utf-8")
    return [*figure_rows(), *network_rows(kept), *sign_rows(model), *society_rows(kept)]


def findings(every: list[Row]) -> dict[str, list[str]]:
    """Outcomes of each predicted finding; V20 under many forms is one."""
    found: dict[str, list[str]] = {}
    for row in every:
        if row.label == "predicted":
            name = row.finding if row.finding == row.id else f"{row.id} ({row.finding})"
            found.setdefault(name, []).append(row.outcome)
    return found


def summary(every: list[Row]) -> list[str]:
    """How many rows and findings, and how they end."""
    ends = [row.outcome for row in every if row.label == "predicted"]
    found = findings(every)
    tally = ", ".join(f"{ends.count(one)} {one}" for one in dict.fromkeys(ends))
    whole = sum(set(one) == {"hit"} for one in found.values())
    none = sum(set(one) == {MISS} for one in found.values())
    return [
        f"{len(every)} rows, {len(ends)} of them predicted: {tally}.", "",
        f"The predicted rows are {len(found)} published findings, for one finding may stand under"
        " many forms",
        f"(V20 alone has {len(found.get('V20', ()))} rows). Met in every row: {whole}; in none:"
        f" {none}. They are:",
        f"{'; '.join(found)}.",
    ]  # fmt: skip


def page() -> str:
    """docs/validation.md."""
    every = all_rows()
    head = ["| id | published | definition used | model, over seeds | over what is assumed "
            "| label | |", "|---|---|---|---|---|---|---|"]  # fmt: skip
    lines = [f"| {one.id} | {one.published} | `{one.scheme}`: {one.definition} | {one.seeds} | "
             f"{one.range} | {one.label} | {one.outcome} |" for one in every]  # fmt: skip
    return "\n".join([
        "# What is published beside what the model gives",
        "", "Made by `make pages ONLY=validation`; do not edit. *Synthetic society, not a",
        "forecast.* Ids are those of the outside evidence and of its targets. **Fitted**: a number",
        "was chosen to meet it, so it is no evidence. **Predicted**: nothing was chosen to meet",
        "it. **Implementation**: it follows from the form that was asked for, or from what was",
        "fitted. Misses stay, and nothing is tuned to end one.", "",
        *summary(every), "",
        "Three seeds with nothing set give the model's range, and a hit goes by it. The range over",
        "what is assumed is that of a Latin hypercube over every assumed number and rival form",
        "(`scored questions` has the axes), at one seed and a smaller size, and of the seeds: "
        + "; ".join(map(sizes, figures.RUNS)) + ".",
        "It holds, once, the luck of that size: of a few thousand people some tens are listed.",
        f"A sign is a hit if {HELD} of 20 seeds have it (assumed).", "",
        *head, *lines, "", "## What cannot be produced, and what is missing for it", "",
        "| id | figure | missing |", "|---|---|---|",
        *(f"| {name} | {figure} | {missing} |" for name, figure, missing in CANNOT), "",
    ])  # fmt: skip


if __name__ == "__main__":
    figure_runs.make(figure_runs.EVERY)
    KEPT.write_text(json.dumps(society(), indent=1) + "\n", encoding="utf-8")
    print("Synthetic society, not a forecast.\n")
    print(f"{KEPT.relative_to(ROOT)} is written")
