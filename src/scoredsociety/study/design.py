"""Which runs answer the questions, declared before any: schemes, phases, settings, seeds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scoredsociety.errors import UserError
from scoredsociety.scheme.load import load_scheme
from scoredsociety.scheme.patch import load_patch
from scoredsociety.study.entering import entered_by_hand
from scoredsociety.study.observe import YEAR, Case, Tell, case_of, vary
from scoredsociety.study.paths import PATHS
from scoredsociety.study.paths import Path as Flip
from scoredsociety.study.scenario import Scenario
from scoredsociety.study.seeds import seed_of
from scoredsociety.study.settings import DEFAULT, DISCRETION, PLAUSIBLE, Setting

NOTHING = "none"  # the scheme without rules: what is changed is changed against it
PHASES = ("roll-out", "settled")
Place = tuple[str, str, str, int]  # scheme, phase, setting, replicate


@dataclass(frozen=True)
class Design:
    """Which runs are made, before any is."""

    schemes: tuple[str, ...]
    base: Scenario
    replicates: int = 3
    settings: tuple[Setting, ...] = PLAUSIBLE
    phases: tuple[str, ...] = PHASES
    flips: tuple[Flip, ...] = PATHS  # of roll-out, at every seed
    discretion: tuple[Setting, ...] = DISCRETION  # Q11, of roll-out; the first at every seed

    def __post_init__(self) -> None:
        if self.replicates < 1:
            raise UserError(f"--replicates must be at least 1, not {self.replicates}")

    def scenarios(self) -> dict[Place, Scenario]:
        """Every run by its place; the scheme without rules is run under default only."""
        found: dict[Place, Scenario] = {}
        for phase in self.phases:
            for name in dict.fromkeys((*self.schemes, NOTHING)):
                one = replace(
                    self.base, schemes=(name,), panel=0, patches=fitting(self.base.patches, name)
                )
                if phase == "settled":  # a year is counted, after the burn-in
                    one = replace(one, settled=True, months=min(YEAR, one.months))
                for k in range(self.replicates):
                    found[name, phase, DEFAULT.id, k] = replace(one, seed=seed_of(one.seed, k))
                for setting in self.settings:
                    if setting != DEFAULT and name != NOTHING and asked(setting, phase):
                        found[name, phase, setting.id, 0] = setting.of(one)
        return found


def fitting(patches: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The patches that are meant for a scheme, by name or for every one."""
    if not patches:
        return patches
    scheme = load_scheme(name).id
    return tuple(one for one in patches if load_patch(one).scheme in (None, scheme))


def asked(setting: Setting, phase: str) -> bool:
    """Is the setting run in this phase?"""
    return phase != "settled" or setting.settled


def cases_of(design: Design, progress: Tell | None = None) -> dict[Place, Case]:
    """Every run of the design, compiled; what differs in seed or responses is read once."""
    cases: dict[Place, Case] = {}
    places = design.scenarios()
    for done, (place, scenario) in enumerate(places.items()):
        base = cases.get((place[0], place[1], DEFAULT.id, 0))
        cases[place] = vary(base, scenario) if base else case_of(scenario)
        if progress:
            progress(done, len(places), "runs prepared")
    for name in dict.fromkeys(design.schemes):
        default = cases.get((name, "roll-out", DEFAULT.id, 0))
        if default is None or name == NOTHING:
            continue
        cases |= of_collectors(design, name, default)
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


def of_collectors(design: Design, name: str, default: Case) -> dict[Place, Case]:
    """Runs in which collectors choose; none where the scheme reads nothing entered by hand."""
    if not entered_by_hand(default):
        return {}
    return {
        (name, "roll-out", setting.id, k): vary(
            default, setting.of(replace(default.scenario, seed=seed_of(default.scenario.seed, k)))
        )
        for place, setting in enumerate(design.discretion)
        for k in range(1 if place else design.replicates)
    }
