"""The documentation as a site: every link leads somewhere, it builds, and nothing is fetched."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser

from docs.build import site

ROOT = Path(__file__).parents[2]
FEW = ("index.html", "tutorial.html", "reference/commands.html")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the site, in a folder of their own."""
    return site.assemble(tmp_path_factory.mktemp("pages") / "pages")


@pytest.fixture(scope="module")
def built(pages: Path) -> Path:
    """The site, built strictly."""
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings = settings.replace("build/pages", "pages").replace("build/site", "site")
    (pages.parent / "mkdocs.yml").write_text(settings, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "zensical", "build", "--strict"],
                   cwd=pages.parent, check=True, capture_output=True)  # fmt: skip
    return pages.parent / "site"


def test_every_link_leads_somewhere(pages: Path) -> None:
    assert list(site.broken(pages)) == []


def test_a_link_to_nowhere_is_found(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("# One\n[a](two.md) [b](#one) [c](#two) [d](https://e.org)\n")
    assert list(site.broken(tmp_path)) == [
        "one.md: two.md leads to no page", "one.md: #two leads to no heading",
    ]  # fmt: skip


def test_every_page_has_a_place(pages: Path) -> None:
    """A page that no menu names is a page that nobody finds."""
    menu = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    lost = [str(one.relative_to(pages)) for one in pages.rglob("*.md")
            if f": {one.relative_to(pages).as_posix()}" not in menu]  # fmt: skip
    assert lost == []


def test_every_page_says_that_the_society_is_synthetic(pages: Path) -> None:
    about_the_project = {"CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "decisions.md",
                         "architecture.md", "benchmarks.md"}  # fmt: skip
    silent = [one.name for one in pages.rglob("*.md") if one.name not in about_the_project
              and "synthetic societ" not in " ".join(one.read_text().lower().split())]  # fmt: skip
    assert silent == []


def _faults(browser: Browser, path: Path, width: int) -> list[str]:
    page = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    found = Axe().run(page, options={"resultTypes": ["violations"]})["violations"]
    page.close()
    said = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]
    return said + [url for url in asked if not url.startswith("file:")]


@pytest.mark.parametrize("name", FEW)
def test_axe_finds_nothing_and_nothing_is_fetched(
    browser: Browser, built: Path, name: str
) -> None:
    assert _faults(browser, built / name, 1200) == []


@pytest.mark.long
@pytest.mark.parametrize("width", [1200, 375])
def test_axe_finds_nothing_on_any_page(browser: Browser, built: Path, width: int) -> None:
    found = {one.name: _faults(browser, one, width) for one in sorted(built.rglob("*.html"))
             if one.name != "404.html"}  # fmt: skip
    assert {name: faults for name, faults in found.items() if faults} == {}
