from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from tokenizers import Tokenizer

from corpus.record import LABELS
from models import DocumentInput
from models.calibration import Calibration
from models.export import export
from models.features import COLUMNS
from models.inference import ENCODER, HEAD, TOKENIZER, NetworkClassifier, load_onnx
from models.torch_network import TorchNetwork, load_torch
from models.weights import MANIFEST
from tests.models.conftest import Folders, MakeNetwork, write_forms
from tests.models.tiny import EXCHANGE, learned


def _documents() -> list[DocumentInput]:
    return [x.document for x in learned()]


def _logits(classifier: NetworkClassifier, documents: list[DocumentInput]) -> NDArray[np.float32]:
    return np.concatenate([classifier.logits(document) for document in documents])


def _cast_to_half(network: torch.nn.Module) -> None:
    """Round the weights that fp16 stores in half precision: matrices of 1,024 numbers and more."""
    with torch.no_grad():
        for weight in network.parameters():
            if weight.numel() >= 1024:
                weight.copy_(weight.half().float())


def test_onnx_gives_what_torch_gives(exported: Folders) -> None:
    documents = _documents()
    assert sum(len(document.turns) for document in documents) > 200
    expected = _logits(load_torch(exported.torch), documents)
    assert len(set(expected.argmax(1))) > 1
    found = _logits(load_onnx(exported.fp16, 1), documents)
    np.testing.assert_allclose(found, expected, rtol=0, atol=0.01)
    assert not np.allclose(found, expected, rtol=0, atol=1e-6)  # they are rounded
    assert (found.argmax(1) == expected.argmax(1)).mean() > 0.98


def test_fp16_rounds_the_weights_and_nothing_else(exported: Folders) -> None:
    classifier = load_torch(exported.torch)
    _cast_to_half(_encoder(classifier))
    documents = _documents()
    found = _logits(load_onnx(exported.fp16, 1), documents)
    np.testing.assert_allclose(found, _logits(classifier, documents), rtol=0, atol=2e-5)


def test_int8_is_smaller_and_mostly_says_the_same(exported: Folders) -> None:
    documents = _documents()
    expected = _logits(load_torch(exported.torch), documents).argmax(1)
    found = _logits(load_onnx(exported.int8, 1), documents).argmax(1)
    assert (found == expected).mean() > 0.8
    single = 4 * sum(weight.numel() for weight in _encoder(load_torch(exported.torch)).parameters())
    assert _stored(exported.fp16) < 0.52 * single
    assert _stored(exported.int8) < 0.35 * single


def _encoder(classifier: NetworkClassifier) -> torch.nn.Module:
    assert isinstance(classifier.network, TorchNetwork)
    return classifier.network.network.encoder


def _stored(folder: Path) -> int:
    """Bytes of the encoder's weights."""
    return sum(numpy_helper.to_array(x).nbytes for x in onnx.load(folder / ENCODER).graph.initializer)


@pytest.mark.parametrize(
    "shape",
    [{"sequence": "attention"}, {"sequence": "none"}, {"crf": True}, {"features": False}, {"encoder": False}],
    ids=str,
)
def test_every_shape_can_be_exported(
    shape: dict[str, object], make_network: MakeNetwork, tokenizer: Tokenizer, tmp_path: Path
) -> None:
    folders = write_forms(make_network(**shape), tokenizer, tmp_path)
    documents = [EXCHANGE, *_documents()[:2]]  # of 3, 21 and 42 turns
    single = DocumentInput(EXCHANGE.text, EXCHANGE.blocks, EXCHANGE.turns[:1])
    documents.append(single)
    expected = _logits(load_torch(folders.torch), documents)
    np.testing.assert_allclose(_logits(load_onnx(folders.fp16, 1), documents), expected, rtol=0, atol=0.02)


def test_dropout_is_off_whatever_the_network_was_doing(
    make_network: MakeNetwork, tokenizer: Tokenizer, tmp_path: Path
) -> None:
    network = make_network(dropout=0.5)
    network.train()
    export(network, tokenizer, tmp_path, "fp16", name="x", calibration=Calibration().as_json())
    nodes = [*onnx.load(tmp_path / ENCODER).graph.node, *onnx.load(tmp_path / HEAD).graph.node]
    assert nodes
    assert not [node.name for node in nodes if "Dropout" in node.op_type or "Random" in node.op_type]
    classifier = load_onnx(tmp_path, 1)
    first = classifier.logits(EXCHANGE)
    assert (first == classifier.logits(EXCHANGE)).all()
    expected = load_torch(write_forms(network, tokenizer, tmp_path / "forms").torch).logits(EXCHANGE)
    np.testing.assert_allclose(first, expected, rtol=0, atol=0.01)


def test_what_an_export_leaves_behind(exported: Folders) -> None:
    for folder in (exported.fp16, exported.int8):
        assert {path.name for path in folder.iterdir()} == {ENCODER, HEAD, TOKENIZER, MANIFEST}
    head = onnx.load(exported.fp16 / HEAD).graph
    shapes = {x.name: [d.dim_value for d in x.type.tensor_type.shape.dim] for x in (*head.input, *head.output)}
    assert shapes == {"vectors": [0, 64], "features": [0, len(COLUMNS)], "logits": [0, len(LABELS)]}
