"""Children of restricted parents, over decades (Q7; S1-31, S3-57, S3-58, O-B19).

Lives turn over, and a society is run for thirty years as its rules are written, without what a
child inherits of a parent's restrictions (life effect ``coming_of_age``), and without the rules
that close schools: the same people, the same luck, the same children. At 18 and at 23 each child
who lived at home through all of school age is counted: schooling, paid work, and the grade beside
the parent's. Children of restricted parents stand beside children of like parents (place,
schooling and income fifth of the head). Counts of margins only; no row of a person.

What a lost year of a paid school is worth is assumed: the figures say what follows from it.

    python -m studies.generations
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scoredsociety.engine.inputs import Machine
from scoredsociety.engine.run import MonthOutcome, advance_run, begin_run
from scoredsociety.engine.run_constants import settle
from scoredsociety.engine.tally import (
    AT_AGES,
    G_CHILDREN,
    G_LOWERED,
    G_SCHOOLING,
    G_SENIOR,
    G_WAGE,
    KEPT_OUT,
    RESTRICTED,
    UNTOUCHED,
)
from scoredsociety.errors import UserError
from scoredsociety.fixed import Ints
from scoredsociety.measure.persons.children import Beside, beside_like, paired_loss
from scoredsociety.measure.persons.mobility import kappa
from scoredsociety.runs.prepare import prepare
from scoredsociety.runs.scenario import Scenario
from scoredsociety.scheme.tables import NO_GRADE

SCHEMES = ("wendeng_2020", "judgment_list")
RULES = ("consequence.private_school",)  # what closes schools to the children of the listed
EFFECT = "coming_of_age"
OUTCOMES = ((G_SCHOOLING, "level of schooling, 0 to 4"), (G_SENIOR, "senior secondary or more"),
            (G_WAGE, "in formal work or a public post"))  # fmt: skip
GROUPS = ((RESTRICTED, "parent restricted, no paid school lost"), (KEPT_OUT, "kept out of one"))


@dataclass(frozen=True)
class Grown:
    """The children of one run, added up over its months and over seeds."""

    generations: Ints  # (ages, HELD, STRATA, GROWN)
    grown: Ints  # (schemes, ages, HELD, 16, 16)
    lives_came_of_age: int

    def __add__(self, other: Grown) -> Grown:
        return Grown(
            self.generations + other.generations, self.grown + other.grown,
            self.lives_came_of_age + other.lives_came_of_age,
        )  # fmt: skip

    def children(self, age: int, held: int | slice = slice(None)) -> int:
        """Children counted at an age (place in AT_AGES)."""
        return int(self.generations[age, held, :, G_CHILDREN].sum())

    def sum_of(self, age: int, outcome: int) -> int:
        """An outcome added up over every child of an age."""
        return int(self.generations[age, :, :, outcome].sum())

    def beside(self, age: int, held: int, outcome: int) -> Beside:
        """An outcome of children of restricted parents beside children of like parents."""
        theirs, others = self.generations[age, held], self.generations[age, UNTOUCHED]
        return beside_like(
            theirs[:, G_CHILDREN], theirs[:, outcome], others[:, G_CHILDREN], others[:, outcome]
        )

    def grades(self, s: int, age: int, held: int | slice = slice(None)) -> Ints:
        """(grades, grades) children by the parent's grade and their own, both scored."""
        table = self.grown[s, age, held]
        table = table if table.ndim == 2 else table.sum(axis=0)
        scored = table[:NO_GRADE, :NO_GRADE]
        last = int(np.flatnonzero((scored.sum(axis=0) + scored.sum(axis=1)) > 0).max(initial=0))
        return scored[: last + 1, : last + 1]


def base(
    schemes: Sequence[str] = SCHEMES, people: int = 20_000, years: int = 30, seed: int = 1
) -> Scenario:
    """Lives that turn over, nobody followed as a person."""
    return Scenario(
        tuple(schemes), people=people, months=12 * years, panel=0, seed=seed,
        sets=("turnover.on=true",),
    )  # fmt: skip


def grown_up(scenario: Scenario, threads: int = 1) -> Grown:
    """Run a scenario and count the children who grow up in it."""
    prepared = prepare(scenario)
    machine = Machine(threads=threads)
    setting = settle(prepared.inputs, machine)
    months: list[tuple[Ints, Ints, int]] = []

    def note(outcome: MonthOutcome) -> None:
        found = outcome.tallies
        here = (found.generations, found.grown, int(found.lives[-1, 0]))
        if months:
            was = months.pop()
            here = (was[0] + here[0], was[1] + here[1], was[2] + here[2])
        months.append(here)

    state = begin_run(prepared.inputs, setting, machine)
    advance_run(prepared.inputs, setting, state, machine=machine, on_month=note)
    return Grown(*months[0])


@dataclass(frozen=True)
class Lanes:
    """The same people with the same luck, three times, added up over the seeds."""

    written: Grown
    no_effect: Grown  # nothing is inherited of a parent's restrictions
    no_rule: Grown  # no rule closes schools


def three(one: Scenario, rules: Sequence[str]) -> tuple[Scenario, Scenario, Scenario]:
    """As written, without what is inherited, and without the rules that close schools."""
    return (
        one,
        replace(one, switched_off=(*one.switched_off, EFFECT)),
        replace(one, without=(*one.without, *rules)),
    )


def lanes(
    scenario: Scenario, rules: Sequence[str], seeds: Iterable[int], threads: int = 1
) -> Lanes:
    """All three lanes over the seeds."""
    found: list[Grown | None] = [None, None, None]
    for seed in seeds:
        for place, lane in enumerate(three(replace(scenario, seed=seed), rules)):
            made, was = grown_up(lane, threads), found[place]
            found[place] = made if was is None else was + made
    written, no_effect, no_rule = found
    if written is None or no_effect is None or no_rule is None:
        raise UserError("at least one seed is needed")
    return Lanes(written, no_effect, no_rule)


def outcomes(found: Lanes) -> list[str]:
    """Children beside children of like parents, and the same children without effect or rule."""
    lines = ["| at | children whose | children | outcome | theirs | of like parents | difference |",
             "|---|---|---|---|---|---|---|"]  # fmt: skip
    for age, years in enumerate(AT_AGES):
        for held, says in GROUPS:
            for outcome, title in OUTCOMES:
                made = found.written.beside(age, held, outcome)
                values = (made.theirs, made.like, made.gap)
                shown = " | ".join(figure(value, outcome != G_SCHOOLING) for value in values)
                lines.append(f"| {years} | {says} | {made.children} | {title} | {shown} |")
    return lines


def paired(found: Lanes) -> list[str]:
    """What a child kept out lost, from the sums over the same children."""
    lines = ["| at | less that of the run | children | kept out | with a level less "
             "| schooling, levels a child kept out | paid work, of 100 kept out |",
             "|---|---|---|---|---|---|---|"]  # fmt: skip
    for age, years in enumerate(AT_AGES):
        written = found.written
        out = written.children(age, KEPT_OUT)
        lowered = written.sum_of(age, G_LOWERED)
        for says, other in (("without what is inherited", found.no_effect),
                            ("without the rules on schools", found.no_rule)):  # fmt: skip
            schooling, wage = (
                paired_loss(written.sum_of(age, o), other.sum_of(age, o), out)
                for o in (G_SCHOOLING, G_WAGE)
            )
            lines.append(
                f"| {years} | {says} | {written.children(age)} | {out} | {lowered} "
                f"| {figure(schooling)} | {figure(100 * wage)} |"
            )
    return lines


def mobility(found: Lanes, schemes: Sequence[str]) -> list[str]:
    """From the parent's grade to the child's: kappa, 0 where the parent's says nothing."""
    lines = ["| scheme | at | children of | pairs | in the parent's grade, of 100 | below it "
             "| kappa |", "|---|---|---|---|---|---|---|"]  # fmt: skip
    groups: tuple[tuple[int | slice, str], ...] = (
        (slice(None), "all parents"), (UNTOUCHED, "parents not restricted"),
        (slice(RESTRICTED, KEPT_OUT + 1), "parents restricted"),
    )  # fmt: skip
    for s, scheme in enumerate(schemes):
        for age, years in enumerate(AT_AGES):
            for held, says in groups:
                table = found.written.grades(s, age, held)
                pairs = int(table.sum())
                if pairs == 0 or len(table) < 2:
                    continue
                same, below = int(np.trace(table)), int(np.tril(table, -1).sum())
                lines.append(
                    f"| `{scheme}` | {years} | {says} | {pairs} | {100 * same / pairs:.1f} "
                    f"| {100 * below / pairs:.1f} | {figure(kappa(table))} |"
                )
    return lines


def figure(value: float, share: bool = False) -> str:
    """A number as it is printed; a share of 100."""
    if value != value:
        return "-"
    return f"{100 * value:.1f}" if share else f"{value:.3f}"


def options() -> argparse.ArgumentParser:
    """What the command takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schemes", nargs="+", default=list(SCHEMES))
    parser.add_argument("--rules", nargs="+", default=list(RULES))
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--years", type=int, default=30)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--set", dest="sets", action="append", default=[])
    return parser


def asked_base(asked: argparse.Namespace) -> Scenario:
    """The scenario that all three lanes vary."""
    scenario = base(asked.schemes, asked.people, asked.years)
    return replace(scenario, sets=(*scenario.sets, *asked.sets))


def scenarios_of(words: Sequence[str]) -> list[Scenario]:
    """Every run that the command makes with these words."""
    asked = options().parse_args(words)
    return [
        lane for seed in range(1, asked.seeds + 1)
        for lane in three(replace(asked_base(asked), seed=seed), asked.rules)
    ]  # fmt: skip


def main() -> None:
    """Print the tables."""
    asked = options().parse_args()
    scenario = asked_base(asked)
    found = lanes(scenario, asked.rules, range(1, asked.seeds + 1), asked.threads)
    print("Synthetic society, not a forecast. Differences follow from an assumed effect.\n")
    print("\n".join([*outcomes(found), "", *paired(found), "", *mobility(found, asked.schemes)]))


if __name__ == "__main__":
    main()
