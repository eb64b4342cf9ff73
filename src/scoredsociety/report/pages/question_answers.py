"""The page of a questions study: schemes side by side, what may be quoted, what it rests on."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from scoredsociety.measure.scoring.unmet import PLURALS
from scoredsociety.outputs import write
from scoredsociety.report import phrasing
from scoredsociety.report.elements import (
    Block,
    Code,
    Facts,
    Heading,
    Note,
    Points,
    Section,
    Table,
    Text,
)  # fmt: skip
from scoredsociety.report.sections.basis.assumptions import assumed_in, assumption_lines
from scoredsociety.report.sections.basis.provenance import limits_section
from scoredsociety.report.sections.finding import ELSEWHERE, NO_NATIONAL_SCORE
from scoredsociety.study.ensemble.history_matching import TARGETS
from scoredsociety.study.questions.path_flips import PATHS
from scoredsociety.study.questions.questions import NOTHING, Answers
from scoredsociety.study.questions.side_by_side import (
    AnswerLine,
    answers_side_by_side,
    chief_movers,
    columns,
    flipped,
    luck_of_answers,
    ranges_in_words,
)

ASKED = {
    "Q1": "Are rural, cash-based, unbanked people rated low whatever their conduct?",
    "Q2": "Does peer influence isolate people?",
    "Q3": "What falls silent?",
    "Q4": "Does conduct improve, or only its display?",
    "Q5": "Does it favour the privileged?",
    "Q6": "What do errors cost?",
    "Q7": "What reaches the children?",
    "Q8": "Does trust rise?",
    "Q9": "When does a scheme lose its public?",
    "Q10": "Do company scores raise compliance, and who fails?",
    "Q11": "Who can bend the score?",
    "Q12": "Does the score tell the one act that it claims to tell?",
    "Q13": "How much of a life is seen?",
}
HOW_TO_READ = (
    "The first number has every response in its default form. The second line is {ranges}; the "
    "third, in brackets, the range over those of them that published figures do not rule out. A "
    "change is against the same people with the same luck and no scheme; where there is no scheme, "
    "the cell says how much there is in all. “Either way”: over the ranges and the luck of the "
    "seeds, not even the direction is sure. A figure that served to rule settings out is no answer."
)
PHASES = {
    "roll-out": "From the start of the scheme",
    "settled": "After sixty months under the scheme",
}
WHEN = {
    "roll-out": "Counted over the last year of the run, which begins with the scheme.",
    "settled": "Counted over the year that follows sixty months, when memories are full.",
}


def answers_text(found: Answers, command: str) -> str:
    """The page as HTML text; the same answers give the same text."""
    from scoredsociety.report.render import page

    names = [str(name) for name in dict.fromkeys(found.frame["scheme"]) if name != NOTHING]
    schemes = phrasing.listed([phrasing.plain(name) for name in names])
    schemes = schemes or "a society without a scheme"
    lead = (
        f"{phrasing.number(found.people)} invented persons a run, {phrasing.number(found.runs)} "
        "runs, "
        f"{phrasing.months(found.months)}"
    )
    parts = [
        asked_section(),
        *(phase_section(found, phase) for phase in dict.fromkeys(found.frame["phase"])),
        *flip_sections(found), quotes_section(found), *moved_sections(found),
        basis_section(found), *unmet_sections(found), _assumed_section(found),
        limits_section(), _made_section(found, command),
    ]  # fmt: skip
    return page(f"Thirteen questions about {schemes}", parts, lead)


def write_answers(found: Answers, path: Path, command: str) -> Path:
    """Write the page to ``path``, whole or not at all; UserError where it cannot be written."""
    return write(path, answers_text(found, command))


def asked_section() -> Section:
    """What each question asks, before any answer."""
    return Section("asked", "What is asked", (Facts(tuple(ASKED.items())),))


def phase_section(found: Answers, phase: str) -> Section:
    """The chief answers of one phase, then all of them in a folded table."""
    heads = [f"{phrasing.plain(name)} ({band})" for name, band in columns(found.frame, phase)]
    blocks: list[Block] = [Text(
        f"{WHEN[phase]} {HOW_TO_READ.format(ranges=ranges_in_words(found))}"
    )]
    if any(name not in ELSEWHERE for name, _ in columns(found.frame, phase)):
        blocks.append(Note(NO_NATIONAL_SCORE))
    chief = answers_side_by_side(found.frame, phase)
    blocks += [
        of_lines(f"Answers of the schemes side by side, {phase}",
                 ("question", "counted", *heads), chief),
        every_line(found, phase),
    ]
    return Section(phase, PHASES[phase], tuple(blocks))


def of_lines(caption: str, head: tuple[str, ...], lines: list[AnswerLine]) -> Table:
    """Lines as a table."""
    return Table(caption, head, tuple(
        (line.question, line.says, *(one.replace("\n", "; ").replace("-", phrasing.MINUS)
                                     if one[0] in "-0123456789" else one for one in line.cells))
        for line in lines
    ))  # fmt: skip


def every_line(found: Answers, phase: str) -> Table:
    """Every indicator of every scheme, with luck, range and what moves it."""
    def bounds(low: float | None, high: float | None) -> str:
        return "none" if low is None or high is None else f"{_short(low)} to {_short(high)}"

    rows = tuple(
        (str(row["scheme"]), str(row["question"]),
         f"{'change in ' if row['change'] else ''}{row['says']}, {row['unit']} {row['of']}",
         _short(row["value"]), bounds(row["low"], row["high"]),
         *(("no answer", f"held to {row['fitted_to']}", "no answer", "no answer")
           if row["fitted_to"] else
           (bounds(row["range_low"], row["range_high"]), bounds(row["kept_low"], row["kept_high"]),
            str(row["sign"]) or "not settled",
            str(row["moved_most_by"] or "nothing beyond chance"))))
        for row in found.frame.filter(pl.col("phase") == phase).to_dicts()
    )  # fmt: skip
    return Table(
        f"Every answer, with the interval of luck and both ranges, {phase}",
        ("scheme", "question", "counted", "default", "luck", "over all", "not ruled out",
         "direction", "moved most by"), rows, frozenset({3}), folded=True,
    )  # fmt: skip


def _short(value: float) -> str:
    """Three figures, with a true minus sign."""
    from scoredsociety.study.questions.questions import three_figures

    return three_figures(value).replace("-", phrasing.MINUS)


def flip_sections(found: Answers) -> list[Section]:
    """Q1's third answer; nothing where no path was flipped."""
    lines = flipped(found.frame)
    if not lines:
        return []
    head = ("scheme", "counted", "as it is", *(f"if {path.says}" for path in PATHS))
    return [Section("paths", "Why are rural people and people without an account scored lower?", (
        Text("One path is flipped and all else is left: the same people with the same luck. "
             "The nearer a cell is to 0, the more of the gap runs along its path. In brackets, "
             "what luck does over the seeds."),
        of_lines("Gaps with one path flipped, from the start of the scheme", head, lines),
    ))]  # fmt: skip


def quotes_section(found: Answers) -> Section:
    """Sentences that may be printed, scheme by scheme."""
    blocks: list[Block] = [Note(
        "Each sentence carries its denominator, its range and its condition: quote it whole. "
        "Nothing here tells what did happen or will happen anywhere."
    )]  # fmt: skip
    for scheme in dict.fromkeys(found.frame["scheme"]):
        if scheme == NOTHING:
            continue
        rows = found.frame.filter((pl.col("scheme") == scheme) & (pl.col("quote") != "")
                                   & ((pl.col("range_high") != 0) | (pl.col("range_low") != 0)))
        blocks += [Heading(phrasing.plain(str(scheme))),
                   Points(tuple(str(text) for text in rows["quote"]))]  # fmt: skip
    return Section("quotes", "Sentences that may be quoted", tuple(blocks))


def moved_sections(found: Answers) -> list[Section]:
    """Which assumptions move the answers of each scheme most."""
    rows = tuple(
        (str(scheme), str(phase), mover, ", ".join(questions))
        for scheme, phase in found.frame.select("scheme", "phase").unique(
            maintain_order=True).iter_rows()
        for mover, questions in chief_movers(found.frame, scheme, phase)
    )  # fmt: skip
    if not rows:
        return []
    return [Section("moved", "Which assumption moves the answers most", (
        Text("Named are the one or two numbers or rival forms that an answer follows most over the "
             "points (rank correlation), if chance would not give as much to any of all that were "
             "moved in 95 of 100 studies."),
        Table("What moves an answer most", ("scheme", "phase", "assumption", "questions"),
              rows, folded=len(rows) > 30),
    ))]  # fmt: skip


def basis_section(found: Answers) -> Section:
    """What is not answered, how many runs, what pairing saves, and the settings."""
    blocks: list[Block] = [
        Points((
            *(f"{name} is answered in part: {why}." for name, why in found.partly.items()),
            *(f"{name} is not answered: {why}." for name, why in found.unanswered.items()),
        )),
    ]  # fmt: skip
    if found.variance_ratio is not None:
        blocks.append(Text(
            "Both sides of a difference have the same people with the same luck. Measured here, "
            "the variance of a difference is "
            f"{found.variance_ratio:.3f} of what independent seeds would give (median)."
        ))  # fmt: skip
    blocks += [Text(luck_of_answers(found)), *of_points(found)]
    blocks.append(Table(
        "Settings that change one thing, declared before any run",
        ("setting", "what it assumes", "also in the settled state"),
        (*((one.id, one.says, "yes" if one.settled else "no") for one in found.settings),
         *((one.id, f"{one.says} (Q11 only)", "no") for one in found.discretion)),
    ))  # fmt: skip
    return Section("basis", "What the answers rest on", tuple(blocks))


def of_points(found: Answers) -> list[Block]:
    """What the points move, what they leave, and how many the published figures rule out."""
    blocks: list[Block] = [Table(
        "Points that published figures rule out", ("scheme and phase", "numbers and forms moved",
                                                   *(one.says for one in TARGETS)),
        tuple((where, phrasing.number(found.moved.get(where.split(", ")[0], 0)),
               *(f"{out.get(one.id, 0)} of {found.points}" for one in TARGETS))
              for where, out in found.ruled_out.items()),
    )]  # fmt: skip
    stays = tuple((name, why) for name, every in found.unmoved.items() for why in every)
    if stays:
        blocks.append(Table("Assumed and not moved, with the reason", ("scheme", "what and why"),
                            stays, folded=True))  # fmt: skip
    return blocks


def unmet_sections(found: Answers) -> list[Section]:
    """What nobody met; nothing where everything had a case."""
    rows = tuple(
        (where, PLURALS[one.kind], one.title)
        for where, unmet in found.unmet.items() for one in unmet
    )  # fmt: skip
    if not rows:
        return []
    return [Section("unmet", "What nobody met", (
        Note("The rules say these things and no record, reward or restriction came of them in the "
             "months counted, under any seed of the default. No answer tells what they would do."),
        Table("What befell nobody", ("scheme and phase", "of its", "title"), rows,
              folded=len(rows) > 12),
    ))]  # fmt: skip


def _assumed_section(found: Answers) -> Section:
    """How many values of each document no source gives, and which."""
    rows = [one for name, document in found.documents.items()
            for one in assumed_in(document, name)]  # fmt: skip
    return Section("assumed", "What is assumed", (
        Table("Values that no source gives", ("document", "values"),
              tuple((name, phrasing.number(count)) for name, count in found.assumed.items()),
              frozenset({1})),
        Table("Which values these are", ("document", "where", "assumed"), assumption_lines(rows),
              folded=True),
    ))  # fmt: skip


def _made_section(found: Answers, command: str) -> Section:
    """Seeds and the command that asks the same again."""
    facts = (
        ("People", phrasing.number(found.people)), ("Months", phrasing.number(found.months)),
        ("Seeds", ", ".join(map(str, found.seeds))), ("Runs", phrasing.number(found.runs)),
    )  # fmt: skip
    return Section("made", "How this was made",
                   (Facts(facts), Code(command, "The command that asks the same again")))
