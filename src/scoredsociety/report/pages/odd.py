"""The model description: ODD (Grimm et al. 2006, 2010, 2020 [M]), written from the documents.

Overview, design concepts, details. Everything that can differ between runs is read from the
scheme, society and conduct documents, so that the description cannot drift from the run.
"""

from __future__ import annotations

from collections import Counter

from scoredsociety.report import phrasing
from scoredsociety.report.elements import Block, Heading, Note, Points, Section, Table, Text
from scoredsociety.report.evidence import Evidence, heading_of, tables_under
from scoredsociety.report.pages.odd_details import (
    CONDUCT,
    PLACES,
    calibration,
    pattern_table,
    response_blocks,
    trait_table,
)
from scoredsociety.report.render import page, report_title
from scoredsociety.report.sections.basis.assumptions import assumed_of, assumed_section
from scoredsociety.report.sections.basis.provenance import (
    citation_section,
    limits_section,
    made_section,
)
from scoredsociety.report.sections.rules.scheme_card import cited, scheme_card

MONTH = (
    "Acts: every person draws candidate acts against an envelope that no rule changes; each is "
    "accepted by a draw of its own.",
    "Collect: sources leave records, with missing, false, late and misattributed ones.",
    "Structure: records become accounts (caps, repeats, expiry, heaviest-of, straight to a grade).",
    "Score: a ledger that adds up; a grade.",
    "Publish: scores, grades and lists change in the exchange in months of publication.",
    "Control: lists, rewards and restrictions follow from what is published.",
    "Respond: deterrence, silence, points-seeking, ties, appeals and support, where switched on.",
)
CONCEPTS = (
    ("Basic principles", "Executable rule texts meet a synthetic population; a counterfactual is "
     "the same people with the same luck under a patched document."),
    ("Emergence", "Who is excluded, how far an error or a friend's score reaches, mobility between "
     "grades; grades and points themselves are imposed by the rules."),
    ("Adaptation and objectives", "Responses compare expected crossings of a boundary with costs; "
     "each has named rival forms and a switch; strengths are assumed."),
    ("Learning", "Awareness of the scheme spreads with notices, ties and refusals."),
    ("Prediction", "People hold beliefs about being seen; they do not foresee."),
    ("Sensing", "People read last month's exchange only: published scores, grades, lists, and "
     "whether ties spoke or were sanctioned."),
    ("Interaction", "Ties (kin, neighbours, work, school, friends, online), household spill-over, "
     "misattributed records through an outbox; nothing else crosses between people."),
    ("Stochasticity", "Every draw is Philox4x32-10 at an address (seed; seat, month, stream, "
     "index); no generator has a state."),
    ("Collectives", "Households, communities, regions."),
    ("Observation", "Tallies by month and group, a panel, and lives worked out again on request; "
     "observing changes no bit."),
)  # fmt: skip


def odd_sections(evidence: Evidence) -> list[Section]:
    """The seven elements of ODD, then assumptions, limits and provenance."""
    made = [
        _purpose(evidence), _entities(evidence), _process(), _concepts(), _initial(evidence),
        _input(evidence), _submodels(evidence), assumed_section(evidence),
        limits_section(evidence), made_section(evidence), citation_section(evidence),
    ]  # fmt: skip
    return [section for section in made if section is not None]


def odd_text(evidence: Evidence) -> str:
    """The model description as one self-contained page."""
    title = f"Model description (ODD): {report_title(evidence)}"
    return page(title, odd_sections(evidence), "Overview, design concepts, details")


def _purpose(evidence: Evidence) -> Section:
    return Section("purpose", "1. Purpose and patterns", (
        Text(
            f"To measure what the written rules of {report_title(evidence)} do in an invented "
            "population: who is excluded, through errors, as the rules intend, or for protected "
            "conduct. It is a laboratory of rules, not an instrument: it scores no real person."
        ),
        Text("Patterns: published margins of the population, worked cases of the rule texts, and "
             "the published shares below. Whether the model makes them stands in the society's "
             "own card and in `scored constrain`."),
        pattern_table(evidence),
    ))  # fmt: skip


def _entities(evidence: Evidence) -> Section:
    tally = Counter(str(act.get("context")) for act in tables_under(evidence.conduct or {}, "act"))
    blocks: list[Block] = [
        Text(f"{phrasing.number(evidence.people)} persons (seats) in households, communities and "
             "regions; firms through their legal representatives; one step is one month."),
        trait_table(),
    ]  # fmt: skip
    if tally:
        blocks.append(
            Table("Kinds of act by context", ("context", "kinds of act"),
                  tuple((phrasing.plain(k), phrasing.number(v)) for k, v in sorted(tally.items())),
                  frozenset({1}), folded=True)
        )  # fmt: skip
    blocks.append(Text("State of a person: live records, score, grade and lists of each scheme, "
                       "open episodes, ties; all integers."))  # fmt: skip
    return Section("entities", "2. Entities, state variables and scales", tuple(blocks))


def _process() -> Section:
    return Section("process", "3. Process overview and scheduling", (
        Text("Synchronous: everybody acts on what was exchanged last month. In each month, in "
             "this order:"),
        Points(MONTH),
    ))  # fmt: skip


def _concepts() -> Section:
    return Section("concepts", "4. Design concepts", (
        Table("Design concepts", ("concept", "here"), CONCEPTS),
    ))  # fmt: skip


def _initial(evidence: Evidence) -> Section:
    inputs = evidence.manifest.get("inputs")
    begins = str(inputs.get("start", "fresh")) if isinstance(inputs, dict) else "fresh"
    start = {
        "fresh": "Fresh start: nobody has a record in the first month (a roll-out).",
        "settled": "Settled start: a burn-in runs until memories have filled.",
    }.get(begins, begins)
    blocks: list[Block] = [Text(start)]
    if evidence.society:
        head = heading_of(evidence.society, "society")
        blocks.append(Text(
            f"Society: {head.get('title')} ({head.get('id')}). {head.get('about') or ''} "
            f"Sources: {cited(head.get('source'))}."
        ))  # fmt: skip
    return Section("initialisation", "5. Initialisation", tuple(blocks))


def _input(evidence: Evidence) -> Section:
    calendar = evidence.manifest.get("calendar")
    changes = calendar.get("policy_changes") if isinstance(calendar, dict) else None
    text = "No time series enters. " + (
        f"Dated rules and patches take effect in {phrasing.listed([str(m) for m in changes])}."
        if changes else "No rule changes its date within the run."
    )  # fmt: skip
    return Section("input", "6. Input data", (Text(text),))


def _submodels(evidence: Evidence) -> Section:
    blocks: list[Block] = []
    for document in evidence.schemes:
        blocks.append(Heading(str(heading_of(document, "scheme").get("title", ""))))
        blocks.extend(scheme_card(document))
    acts = tables_under(evidence.conduct or {}, "act")
    if acts:
        blocks.append(Heading("Conduct"))
        blocks += [Text(CONDUCT), Note(PLACES), _conduct(evidence)]
    blocks += [*response_blocks(evidence), *calibration()]
    loose = sum(len(row.keys) for row in assumed_of(evidence))
    blocks.append(
        Note(f"{phrasing.number(loose)} values of these documents are assumed; see the list below.")
    )
    return Section("submodels", "7. Submodels", tuple(blocks))


def _conduct(evidence: Evidence) -> Table:
    acts = tables_under(evidence.conduct or {}, "act")
    return Table(
        "Acts: yearly rate among those exposed, harm and gravity (0 to 9), law, protection",
        ("act", "rate a year", "harm", "gravity", "law", "protected by", "source"),
        tuple(
            (str(act.get("title") or phrasing.plain(str(act["id"]))), str(act.get("rate", "")),
             str(act.get("harm", "")), str(act.get("gravity", "")), str(act.get("legal", "")),
             str(act.get("protection", "none")), cited(act.get("source")))
            for act in acts
        ),
        frozenset({1, 2, 3}), folded=True,
    )  # fmt: skip
