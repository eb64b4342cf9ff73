"""The pages that can be asked for by name: the report, the model description, and the forms."""

from __future__ import annotations

from pathlib import Path

from scoredsociety.errors import UserError, did_you_mean
from scoredsociety.outputs import write
from scoredsociety.report.evidence import Evidence

# name: what it is, and what it follows; the order is that of ``scored report --forms``
PAGES: dict[str, tuple[str, str]] = {
    "report": ("The plain report: who is excluded, how, and what it rests on", "this laboratory"),
    "odd": ("Citable model description (ODD), written from the documents of the run",
            "Grimm et al. 2020"),
    "ai_act_article_5": ("Screen for social scoring: unrelated contexts, disproportion",
                         "Regulation (EU) 2024/1689, Article 5(1)(c), since 2 February 2025"),
    "ai_act_article_27": ("Fundamental rights impact assessment",
                          "Regulation (EU) 2024/1689, Article 27(1)(a) to (f)"),
}  # fmt: skip


def check_form(name: str) -> None:
    """UserError for an unknown name."""
    if name not in PAGES:
        raise UserError(
            f"--form {name}: there is no such form; `scored report --forms` lists them."
            f"{did_you_mean(name, PAGES)}"
        )


def page_text(name: str, evidence: Evidence) -> str:
    """A page by its name, as HTML; UserError for an unknown name."""
    check_form(name)
    if name == "report":
        from scoredsociety.report.render import report_text

        return report_text(evidence)
    if name == "odd":
        from scoredsociety.report.pages.odd import odd_text

        return odd_text(evidence)
    from scoredsociety.report.forms import FORMS, form_text

    return form_text(FORMS[name](evidence), evidence)


def write_page(name: str, evidence: Evidence, path: str | Path) -> Path:
    """Write a page by its name, whole or not at all; UserError where that cannot be."""
    return write(Path(path), page_text(name, evidence))
