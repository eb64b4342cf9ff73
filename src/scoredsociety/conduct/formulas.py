"""Every response and life effect as a formula, in words that a reader can compute with.

The model description (report/pages/odd.py) prints these beside the coefficients of responses.py,
and a test computes each from the printed page alone and compares it with the engine. A formula is
arithmetic over coefficients and the variables that it explains: + - * / **, min, max, abs, and
comparisons that are 1 or 0. A chance below 0 is 0 and above 1 is 1.

How chances are drawn: the draw is Philox4x32-10 at (seed; seat, month, stream, index); the word
that is named, over 2**32, is u, and the thing happens where u is below the chance. A shift in
logits adds 1.4427 (1 / ln 2) octaves a logit to the log2 rate of the act.
"""

from __future__ import annotations

from dataclasses import dataclass

CHANCE, SHIFT, SILENT, STATE, LOGIT = (
    "chance", "logits added to an act", "silent where it is above 0", "state", "logit"
)  # fmt: skip


@dataclass(frozen=True)
class Formula:
    """One formula: under which forms, what it gives, the text, and what its variables are."""

    forms: tuple[str, ...]
    gives: str
    of: str
    text: str
    where: tuple[tuple[str, str], ...] = ()
    drawn: str = ""  # stream and word; empty: nothing is drawn


SEATED = "seat, month, stream response:{}, index 0, word {}"


def word(name: str, place: int = 0) -> str:
    """The draw of a response."""
    return SEATED.format(name, place)


BELIEF = ("b", "belief of sanction, the middle of its class: (class + 0.5) / 8")
LOSS = ("loss", "severity by which a record of the act would worsen things for the person, added "
        "over schemes, at least 0 (see “What an act is worth”)")  # fmt: skip
NEXT = ("worth", "severity that the nearest boundary within `reach` points above would spare or "
        "give, at least 0")  # fmt: skip
OPINION = ("opinion", "private opinion of the person, 0 critical to 7 supportive")
KNOWN = ("sanctioned", "share of open ties outside the household under a restriction last month, "
         "as far as it is seen; 0 without ties")  # fmt: skip
NEWS = ("news", "1 where something is denied to the person, else the share of open ties outside "
        "the household under a restriction last month; 0 without ties")  # fmt: skip
HELPED = (
    ("high", "schemes of which the stranger shows a score in the upper half of the scale"),
    ("low", "schemes of which the stranger shows a score in the lower half; high + low above 0, "
     "else the chance is `help`"),
)  # fmt: skip
FIFTH = ("fifth", "fifth of income, 0 lowest to 4 highest")
COLLECTOR = ("z", "the collector's own number, uniform, mean 0, deviation 1: sqrt(3) x (2 u - 1) "
             "with u word 1 of (seat of the first of the 256, 0, stream response:discretion, 0)")

FORMULAS: dict[str, tuple[Formula, ...]] = {
    "awareness": (
        Formula(("contact",), CHANCE, "to be one who knows of a scheme from the first month in "
                "which it scores them on", "start",
                drawn="seat, number of the life, stream response:awareness:first, index 0, word 0"),
        Formula(("contact",), CHANCE, "of those, to know score and rules at once", "own",
                drawn="the same draw, word 1"),
        Formula(("contact",), CHANCE, "to know score and rules while something is denied",
                "max(notice, refused)",
                (("refused", "1 where a journey was tried and refused this month, else 0"),),
                word("awareness", 1)),
        Formula(("contact",), CHANCE, "else, to go one step up (unaware, knows of it, knows score "
                "and rules)", "hear + ties * know",
                (("know", "share of open ties outside the household who knew last month"),),
                word("awareness")),
        Formula(("none",), STATE, "everybody knows score and rules", "1"),
    ),
    "deterrence": (
        Formula(("perceptual", "threshold"), STATE, "class of belief to begin with (the prior), "
                "rounded down, at most 7", "belief * 8"),
        Formula(("perceptual", "threshold"), CHANCE, "of somebody who knows, that belief rises by "
                "one class, to at most 7", "learning * news", (NEWS,), word("belief")),
        Formula(("perceptual", "threshold"), CHANCE, "else, that it goes one class back to the "
                "prior, where it is another", "forgets * (1 - news)", (NEWS,), word("belief", 1)),
        Formula(("perceptual",), SHIFT, "an act that a rule names and that is no speech",
                "crowding - certainty * b - severity * b * loss", (BELIEF, LOSS)),
        Formula(("threshold",), STATE, "the act is given up where this is above 0",
                "b * loss - 40 * u", (BELIEF, LOSS, ("u", "the person's own limit, uniform")),
                "seat, month 0, stream response:limit, index 0, word 0"),
    ),
    "silence": (
        Formula(("willingness",), SILENT, "a wish to speak of somebody who knows, where fear is "
                "above 0", "weight * b * fear - u * (14 - opinion) / 7 - conformity * spoke",
                (BELIEF, OPINION, ("u", "uniform"),
                 ("fear", "the most, over acts of speech, of loss / 10 (each scheme's part of the "
                  "loss times 1 + `opacity` where its rules are not published), times `spill` "
                  "where it is another act, again between posts and petitions"),
                 ("spoke", "share of open ties outside the household who spoke last month")),
                "seat, month, stream response:silence xor act, index of the act in the month, "
                "word 0"),
        Formula(("flat",), CHANCE, "to keep a wish back, once aware and where fear is above 0",
                "flat", drawn="as above"),
    ),
    "seeking": (
        Formula(("worth",), CHANCE, "of an extra act of giving, drawn evenly among those that "
                "serve the person under the scheme of the greatest chance", "value * worth",
                (NEXT,), word("seeking")),
        Formula(("near_threshold",), CHANCE, "of the same, where a boundary is within `reach`",
                "value", drawn=word("seeking")),
        Formula(("worth", "near_threshold"), SHIFT, "giving that serves under no scheme, while "
                "something is sought", "-displaced"),
    ),
    "ties": (
        Formula(("worth",), CHANCE, "that somebody who knows drops a tie outside the household; "
                "or `listed` where the other is on a list that ties see, if that is more",
                "cost * max(0, lost - bond * (2 - neighbour) - likeness * alike / 12)",
                (("lost", "thousandths of the scale: 1000 times the weight of the part that reads "
                  "ties, times the other's score below one's own over the scale, divided by the "
                  "mean number of ties that count (at least 1), and the points of rules on the "
                  "violations of ties over the scale; of the scheme where it is most"),
                 ("neighbour", "1 of the layer of neighbours, else 0"),
                 ("alike", "12 less the steps between the two in age band, place, schooling band "
                  "and income fifth")),
                "pair of seats, month, stream response:cutting xor layer, word of that end"),
        Formula(("gap",), CHANCE, "of the same, where the scheme reads ties",
                "score * (gap > scale / 20)",
                (("gap", "points that the other's score lies below one's own"),
                 ("scale", "points from one end of the scale to the other"))),
        Formula(("worth", "gap", "listed"), CHANCE, "of the same, where the other is on a list "
                "that ties see", "listed"),
        Formula(("random",), CHANCE, "of the same, whoever the other is (a control)", "random"),
    ),
    "joining": (
        Formula(("perks",), CHANCE, "that somebody eligible joins the scheme",
                "alone + ties * inside",
                (("inside", "share of open ties outside the household who are in it"),),
                "seat, month, stream response:joining xor scheme, index 0, word 0"),
        Formula(("perks",), CHANCE, "of showing the score, where it is above last month's mean of "
                "those who hide theirs", "show",
                drawn="seat, month 0, stream response:joining xor scheme, index 1, word 0"),
    ),
    "shame": (
        Formula(("reintegrative",), SHIFT, "an act that rules punish, speech apart, in the "
                "`stigma` months after being named: on a list that others see, or by a consequence "
                "that denies a good name",
                "(opinion < 4) * defiance - (opinion >= 4) * shame * cohesion",
                (OPINION, ("cohesion", "1 in a village, 1/2 in a town"))),
        Formula(("defiant",), SHIFT, "the same act", "defiance"),
        Formula(("reintegrative", "defiant"), CHANCE, "of going on with such an act that is under "
                "way (arrears, above all)", "stays / (stays + (1 - stays) * 2.718282 ** -shift)",
                (("stays", "chance of going on for another month without it, of the act"),
                 ("shift", "the logits above")),
                "seat, month, stream of the act, index 8192, word 0"),
    ),
    "support": (
        Formula(("benefit",), LOGIT, "of accepting the scheme in private; its logistic is the "
                "chance, in steps of 0.016 logits",
                "base + 0.15 * (2 * opinion - 7) + gain * max(0, balance) + loss * min(0, balance)"
                " - seen * sanctioned - arbitrary * error - unlike * dispersion - misuse * reports",
                (OPINION, ("balance", "severity of the rewards that hold less that of the "
                           "restrictions, scheme by scheme"), KNOWN,
                 ("error", "1 where an own restriction stems from an error, else 0"),
                 ("dispersion", "standard deviation of the severity that people of one class of "
                  "gravity were under last month"),
                 ("reports", "reports of wrongdoing of 1,000 people a year")),
                "seat, month 0, stream response:support, index 0, word 0"),
        Formula(("benefit",), CHANCE, "that an opponent says to a survey that they support; else "
                "they object in the open", "falsified",
                drawn="seat, month 0, stream response:support, index 0, word 1"),
    ),
    "appeal": (
        Formula(("queue",), CHANCE, "of objecting, restricted by a wrong record",
                "files * schooling ** level", (("level", "schooling, 0 none to 4 college"),),
                "seat, month, stream response:appeal xor scheme, index 0, word 0"),
        Formula(("queue",), CHANCE, "of objecting, restricted by a right record",
                "files_right * schooling ** level", (("level", "as above"),), "as above"),
        Formula(("queue",), CHANCE, "that one due is answered this month",
                "min(1, capacity / 10000 * subjects / due)",
                (("subjects", "subjects of the scheme"),
                 ("due", "objections whose delay is over")), "the same draw, word 2"),
        Formula(("queue",), CHANCE, "that one to a wrong record is upheld",
                "upheld * (1 + (body - 1) * own)",
                (("own", "1 where a body of its own answers, else 0"),), "the same draw, word 1"),
        Formula(("queue",), CHANCE, "that one to a right record is upheld, where the channel "
                "looks at them", "upheld_right * (1 + (body - 1) * own)",
                (("own", "as above"),), "the same draw, word 1"),
    ),
    "authority": (
        Formula(("thresholds",), STATE, "suspended where this has been at least 0 for `patience` "
                "months", "open - suspend", (("open", "share of those aware who object openly"),)),
        Formula(("thresholds",), STATE, "abandoned for good, likewise", "open - abandon",
                (("open", "as above"),)),
        Formula(("thresholds",), STATE, "waiting amendments take effect, likewise, once",
                "open - amend", (("open", "of the scheme where it is most"),)),
        Formula(("thresholds",), STATE, "waiting extensions take effect, once, after as many "
                "months of this above 0", "extend - open", (("open", "as above"),)),
        Formula(("thresholds",), STATE, "in every `review`-th month copied to the next region, to "
                "at most `regions`, where this is above 0", "copy - open", (("open", "as above"),)),
    ),
    "trust": (
        Formula(("image",), CHANCE, "that somebody who knows helps a stranger of the community",
                "help + image * (high - low) / (high + low)", HELPED, word("trust")),
        Formula(("suspicion",), CHANCE, "of the same",
                "help - suspicion * (high + 2 * low) / (high + low)", HELPED, word("trust")),
    ),
    "loyalty": (
        Formula(("pays",), CHANCE, "of an act of praise for show, where it serves the person",
                "value * worth", (NEXT,), word("loyalty")),
        Formula(("hides",), CHANCE, "of the same, in a month in which a wish to speak was kept "
                "back", "hides", drawn=word("loyalty")),
    ),
    "discretion": (
        Formula(("collectors",), LOGIT, "that a collector enters what the source saw",
                "strictness + unlike * z - sign * (closeness * close - disagreement * spoke)",
                (COLLECTOR, ("sign", "1 for acts with a gravity, -1 for the others"),
                 ("close", "1 of the household or an open tie of the collector, else 0"),
                 ("spoke", "1 where the person spoke last month, else 0")),
                "seat, month, streams of source, act and response:discretion xored, place, word 0"),
        Formula(("padding",), CHANCE, "of a made-up record for a person in a month",
                "awards * max(0, 1 + unlike * z) / 256 - entered",
                (COLLECTOR, ("entered", "records of that kind entered a person last month")),
                "seat, month, stream response:padding, index 12290, word 0"),
        Formula(("padding",), CHANCE, "of one against a person",
                "deductions * max(0, 1 + unlike * z) / 256 - entered",
                (COLLECTOR, ("entered", "as above")), "the same, index 12291"),
    ),
    "work": (
        Formula(("linear",), CHANCE, "of losing work under a denial in the context of work",
                "loss", drawn="seat, month, stream life:work, index 0, word 0"),
        Formula(("linear",), CHANCE, "of finding work again", "found", drawn="the same draw"),
    ),
    "credit": (Formula(("linear",), SHIFT, "arrears, under a denial in finance", "strain"),),
    "income": (Formula(("linear",), SHIFT, "arrears, while out of work", "arrears"),),
    "online": (Formula(("linear",), SHIFT, "speech and acts online, under a denial of a platform "
                       "or of speech", "-less"),),
    "travel": (
        Formula(("linear",), CHANCE, "of trying to fly, where flights are denied",
                "flights * (1 + gradient * (2 * fifth - 4) / 4)", (FIFTH,),
                "seat, month, stream life:travel, index 0, word 0"),
        Formula(("linear",), CHANCE, "of trying to take a fast train, where those are denied",
                "trains * (1 + gradient * (2 * fifth - 4) / 4)", (FIFTH,),
                "the same draw, word 1"),
    ),
    "schooling": (
        Formula(("linear",), CHANCE, "that a family is one that would pay for a school",
                "would_pay", drawn="seat, month 0, stream life:schooling, index 0, word 0"),
    ),
    "coming_of_age": (
        Formula(("linear",), CHANCE, "of a level of schooling less at 18, not below junior "
                "secondary", "step * months / 12",
                (("months", "months kept out of a paid school"),),
                "seat, number of the life, stream life:coming_of_age, index 0, word 0"),
    ),
}  # fmt: skip
