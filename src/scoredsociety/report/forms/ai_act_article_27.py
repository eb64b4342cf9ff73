"""Fundamental rights impact assessment, Art. 27 of the EU AI Act: its six parts (O-L2)."""

from __future__ import annotations

from scoredsociety.report import phrasing
from scoredsociety.report.evidence import Evidence
from scoredsociety.report.forms import shared_answers
from scoredsociety.report.forms.form import Form, FormPart, computed, declared, human


def article_27_assessment(evidence: Evidence) -> Form:
    """Parts (a) to (f)."""
    span = phrasing.months(int(evidence.manifest.get("months", len(evidence.months))))
    rights = shared_answers.rights_touched(evidence)
    return Form(
        id="ai_act_article_27",
        title="Fundamental rights impact assessment, Article 27 of the EU AI Act",
        instrument="Regulation (EU) 2024/1689, Article 27(1)(a) to (f)",
        as_of="text of 13 June 2024 (O-L2); duties of high-risk systems were to apply on 2 August "
              "2026, a change to 2 December 2027 was voted by the Parliament on 16 June 2026 and "
              "adopted by the Council on 29 June 2026, and whether it was published and is in "
              "force was not seen (L-6)",
        version=4,
        parts=(
            FormPart("threshold", "Questions before the parts", (
                human("Is it a high-risk AI system at all? Rules written wholly by people are "
                      "probably no AI system (recital 12, L-7)"),
                human("Is the deployer one of those whom Article 27 obliges?"),
            )),
            FormPart("a", "(a) The process in which the system is used", (
                declared("Which rules?", shared_answers.heads(evidence, "title", "about")),
                declared("Who operates it?", shared_answers.heads(evidence, "operator")),
                declared("Where?", shared_answers.heads(evidence, "place")),
                human("For which purpose does the deployer use it?"),
            )),
            FormPart("b", "(b) Period and frequency of use", (
                declared("How often is a score published?", shared_answers.scales(evidence)),
                computed("Period of this simulation", span),
                human("For how long is it to be used?"),
            )),
            FormPart("c", "(c) Persons and groups likely to be affected", (
                computed("Who was restricted in this simulation",
                         shared_answers.findings(evidence)),
                computed("Widest difference between groups in this simulation",
                         shared_answers.gaps(evidence)),
                human("Which groups of the actual context are missing from this population?"),
            )),
            FormPart("d", "(d) Specific risks of harm", (
                computed("Rights on which restrictions bore",
                         "; ".join(rights) or "none in this simulation"),
                computed("Their counterparts in the EU Charter", shared_answers.charter(evidence) or
                         "none of those listed here"),
                human("Does the Charter apply (its Article 51), and is each limitation provided "
                      "for by law, necessary and proportionate (its Article 52(1))?"),
                computed("Why people were restricted", shared_answers.causes(evidence)),
                computed("Errors in the records", shared_answers.errors(evidence)),
                human("Which harms does the provider's information name?"),
            )),
            FormPart("e", "(e) Human oversight", (
                human("Who oversees the system, and who may overrule it?"),
            )),
            FormPart("f", "(f) Measures if risks occur", (
                declared("Correction of records", shared_answers.memories(evidence)),
                computed("Appeals in this simulation", shared_answers.appeals(evidence)),
                human("Internal governance and complaint mechanism"),
            )),
        ),
    )  # fmt: skip
