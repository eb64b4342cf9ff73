"""The rights map: which rights a consequence or a measure bears on.

A pointer for the reader's own legality, aim, necessity, proportionality test; it decides
nothing. ICCPR: International Covenant on Civil and Political Rights; ICESCR: International
Covenant on Economic, Social and Cultural Rights. (Art. 1 ICCPR speaks of peoples, so S0-17
overreads it. China signed the ICCPR in 1998 and has not ratified it.)
"""

from __future__ import annotations

from collections.abc import Iterable

from scoredsociety.measure.measure import RIGHTS
from scoredsociety.report.blocks import Block, Note, Section, Table

TEST = ("legality", "aim", "necessity", "proportionality")

# A context in which a consequence falls, or a measure, and what it bears on.
BEARS_ON: dict[str, tuple[str, ...]] = {
    "travel": ("ICCPR 12",),
    "traffic": ("ICCPR 12",),
    "movement": ("ICCPR 12",),
    "speech": ("ICCPR 19",),
    "petition": ("ICCPR 19", "ICCPR 25"),
    "public_order": ("ICCPR 21",),
    "family": ("ICCPR 17", "ICCPR 24"),
    "neighbourhood": ("ICCPR 17",),
    "honour": ("ICCPR 17",),
    "reputation": ("ICCPR 17",),
    "publication": ("ICCPR 17",),
    "finance": ("ICESCR 11",),
    "consumption": ("ICESCR 11",),
    "housing": ("ICESCR 11",),
    "contract": ("ICESCR 11",),
    "giving": ("ICESCR 11",),
    "work": ("ICESCR 6",),
    "employment": ("ICESCR 6",),
    "education": ("ICESCR 13", "ICCPR 24"),
    "government": ("ICCPR 25", "ICCPR 26"),
    "services": ("ICCPR 26", "ICESCR 11"),
    "court": ("ICCPR 14",),
    "health": ("ICESCR 11",),
    "platform": ("ICCPR 19", "ICCPR 17"),
    "internet": ("ICCPR 19",),
    "errors": ("ICCPR 14", "ICCPR 17"),
    "records": ("ICCPR 17",),
    "silenced": ("ICCPR 19",),
    "ties": ("ICCPR 22",),
    "protected": ("ICCPR 19", "ICCPR 21", "ICCPR 22", "ICCPR 25"),
    "group": ("ICCPR 26",),
    "children": ("ICCPR 24", "ICESCR 13"),
}


def rights_of(context: str) -> tuple[str, ...]:
    """Rights that a context or measure bears on; none known is an empty tuple."""
    return BEARS_ON.get(context, ())


def in_order(rights: Iterable[str]) -> list[str]:
    """Rights in the order of their covenants and articles."""
    return sorted(set(rights), key=lambda right: (right.split()[0], int(right.split()[1])))


def named(right: str) -> str:
    """``ICCPR 12 (movement)``."""
    return f"{right} ({RIGHTS[right]})" if right in RIGHTS else right


def rights_section(contexts: Iterable[str]) -> Section:
    """The map for the contexts that occur in one run."""
    rows = []
    for context in dict.fromkeys(contexts):
        bears = rights_of(context)
        text = "; ".join(named(right) for right in bears) if bears else "left to the reader"
        rows.append((context.replace("_", " "), text))
    blocks: tuple[Block, ...] = (
        Table(
            "Rights that the consequences and measures of this run bear on",
            ("where it falls", "rights it bears on"),
            tuple(rows),
        ),
        Note(
            "To be read in the order legality, aim, necessity, proportionality. A pointer for "
            "the reader's own judgement, not a legal finding. China signed the ICCPR in 1998 "
            "and has not ratified it."
        ),
    )
    return Section("rights", "Rights that these measures bear on", blocks)
