from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation import EvaluationError
from evaluation.systems.registry import DEFAULT, load_systems, names

CODE = """
class Silent:
    name = "silent"

    def extract(self, source):
        raise NotImplementedError


def broken():
    raise RuntimeError("no licence\\nno key")
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package that adds two systems, one of which does not load."""
    (tmp_path / "silent_system.py").write_text(CODE, encoding="utf-8")
    about = tmp_path / "silent_system-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: silent_system\nVersion: 1\n", encoding="utf-8")
    points = "[protokollant_systems]\nsilent = silent_system:Silent\nbroken = silent_system:broken\n"
    (about / "entry_points.txt").write_text(points, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield


def test_our_systems_have_names() -> None:
    assert names()[:6] == ("majority", "cues", "spacy", "rules", "network", "combination")
    assert DEFAULT in names()


def test_a_system_is_called_as_it_is_chosen() -> None:
    systems, skipped = load_systems(["cues", "majority"])
    assert ([system.name for system in systems], skipped) == (["cues", "majority"], ())


def test_entry_points_add_systems(installed: None) -> None:
    assert names()[6:] == ("broken", "silent")
    (system,), (skipped,) = load_systems(["broken", "silent"])
    assert system.name == "silent"
    assert (skipped.system, skipped.reason, skipped.set) == ("broken", "no licence", None)


def test_what_cannot_be_loaded_is_skipped(tmp_path: Path) -> None:
    systems, skipped = load_systems([f"spacy:{tmp_path / 'fehlt'}", f"onnx:{tmp_path / 'fehlt'}"])
    assert systems == ()
    assert ["install it" in skipped[0].reason, "holds no weights" in skipped[1].reason] == [True, True]


@pytest.mark.parametrize("name", ["regex", "spacy:", "onnx:", "majority:x"])
def test_an_unknown_name_is_refused(name: str) -> None:
    with pytest.raises(EvaluationError, match=f"no system {name}: there are majority, cues, "):
        load_systems([name])
