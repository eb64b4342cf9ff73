"""A run of another version: what it was made of is read again, or it is said why not."""

from __future__ import annotations

import pytest

from scoredsociety.errors import UserError
from scoredsociety.runs.folder.manifest import of_request
from scoredsociety.runs.prepare import prepare
from scoredsociety.runs.prepare_again import prepare_again
from scoredsociety.runs.scenario import Scenario


def test_a_document_that_this_version_cannot_read_names_the_version_that_can() -> None:
    manifest = of_request(prepare(Scenario(schemes=("sesame_documented",), people=600, months=1)))
    assert prepare_again(manifest).scenario.schemes == ("sesame_documented",)
    old = {name: text.replace('"friends"', '"far"') for name, text in manifest["documents"].items()}
    with pytest.raises(UserError, match=r"made by scoredsociety .*'far'.*use that version") as said:
        prepare_again({**manifest, "documents": old})
    assert "\n" not in str(said.value) and ".toml" not in str(said.value)
