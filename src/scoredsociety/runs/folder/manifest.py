"""The manifest: everything that a run was made of, and nothing of where or when it was made.

No clock and no path stands in it, so two runs of the same question have the same manifest.
"""

from __future__ import annotations

import platform
import shlex
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from scoredsociety.calendar import month_number, month_text
from scoredsociety.errors import UserError
from scoredsociety.kernel import sources_digest
from scoredsociety.runs.documents.document_texts import shipped_documents, text_of
from scoredsociety.runs.folder.manifest_form import FORMAT
from scoredsociety.runs.folder.run_folder import SYNTHETIC
from scoredsociety.runs.labels import digests
from scoredsociety.runs.network_facts import file_and_run
from scoredsociety.runs.prepare import Prepared
from scoredsociety.runs.scenario import Scenario
from scoredsociety.scheme.read.lane import JOIN, schemes_of
from scoredsociety.scheme.read.load import placed
from scoredsociety.scheme.tables import FAR
from scoredsociety.version import __version__

STATEMENT = "these written rules, in an invented population, under the listed assumptions"
_DECIDING = ("numpy", "numba", "polars", "pydantic")


def of_request(
    prepared: Prepared, network: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The manifest of a run that is not whole yet; ``network``: its statistics, where known."""
    scenario = prepared.scenario
    schemes = [scheme.id for scheme in prepared.names.schemes]
    return {
        "format": FORMAT,
        "whole": False,
        "synthetic": SYNTHETIC,
        "statement": STATEMENT,
        "inputs": {
            "schemes": schemes,
            "society": prepared.recipe.id,
            "conduct": prepared.conduct.id,
            "people": scenario.people,
            "months": scenario.months,
            "from": scenario.start,
            "start": "settled" if scenario.settled else "fresh",
            "burn_in_months": scenario.burn_in,
            "seed": scenario.seed,
            "set": list(scenario.sets),
            "without": list(scenario.without),
            "switched_off": list(scenario.switched_off),
            "planted": list(scenario.planted),
            "panel": scenario.panel,
            "ties": _network_of(prepared),
        },
        "schemes": schemes,
        "society": prepared.recipe.id,
        "conduct": prepared.conduct.id,
        "people": scenario.people,
        "months": scenario.months,
        "command": _command_of(prepared, schemes),
        "python_code": _python_of(prepared, schemes),
        "network": network or as_it_ran(prepared),
        "seed": scenario.seed,
        "start": scenario.start,
        "calendar": {
            "origin": month_text(prepared.inputs.origin),
            "first_counted": scenario.start,
            "last": month_text(month_number(scenario.start) + scenario.months - 1),
            "policy_changes": [month_text(month) for month in dated(prepared.names.changes)],
        },
        "patches": [key for key in sorted(prepared.documents) if key.startswith("patch/")],
        "documents": dict(prepared.documents),
        "digests": digests(prepared.inputs),
        "assumed": _assumed(prepared),
        "versions": software_versions(),
    }


def _network_of(prepared: Prepared) -> dict[str, Any] | None:
    """What a loaded network is as a whole; None where ties are computed.

    Neither the file's name nor anything of a node: a digest of it all stands among the digests.
    """
    network = prepared.network
    if network is None:
        return None
    return {
        "layer": network.layer, "nodes": prepared.scenario.people, "ties": network.ties,
        "notes": list(network.notes),
    }  # fmt: skip


def as_it_ran(prepared: Prepared) -> dict[str, Any] | None:
    """Statistics of a loaded network, of its ``file`` and as ``run``; None where there is none."""
    found = file_and_run(prepared)
    if found is None:
        return None
    return {
        whose: {name: None if value != value else value for name, value in facts.items()}
        for whose, facts in found.items()
    }


def dated(changes: Sequence[int]) -> list[int]:
    """Months of changes that have a date; what waits for the operator's answer has none."""
    return [month for month in changes if month not in FAR]


def _written(prepared: Prepared, room: str, key: str, name: str, given: str) -> str:
    """``name``, or the file that was given where the text is not the catalogue's."""
    bare, region = placed(name)
    if bare in shipped_documents(room) and text_of(room, name) == prepared.documents[key]:
        return name
    file = Path(placed(given)[0]).name if given.endswith(".toml") or "/" in given else ""
    at = "" if region is None else f"@{region}"
    return f"{file or f'{bare}.toml'}{at}"


def options_of(prepared: Prepared, schemes: list[str]) -> dict[str, Any]:
    """What was asked, by the names of the command line; what was left alone is left out."""
    scenario = prepared.scenario
    regions = [history[0][1].scheme.region for history in prepared.versions.schemes]
    given = schemes_of(scenario.schemes)
    names = [
        _written(prepared, "scheme", f"scheme/{k}", name if at is None else f"{name}@{at}", file)
        for k, (name, at, file) in enumerate(zip(schemes, regions, given, strict=True))
    ]
    found = {
        "scheme": names,
        "people": scenario.people,
        "months": scenario.months,
        "from": scenario.start,
        "seed": scenario.seed,
        "society": _written(prepared, "society", "society", prepared.recipe.id,
                           scenario.society),
        "conduct": _written(prepared, "conduct", "conduct", prepared.conduct.id,
                           scenario.conduct),
        "start": "settled" if scenario.settled else None,
        "patch": [f"patch-{k}.toml" for k in range(len(scenario.patches))],
        "set": list(scenario.sets),
        "without": list(scenario.without),
        "switch-off": list(scenario.switched_off),
        "plant": list(scenario.planted),
        "ties": "edges.csv" if scenario.ties else None,
        "ties-layer": scenario.ties_layer if scenario.ties else None,
    }
    if scenario.ties:
        del found["people"]  # as many as the network has nodes
    return {key: value for key, value in found.items() if value}


def _command_of(prepared: Prepared, schemes: list[str]) -> str:
    """The command that makes the run again."""
    words = ["scored", "run"]
    for key, value in options_of(prepared, schemes).items():
        for one in value if isinstance(value, list) else [value]:
            words += [str(one)] if key == "scheme" else [f"--{key}", str(one)]
    return shlex.join(words)


def comparison_command(a: Mapping[str, Any], b: Mapping[str, Any], replicates: int) -> str:
    """The command that makes a comparison again, of the manifests of its first two runs."""
    (one, shared), (two, others) = (spoken(str(lane["command"])) for lane in (a, b))
    words = ["scored", "compare", JOIN.join(one), *([JOIN.join(two)] if two != one else ())]
    for option in [*shared, *(each for each in others if each not in shared)]:
        words += option
    return shlex.join([*words, "--replicates", str(replicates)])


def spoken(command: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Schemes and options of a ``scored run`` command."""
    words = shlex.split(command)[2:]
    first = next((place for place, word in enumerate(words) if word.startswith("--")), len(words))
    return words[:first], list(zip(words[first::2], words[first + 1 :: 2], strict=True))


def _python_of(prepared: Prepared, schemes: list[str]) -> str:
    """The Python that makes the run again."""
    names = {"from": "start", "patch": "patches", "set": "sets", "switch-off": "switch_off",
             "ties-layer": "ties_layer"}  # fmt: skip
    options = options_of(prepared, schemes)
    options["settled"] = options.pop("start", None) == "settled"
    asked = options.pop("scheme")
    words = [repr(asked[0] if len(asked) == 1 else asked)]
    words += [f"{names.get(key, key)}={value!r}" for key, value in options.items() if value]
    return f"import scoredsociety as ss\n\nrun = ss.simulate({', '.join(words)})\n"


def of_result(
    prepared: Prepared, checksum: str, operator: Sequence[Mapping[str, str]] = (),
    digest: str = "", network: Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The manifest of the whole run; ``operator``: what it did, in answer to its public.

    ``digest``: where the folder keeps nothing from which it could be worked out; ``network``: the
    statistics of a loaded one, from the manifest of the request.
    """
    found = {**of_request(prepared, network), "whole": True, "checksum": checksum}
    if digest:
        found["digest"] = digest
    return {**found, "operator": list(operator)} if operator else found


def software_versions() -> dict[str, str]:
    """Versions of this package and of what it is compiled and written with."""
    found = {"scoredsociety": __version__, "sources": sources_digest(),
             "python": platform.python_version()}  # fmt: skip
    for name in _DECIDING:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "unknown"
    return found


def _assumed(prepared: Prepared) -> list[str]:
    """Every number of the scheme rules that no source gives: ``scheme.rule.key``."""
    ids = [scheme.id for scheme in prepared.names.schemes]
    lines = [
        f"{ids[rule.scheme]}.{rule.id}.{key}"
        for rule in prepared.names.rules
        for key in rule.assumed
    ]
    return sorted(set(lines))


def _file_of(manifest: Mapping[str, Any], key: str, default: str) -> str:
    """The name of the file that was given for a document, as the command of the run has it."""
    room, _, place = key.partition("/")
    schemes, options = spoken(str(manifest.get("command", "")))
    given = [value for name, value in options if name == f"--{room}"]
    given = schemes if room == "scheme" else given
    at = int(place or 0)
    name = placed(given[at])[0] if at < len(given) else ""
    return name if name.endswith(".toml") and "/" not in name else default


def scenario_of(manifest: Mapping[str, Any], folder: Path, ties: Path | None = None) -> Scenario:
    """The scenario of a manifest, with its documents written as files into ``folder``.

    UserError where the run stands on a loaded network and ``ties`` does not give it again.
    """
    network = manifest["inputs"].get("ties")
    if network and ties is None:
        raise UserError(
            "this run stands on a loaded network, of which its folder keeps nothing: only "
            "`scored resume RUN --ties FILE`, with the same file, can go on with it"
        )
    if ties is not None and not network:
        raise UserError("--ties: this run computes its ties; leave --ties out")
    paths: dict[str, str] = {}
    for key, text in manifest["documents"].items():
        room = key.split("/")[0]
        ids = manifest["inputs"]
        name = ids["schemes"][int(key.split("/")[1])] if room == "scheme" else ids.get(room, "")
        path = folder / key.replace("/", "-") / _file_of(manifest, key, f"{name}.toml")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        paths[key] = str(path)
    inputs = manifest["inputs"]

    def several(room: str) -> tuple[str, ...]:
        count = sum(1 for key in paths if key.startswith(f"{room}/"))
        return tuple(paths[f"{room}/{place}"] for place in range(count))

    return Scenario(
        schemes=several("scheme"), society=paths["society"], conduct=paths["conduct"],
        people=inputs["people"], months=inputs["months"], start=inputs["from"],
        seed=inputs["seed"], settled=inputs["start"] == "settled", patches=several("patch"),
        sets=tuple(inputs["set"]), without=tuple(inputs["without"]),
        switched_off=tuple(inputs["switched_off"]), panel=inputs["panel"],
        planted=tuple(inputs.get("planted", ())),
        ties=str(ties or ""), ties_layer=network["layer"] if network else "all",
    )  # fmt: skip
