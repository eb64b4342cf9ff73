"""Appeals: filed, upheld, how late, the harm meanwhile, and who never appeals (Q6; V21, O-B20)."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.measure import Estimate, bools, same_length
from scoredsociety.measure.persons.exclusion import GroupRate, counts_by_group, group_rate
from scoredsociety.measure.persons.spells import Survival, kaplan_meier
from scoredsociety.measure.statistics.intervals import wilson


@dataclass(frozen=True, slots=True, eq=False)
class Appeals:
    """What became of restrictions that could have been appealed."""

    filed: Estimate  # of restrictions
    upheld: Estimate  # of appeals answered
    delay: Survival  # months from filing to the answer, unanswered ones censored
    harm_before_answer: int  # person-months restricted while waiting, of those upheld
    errors_never_appealed: Estimate  # of restrictions through an error


def appeals(
    filed: npt.ArrayLike,
    answered: npt.ArrayLike,
    upheld: npt.ArrayLike,
    waited_months: npt.ArrayLike,
    through_error: npt.ArrayLike,
) -> Appeals:
    """Every array has one value a restriction; ``waited_months`` to the answer or the run's end."""
    file, answer = bools(filed, "filed"), bools(answered, "answered")
    won, wrong = bools(upheld, "upheld"), bools(through_error, "through_error")
    wait = np.asarray(waited_months, dtype=np.int64)
    n = same_length(filed=file, answered=answer, upheld=won, waited=wait, through_error=wrong)
    if bool((answer & ~file).any()) or bool((won & ~answer).any()):
        raise ValueError("only what was filed is answered, and only what was answered is upheld")
    return Appeals(
        wilson(int(file.sum()), n),
        wilson(int(won.sum()), int(answer.sum())),
        kaplan_meier(wait[file], answer[file]),
        int(wait[won].sum()),
        wilson(int((wrong & ~file).sum()), int(wrong.sum())),
    )


def never_appealed(
    filed: npt.ArrayLike, group: npt.NDArray[np.generic]
) -> tuple[GroupRate, ...]:
    """By group: share of restrictions that nobody appealed."""
    counts = counts_by_group(~bools(filed, "filed"), group)
    return tuple(group_rate(name, count, of) for name, (count, of) in counts.items())


def months_to_repair(made: npt.ArrayLike, repaired: npt.ArrayLike, window: int) -> Survival:
    """Survival of false records: month made, month repaired (-1: never within the window)."""
    start, stop = np.asarray(made, dtype=np.int64), np.asarray(repaired, dtype=np.int64)
    same_length(made=start, repaired=stop)
    done = stop >= 0
    return kaplan_meier(np.where(done, stop, window) - start, done)


def mean_wait(waited_months: npt.ArrayLike, answered: npt.ArrayLike) -> float:
    """Mean months to the answer, of answered appeals only; nan where none was answered."""
    wait, done = np.asarray(waited_months, dtype=np.float64), bools(answered, "answered")
    return float(wait[done].mean()) if bool(done.any()) else nan
