"""The kernels that only the end of a run calls, loaded while its months run.

Each is called once, on nothing or on a month that nobody lived: what comes out is dropped.
"""

from __future__ import annotations

import numpy as np

from scoredsociety.engine.blocks import Changes
from scoredsociety.engine.control.authority import no_scalars
from scoredsociety.engine.initial_state import empty_exchange
from scoredsociety.engine.replay.household_replay import relive
from scoredsociety.engine.run_constants import Setting, world_at
from scoredsociety.engine.state import Messages, no_messages
from scoredsociety.fixed import Ints
from scoredsociety.runs.edge_list import computed_ties
from scoredsociety.runs.prepare import Prepared
from scoredsociety.study.readout.rescore import Files, scored_again


class Unwritten:
    """The change log of a run of which nothing is published yet."""

    def __init__(self, prepared: Prepared, setting: Setting) -> None:
        self.schemes = len(prepared.labels.schemes)
        self.exchange = empty_exchange(
            prepared.inputs.seats.people, int(setting.derived[0].rows[0])
        )

    def changes(self, month: int) -> Changes:
        """Everybody, as nobody's subject."""
        everybody = np.arange(len(self.exchange.status), dtype=np.uint32)
        return Changes(everybody, self.exchange.score, self.exchange.status)

    def outbox(self, month: int) -> Messages:
        """Nothing was sent."""
        return no_messages()

    def scalars(self, month: int) -> Ints:
        """Nothing is known of the whole."""
        return no_scalars(self.schemes)


def load_kernels(prepared: Prepared, setting: Setting) -> None:
    """Load what lives again, scores again and finds ties; the run's own columns stay untouched.

    Nothing is done where lives turn over, since there the months themselves turn the columns, and
    on a loaded network, whose last state nobody reads.
    """
    # study/explain/home_jurisdiction.py loads them when asked
    divided = bool(prepared.inputs.jurisdictions)
    if setting.turning or prepared.network is not None or divided:
        return
    inputs, log = prepared.inputs, Unwritten(prepared, setting)
    next(relive(inputs, setting, log, 0))
    world = world_at(inputs, setting, inputs.origin, log.exchange, log.scalars(inputs.origin))
    none = np.zeros(0, dtype=np.int64)
    scored_again(world, 0, Files(none, none, none, none, none, np.zeros(0, np.uint8)), none)
    if inputs.stored is None:
        computed_ties(inputs, setting.persons.together, none, none)
