"""A test of firing: does what the articles tell befall anybody? What is asked, and what came out.

For every item of the articles (S0-1 to S4-27) that tells a mechanism about persons, ``fired.toml``
names counts of small runs in which it reaches somebody, or says in a sentence why it cannot;
``fired_counts.json`` holds what came out. ``studies/firing.py`` makes the runs again.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from scoredsociety.runs.scenario import Scenario

PEOPLE, MONTHS = 20_000, 36
# what is counted of a run, by the first word of a count
KINDS = ("records", "consequence", "listed", "grade", "acts", "response", "forgone", "subjects",
         "moved", "errors", "objections", "seen", "ended")  # fmt: skip


class Asked(BaseModel):
    """One run: documents, size, and the run against which ``moved`` counts."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    schemes: tuple[str, ...]
    society: str = "county"
    people: int = PEOPLE
    months: int = MONTHS
    start: str = "2020-01"
    patches: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    switched_off: tuple[str, ...] = ()
    against: str | None = None

    def scenario(self) -> Scenario:
        """The request, as ``scored run`` would put it."""
        return Scenario(
            schemes=self.schemes, society=self.society, people=self.people, months=self.months,
            start=self.start, patches=self.patches, without=self.without, sets=self.sets,
            switched_off=self.switched_off, panel=0,
        )  # fmt: skip

    def command(self) -> str:
        """The command that makes the run."""
        words = ["scored run", *self.schemes, f"--people {self.people} --months {self.months}"]
        words += [f"--society {self.society}"] if self.society != "county" else []
        words += [f"--from {self.start}"] if self.start != "2020-01" else []
        for flag, given in (("patch", self.patches), ("without", self.without),
                            ("set", self.sets), ("switch-off", self.switched_off)):  # fmt: skip
            words += [f"--{flag} {one}" for one in given]
        return " ".join(words)


class Plan(BaseModel):
    """``fired.toml``: runs, and of every item what shows it or why nothing does."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    run: dict[str, Asked]
    sweep: dict[str, tuple[str, ...]]  # an assumed number, and counts as it is moved
    fired: dict[str, tuple[str, ...]]  # item: counts, ``RUN KIND NAME``
    companies: dict[str, str]  # item: what it says of firms, organisations, officials
    cannot: dict[str, str]  # item: why no run shows it
    background: dict[str, str]  # item: why it tells no mechanism about persons


@cache
def asked() -> Plan:
    """What ``fired.toml`` asks."""
    text = (Path(__file__).with_name("fired.toml")).read_text("utf-8")
    return Plan.model_validate(tomllib.loads(text))


@cache
def stored() -> dict[str, Any]:
    """What came out, as it stands in ``fired_counts.json``."""
    text = (Path(__file__).with_name("fired_counts.json")).read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def faults(items: Iterable[str]) -> list[str]:
    """What is wrong with the mapping: items without a place or with two, runs not told."""
    wanted, said = asked(), []
    places = (wanted.fired, wanted.companies, wanted.cannot, wanted.background)
    items = list(items)
    for item in items:
        count = sum(item in place for place in places)
        if count != 1:
            said.append(f"{item} has {count} places in fired.toml")
    said += [f"{item} is no item" for place in places for item in place if item not in items]
    for item, counts in {**wanted.sweep, **wanted.fired}.items():
        for one in counts:
            run, kind, *_ = one.split(maxsplit=2)
            if run not in wanted.run:
                said.append(f"{item}: there is no run {run}")
            if kind not in KINDS:
                said.append(f"{item}: {kind} is not counted")
            if one not in stored()["counts"].get(item, {}):
                said.append(f"{item}: {one} has no stored count")
    return said


def unmet_items() -> list[str]:
    """Items of which a stored count is nought: they do not fire."""
    return [
        item for item in asked().fired
        if any(number == 0 for number, _, _ in stored()["counts"].get(item, {}).values())
    ]


def shown(count: str, found: tuple[int, int, str]) -> str:
    """A count in words: ``bikes: 11 of 15,982 at once``."""
    _, kind, *rest = count.split(maxsplit=2)
    name = "".join(rest).rpartition("/")[2].replace("_", " ")
    number, of, unit = found
    said = f"{number:,} of {of:,}"
    if kind == "subjects":
        return f"{said} scored" + (f" ({name})" if name else "")
    if kind == "moved":
        return f"{said} stand otherwise"
    if kind == "seen":
        return f"{said} acts left a record"
    if kind == "ended":
        return f"given up for {said} months"
    if unit in ("persons at once", "persons"):
        return f"{name}: {said} at once"
    what = {"forgone": "acts not done", "response": "times"}.get(kind, unit)
    return f"{name + ': ' if name else ''}{number:,} {what} among {of:,}"


def told(item: str) -> str:
    """What a run shows of an item, or why none does, for docs/articles.md."""
    wanted = asked()
    if item in wanted.fired:
        by_run: dict[str, list[str]] = {}
        for count, found in stored()["counts"][item].items():
            by_run.setdefault(count.split()[0], []).append(shown(count, found))
        return "; ".join(f"`{run}`: {', '.join(said)}" for run, said in by_run.items())
    if item in wanted.companies:
        return f"with companies: {wanted.companies[item]}"
    if item in wanted.cannot:
        return f"cannot: {wanted.cannot[item]}"
    return f"no mechanism: {wanted.background[item]}"


def tables() -> list[str]:
    """The runs with the commands that repeat them, what nobody met, and the sweeps."""
    wanted, runs = asked(), stored()["runs"]
    share = len(wanted.cannot) / (len(wanted.fired) + len(wanted.cannot))
    lines = [
        "## The runs", "",
        f"{len(wanted.fired)} items tell a mechanism about persons that reaches somebody in a "
        f"run; {len(wanted.cannot)} cannot be shown ({100 * share:.0f} in 100), "
        f"{len(wanted.companies)} are about firms, organisations and officials, "
        f"{len(wanted.background)} tell no mechanism. `python -m studies.firing` makes "
        "all counts again; each is of one society with one seed, and says that a mechanism works, "
        "not how often it would.", "",
        "| run | command | what nobody met |", "|---|---|---|",
    ]  # fmt: skip
    for name, one in runs.items():
        unmet = one["unmet"]
        more = f"; and {len(unmet) - 6} more" if len(unmet) > 6 else ""
        lines.append(f"| `{name}` | `{one['command']}` | {'; '.join(unmet[:6]) + more} |")
    lines += ["", "## Thresholds and rates that no source gives", ""]
    for title, counts in wanted.sweep.items():
        lines += [f"**{title}**", "", "| run | reached |", "|---|---|"]
        lines += [f"| `{count.split()[0]}` | {shown(count, stored()['counts'][title][count])} |"
                  for count in counts]  # fmt: skip
        lines.append("")
    return lines
