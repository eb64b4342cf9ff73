"""When would Suining's and Wendeng's rules be given up, under fixed thresholds? (S3-19, S3-20)

Two cases exist: Suining's scheme was said to be cancelled, Wendeng's goes on. Two cases cannot
fix a hazard, so what is given is a *share of the plausible settings* declared below in which the
operator's thresholds are crossed, and how that share moves when one property of the scheme, or one
part of the support mechanism, is taken out. A share, never a finding about either place.

    python -m studies.abandonment
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import product
from typing import NamedTuple

from scoredsociety.engine.control.authority import GONE
from scoredsociety.engine.inputs import Inputs, Machine
from scoredsociety.engine.run import MonthOutcome, advance_run, begin_run
from scoredsociety.engine.run_constants import settle
from scoredsociety.engine.state import SUSPENDED
from scoredsociety.runs.scenario import Scenario
from scoredsociety.study.ensemble.cases import case_of, vary

SCHEMES = ("suining_2010", "wendeng_2020")

# The declared grid: values of assumed coefficients, within their bounds (conduct/responses.py).
BASE = ("0.2", "0.6", "1")  # logits of support with nothing gained or lost
FALSIFIED = ("0", "0.5", "0.9")  # opponents who say to others that they support
AWARE = ("0", "0.5")  # share that knows from the first month on
THRESHOLDS = (("0.1", "0.2"), ("0.4", "0.55"), ("0.6", "0.8"))  # suspended at, abandoned at


@dataclass(frozen=True)
class Property:
    """One property that is taken out or made strong: of the scheme, or of how support is formed."""

    id: str
    says: str
    without: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()


WHOLE = Property("whole", "as written")
OF_SUPPORT = (
    Property("not_seen", "sanctions among ties do not count", sets=("support.values.seen=0",)),
    Property("no_errors", "errors do not count", sets=("support.values.arbitrary=0",)),
    Property("no_loss", "own restrictions do not count", sets=("support.values.loss=0",)),
    Property("no_gain", "own rewards do not count", sets=("support.values.gain=0",)),
    Property("like", "unlike treatment does not count", sets=("support.values.unlike=0",)),
    Property("unlike", "unlike treatment counts as much as its bound",
             sets=("support.values.unlike=1",)),
    Property("misuse", "reports of wrongdoing count as much as their bound",
             sets=("support.values.misuse=1",)),
)
OF_SCHEME = {
    "suining_2010": (
        Property("no_rewards", "without the priorities of grade A",
                 ("consequence.promotion", "consequence.schools", "consequence.security")),
        Property("no_speech", "without the rules on petitions and what is said online",
                 ("rule.petition", "rule.defamation", "rule.online")),
        Property("not_posted", "without names and scores posted", ("consequence.posted",)),
        Property("no_permits", "without restricted permits from grade C down",
                 ("consequence.permits",)),
    ),
    "wendeng_2020": (
        Property("no_rewards", "without what AA and AAA are given",
                 ("consequence.priority_service", "consequence.discounts",
                  "consequence.home_service", "consequence.honours_list")),
        Property("no_exclusions", "without lost subsidies, credit fund and qualifications",
                 ("consequence.no_qualifications", "consequence.cut_from_subsidies",
                  "consequence.cut_from_credit_fund")),
    ),
}  # fmt: skip


class Outcome(NamedTuple):
    """One run: its setting, and whether the scheme was suspended at some time, or abandoned."""

    setting: tuple[str, ...]
    suspended: bool
    abandoned: bool


@dataclass(frozen=True)
class Share:
    """What came out over the grid for one scheme with one property taken out."""

    scheme: str
    property: Property
    outcomes: tuple[Outcome, ...]

    def cells(self, only: str = "") -> str:
        """Suspended and abandoned, of 100 settings (of those that hold ``only``)."""
        those = [one for one in self.outcomes if not only or only in one.setting]
        shares = (sum(values) / len(those) for values in
                  ([o.suspended for o in those], [o.abandoned for o in those]))  # fmt: skip
        return " | ".join(f"{100 * value:.0f}" for value in shares)


def grid() -> Iterator[tuple[str, ...]]:
    """The settings, as values that are set."""
    for base, falsified, aware, (suspend, abandon) in product(BASE, FALSIFIED, AWARE, THRESHOLDS):
        yield (
            "response.authority.form=thresholds",
            f"response.support.values.base={base}",
            f"response.support.values.falsified={falsified}",
            f"response.awareness.values.start={aware}",
            f"response.authority.values.suspend={suspend}",
            f"response.authority.values.abandon={abandon}",
        )


def base_of(scheme: str, one: Property, people: int, months: int) -> Scenario:
    """A scheme with one property taken out, nothing set."""
    return Scenario((scheme,), people=people, months=months, without=one.without)


def scenario_of(base: Scenario, one: Property, setting: tuple[str, ...], seed: int) -> Scenario:
    """The run of a setting and seed."""
    sets = (*setting, *(f"response.{text}" for text in one.sets))
    return replace(base, seed=seed, sets=sets)


def properties() -> list[tuple[str, Property]]:
    """Both schemes, whole and with each property taken out."""
    return [(s, one) for s in SCHEMES for one in (WHOLE, *OF_SCHEME[s], *OF_SUPPORT)]


def scenarios_of(words: Sequence[str]) -> list[Scenario]:
    """Every run that the command makes with these words."""
    asked = options().parse_args(words)
    return [
        scenario_of(base_of(scheme, one, asked.people, asked.months), one, setting, seed)
        for scheme, one in properties() for seed in range(1, asked.seeds + 1) for setting in grid()
    ]  # fmt: skip


def share(scheme: str, one: Property, people: int, months: int, seeds: range) -> Share:
    """Over the grid and the seeds."""
    base = case_of(base_of(scheme, one, people, months))
    outcomes = []
    for seed in seeds:
        for setting in grid():
            case = vary(base, scenario_of(base.scenario, one, setting, seed))
            states = set(operator_states(case.prepared.inputs))
            outcomes.append(Outcome(setting, bool(states - {0}), GONE in states))
    return Share(scheme, one, tuple(outcomes))


def operator_states(inputs: Inputs) -> list[int]:
    """Open, paused or gone, month by month."""
    states: list[int] = []

    def note(outcome: MonthOutcome) -> None:
        states.append(int(outcome.scalars[0, SUSPENDED]))

    setting = settle(inputs)
    start = begin_run(inputs, setting)
    advance_run(inputs, setting, start, machine=Machine(1, 8), on_month=note)
    return states


def shares(people: int, months: int, seeds: range, threads: int = 1) -> list[Share]:
    """Both schemes, whole and with each property taken out."""
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda ask: share(ask[0], ask[1], people, months, seeds),
                             properties()))  # fmt: skip


def table(rows: list[Share]) -> str:
    """As Markdown: what is taken out, then which assumption moves the share."""
    lines = ["| rules | taken out | suspended at some time, of 100 settings | abandoned, of 100 |",
             "|---|---|---|---|"]  # fmt: skip
    lines += [f"| `{row.scheme}` | {row.property.says} | {row.cells()} |" for row in rows]
    lines += ["", "| rules | of the settings with | suspended, of 100 | abandoned, of 100 |",
              "|---|---|---|---|"]  # fmt: skip
    for row in rows:
        if row.property is WHOLE:
            axes = zip(*grid(), strict=True)
            values = [value for axis in axes for value in dict.fromkeys(axis) if len(set(axis)) > 1]
            lines += [
                f"| `{row.scheme}` | `{value.removeprefix('response.').replace('.values', '')}` "
                f"| {row.cells(value)} |"
                for value in values
            ]
    return "\n".join(lines)


def options() -> argparse.ArgumentParser:
    """What the command takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1)
    return parser


def main() -> None:
    """Print the table."""
    asked = options().parse_args()
    rows = shares(asked.people, asked.months, range(1, asked.seeds + 1), asked.threads)
    print("Synthetic society, not a forecast. Shares of declared settings, never a finding.\n")
    print(table(rows))


if __name__ == "__main__":
    main()
