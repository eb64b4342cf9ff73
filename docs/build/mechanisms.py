"""The page on the model: its tables come from the code, its words stand in ``docs/model.md``.

Between ``<!-- response: ID -->`` and ``<!-- end -->`` stand the forms and coefficients of a
response or life effect, as conduct/responses.py has them. A test fails where page and code
differ.

    python -m docs.build.mechanisms docs/model.md
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from scoredsociety.conduct.responses import BY_ID, Spec

_BLOCK = re.compile(r"<!-- response: (\w+) -->\n.*?<!-- end -->", re.DOTALL)


def tables_of(spec: Spec) -> str:
    """Forms and coefficients of one response or life effect, as Markdown."""
    forms = ", ".join(
        f"**`{name}`** (default)" if name == spec.form else f"`{name}`" for name in spec.forms
    )
    rows = [
        f"| `{one.id}` | {one.default} | {one.low} to {one.high} | {one.unit} | {one.source} |"
        for one in spec.values
    ]
    head = ["| coefficient | default | bounds | unit | from |", "|---|---|---|---|---|"]
    return "\n".join([f"Forms: {forms}.", "", *head, *rows])


def filled(page: str) -> str:
    """The page with every block written again; ValueError names an id that does not exist."""

    def block(match: re.Match[str]) -> str:
        name = match[1]
        if name not in BY_ID:
            raise ValueError(f"the page has a block for {name!r}, which is no response")
        return f"<!-- response: {name} -->\n{tables_of(BY_ID[name])}\n<!-- end -->"

    return _BLOCK.sub(block, page)


def described(page: str) -> list[str]:
    """Ids that have a block, in the order of the page."""
    return [match[1] for match in _BLOCK.finditer(page)]


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        path = Path(argument)
        path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")
