"""Layers of ties to which a scheme books something: the society must have them."""

from __future__ import annotations

from collections.abc import Sequence

from scoredsociety.document.problem import DocumentErrors, Problem
from scoredsociety.scheme.compile.name_lookup import LAYERS
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.society.tables import SocietyTables


def refuse_layers(
    histories: Sequence[Sequence[tuple[int, Scheme]]], society: SocietyTables
) -> None:
    """DocumentErrors where a rule books something to ties that nobody has."""
    there = {int(layer) for layer in society.slots.layer}
    has = [name for name, bit in LAYERS.items() if bit.bit_length() - 1 in there]
    problems = []
    for scheme in (scheme for history in histories for _, scheme in history):
        for rule in scheme.rule:
            spill, on = rule.spill, rule.on_others
            asked: list[tuple[str, str]] = [("spill.to", spill.to)] if spill else []
            asked += [("on_others.by", on.by)] if on else []
            for key, name in asked:
                if name in LAYERS and name not in has:
                    message = f"the society has no ties of the layer {name}"
                    hint = f"it has {', '.join(has) or 'no ties'}; take another society or layer"
                    problems.append(Problem(scheme.id, None, f"rule.{rule.id}", key, message, hint))
    if problems:
        raise DocumentErrors(dict.fromkeys(problems))
