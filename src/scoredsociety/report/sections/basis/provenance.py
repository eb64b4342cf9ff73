"""How far a conclusion may go, how the report was made, how to cite it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from scoredsociety.calendar import month_text
from scoredsociety.report import phrasing
from scoredsociety.report.elements import Block, Code, Facts, Note, Points, Section, Table, Text
from scoredsociety.report.evidence import Document, Evidence
from scoredsociety.runs.network_facts import network_rows

LIMITS = (
    "People, ties and acts are invented. Margins follow published figures; what lies behind "
    "them (who does what, how acts go together) is assumed.",
    "A dozen published targets cannot fix dozens of numbers. The model is constrained, not "
    "validated; nothing here says what will happen or did happen anywhere.",
    "One run is one draw of luck. Ranges belong to studies with replicates and over assumptions.",
    "What one person would have met under other rules holds only under the same luck in this "
    "simulation, which no data can confirm: quote groups.",
    "A month is the smallest step: anything that happens “almost instantly” (S3-72) is not shown.",
    "Records last for up to 60 months. A run that starts fresh and is shorter shows a roll-out, "
    "not a settled state.",
    "People whose groups are small are few in the counts; shares of fewer than 30 people carry a "
    "warning and should not be quoted.",
)
NETWORK = "The loaded network: of the file, and as the run begins with it"
ON_A_NETWORK = (
    "Ties outside the household are, in this run, those of a loaded network. Invented people were "
    "put on its nodes by lot, so nothing follows for anybody who stands on it, and nothing about "
    "who is alike along its ties."
)


def limits_section(evidence: Evidence | None = None) -> Section:
    """How far a conclusion may go."""
    loaded = evidence is not None and network_facts(evidence.manifest)
    blocks: tuple[Block, ...] = (Points((*LIMITS, ON_A_NETWORK) if loaded else LIMITS),)
    return Section("limits", "Limits: how far a conclusion may go", blocks)


def _command_of(manifest: Document) -> str:
    """The command that makes this run again."""
    if manifest.get("command"):
        return str(manifest["command"])
    parts = ["scored run", *_schemes(manifest), f"--people {manifest.get('people')}"]
    for key, flag in (("society", "--society"), ("conduct", "--conduct")):
        if isinstance(manifest.get(key), str):
            parts.append(f"{flag} {manifest[key]}")
    parts.append(f"--months {manifest.get('months')}")
    if manifest.get("start"):
        parts.append(f"--from {manifest['start']}")
    parts.append(f"--seed {manifest.get('seed')}")
    return " ".join(parts)


def _schemes(manifest: Document) -> list[str]:
    schemes = manifest.get("schemes", manifest.get("scheme", []))
    return [schemes] if isinstance(schemes, str) else [str(name) for name in schemes]


def _python_of(manifest: Document) -> str:
    """The Python that makes this run again."""
    checksum = json.dumps(str(manifest.get("checksum", "")))
    if manifest.get("python_code"):
        code = str(manifest["python_code"]).rstrip()
        return f"{code}\nassert run.checksum == {checksum}\n"
    names = _schemes(manifest)
    scheme = json.dumps(names[0] if len(names) == 1 else names)
    options = [f"people={manifest.get('people')}", f"months={manifest.get('months')}"]
    for key in ("society", "conduct"):
        if isinstance(manifest.get(key), str):
            options.append(f"{key}={json.dumps(manifest[key])}")
    if manifest.get("start"):
        options.append(f"start={json.dumps(manifest['start'])}")
    options.append(f"seed={manifest.get('seed')}")
    return (
        "import scoredsociety as ss\n\n"
        f"run = ss.simulate({scheme}, {', '.join(options)})\n"
        f"assert run.checksum == {checksum}\n"
    )


def network_facts(manifest: Document) -> list[tuple[str, str]]:
    """What stands in place of computed ties, where the run stands on a loaded network."""
    inputs = manifest.get("inputs")
    network = inputs.get("ties") if isinstance(inputs, Mapping) else None
    if not network:
        return []
    layer = network["layer"]
    what = "all ties outside the household" if layer == "all" else f"the ties of the layer {layer}"
    said = f"{phrasing.number(network['ties'])} ties of a loaded network replace {what}"
    return [("Ties", "; ".join([said, *network["notes"], "nobody is followed on it"]))]


def made_section(evidence: Evidence) -> Section:
    """Seed, digests, versions, and the command and the Python that reproduce the run."""
    manifest = evidence.manifest
    facts = [
        (term, phrasing.number(manifest[key]) if key == "people" else str(manifest[key]))
        for key, term in (
            ("people", "People"), ("start", "First month"), ("months", "Months"),
            ("seed", "Seed"), ("checksum", "Checksum of the final state"),
        )
        if manifest.get(key) is not None
    ]  # fmt: skip
    facts += network_facts(manifest)
    blocks: list[Block] = [Facts(tuple(facts))]
    rows = network_rows(manifest.get("network"))
    if rows:
        columns = ("measured", "file", "as run")
        blocks.append(Table(NETWORK, columns, tuple(rows), frozenset({1, 2})))
    for key, caption in (("versions", "Versions"), ("digests", "Digests of the inputs")):
        table = manifest.get(key)
        if isinstance(table, Mapping) and table:
            blocks.append(
                Table(caption, ("of", "value"),
                      tuple((term_of(str(k)), str(v)) for k, v in sorted(table.items())))
            )  # fmt: skip
    blocks.append(Code(_command_of(manifest), "The command that makes this run again"))
    blocks.append(Code(_python_of(manifest), "The same in Python"))
    blocks.append(
        Note(
            "The same documents, seed and version give the same checksum on any number of threads "
            "and with any size of block; tests check this. State is whole numbers, so another "
            "machine should give it too; that was not checked, and `scored doctor` says whether a "
            "machine gives the known answer of the draws."
        )
    )
    return Section("made", "How this was made", tuple(blocks))


def term_of(key: str) -> str:
    """A key in words; what holds from the first month there is holds from the beginning."""
    return key.replace("_", " ").replace(f"from {month_text(0)}", "from the beginning")


def citation_section(evidence: Evidence) -> Section:
    """How to cite the run."""
    manifest = evidence.manifest
    version = manifest.get("version")
    versions = manifest.get("versions")
    if version is None and isinstance(versions, Mapping):
        version = versions.get("scoredsociety")
    names = phrasing.listed([phrasing.plain(name) for name in evidence.scheme_ids]) or "no scheme"
    text = (
        f"Scored Society{f', version {version}' if version else ''}: run of {names}, "
        f"{phrasing.number(evidence.people)} synthetic persons, "
        f"{phrasing.months(int(manifest.get('months', 0)))}, seed {manifest.get('seed')}, checksum "
        f"{manifest.get('checksum')}. {phrasing.SYNTHETIC}"
    )
    return Section("citation", "How to cite this", (Text(text),))
