"""The documentation site builds without a broken link, fetches nothing from elsewhere, and the READMEs agree."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ELSEWHERE = re.compile(r"""<(?:link|script|img|iframe)\b[^>]*\b(?:src|href)=["']?(?:https?:)?//[^"'\s>]+""")

BOTH = ("README.md", "README.de.md")


def _build(source: Path, target: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(target)],
        cwd=source,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("documentation") / "site"
    done = _build(ROOT, target)
    assert done.returncode == 0, done.stdout
    return target


def test_every_page_is_in_the_site_and_fetches_nothing(site: Path) -> None:
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")}
    assert {f"{name}.html" for name in (*pages, "index", "de", "changelog", "samples")} <= {
        x.name for x in site.iterdir()
    }
    for page in site.rglob("*.html"):
        assert [m for m in ELSEWHERE.findall(page.read_text(encoding="utf-8")) if "rel=canonical" not in m] == [], page
    for sheet in site.rglob("*.css"):
        assert not re.search(r"url\(['\"]?(?:https?:)?//|@import", sheet.read_text(encoding="utf-8")), sheet


def test_the_reference_comes_from_docstrings_and_the_search_knows_it(site: Path) -> None:
    reference = (site / "reference.html").read_text(encoding="utf-8")
    assert "Return the questions that nobody answers" in reference
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    assert any("unanswered" in entry["title"] for entry in index["docs"])


def test_files_that_pages_link_to_are_copied(site: Path) -> None:
    assert (site / "files" / "models" / "turns.toml").read_bytes() == (ROOT / "models" / "turns.toml").read_bytes()
    assert (site / "record.schema.json").is_file()


@pytest.mark.parametrize("broken", ["[x](store.md#nowhere)", "[x](../corpus/nowhere.py)"])
def test_a_broken_link_fails_the_build(broken: str, tmp_path: Path) -> None:
    for name in ("docs", "README.md", "README.de.md", "CHANGELOG.md", "mkdocs.yml", "LICENSE"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    for package in ("corpus", "models", "pipeline", "evaluation"):
        (tmp_path / package).symlink_to(ROOT / package)
    page = tmp_path / "docs" / "tei.md"
    page.write_text(f"{page.read_text(encoding='utf-8')}\n{broken}\n", encoding="utf-8")
    done = _build(tmp_path, tmp_path / "site")
    assert done.returncode != 0
    assert "nowhere" in done.stdout


def _commands(name: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = re.findall(r"^```(bash|console)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [block for language, block in blocks if language == "bash" or block.startswith("$ protokollant")]


def test_the_german_readme_has_commands_and_figures_of_the_english() -> None:
    english, german = ((ROOT / name).read_text(encoding="utf-8") for name in BOTH)
    assert "(README.de.md)" in english.splitlines()[2] and "(README.md)" in german.splitlines()[2]
    installing = [re.findall(r"^pip install .*$", text, re.MULTILINE) for text in (english, german)]
    assert installing[0] == installing[1] and len(installing[0]) == 2
    for block in _commands("README.de.md"):
        assert block in english, block
    scores = re.compile(r"\d?\.\d{3} \[.*?\]|\d+\.\d %|\(\d+ MB\)")
    figures = [match[0] for match in scores.finditer(german)]
    assert len(figures) == 20
    for figure in figures:
        assert figure in english, figure


def test_rows_of_the_german_table_are_rows_of_the_english() -> None:
    numbers = re.compile(r"^\| [^|]+ (\|(?: \S+ \[[^\]]+\] \|){3})$", re.MULTILINE)
    english, german = (numbers.findall((ROOT / name).read_text(encoding="utf-8")) for name in BOTH)
    assert len(german) == 6
    assert [row for row in german if row not in english] == []
