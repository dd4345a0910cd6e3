"""`protokollant train turns` and `train adapt`, and what a classifier of ours gives on the command line."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import pipeline.cli.train
from corpus.record import LABELS, Minutes
from models.links import load_links
from models.settings import read_settings
from models.training import load_encoder
from pipeline import load, to_minutes
from pipeline.cli import app
from tests.models.tiny import TEXT, minutes, write_encoder, write_samples

CONFIG = """\
precision = "fp16"
[shape]
window = 64
context = 8
width = 16
[schedule]
epochs = 2
head_rate = 1e-2
"""


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(x) for x in arguments], env={"COLUMNS": "160"})


@dataclass(frozen=True)
class Place:
    """Where things lie, and what the training said."""

    samples: Path
    encoder: Path
    config: Path
    output: Path
    first: Result

    def train(self, *more: object) -> Result:
        return _run("train", "turns", "-o", self.output, "--encoder", self.encoder, "--samples", self.samples, *more)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("training")
    samples, encoder, config = write_samples(folder / "samples", 3), write_encoder(folder / "enc"), folder / "a.toml"
    config.write_text(CONFIG, encoding="utf-8")
    arguments = ("--encoder", encoder, "--samples", samples, "--config", config)
    return Place(samples, encoder, config, folder / "out", _run("train", "turns", "-o", folder / "out", *arguments))


@pytest.fixture(scope="module")
def weights(place: Place) -> str:
    return f"onnx:{place.output / 'onnx'}"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "rat.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_training_says_how_far_it_is_and_what_came_of_it(place: Place) -> None:
    assert place.first.exit_code == 0, place.first.output
    lines = place.first.stderr.splitlines()
    assert "2 documents to learn from, 1 document held out" in lines
    metrics = json.loads((place.output / "metrics.json").read_text(encoding="utf-8"))
    macro4 = metrics["variants"]["fp16"]["macro4"]
    assert lines[-1] == f"macro4_f1 {macro4:.3f} on dev, written to {place.output / 'onnx'}"
    assert any(line.startswith("seed 0, epoch 2: macro4_f1") for line in lines)
    assert not [line for line in lines if "Warning" in line]
    assert {path.name for path in place.output.iterdir()} == {
        "int8", "onnx", "torch", "seed-0", "metrics.json", "training.json",
    }  # fmt: skip
    assert (place.output / "onnx" / "README.md").is_file()


def test_once_more_does_nothing_again(place: Place) -> None:
    before = (place.output / "metrics.json").read_text(encoding="utf-8")
    result = place.train("--config", place.config)
    assert result.exit_code == 0, result.output
    assert "epoch" not in result.stderr
    assert (place.output / "metrics.json").read_text(encoding="utf-8") == before


def test_other_settings_or_data_are_refused(place: Place, tmp_path: Path) -> None:
    other = tmp_path / "b.toml"
    other.write_text(CONFIG.replace("epochs = 2", "epochs = 3"), encoding="utf-8")
    more = write_samples(tmp_path / "more", 1)
    for arguments in (("--config", other), ("--config", place.config, "--data", more)):
        result = place.train(*arguments)
        assert result.exit_code == 2
        assert f"Error: {place.output} holds a training with other data or settings" in result.stderr


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("[shape", "is no TOML file"),
        ("rate = 1", "rate: Extra inputs are not permitted"),
        (None, "cannot be read: No such file or directory"),
    ],
)
def test_settings_that_do_not_hold(place: Place, tmp_path: Path, config: str | None, message: str) -> None:
    path = tmp_path / "x.toml"
    if config is not None:
        path.write_text(config, encoding="utf-8")
    result = place.train("--config", path)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Error: {path}")
    assert message in result.stderr


def test_windows_that_the_encoder_cannot_read(place: Place, tmp_path: Path) -> None:
    wide = tmp_path / "wide.toml"
    wide.write_text(CONFIG.replace("window = 64", "window = 256"), encoding="utf-8")
    arguments = ("--encoder", place.encoder, "--samples", place.samples, "--config", wide)
    result = _run("train", "turns", "-o", tmp_path / "new", *arguments)
    assert result.exit_code == 2
    assert "reads 128 pieces at most: set window to so many, or fewer" in result.stderr


def test_folders_that_do_not_hold(place: Place, tmp_path: Path) -> None:
    def turns(encoder: Path, samples: Path, output: Path = tmp_path / "new") -> Result:
        found = ("--encoder", encoder, "--samples", samples, "--config", place.config)
        return _run("train", "turns", "-o", output, *found)

    missing = tmp_path / "fehlt"
    no_dev = write_samples(tmp_path / "no-dev", 2)
    (tmp_path / "file").write_text("x")
    for result, message in (
        (turns(place.encoder, missing), "fehlt is no folder"),
        (turns(missing, place.samples), "fehlt"),
        (turns(place.encoder, no_dev), "none held out"),
        (turns(place.encoder, place.samples, tmp_path / "file"), "file: File exists"),
        (turns(place.encoder, place.samples, no_dev), "is not empty"),
    ):
        assert result.exit_code == 2, result.output
        assert "Error: " in result.stderr and message in result.stderr
        assert "Traceback" not in result.output


def test_without_a_config_those_of_the_classifier_that_ships(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def train(documents: object, held_out: object, encoder: object, settings: object, output: Path) -> None:
        seen.append(settings)
        raise ValueError("enough")

    monkeypatch.setattr(pipeline.cli.train, "train_turns", train)
    assert place.train().exit_code == 2
    assert seen == [read_settings()]


def test_adapting_an_encoder(place: Place, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for n, document in enumerate(minutes()[:3]):
        (texts / f"{n}.txt").write_text(document.gold.text, encoding="utf-8")
    held_out = tmp_path / "gold"
    held_out.mkdir()
    (held_out / "ka-2.txt").write_text("x")
    result = _run("train", "adapt", place.encoder, texts, "-o", tmp_path / "new", "--without", held_out)
    assert result.exit_code == 0, result.output
    assert result.stderr.splitlines()[-1] == f"adapted to 2 documents, written to {tmp_path / 'new'}"
    assert load_encoder(str(tmp_path / "new"), None)[0].config.max_position_embeddings == 128  # less than a window
    assert _run("train", "adapt", tmp_path / "fehlt", texts, "-o", tmp_path / "new").exit_code == 2
    assert _run("train", "adapt", place.encoder, tmp_path / "fehlt", "-o", tmp_path / "new").exit_code == 2


def test_abstaining(weights: str) -> None:
    sure, unsure = load(classifier=weights), load(classifier=weights, abstain=1.0)
    text = minutes()[0].gold.text
    all_labels, none = (to_minutes(nlp(text), nlp=nlp) for nlp in (sure, unsure))
    assert {turn.label for turn in all_labels.turns} <= set(LABELS)
    assert {turn.label for turn in none.turns} == {None}
    assert [turn.probabilities for turn in none.turns] == [turn.probabilities for turn in all_labels.turns]
    assert [turn.confidence for turn in none.turns] == [turn.confidence for turn in all_labels.turns]
    assert [turn.likeliest for turn in none.turns] == [turn.label for turn in all_labels.turns]
    assert not none.decisions
    assert not any(turn.replies_to for turn in none.turns)
    middle = sorted(turn.confidence or 0 for turn in all_labels.turns)[len(all_labels.turns) // 2]
    nlp = load(classifier=weights, abstain=middle)
    some = to_minutes(nlp(text), nlp=nlp)
    assert [turn.label is None for turn in some.turns] == [(turn.confidence or 0) < middle for turn in some.turns]
    assert {turn.label for turn in some.turns} > {None}


def test_rules_never_abstain() -> None:
    nlp = load(classifier="rules", abstain=1.0)
    found = to_minutes(nlp(TEXT), nlp=nlp)
    assert found.turns
    assert all(turn.label and turn.confidence is None and turn.likeliest == turn.label for turn in found.turns)


def test_turns_without_a_label_can_be_written(weights: str, text: Path, tmp_path: Path) -> None:
    for name in ("out.jsonl", "out.csv"):
        result = _run("extract", text, "-o", tmp_path / name, "--classifier", weights, "--abstain", 1)
        assert result.exit_code == 0, result.output
    (line,) = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    read = Minutes.model_validate_json(line)
    assert read.turns
    assert {turn.label for turn in read.turns} == {None}
    assert read.to_json() == line
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()))
    assert {row["label"] for row in rows} == {""}
    assert all(float(row["confidence"]) > 0.2 for row in rows)
    table = _run("extract", text, "--classifier", weights, "--abstain", 1)
    assert table.exit_code == 0
    rows_of_turns = [line for line in table.stdout.splitlines() if line.startswith("t1 ")]
    assert len(rows_of_turns) == 1 and rows_of_turns[0].split()[1] == "–"


@pytest.mark.parametrize(
    ("classifier", "message"),
    [
        ("magic", "no such classifier: magic; give embedded, rules, onnx:FOLDER or torch:FOLDER"),
        ("onnx:fehlt", "fehlt holds no weights (manifest.json is missing)"),
        ("torch:fehlt", "fehlt holds no weights (manifest.json is missing)"),
    ],
)
def test_a_classifier_that_is_none(text: Path, classifier: str, message: str) -> None:
    for command in (("extract", text), ("evaluate", text.parent, "--run")):
        result = _run(*command, "--classifier", classifier)
        assert result.exit_code == 2, result.output
        if command[0] == "extract":
            assert message in result.stderr
        assert "Traceback" not in result.output


def test_evaluating_on_given_turns(place: Place, weights: str) -> None:
    found = {}
    for choice in (weights, "rules", f"torch:{place.output / 'torch'}"):
        arguments = ("--run", "--given-turns", "--classifier", choice, "--split", "dev", "--json")
        result = _run("evaluate", place.samples, *arguments)
        assert result.exit_code == 0, result.output
        found[choice] = json.loads(result.stdout)
    assert found[weights] != found["rules"]


@pytest.mark.slow
def test_several_processes_label_alike(weights: str, text: Path, tmp_path: Path) -> None:
    other = text.with_name("zwei.txt")
    other.write_text(minutes()[0].gold.text, encoding="utf-8")
    outputs = []
    for jobs in (1, 2):
        path = tmp_path / f"{jobs}.jsonl"
        result = _run("extract", text, other, "-o", path, "--classifier", weights, "-j", jobs)
        assert result.exit_code == 0, result.output
        outputs.append(path.read_text(encoding="utf-8"))
    assert outputs[0] == outputs[1]


def test_the_adapted_encoder_can_be_trained_on(place: Place, tmp_path: Path) -> None:
    from models.adapting import adapt

    texts = [document.gold.text for document in minutes()[:2]]
    said: list[str] = []
    adapt(str(place.encoder), texts, tmp_path / "new", epochs=2, window=64, say=said.append)
    before, tokenizer = load_encoder(str(place.encoder), None)
    after, own = load_encoder(str(tmp_path / "new"), None)
    assert own.to_str() == tokenizer.to_str()
    old, new = before.state_dict(), after.state_dict()
    assert set(old) == set(new)
    same = {name for name in old if bool((old[name] == new[name]).all())}
    assert {name for name in old if name.startswith("embeddings.")} <= same
    assert not {name for name in same if "attention.self" in name and "weight" in name}
    assert said and all("nan" not in line for line in said)
    with pytest.raises(ValueError, match="less than one window of 64 pieces"):
        adapt(str(place.encoder), ["kurz"], tmp_path / "none", window=64)


def test_links_are_trained_on_samples(tmp_path: Path) -> None:
    output = tmp_path / "links.json"
    samples = write_samples(tmp_path / "samples", 8)
    result = _run("train", "links", "-o", output, "--samples", samples, "--classifier", "rules")
    assert result.exit_code == 0, result.output
    assert f"{output} written" in result.stderr
    assert "styles left out" in result.stderr
    assert load_links(output).name.startswith("protokollant-links ")


def test_links_of_one_style_cannot_be_trained(place: Place, tmp_path: Path) -> None:
    samples = write_samples(tmp_path / "samples", 1)
    result = _run("train", "links", "-o", tmp_path / "links.json", "--samples", samples, "--classifier", "rules")
    assert result.exit_code == 2
    assert "at least two house styles" in result.stderr
