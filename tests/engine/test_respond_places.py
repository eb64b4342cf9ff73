"""Coefficients are read by place: each place is that of the name that is meant."""

from __future__ import annotations

from scoredsociety.conduct.responses import BY_ID
from scoredsociety.engine.collect import discretion, padding
from scoredsociety.engine.control import authority, queue
from scoredsociety.engine.demography import upbringing
from scoredsociety.engine.respond import (
    appeal,
    awareness,
    deterrence,
    life_effects,
    loyalty,
    opt_in,
    points_seeking,
    shame,
    silence,
    support,
    trust,
    worth,
)
from scoredsociety.engine.ties import tie_dissolution


def test_coefficients_stand_where_the_engine_reads_them() -> None:
    """implementation: every place of a coefficient in the engine is that of its name."""
    asked = {
        ("awareness", awareness): "START OWN HEAR TIES NOTICE",
        ("deterrence", deterrence): "CERTAINTY SEVERITY PRIOR=belief LEARNING FORGETS CROWDING",
        ("deterrence", worth): "SYMBOL",
        ("silence", silence): "WEIGHT CONFORMITY OPACITY SPILL FLAT_SHARE=flat",
        ("seeking", points_seeking): "VALUE REACH DISPLACED",
        ("ties", tie_dissolution): "GAP_CHANCE=score LISTED_CHANCE=listed RANDOM_CHANCE=random "
                           "COST_CHANCE=cost BOND LIKENESS",
        ("joining", opt_in): "ALONE TIES SHOW",
        ("shame", shame): "SHAME DEFIANCE MONTHS=stigma",
        ("support", support): "BASE GAIN LOSS SEEN ARBITRARY FALSIFIED UNLIKE_WEIGHT=unlike "
                              "MISUSE_WEIGHT=misuse",
        ("appeal", appeal): "FILES FILES_RIGHT UPHELD UPHELD_RIGHT SCHOOLING_STEP=schooling "
                            "CAPACITY BODY",
        ("appeal", queue): "CAPACITY",
        ("authority", authority): "SUSPEND ABANDON PATIENCE AMEND EXTEND COPY REVIEW REGIONS",
        ("trust", trust): "HELP IMAGE_SIZE=image SUSPICION_SIZE=suspicion",
        ("loyalty", loyalty): "VALUE REACH HIDES_CHANCE=hides",
        ("discretion", discretion): "STRICTNESS UNLIKE CLOSENESS DISAGREEMENT",
        ("discretion", padding): "UNLIKE AWARDS",
        ("work", life_effects): "LOSS FOUND",
        ("credit", life_effects): "STRAIN",
        ("income", life_effects): "MORE_ARREARS=arrears",
        ("online", life_effects): "LESS",
        ("travel", life_effects): "BY_AIR=flights BY_RAIL=trains GRADIENT",
        ("schooling", life_effects): "WOULD_PAY",
        ("coming_of_age", upbringing): "STEP",
    }  # fmt: skip
    assert {response for response, _ in asked} == set(BY_ID)
    for (response, module), names in asked.items():
        ids = [one.id for one in BY_ID[response].values]
        for name in names.split():
            constant, _, told = name.partition("=")
            assert getattr(module, constant) == ids.index(told or constant.lower()), name
    ids = [one.id for one in BY_ID["discretion"].values]
    assert ids.index("deductions") == padding.AWARDS + 1  # padding.short adds ``against``
