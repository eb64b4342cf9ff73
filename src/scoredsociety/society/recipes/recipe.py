"""A recipe: the margins, rates and likenesses from which a society is drawn.

A recipe is a TOML document of shares and quantiles, never of people. Unknown keys are errors;
every table names its source (IDs of the fact collection) or lists its numbers as assumed.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scoredsociety.document.find import find
from scoredsociety.document.find import shipped as names_in
from scoredsociety.document.problem import DocumentErrors, nearest_words
from scoredsociety.document.read import (
    Document,
    parse,
    problems_of,
    read_document,
    refuse_characters,
)
from scoredsociety.document.shape import Misplaced, read_shape
from scoredsociety.society.describe.sample import people_frame, ties_frame
from scoredsociety.society.recipes.compile_recipe import compile_recipe
from scoredsociety.society.recipes.disguise import disguised
from scoredsociety.society.recipes.fields import RecipeFields
from scoredsociety.society.tables import SocietyTables

if TYPE_CHECKING:
    import polars as pl

_CATALOGUE = Path(str(files("scoredsociety.society"))) / "catalogue"


class Recipe(RecipeFields):
    """A whole recipe; ``compile()`` gives the integer tables that kernels read."""

    def people(self, n: int, seed: int = 20140614, of: int = 0) -> pl.DataFrame:
        """A frame of synthetic seats: a society of ``n``, or ``n`` spread over one of ``of``."""
        return people_frame(self, n, seed, of)

    def ties(self, n: int, seed: int = 20140614) -> pl.DataFrame:
        """A frame of the ties of a society of ``n`` at the start."""
        return ties_frame(self, n, seed)

    def compile(self) -> SocietyTables:
        """Integer tables; the same on every machine."""
        return compile_recipe(self)


@cache
def catalogue() -> tuple[str, ...]:
    """Names of the recipes that come with the package."""
    return tuple(names_in(_CATALOGUE))


def load_society(name_or_path: str | Path) -> Recipe:
    """The recipe of a catalogue name or a TOML file; DocumentErrors tells every mistake in it."""
    path = find("society", name_or_path, _CATALOGUE)
    return _of_the_package(path) if path.parent == _CATALOGUE else recipe_of(read_document(path))


@cache
def _of_the_package(path: Path) -> Recipe:
    """A recipe of the catalogue: frozen, so it is read once and shared."""
    return recipe_of(read_document(path), shipped=True)


def read_recipe(text: str, file: str) -> Recipe:
    """A recipe from TOML text; ``file`` is named in messages."""
    document = Document(file, text, parse(text, file))
    refuse_characters(document)
    return recipe_of(document)


def recipe_of(document: Document, shipped: bool = False) -> Recipe:
    """A recipe that can be drawn from; DocumentErrors with every problem found.

    One of the catalogue (``shipped``) is known to compile, which takes a third of a second.
    """
    own = set(document.values)
    values = _on_its_base(document)
    recipe, found = read_shape(Recipe, values)
    if recipe is not None:
        found = disguised(recipe, own)
    if recipe is not None and not found and not shipped:
        try:
            recipe.compile()  # shares that do not add up, quantiles that fall
        except Misplaced as error:
            found = list(error.findings)
    if recipe is None or found:
        raise DocumentErrors(problems_of(Document(document.file, document.text, values), found))
    return recipe


def _on_its_base(document: Document) -> dict[str, Any]:
    """The values, with the tables of the catalogue recipe that it is based on under them."""
    head = document.values.get("society")
    base = head.get("base", "") if isinstance(head, dict) else ""
    if not isinstance(base, str) or not base:
        return dict(document.values)
    if base not in catalogue():
        hint = nearest_words(base, catalogue()) or f"there are {', '.join(catalogue())}"
        found = [(("society", "base"), f"names no recipe {base[:64]!r}", hint)]
        raise DocumentErrors(problems_of(document, found))
    return {**_on_its_base(read_document(_CATALOGUE / f"{base}.toml")), **document.values}
