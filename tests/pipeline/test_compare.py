"""`protokollant train compare` on a few invented documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import pipeline.cli.compare
from corpus.record import LABELS
from pipeline.cli import app
from tests.models.tiny import minutes, write_encoder, write_samples

TINY = "training.shape = {window = 64, context = 8, width = 16}\ntraining.schedule.epochs = 1\n"
VARIANTS = f"""\
[[variants]]
name = "rules"
system = "rules"
data = []

[[variants]]
name = "features alone"
system = "features"

[[variants]]
name = "words"
system = "tf-idf"

[[variants]]
name = "a tiny network"
data = ["samples", "more"]
{TINY}
[[variants]]
name = "each turn alone"
alone = true
{TINY}
[[variants]]
name = "few-shot"
system = "few-shot"
shots = 3
training.shape.layers = 1
"""
DEV = len(minutes()[2].gold.turns)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Variants, samples in place of ours, more data and an encoder."""
    samples = write_samples(tmp_path / "samples", 3)
    monkeypatch.setattr(pipeline.cli.compare, "samples_folder", lambda: samples)
    write_samples(tmp_path / "more", 1)
    write_encoder(tmp_path / "enc")
    (tmp_path / "variants.toml").write_text(VARIANTS, encoding="utf-8")
    return tmp_path


def _compare(folder: Path, *more: str, data: bool = True) -> Result:
    arguments = [str(folder / "variants.toml"), "-o", str(folder / "out"), "--markdown", *more]
    if data:
        arguments += ["--encoder", f"encoder={folder / 'enc'}", "--data", f"more={folder / 'more'}"]
    return CliRunner().invoke(app, ["train", "compare", *arguments], env={"COLUMNS": "160"})


def test_variants_are_trained_and_kept(folder: Path) -> None:
    first = _compare(folder)
    assert first.exit_code == 0, first.output
    names = ("rules", "features alone", "words", "a tiny network", "each turn alone", "few-shot")
    rows = [line for line in first.stdout.splitlines() if line.startswith(tuple(f"| {name} " for name in names))]
    assert len(rows) == len(names), first.stdout
    stored = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in (folder / "out").glob("*.json")}
    assert len(stored) == len(names)
    for content in stored.values():
        assert [len(x) for x in content["labels"]["dev"]] == [DEV]
        assert {label for document in content["labels"]["dev"] for label in document} <= set(LABELS)
    assert "a tiny network: 3 documents" in first.stderr
    again = _compare(folder)
    assert again.stdout == first.stdout
    assert "documents" not in again.stderr  # nothing was trained
    more = _compare(folder, "--try", f"more={folder / 'more'}")
    assert more.exit_code == 0, more.output
    assert "epoch" not in more.stderr
    stored = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in (folder / "out").glob("*.json")}
    assert all([len(x) for x in y["labels"]["more"]] == [len(minutes()[0].gold.turns)] for y in stored.values())


def test_a_changed_variant_is_refused(folder: Path) -> None:
    small = VARIANTS[: VARIANTS.index('[[variants]]\nname = "words"')]
    (folder / "variants.toml").write_text(small, encoding="utf-8")
    assert _compare(folder).exit_code == 0
    (folder / "variants.toml").write_text(small.replace('"features"', '"features"\ngenerated = 9'), encoding="utf-8")
    result = _compare(folder)
    assert result.exit_code == 2
    assert "features-alone.json is of another variant of this name, or of other data: remove it" in result.stderr


def test_a_variant_that_was_killed_and_changed_begins_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only = VARIANTS[VARIANTS.index('[[variants]]\nname = "a tiny') : VARIANTS.index('[[variants]]\nname = "each')]
    only = only.replace("epochs = 1", "epochs = 2")
    (folder / "variants.toml").write_text(only, encoding="utf-8")
    said: list[str] = []

    def killed(line: str) -> None:
        said.append(line)
        if len(said) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as context:
        context.setattr(pipeline.cli.compare, "say", killed)
        assert _compare(folder).exit_code != 0
    (folder / "variants.toml").write_text(only.replace("width = 16", "width = 24"), encoding="utf-8")
    result = _compare(folder)
    assert result.exit_code == 0, result.output
    assert "epoch 1: " in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--encoder", "encoder"), "encoder: write NAME=FOLDER"),
        (("--try", "=x"), "=x: write NAME=FOLDER"),
        (("--try", "dev=x"), "dev=x: dev are our own, give another name"),
        (("--data", "samples=x"), "samples=x: samples are our own, give another name"),
        (("--try", "x=fehlt"), "fehlt is no folder"),
        ((), "a tiny network learns from more: give --data more=FOLDER"),
        (("--data", "more=MORE"), "a tiny network needs the encoder encoder: give --encoder encoder=FOLDER"),
        (("--data", "more=MORE", "--encoder", "encoder=/fehlt"), "/fehlt"),
    ],
)
def test_what_cannot_be_compared(folder: Path, arguments: tuple[str, ...], message: str) -> None:
    short = VARIANTS[VARIANTS.index('[[variants]]\nname = "a tiny') :]
    (folder / "variants.toml").write_text(short, encoding="utf-8")
    result = _compare(folder, *(x.replace("MORE", str(folder / "more")) for x in arguments), data=False)
    assert result.exit_code == 2, result.output
    assert result.stderr.splitlines()[-1].startswith("Error: ") or "Error: " in result.stderr
    assert message in result.stderr


def test_a_file_that_does_not_hold(folder: Path) -> None:
    (folder / "variants.toml").write_text('[[variants]]\nnames = "x"', encoding="utf-8")
    result = _compare(folder)
    assert result.exit_code == 2
    assert "variants.0.name: Field required" in result.stderr


def test_fewer_documents_make_a_learning_curve(folder: Path) -> None:
    few = '[[variants]]\nname = "words, {0}"\nsystem = "tf-idf"\ndata = ["samples", "more"]\ndocuments = {0}\n'
    (folder / "variants.toml").write_text(few.format(2) + few.format(3), encoding="utf-8")
    found = _compare(folder, "--html", str(folder / "page.html"))
    assert found.exit_code == 0, found.output
    assert "words, 2: 2 documents" in found.stderr
    page = (folder / "page.html").read_text(encoding="utf-8")
    assert "Learning curve: macro4_f1 on dev" in page
    assert "2 documents" in page and "3 documents" in page
    assert "fehlt" in _compare(folder, "--html", str(folder / "fehlt" / "page.html")).stderr
    (folder / "variants.toml").write_text(few.format(99), encoding="utf-8")
    too_many = _compare(folder)
    assert too_many.exit_code == 2
    assert "words, 99 wants 99 documents: there are" in too_many.stderr
