"""A recipe: the margins, rates and likenesses from which a society is drawn.

A recipe is a TOML document of shares and quantiles, never of people. Unknown keys are errors;
every table names its source (IDs of the fact collection) or lists its numbers as assumed.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from scoredsociety.errors import UserError, did_you_mean
from scoredsociety.society.disguise import refuse_disguise
from scoredsociety.society.tables import SocietyTables

if TYPE_CHECKING:
    import polars as pl

Share = Annotated[float, Field(ge=0, le=1)]
Shares8 = Annotated[list[Share], Field(min_length=8, max_length=8)]
Fifths = Annotated[list[Share], Field(min_length=5, max_length=5)]
_META = {"source", "assumed", "note"}


class Sourced(BaseModel):
    """A table of a recipe: its numbers have a source, or are named as assumed."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    source: str = ""
    assumed: list[str] = []
    note: str = ""

    @model_validator(mode="after")
    def says_where_from(self) -> Self:
        fields = set(type(self).model_fields) - _META
        unknown = [name for name in self.assumed if name not in fields]
        if unknown:
            raise ValueError(f"assumed names {unknown[0]!r}, which is no key of this table")
        if not self.source and not self.assumed:
            raise ValueError("give source = 'O-D2' or list the numbers in assumed = [...]")
        return self


class Named(Sourced):
    """What the society is."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{1,40}$")
    title: str
    about: str
    year: int = Field(ge=1900, le=2100)
    base: str = ""  # a catalogue recipe whose tables hold where this one gives none
    place: str = "China"
    community_size: int = 2048

    @model_validator(mode="after")
    def is_a_power_of_two(self) -> Self:
        size = self.community_size
        if not 64 <= size <= 2048 or size & (size - 1):
            raise ValueError(f"community_size must be 64, 128, ... or 2048, not {size}")
        return self


class RegionOf(Sourced):
    """A region: people of the whole society that it stands for, urban share, income factor."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,40}$")
    title: str
    people: int = Field(ge=1000, le=10**10)
    urban: Share
    income: float = Field(1.0, gt=0.05, lt=20)


class HouseholdSizes(Sourced):
    """Shares of households with 1 to 10 persons."""

    urban: Annotated[list[Share], Field(min_length=10, max_length=10)]
    rural: Annotated[list[Share], Field(min_length=10, max_length=10)]


class Structure(BaseModel):
    """A composition of households of one size, with its share among them."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    size: int = Field(ge=1, le=10)
    spouse: int = Field(0, ge=0, le=1)
    children: int = Field(0, ge=0, le=9)
    parents: int = Field(0, ge=0, le=2)
    others: int = Field(0, ge=0, le=9)
    urban: Share
    rural: Share
    head: str

    @model_validator(mode="after")
    def adds_up(self) -> Self:
        if 1 + self.spouse + self.children + self.parents + self.others != self.size:
            raise ValueError(f"a household of {self.size} must have {self.size} members")
        return self


class Kin(Sourced):
    """Compositions, ages of heads (deciles, years) and gaps between generations (quantiles)."""

    head_ages: dict[str, list[float]]
    birth: list[float]
    spouse_gap: list[float]
    parent_gap: list[float]
    male: Annotated[list[Share], Field(min_length=4, max_length=4)]
    structure: list[Structure]


class Income(Sourced):
    """Yuan a year per head: quantiles at the percents ``at``, urban and rural."""

    at: list[float]
    urban: list[float]
    rural: list[float]
    currency: str = "yuan"


class Schooling(Sourced):
    """Shares of none, primary, junior, senior secondary, college by cohort (five age bands)."""

    urban: list[Fifths]
    rural: list[Fifths]
    like: Share
    hukou: Annotated[list[Share], Field(min_length=2, max_length=2)]


class Work(Sourced):
    """Shares of the eight kinds of work by four age bands, low and high schooling."""

    urban: list[Shares8]
    rural: list[Shares8]
    firm: Shares8
    party: Annotated[list[Share], Field(min_length=4, max_length=4)]


class Online(Sourced):
    """Internet by seven age bands; accounts by income fifth; mobile payment and real names."""

    internet_urban: Annotated[list[Share], Field(min_length=7, max_length=7)]
    internet_rural: Annotated[list[Share], Field(min_length=7, max_length=7)]
    like: Share
    account_age: int
    account_urban: Fifths
    account_rural: Fifths
    mobile: Share
    real_name: Share


class Credit(Sourced):
    """Credit files among adults with an account; loans among those with a file."""

    file_urban: Fifths
    file_rural: Fifths
    file_years: list[float]
    loan: Fifths
    debt_without_loan: Shares8
    debt_with_loan: Shares8
    savings: list[Shares8]


class Habits(Sourced):
    """Driving by urban, sex and age; game hours by sex and age; dispositions; frailty."""

    drives_urban: list[list[Share]]
    drives_rural: list[list[Share]]
    games_male: list[list[float]]
    games_female: list[list[float]]
    disposition: Shares8
    opinion: Shares8
    frailty: Annotated[list[Share], Field(min_length=16, max_length=16)]
    domain_step: Fifths


class Tie(Sourced):
    """A kind of tie: its slots, the chance that a slot is open, and how likeness lowers it."""

    kind: str
    layer: str = Field(pattern="^(neighbours|community|far)$")
    slots: int = Field(ge=1, le=32)
    close: int = Field(0, ge=0, le=32)
    open: float = Field(gt=0, le=0.9)
    age: Annotated[list[Share], Field(min_length=5, max_length=5)]
    urban_unlike: Share = 1.0
    schooling: Annotated[list[Share], Field(min_length=4, max_length=4)]
    income: Annotated[list[Share], Field(min_length=5, max_length=5)]
    closes_yearly: Share
    needs_internet: bool = False


class Recipe(BaseModel):
    """A whole recipe; ``compile()`` gives the integer tables that kernels read."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    society: Named
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

    @model_validator(mode="after")
    def fits_the_slots(self) -> Self:
        slots = sum(tie.slots for tie in self.tie)
        if slots > 32:
            raise ValueError(f"ties take {slots} slots; there are 32")
        if sum(tie.slots for tie in self.tie if tie.layer == "neighbours") > 28:
            raise ValueError("at most 28 slots can be neighbours")
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
        """Kinds of ties in the order of their slots: neighbours, community, far."""
        return sorted(self.tie, key=lambda tie: ("neighbours", "community", "far").index(tie.layer))

    def people(self, n: int, seed: int = 20140614, of: int = 0) -> pl.DataFrame:
        """A frame of synthetic seats: a society of ``n``, or ``n`` spread over one of ``of``."""
        from scoredsociety.society.sample import people_frame

        return people_frame(self, n, seed, of)

    def ties(self, n: int, seed: int = 20140614) -> pl.DataFrame:
        """A frame of the ties of a society of ``n`` at the start."""
        from scoredsociety.society.sample import ties_frame

        return ties_frame(self, n, seed)

    def compile(self) -> SocietyTables:
        """Integer tables; the same on every machine."""
        from scoredsociety.society.compile import compile_recipe

        return compile_recipe(self)


@cache
def catalogue() -> tuple[str, ...]:
    """Names of the recipes that come with the package."""
    folder = resources.files("scoredsociety.society") / "catalogue"
    return tuple(sorted(f.name[:-5] for f in folder.iterdir() if f.name.endswith(".toml")))


def load_society(name_or_path: str | Path) -> Recipe:
    """The recipe of a catalogue name or a TOML file; UserError says what is wrong and where."""
    name = str(name_or_path)
    if name in catalogue():
        source = resources.files("scoredsociety.society") / "catalogue" / f"{name}.toml"
        return read_recipe(source.read_text("utf-8"), f"{name}.toml")
    path = Path(name_or_path)
    if not path.is_file():
        if path.suffix == ".toml" or "/" in name:
            raise UserError(f"{name}: there is no such file")
        known = ", ".join(catalogue())
        raise UserError(f"no society {name!r}: known are {known}.{did_you_mean(name, catalogue())}")
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise UserError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    return read_recipe(text, str(path))


def read_recipe(text: str, file: str) -> Recipe:
    """A recipe from TOML text; ``file`` is named in messages."""
    document = toml(text, file)
    own = set(document)
    society = document.get("society")
    base = society.get("base", "") if isinstance(society, dict) else ""
    if base:
        document = {**base_document(str(base), file), **document}
    try:
        recipe = Recipe.model_validate(document)
    except ValidationError as error:
        raise UserError(explain(error, text, file)) from None
    refuse_disguise(recipe, own, file)
    return recipe


def toml(text: str, file: str) -> dict[str, Any]:
    """A TOML document; UserError names the file and line."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{file}: not TOML: {error}") from None


def base_document(name: str, file: str) -> dict[str, Any]:
    """The tables of a catalogue recipe, on which another is based."""
    if name not in catalogue():
        raise UserError(
            f"{file}: society.base names no recipe {name!r}.{did_you_mean(name, catalogue())}"
        )
    source = resources.files("scoredsociety.society") / "catalogue" / f"{name}.toml"
    document = toml(source.read_text("utf-8"), name)
    above = document["society"].get("base", "")
    return {**(base_document(above, file) if above else {}), **document}


def explain(error: ValidationError, text: str, file: str) -> str:
    """The first mistake in a recipe as one sentence with file, line and key."""
    first = error.errors()[0]
    path = [str(part) for part in first["loc"]]
    key = ".".join(path)
    line = line_of(text, path)
    where = f"{file}:{line}" if line else file
    if first["type"] == "extra_forbidden":
        hint = did_you_mean(path[-1], known_keys(path[:-1]))
        return f"{where}: unknown key {key!r}.{hint}"
    message = first["msg"].removeprefix("Value error, ")
    more = f" ({error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return f"{where}: {key or 'the recipe'}: {message}{more}"


def known_keys(path: list[str]) -> list[str]:
    """Keys that a table of a recipe may have."""
    model: type[BaseModel] = Recipe
    for part in path:
        if part.isdigit() or part not in model.model_fields:
            continue
        annotation = model.model_fields[part].annotation
        for candidate in (annotation, *getattr(annotation, "__args__", ())):
            if isinstance(candidate, type) and issubclass(candidate, BaseModel):
                model = candidate
    return list(model.model_fields)


def line_of(text: str, path: list[str]) -> int:
    """Line on which the last named key of a path stands, or 0: a search by header and key."""
    lines = text.splitlines()
    words = [part for part in path if not part.isdigit()]
    places = [int(part) for part in path if part.isdigit()]
    start = 0
    if words:
        header = [i for i, x in enumerate(lines) if x.strip().strip("[]").strip() == words[0]]
        if header:
            start = header[min(places[0] if places else 0, len(header) - 1)]
    for number in range(start, len(lines)):
        if words and lines[number].split("=")[0].strip() == words[-1]:
            return number + 1
    return start + 1 if words else 0
