"""What tests of studies share."""

from __future__ import annotations

import pytest
from tests.study.lanes import ALONE


@pytest.fixture(scope="module")
def tied(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A points scheme with two rules on acts."""
    file = tmp_path_factory.mktemp("scheme") / "tied.toml"
    file.write_text(ALONE, encoding="utf-8")
    return str(file)
