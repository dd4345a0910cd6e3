"""The wheel holds the packages and nothing else, and works in a clean environment from another folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from configparser import ConfigParser
from email.message import Message
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest

from corpus import __version__
from pipeline.components import COMPONENTS

ROOT = Path(__file__).parents[1]
PACKAGES = ("corpus", "evaluation", "models", "pipeline")

pytestmark = pytest.mark.slow


def _call(*arguments: str | Path, folder: Path) -> str:
    """Run a command that knows nothing of this checkout and return its output."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    finished = subprocess.run(
        [str(argument) for argument in arguments],
        cwd=folder,
        env={**environment, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip where pip reaches no package registry."""
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--retries", "0", "--timeout", "15"]
    target = tmp_path_factory.mktemp("registry")
    found = subprocess.run([*pip, "--dest", target, "setuptools>=77"], capture_output=True, encoding="utf-8")
    if found.returncode != 0:
        reason = (found.stderr.strip().splitlines() or ["pip says nothing"])[-1]
        pytest.skip(f"no package registry to build and install from: {reason}")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout, without what earlier builds have left in it."""
    folder = tmp_path_factory.mktemp("source") / "protokollant"
    leftovers = shutil.ignore_patterns(".*", "__pycache__", "build", "dist", "*.egg-info")
    shutil.copytree(ROOT, folder, ignore=leftovers)
    return folder


@pytest.fixture(scope="module")
def wheel(registry: None, source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source archive, so that the archive is complete too."""
    target = tmp_path_factory.mktemp("dist")
    _call(sys.executable, "-m", "build", "--outdir", target, source, folder=target)
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment in which the wheel and what it needs are installed, and nothing else."""
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder / "venv", with_pip=True)
    scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    _call(scripts / "python", "-m", "pip", "install", wheel, folder=folder)
    return scripts / "python"


def _metadata(wheel: Path) -> Message:
    with ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return Parser().parsestr(archive.read(name).decode())


def test_the_wheel_holds_all_of_the_packages_and_nothing_else(wheel: Path, source: Path) -> None:
    files = {file.relative_to(source).as_posix() for name in PACKAGES for file in (source / name).rglob("*.*")}
    with ZipFile(wheel) as archive:
        held = set(archive.namelist())
    about = f"protokollant-{__version__}.dist-info/"
    assert {name for name in held if not name.startswith(about)} == files
    assert {f"{name}/py.typed" for name in PACKAGES} <= held
    assert f"{about}licenses/LICENSE" in held


def test_the_metadata_name_version_licence_and_needs(wheel: Path) -> None:
    metadata = _metadata(wheel)
    assert (metadata["Name"], metadata["Version"]) == ("protokollant", __version__)
    assert metadata["License-Expression"] == "MIT"
    needs = " ".join(need for need in metadata.get_all("Requires-Dist", []) if "extra ==" not in need)
    assert "spacy" in needs
    assert "torch" not in needs and "transformers" not in needs


def test_the_wheel_registers_the_command_and_all_components(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        entries = archive.read(f"protokollant-{__version__}.dist-info/entry_points.txt").decode()
    points = ConfigParser()
    points.read_string(entries)
    assert dict(points["console_scripts"]) == {"protokollant": "pipeline.cli:main"}
    assert tuple(sorted(points["spacy_factories"])) == tuple(sorted(COMPONENTS))


def test_the_command_extracts_the_samples_in_the_wheel(python: Path, tmp_path: Path) -> None:
    command = python.with_name("protokollant")
    assert _call(command, "--version", folder=tmp_path) == f"protokollant {__version__}\n"
    package = Path(_call(python, "-c", "import corpus; print(corpus.__file__)", folder=tmp_path).strip()).parent
    assert python.parents[1] in package.parents
    samples = sorted((package / "samples").glob("*.txt"))
    assert [x.name for x in samples] == sorted(x.name for x in (ROOT / "corpus" / "samples").glob("*.txt"))
    _call(command, "extract", *samples[::20], "-o", "minutes.jsonl", folder=tmp_path)
    lines = (tmp_path / "minutes.jsonl").read_text(encoding="utf-8").strip().split("\n")
    records = [json.loads(line) for line in lines]
    assert len(records) == len(samples[::20])
    assert all(record["turns"] and record["generator"]["package"] == __version__ for record in records)


def test_a_component_loads_by_its_name_alone(python: Path, tmp_path: Path) -> None:
    program = """
import spacy

nlp = spacy.blank("de")
nlp.add_pipe("protokollant_layout")
doc = nlp("TOP 1 Haushalt\\n\\nFrau Lux fragt nach den Kosten.\\n")
print([item.title for item in doc._.minutes_layout.items])
"""
    assert _call(python, "-c", program, folder=tmp_path) == "['Haushalt']\n"


def test_an_extraction_asks_for_neither_torch_nor_transformers(python: Path, tmp_path: Path) -> None:
    program = """
import sys
import spacy  # thinc, a part of it, asks for torch by itself


class Refusal:
    def find_spec(self, name, path=None, target=None):
        assert name.partition(".")[0] not in ("torch", "transformers"), name


sys.meta_path.insert(0, Refusal())
import pipeline

print(len(pipeline.extract("Frau Lux fragt nach den Kosten.").turns))
print({"torch", "transformers"} & set(sys.modules))
"""
    assert _call(python, "-c", program, folder=tmp_path) == "1\nset()\n"
