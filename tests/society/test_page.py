"""The examples of docs/society.md run, and its commands are those that there are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.commandline import Scored

PAGE = (Path(__file__).parents[2] / "docs" / "society.md").read_text("utf-8")


def test_the_examples_run() -> None:
    """In order, in one namespace, as a reader would type them; their asserts must hold."""
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) == 2
    known: dict[str, Any] = {}
    for block in blocks:
        assert "assert" in block
        exec(compile(block, "docs/society.md", "exec"), known)


def test_the_page_names_every_recipe(scored: Scored) -> None:
    for one in scored("societies", "--json").json["societies"]:
        assert f"`{one['id']}`" in PAGE
