"""Single changes that could be made to a life: each record, its act, the rule behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from scoredsociety.engine.layout import (
    CORRECTED,
    DOUBLED,
    FALSE,
    MISATTRIBUTED,
    SPILLED,
    act_of_message,
    code_of_message,
    flags_of,
    flags_of_message,
    rule_of,
    unflagged,
    with_code,
)
from scoredsociety.engine.replay.counterfactual_replay import Edit, Mail
from scoredsociety.engine.replay.household_replay import LifeMonth
from scoredsociety.engine.state import Messages
from scoredsociety.errors import UserError
from scoredsociety.fixed import Ints
from scoredsociety.runs.prepare import Prepared, prepare_changed
from scoredsociety.scheme.compile.scheme_names import RuleName

ERROR, RECORD, ACT, RULE = "error corrected", "record missing", "act not done", "rule left out"
KINDS = (ERROR, RECORD, ACT, RULE)  # from the smallest change to the largest


class Change(NamedTuple):
    """A change that could be made, before it is lived through."""

    kind: str
    month: int | None
    rule: RuleName
    act: str | None
    edit: Edit
    word: int = -1  # the record that is at stake


def every_change(prepared: Prepared, lived: Sequence[LifeMonth], s: int) -> Iterator[Change]:
    """Records that stand in the last month (each once), their acts, and the rules behind them."""
    rules = prepared.names.rules
    began: dict[int, LifeMonth] = {}  # by record, the month in which it was filed
    for one in lived:
        for word in unmarked(one.records):
            began.setdefault(word, one)
    named: dict[str, RuleName] = {}
    for word in dict.fromkeys(unmarked(lived[-1].records)):
        rule = rules[rule_of(word)]
        if rule.scheme != s:
            continue
        named.setdefault(rule.id, rule)
        yield from changes_of(prepared, word, rule, began[word])
    first = prepared.inputs.origin
    for name, rule in named.items():
        try:
            other = prepare_changed(prepared, (f"rule.{name}",))
        except UserError:
            continue  # it does not go alone: another rule needs it
        edit = Edit(first, mail=renumbered(prepared, other), schemes=other.inputs.schemes)
        yield Change(RULE, None, rule, None, edit)


def unmarked(records: Ints) -> list[int]:
    """Records without the mark that they count twice, which may come and go."""
    return [unflagged(word, DOUBLED) for word in records.tolist()]


def changes_of(
    prepared: Prepared, word: int, rule: RuleName, began: LifeMonth
) -> Iterator[Change]:
    """What could be otherwise about one record."""
    flags = flags_of(word)
    ids = prepared.conduct.act_ids
    acts = {ids.index(name) for name in rule.acts}
    if flags & CORRECTED:  # the residue of a correction goes with what was corrected
        return
    if flags & (MISATTRIBUTED | SPILLED):
        kind = ERROR if flags & MISATTRIBUTED else RECORD
        drop = without_letter(began.month, rule_of(word), acts, flags)
        yield Change(kind, began.month, rule, None, Edit(began.month, mail=drop))
        return
    done = [int(row[0]) for row in began.acts if int(row[0]) in acts]
    wrong = bool(flags & FALSE)
    for act in dict.fromkeys(done[:1]):
        kind = ERROR if wrong else RECORD
        yield Change(kind, began.month, rule, ids[act], Edit(began.month, unseen=act))
        if not wrong:
            yield Change(ACT, began.month, rule, ids[act], Edit(began.month, undone=act),
                         word)  # fmt: skip


def without_letter(month: int, rule: int, acts: set[int], flags: int) -> Mail:
    """What arrives in a month, less the first message that brought such a record."""

    def less(mail: Messages, now: int) -> Messages:
        if now != month:
            return mail
        for place, content in enumerate(mail.content.tolist()):
            act = act_of_message(content)
            brought = act in acts if act is not None else code_of_message(content) == rule
            same = not (flags_of_message(content) ^ flags) & (MISATTRIBUTED | SPILLED)
            if brought and (same or act is None):
                kept = np.arange(len(mail.content)) != place
                return Messages(*(column[kept] for column in mail))
        return mail

    return less


def renumbered(prepared: Prepared, other: Prepared) -> Mail:
    """What arrives, with rules of relatives' acts under their numbers in the other tables."""
    places = {(rule.scheme, rule.key): k for k, rule in enumerate(other.names.rules)}
    new = [places.get((rule.scheme, rule.key), -1) for rule in prepared.names.rules]

    def numbered(mail: Messages, _: int) -> Messages:
        content, kept = mail.content.copy(), np.ones(len(mail.content), dtype=bool)
        for place, one in enumerate(content.tolist()):
            if act_of_message(one) is None:
                code = new[code_of_message(one)]
                kept[place] = code >= 0
                content[place] = with_code(one, max(code, 0))
        return Messages(mail.target[kept], content[kept], mail.origin[kept])

    return numbered
