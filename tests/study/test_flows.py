"""Flows of data: what a private firm knows reaches the state, or does not (S3-28, S3-29).

Each test says what it is: *implementation*, *fitted* or *predicted*.
"""

from __future__ import annotations

import pytest

from scoredsociety.conduct.model import load_conduct
from scoredsociety.errors import UserError
from scoredsociety.runs.documents.data_flows import PRIVATE_TO_STATE, read_by, without_private
from scoredsociety.runs.prepare import prepare
from scoredsociety.runs.scenario import Scenario
from scoredsociety.scheme.read.load import load_scheme

CONDUCT = load_conduct("everyday")
PRIVATE = {one.id for one in CONDUCT.source if one.operator == "private"}


def sources_of(scheme: str, off: tuple[str, ...]) -> int:
    """Mask of the sources that the compiled scheme reads."""
    prepared = prepare(Scenario((scheme,), people=100, months=1, switched_off=off))
    return int(prepared.inputs.schemes[0][1].schemes.sources[0])


def test_a_state_scheme_loses_the_sources_of_firms_and_nothing_else() -> None:
    """implementation: the national composite reads messages and purchases, and then does not."""
    scheme = load_scheme("national_composite", CONDUCT)
    before, after = set(read_by(scheme, CONDUCT)), set(
        read_by(without_private(scheme, CONDUCT), CONDUCT)
    )
    assert before - after == before & PRIVATE
    assert {"message_service", "shop_platform"} <= before - after
    mask = sum(1 << CONDUCT.source_ids.index(name) for name in after)
    assert sources_of("national_composite", (PRIVATE_TO_STATE,)) == mask
    assert sources_of("national_composite", ()) & mask == mask


@pytest.mark.parametrize("scheme", ["sesame_documented", "fico", "weihai_village", "nosedive"])
def test_a_scheme_that_is_not_the_state_s_is_as_before(scheme: str) -> None:
    """implementation: a company goes on reading its own data."""
    assert sources_of(scheme, (PRIVATE_TO_STATE,)) == sources_of(scheme, ())


def test_a_scheme_that_names_no_source_reads_all_and_then_all_but_the_private() -> None:
    """implementation: without a list, every source is read."""
    scheme = load_scheme("wendeng_2020", CONDUCT)
    bare = scheme.model_copy(update={"scheme": scheme.scheme.model_copy(update={"reads": None})})
    assert read_by(bare, CONDUCT) == CONDUCT.source_ids
    assert set(read_by(without_private(bare, CONDUCT), CONDUCT)) == (
        set(CONDUCT.source_ids) - PRIVATE
    )


def test_a_flow_of_another_name_is_refused_with_a_hint() -> None:
    """implementation: one sentence."""
    with pytest.raises(UserError, match="flow.private_to_state"):
        Scenario(("none",), switched_off=("flow.private_to_stat",)).check()
