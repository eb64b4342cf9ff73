"""A conduct document of one's own need not have every act that a shipped scheme names."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoredsociety.conduct import model
from scoredsociety.document.problem import DocumentErrors
from scoredsociety.runs.prepare import prepare
from scoredsociety.runs.scenario import Scenario
from scoredsociety.scheme.read.load import find_scheme


@pytest.fixture
def conduct(tmp_path: Path) -> Path:
    """``everyday`` as it was before it knew of settlements in enforcement."""
    shipped = Path(model.__file__).parent / "catalogue" / "everyday.toml"
    head, *acts = shipped.read_text(encoding="utf-8").split("[[act]]")
    kept = [one for one in acts if 'id = "breaks_settlement"' not in one]
    assert len(kept) == len(acts) - 1
    file = tmp_path / "mine.toml"
    file.write_text("[[act]]".join([head, *kept]), encoding="utf-8")
    return file


def of(conduct: Path, scheme: str, without: tuple[str, ...] = ()) -> Scenario:
    return Scenario((scheme,), people=300, months=2, conduct=str(conduct), without=without)


def test_a_rule_on_an_act_that_nobody_can_do_is_left_out_and_said(conduct: Path) -> None:
    """Seen to fail before: the run was refused."""
    told: list[str] = []
    found = prepare(of(conduct, "judgment_list"), told.append)
    assert found.scenario.without == ("rule.settlement",)  # so the command and the manifest say it
    assert "settlement" not in [rule.id for rule in found.names.rules]
    assert told == ["the conduct document has no act for rule.settlement: left out"]
    assert prepare(of(conduct, "red_list")).scenario.without == ()


def test_in_a_file_of_ones_own_it_is_an_error_unless_left_out(
    conduct: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "list.toml"
    mine.write_text(find_scheme("judgment_list").read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(DocumentErrors, match="breaks_settlement"):
        prepare(of(conduct, str(mine)))
    asked = of(conduct, str(mine), ("settlement",))
    assert prepare(asked).scenario.without == ("settlement",)
