"""Every counterfactual is a patch: the documents of a run, as they stand from month to month.

Undated patches hold from the beginning; a patch with ``at = "2021-07"`` begins a new version.
Rules named by ``--without`` and numbers given by ``--set`` are patches without a date. Conduct
keeps the allotment of the base document, so a changed rate reshuffles nobody's luck.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from scoredsociety.conduct.model import Conduct, conduct_of
from scoredsociety.document.problem import DocumentErrors, Problem
from scoredsociety.document.problem import nearest_words as near
from scoredsociety.document.read import key_in_table, table_path
from scoredsociety.document.shape import keys_at, read_shape
from scoredsociety.errors import UserError, did_you_mean
from scoredsociety.runs.scenario import Scenario
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.scheme.read.lane import is_baseline, main_of
from scoredsociety.scheme.read.patch import (
    ANSWERS,
    CONDUCT_TABLES,
    SCHEME_TABLES,
    Patch,
    apply,
    document_of,
    load_patch,
    set_values,
    versions,
    without,
)
from scoredsociety.society.recipes.recipe import Recipe


class Versions(NamedTuple):
    """Documents by the month from which they hold (0: from the beginning), the earliest first."""

    recipe: Recipe
    conduct: list[tuple[int, Conduct]]
    schemes: list[list[tuple[int, Scheme]]]


def versions_of(
    scenario: Scenario, recipe: Recipe, conduct: Conduct, schemes: Sequence[Scheme]
) -> Versions:
    """The documents of a scenario with its patches applied; UserError where one does not fit."""
    patches = [load_patch(path) for path in scenario.patches]
    shared = [
        *([without(scenario.without)] if scenario.without else []),
        *([set_values(scenario.sets)] if scenario.sets else []),
    ]
    every = [*patches, *shared]
    for patch in every:
        refuse_unknown_scheme(patch, schemes)
    refuse_answers(every)
    return Versions(
        recipe_with(recipe, every),
        conduct_versions(conduct, every),
        [
            versions(scheme, meant_for(scheme, schemes, every), conduct)
            for scheme in schemes
        ],
    )


def refuse_answers(patches: Sequence[Patch]) -> None:
    """UserError where what the operator may do is more than one thing, or not about a scheme."""
    answers = [patch for patch in patches if patch.at in ANSWERS]
    kinds = sorted({patch.at or "" for patch in answers})
    if len(kinds) > 1:
        raise UserError(f"a run has one answer of the operator, not {' and '.join(kinds)}")
    for patch in answers:
        for kind in ("conduct", "society"):
            if not patch.part(kind).empty:
                raise UserError(
                    f"{patch.name}: at = {patch.at!r} is for rules; give changes of {kind} a month"
                )


def refuse_unknown_scheme(patch: Patch, schemes: Sequence[Scheme]) -> None:
    """UserError for a patch of a scheme that the run does not have."""
    ids = [scheme.id for scheme in schemes]
    if patch.scheme is not None and patch.scheme not in ids:
        raise UserError(
            f"{patch.name}: patches the scheme {patch.scheme!r}, but the run has {', '.join(ids)}"
        )


def meant_for(
    scheme: Scheme, schemes: Sequence[Scheme], patches: Sequence[Patch]
) -> list[Patch]:
    """Where several schemes run at once, the parts of ``patches`` that this scheme is meant by.

    A patch that names its scheme is its own. Else an id means the schemes that have it, where a
    baseline gives way to a scheme; what has no id that is known is the main scheme's (which then
    says so). Whole tables of a file, such as [appeal], hold for every scheme.
    """
    if len(schemes) == 1:
        return list(patches)
    main = schemes[main_of(schemes)]
    documents = [document_of(one) for one in schemes]

    def has(place: int, path: str) -> bool:
        table, _, rest = path.partition(".")
        name, rows = rest.split(".")[0], documents[place].get(table, [])
        return isinstance(rows, list) and any(row.get("id") == name for row in rows)

    def mine(path: str) -> bool:
        owners = [one for place, one in enumerate(schemes) if has(place, path)]
        asked = [one for one in owners if not is_baseline(one)] or owners or [main]
        return any(one is scheme for one in asked)

    def rows_of_mine(table: str, rows: Any) -> Any:
        if not isinstance(rows, list):
            return rows
        return [row for row in rows
                if not isinstance(row, dict) or "id" not in row or mine(f"{table}.{row['id']}")]

    return [
        patch if patch.scheme is not None else replace(
            patch,
            merge={table: kept for table, rows in patch.merge.items()
                   if (kept := rows_of_mine(table, rows)) != []},
            removes=tuple(path for path in patch.removes if mine(path)),
            sets=tuple(pair for pair in patch.sets if mine(pair[0])),
        )
        for patch in patches
    ]  # fmt: skip


def refuse_unknown_act(patch: Patch, conduct: Conduct) -> None:
    """UserError for a patch of an act that the conduct document does not have."""
    rows = patch.merge.get("act", [])
    for row in rows if isinstance(rows, list) else []:
        name = row.get("id") if isinstance(row, dict) else None
        if isinstance(name, str) and name not in conduct.act_ids:
            hint = did_you_mean(name, conduct.act_ids)
            raise UserError(f"{patch.name}: act.{name[:80]}: there is no such act.{hint}")


def recipe_with(recipe: Recipe, patches: Sequence[Patch]) -> Recipe:
    """The recipe with the society parts of the patches; they have no dates."""
    for patch in patches:
        part = patch.part("society")
        if part.empty:
            continue
        if part.at is not None:
            raise UserError(f"{patch.name}: a society is the same in all months; leave out `at`")
        if recipe.turnover is None and any(path.startswith("turnover.") for path, _ in part.sets):
            raise UserError(
                f"{patch.name}: {recipe.id} has no [turnover]; give it one, as china_2020 has"
            )
        values = apply(document_of(recipe), part)
        refuse_unknown_table(patch, values)
        made, found = read_shape(Recipe, values)
        if made is None or found:
            raise DocumentErrors(
                Problem(
                    patch.name, None, table_path(values, path), key_in_table(path), message, hint
                )
                for path, message, hint in found
            )
        recipe = made
    return recipe


def refuse_unknown_table(patch: Patch, values: Mapping[str, Any]) -> None:
    """DocumentErrors for a table of no document: the key that exists begins with its table."""
    tables = [*SCHEME_TABLES, *CONDUCT_TABLES, *keys_at(Recipe, ())]
    for table in values:
        if table in tables:
            continue
        message = f"no document has a table {table[:64]!r}"
        inside = f"such as category.{table[:64]}.weight or rule.{table[:64]}.points"
        hint = near(table, tables) or f"a key begins with its table, {inside}"
        raise DocumentErrors([Problem(patch.name[:80], None, None, table[:80], message, hint)])


def conduct_versions(conduct: Conduct, patches: Sequence[Patch]) -> list[tuple[int, Conduct]]:
    """The conduct document and its dated versions, in the cells of the base document."""
    parts = [part for part in (patch.part("conduct") for patch in patches) if not part.empty]
    allotment = {name: places.model_dump() for name, places in conduct.allotment.items()}
    found = [(0, conduct)]
    for part in parts:
        refuse_unknown_act(part, conduct)
    for part in sorted(parts, key=lambda one: one.month or 0):
        values = apply(document_of(found[-1][1]), part)
        changed = conduct_of({**values, "allotment": allotment}, part.name)
        if changed.act_ids != conduct.act_ids:
            raise UserError(
                f"{part.name}: a patch may change acts, not add or remove them; "
                "to leave an act out, set its rate to 0"
            )
        if found[-1][0] == (part.month or 0):
            found[-1] = (part.month or 0, changed)
        else:
            found.append((part.month or 0, changed))
    return found
