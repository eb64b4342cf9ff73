"""Canada's Algorithmic Impact Assessment: its risk areas, not its questions.

Risk areas as the tool's publisher lists them (canada.ca, Algorithmic Impact Assessment tool); how
they stand there today was not checked here. The tool's own questionnaire gives the impact level;
this form gathers what a run can say to it and computes no level.
"""

from __future__ import annotations

from scoredsociety.report.evidence import Evidence
from scoredsociety.report.forms import answers
from scoredsociety.report.forms.form import Form, Part, computed, declared, human


def algorithmic_impact_assessment(evidence: Evidence) -> Form:
    """Project, system, algorithm, decision, impact, data, mitigation."""
    rights = answers.rights_touched(evidence)
    return Form(
        id="canada",
        title="Algorithmic Impact Assessment (Canada): what a simulation can add",
        instrument="Directive on Automated Decision-Making, Algorithmic Impact Assessment tool",
        as_of="risk areas as the tool's publisher lists them; not checked here",
        version=1,
        parts=(
            Part("project", "Project", (
                declared("Description", answers.heads(evidence, "title", "about")),
                human("Owner, stage, reasons for automation, authority"),
            )),
            Part("algorithm", "System and algorithm", (
                declared("Scale", answers.scales(evidence)),
                declared("Who sees the score?", answers.heads(evidence, "visibility")),
                human("Is the algorithm disclosed, and can each output be explained?"),
            )),
            Part("decision", "Decision", (
                computed("Contexts in which restrictions fell", decisions(evidence)),
                human("Which administrative decision does the score make or support?"),
            )),
            Part("impact", "Impact", (
                computed("Rights on which restrictions bore",
                         "; ".join(rights) or "none in this simulation"),
                computed("Who was restricted in this simulation", answers.findings(evidence)),
                declared("Duration and reversibility", answers.memories(evidence)),
                human("Impact level that the questionnaire gives"),
            )),
            Part("data", "Data", (
                computed("Errors in the records", answers.errors(evidence)),
                human("Sources, classification, consent"),
            )),
            Part("mitigation", "Mitigation", (
                computed("Recourse in this simulation", answers.appeals(evidence)),
                computed("Widest difference between groups in this simulation",
                         answers.gaps(evidence)),
                human("Consultation, peer review, notice, recourse, monitoring"),
            )),
        ),
    )  # fmt: skip


def decisions(evidence: Evidence) -> str:
    """Contexts of restrictions that fell on somebody."""
    found = sorted({row[1] for row in answers.matrix(evidence) if row[3]})
    return answers.contexts(found)
