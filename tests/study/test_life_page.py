"""docs/model.md says what the code says; every check of the life under a scheme has its label."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from docs.build.mechanisms import described, filled
from scoredsociety.conduct.responses import BY_ID

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "model.md"
LABELS = ("implementation:", "fitted:", "predicted:")


def page() -> str:
    """The page as it is."""
    return PAGE.read_text(encoding="utf-8")


def section(name: str) -> str:
    """Text of one response or life effect, without its table."""
    found = re.search(rf"^### {name}\n(.*?)(?=^##)", page(), re.DOTALL | re.MULTILINE)
    assert found, name
    return found[1].split("<!-- response")[0]


def test_tables_are_the_code_s() -> None:
    """implementation: written again, the page does not change."""
    assert filled(page()) == page()


def test_every_response_and_life_effect_has_its_section_in_order() -> None:
    """implementation: one block each, none for anything else."""
    assert described(page()) == list(BY_ID)


@pytest.mark.parametrize("name", BY_ID)
def test_the_words_name_every_rival_form(name: str) -> None:
    """implementation: a form that is added without being described fails here."""
    spec, text = BY_ID[name], section(name)
    rivals = [form for form in spec.forms if form not in ("none", "linear")]
    if len(rivals) > 1:
        assert all(form in text for form in rivals), rivals


@pytest.mark.parametrize("name", BY_ID)
def test_the_formula_names_every_coefficient(name: str) -> None:
    """implementation: a coefficient without a place in a formula or in the words fails here."""
    text = section(name)
    missing = [one.id for one in BY_ID[name].values if not re.search(rf"\b{one.id}\b", text)]
    if name == "appeal":
        missing = [one for one in missing if one not in ("upheld", "upheld_right")]
        assert "upheld with the odds below" in text
    assert missing == []


def test_an_unknown_block_is_an_error() -> None:
    """implementation: a block for something that does not exist is told."""
    with pytest.raises(ValueError, match="deterence"):
        filled("<!-- response: deterence -->\n<!-- end -->")


FILES = [
    *sorted((ROOT / "tests/engine").glob("test_respond*.py")),
    *sorted((ROOT / "tests/study").glob("test_life*.py")),
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_check_says_what_it_is(file: Path) -> None:
    """implementation: *implementation*, *fitted* or *predicted* begins each test's docstring."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    tests = [
        node for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]  # fmt: skip
    assert tests
    unsaid = [one.name for one in tests if not (ast.get_docstring(one) or "").startswith(LABELS)]
    assert unsaid == []
