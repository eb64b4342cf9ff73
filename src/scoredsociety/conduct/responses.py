"""How people may respond to a scheme, and what a restriction may do to a life: forms and numbers.

Each response has rival forms, one small engine file each, and ``none``. Every coefficient is
assumed unless a source gives the figure as it is used; a fact that only speaks of the matter is
named in the unit's brackets and settles nothing, so the audit moves the figure all the same. Each
has bounds for sweeps and can be set by a patch; a conduct document names the form and the values
in ``[[response]]`` and ``[[life_effect]]``. Forms and their literature: docs/model.md.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Value:
    """One coefficient: default, bounds for sweeps, unit, and where it is from."""

    id: str
    default: str
    low: str
    high: str
    unit: str
    source: str = "assumed"


@dataclass(frozen=True)
class Spec:
    """A response or life effect: its forms (``none`` first) and coefficients, in table order."""

    id: str
    title: str
    forms: tuple[str, ...]
    form: str  # the default
    values: tuple[Value, ...]


RESPONSES: tuple[Spec, ...] = (
    Spec(
        "awareness",
        "Knowing of the scheme, then of one's own score",
        ("none", "contact"),
        "contact",
        (
            Value("start", "0", "0", "0.5", "share of subjects who know from the first month on"),
            Value("own", "0", "0", "1", "of those, share who know their own score too"),
            Value("hear", "0.0015", "0.0003", "0.01", "a month, without any contact (V16 is "
                  "reached with it in the fourth year)"),
            Value("ties", "0.02", "0", "0.1", "a month, times the share of ties who know"),
            Value("notice", "0.1", "0", "1", "a month under a restriction; a refused journey "
                  "always tells (O-B20)"),
        ),
    ),
    Spec(
        "deterrence",
        "Doing less of what rules punish",
        ("none", "perceptual", "threshold"),
        "perceptual",
        (
            Value("certainty", "0.3", "0", "0.5", "logits at certain sanction"),
            Value("severity", "0.02", "0", "0.1", "logits a unit of severity at certain sanction"),
            Value("belief", "0.3", "0.1", "0.9", "belief of sanction without news"),
            Value("learning", "0.2", "0", "0.5", "a month, of an eighth more, where oneself or "
                  "all ties are under restriction"),
            Value("forgets", "0.08", "0", "0.5", "a month, of an eighth back, where neither "
                  "oneself nor any tie is"),
            Value("crowding", "0", "0", "0.3", "logits added where the motive was one's own"),
            Value("symbol", "3", "0", "10", "severity of one grade less, whatever it restricts"),
        ),
    ),
    Spec(
        "silence",
        "Wishing to speak and not speaking",
        ("none", "willingness", "flat"),
        "willingness",
        (
            Value("weight", "1", "0", "3", "of the feared loss against the wish to speak"),
            Value("conformity", "0.5", "0", "2", "of the share of ties who spoke last month"),
            Value("opacity", "0.5", "0", "2", "further fear where rules are not published"),
            Value("spill", "0.3", "0", "0.8", "of the fear kept at each step of act distance"),
            Value("flat", "0.2", "0.02", "0.3", "share given up once aware (flat form; V18 is of "
                  "reading, in another country)"),
        ),
    ),
    Spec(
        "seeking",
        "Doing what earns points, for the points",
        ("none", "worth", "near_threshold"),
        "worth",
        (
            Value("value", "0.002", "0", "0.02", "a month, times the worth of the boundary"),
            Value("reach", "60", "10", "100", "points within which a boundary is worth it"),
            Value("displaced", "0.3", "0", "1", "of the effort, taken from good acts not scored"),
        ),
    ),
    Spec(
        "ties",
        "Dropping those whose score costs",
        ("none", "worth", "listed", "random", "gap"),
        "worth",
        (
            Value("score", "0.06", "0", "0.3", "a month, a twentieth of the scale below (gap)"),
            Value("listed", "0.02", "0", "0.2", "a month, where the other is on a public list"),
            Value("random", "0.01", "0", "0.1", "a month, whatever the other's score (random)"),
            Value("cost", "0.02", "0", "0.2", "a month, a thousandth of the scale lost through it"),
            Value("bond", "0.5", "0", "5", "thousandths of the scale that a neighbour is worth"),
            Value("likeness", "0.5", "0", "5", "thousandths that full likeness adds"),
        ),
    ),
    Spec(
        "joining",
        "Opting in, and showing the score",
        ("none", "perks"),
        "perks",
        (
            Value("alone", "0.01", "0", "0.05", "a month, without anybody"),
            Value("ties", "0.05", "0", "0.3", "a month, times the share of ties who are in"),
            Value("show", "0.5", "0", "1", "a month, where the score beats those who hide"),
        ),
    ),
    Spec(
        "shame",
        "Shame, and defiance, after being named",
        ("none", "reintegrative", "defiant"),
        "reintegrative",
        (
            Value("shame", "0.2", "0", "0.6", "logits less, times cohesion (a fall of arrears was "
                  "seen, O-K9: not these logits)"),
            Value("defiance", "0.1", "0", "0.5", "logits more, where the scheme is not accepted"),
            Value("stigma", "12", "0", "36", "months that naming lasts"),
        ),
    ),
    Spec(
        "support",
        "Accepting the scheme, privately and as said to a survey",
        ("none", "benefit"),
        "benefit",
        (
            Value("base", "0.6", "0.2", "1", "logits with nothing gained or lost"),
            Value("gain", "0.1", "0", "0.5", "logits a unit of reward"),
            Value("loss", "0.2", "0", "1", "logits a unit of restriction: losses count twice"),
            Value("seen", "1", "0", "3", "logits, times the share of ties under restriction"),
            Value("arbitrary", "1", "0", "3", "logits, where restriction stems from an error"),
            Value("falsified", "0.5", "0", "0.9", "of opponents who say to a survey that they "
                  "support (V14 has only what is said)"),
            Value("unlike", "0.2", "0", "1", "logits a unit of severity by which likes differ"),
            Value("misuse", "0", "0", "1", "logits, times reports of wrongdoing of 1,000 a year"),
        ),
    ),
    Spec(
        "appeal",
        "Objecting to a record",
        ("none", "queue"),
        "queue",
        (
            Value("files", "0.1", "0", "0.5", "a month, of those restricted by a wrong record"),
            Value("files_right", "0.01", "0", "0.1", "a month, of those restricted by a right one"),
            Value("upheld", "0.8", "0.3", "1", "of objections to a wrong record", "O-W3"),
            Value("upheld_right", "0.05", "0", "0.2", "of objections to a right record"),
            Value("schooling", "1.3", "1", "2", "times, a step of schooling"),
            Value("capacity", "20", "1", "200", "answered a month, of 10,000 subjects (where the "
                  "scheme says nothing)"),
            Value("body", "1", "0.5", "1.5", "times upheld, where a body of its own answers"),
        ),
    ),
    Spec(
        "authority",
        "What the operator does by fixed thresholds",
        ("none", "thresholds"),
        "none",
        (
            Value("suspend", "0.4", "0.1", "0.6", "open objection at which scoring is suspended"),
            Value("abandon", "0.55", "0.2", "0.8", "open objection at which it is abandoned"),
            Value("patience", "6", "1", "24", "months above the threshold"),
            Value("amend", "0.3", "0.05", "0.6", "open objection at which rules are amended"),
            Value("extend", "0.1", "0", "0.3", "open objection under which rules are extended"),
            Value("copy", "0", "0", "0.3", "open objection under which it is copied to a region"),
            Value("review", "24", "6", "60", "months between reviews that may copy it"),
            Value("regions", "1", "0", "10", "next regions that it is copied to, at most"),
        ),
    ),
    Spec(
        "trust",
        "Helping strangers, with scores seen or not",
        ("none", "image", "suspicion"),
        "image",
        (
            Value("help", "0.7", "0.3", "0.9", "helps a stranger of whom nothing is known"),
            Value("image", "0.2", "0", "0.5", "more or less, by what the score shows"),
            Value("suspicion", "0.1", "0", "0.4", "less, once scores are seen (O-K10 gives the "
                  "sign, not the size)"),
        ),
    ),
    Spec(
        "loyalty",
        "Praise for show: because it pays, or to hide",
        ("none", "pays", "hides"),
        "none",
        (
            Value("value", "0.002", "0", "0.02", "a month, times the worth of the boundary"),
            Value("reach", "60", "10", "100", "points within which a boundary is worth it"),
            Value("hides", "0.3", "0", "1", "a month in which one kept something back (hides)"),
        ),
    ),
    Spec(
        "discretion",
        "What those who enter records by hand leave out, or make up",
        ("none", "collectors", "padding"),
        "none",
        (
            Value("strictness", "1", "0", "4", "logits of entering what a mean collector saw"),
            Value("unlike", "0.7", "0", "2", "logits, standard deviation between collectors "
                  "(padding: of the quota, in parts of it)"),
            Value("closeness", "1", "0", "2", "logits for a tie or a member of the household"),
            Value("disagreement", "1", "0", "2", "logits against those who spoke last month"),
            Value("awards", "2", "0", "20", "records for people that a collector owes a month"),
            Value("deductions", "2", "0", "20", "records against people that one owes a month"),
        ),
    ),
)

LIFE_EFFECTS: tuple[Spec, ...] = (
    Spec(
        "work",
        "Work lost or not found",
        ("none", "linear"),
        "linear",
        (
            Value("loss", "0.0025", "0", "0.0025", "a month under a denial in employment"),
            Value("found", "0.1", "0.03", "0.3", "a month, of finding work again"),
        ),
    ),
    Spec(
        "credit",
        "Credit refused, bills paid late",
        ("none", "linear"),
        "linear",
        (Value("strain", "0.2", "0", "0.7", "logits more of arrears under a denial in finance"),),
    ),
    Spec(
        "income",
        "Arrears that follow lost work",
        ("none", "linear"),
        "linear",
        (Value("arrears", "0.7", "0", "1.5", "logits more of arrears while out of work"),),
    ),
    Spec(
        "online",
        "Less said and bought online where access is slowed",
        ("none", "linear"),
        "linear",
        (Value("less", "0.2", "0", "1", "logits less of acts online under a denial of access"),),
    ),
    Spec(
        "travel",
        "Journeys wished for and refused",
        ("none", "linear"),
        "linear",
        (
            Value("flights", "0.04", "0.01", "0.2", "attempts a month by those barred (V10)"),
            Value("trains", "0.013", "0.005", "0.1", "attempts a month by those barred (V10)"),
            Value("gradient", "0.6", "0", "1", "more attempts in the highest fifth of income, "
                  "less in the lowest"),
        ),
    ),
    Spec(
        "schooling",
        "Child-months out of a school that would have been paid for",
        ("none", "linear"),
        "linear",
        (Value("would_pay", "0.12", "0.02", "0.3", "of families who would pay fees"),),
    ),
    Spec(
        "coming_of_age",
        "Schooling lost by children kept out of a paid school",
        ("none", "linear"),
        "linear",
        (Value("step", "0.02", "0", "0.1", "chance of a level less, for each year out of school"),),
    ),
)

BY_ID = {spec.id: spec for spec in (*RESPONSES, *LIFE_EFFECTS)}
KINDS = {spec.id: "response" for spec in RESPONSES} | {s.id: "life_effect" for s in LIFE_EFFECTS}
