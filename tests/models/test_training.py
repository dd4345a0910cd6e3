from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from corpus.record import LABELS
from models.inference import load_onnx
from models.labelled import Labelled
from models.network import TurnNetwork
from models.producing import Report, TrainingError, train_seed, train_turns
from models.settings import Schedule, Shape, TurnSettings
from models.torch_network import load_torch, read_torch
from models.training import label_scores, load_encoder, rows, train
from tests.models.conftest import MakeNetwork
from tests.models.tiny import EXCHANGE, learned, settings

EXCHANGED = Labelled("rat-1", "rat", EXCHANGE, ("question", "answer", "addition"))
THREE = settings(epochs=3)


class Killed(Exception):
    """What ends a training here."""


def _parts() -> tuple[list[Labelled], list[Labelled]]:
    """Four documents to learn from and two held out."""
    found = learned()
    return [found[0], found[1], found[4], EXCHANGED], [found[2], EXCHANGED]


def _quiet(line: str) -> None:
    pass


def _killed_at(number: int) -> Callable[[str], None]:
    """Die when the training says something for the `number`th time, after an epoch and before its checkpoint."""
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        if len(said) == number:
            raise Killed

    return say


@pytest.fixture(scope="module")
def whole(encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a training of one seed and three epochs leaves."""
    folder = tmp_path_factory.mktemp("whole")
    train_turns(*_parts(), str(encoder), THREE, folder, _quiet)
    return folder


def _files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_what_a_training_leaves(whole: Path) -> None:
    files = _files(whole)
    onnx = {f"{form}/{name}" for form in ("onnx", "fp16") for name in ("encoder.onnx", "head.onnx", "manifest.json")}
    assert {*onnx, "torch/model.safetensors", "onnx/README.md", "metrics.json", "training.json"} <= files
    assert not [name for name in files if "checkpoint" in name or "plain" in name]
    metrics = json.loads((whole / "metrics.json").read_text(encoding="utf-8"))
    assert metrics["documents"] == 4
    assert metrics["turns"] == sum(len(x.labels) for x in _parts()[0])
    assert set(metrics["variants"]) == {"int8", "fp16", "torch"}
    best = json.loads((whole / "seed-0" / "best.json").read_text(encoding="utf-8"))
    assert metrics["seeds"] == {"0": best["macro4"]}
    for variant in metrics["variants"].values():
        assert variant["macro4"] == pytest.approx(sum(variant["f1"][x] for x in LABELS[:4]) / 4)
        assert variant["ece_after"] <= variant["ece_before"] + 0.1
    assert f"| torch | {metrics['variants']['torch']['megabytes']:.1f} |" in (whole / "onnx" / "README.md").read_text()


def test_what_was_measured_is_what_the_folders_give(whole: Path) -> None:
    metrics = json.loads((whole / "metrics.json").read_text(encoding="utf-8"))["variants"]
    held_out = _parts()[1]
    gold = np.asarray([LABELS.index(x) for document in held_out for x in document.labels])
    for form, classifier in {
        "int8": load_onnx(whole / "onnx"),
        "fp16": load_onnx(whole / "fp16"),
        "torch": load_torch(whole / "torch"),
    }.items():
        found = [x.label or "other" for y in classifier.predict([x.document for x in held_out]) for x in y]
        scores = label_scores(gold, np.asarray(list(map(LABELS.index, found))))
        assert scores["macro4"] == pytest.approx(metrics[form]["macro4"])
        assert classifier.calibration.temperature == metrics[form]["temperature"]
        assert classifier.name.endswith(form)
    assert metrics["torch"]["same"] == 1


def test_the_score_of_an_epoch_counts_every_turn_held_out(whole: Path) -> None:
    """Accelerate cuts a last batch that is not full to as many rows as it has documents."""
    best = json.loads((whole / "seed-0" / "best.json").read_text(encoding="utf-8"))
    metrics = json.loads((whole / "metrics.json").read_text(encoding="utf-8"))["variants"]["torch"]
    assert best["macro4"] == pytest.approx(metrics["macro4"])
    assert {x: best[f"f1_{x}"] for x in LABELS} == pytest.approx(metrics["f1"])


def test_it_learns_what_it_is_shown(encoder: Path, tmp_path: Path) -> None:
    tried = settings(epochs=12)
    alone = [EXCHANGED, replace(EXCHANGED, name="rat-2")]
    classifier = train_seed(alone, alone, str(encoder), tried, 0, tmp_path, _quiet)
    assert [x.label for x in classifier.predict([EXCHANGE])[0]] == ["question", "answer", "addition"]


@pytest.mark.parametrize(("died", "left"), [(2, 2), (3, 1)])
def test_a_killed_training_goes_on_and_ends_the_same(
    whole: Path, encoder: Path, tmp_path: Path, died: int, left: int
) -> None:
    with pytest.raises(Killed):
        train_seed(*_parts(), str(encoder), THREE, 0, tmp_path, _killed_at(died))
    said: list[str] = []
    train_seed(*_parts(), str(encoder), THREE, 0, tmp_path, said.append)
    assert len(said) == left + 1, said  # the last one says how good the best was
    _is_as(tmp_path, whole)


def test_killed_between_training_and_export(whole: Path, encoder: Path, tmp_path: Path) -> None:
    with pytest.raises(Killed):
        train_turns(*_parts(), str(encoder), THREE, tmp_path, _killed_at(5))
    said: list[str] = []
    train_turns(*_parts(), str(encoder), THREE, tmp_path, said.append)
    assert not [line for line in said if "epoch" in line]
    assert (tmp_path / "metrics.json").read_text() == (whole / "metrics.json").read_text()


def test_half_a_checkpoint_is_thrown_away(whole: Path, encoder: Path, tmp_path: Path) -> None:
    with pytest.raises(Killed):
        train_seed(*_parts(), str(encoder), THREE, 0, tmp_path, _killed_at(3))
    (tmp_path / "checkpoints" / "checkpoint-4" / "trainer_state.json").unlink()
    train_seed(*_parts(), str(encoder), THREE, 0, tmp_path, _quiet)
    _is_as(tmp_path, whole)


def _is_as(seed: Path, whole: Path) -> None:
    """The seed ended as that of the training that was not killed."""
    assert (seed / "best.json").read_text() == (whole / "seed-0" / "best.json").read_text()
    ours, theirs = (read_torch(folder / "best")[0].state_dict() for folder in (seed, whole / "seed-0"))
    assert all(torch.equal(ours[name], theirs[name]) for name in theirs)


def test_patience_is_remembered(encoder: Path, tmp_path: Path, tokenizer: Tokenizer) -> None:
    """A training that would have stopped stops after a kill too: nothing is learned, so no epoch is better."""
    shape = Shape(window=64, context=8, width=16)
    schedule = Schedule(epochs=8, documents=4, encoder_rate=0, head_rate=1e-12, patience=3)
    tried = TurnSettings(shape=shape, schedule=schedule)
    data = rows([EXCHANGED], tokenizer)

    def make() -> TurnNetwork:
        return TurnNetwork(load_encoder(str(encoder), None)[0], shape, schedule)

    undisturbed = train(data, data, make, 1, tried, 0, tmp_path / "a", _quiet)
    assert undisturbed.epochs == 4
    with pytest.raises(Killed):
        train(data, data, make, 1, tried, 0, tmp_path / "b", _killed_at(3))
    assert train(data, data, make, 1, tried, 0, tmp_path / "b", _quiet).epochs == 4


def test_the_best_seed_is_kept(encoder: Path, tmp_path: Path) -> None:
    documents, held_out = _parts()
    report: Report = train_turns(documents[:1], held_out[1:], str(encoder), settings((0, 5), 1), tmp_path, _quiet)
    assert set(report.seeds) == {0, 5}
    assert report.seeds[report.seed] == max(report.seeds.values())
    kept, own = (read_torch(tmp_path / x)[0].state_dict() for x in ("torch", f"seed-{report.seed}/best"))
    assert all(torch.equal(kept[name], own[name]) for name in own)


def test_another_training_in_the_same_folder_is_refused(whole: Path, encoder: Path) -> None:
    documents, held_out = _parts()
    before = _files(whole)
    relabelled = [replace(documents[0], labels=("other",) * len(documents[0].labels)), *documents[1:]]
    for parts, tried in (
        ((documents[1:], held_out), THREE),
        ((relabelled, held_out), THREE),
        ((documents, held_out[:1]), THREE),
        ((documents, held_out), settings(epochs=4)),
    ):
        with pytest.raises(TrainingError, match="holds a training with other data or settings: name another folder"):
            train_turns(*parts, str(encoder), tried, whole, _quiet)
    assert _files(whole) == before


def test_a_folder_with_something_else_is_refused(encoder: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Einkaufen")
    with pytest.raises(TrainingError, match="is not empty, and holds no training that could go on"):
        train_turns(*_parts(), str(encoder), THREE, tmp_path, _quiet)
    assert _files(tmp_path) == {"notes.txt"}


@pytest.mark.parametrize("missing", [0, 1])
def test_nothing_to_learn_from(encoder: Path, tmp_path: Path, missing: int) -> None:
    parts = [*_parts()]
    parts[missing] = []
    with pytest.raises(TrainingError, match="name folders with annotated turns"):
        train_turns(parts[0], parts[1], str(encoder), THREE, tmp_path / "new", _quiet)
    assert not (tmp_path / "new").exists()


def test_an_encoder_is_cut_to_its_first_layers(encoder: Path) -> None:
    whole_one, _ = load_encoder(str(encoder), None)
    first, tokenizer = load_encoder(str(encoder), 1)
    ids = torch.tensor([tokenizer.encode("Frau Lux fragt.", add_special_tokens=False).ids])
    with torch.no_grad():
        states = whole_one.eval()(input_ids=ids, output_hidden_states=True).hidden_states
        torch.testing.assert_close(first.eval()(input_ids=ids).last_hidden_state, states[1])
    assert first.config.num_hidden_layers == 1


def test_label_scores_by_hand() -> None:
    gold, found = np.asarray([0, 0, 1, 2, 4]), np.asarray([0, 1, 1, 4, 4])
    scores = label_scores(gold, found)
    expected = {"question": 2 / 3, "answer": 2 / 3, "addition": 0.0, "decision": 0.0, "other": 2 / 3}
    assert {x: scores[f"f1_{x}"] for x in LABELS} == pytest.approx(expected)
    assert (scores["macro4"], scores["macro5"]) == pytest.approx((1 / 3, 0.4))


def test_rare_labels_weigh_more(make_network: MakeNetwork, encoder: Path, tmp_path: Path) -> None:
    from models.producing import _class_weights

    weights = _class_weights([EXCHANGED, replace(EXCHANGED, labels=("question",) * 3)])
    assert weights.mean().item() == pytest.approx(1)
    assert weights[0] < weights[1] == weights[2]
    assert weights[0] / weights[1] == pytest.approx(0.5)  # four of one, one of the other
