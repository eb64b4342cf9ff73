"""docs/validation.md: what is published beside what the model gives; misses stay.

    python docs/build/validation.py        runs the models, writes docs/build/validation.json

Rows come from three places: the marginals of the society (`county`), indicators of runs with
nothing set, and the signs of docs/model.md, which has the lines one by one. Nothing is tuned.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
KEPT = DOCS / "build" / "validation.json"
PEOPLE, MONTHS, SEEDS = 5_000, 60, (1, 2, 3)
HELD = 18  # seeds of 20 with the expected sign: a hit (assumed threshold)

# id, scheme, indicator, published low and high, unit, definition, label
RUN: tuple[tuple[str, str, str, float, float, str, str, str], ...] = (
    ("V6, O-B8", "judgment_list", "restricted", 1.0 / 1.5, 1.5, "of 100",
     "listed now, about 1 of 100 working-age adults; model: subjects under the list's restrictions"
     " after five years, a hit within a factor of 1.5", "fitted"),
    ("V14, O-K1", "wendeng_2020", "says_support", 80, 80, "of 100",
     "approval told to an online survey, about 80 of 100; a hit within 5", "predicted"),
    ("V18, O-K8", "wendeng_2020", "silent_opinion", 2, 20, "of 100 wished for",
     "fall of sensitive activity once watching is known, read as opinions not voiced; the bounds"
     " of the response are from the same studies", "implementation"),
)  # fmt: skip
SLACK = {"V14, O-K1": 5.0}

# Awareness is read in the last month of a run of its own: the year of the survey, the fourth of
# pilots that began with the outline of June 2014 (assumed). Its rates were fitted to it by the
# formula, with ties mixing evenly; runs add notice of restrictions and ties as they are.
KNOWN = "V16, O-C10"
KNOWN_IN, KNOWN_MONTHS, KNOWN_LEVEL = ("wendeng_2020", "rongcheng_press"), 48, 11.0
FACTOR = 1.5  # a hit within it (assumed threshold)

CANNOT = (
    ("V5, O-C2", "near-normal scores of Qianjiang", "by design of their model; its rules and"
     " weights are not published"),
    ("V4, O-Z7", "share of Hangzhou's registered above the waiver line", "which of two thresholds"
     " counted is not said, and no Hangzhou-like population is in the package"),
    ("V12, O-K9", "arrears after village shaming", "the abstract does not say whether points or"
     " per cent"),
    ("V30", "village networks are small worlds", "the numbers were not seen"),
    ("V2, S3-12", "Suzhou's top score of 134", "one case; the weights are not public"),
    ("V19, O-K10", "size of the loss of trust", "effect sizes were not seen; signs only"),
    ("O-B2 to O-B5, V10", "flights and trains refused", "attempts to buy, cumulative, firms'"
     " representatives among them; a stock of persons to divide by is not published by year"),
    ("V21, O-W3", "errors in credit files (26, 21, 13 and 5.2 of 100)", "audited by"
     " `python -m scoredsociety.study.files` in the western society; not yet in this table"),
)  # fmt: skip


def runs() -> dict[str, Any]:
    """Least and greatest of each published figure over the seeds; nothing is set."""
    from scoredsociety.study.indicators import read_all
    from scoredsociety.study.observe import case_of, observe
    from scoredsociety.study.scenario import Scenario

    found: dict[str, list[float]] = {}
    for scheme in dict.fromkeys(row[1] for row in RUN):
        for seed in SEEDS:
            case = case_of(Scenario((scheme,), people=PEOPLE, months=MONTHS, seed=seed, panel=0))
            values = read_all(case, observe(case))
            for name, scheme_of, indicator, *_ in RUN:
                if scheme_of == scheme:
                    found.setdefault(name, []).append(round(float(values[indicator]), 6))
    made = {name: [min(values), max(values)] for name, values in found.items()}
    return {"people": PEOPLE, "months": MONTHS, "seeds": list(SEEDS), "runs": made,
            "known": known(), "society": society()}  # fmt: skip


def known() -> dict[str, list[float]]:
    """Of 100 subjects, those who know of the scheme in the last month: least and greatest."""
    from scoredsociety.engine import tally
    from scoredsociety.study.observe import case_of, observe
    from scoredsociety.study.scenario import Scenario

    found = {}
    for scheme in KNOWN_IN:
        shares = []
        for seed in SEEDS:
            asked = Scenario((scheme,), people=PEOPLE, months=KNOWN_MONTHS, seed=seed, panel=0)
            last = observe(case_of(asked)).last
            subjects = float(last.sums[0, tally.U_SUBJECTS])
            shares.append(round(100 * float(last.responses[tally.V_KNOWS, 0]) / subjects, 6))
        found[scheme] = [min(shares), max(shares)]
    return found


def society() -> list[dict[str, Any]]:
    """The marginals of `county` as the command line prints them."""
    from typer.testing import CliRunner

    from scoredsociety.cli import app

    done = CliRunner().invoke(app, ["societies", "county", "--json"])
    start = done.stdout.index("{")
    targets: list[dict[str, Any]] = json.loads(done.stdout[start:])["targets"]
    keys = ("title", "unit", "published", "made", "low", "high", "met", "n", "source", "note")
    return [{key: one[key] for key in keys} for one in targets]


def outcome(low: float, high: float, made: Sequence[float], slack: float = 0.0) -> str:
    """Hit where the whole range over seeds lies in the published one, partly where some does."""
    if not all(math.isfinite(one) for one in made):
        return "not measured"
    low, high = low - slack, high + slack
    if low <= made[0] and made[1] <= high:
        return "hit"
    return "in part" if made[0] <= high and made[1] >= low else "miss"


def society_rows(kept: Mapping[str, Any]) -> Iterator[str]:
    """Rows of the society's marginals: fitted, or following from what was fitted."""
    for one in kept["society"]:
        if one["met"] is None:  # follows from the fitted ones, so it is no prediction
            label = "implementation"
            said = "hit" if one["low"] <= one["made"] <= one["high"] else "miss"
        else:
            label, said = "fitted", "hit" if one["met"] else "miss"
        published = f"{one['title']}: {one['published']:g} {one['unit']}"
        yield (f"| {one['source']} | {published} | `county`, {one['n']:,} drawn | "
               f"{one['made']:.4g} | {label} | {said} |")  # fmt: skip


def run_rows(kept: Mapping[str, Any]) -> Iterator[str]:
    """Rows of indicators of runs with nothing set."""
    for name, scheme, _, low, high, unit, definition, label in RUN:
        made = kept["runs"].get(name)
        said = outcome(low, high, made, SLACK.get(name, 0.0)) if made else "not yet run"
        shown = f"{made[0]:.3g} to {made[1]:.3g}" if made else "-"
        published = f"{low:.3g}" if low == high else f"{low:.3g} to {high:.3g}"
        yield (f"| {name} | {published} {unit} | `{scheme}`: {definition} | {shown} | {label} | "
               f"{said} |")  # fmt: skip


def known_rows(kept: Mapping[str, Any]) -> Iterator[str]:
    """Rows of awareness in the year of the survey."""
    for scheme in KNOWN_IN:
        made = kept.get("known", {}).get(scheme)
        said = outcome(KNOWN_LEVEL / FACTOR, KNOWN_LEVEL * FACTOR, made) if made else "not yet run"
        shown = f"{made[0]:.3g} to {made[1]:.3g}" if made else "-"
        says = (f"people living in a pilot who knew of it, in 2018; model: subjects who know after "
                f"{KNOWN_MONTHS} months (that 2018 is the fourth year is assumed), a hit within a "
                f"factor of {FACTOR}")  # fmt: skip
        yield (f"| {KNOWN} | {KNOWN_LEVEL:g} of 100 | `{scheme}`: {says} | {shown} | fitted | "
               f"{said} |")  # fmt: skip


def sign_rows(model: str) -> Iterator[str]:
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
        yield (f"| {target} | sign {expected} | {says} | {mean} ({seeds} seeds - / 0 / +) | "
               f"{label} | {said} |")  # fmt: skip


def page() -> str:
    """docs/validation.md."""
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    model = (DOCS / "model.md").read_text(encoding="utf-8")
    head = ["| id | published | definition used | model, over seeds | label | |",
            "|---|---|---|---|---|---|"]  # fmt: skip
    rows = [*run_rows(kept), *known_rows(kept), *sign_rows(model), *society_rows(kept)]
    ends = [row.split("|")[-2].strip() for row in rows]
    labels = [row.split("|")[-3].strip() for row in rows]
    predicted = [end for end, label in zip(ends, labels, strict=True) if label == "predicted"]
    targets = dict.fromkeys(row.split("|")[1].strip() for row, label in
                            zip(rows, labels, strict=True) if label == "predicted")  # fmt: skip
    tally = ", ".join(f"{predicted.count(one)} {one}" for one in dict.fromkeys(predicted))
    return "\n".join([
        "# What is published beside what the model gives",
        "", "Made by `make pages ONLY=validation`; do not edit. *Synthetic society, not a",
        "forecast.* Ids are those of the outside evidence and of its targets. **Fitted**: a number",
        "was chosen to meet it, so it is no evidence. **Predicted**: nothing was chosen to meet",
        "it. **Implementation**: it follows from the form that was asked for, or from what was",
        "fitted. Misses stay, and nothing is tuned to end one.", "",
        f"{len(rows)} rows, {len(predicted)} of them predicted: {tally}. The predicted rows are",
        f"{len(targets)} published findings ({'; '.join(targets)}), under several forms each.", "",
        "The range over assumptions is not in this table yet: it needs the design over bounds.",
        f"Runs: {kept['people']:,} people, {kept['months']} months from a fresh start, "
        f"{len(kept['seeds'])} seeds, nothing set.",
        "Signs are of runs in which everybody knows of the scheme, as those of the findings do.",
        f"A sign is a hit if {HELD} of 20 seeds have it (assumed).", "",
        *head, *rows, "", "## What cannot be produced, and what is missing for it", "",
        "| id | figure | missing |", "|---|---|---|",
        *(f"| {name} | {figure} | {missing} |" for name, figure, missing in CANNOT), "",
    ])  # fmt: skip


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    KEPT.write_text(json.dumps(runs(), indent=1) + "\n", encoding="utf-8")
    print("Synthetic society, not a forecast.\n")
    print(f"{KEPT.relative_to(ROOT)} is written")
