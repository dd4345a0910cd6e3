from __future__ import annotations

import json
from pathlib import Path

import pytest

import pipeline
from pipeline.documents import LoadError, Setup
from pipeline.fingerprint import fingerprint, settings_of, setup_of


def _base(folder: Path, version: str) -> str:
    folder.mkdir(exist_ok=True)
    (folder / "meta.json").write_text(json.dumps({"lang": "de", "name": "x", "version": version}))
    return str(folder)


def test_what_changes_results_changes_the_fingerprint(tmp_path: Path) -> None:
    weights = tmp_path / "weights"
    weights.mkdir()
    setups = [
        Setup(),
        Setup(classifier="rules"),
        Setup(abstain=0.5),
        Setup(classifier=f"onnx:{weights}"),
        Setup(base=_base(tmp_path / "base", "1")),
    ]
    found = [fingerprint(setup) for setup in setups]
    (weights / "manifest.json").write_text("{}")
    _base(tmp_path / "base", "2")
    found += [fingerprint(setup) for setup in setups[3:]]
    assert len(set(found)) == len(found)


def test_what_does_not_change_results_does_not() -> None:
    assert fingerprint(Setup(threads=1)) == fingerprint(Setup(threads=4))
    configs = {pipeline.extract("", nlp=pipeline.load(classifier="rules", threads=n)).generator.config for n in (0, 1)}
    assert len(configs) == 1


def test_settings_are_read_back() -> None:
    setup = Setup("de_core_news_md", "onnx:weights", 0.4, threads=2)
    assert setup_of(settings_of(setup), threads=2) == setup


def test_a_base_that_is_none_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    class Placeholder:
        version = "999.9.9"

    monkeypatch.setattr("pipeline.base.distribution", lambda name: Placeholder())
    with pytest.raises(LoadError, match="placeholder"):
        fingerprint(Setup(base="de_core_news_md"))
