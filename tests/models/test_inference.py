from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.record import LABELS, Minutes
from models import DocumentInput, TurnClassifier, TurnInput
from models.calibration import softmax
from models.inference import ENCODER, HEAD, TOKENIZER, NetworkClassifier, load_onnx
from models.torch_network import load_torch
from models.weights import MANIFEST, WeightsError, add_to_manifest, sha256
from pipeline import extract, load, to_minutes
from tests.models.conftest import Folders
from tests.models.tiny import EXCHANGE, TEXT, minutes


@pytest.fixture(scope="module")
def classifier(exported: Folders) -> NetworkClassifier:
    return load_onnx(exported.int8, 1)


@pytest.fixture
def folder(exported: Folders, tmp_path: Path) -> Path:
    """A copy to damage."""
    return shutil.copytree(exported.int8, tmp_path / "weights")


def test_probabilities_sum_to_one_and_the_greatest_is_that_of_the_label(classifier: NetworkClassifier) -> None:
    other: TurnClassifier = classifier
    ((*predictions,),) = other.predict([EXCHANGE])
    assert len(predictions) == 3
    for prediction in predictions:
        assert prediction.probabilities is not None
        assert tuple(prediction.probabilities) == LABELS
        assert sum(prediction.probabilities.values()) == pytest.approx(1, abs=1e-9)
        assert prediction.label == max(LABELS, key=prediction.probabilities.__getitem__)


def test_scores_are_divided_by_the_temperature(classifier: NetworkClassifier) -> None:
    expected = softmax(classifier.logits(EXCHANGE) / 2.0)  # that of the fixture
    found = [list((p.probabilities or {}).values()) for p in classifier.predict([EXCHANGE])[0]]
    np.testing.assert_allclose(found, expected, atol=4.1e-4)  # the others are rounded down to four digits


def test_a_document_does_not_depend_on_those_beside_it(classifier: NetworkClassifier) -> None:
    empty, unlike = DocumentInput(TEXT, EXCHANGE.blocks, ()), DocumentInput("Ja.", (), (TurnInput("Ja."),))
    assert classifier.predict([]) == []
    assert classifier.predict([empty]) == [[]]
    with_block = DocumentInput("Ja.", (EXCHANGE.blocks[0],), unlike.turns)
    together = classifier.predict([with_block, EXCHANGE, empty, EXCHANGE])
    assert together == [classifier.predict([x])[0] for x in (with_block, EXCHANGE, empty, EXCHANGE)]


def test_the_same_whenever_it_is_loaded(exported: Folders, classifier: NetworkClassifier) -> None:
    assert load_onnx(exported.int8, 1).predict([EXCHANGE]) == classifier.predict([EXCHANGE])


@pytest.mark.parametrize("name", [ENCODER, HEAD, TOKENIZER])
def test_a_file_that_is_missing_cut_or_changed(folder: Path, name: str) -> None:
    whole = (folder / name).read_bytes()
    for damaged in (whole[: len(whole) // 2], whole[:-1] + bytes([whole[-1] ^ 1]), b""):
        (folder / name).write_bytes(damaged)
        with pytest.raises(WeightsError, match=rf"{name} is damaged .*: install protokollant again, or train again"):
            load_onnx(folder)
    (folder / name).unlink()
    with pytest.raises(WeightsError, match=rf"{name} is missing: install protokollant again, or train again"):
        load_onnx(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"columns": ["asks"]}, "was trained for other features or labels: train again with this version"),
        ({"labels": ["question"]}, "was trained for other features or labels: train again with this version"),
        ({"window": None}, "the manifest lacks 'window': train again with this version"),
        ({"calibration": None}, "the manifest lacks 'calibration': train again with this version"),
        ({"files": None}, "does not list its files: install protokollant again, or train again"),
        ({"files": {}}, f"holds other weights, without {ENCODER}"),
    ],
    ids=["columns", "labels", "window", "calibration", "files", "no file"],
)
def test_a_manifest_that_does_not_fit(folder: Path, change: dict[str, object], message: str) -> None:
    stored = {**json.loads((folder / MANIFEST).read_text(encoding="utf-8")), **change}
    kept = {name: value for name, value in stored.items() if value is not None}
    (folder / MANIFEST).write_text(json.dumps(kept), encoding="utf-8")
    with pytest.raises(WeightsError, match=message):
        load_onnx(folder)


def test_other_columns_are_refused_before_the_network_is_read(folder: Path) -> None:
    (folder / ENCODER).write_bytes(b"of a version to come")
    stored = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    add_to_manifest(folder, columns=["asks"], files={**stored["files"], ENCODER: sha256(folder / ENCODER)})
    with pytest.raises(WeightsError, match="was trained for other features"):
        load_onnx(folder)


def test_weights_for_torch_are_none_for_onnxruntime(exported: Folders) -> None:
    with pytest.raises(WeightsError, match=rf"{exported.torch} holds other weights, without encoder.onnx: give"):
        load_onnx(exported.torch)
    with pytest.raises(WeightsError, match=rf"{exported.fp16} holds other weights, without config.json: give"):
        load_torch(exported.fp16)


def test_without_torch_and_transformers(exported: Folders) -> None:
    code = f"""
import sys
sys.modules.update(dict.fromkeys(("torch", "transformers", "onnx", "sklearn", "datasets")))
import pipeline
minutes = pipeline.extract({TEXT!r}, nlp=pipeline.load(classifier="onnx:{exported.int8}"))
print(minutes.to_json())
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    here = extract(TEXT, nlp=load(classifier=f"onnx:{exported.int8}"))
    assert Minutes.model_validate_json(done.stdout) == here
    assert len(here.turns) >= 2
    assert all(turn.probabilities for turn in here.turns)


def test_the_record_names_what_labelled_its_turns(exported: Folders) -> None:
    found = {
        name: extract(TEXT, nlp=load(classifier=choice)).generator
        for name, choice in {
            "tiny int8": f"onnx:{exported.int8}",
            "tiny torch": f"torch:{exported.torch}",
            "rule-baseline": "rules",
        }.items()
    }
    assert {name: generator.models["turn_labels"] for name, generator in found.items()} == {x: x for x in found}
    assert len({generator.config for generator in found.values()}) == 3


def test_a_stream_is_labelled_as_one_by_one(exported: Folders) -> None:
    nlp = load(classifier=f"onnx:{exported.int8}")
    texts = [minutes()[0].gold.text, TEXT, "", "Nichts.", minutes()[1].gold.text]
    one_by_one = [extract(text, nlp=nlp).to_json() for text in texts]
    assert [to_minutes(doc, nlp=nlp).to_json() for doc in nlp.pipe(texts)] == one_by_one
    assert [to_minutes(doc, nlp=nlp).to_json() for doc in nlp.pipe(texts, batch_size=2)] == one_by_one


def test_threads_change_nothing(exported: Folders, classifier: NetworkClassifier) -> None:
    assert load_onnx(exported.int8, 2).predict([EXCHANGE]) == classifier.predict([EXCHANGE])
