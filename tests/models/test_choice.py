from __future__ import annotations

import sys
from pathlib import Path

import pytest

from models import RuleBaseline
from models.choice import make_classifier
from models.inference import NetworkClassifier, OnnxNetwork
from models.torch_network import TorchNetwork
from models.weights import WeightsError
from tests.models.conftest import Folders


def test_each_word_means_a_classifier(exported: Folders) -> None:
    assert isinstance(make_classifier("rules"), RuleBaseline)
    for choice, network in ((f"onnx:{exported.fp16}", OnnxNetwork), (f"torch:{exported.torch}", TorchNetwork)):
        classifier = make_classifier(choice, threads=1)
        assert isinstance(classifier, NetworkClassifier)
        assert isinstance(classifier.network, network)


def test_a_folder_with_a_colon(exported: Folders, tmp_path: Path) -> None:
    folder = tmp_path / "rat:2024"
    folder.symlink_to(exported.fp16)
    assert make_classifier(f"onnx:{folder}").name == "tiny fp16"


@pytest.mark.parametrize("choice", ["", "Rules", "rules:", "onnx", "onnx:", "torch:", "spacy:x", "embedded:x", "/x"])
def test_other_words_are_refused(choice: str) -> None:
    with pytest.raises(ValueError, match=rf"no such classifier: {choice}; give embedded, rules, onnx:FOLDER or"):
        make_classifier(choice)


@pytest.mark.parametrize("kind", ["onnx", "torch"])
def test_a_folder_that_is_missing(kind: str, tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="holds no weights"):
        make_classifier(f"{kind}:{tmp_path / 'fehlt'}")


def test_torch_is_needed_for_torch_alone(monkeypatch: pytest.MonkeyPatch, exported: Folders) -> None:
    monkeypatch.delitem(sys.modules, "models.torch_network")
    monkeypatch.setitem(sys.modules, "torch", None)
    assert make_classifier(f"onnx:{exported.fp16}").name == "tiny fp16"
    with pytest.raises(ModuleNotFoundError, match=r"needs torch: pip install 'protokollant\[train\]'"):
        make_classifier(f"torch:{exported.torch}")
