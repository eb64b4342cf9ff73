"""The rights map: which rights a consequence or a measure bears on.

A pointer for the reader's own legality, aim, necessity, proportionality test; it decides
nothing. ICCPR: International Covenant on Civil and Political Rights; ICESCR: International
Covenant on Economic, Social and Cultural Rights. (Art. 1 ICCPR speaks of peoples, so S0-17
overreads it. China signed the ICCPR in 1998 and has not ratified it.)
"""

from __future__ import annotations

from collections.abc import Iterable

from scoredsociety.measure.measure import RIGHTS
from scoredsociety.report.elements import Block, Note, Section, Table
from scoredsociety.report.evidence import Document

MORE_RIGHTS = {  # beyond those of the measures
    "ICCPR 2(3)": "remedy", "ICCPR 9": "liberty", "ICESCR 9": "social security",
    "ICESCR 12": "health", "CRC 2(2)": "no punishment for one's parents",
    "CRC 16": "privacy of the child",
}  # fmt: skip

# The EU Charter's counterparts, which hold where Union law is carried out (Art. 51) and may be
# limited only by law, for a recognised aim, necessarily and in proportion (Art. 52(1)).
CHARTER: dict[str, tuple[str, ...]] = {
    "ICCPR 14": ("47", "48", "49", "50"), "ICCPR 2(3)": ("47",), "ICCPR 17": ("7", "8"),
    "ICCPR 19": ("11",), "ICCPR 21": ("12",), "ICCPR 22": ("12",), "ICCPR 24": ("24",),
    "ICCPR 26": ("21",), "CRC 2(2)": ("21", "24"), "CRC 16": ("7", "24"),
}  # fmt: skip

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
    "education": ("ICESCR 13", "ICCPR 24", "CRC 2(2)"),
    "government": ("ICCPR 25", "ICCPR 26"),
    "services": ("ICCPR 26", "ICESCR 9", "ICESCR 11"),
    "health": ("ICESCR 12",),
    "platform": ("ICCPR 19", "ICCPR 17"),
    "internet": ("ICCPR 19",),
    "errors": ("ICCPR 2(3)", "ICCPR 14", "ICCPR 17"),
    "records": ("ICCPR 17",),
    "silenced": ("ICCPR 19",),
    "ties": ("ICCPR 22",),
    "protected": ("ICCPR 19", "ICCPR 21", "ICCPR 22", "ICCPR 25"),
    "group": ("ICCPR 26",),
    "children": ("ICCPR 24", "ICESCR 13", "CRC 2(2)", "CRC 16"),
}


def rights_of(context: str) -> tuple[str, ...]:
    """Rights that a context or measure bears on; none known is an empty tuple."""
    return BEARS_ON.get(context, ())


def bears_on(consequence: Document) -> tuple[str, ...]:
    """Rights of one consequence: the one its file names, else those of its context.

    A consequence of a court (a fine, a sentence) is left to the reader, unless its file says.
    """
    if consequence.get("right"):
        return (str(consequence["right"]),)
    return rights_of(str(consequence.get("context") or ""))


def in_order(rights: Iterable[str]) -> list[str]:
    """Rights in the order of their covenants and articles."""

    def key(right: str) -> tuple[str, int]:
        covenant, _, article = right.partition(" ")
        number = article.partition("(")[0]
        return covenant, int(number) if number.isdigit() else 0

    return sorted(set(rights), key=key)


def right_name(right: str) -> str:
    """``ICCPR 12 (movement)``."""
    names = RIGHTS | MORE_RIGHTS
    return f"{right} ({names[right]})" if right in names else right


def rights_section(consequences: Iterable[Document]) -> Section:
    """The map for the restrictions of one run: a row for each, in the order of the file."""
    rows = []
    for row in consequences:
        bears = bears_on(row)
        rows.append((
            str(row.get("title") or str(row.get("id", "")).replace("_", " ")),
            str(row.get("context", "")).replace("_", " "),
            "; ".join(right_name(right) for right in bears) if bears else "left to the reader",
        ))  # fmt: skip
    blocks: tuple[Block, ...] = (
        Table(
            "Rights that the restrictions of these rules bear on",
            ("restriction", "where it falls", "rights it bears on"), tuple(rows),
            folded=len(rows) > 12,
        ),
        Note(
            "To be read in the order legality, aim, necessity, proportionality. A pointer for "
            "the reader's own judgement, not a legal finding. China signed the ICCPR in 1998 "
            "and has not ratified it."
        ),
    )  # fmt: skip
    return Section("rights", "Rights that these measures bear on", blocks)
