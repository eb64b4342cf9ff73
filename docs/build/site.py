"""The documentation as a site:  python docs/build/site.py  (or ``make site``).

Assembles ``build/pages`` from the written pages and the generated reference, checks every link
and anchor within it, and builds ``build/site`` from ``mkdocs.yml``.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS, PAGES = ROOT / "docs", ROOT / "build" / "pages"
ROOT_PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
SHOWN = (".md", ".svg", ".csv", ".png", ".js")
LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)|!\[[^\]\n]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*$", re.M)


def assemble(pages: Path = PAGES) -> Path:
    """Copy the written pages and write the generated ones; the folder of pages."""
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    from docs.build import reference

    if pages.exists():
        shutil.rmtree(pages)
    pages.mkdir(parents=True)
    for path in sorted(DOCS.rglob("*")):
        inside = path.relative_to(DOCS)
        if path.suffix in SHOWN and inside.parts[0] != "build":
            target = pages / inside
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_moved(path))
    for name in ROOT_PAGES:
        (pages / name).write_bytes(_moved(ROOT / name))
    for name, text in reference.pages().items():
        target = pages / "reference" / name
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return pages


def _moved(path: Path) -> bytes:
    """A page with its links as they are on the site, where docs/ and the root are one folder."""
    if path.suffix != ".md":
        return path.read_bytes()
    text = path.read_text(encoding="utf-8")
    if path.parent == ROOT:
        text = text.replace("](docs/", "](").replace("](LICENSE)", "](README.md)")
        text = text.replace("](CITATION.cff)", "](README.md)").replace("]()", "](index.md)")
    text = text.replace("](../docs/", "](")
    below = path.parent.parent == ROOT / "docs"  # a page of a folder of docs/ stays in one
    return (text if below else text.replace("](../", "](")).encode()


def broken(pages: Path) -> Iterator[str]:
    """Each link of a page that leads nowhere, one sentence each."""
    for path in sorted(pages.rglob("*.md")):
        text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)
        for match in LINK.finditer(text):
            link = match[1] or match[2]
            if re.match(r"[a-z]+:", link):
                continue
            place, _, anchor = link.partition("#")
            target = (path.parent / place).resolve() if place else path
            named = f"{path.relative_to(pages)}: {link}"
            if not target.is_file():
                yield f"{named} leads to no page"
            elif anchor and anchor not in _anchors(target):
                yield f"{named} leads to no heading"


def _anchors(path: Path) -> set[str]:
    """Anchors of a page's headings, as the builder makes them."""
    found = set()
    for heading in HEADING.findall(path.read_text(encoding="utf-8")):
        words = re.sub(r"[^\w\s-]", "", heading.lower()).strip()
        found.add(re.sub(r"[\s-]+", "-", words))
    return found


def main() -> int:
    """Assemble, check, build; the exit code."""
    found = list(broken(assemble()))
    for one in found:
        print(one, file=sys.stderr)
    if found:
        return 1
    done = subprocess.run([sys.executable, "-m", "zensical", "build", "--strict", "--clean"],
                          cwd=ROOT, check=False)  # fmt: skip
    return done.returncode


if __name__ == "__main__":
    raise SystemExit(main())
