"""docs/sources.md: what every id stands for, from the same table that reports cite."""

from __future__ import annotations

from scoredsociety.report.sections.basis.sources import MEANS, bibliography

HEAD = f"""# Sources: what the ids stand for

*What is O-R0? Was it read? Who says so?*

{MEANS} What a run gives beside a figure is of a synthetic society, not a forecast.

<!-- made by docs/build/sources_page.py from src/scoredsociety/report/sources.toml -->

| id | what it says | where it was read |
|---|---|---|
"""


def page() -> str:
    """The whole page."""
    rows = [f"| {name} | {cell(one.says)} | {cell(one.where)} |"
            for name, one in bibliography().items()]  # fmt: skip
    return HEAD + "\n".join(rows) + "\n"


def cell(text: str) -> str:
    """Text that cannot end a cell, open a tag or strike through."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("~", "about ")


if __name__ == "__main__":
    print(page(), end="")
