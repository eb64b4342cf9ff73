"""Studies of many runs, from Python: each gives its whole table, and how it can be made again.

    found = sweep("sesame_documented", {"component.friends.weight": [0, 0.05, 0.2]}, replicates=5)
    found.frame            # polars, one row a run: point, replicate, seed, setting, indicators
    found.to_pandas()      # the same for pandas
    found.citation

What the commands of the same names do, and the same runs. With ``cache`` finished runs are kept in
a folder, so that a study that was interrupted goes on where it stopped when it is asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, TypedDict, Unpack

import polars as pl

from scoredsociety.errors import UserError
from scoredsociety.results.run import Run, as_words
from scoredsociety.runs.execute import cores
from scoredsociety.runs.folder.manifest import STATEMENT
from scoredsociety.runs.folder.run_folder import SYNTHETIC
from scoredsociety.runs.progress import told_in_lines
from scoredsociety.runs.scenario import DEFAULT_SEED, Scenario
from scoredsociety.runs.sizes import months_of, people_asked
from scoredsociety.scheme.read.lane import words_of_lanes
from scoredsociety.study.ensemble.branch import branch_from
from scoredsociety.study.ensemble.ensemble import Tell
from scoredsociety.study.ensemble.history_matching import match_history
from scoredsociety.study.ensemble.sensitivity import audit_assumptions
from scoredsociety.study.ensemble.sweep import Axis, axis_of, grid, latin, sweep_points
from scoredsociety.study.paired import ablation
from scoredsociety.study.questions.questions import PHASES, Design, answer_questions, three_figures
from scoredsociety.version import __version__

ROWS_SHOWN = 10  # of a table in a notebook; the frame has all

Words = str | Path | Iterable[str]
Values = str | Sequence[float | int | str] | tuple[float, float]


class StudyRequest(TypedDict, total=False):
    """What every study may be asked besides its own: as for ``simulate``."""

    people: int
    months: int
    years: int
    society: str | Path
    conduct: str | Path
    start: str
    seed: int
    settled: bool
    patches: Words
    sets: Words
    without: Words
    switch_off: Words
    ties: str | Path
    ties_layer: str


@dataclass(frozen=True, repr=False)
class Study:
    """The table of a study of many runs. Synthetic society, not a forecast."""

    frame: pl.DataFrame  # every row of the study, in its order; what has no value is null
    what: str  # such as ``sweep of sesame_documented``
    seeds: tuple[int, ...]
    found: Any  # what the study found besides: its other tables, what was refused, and why

    def to_pandas(self) -> Any:
        """The table as a pandas frame; UserError where pandas is not installed."""
        try:
            import pandas
        except ImportError:
            raise UserError(
                "pandas is not installed: pip install 'scoredsociety[pandas]'; .frame is polars"
            ) from None
        return pandas.DataFrame(self.frame.to_dict(as_series=False))

    @property
    def citation(self) -> str:
        """How to cite the study."""
        said = ", ".join(map(str, self.seeds))
        return (
            f"Scored Society, version {__version__}: {self.what}, {self.frame.height} rows, "
            f"seed{'s' if len(self.seeds) > 1 else ''} {said}. {SYNTHETIC[0].upper()}"
            f"{SYNTHETIC[1:]}."
        )

    def __repr__(self) -> str:
        return f"Study({self.what}: {self.frame.height} rows; {SYNTHETIC})"

    def _repr_html_(self) -> str:
        shown = self.frame.head(ROWS_SHOWN)
        rest = self.frame.height - shown.height
        head = "".join(f"<th>{escape(name)}</th>" for name in shown.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(_cell(value))}</td>" for value in row) + "</tr>"
            for row in shown.iter_rows()
        )
        more = f"<p>and {rest} more rows: <code>.frame</code></p>" if rest > 0 else ""
        return (
            f"<p><strong>{escape(self.what)}</strong> ({SYNTHETIC}; {STATEMENT})</p>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"
        )


def sweep(
    schemes: Words, over: Mapping[str, Values] | Words, *, points: int | None = None,
    replicates: int = 1, cache: str | Path | None = None, threads: int | None = None,
    progress: bool | Tell = False, **asked: Unpack[StudyRequest],
) -> Study:  # fmt: skip
    """Every combination of settings (or ``points`` of a Latin hypercube), one row a run.

    ``over``: keys as for ``sets``, each with its values, ``{"rule.x.points": [-1, -2]}``, or with
    the two ends of a range as a pair, ``(0.0, 0.5)``, where ``points`` is given; or the words of
    the command, ``"rule.x.points=-1,-2"``. Nothing is left out and nothing is ranked. UserError
    for a value that its key does not take.
    """
    base = _scenario(schemes, 10_000, asked)
    axes = [axis_of(text) for text in _settings(over, points is not None)]
    chosen = grid(axes) if points is None else latin(axes, points, base.seed)
    frame = sweep_points(
        base, axes, chosen, replicates, _folder(cache), threads or cores(),
        _teller(progress, "sweeping"),
    )  # fmt: skip
    return _study(_with_numbers(frame, axes), f"sweep of {_names(base)}", frame["seed"], None)


def ablate(
    schemes: Words, *, rules: Words = (), replicates: int = 4, cache: str | Path | None = None,
    threads: int | None = None, progress: bool | Tell = False, **asked: Unpack[StudyRequest],
) -> Study:  # fmt: skip
    """The scheme without each of its rules (or ``rules``) in turn: one row a rule and measure."""
    base = _scenario(schemes, 5_000, asked)
    found = ablation.ablate(base, replicates, _folder(cache), threads or cores(),
                            _teller(progress, "ablating"), as_words(rules))  # fmt: skip
    return _study(found.frame, f"ablation of {_names(base)}", found.seeds, found)


def audit(
    schemes: Words, *, trajectories: int = 4, few: int = 3, samples: int = 8, replicates: int = 3,
    cache: str | Path | None = None, threads: int | None = None, progress: bool | Tell = False,
    **asked: Unpack[StudyRequest],
) -> Study:  # fmt: skip
    """Move all that is assumed: the range of each conclusion and what moves it, one row each.

    ``found.screening`` and ``found.indices`` are the tables behind it.
    """
    base = _scenario(schemes, 5_000, asked)
    found = audit_assumptions(base, trajectories, few, samples, replicates, _folder(cache),
                              threads or cores(), _teller(progress, "auditing"))  # fmt: skip
    return _study(found.conclusions, f"audit of {_names(base)}", [base.seed], found)


def constrain(
    schemes: Words, *, points: int = 64, responses: Words = (), cache: str | Path | None = None,
    threads: int | None = None, progress: bool | Tell = False, **asked: Unpack[StudyRequest],
) -> Study:  # fmt: skip
    """Settings of what is assumed, each with how far it misses published figures: one row a point.

    ``found.ranges``, ``found.predicted`` and ``found.answers`` are what is left of them.
    """
    base = _scenario(schemes, 5_000, asked)
    found = match_history(base, points, as_words(responses), folder=_folder(cache),
                          workers=threads or cores(), progress=_teller(progress, "constraining"),
                          )  # fmt: skip
    return _study(found.frame, f"history matching of {_names(base)}", [base.seed], found)


def questions(
    schemes: Words, *, replicates: int = 5, points: int = 128, point_people: int = 4_000,
    settled_too: bool = True, cache: str | Path | None = None, threads: int | None = None,
    progress: bool | Tell = False, **asked: Unpack[StudyRequest],
) -> Study:  # fmt: skip
    """The thirteen questions for each scheme or lane: one row a scheme, phase and indicator.

    ``settled_too``: also the settled state, beside the roll-out.
    """
    lanes = as_words(schemes)
    base = _scenario(lanes[:1], 10_000, asked)
    design = Design(lanes, base, replicates, phases=PHASES if settled_too else PHASES[:1],
                    points=points, point_people=point_people)  # fmt: skip
    found = answer_questions(design, _folder(cache), threads or cores(),
                             _teller(progress, "asking"))  # fmt: skip
    return _study(found.frame, f"questions to {', '.join(lanes)}", found.seeds, found)


def branch(
    run: Run | str | Path, patches: Words, *, months: int = 12, replicates: int = 1,
    cache: str | Path | None = None, threads: int | None = None, progress: bool | Tell = False,
) -> Study:  # fmt: skip
    """Go on from a run's last month, as it was and under each patch: one row an indicator."""
    folder = run.folder if isinstance(run, Run) else Path(run)
    found = branch_from(folder, [Path(one) for one in as_words(patches)], months, replicates,
                        _folder(cache), threads or cores(), _teller(progress, "branching"),
                        )  # fmt: skip
    seed = int(Run(folder).manifest["inputs"]["seed"])
    return _study(found.frame, f"futures of {folder.name}", [seed], found)


def _scenario(schemes: Words, people: int, asked: StudyRequest) -> Scenario:
    ties = str(asked.get("ties") or "")
    scenario = Scenario(
        schemes=words_of_lanes(as_words(schemes)), society=str(asked.get("society", "county")),
        conduct=str(asked.get("conduct", "everyday")),
        people=people_asked(asked.get("people", None if ties else people), ties or None),
        months=months_of(asked.get("months"), asked.get("years")),
        start=asked.get("start", "2020-01"), seed=asked.get("seed", DEFAULT_SEED),
        settled=asked.get("settled", False), patches=as_words(asked.get("patches", ())),
        sets=as_words(asked.get("sets", ())), without=as_words(asked.get("without", ())),
        switched_off=as_words(asked.get("switch_off", ())), panel=0, ties=ties,
        ties_layer=asked.get("ties_layer", "all"),
    )  # fmt: skip
    scenario.check()
    return scenario


def _settings(over: Mapping[str, Values] | Words, ranged: bool) -> list[str]:
    """The words of the command for what is swept."""
    if not isinstance(over, Mapping):
        return list(as_words(over))
    found = []
    for key, values in over.items():
        if isinstance(values, str):
            found.append(f"{key}={values}")
        elif ranged and isinstance(values, tuple) and len(values) == 2:
            found.append(f"{key}={values[0]}:{values[1]}")
        else:
            found.append(f"{key}={','.join(map(str, values))}")
    if not found:
        raise UserError("over: give a key and its values, as in {'rule.x.points': [-1, -2]}")
    return found


def _with_numbers(frame: pl.DataFrame, axes: Sequence[Axis]) -> pl.DataFrame:
    """Settings as numbers, where all of an axis are."""
    numbers = [pl.col(axis.key).cast(pl.Float64, strict=False) for axis in axes]
    cast = frame.with_columns(numbers)
    words = [axis.key for axis in axes if cast[axis.key].null_count()]
    return cast.with_columns(frame[key] for key in words)


def _study(frame: pl.DataFrame, what: str, seeds: Iterable[int], found: Any) -> Study:
    return Study(frame.fill_nan(None), what, tuple(dict.fromkeys(map(int, seeds))), found)


def _names(base: Scenario) -> str:
    return (
        f"{'+'.join(base.schemes)}, {base.people:,} synthetic persons, {base.months} months, "
        f"society {base.society}"
    )


def _folder(cache: str | Path | None) -> Path | None:
    return None if cache is None else Path(cache)


def _teller(progress: bool | Tell, what: str) -> Tell | None:
    """Who is told of each finished run: the caller's own, or a line on stderr now and then."""
    if not isinstance(progress, bool):
        return progress
    if not progress:
        return None
    return told_in_lines(what)


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return three_figures(value) if isinstance(value, float) else str(value)
