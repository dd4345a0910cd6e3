"""The documentation holds: its commands run, its code prints what stands there, and nothing is left out."""

from __future__ import annotations

import io
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import pytest
import typer

import corpus.record
import pipeline
from corpus import Generator, Gold, Minutes, Outcome, TurnRow, __version__
from corpus.record import LABELS, Turn
from corpus.store import FAILURE_KINDS, Store
from evaluation import METRICS
from pipeline.cli import app
from pipeline.cli.run import Kind
from pipeline.components import COMPONENTS

ROOT = Path(__file__).parents[1]
GERMAN = ROOT / "README.de.md"  # its commands are those of README.md (test_site.py)
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
SHARED = Path(os.environ.get("PROTOKOLLANT_SHARED") or ROOT.parent / "shared")

# What `.ci/run` itself does, or what only prepares for it.
LEFT_TO_CI = re.compile(
    r"pip install |python3 -m venv |\. \.venv/|(?:pytest|ruff|mypy|lint-imports|\.ci/run)(?: |$)|.* --baseline "
)
ANY_LINES = "…"

TYPES = (
    "Minutes",
    "Generator",
    "Meeting",
    "Attendance",
    "Person",
    "AgendaItem",
    "Turn",
    "Decision",
    "Votes",
)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language and text, and the line of the page on which the text begins."""

    language: str
    text: str
    line: int


@dataclass(frozen=True)
class Command:
    """A shell command and, in a console block, the output that the page shows."""

    line: str
    output: str | None = None

    @property
    def needs_shared(self) -> bool:
        return "../shared" in self.line


def _blocks(page: Path, *languages: str) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    found = re.finditer(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [Block(m[1], m[2], text.count("\n", 0, m.start(2)) + 1) for m in found if not languages or m[1] in languages]


def _commands(page: Path) -> Iterator[Command]:
    for block in _blocks(page, "bash", "console"):
        if block.language == "bash":
            yield from (Command(line) for line in block.text.splitlines() if line)
        else:
            for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
                line, _, output = part.partition("\n")
                yield Command(line, output)


def _to_run(page: Path, shared: bool) -> list[Command]:
    """The commands of a page that do or do not need shared data, without what is left to CI."""
    commands = []
    for command in _commands(page):
        if command.line.startswith("pip install . &&"):  # with all that follows
            continue
        parts = [part for part in command.line.split(" && ") if not LEFT_TO_CI.match(part)]
        if parts and command.needs_shared == shared:
            commands.append(Command(" && ".join(parts), command.output))
    return commands


def _pages(shared: bool) -> list[Path]:
    return [page for page in PAGES if _to_run(page, shared)]


def _section(page: str, heading: str) -> str:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    m = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert m, f"{page} has no section {heading}"
    return m[1]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder in which the paths of the documentation exist, with the shared data beside it if there is any."""
    folder = tmp_path / "protokollant"
    for part in ("samples", "second"):
        shutil.copytree(ROOT / "corpus" / part, folder / "corpus" / part)
    shutil.copytree(ROOT / "docs", folder / "docs")
    if SHARED.is_dir():
        (tmp_path / "shared").symlink_to(SHARED.resolve())
    return folder


def _run(commands: list[Command], folder: Path) -> None:
    if not shutil.which("bash"):
        pytest.skip("the commands are written for bash, which is not here")
    environment = {
        **os.environ,
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
        "COLUMNS": "80",
        "PYTHONUTF8": "1",
    }
    for command in commands:
        finished = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command.line],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        assert finished.returncode == 0, f"{command.line}\n{finished.stdout}"
        if command.output is not None:
            _assert_shown(finished.stdout, command)


def _assert_shown(output: str, command: Command) -> None:
    lines = [line.rstrip() for line in output.strip().splitlines()]
    assert command.output is not None
    shown = command.output.strip().splitlines()
    wanted = "".join(".*" if line == ANY_LINES else f"{re.escape(line)}\n" for line in shown)
    if not re.fullmatch(wanted, "".join(f"{line}\n" for line in lines), re.DOTALL):
        assert lines == shown, command.line


@pytest.mark.parametrize("page", _pages(shared=False), ids=lambda page: page.name)
def test_the_commands_run(page: Path, checkout: Path) -> None:
    _run(_to_run(page, shared=False), checkout)


@pytest.mark.slow
@pytest.mark.parametrize("page", _pages(shared=True), ids=lambda page: page.name)
def test_the_commands_on_shared_minutes_run(page: Path, checkout: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip(f"no shared minutes at {SHARED}; set PROTOKOLLANT_SHARED to their folder")
    _run(_to_run(page, shared=True), checkout)


@pytest.mark.parametrize("page", [page for page in PAGES if _blocks(page, "python")], ids=lambda page: page.name)
def test_the_python_blocks_print_what_they_say(page: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    namespace: dict[str, Any] = {"__name__": page.stem}
    for block in _blocks(page, "python"):
        code = compile("\n" * (block.line - 1) + block.text, str(page), "exec", dont_inherit=True)
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(code, namespace)
        said = re.findall(r"^ *print\(.*\)  # (.*)$", block.text, re.MULTILINE)
        assert printed.getvalue().splitlines() == said


def test_the_gallery_is_what_its_page_draws(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    gallery = sorted((checkout / "docs" / "pictures").iterdir())
    for picture in gallery:
        picture.unlink()
    with redirect_stdout(io.StringIO()):
        exec(_blocks(ROOT / "docs" / "pictures.md", "python")[0].text, {})
    assert sorted((checkout / "docs" / "pictures").iterdir()) == gallery
    shown = re.findall(r"!\[[^]]*\]\(pictures/(.*?)\)", (ROOT / "docs" / "pictures.md").read_text(encoding="utf-8"))
    assert sorted(shown) == [picture.name for picture in gallery]
    for picture in gallery:  # another version of matplotlib draws the same words elsewhere
        stored = ROOT / "docs" / "pictures" / picture.name
        assert _words(picture) == _words(stored), "run the first block of docs/pictures.md in the checkout"


def _words(picture: Path) -> list[str]:
    return re.findall(r"<text[^>]*>(.*?)</text>", picture.read_text(encoding="utf-8"), re.DOTALL)


def test_every_block_is_known() -> None:
    languages = {block.language for page in (*PAGES, GERMAN) for block in _blocks(page)}
    assert languages <= {"bash", "console", "python", "json", "text"}


def test_the_readme_has_the_two_commands_that_ci_calls() -> None:
    lines = [command.line for command in _commands(ROOT / "README.md")]
    installing = [line for line in lines if line.startswith("pip install ")]
    # .ci/run takes them by this very beginning, wherever they stand.
    found = re.findall(r"^pip install .*$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert installing == found
    extracting, testing = installing
    assert extracting.startswith("pip install . && protokollant extract corpus/samples ")
    assert testing == "pip install '.[dev]' && pytest"
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def _leaves(command: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if not hasattr(command, "commands"):
        yield path, command
        return
    for name, child in command.commands.items():
        yield from _leaves(child, f"{path} {name}".strip())


COMMANDS = dict(_leaves(typer.main.get_command(app)))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name: str) -> None:
    section = _section("cli.md", name)
    options = {
        option
        for parameter in COMMANDS[name].params
        for option in parameter.opts
        if option.startswith("-") and option != "--help"
    }
    rows = re.findall(r"^\| (`-.*?) \|", section, re.MULTILINE)
    assert {option for row in rows for option in re.findall(r"`(-[\w-]+)`", row)} == options
    assert "xit code" in section
    assert f"| `protokollant {name}` |" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_label_and_outcome_is_explained() -> None:
    turns, outcomes = _section("annotation.md", "Turns"), _section("annotation.md", "Outcomes")
    assert re.findall(r"^\| `(\w+)` \|", turns, re.MULTILINE) == list(LABELS)
    assert re.findall(r"^\| `(\w+)` \|", outcomes, re.MULTILINE) == list(get_args(Outcome))


def test_the_example_of_gold_holds() -> None:
    (example,) = _blocks(ROOT / "docs" / "annotation.md", "json")
    gold = Gold.model_validate_json(example.text)
    assert {turn.label for turn in gold.turns} == {"question", "answer", "decision"}


@pytest.mark.parametrize("name", TYPES)
def test_every_field_of_the_record_is_documented(name: str) -> None:
    fields = getattr(corpus.record, name).model_fields
    cells = re.findall(r"^\| (`.*?) \|", _section("record.md", name), re.MULTILINE)
    documented = [field for cell in cells for field in re.findall(r"`(\w+)`", cell)]
    assert documented == [field.alias or name for name, field in fields.items()]


def test_the_columns_are_documented() -> None:
    cells = re.findall(r"^\| (`.*?) \|", _section("record.md", "CSV and data frame"), re.MULTILINE)
    assert tuple(column for cell in cells for column in re.findall(r"`(\w+)`", cell)) == TurnRow._fields


@pytest.mark.parametrize("name", TYPES[1:])
def test_the_examples_are_of_the_example_record(name: str) -> None:
    kind = getattr(corpus.record, name)
    (text,) = re.findall(r"^```json\n(.*?)^```$", _section("record.md", name), re.MULTILINE | re.DOTALL)
    example = kind.model_validate_json(text)
    if kind is Generator:  # its fingerprint changes with every release
        return
    parts = list(_parts(pipeline.extract(ROOT / "docs" / "example.txt")))
    if isinstance(example, Turn):
        # another processor may round an int8 network otherwise
        found = next(turn for turn in parts if isinstance(turn, Turn) and turn.id == example.id)
        assert found.probabilities == pytest.approx(example.probabilities, abs=0.03)
        assert found.confidence == pytest.approx(example.confidence, abs=0.03)
        example = example.model_copy(update={"probabilities": found.probabilities, "confidence": found.confidence})
    assert example in parts


def _parts(minutes: Minutes) -> Iterator[object]:
    yield minutes.meeting
    yield from minutes.meeting.attendance
    yield from minutes.persons
    yield from minutes.agenda
    yield from minutes.turns
    for decision in minutes.decisions:
        yield decision
        yield decision.votes


def test_every_metric_component_and_lexicon_is_documented() -> None:
    metrics = _section("evaluation.md", "Metrics")
    assert [name for name in METRICS if f"`{name}`" not in metrics] == []
    rows = re.findall(r"^\| `(\w+)` \|", _section("architecture.md", "Components"), re.MULTILINE)
    assert tuple(rows) == COMPONENTS
    folders = (files("pipeline.lexicons"), files("corpus.lexicons"))
    lexicons = {file.name for folder in folders for file in folder.iterdir() if file.name.endswith(".tsv")}
    assert set(re.findall(r"`(\w+\.tsv)`", _section("architecture.md", "Lexicons"))) == lexicons


def test_every_table_and_column_of_a_store_is_documented(tmp_path: Path) -> None:
    Store(tmp_path / "archive.db").close()
    db = sqlite3.connect(tmp_path / "archive.db")
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    shadows = re.compile(r"turn_search_\w+|sqlite_\w+")
    held = {
        table: [name for _, name, *_ in db.execute(f"PRAGMA table_info({table})")]
        for table in tables
        if not shadows.fullmatch(table)
    }
    db.close()
    rows = re.findall(r"^\| `(\w+)` \| (`.*?) \|", _section("store.md", "Tables"), re.MULTILINE)
    assert {table: re.findall(r"`(\w+)`", columns) for table, columns in rows} == held


def test_every_kind_of_failure_is_documented() -> None:
    assert tuple(re.findall(r"^\| `(\w+)` \|", _section("store.md", "Failures"), re.MULTILINE)) == FAILURE_KINDS
    assert [kind.value for kind in Kind] == list(FAILURE_KINDS)


@pytest.mark.parametrize("page", [*PAGES, GERMAN, ROOT / "CHANGELOG.md"], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)", text):
        file = (page.parent / target).resolve() if target else page
        assert file.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {_anchor(heading) for heading in headings}, f"{target}#{anchor}"


def _anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_the_changelog_knows_the_version() -> None:
    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
