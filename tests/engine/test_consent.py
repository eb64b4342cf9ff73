"""Consent: what a source that asks may file of whom, settled once, by seat (S3-37).

Each test says what it is: *implementation*, *fitted* or *predicted*.
"""

from __future__ import annotations

from math import sqrt

import numpy as np
from tests.engine.runs import checksum_of, everyday, run

from scoredsociety.engine import tally as ta
from scoredsociety.engine.checkpoint import columns
from scoredsociety.engine.inputs import Inputs
from scoredsociety.fixed import NEVER, Ints, log2_units

PEOPLE, MONTHS = 2000, 8


def asking(share: float, effects: tuple[int, int] = (0, 0)) -> Inputs:
    """The county under Wendeng's rules, where every source asks for consent."""
    inputs = everyday(("wendeng_2020",), PEOPLE, MONTHS)
    conduct = inputs.conduct[0][1]
    rows = conduct.sources.copy()
    rows.asks_consent[:] = 1
    rows.consent_share[:] = log2_units(share) if share else NEVER
    rows.first_consent_effect[:], rows.consent_effect_count[:] = effects
    return inputs._replace(conduct=((inputs.origin, conduct._replace(sources=rows)),))


def recorded(inputs: Inputs) -> Ints:
    """(people,) live records at the end."""
    return np.asarray(columns(run(inputs)[0])["counts"], dtype=np.int64)


def test_where_all_consent_the_bits_are_those_of_not_asking() -> None:
    """implementation: a share of one asks for nothing."""
    assert checksum_of(asking(1)) == checksum_of(everyday(("wendeng_2020",), PEOPLE, MONTHS))


def test_where_nobody_consents_there_is_no_record() -> None:
    """implementation: neither true, false nor misattributed records; no false one is counted."""
    inputs = asking(0)
    totals: list[Ints] = []
    from scoredsociety.engine.run import advance_run, begin_run
    from scoredsociety.engine.run_constants import settle

    setting = settle(inputs)
    state = advance_run(
        inputs, setting, begin_run(inputs, setting),
        on_month=lambda outcome: totals.append(outcome.tallies.errors.copy()),
    )  # fmt: skip
    assert len(columns(state)["records"]) == 0
    errors = sum(totals)
    assert errors[ta.E_FALSE].sum() == 0 and errors[ta.E_MISATTRIBUTED].sum() == 0
    assert errors[ta.E_MISSING, 0] > 0


def test_the_reluctant_are_the_same_persons_everywhere_and_always() -> None:
    """implementation: who has a record at a lower share has it at a higher one too.

    Records of relatives aside: a person's file holds no more than with everybody's consent, and
    the share of those with records who keep them is the share who consent, within five standard
    deviations (a correct program fails at less than one seed in a million).
    """
    everyone, most, few = (recorded(asking(share)) for share in (1, 0.6, 0.3))
    assert (few <= everyone).mean() > 0.99 and (most <= everyone).mean() > 0.99
    assert np.count_nonzero(few > most) < 0.01 * PEOPLE
    had = np.count_nonzero(everyone)
    for share, found in ((0.6, most), (0.3, few)):
        kept = np.count_nonzero(found[everyone > 0])
        assert abs(kept - share * had) < 5 * sqrt(share * (1 - share) * had) + 0.01 * had
