"""Every generated page, figure and quoted table of docs/, and how each is made anew.

    make pages                      all; a dear page whose stamp is current is skipped
    make pages ONLY=friends         one
    make pages QUICK=1              only those under a minute
    make pages FULL=1               the dear ones at the sizes of a publication
    python docs/build/pages.py --stale      names what is stale, and makes nothing

A *cheap* page is made from code, catalogue or a kept table alone, so its text is compared with
what its generator gives. A *dear* page rests on runs; ``stamps.json`` holds the digest of what it
was made from, and it is stale when that moved: the golden digests (which move when any bit of a
result does, and not when code only changes its place), the catalogues, the measures, its own
generator and its command.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2])]
from docs.build import cheap, figures, question_list  # noqa: E402 - this file is also a command
from docs.build.page_kinds import Cheap, Dear, page_of, part_of, program, with_block  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
STAMPS = DOCS / "build" / "stamps.json"
PACKAGE = ROOT / "src" / "scoredsociety"
GOLDEN = ROOT / "tests" / "golden" / "digests.json"
CATALOGUES = ("conduct", "scheme", "society")  # their TOML files


def _responses(old: str) -> str:
    from docs.build.mechanisms import filled

    return filled(old)


def _measures(old: str) -> str:
    from scoredsociety.measure.registry import table

    return with_block(old, "measures", table())


# pages whose runs are said in a marked part of their own: dear page, file, module of the generator
RUNS = (
    ("friends", "published.md", "studies.friends"),
    ("friends-visibility", "published.md", "studies.friends"),
    ("signs", "model.md", "studies.expected_signs"),
    ("abandonment", "model.md", "studies.abandonment"),
    ("generations", "model.md", "studies.generations"),
)


def _runs(name: str, module: str) -> Callable[[str], str]:
    """What the runs behind a dear page set and switched off, of the command that made it."""
    return part_of(f"{name}-runs", lambda _: figures.runs_said(module, stamps()[name]["command"]))


ABLATE = ("-m", "scoredsociety.cli", "ablate", "wendeng_2020", "--people", "5000", "--months", "24",
          "--replicates", "8", "--out", "docs/ablation.csv", "--force")  # fmt: skip
DEAR = (
    Dear("ablation", "ablation.csv", "wendeng_2020, china_2020, each rule left out",
         ABLATE, ABLATE, 8,
         own=("src/scoredsociety/study/paired/ablation.py",
              "src/scoredsociety/measure/statistics/joint_intervals.py")),
    Dear("friends", "friends.csv", "sesame_documented, 36 months, 4 weights, 4 forms, 3 seeds",
         program("studies.friends", "--people", "10000"),
         program("studies.friends", "--people", "50000"), 3),
    Dear("friends-visibility", "published.md", "as friends, at the scheme's own visibility",
         program("studies.friends", "--as-shown"),
         program("studies.friends", "--as-shown", "--people", "50000"), 1.5,
         ("friends-visibility",)),
    Dear("signs", "model.md", "county, 2,000 people, 24 months, 20 seeds (FULL: 40)",
         program("studies.expected_signs"), program("studies.expected_signs", "--seeds", "40"), 6,
         ("signs",), ("studies/expected_sign_lines.py",)),
    Dear("abandonment", "model.md", "2,000 people, 24 months, 2 seeds, 54 settings (FULL: 4 seeds)",
         program("studies.abandonment", "--threads", "2"),
         program("studies.abandonment", "--threads", "2", "--seeds", "4"), 6,
         ("abandonment", "abandonment-settings")),
    Dear("generations", "model.md", "county, 30 years, 20,000 people, one seed (FULL: four seeds)",
         program("studies.generations", "--people", "20000"),
         program("studies.generations", "--people", "20000", "--seeds", "4"), 2,
         ("generations-outcomes", "generations-paired", "generations-grades")),
    Dear("validation-runs", "build/validation.json", "five runs, three seeds, 64 points each",
         ("docs/build/validation.py",), ("docs/build/validation.py",), 15),
    *question_list.DEAR,
)  # fmt: skip
# in this order: a table before the pages that are made of it
CHEAP = (
    Cheap("claims", "claims.md", "docs/build/claims.toml", page_of("docs.build.claims")),
    Cheap("sources", "sources.md", "report/sources.toml", page_of("docs.build.sources_page")),
    Cheap("articles", "articles.md", "docs/build/articles.toml",
          page_of("docs.build.traceability")),
    Cheap("schemes", "schemes.md", "the catalogue of schemes",
          page_of("docs.build.disagreements")),
    Cheap("responses", "model.md", "conduct/responses.py", _responses),
    Cheap("measures", "measures.md", "measure/registry.py", _measures),
    Cheap("ablation-page", "ablation.md", "docs/ablation.csv", cheap.ablation),
    Cheap("friends-summary", "summary-friends.md", "docs/friends.csv, published.md", cheap.friends),
    Cheap("friends-figure", "friends.svg", "docs/friends.csv", cheap.drawn),
    Cheap("friends-table", "published.md", "docs/friends.csv", part_of("friends", cheap.peers)),
    *(Cheap(f"{name}-runs", file, "the scenarios of its generator", _runs(name, module))
      for name, file, module in RUNS),
    Cheap("signs-said", "model.md", "its own table of signs",
          part_of("signs-said", figures.signs_said)),
    Cheap("generations-said", "model.md", "its own tables of generations",
          part_of("generations-said", figures.generations_said)),
    *question_list.CHEAP,
    Cheap("validation", "validation.md", "study/validation/figures.py, its runs, model.md",
          cheap.validation),
)  # fmt: skip
NAMES = (*(one.name for one in DEAR), *(one.name for one in CHEAP))


def sources() -> Iterator[Path]:
    """Files that every dear page rests on, in order."""
    yield GOLDEN
    for room in CATALOGUES:
        yield from sorted((PACKAGE / room).rglob("*.toml"))
    yield from sorted((PACKAGE / "measure").rglob("*.py"))


def _source_of(module: str) -> Path:
    """The source of a command's module: of the package, or of a study."""
    root = ROOT / "src" if module.startswith("scoredsociety.") else ROOT
    return root / (module.replace(".", "/") + ".py")


def digest(page: Dear) -> str:
    """Digest of what a dear page rests on, whatever size it is made at."""
    told = hashlib.sha256("\n".join((*page.command, *page.full)).encode())
    own = ROOT / page.command[0]
    if page.command[0] == "-m":
        own = _source_of(page.command[1])
    beside = (ROOT / name for name in page.own)
    for path in dict.fromkeys((*sources(), own, *beside)):
        told.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        told.update(hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()[:16]


def stamps() -> dict[str, dict[str, str]]:
    """What each dear page was made from, by its name."""
    found: dict[str, dict[str, str]] = json.loads(STAMPS.read_text()) if STAMPS.exists() else {}
    return found


def stale() -> Iterator[str]:
    """Each stale page, in one sentence with the command that makes it anew."""
    for one in CHEAP:
        path = DOCS / one.file
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        if one.make(old) != old:
            yield f"docs/{one.file} is not what its generator gives: make pages ONLY={one.name}"
    known = stamps()
    for page in DEAR:
        if known.get(page.name, {}).get("from") != digest(page):
            yield (f"docs/{page.file} ({page.name}) was made from other sources: "
                   f"make pages ONLY={page.name} (about {page.minutes:g} minutes)")  # fmt: skip


def make_dear(page: Dear, full: bool) -> None:
    """Run the command, fill the marked part, stamp the page; a failed command ends it."""
    began = digest(page)
    path = [str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
    done = subprocess.run([sys.executable, *page.words(full)], cwd=ROOT, check=True, text=True,
                          stdout=subprocess.PIPE,
                          env={**os.environ, "PYTHONPATH": os.pathsep.join(path)})  # fmt: skip
    if page.blocks:
        target = DOCS / page.file
        tables = done.stdout.strip("\n").split("\n\n")[1:]  # all print what they are first
        text = target.read_text("utf-8")
        for name, one in zip(page.blocks, tables, strict=True):
            text = with_block(text, name, one)
        target.write_text(text, "utf-8")
    if digest(page) != began:
        raise SystemExit(f"{page.name}: its sources changed while it was made; it is not stamped")
    known = stamps()
    known[page.name] = {"from": began, "command": "python " + " ".join(page.words(full))}
    STAMPS.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def make_cheap(page: Cheap) -> bool:
    """Write the page again where it differs; whether it did."""
    path = DOCS / page.file
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    new = page.make(old)
    if new != old:
        path.write_text(new, encoding="utf-8")
    return new != old


def table() -> str:
    """The table of pages."""
    rows = ["| page | name | made from | cost |", "|---|---|---|---|"]
    rows += [f"| {one.file} | {one.name} | {one.inputs} | {one.minutes:g} min |" for one in DEAR]
    rows += [f"| {one.file} | {one.name} | {one.inputs} | seconds |" for one in CHEAP]
    return "\n".join(rows)


def main(words: Sequence[str] | None = None) -> int:
    """Make what is asked for; the exit code."""
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    parser = argparse.ArgumentParser(description="Make the generated pages of docs/ anew.")
    parser.add_argument("--only", default="", choices=("", *NAMES))
    parser.add_argument("--quick", action="store_true", help="only those under a minute")
    parser.add_argument("--full", action="store_true", help="at the sizes of a publication")
    parser.add_argument("--stale", action="store_true", help="name what is stale, make nothing")
    parser.add_argument("--list", action="store_true", help="print the table of pages")
    asked = parser.parse_args(words)
    if asked.list:
        print(table())
        return 0
    if asked.stale:
        found = list(stale())
        print("\n".join(found) or "every page is current")
        return 1 if found else 0
    for page in () if asked.quick else DEAR:
        if asked.only not in ("", page.name):
            continue
        if not asked.only and not asked.full and stamps().get(page.name, {}).get(
            "from") == digest(page):  # fmt: skip
            print(f"{page.name}: current", flush=True)
            continue
        print(f"{page.name}: about {page.minutes:g} minutes ...", flush=True)
        began = time.monotonic()
        make_dear(page, asked.full)
        print(f"{page.name}: made in {time.monotonic() - began:.0f} s", flush=True)
    for one in CHEAP:
        if asked.only in ("", one.name):
            print(f"{one.name}: {'made anew' if make_cheap(one) else 'current'}", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
