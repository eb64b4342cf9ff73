"""What every form is made of, and how it is written as a page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from scoredsociety.outputs import write
from scoredsociety.report.elements import Block, Boxes, Facts, Note, Section, Text
from scoredsociety.report.evidence import Evidence
from scoredsociety.report.render import page
from scoredsociety.report.sections.basis.assumptions import assumed_section
from scoredsociety.report.sections.basis.provenance import (
    citation_section,
    limits_section,
    made_section,
)
from scoredsociety.report.sections.rules.necessity import necessity_section
from scoredsociety.report.sections.summary.summary import basis

Kind = Literal["computed", "declared", "human"]
EMPTY = "[to be answered by a person]"
MEANS = (
    ("computed", "counted in this simulation"),
    ("declared", "stands in the rule text or in a document of the run"),
    ("human", "cannot be answered by a simulation; write into the box"),
)


@dataclass(frozen=True)
class Field:
    """One question with its answer; a ``human`` field has none."""

    question: str
    kind: Kind
    answer: str = EMPTY

    def __post_init__(self) -> None:
        if (self.kind == "human") != (self.answer == EMPTY):
            raise ValueError(f"a human field is an empty box, any other is answered: {self}")


@dataclass(frozen=True)
class FormPart:
    """A part of a form, with its fields."""

    id: str
    title: str
    fields: tuple[Field, ...]
    note: str = ""


@dataclass(frozen=True)
class Form:
    """A form: the instrument it follows, the state of that instrument, and its own version."""

    id: str
    title: str
    instrument: str
    as_of: str  # the state of the instrument that the form follows
    version: int  # of this form, raised whenever a field changes
    parts: tuple[FormPart, ...]


def human(question: str) -> Field:
    """An empty box with its question."""
    return Field(question, "human")


def declared(question: str, answer: str) -> Field:
    """An answer of the documents; an empty one leaves the box to a person."""
    return Field(question, "declared", answer) if answer else human(question)


def computed(question: str, answer: str) -> Field:
    """An answer of the run."""
    return Field(question, "computed", answer)


def _sections(form: Form) -> list[Section]:
    """The form as sections of a page."""
    head: tuple[Block, ...] = (
        Facts((
            ("Instrument", form.instrument), ("State of the instrument", form.as_of),
            ("Version of this form", str(form.version)),
            *((f"“{kind}”", text) for kind, text in MEANS),
        )),
        Note(
            "This is an annex to an assessment, and not one. Questions are shortened; the "
            "instrument's own text decides. What is computed is a pattern counted among invented "
            "people. Nothing here says that anything is lawful or prohibited."
        ),
        Text("Write into the boxes; save the page (Ctrl-S) and what you wrote is kept in it."),
    )  # fmt: skip
    made = [Section("form", "About this form", head)]
    for part in form.parts:
        blocks: list[Block] = [Boxes(tuple(
            (field.question, field.kind, "" if field.kind == "human" else field.answer)
            for field in part.fields
        ))]  # fmt: skip
        if part.note:
            blocks.append(Note(part.note))
        made.append(Section(f"part-{part.id}", part.title, tuple(blocks)))
    return made


def form_text(form: Form, evidence: Evidence) -> str:
    """The form as one self-contained page, with what it rests on, limits and provenance.

    Over a comparison it holds the necessity table: what holds without the scheme, and with it.
    """
    first, *parts = _sections(form)
    between = [Section("rests", "What the answers rest on", (Facts(basis(evidence)),))]
    found = (necessity_section(evidence), assumed_section(evidence))
    behind = [*filter(None, found), limits_section(evidence), made_section(evidence),
              citation_section(evidence)]  # fmt: skip
    lead = f"{form.instrument}, {form.as_of}"
    return page(form.title, [first, *between, *parts, *behind], lead)


def write_form(form: Form, evidence: Evidence, path: str | Path) -> Path:
    """Write the form to ``path``, whole or not at all."""
    return write(Path(path), form_text(form, evidence))
