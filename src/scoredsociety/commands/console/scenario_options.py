"""The options of a scenario, the same words in every command, gathered as one argument.

A command that takes ``asked: Asked`` (or ``kept: Kept``) and is marked ``@gathering`` shows each
of its fields as an option of its own; what users type does not change.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints

from scoredsociety.commands.console import options as o
from scoredsociety.errors import UserError
from scoredsociety.outputs import check_file, check_folder

if TYPE_CHECKING:
    from scoredsociety.runs.scenario import Scenario


@dataclass(frozen=True)
class Asked:
    """Who lives there, when, with which seed; each field is an option."""

    society: o.Society = "county"
    conduct: o.Conduct = "everyday"
    months: o.Months = None
    years: o.Years = None
    start_month: o.From = "2020-01"
    seed: o.Seed = None
    start: o.Start = "fresh"

    def check(self) -> None:
        """UserError where the options contradict each other."""
        if self.months is not None and self.years is not None:
            raise UserError("give --months or --years, not both")
        if self.years is not None and self.years < 1:
            raise UserError(f"--years must be at least 1, not {self.years}")
        if self.start not in ("fresh", "settled"):
            raise UserError(f"--start is fresh or settled, not {self.start!r}")

    def scenario(
        self, schemes: list[str], people: int | None, *, patches: list[Path] | None = None,
        sets: list[str] | None = None, without: list[str] | None = None,
        switch_off: list[str] | None = None, panel: int | None = 0, ties: Path | None = None,
        ties_layer: str = "all",
    ) -> Scenario:  # fmt: skip
        """The scenario that the options ask for; UserError for what is wrong with it."""
        from scoredsociety.runs.scenario import DEFAULT_SEED, Scenario
        from scoredsociety.runs.sizes import months_of, panel_asked, people_asked
        from scoredsociety.scheme.read.lane import words_of_lanes

        self.check()
        people = people_asked(people, ties)
        scenario = Scenario(
            schemes=words_of_lanes(schemes), society=self.society, conduct=self.conduct,
            people=people, months=months_of(self.months, self.years), start=self.start_month,
            seed=DEFAULT_SEED if self.seed is None else self.seed,
            settled=self.start == "settled",
            patches=tuple(str(path) for path in patches or ()), sets=tuple(sets or ()),
            without=tuple(without or ()), switched_off=tuple(switch_off or ()),
            panel=panel_asked(panel, people, ties), ties=str(ties or ""), ties_layer=ties_layer,
        )  # fmt: skip
        scenario.check()
        return scenario


@dataclass(frozen=True)
class StudyOptions:
    """How a study of many runs is made and where its table goes; each field is an option."""

    threads: o.Workers = None
    cache: o.Cache = o.CACHE
    out: o.TableFile = None
    force: o.Overwrite = False
    quiet: o.Quiet = False
    json: o.Json = False

    def check(self) -> None:
        """UserError for a table that could not be written when all is done."""
        check_folder(self.cache, "--cache")
        if self.out is not None:
            from scoredsociety.runs.folder.table_file import refuse_suffix

            refuse_suffix(self.out)
            check_file(self.out, force=self.force)

    @property
    def workers(self) -> int:
        """Runs at the same time."""
        from scoredsociety.runs.execute import cores

        return self.threads or cores()


GATHERED: tuple[type[Asked] | type[StudyOptions], ...] = (Asked, StudyOptions)


def gathering(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the fields of what it gathers as options of its own, in their place."""
    hints = get_type_hints(command, include_extras=True)
    shown: list[inspect.Parameter] = []
    gathers = {name: hint for name, hint in hints.items() if hint in GATHERED}
    for one in inspect.signature(command).parameters.values():
        if one.name not in gathers:
            shown.append(one.replace(annotation=hints[one.name], kind=one.KEYWORD_ONLY))
            continue
        kinds = get_type_hints(gathers[one.name], include_extras=True)
        shown += [
            inspect.Parameter(field.name, one.KEYWORD_ONLY, default=field.default,
                              annotation=kinds[field.name])
            for field in fields(gathers[one.name])
        ]

    @wraps(command)
    def gathered(**given: Any) -> None:
        made = {
            name: kind(**{field.name: given.pop(field.name) for field in fields(kind)})
            for name, kind in gathers.items()
        }
        for one in made.values():
            one.check()
        command(**made, **given)

    gathered.__signature__ = inspect.Signature(shown)  # type: ignore[attr-defined]
    gathered.__annotations__ = {one.name: one.annotation for one in shown}
    return gathered
