"""A laboratory, never an instrument: properties of formats and interfaces (docs/index.md).

Each test stands for one thing that this program must not become.
"""

from __future__ import annotations

import ast
import inspect
import typing
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from pydantic import BaseModel
from tests.commandline import Scored

import scoredsociety
from scoredsociety.cli import app
from scoredsociety.conduct.model import Conduct
from scoredsociety.results import Comparison, Run
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.society.recipes.recipe import Recipe
from scoredsociety.society.tables import TRAITS
from scoredsociety.study.ensemble import sensitivity
from scoredsociety.study.ensemble.parameter_space import of_coefficients

PACKAGE = Path(scoredsociety.__file__).parent
SYNTHETIC = "synthetic society, not a forecast"
IDENTITIES = {
    "name", "surname", "first_name", "last_name", "full_name", "identity", "passport", "email",
    "phone", "id_card", "citizen_id", "face", "photo", "religion", "faith", "ethnicity", "race",
    "nationality",
}  # fmt: skip
CONNECTORS = {
    "requests", "httpx", "aiohttp", "urllib.request", "http.client", "socket", "ftplib",
    "smtplib", "sqlalchemy", "psycopg", "pymongo", "kafka", "boto3", "sklearn",
    "transformers", "torch", "openai",
}  # fmt: skip
PUBLIC = [name for name in scoredsociety.__all__ if not name.startswith("_")]


Models = set[type[BaseModel]]


def models(model: type[BaseModel], seen: Models | None = None) -> Models:
    """A document's model and every model within it."""
    seen = set() if seen is None else seen
    if model in seen:
        return seen
    seen.add(model)
    for field in model.model_fields.values():
        for part in parts(field.annotation):
            if isinstance(part, type) and issubclass(part, BaseModel):
                models(part, seen)
    return seen


def parts(annotation: object) -> Iterator[object]:
    """Every type named within an annotation."""
    yield annotation
    for one in typing.get_args(annotation):
        yield from parts(one)


def test_a_person_has_no_name_no_faith_and_no_ethnicity() -> None:
    assert not IDENTITIES & set(TRAITS)


@pytest.mark.parametrize("document", [Scheme, Conduct, Recipe])
def test_no_document_has_a_field_for_who_somebody_is(document: type[BaseModel]) -> None:
    fields = {
        name for model in models(document) for name in model.model_fields
        if (model.__name__, name) != ("Example", "name")  # a worked example's own title
    }  # fmt: skip
    assert len(fields) > 20
    assert not IDENTITIES & fields


def test_frames_hold_seats_and_no_identities(small_run: Run) -> None:
    assert not IDENTITIES & {*small_run.tallies.columns, *small_run.panel.columns}
    assert {"seat", "address"} <= set(small_run.panel.columns)


def test_no_public_function_takes_records_and_gives_a_score() -> None:
    """What is public runs a society, opens a run, or reads a document; nothing takes a record."""
    for name in PUBLIC:
        thing = getattr(scoredsociety, name)
        if isinstance(thing, type):
            continue
        taken = set(inspect.signature(thing).parameters)
        assert not taken & {"record", "records", "acts", "history", "data", "persons"}, name
        given = str(inspect.signature(thing).return_annotation)
        assert given not in ("int", "float"), name


def test_what_explains_a_score_takes_only_a_seat() -> None:
    assert set(inspect.signature(Run.explain).parameters) == {"self", "person", "scheme", "month"}


def imported() -> Iterator[tuple[Path, str]]:
    """Every module that a source of the package imports."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((path, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield path, node.module


def test_there_is_no_connector_to_live_data_and_no_classifier() -> None:
    found = list(imported())
    assert len(found) > 100
    wrong = [
        (path.name, name) for path, name in found
        if {name, name.split(".")[0]} & CONNECTORS
        and (path.parent.name, name) != ("lab", "socket")  # the page's own port on this machine
    ]  # fmt: skip
    assert wrong == []


def test_imports_run_downward() -> None:
    """The engine knows no file format, screen or report; documents know no engine."""
    above = {
        "engine": ("measure", "study", "report", "lab", "commands", "results", "cli"),
        "measure": ("study", "report", "lab", "commands", "results", "cli"),
        "study": ("report", "lab", "commands", "results", "cli"),
        "report": ("lab", "commands", "results", "cli"),
        "scheme": ("engine", "measure", "study", "report", "lab", "commands", "results", "cli"),
        "document": ("scheme", "conduct", "society", "engine", "measure", "study", "report"),
        "conduct": ("engine", "measure", "study", "report", "lab", "commands", "results", "cli"),
        "society": ("measure", "study", "report", "lab", "commands", "results", "cli"),
    }
    wrong = [
        (path.relative_to(PACKAGE).as_posix(), name)
        for path, name in imported()
        for room in [path.relative_to(PACKAGE).parts[0]]
        if room in above and name.startswith("scoredsociety.")
        and name.split(".")[1] in above[room]
    ]  # fmt: skip
    assert wrong == []


def test_every_file_of_a_run_says_that_it_is_synthetic(small_run: Run) -> None:
    for path in small_run.folder.iterdir():
        if path.suffix == ".parquet":
            assert pl.read_parquet_metadata(path)["synthetic"] == SYNTHETIC
        elif path.is_file():
            assert SYNTHETIC in path.read_text(encoding="utf-8").lower(), path.name


QUICK = ("--people", 200, "--months", 2, "--quiet")
# What commands are asked; RUN and NEW stand for a run that there is and a place for a new file.
ASKED: tuple[tuple[object, ...], ...] = (
    ("explain", "RUN", "--person", 3), ("runs", "RUN/.."), ("runs", "NEW"),
    ("report", "RUN", "--out", "NEW.html"), ("report", "--forms"), ("verify", "RUN", "--quiet"),
    ("rerun", "RUN", "--out", "NEW", "--quiet"), ("export", "RUN", "NEW"),
    ("run", "none", *QUICK, "--out", "NEW", "--force"),
    ("run", "none", *QUICK, "--out", "NEW", "--dry-run"),
    ("compare", "judgment_list", "ordinary_law", *QUICK),
    ("sweep", "judgment_list", "--over", "response.silence.values.weight=0,1", *QUICK),
    ("ablate", "ordinary_law", *QUICK), ("branch", "RUN", "--patch", "NOTHING", "--quiet"),
    ("audit", "ordinary_law", *QUICK, "--trajectories", 2, "--samples", 2, "--few", 0),
    ("constrain", "ordinary_law", *QUICK, "--points", 2, "--response", "silence"),
    ("questions", "ordinary_law", "none", *QUICK, "--no-settled", "--points", 2,
     "--replicates", 2),
    ("story",), ("story", "gladsaxe", "--people", 200, "--quiet", "--out", "NEW", "--force"),
    ("schemes",), ("schemes", "wendeng_2020"), ("schemes", "pilots_federation"),
    ("schemes", "diff", "wendeng_2020", "rongcheng_press"), ("societies",),
    ("societies", "village", "--people", 1000, "--quiet"), ("conduct",), ("conduct", "everyday"),
)  # fmt: skip
# These answer nothing about a society: is a file right, what may stand in one, is the machine
# right, what does a shell complete. A resumed run tells what a run tells.
SILENT = {"validate", "schemas", "doctor", "resume", "completion"}


def test_every_command_is_asked_below_or_named_as_silent() -> None:
    named = {command.name for command in app.registered_commands}
    assert {str(words[0]) for words in ASKED} | SILENT == named


@pytest.mark.parametrize("words", ASKED, ids=lambda words: " ".join(map(str, words[:3])))
def test_every_answer_says_that_it_is_synthetic(
    scored: Scored, small_run: Run, tmp_path: Path, words: tuple[object, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    first = of_coefficients()[:1]
    monkeypatch.setattr(sensitivity, "space_of", lambda case: (first, []))
    nothing = tmp_path / "nothing.toml"
    nothing.write_text('[[rule]]\nid = "bad_information"\npoints = -50\n', encoding="utf-8")
    places = {"RUN": small_run.folder, "NEW": tmp_path / "new", "NOTHING": nothing}

    def put(word: object) -> str:
        text = str(word)
        for name, place in places.items():
            text = text.replace(name, str(place))
        return text

    asked = [put(word) for word in words]
    said = scored(*asked)
    assert said.code == 0, said.err
    assert SYNTHETIC in " ".join(said.out.lower().split())
    again = [*asked, "--force"] if "NEW" in " ".join(map(str, words)) and (
        words[0] in ("export", "report", "rerun")) else asked  # fmt: skip
    record = scored(*again, "--json").json
    assert SYNTHETIC in record["synthetic"].lower()


def test_nothing_sorts_or_optimises_by_control(scored: Scored) -> None:
    """No option asks for the rules that control most, and no measure is an index of obedience."""
    from scoredsociety.measure.registry import MEASURES

    words = ("obedien", "loyalty_index", "trustworth", "control_index", "compliance_index")
    for measure in MEASURES.values() if isinstance(MEASURES, dict) else MEASURES:
        text = f"{measure.id} {measure.title}".lower()
        assert not any(word in text for word in words), text
    for command in ("run", "compare", "explain", "schemes"):
        said = scored(command, "--help").out
        assert "--sort" not in said and "--optimi" not in said and "--maximi" not in said


def test_a_comparison_keeps_the_order_of_groups_not_of_effects() -> None:
    assert "sort" not in inspect.signature(Comparison.largest).parameters


def test_no_words_that_judge_in_what_people_read() -> None:
    """Opinions neutral: the articles' own slogans stand only in quotation marks."""
    wrong = []
    for path in [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.j2")]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if "trustworthy people" in line.lower() or "untrustworthy" in line.lower():
                wrong.append(f"{path.name}:{number}")
    assert wrong == []


def test_a_run_says_in_python_that_it_is_synthetic(small_run: Run) -> None:
    assert SYNTHETIC in repr(small_run)
