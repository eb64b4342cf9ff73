"""Which runs answer the questions, declared before any: schemes, phases, seeds, and the points.

At full size: every response in its default form, at every seed. At the design's own, smaller size:
the points that fill the space of what is assumed (study/ensemble/parameter_space.py,
study/ensemble/latin_hypercube.py), and settings that change one thing (plausible_settings.py), all
at the first seed, so with the same luck.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from scoredsociety.errors import UserError
from scoredsociety.measure.measure import Floats
from scoredsociety.runs.scenario import Scenario
from scoredsociety.runs.seeds import seed_of
from scoredsociety.scheme.read.lane import schemes_of
from scoredsociety.scheme.read.load import load_scheme
from scoredsociety.scheme.read.patch import load_patch
from scoredsociety.study.ensemble.assumed_parameters import Number
from scoredsociety.study.ensemble.cases import Case, case_of, vary
from scoredsociety.study.ensemble.ensemble import YEAR, Tell
from scoredsociety.study.ensemble.latin_hypercube import sets_of, unit_latin
from scoredsociety.study.ensemble.parameter_space import movable, space_of, wide
from scoredsociety.study.questions.path_flips import PATHS
from scoredsociety.study.questions.path_flips import Path as Flip
from scoredsociety.study.questions.plausible_settings import (
    DEFAULT,
    DISCRETION,
    PLAUSIBLE,
    PlausibleSetting,
)
from scoredsociety.study.questions.q11_discretion import entered_by_hand

NOTHING = "none"  # the scheme without rules: what is changed is changed against it
PHASES = ("roll-out", "settled")
SMALL = "small"  # the default at the size of the design
POINTS = 128  # leave about 2 / (n + 1), 1.6 of 100, of further points outside the range
POINT_PEOPLE = 4_000
Place = tuple[str, str, str, int]  # scheme, phase, setting, replicate


@dataclass(frozen=True)
class Design:
    """Which runs are made, before any is."""

    schemes: tuple[str, ...]
    base: Scenario
    replicates: int = 5
    settings: tuple[PlausibleSetting, ...] = PLAUSIBLE
    phases: tuple[str, ...] = PHASES
    flips: tuple[Flip, ...] = PATHS  # of roll-out, at every seed
    # Q11, of roll-out; the first at every seed
    discretion: tuple[PlausibleSetting, ...] = DISCRETION
    points: int = POINTS
    point_people: int = POINT_PEOPLE
    point_seed: int = 0  # of the places of the points; the luck of their runs is that of the base

    def __post_init__(self) -> None:
        if self.replicates < 1:
            raise UserError(f"--replicates must be at least 1, not {self.replicates}")
        if self.points < 2:
            raise UserError(f"--points must be at least 2, not {self.points}")
        if self.point_people < 1:
            raise UserError(f"--point-people must be at least 1, not {self.point_people}")

    @property
    def small(self) -> int:
        """People of a run of the design."""
        return min(self.base.people, self.point_people)

    def of(self, name: str, phase: str) -> Scenario:
        """The scenario of a scheme in a phase, at full size."""
        patches = fitting(self.base.patches, name)
        one = replace(self.base, schemes=(name,), panel=0, patches=patches)
        if phase == "settled":  # a year is counted, after the burn-in
            one = replace(one, settled=True, months=min(YEAR, one.months))
        return one

    def scenarios(self) -> dict[Place, Scenario]:
        """Every run but the points; the scheme without rules is run under default only."""
        found: dict[Place, Scenario] = {}
        for phase in self.phases:
            for name in dict.fromkeys((*self.schemes, NOTHING)):
                one = self.of(name, phase)
                few = replace(one, people=self.small)
                for k in range(self.replicates):
                    found[name, phase, DEFAULT.id, k] = replace(one, seed=seed_of(one.seed, k))
                    found[name, phase, SMALL, k] = replace(few, seed=seed_of(one.seed, k))
                for setting in self.settings:
                    if setting != DEFAULT and name != NOTHING and asked(setting, phase):
                        found[name, phase, setting.id, 0] = setting.of(few)
        return found


def fitting(patches: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The patches that are meant for a scheme of a lane, by name or for every one."""
    if not patches:
        return patches
    schemes = {None, *(load_scheme(one).id for one in schemes_of([name]))}
    return tuple(one for one in patches if load_patch(one).scheme in schemes)


def asked(setting: PlausibleSetting, phase: str) -> bool:
    """Is the setting run in this phase?"""
    return phase != "settled" or setting.settled


def point(place: int) -> str:
    """The setting id of a point."""
    return f"point {place}"


def entered(identity: str) -> str:
    """The setting id of the same point with every record entered (Q11)."""
    return f"{identity}, every record entered"


def cases_of(design: Design, progress: Tell | None = None) -> dict[Place, Case]:
    """Every run but the points, compiled; what differs in seed or responses is read once."""
    cases: dict[Place, Case] = {}
    places = design.scenarios()
    for done, (place, scenario) in enumerate(places.items()):
        full = cases.get((place[0], place[1], DEFAULT.id, 0))
        small = cases.get((place[0], place[1], SMALL, 0))
        base = full if full and full.scenario.people == scenario.people else small
        cases[place] = vary(base, scenario) if base else case_of(scenario)
        if progress:
            progress(done, len(places), "runs prepared")
    for name in dict.fromkeys(design.schemes):
        default = cases.get((name, "roll-out", DEFAULT.id, 0))
        if default is None or name == NOTHING:
            continue
        cases |= _of_collectors(design, name, default, cases[name, "roll-out", SMALL, 0])
        for flip in design.flips:
            flipped = flip.of(default)
            if flipped is None:
                continue
            first = case_of(flipped)
            for k in range(design.replicates):
                cases[name, "roll-out", flip.id, k] = vary(
                    first, replace(flipped, seed=seed_of(flipped.seed, k))
                )
    return cases


def _of_collectors(design: Design, name: str, default: Case, small: Case) -> dict[Place, Case]:
    """Runs in which collectors choose; none where the scheme reads nothing entered by hand."""
    if not entered_by_hand(default):
        return {}
    found: dict[Place, Case] = {}
    for place, setting in enumerate(design.discretion):
        base = small if place else default
        for k in range(1 if place else design.replicates):
            seed = seed_of(base.scenario.seed, k)
            found[name, "roll-out", setting.id, k] = vary(
                base, setting.of(replace(base.scenario, seed=seed))
            )
    return found


@dataclass(frozen=True)
class DesignPoints:
    """The points of one scheme: axes, and the shares of the way of each (points, axes)."""

    axes: tuple[Number, ...]
    shares: Floats
    unmoved: tuple[str, ...]  # what is assumed and stays, with the reason


def design_points(design: Design, name: str, first: Case) -> DesignPoints:
    """The points of a scheme, the same in both phases."""
    every, other = space_of(first)
    axes, refused = movable(first, every)
    shares = unit_latin(design.points, axes, design.point_seed)
    return DesignPoints(tuple(axes), shares, (*refused, *other))


def point_scenarios(
    design: Design, name: str, phase: str, first: Case, points: DesignPoints
) -> Iterator[tuple[Place, Scenario]]:
    """The runs of the points of a scheme in a phase."""
    few = wide(replace(design.of(name, phase), people=design.small), first)
    by_hand = phase == "roll-out" and name != NOTHING and entered_by_hand(first)
    for k, shares in enumerate(points.shares):
        sets = sets_of(points.axes, shares)
        yield (name, phase, point(k), 0), replace(few, sets=(*few.sets, *sets))
        if by_hand and "response.discretion.form=none" not in sets:
            every = "response.discretion.form=none"
            yield ((name, phase, entered(point(k)), 0),
                   replace(few, sets=(*few.sets, *sets, every)))  # fmt: skip
