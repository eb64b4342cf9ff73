"""The claim checker: what is said, what is documented, what may be printed and what may not.

``python -m docs.build.claims`` prints docs/claims.md; a page may show the same rows.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict


class Claim(BaseModel):
    """A claim: who says it, what is documented, what the model adds, and two sentences."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    claim: str
    said_by: tuple[str, ...]
    documented: str
    evidence: tuple[str, ...]
    model: str
    run: tuple[str, ...]  # names of schemes, federations and patches
    print: str  # a sentence that may be printed
    never: str  # a sentence that may not


def claims() -> list[Claim]:
    """Every claim, in the order of the file."""
    text = (Path(__file__).with_name("claims.toml")).read_text("utf-8")
    return [Claim.model_validate(row) for row in tomllib.loads(text)["claim"]]


def page() -> str:
    """docs/claims.md."""
    lines = [
        "# Which claim may I print?",
        "",
        "Made by `python -m docs.build.claims`; do not edit. Synthetic society, not a",
        "forecast: a run shows what written rules would do in an invented population under the",
        "listed assumptions. Ids are those of the articles (docs/articles.md) and of the outside",
        "evidence.",
    ]
    for one in claims():
        run = ", ".join(f"`{name}`" for name in one.run) or "nothing yet"
        lines += [
            "",
            f"## {one.claim}",
            "",
            f"- **Said by** {', '.join(one.said_by)}",
            f"- **Documented** ({', '.join(one.evidence)}): {one.documented}",
            f"- **What the model adds**: {one.model}",
            f"- **Run**: {run}",
            f"- **May be printed**: {one.print}",
            f"- **May not**: ~~{one.never}~~",
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
