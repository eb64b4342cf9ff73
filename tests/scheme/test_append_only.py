"""Implementation: a rule keeps its number through a run; a patch renumbers nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.metamorphic.living import live, scheme_of

from scoredsociety.calendar import month_number
from scoredsociety.conduct.model import load_conduct
from scoredsociety.engine.checkpoint import columns
from scoredsociety.runs.documents.dated_documents import versions_of
from scoredsociety.runs.documents.divided_tables import tables_of
from scoredsociety.runs.scenario import Scenario
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile.scheme_names import SchemeNames
from scoredsociety.scheme.compile.schemes import compile_schemes
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.scheme.read.patch import Patch, versions
from scoredsociety.society.recipes.recipe import load_society

CHANGED = Patch(
    "changed",
    merge={"rule": [{"id": "parking_ticket", "points": -20},
                    {"id": "speeding", "on": "speeding", "points": -5}]},
    removes=("rule.noise",),
)  # fmt: skip
START = month_number("2020-01")


def history(at: str | None) -> list[tuple[int, Scheme]]:
    """``wendeng_2020``, as it is or with a changed, a new and a removed rule from a month on."""
    scheme = scheme_of("wendeng_2020")
    if at is None:
        return [(0, scheme)]
    return versions(scheme, [replace(CHANGED, at=at)], load_conduct("everyday"))


def keys(names: SchemeNames, scheme: int) -> list[str]:
    return [rule.key for rule in names.rules if rule.scheme == scheme]


@pytest.mark.parametrize("at", ["2020-07", "amended", "extended"])
def test_all_tables_of_a_run_number_rules_alike(at: str) -> None:
    """Whatever the month whose tables they are; what comes new stands behind what was there."""
    conduct, other = load_conduct("everyday"), [(0, scheme_of("judgment_list"))]
    _, plain = compile_schemes([history(None), other], conduct)
    made = [
        compile_schemes([history(at), other], conduct, month)
        for month in (None, START, START + 6, *t.FAR)
    ]
    for tables, names in made:
        assert [one.key for one in names.rules] == [one.key for one in made[0][1].rules]
        assert np.array_equal(tables.rules, made[0][0].rules)
        first = keys(plain, 0)
        assert keys(names, 0)[: len(first)] == first
        assert {"parking_ticket", "speeding"} <= {
            rule.id for rule in names.rules[len(first) : len(keys(names, 0))]
        }
        assert keys(names, 1) == keys(plain, 1)


def written(folder: Path, at: str) -> str:
    """The same patch as a file."""
    path = folder / f"{at}.toml"
    path.write_text(
        f'at = "{at}"\nremove = ["rule.noise"]\n[patch]\nid = "p"\nscheme = "wendeng_2020"\n'
        '[[rule]]\nid = "parking_ticket"\npoints = -20\n'
        '[[rule]]\nid = "speeding"\non = "speeding"\npoints = -5\n'
    )
    return str(path)


@pytest.mark.parametrize("at", ["2020-07", "amended"])
def test_records_from_before_stay_what_they_were(at: str, tmp_path: Path) -> None:
    """Word for word what they are in a run that is never patched, until the patch holds."""
    sets = ("response.authority.form=thresholds", "response.authority.values.amend=1")
    scheme = scheme_of("wendeng_2020")
    plain, patched = (
        live([scheme], people=600, months=6, sets=sets, patches=patches)
        for patches in ((), (written(tmp_path, at),))
    )
    one, other = columns(plain.lived.state), columns(patched.lived.state)
    assert len(one["records"]) > 50
    for name, column in one.items():
        assert np.array_equal(column, other[name]), name


def test_records_keep_their_rule_when_the_patch_comes(tmp_path: Path) -> None:
    """The digest by meaning and the words say the same of every record that stood before."""
    scheme = scheme_of("wendeng_2020")
    patch = written(tmp_path, "2020-07")
    before = live([scheme], people=600, months=6, patches=(patch,))
    after = live([scheme], people=600, months=8, patches=(patch,))
    plain = live([scheme], people=600, months=8)
    assert before.lived.labels.rules == after.lived.labels.rules
    first = len(plain.lived.labels.rules)
    assert after.lived.labels.rules[:first] == plain.lived.labels.rules
    booked = (columns(after.lived.state)["records"] >> 22) >= first
    assert booked.any(), "the new rules book under numbers of their own"


def test_tables_by_region_number_rules_alike_too(tmp_path: Path) -> None:
    """Each jurisdiction's tables of all months, and what its numbers are in the run."""
    names = ("wendeng_2020", "judgment_list")
    scenario = Scenario(names, patches=(written(tmp_path, "2020-07"),), people=600, months=12)
    conduct, recipe = load_conduct("everyday"), load_society("county")
    schemes = [scheme_of(name) for name in names]
    head = schemes[0].scheme.model_copy(update={"region": 1})
    schemes[0] = schemes[0].model_copy(update={"scheme": head})
    made = tables_of(
        scenario, versions_of(scenario, recipe, conduct, schemes), START, START + 12, apart=True
    )
    here, elsewhere = made.jurisdictions
    assert [month for month, _ in here.schemes] == [START, START + 6]
    assert elsewhere.schemes[0][0] == START and elsewhere.numbers.schemes.tolist() == [1]
    (_, early), (_, late) = here.schemes
    assert np.array_equal(early.rules, late.rules)
    assert sorted(here.numbers.rules.tolist()) == list(range(len(made.names.rules)))
    assert here.numbers.schemes.tolist() == [1, 0]
