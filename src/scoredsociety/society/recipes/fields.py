"""What a recipe states, field by field; recipe.py reads it from a file and draws from it."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from scoredsociety.society.recipes.parts import (
    Credit,
    Habits,
    HouseholdSizes,
    Income,
    Kin,
    Online,
    RegionOf,
    Schooling,
    SocietyHead,
    Tie,
    Work,
)
from scoredsociety.society.recipes.turnover import Turnover

LAYERS = ("neighbours", "kin", "work", "school", "friends", "online")


class RecipeFields(BaseModel):
    """The tables of a recipe."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    society: SocietyHead
    region: Annotated[list[RegionOf], Field(min_length=1, max_length=1024)]
    household_sizes: HouseholdSizes
    kin: Kin
    income: Income
    schooling: Schooling
    work: Work
    online: Online
    credit: Credit
    habits: Habits
    tie: Annotated[list[Tie], Field(min_length=1)]
    turnover: Turnover | None = None

    @model_validator(mode="after")
    def fits_the_slots(self) -> Self:
        slots = sum(tie.slots for tie in self.tie)
        if slots > 32:
            raise ValueError(f"ties take {slots} slots; there are 32")
        if sum(tie.slots for tie in self.tie if tie.layer == "neighbours") > 28:
            raise ValueError("at most 28 slots can be neighbours")
        for layer in ("kin", "work", "school"):
            if sum(tie.layer == layer for tie in self.tie) > 1:
                raise ValueError(f"two tables of ties are of the layer {layer}; one can be")
        return self

    @property
    def id(self) -> str:
        return self.society.id

    @property
    def community_size(self) -> int:
        return self.society.community_size

    @property
    def regions(self) -> list[RegionOf]:
        return self.region

    def ties_in_order(self) -> list[Tie]:
        """Kinds of ties in the order of their slots: near ones before far ones."""
        return sorted(self.tie, key=lambda tie: (tie.far, LAYERS.index(tie.layer)))
