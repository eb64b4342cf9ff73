"""Screen for Art. 5(1)(c) of the EU AI Act (O-L1), which applies since 2 February 2025.

Limb (i), detrimental treatment in unrelated contexts, is the context matrix; limb (ii), unjustified
or disproportionate treatment, is severity against gravity. The screen says *pattern counted*, *not
counted in this simulation* or *not assessable*, never lawful or prohibited. Whether there is an AI
system at all comes first: recital 12 leaves out what only executes rules written by people (L-7).
"""

from __future__ import annotations

from scoredsociety.report import phrasing
from scoredsociety.report.evidence import Document, Evidence, heading_of, scheme_id, tables_under
from scoredsociety.report.forms import shared_answers
from scoredsociety.report.forms.form import Form, FormPart, computed, declared, human

MARGIN = 3  # severity above gravity from which a treatment is listed (assumed, of a scale to 9)
MOST = 12
VERDICTS = "Pattern counted, not counted in this simulation, or not assessable?"
COUNTED, NOT_COUNTED = "pattern counted", "not counted in this simulation"
WHAT_IS_COUNTED = (
    "A pattern is counted where somebody was restricted for protected conduct, or a rule is "
    "listed. Listed are rules that booked records, lead straight to a grade, and whose gravity "
    f"lies at least {MARGIN} of 9 steps under the severity of a restriction at that grade. "
    "Gravity, severity and the margin are assumed and can be edited."
)


def article_5_screen(evidence: Evidence) -> Form:
    """The screen: human questions first, then the two limbs."""
    limb_1, why_1 = unrelated(evidence)
    limb_2, why_2 = disproportionate(evidence)
    return Form(
        id="ai_act_article_5",
        title="Screen for Article 5(1)(c) of the EU AI Act",
        instrument="Regulation (EU) 2024/1689, Article 5(1)(c)",
        as_of="as it applies since 2 February 2025 (O-L1, L-6), with the Commission's guidelines "
              "in their second version, C(2025) 5052 of 29 July 2025 (L-7)",
        version=2,
        parts=(
            FormPart("threshold", "Questions before the limbs", (
                human("Is it an AI system within the meaning of the Regulation at all? Rules that "
                      "are written wholly by people and only executed are probably none "
                      "(recital 12; Commission guidelines C(2025) 5052 of 29 July 2025, L-7)"),
                human("Is it placed on the market, put into service or used in the Union?"),
                declared("Does it evaluate or classify natural persons or groups of persons?",
                         who(evidence)),
                declared("Over a certain period of time?", shared_answers.scales(evidence)),
                declared("By social behaviour, or by known, inferred or predicted personal "
                         "characteristics?", inputs(evidence)),
            )),
            FormPart("limb-1", "Limb (i): treatment in contexts unrelated to where data arose", (
                computed(VERDICTS, limb_1),
                computed("What was counted", why_1),
                human("Are these contexts unrelated in law?"),
                human("Is the treatment detrimental or unfavourable to the persons?"),
            ), "The matrix sets the contexts of lowering rules that booked records beside those "
               "of restrictions that a grade or score decides. Every lowering record weighs on "
               "the score; how much each weighed is for an ablation to say."),
            FormPart("limb-2", "Limb (ii): unjustified or disproportionate treatment", (
                computed(VERDICTS, limb_2),
                computed("What was counted", why_2),
                human("Is the treatment unjustified or disproportionate to the behaviour or its "
                      "gravity?"),
            ), WHAT_IS_COUNTED),
        ),
    )  # fmt: skip


def who(evidence: Evidence) -> str:
    """Whom the schemes score; a scheme of firms alone falls outside Article 5(1)(c)."""
    kinds = {str(heading_of(one, "scheme").get("subjects") or "persons")
             for one in evidence.schemes}  # fmt: skip
    if not kinds:
        return ""
    if "persons" in kinds:
        return "persons are scored; what is said of firms alone falls outside Article 5(1)(c)"
    return f"only {phrasing.listed(sorted(kinds))} are scored, which falls outside Article 5(1)(c)"


def inputs(evidence: Evidence) -> str:
    """What the rules look at, by context."""
    found = sorted({
        context
        for document in evidence.schemes
        for rule in tables_under(document, "rule")
        for context in shared_answers.contexts_of(evidence, rule)
    })
    return (
        f"rules look at conduct in these contexts: {shared_answers.contexts(found)}"
        if found
        else ""
    )


def unrelated(evidence: Evidence) -> tuple[str, str]:
    """Limb (i): verdict and what was counted."""
    rows = shared_answers.matrix(evidence)
    if not evidence.schemes or not any(shared_answers.restrictions(d) for d in evidence.schemes):
        return "not assessable", "the documents of this run hold no restriction"
    if not any(shared_answers.lowering(evidence, document) for document in evidence.schemes):
        return "not assessable", "no lowering rule of this run says where its evidence arises"
    crossing = [row for row in rows if row[0] != row[1] and row[2] and row[3]]
    if not crossing:
        return NOT_COUNTED, "no restriction landed outside its own context"
    sources = sorted({row[0] for row in crossing})
    landed = {row[1]: row[3] for row in crossing}
    booked = sum({row[0]: row[2] for row in crossing}.values())
    where = phrasing.listed([
        f"{phrasing.plain(target)} ({phrasing.number(months)} person-months)"
        for target, months in sorted(landed.items())
    ])  # fmt: skip
    return COUNTED, (
        f"{phrasing.number(booked)} records from {shared_answers.contexts(sources)} entered a "
        "score whose "
        f"restrictions landed in {where}"
    )


def disproportionate(evidence: Evidence) -> tuple[str, str]:
    """Limb (ii): verdict, and the list of small acts with heavy treatment."""
    if not evidence.schemes or not evidence.conduct:
        return "not assessable", "gravity is declared by a conduct document; this run has none"
    if not any(
        shared_answers.gravity_of(evidence, rule) is not None
        for document in evidence.schemes
        for rule in tables_under(document, "rule")
    ):
        return "not assessable", "no rule of this run says how grave its conduct is"
    listed = sorted(set(small_acts(evidence)))
    people, of = shared_answers.protected(evidence)
    said = listed[:MOST] + ([f"and {len(listed) - MOST} more"] if len(listed) > MOST else [])
    if people:
        said.append(
            f"restricted for conduct that the conduct document marks as protected by a right: "
            f"{phrasing.share(people, of)} subjects of the schemes"
        )
    if not said:
        return NOT_COUNTED, f"no listed pair; {shared_answers.causes(evidence)}"
    return COUNTED, "; ".join(said)


def small_acts(evidence: Evidence) -> list[str]:
    """Rules of low gravity that lead straight to a grade with severe restrictions."""
    found = []
    for document in evidence.schemes:
        scheme = scheme_id(document)
        names = [str(row["id"]) for row in tables_under(document, "grade")]
        for rule in tables_under(document, "rule"):
            gravity = shared_answers.gravity_of(evidence, rule)
            grade = rule.get("grade")
            if gravity is None or not grade or grade not in names:
                continue
            count = shared_answers.total(evidence, scheme, "records", str(rule["id"]))
            severity = max([
                shared_answers.severity_of(row) for row in shared_answers.restrictions(document)
                if _reaches(names, document, str(grade), row)
            ] + [0])  # fmt: skip
            if count and severity - gravity >= MARGIN:
                title = rule.get("title") or phrasing.plain(str(rule["id"]))
                found.append(
                    f"“{title}”: gravity {gravity}, straight to {grade}, restriction of "
                    f"severity {severity}, {phrasing.number(count)} records"
                )
    return found


def _reaches(names: list[str], document: Document, grade: str, consequence: Document) -> bool:
    """Whether a restriction holds at ``grade`` (grades are compared by where they start)."""
    limit = (consequence.get("when") or {}).get("grade_at_most")
    if limit not in names:
        return False
    start = {
        str(row["id"]): float("-inf") if row.get("from", row.get("from_")) is None
        else float(row.get("from", row.get("from_")))
        for row in tables_under(document, "grade")
    }  # fmt: skip
    return start[grade] <= start[str(limit)]
