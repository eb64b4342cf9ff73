"""How much a month does, counted: a measure of speed that does not depend on a clock.

``python -m tests.engine.month_work`` (SCOREDSOCIETY_JIT=0) prints, for each run of ``RUNS``, how
often the functions of ``COUNTED`` are called in a thousand person-months.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any

from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.run import advance_run, begin_run
from scoredsociety.engine.run_constants import settle
from scoredsociety.runs.prepare import prepare
from scoredsociety.runs.scenario import Scenario

PEOPLE, MONTHS = 160, 14
RUNS = ("wendeng_2020", "sesame_press", "national_composite")
# what is counted, by the functions that do it: (module, name)
COUNTED = {
    "draws": ("scoredsociety.keyed", "philox"),  # of one person or pair at a time
    "rows drawn": ("scoredsociety.keyed", "draw_row"),  # of 32 seats at once
    "traits worked out": ("scoredsociety.society.people.traits", "fill"),
    "rescorings": ("scoredsociety.engine.score.scoring", "score_person"),
    "acts weighed": ("scoredsociety.engine.respond.worth", "weigh"),
    "ties found": ("scoredsociety.society.ties.together", "other_end"),
    "acts": ("scoredsociety.engine.collect.filing", "record_act"),
}


def counting(counts: Counter[str], name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    """The function, which counts how often it is called."""

    @wraps(original)
    def counted(*values: Any) -> Any:
        counts[name] += 1
        return original(*values)

    return counted


def watch() -> Counter[str]:
    """Have every module count the calls of what ``COUNTED`` names."""
    counts: Counter[str] = Counter()
    house = [module for name, module in sys.modules.items() if name.startswith("scoredsociety")]
    for name, (where, function) in COUNTED.items():
        original = getattr(sys.modules[where], function)
        counted = counting(counts, name, original)
        for module in house:
            for alias, value in list(vars(module).items()):
                if value is original:
                    setattr(module, alias, counted)
    return counts


def work_of(inputs: Inputs, counts: Counter[str]) -> dict[str, int]:
    """Calls in a thousand person-months, the first month left out."""
    setting = settle(inputs)
    state = begin_run(inputs, setting)
    state = advance_run(inputs._replace(months=1), setting, state)
    counts.clear()
    advance_run(inputs, setting, state)
    lived = inputs.seats.people * (inputs.months - 1)
    return {name: round(1000 * counts[name] / lived) for name in COUNTED}


def main() -> None:
    """Print what each run does."""
    counts = watch()
    found = {}
    for scheme in RUNS:
        asked = Scenario((scheme,), people=PEOPLE, months=MONTHS, panel=0)
        found[scheme] = work_of(prepare(asked).inputs, counts)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
