"""What ODD needs to build the model again: traits, patterns, and every response as a formula.

Formulas stand in conduct/formulas.py, coefficients in conduct/responses.py, published figures in
society/describe/targets.py and study/ensemble/history_matching.py; nothing is told here a second
time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from scoredsociety.conduct.formulas import FORMULAS, Formula
from scoredsociety.conduct.localities import HALF, MOST
from scoredsociety.conduct.responses import BY_ID, KINDS, Spec
from scoredsociety.report import phrasing
from scoredsociety.report.elements import Block, Heading, Note, Table, Text
from scoredsociety.report.evidence import Evidence, tables_under
from scoredsociety.society.tables import TRAIT_HIGHEST, TRAITS
from scoredsociety.study.ensemble.history_matching import CUT, TARGETS

UNITS = {
    "age": "years", "sex": "0 male, 1 female", "urban": "1 in an urban community",
    "hukou": "0 rural, 1 urban registration",
    "role": "0 head, 1 spouse, 2 child, 3 parent of the head, 4 other",
    "household_size": "persons",
    "schooling": "0 none, 1 primary, 2 junior secondary, 3 senior secondary, 4 college",
    "work": "0 none, 1 unemployed, 2 farmer, 3 informal, 4 formal, 5 self-employed, 6 public post, "
            "7 student",
    "income": "code; the recipe gives yuan a year per head", "income_fifth": "0 lowest",
    "savings": "doubling classes of months of income",
    "debt": "doubling classes of months of income",
    "file_years": "years; 0 no credit file", "account": "1 has a bank account",
    "internet": "1 is online", "mobile_pay": "1 pays by mobile", "real_name": "1 uses it online",
    "children": "under 18 in this parent's household", "game_hours": "hours a week",
    "gives_time": "classes of readiness", "gives_money": "classes of readiness",
    "keeps_appointments": "classes", "liquidity_buffer": "months without income",
    "sociability": "classes", "private_opinion": "0 critical to 7 supportive",
    "expression": "classes of how often opinions are voiced",
    "frailty": "classes of readiness for what rules punish",
    "frailty_finance": "the same, finance", "frailty_traffic": "the same, traffic",
    "frailty_speech": "the same, speech", "frailty_conduct": "the same, conduct",
    "drives": "1 drives", "loan": "1 has a loan or a card", "firm": "1 answers for a firm",
    "party": "1 member; read only where a rule text needs it", "married": "1 married",
    "place_acts": "class of the community, one of 16: how often it acts",
    "place_collectors": "class of the community: how much its collectors enter",
}  # fmt: skip
DRAWN = (
    "A chance below 0 is 0, above 1 is 1. What happens is drawn: the word that is named, of "
    "Philox4x32-10 at (seed; seat, month, stream, index), over 2**32 is u, and the thing happens "
    "where u is below the chance. A shift in logits adds 1.4427 (1 / ln 2) octaves a logit to the "
    "log2 rate of the act. Comparisons are 1 or 0. Everything about another person is what was "
    "published last month."
)
WORTH = (
    "What an act is worth (`loss`), and what a boundary is worth (`worth`), follow from the rules "
    "themselves: U is the severity of the restrictions that hold less that of the rewards; the "
    "loss is U after the act is booked less U before, and `symbol` for each grade lost, added over "
    "the schemes that stand, never below 0. A symbol belongs to grades only."
)
CONDUCT = (
    "A candidate of an act is accepted with the chance 2 ** (base + effects + frailty + shift): "
    "base is log2 of the act's monthly rate over that of its cells, effects are log2 of the "
    "multipliers of the person's traits, frailty that of the act's own domain less that of the "
    "envelope, and the shift is what responses and life effects add below."
)
PLACES = (
    "Where places differ (`between_places`, 0 unless set), log2 of e^(acts x z) less log2 of its "
    "mean over classes is added to that, and the log odds of coverage by a source entered by hand "
    "move by collectors x z. z is the normal score of the community's class, of 16 equal ones: "
    f"{', '.join(HALF)} in classes 8 to 15, the same below 0 in classes 7 to 0. The classes "
    "(place acts, place collectors) are words 0 and 1 of (seed; address of the community's first "
    "seat, 0, stream society:place, 0), shifted right by 28 bits. Both deviations are assumed and "
    f"swept from 0 to {MOST} logits."
)


def trait_table() -> Table:
    """Traits with their ranges and units."""
    return Table(
        "Traits of a person (integers, a function of recipe, seed and address)",
        ("trait", "lowest", "highest", "unit or code"),
        tuple((phrasing.plain(name), "0", str(TRAIT_HIGHEST[name]), UNITS[name])
              for name in TRAITS),
        frozenset({1, 2}), folded=True,
    )  # fmt: skip


def pattern_table(evidence: Evidence) -> Table:
    """Patterns one by one: what the society is held to, and what rules settings out."""
    made = [
        (str(one["id"]).replace("_", " "), str(one["published"]), str(one.get("source", "")),
         "society", "held to by the recipe's margins")
        for one in evidence.targets or ()
    ]  # fmt: skip
    asked = [
        (one.says, number_of(one.low, one.high), one.source, "responses",
         f"rules a setting out beyond {CUT:g} standard deviations; never an answer")
        for one in TARGETS
    ]  # fmt: skip
    return Table("Patterns", ("pattern", "published", "source", "of", "use"),
                 (*made, *asked), folded=len(made) > 12)  # fmt: skip


def number_of(low: float, high: float) -> str:
    """A figure or the two ends of one."""
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def calibration() -> list[Block]:
    """How numbers came to be what they are, and how far answers go over them."""
    return [
        Heading("Calibration"),
        Text("Constrained, not calibrated: margins of the population and the acts with a published "
             "rate are set to it; no other number is fitted. Points that fill the space of what is "
             "assumed are run, and a point is ruled out where a figure marked “rules out” among "
             "the patterns is missed; the whole set that is left is kept (`scored constrain`)."),
        Heading("Sensitivity"),
        Text("Answers range over every coefficient of every response and life effect within the "
             "bounds below, over their rival forms, over assumed rates of acts and gravity by "
             "context (half to twice), coverage of sources (odds half to twice), errors (a quarter "
             "to four times), how far places differ, and the scheme's own assumed numbers (half to "
             "twice): a Latin hypercube with the same luck at every point (`scored questions`), "
             "screened by Morris's trajectories and Sobol's indices in `scored audit`."),
    ]  # fmt: skip


def response_blocks(evidence: Evidence) -> Iterator[Block]:
    """Every response and life effect: forms, coefficients with bounds, and formulas."""
    yield Heading("Responses and life effects")
    yield Text(DRAWN)
    yield Note(WORTH)
    for spec in BY_ID.values():
        form, values = _in_force(evidence, spec)
        others = ", ".join(one for one in spec.forms if one != form)
        yield Heading(f"{KINDS[spec.id].replace('_', ' ')}: {spec.id}")
        yield Text(f"{spec.title}. Form in force: {form}; rivals: {others}.")
        yield Table(
            f"Coefficients of {spec.id}",
            ("coefficient", "in this run", "default", "low", "high", "unit", "from"),
            tuple((one.id, values[one.id], one.default, one.low, one.high, one.unit, one.source)
                  for one in spec.values), frozenset({1, 2, 3, 4}),
        )  # fmt: skip
        yield formula_table(spec.id, FORMULAS[spec.id])


def formula_table(name: str, formulas: Iterable[Formula]) -> Table:
    """The formulas of one response, with what their variables are."""
    return Table(
        f"Formulas of {name}", ("of what", "forms", "gives", "formula", "where", "drawn at"),
        tuple((one.of, ", ".join(one.forms), one.gives, one.text,
               "; ".join(f"{key}: {says}" for key, says in one.where) or "coefficients only",
               one.drawn or "not drawn") for one in formulas),
    )  # fmt: skip


def _in_force(evidence: Evidence, spec: Spec) -> tuple[str, dict[str, str]]:
    """Form and coefficients of a response in this run: document, then what was set or left out."""
    values = {one.id: one.default for one in spec.values}
    form, kind = spec.form, KINDS[spec.id]
    for row in tables_under(evidence.conduct or {}, kind):
        if row["id"] == spec.id:
            form = str(row.get("form") or form)
            values |= {key: str(value) for key, value in dict(row.get("values") or {}).items()}
    inputs: Any = evidence.manifest.get("inputs")
    given = inputs if isinstance(inputs, dict) else {}
    for pair in given.get("set") or ():
        key, _, value = str(pair).partition("=")
        if key.strip() == f"{kind}.{spec.id}.form":
            form = value.strip()
        elif key.strip().startswith(f"{kind}.{spec.id}.values."):
            values[key.strip().rsplit(".", 1)[1]] = value.strip()
    whole = "responses" if kind == "response" else "life_effects"
    off = given.get("switched_off") or ()
    return ("none" if spec.id in off or whole in off else form), values
