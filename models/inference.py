"""The fine-tuned turn classifier: pieces, turn vectors and calibrated labels around a network that computes them.

The network runs under onnxruntime (`OnnxNetwork`; nothing here imports torch) or torch (`models.torch_network`).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from corpus.record import LABELS
from models.calibration import Calibration, softmax
from models.classifier import DocumentInput, Prediction
from models.features import COLUMNS, features
from models.weights import WeightsError, read_manifest
from models.windows import Cut, Ints, cut, windows

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Floats = NDArray[np.float32]
ENCODER, HEAD, TOKENIZER = "encoder.onnx", "head.onnx", "tokenizer.json"


class Network(Protocol):
    """An encoder of pieces, and a head over the turns of one document."""

    def encode(self, ids: Ints) -> Floats:
        """Return the vectors (windows × pieces × hidden) of windows of equal length (windows × pieces)."""
        ...

    def label(self, vectors: Floats, features: Floats) -> Floats:
        """Return the scores (turns × labels) of turns given their vectors (turns × 2·hidden) and features."""
        ...


@dataclass(frozen=True)
class NetworkClassifier:
    """Label turns with a network; the same document always gets the same labels, whatever stands beside it.

    Windows run one by one: the scales of an int8 network are those of everything that runs together, so that a
    neighbour in a batch would change a result, and a full window keeps the cores busy on its own.
    """

    name: str
    network: Network
    tokenizer: Tokenizer
    window: int
    context: int
    calibration: Calibration

    @classmethod
    def of(cls, folder: Path, manifest: dict[str, Any], network: Network) -> NetworkClassifier:
        """Put together what lies in a folder of weights; `WeightsError` where the manifest lacks something."""
        from tokenizers import Tokenizer

        try:
            return cls(
                name=str(manifest["name"]),
                network=network,
                tokenizer=Tokenizer.from_file(str(folder / TOKENIZER)),
                window=int(manifest["window"]),
                context=int(manifest["context"]),
                calibration=Calibration.of(manifest["calibration"]),
            )
        except KeyError as error:
            raise WeightsError(f"{folder}: the manifest lacks {error}: train again with this version") from error

    def predict(self, documents: Sequence[DocumentInput]) -> list[list[Prediction]]:
        """Label the turns; `Prediction.probabilities` are calibrated."""
        return [self._predict(document) for document in documents]

    def _predict(self, document: DocumentInput) -> list[Prediction]:
        known = features(document)
        scores = self.calibration(self._logits(document, known), known)
        return [_prediction(row) for row in softmax(scores)]

    def logits(self, document: DocumentInput) -> Floats:
        """Return the scores that the network gives the labels (turns × labels)."""
        return self._logits(document, features(document))

    def _logits(self, document: DocumentInput, known: Floats) -> Floats:
        if not document.turns:
            return np.zeros((0, len(LABELS)), np.float32)
        pieces = cut(document, self.tokenizer)
        return self.network.label(turn_vectors(self._vectors(pieces), pieces), known)

    def _vectors(self, pieces: Cut) -> Floats:
        parts = [
            self.network.encode(pieces.ids[None, window.begin : window.end])[0, window.fresh - window.begin :]
            for window in windows(len(pieces), self.window, self.context)
        ]
        return np.concatenate(parts)


class OnnxNetwork:
    """A network under onnxruntime, from a folder that `models.export` wrote."""

    def __init__(self, folder: Path, threads: int = 0) -> None:
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = threads or _cores()
        options.log_severity_level = 3
        providers = ["CPUExecutionProvider"]
        self._encoder = InferenceSession(str(folder / ENCODER), options, providers=providers)
        self._head = InferenceSession(str(folder / HEAD), options, providers=providers)
        self._read = {x.name for x in self._head.get_inputs()}  # a head of features alone reads no vectors

    def encode(self, ids: Ints) -> Floats:
        """Return the vectors of windows of equal length."""
        (states,) = self._encoder.run(None, {"ids": ids})
        return cast(Floats, states)

    def label(self, vectors: Floats, features: Floats) -> Floats:
        """Return the scores of turns."""
        inputs = {"vectors": vectors, "features": features}
        (logits,) = self._head.run(None, {name: value for name, value in inputs.items() if name in self._read})
        return cast(Floats, logits)


def load_onnx(folder: Path, threads: int = 0) -> NetworkClassifier:
    """Load a classifier to run under onnxruntime, `threads` at once (0: as many as there are cores).

    Raises `WeightsError` where the folder is incomplete, damaged or of another version.
    """
    manifest = read_manifest(folder, (ENCODER, HEAD, TOKENIZER))
    check_version(folder, manifest)
    return NetworkClassifier.of(folder, manifest, OnnxNetwork(folder, threads))


def check_version(folder: Path, manifest: dict[str, Any]) -> None:
    """Raise `WeightsError` where weights were trained for other features or labels."""
    if manifest.get("columns") != list(COLUMNS) or manifest.get("labels") != list(LABELS):
        raise WeightsError(f"{folder} was trained for other features or labels: train again with this version")


def turn_vectors(vectors: Floats, pieces: Cut) -> Floats:
    """Return the mean of the pieces of each turn beside its first piece (turns × 2·hidden)."""
    rows = [np.concatenate([vectors[first:last].mean(axis=0), vectors[first]]) for first, last in pieces.turns]
    return np.stack(rows).astype(np.float32)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _prediction(probabilities: NDArray[np.float64]) -> Prediction:
    """Round to four digits, so that the last bits of a processor do not reach the record; the sum stays one."""
    likeliest = int(probabilities.argmax())
    rounded = np.floor(probabilities * 10_000) / 10_000  # down, so that the likeliest stays it
    rounded[likeliest] = 1 - np.delete(rounded, likeliest).sum()
    return Prediction(LABELS[likeliest], {x: round(float(y), 4) for x, y in zip(LABELS, rounded, strict=True)})
