"""The compiled conduct: exact integers, and candidates that nothing but the base decides."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest

from scoredsociety.columns import integers_of
from scoredsociety.conduct import tables as t
from scoredsociety.conduct.acts import saturation, worst_acceptance
from scoredsociety.conduct.envelopes import candidate_thresholds, domain_units, frailty_units, means
from scoredsociety.conduct.model import Conduct, conduct_of, load_conduct
from scoredsociety.conduct.parts import ConductError
from scoredsociety.fixed import NEVER, ONE
from scoredsociety.scheme.read.patch import apply, document_of
from scoredsociety.scheme.read.patch import without as removal_of
from scoredsociety.society.tables import TRAIT


@pytest.fixture(scope="module")
def everyday() -> Conduct:
    return load_conduct("everyday")


def without(conduct: Conduct, *ids: str) -> Conduct:
    kept = tuple(act for act in conduct.act if act.id not in ids)
    return Conduct.model_validate(conduct.model_dump() | {"act": kept})


def with_rate(conduct: Conduct, name: str, factor: str) -> Conduct:
    acts = tuple(
        act.model_copy(update={"rate": act.rate * Decimal(factor)}) if act.id == name else act
        for act in conduct.act
    )
    return Conduct.model_validate(conduct.model_dump() | {"act": acts})


def owners(conduct: Conduct) -> list[list[str | None]]:
    """Id of the act (with ``false``) that each cell belongs to."""
    ids = conduct.act_ids
    table = conduct.compile().cells
    return [
        [None if c < 0 else ids[c >> 1] + (" false" if c & 1 else "") for c in row]
        for row in table.tolist()
    ]


def test_every_table_is_int64(everyday: Conduct) -> None:
    for name, table in everyday.compile()._asdict().items():
        assert integers_of(table).dtype == np.int64, name


def test_shapes_and_indices(everyday: Conduct) -> None:
    made = everyday.compile()
    acts, envelopes = len(everyday.act), len(everyday.envelope)
    assert made.acts.shape == (acts,)
    assert made.counts.shape == (envelopes, 16, t.MOST_CANDIDATES)
    assert made.cells.shape == (envelopes, t.CELLS_PER_ENVELOPE)
    assert made.cells.max() < 2 * acts
    ends = made.effects.first_value + made.effects.value_count
    assert ends.max() <= len(made.effect_values)
    assert (made.acts.first_effect + made.acts.effect_count).max() <= len(made.effects)
    for row in made.acts:
        shares = made.amounts.below[row.first_amount :][: row.amount_count]
        assert len(shares) == 0 or (shares[-1] == ONE and (np.diff(shares) > 0).all())


def test_counts_have_the_stated_mean_within_the_rounding_of_thresholds(everyday: Conduct) -> None:
    for envelope in everyday.envelope:
        for mean in means(envelope, everyday.frailty):
            row = candidate_thresholds(mean)
            assert list(row) == sorted(row)
            made = sum(Fraction(ONE - one, ONE) for one in row)
            assert abs(made - Fraction(mean)) < Fraction(8, ONE)


def test_frailty_multipliers_have_a_mean_of_one(everyday: Conduct) -> None:
    units = frailty_units(everyday.frailty)
    with localcontext() as context:
        context.prec = 30
        mean = Decimal(0)
        for share, unit in zip(everyday.frailty.shares, units, strict=True):
            mean += share * Decimal(2) ** (Decimal(unit) / 1024)
    assert abs(mean - 1) < Decimal("0.0007")  # half a unit of 1/1024 octave


def test_envelope_dominates_every_act(everyday: Conduct) -> None:
    for act in everyday.act:
        assert worst_acceptance(everyday, act, everyday.allotment, capped=False) <= 8, act.id
    capped = saturation(everyday)
    at_cap = [
        share
        for mean, share in zip(
            means(everyday.envelope[0], everyday.frailty), everyday.frailty.shares, strict=True
        )
        if mean == 6
    ]
    assert max(capped.values()) <= 512  # under half an octave,
    assert sum(at_cap) < Decimal("0.01")  # in fewer than one person in a hundred


def test_monthly_probability_of_an_act_is_its_rate(everyday: Conduct) -> None:
    """Candidates x cells x acceptance gives back rate / 12 for a person of every frailty."""
    made = everyday.compile()
    index = everyday.act_ids.index("parking_ticket")
    act = everyday.act[index]
    row = made.acts[index]
    units = domain_units(everyday.frailty)
    for f in range(12):
        traits = {"frailty": f, "frailty_traffic": f, "drives": 1, "urban": 1, "age": 40}
        total = int(row.rate)
        for trait, first, count in made.effects[row.first_effect :][: row.effect_count]:
            name = next(key for key, place in TRAIT.items() if place == trait)
            total += int(made.effect_values[first + min(traits[name], count - 1)])
        mean = means(everyday.envelope[0], everyday.frailty)[f]
        cells = everyday.allotment["parking_ticket"].count
        found = mean * cells / 4096 * Decimal(2) ** (Decimal(total) / 1024)
        wanted = act.rate / 12 * Decimal("1.3") * Decimal(2) ** (Decimal(units[f]) / 1024)
        assert abs(found / wanted - 1) < Decimal("0.0035")  # five roundings to 1/1024 octave


def test_not_exposed_is_never(everyday: Conduct) -> None:
    made = everyday.compile()
    row = made.acts[everyday.act_ids.index("drunk_driving")]
    rows = made.effects[row.first_effect :][: row.effect_count]
    (drives,) = [one for one in rows if one.trait == TRAIT["drives"]]
    assert made.effect_values[drives.first_value] == NEVER
    (age,) = [one for one in rows if one.trait == TRAIT["age"]]
    assert made.effect_values[age[1] + 17] == NEVER
    assert made.effect_values[age[1] + 18] > NEVER


def test_removing_an_act_empties_its_cells_and_moves_no_other(everyday: Conduct) -> None:
    before, after = owners(everyday), owners(without(everyday, "parking_ticket", "noise"))
    gone = {"parking_ticket", "parking_ticket false", "noise", "noise false"}
    for row, other in zip(before, after, strict=True):
        assert [None if one in gone else one for one in row] == other


def test_an_added_act_takes_empty_cells(everyday: Conduct) -> None:
    more = everyday.act[5].model_copy(update={"id": "a_new_act", "rate": Decimal("0.01")})
    document = everyday.model_dump() | {"act": (more, *everyday.act)}
    before, after = owners(everyday), owners(Conduct.model_validate(document))
    for row, other in zip(before, after, strict=True):
        for old, new in zip(row, other, strict=True):
            assert new == old or (old is None and new in ("a_new_act", "a_new_act false"))
    assert any("a_new_act" in row for row in after)


def test_a_patch_file_s_way_of_removing_an_act_keeps_the_cells(everyday: Conduct) -> None:
    values = document_of(everyday)
    assert len(values["allotment"]) > len(everyday.act)
    after = conduct_of(apply(values, removal_of(["act.parking_ticket"])), "a patch")
    assert after.allotment == everyday.allotment
    gone = {"parking_ticket", "parking_ticket false"}
    for row, other in zip(owners(everyday), owners(after), strict=True):
        assert [None if one in gone else one for one in row] == other


@pytest.mark.parametrize("factor", ["0.1", "1.2"])
def test_a_changed_rate_changes_no_candidate(everyday: Conduct, factor: str) -> None:
    before = everyday.compile()
    after = with_rate(everyday, "red_light", factor).compile()
    assert (before.counts == after.counts).all()
    assert (before.cells == after.cells).all()
    assert (before.acts != after.acts).sum() == 1  # the base of one act


def test_a_rate_that_does_not_fit_is_refused_by_name(everyday: Conduct) -> None:
    with pytest.raises(ConductError, match=r"rate: its cells carry .* red_light"):
        with_rate(everyday, "red_light", "3").compile()


def test_lateness_thresholds_are_nested(everyday: Conduct) -> None:
    made = everyday.compile()
    sources, filing = made.sources, made.filing
    assert (filing.late_1 >= filing.late_2).all()
    assert (filing.late_2 >= filing.late_3).all()
    assert sources.bit.tolist() == list(range(len(everyday.source)))
