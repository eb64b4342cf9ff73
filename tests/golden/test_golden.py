"""Small fixed runs are what they were. Moved on purpose: ``python -m tests.golden.runs``."""

from __future__ import annotations

import pytest
from tests.golden.runs import PAIRS, SEEDS, SOCIETIES, Golden, digest_of, every, written

from scoredsociety.runs.documents.document_texts import shipped_documents

RUNS = {run.name: run for run in every()}


def test_every_scheme_and_every_choice_is_there() -> None:
    runs = list(every())
    lanes = {run.schemes for run in runs}
    assert lanes == {*((name,) for name in shipped_documents("scheme")), *PAIRS}
    choices = {run[1:] for run in runs}
    assert len(choices) == len(SOCIETIES) * len(SEEDS) * 2 * 2
    assert len(runs) == 4 * len(lanes)
    assert RUNS.keys() == written().keys()


@pytest.mark.parametrize("name", RUNS)
def test_a_run_is_what_it_was(name: str) -> None:
    run: Golden = RUNS[name]
    assert digest_of(run) == written()[name]
