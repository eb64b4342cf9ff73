"""The plausible settings over which a study's answers range: rival forms and bounds, declared.

No interval of replicates says how far a conclusion may go; these settings do. Each changes one
thing that no source settles: a response takes a rival form or is left out, or a coefficient takes
an end of its bounds (conduct/responses.py). All are declared here, before any run is made.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from scoredsociety.conduct.responses import BY_ID
from scoredsociety.runs.scenario import Scenario


@dataclass(frozen=True)
class PlausibleSetting:
    """One plausible setting: its id, what it assumes in words, and how a run is told."""

    id: str
    says: str
    sets: tuple[str, ...] = ()
    switched_off: tuple[str, ...] = ()
    settled: bool = False  # also run until memories are full, which takes three times as long

    def of(self, scenario: Scenario) -> Scenario:
        """The scenario under this setting."""
        return replace(
            scenario,
            sets=(*scenario.sets, *self.sets),
            switched_off=(*scenario.switched_off, *self.switched_off),
        )


def _bound(response: str, value: str, end: str) -> str:
    """The ``--set`` of a coefficient at its ``low`` or ``high`` end."""
    found = next(one for one in BY_ID[response].values if one.id == value)
    return f"response.{response}.values.{value}={getattr(found, end)}"


# Everybody knows of the scheme, and their score, from the first month in which it scores them
EVERYBODY_KNOWS = ("response.awareness.values.start=1", "response.awareness.values.own=1")

DEFAULT = PlausibleSetting("default", "every response in its default form", settled=True)

PLAUSIBLE: tuple[PlausibleSetting, ...] = (
    DEFAULT,
    PlausibleSetting("no_responses", "nobody responds and no life is changed",
            switched_off=("responses", "life_effects"), settled=True),
    PlausibleSetting("no_life_effects", "restrictions change no life",
            switched_off=("life_effects",)),
    PlausibleSetting("not_deterred", "nobody is deterred", switched_off=("deterrence",),
            settled=True),
    PlausibleSetting("deterred_at_thresholds", "deterrence works at thresholds",
            ("response.deterrence.form=threshold",)),
    PlausibleSetting("deterrence_high", "deterrence at the high end of its bounds",
            (_bound("deterrence", "certainty", "high"), _bound("deterrence", "severity", "high"))),
    PlausibleSetting("not_silent", "nobody falls silent", switched_off=("silence",)),
    PlausibleSetting("silent_flat", "the same share of everybody who knows falls silent",
            ("response.silence.form=flat",)),
    PlausibleSetting("silence_high", "fear of loss weighs at the high end of its bounds",
            (_bound("silence", "weight", "high"), _bound("silence", "spill", "high")),
            settled=True),
    PlausibleSetting("no_seeking", "nobody acts for points", switched_off=("seeking",)),
    PlausibleSetting("seeking_high", "points are sought at the high end of the bounds",
            (_bound("seeking", "value", "high"),)),
    PlausibleSetting("no_ties_dropped", "nobody drops a tie over a score",
            ("response.ties.values.score=0", "response.ties.values.listed=0"), settled=True),
    PlausibleSetting("ties_dropped_high", "ties are dropped at the high end of the bounds",
            (_bound("ties", "score", "high"), _bound("ties", "listed", "high")), settled=True),
    PlausibleSetting("known_to_few", "few know of the scheme",
            (_bound("awareness", "start", "low"), _bound("awareness", "hear", "low"),
             _bound("awareness", "ties", "low"))),
    PlausibleSetting("known_to_many", "many know of the scheme",
            (_bound("awareness", "start", "high"), _bound("awareness", "hear", "high"),
             _bound("awareness", "ties", "high")), settled=True),
    PlausibleSetting("defiant", "who is named turns defiant", ("response.shame.form=defiant",)),
    PlausibleSetting("suspicious", "seeing scores makes suspicious",
            ("response.trust.form=suspicion",)),
    PlausibleSetting("no_objections", "nobody objects to a record", switched_off=("appeal",)),
)  # fmt: skip

BY_HAND = "response.discretion.form=collectors"
COLLECTORS = PlausibleSetting("collectors", "collectors enter what they choose", (BY_HAND,))


def _chosen(identity: str, says: str, value: str, end: str) -> PlausibleSetting:
    """Collectors with one strength at an end of its bounds."""
    return PlausibleSetting(f"collectors_{identity}", f"collectors {says}",
                   (BY_HAND, _bound("discretion", value, end)))  # fmt: skip


# Settings of Q11, each beside the same run in which every record seen is entered.
DISCRETION: tuple[PlausibleSetting, ...] = (
    COLLECTORS,
    _chosen("lax", "enter half of what they see", "strictness", "low"),
    _chosen("alike", "are no stricter than each other", "unlike", "low"),
    _chosen("unlike", "are as unlike as the bounds allow", "unlike", "high"),
    _chosen("fair", "spare nobody who is close", "closeness", "low"),
    _chosen("partial", "spare the close as far as the bounds allow", "closeness", "high"),
    _chosen("vengeful", "hold speech against people as far as the bounds allow", "disagreement",
           "high"),
    PlausibleSetting("collectors_padding", "collectors make up records where a quota wants more",
            ("response.discretion.form=padding",)),
)
