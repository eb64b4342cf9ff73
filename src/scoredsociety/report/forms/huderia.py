"""HUDERIA (Council of Europe): scale, scope, probability and reversibility of each risk.

The Methodology is the Council of Europe's own publication (coe.int); its present text was not
checked here. The four gradings are a person's; the form puts the counts of the run beside each.
"""

from __future__ import annotations

from scoredsociety.report import words
from scoredsociety.report.evidence import Evidence, scheme_id
from scoredsociety.report.forms import answers
from scoredsociety.report.forms.form import Field, Form, Part, computed, declared, human
from scoredsociety.report.rights import bears_on, named


def huderia_assessment(evidence: Evidence) -> Form:
    """One part a right that restrictions bore on, then engagement and mitigation."""
    parts = [Part("context", "Context of the system", (
        declared("System", answers.heads(evidence, "title", "about")),
        human("Socio-technical context, and who has been consulted"),
    ))]  # fmt: skip
    for place, right in enumerate(answers.rights_touched(evidence), 1):
        parts.append(Part(f"right-{place}", f"Risk to {right}", risk(evidence, right)))
    parts.append(Part("mitigation", "Mitigation plan", (
        computed("Appeals in this simulation", answers.appeals(evidence)),
        human("Measures, responsible persons, dates of reassessment"),
    )))  # fmt: skip
    return Form(
        id="huderia",
        title="HUDERIA: risk and impact assessment, what a simulation can add",
        instrument="HUDERIA Methodology, Council of Europe",
        as_of="as its publisher describes it; not checked here",
        version=1,
        parts=tuple(parts),
    )


def risk(evidence: Evidence, right: str) -> tuple[Field, ...]:
    """Scale, scope, probability and reversibility of one right."""
    severity, months, named_ones = 0, 0, []
    for document in evidence.schemes:
        for row in answers.restrictions(document):
            if right not in [named(one) for one in bears_on(row)]:
                continue
            found = answers.total(evidence, scheme_id(document), "consequence", str(row["id"]))
            if found:
                months += found
                severity = max(severity, answers.severity_of(row))
                named_ones.append(str(row.get("title") or words.plain(str(row["id"]))))
    return (
        declared("Scale: how grave?", f"{words.listed(named_ones)}; highest severity declared "
                 f"{severity} of 9"),
        computed("Scope: how many, for how long?", f"{words.number(months)} person-months of "
                 f"restriction among {words.number(evidence.people)} synthetic persons"),
        computed("Probability, in this simulation", answers.findings(evidence)),
        declared("Reversibility", answers.memories(evidence)),
        human("Grading of the four, and whether the risk is acceptable"),
    )  # fmt: skip
