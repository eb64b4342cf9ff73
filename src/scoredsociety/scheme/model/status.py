"""How well a rule is known: the words of ``status``, and what older files said instead.

A rule text stands above what the operator says of it, and that above the press. Which of the
published sources is which is a table; a source that the author of a document gives is a rule text
where an older file called it documented.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, get_args

Status = Literal["rule_text", "operator", "press", "disputed", "assumed"]
STATUSES: Final[tuple[str, ...]] = get_args(Status)
MEANS: Final[Mapping[str, str]] = {
    "rule_text": "stands in the text of a rule or law that was read: see the source",
    "operator": "said by those who run it, in a page, letter or document, but not the rule itself",
    "press": "told by the press, by other pages about it, or by the five articles",
    "disputed": "told by some, denied by others",
    "assumed": "not given by any source; a number to vary",
}
_RULE_TEXTS = frozenset(["O-R0", "O-R1", "O-R2", "O-R3", "O-B12", "O-B13", "O-B15"])
_LAW = ("L-", "O-L", "F")  # laws, judgments and rules for firms, read as texts
_ARTICLES = ("S0-", "S1-", "S2-", "S3-", "S4-", "V", "P")
_ONCE: Final = ("documented", "reported")  # words of older files


def badge_words(status: str) -> str:
    """``rule text`` of ``rule_text``: as badges print it."""
    return status.replace("_", " ")


def is_rule_text(source: str) -> bool:
    """Whether a source is the text of a rule: a published one, or one of the author's own."""
    if source.startswith(_LAW) or source in _RULE_TEXTS:
        return True
    return not source.startswith(("O-", *_ARTICLES))


def status_now(status: str, sources: Iterable[str]) -> str:
    """What ``documented`` and ``reported`` of older files are called today; others as they are.

    Documented is a rule text where one of the sources is one, else what the operator said.
    """
    if status == "reported":
        return "press"
    if status == "documented":
        return "rule_text" if any(map(is_rule_text, sources)) else "operator"
    return status


def as_today(table: Any) -> Any:
    """A table of an older file with the status of today; anything else as it is."""
    if not isinstance(table, Mapping) or table.get("status") not in _ONCE:
        return table
    given = table.get("source") or []
    sources = [given] if isinstance(given, str) else given
    cited = [one for one in sources if isinstance(one, str)] if isinstance(sources, list) else []
    return {**table, "status": status_now(table["status"], cited)}
