"""The plain report: one file, readable without scripts or network, the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from scoredsociety.document.text import neutral
from scoredsociety.outputs import written
from scoredsociety.report import phrasing
from scoredsociety.report.by_scheme import per_scheme
from scoredsociety.report.elements import Section
from scoredsociety.report.evidence import Evidence, heading_of, tables_under
from scoredsociety.report.rights import rights_section
from scoredsociety.report.sections.basis.assumptions import assumed_section
from scoredsociety.report.sections.basis.measure_table import measures_section
from scoredsociety.report.sections.basis.provenance import (
    citation_section,
    limits_section,
    made_section,
)
from scoredsociety.report.sections.basis.published_figures import published_section
from scoredsociety.report.sections.basis.society_card import society_section
from scoredsociety.report.sections.basis.sources import sources_section
from scoredsociety.report.sections.basis.study_tables import audit_section, questions_section
from scoredsociety.report.sections.comparison.comparison import comparison_section
from scoredsociety.report.sections.outcomes.causes import causes
from scoredsociety.report.sections.outcomes.contagion import contagion_section
from scoredsociety.report.sections.outcomes.exclusion import excluded
from scoredsociety.report.sections.outcomes.grades import grades
from scoredsociety.report.sections.outcomes.joint_cells import joint_section
from scoredsociety.report.sections.outcomes.lives import lives_section
from scoredsociety.report.sections.outcomes.mobility import mobility_section
from scoredsociety.report.sections.outcomes.responses import responses_section
from scoredsociety.report.sections.outcomes.silence import silence_section
from scoredsociety.report.sections.outcomes.timeline import story_section
from scoredsociety.report.sections.rules.necessity import necessity_section
from scoredsociety.report.sections.rules.rule_effects import ablation_section
from scoredsociety.report.sections.rules.scheme_card import scheme_section
from scoredsociety.report.sections.rules.unmet import unmet_section
from scoredsociety.report.sections.summary.summary import summary_section


def rights_of_run(evidence: Evidence) -> Section | None:
    """The rights map for the restrictions of the run's schemes."""
    found = [
        row
        for document in evidence.schemes
        for row in tables_under(document, "consequence")
        if row.get("denies")
    ]
    return rights_section(found) if found else None


def excluded_section(evidence: Evidence) -> Section | None:
    """Who is excluded."""
    return per_scheme(evidence, "excluded", "Who is excluded", excluded)


def grades_section(evidence: Evidence) -> Section | None:
    """Grades over time and by group."""
    return per_scheme(evidence, "grades", "Grades over time and by group", grades)


def causes_section(evidence: Evidence) -> Section | None:
    """Errors, intention and protected conduct."""
    return per_scheme(evidence, "causes", "Errors, intention and protected conduct", causes)


Build = Callable[[Evidence], Section | None]
Ahead = Mapping[Build, Section | None]  # sections that were built before the others
NOTHING: Ahead = {}
# Sections in the order in which a reader needs them; one without evidence is left out.
SECTIONS: tuple[Build, ...] = (
    summary_section,
    story_section,
    scheme_section,
    society_section,
    excluded_section,
    joint_section,
    grades_section,
    causes_section,
    lives_section,
    contagion_section,
    mobility_section,
    silence_section,
    responses_section,
    ablation_section,
    comparison_section,
    necessity_section,
    questions_section,
    measures_section,
    rights_of_run,
    audit_section,
    assumed_section,
    unmet_section,
    published_section,
    limits_section,
    made_section,
    citation_section,
)
# Sections with charts, by what they read: tallies and documents, or what is soon read of the last
# state besides. Built as soon as that is known, they are drawn while the rest is worked out.
DRAWN_FROM_TALLIES: tuple[Build, ...] = (summary_section, grades_section, silence_section)
DRAWN_FROM_STATE: tuple[Build, ...] = (causes_section, mobility_section, ablation_section)
SHOWN = ("summary", "story")  # what stands open; the rest is folded behind it


def build_ahead(evidence: Evidence, wanted: Iterable[Build]) -> Ahead:
    """Some sections, whose charts are drawn from now on."""
    return {build: build(evidence) for build in wanted}


def sections(evidence: Evidence, ahead: Ahead = NOTHING) -> list[Section]:
    """Every section for which there is evidence, in order."""
    made = (ahead[build] if build in ahead else build(evidence) for build in SECTIONS)
    found = [section for section in made if section is not None]
    cited = sources_section(found)
    found += [cited] if cited else []
    return [replace(one, folded=one.id not in SHOWN) for one in found]


def report_title(evidence: Evidence) -> str:
    """The report's title."""
    names = [
        str(heading_of(evidence.scheme(name), "scheme").get("title") or phrasing.plain(name))
        for name in evidence.scheme_ids
    ]
    title = phrasing.listed(names) or "A society without a scheme"
    others = phrasing.listed([one.other for one in evidence.comparisons])
    return f"{title}, compared with {others}" if others else title


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("scoredsociety.report", "templates"), autoescape=True,
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True,
    )  # fmt: skip
    return environment


def load_templates() -> None:
    """Read and compile the templates, which every page needs."""
    for name in ("report.html.j2", "blocks.html.j2"):
        _templates().get_template(name)


def page(title: str, parts: list[Section], lead: str = "") -> str:
    """One self-contained page of sections."""
    template = _templates().get_template("report.html.j2")
    return neutral(template.render(
        title=title, sections=parts, synthetic=phrasing.SYNTHETIC, clause=phrasing.CLAUSE, lead=lead
    ))  # fmt: skip


def report_text(evidence: Evidence, ahead: Ahead = NOTHING) -> str:
    """The whole report as HTML text; the same evidence gives the same text."""
    return page(report_title(evidence), sections(evidence, ahead), _lead(evidence))


def summary_text(evidence: Evidence) -> str:
    """The summary alone as HTML text, a screen of it: what a notebook shows."""
    return page(report_title(evidence), [summary_section(evidence)], _lead(evidence))


def _lead(evidence: Evidence) -> str:
    people = phrasing.number(evidence.people)
    span = phrasing.months(int(evidence.manifest.get("months", len(evidence.months))))
    return f"{people} invented persons, {span}, seed {evidence.manifest.get('seed')}"


def write_report(evidence: Evidence, path: str | Path, ahead: Ahead = NOTHING) -> Path:
    """Write the report to ``path`` (whole or not at all) and return it.

    Raises EvidenceError where a ledger does not add up, OSError where it cannot be written.
    """
    target = Path(path)
    text = report_text(evidence, ahead)
    with written(target) as file:
        file.write(text.encode())
    return target
