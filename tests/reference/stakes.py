"""What an act is, and what the rules on it give or take, plainly (docs/model.md)."""

from __future__ import annotations

from collections.abc import Sequence

from tests.reference.responses import NO_GRADE, Shown, loss

from scoredsociety.conduct import tables as c
from scoredsociety.conduct.tables import ConductTables
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables


def context(act: int, conduct: ConductTables) -> str:
    """The context of an act, by name."""
    return c.CONTEXTS[conduct.acts[act, c.A_CONTEXT]]


def protected_in_the_open(act: int, conduct: ConductTables) -> bool:
    """Speech or a petition that a right protects."""
    right = bool(conduct.acts[act, c.A_PROTECTED])
    return right and context(act, conduct) in ("speech", "petition")


def is_speech(act: int, conduct: ConductTables) -> bool:
    """Protected speech or petition that somebody might mind."""
    return protected_in_the_open(act, conduct) and bool(conduct.acts[act, c.A_GRAVITY])


def is_praise(act: int, conduct: ConductTables) -> bool:
    """Protected speech that nobody minds; not a petition."""
    right = protected_in_the_open(act, conduct) and not conduct.acts[act, c.A_GRAVITY]
    return right and context(act, conduct) == "speech"


def gain(s: int, act: int, schemes: SchemeTables, begun: int) -> int:
    """Centipoints of the best rule on the act, of those in force as the version began."""
    best, head = 0, schemes.schemes[s]
    for rule in schemes.act_rule_list[schemes.act_rules[act] : schemes.act_rules[act + 1]]:
        row = schemes.rules[rule]
        if row[t.R_SCHEME] != s or not row[t.R_FROM] <= begun < row[t.R_UNTIL]:
            continue
        given, part = int(row[t.R_POINTS]), int(row[t.R_COMPONENT])
        if part >= 0:
            scale = int(head[t.S_HIGH] - head[t.S_LOW])
            given = given * int(schemes.components[part, t.C_WEIGHT]) * scale >> 32
        elif row[t.R_BRACKET_COUNT] > 0:
            given = int(schemes.brackets[row[t.R_BRACKETS], 1])
        best = max(best, given)
    return best


def next_grade(s: int, shown: Shown, reach: int, schemes: SchemeTables) -> int | None:
    """What the next grade is worth, at least 0; None where it is out of reach (points)."""
    scale = [int(row[t.G_FROM]) for row in schemes.grades if row[t.G_SCHEME] == s]
    grade = shown.grades[s]
    if grade == NO_GRADE or grade + 1 >= len(scale):
        return None
    if not 0 < scale[grade + 1] - shown.scores[s] <= 100 * reach:
        return None
    return max(loss(s, grade, schemes) - loss(s, grade + 1, schemes), 0)


def under(s: int, grade: int, lists: Sequence[int], schemes: SchemeTables) -> int:
    """Severity that a grade and some lists of a scheme bring, rewards taken off."""
    total = loss(s, grade, schemes)
    for bit in lists:
        asked = [row for row in schemes.consequences if row[t.K_LIST] == bit]
        weight = sum(int(r[t.K_SEVERITY]) * (1 if r[t.K_DENIES] else -1) for r in asked)
        total += max(weight, 0)
    return total
