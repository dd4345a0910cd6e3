"""A whole training of the turn classifier: several seeds, the best of them calibrated, exported and described.

Everything that takes long is written down as soon as it is done, so that a training that was killed goes on where it
was. Needs the extra `train`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import get_args

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from corpus.record import LABELS
from corpus.version import __version__
from models.calibration import Calibration, expected_calibration_error, fit_temperature, softmax
from models.card import card
from models.export import export
from models.features import features
from models.inference import NetworkClassifier, load_onnx
from models.labelled import Labelled
from models.network import TurnNetwork
from models.settings import Precision, TurnSettings
from models.torch_network import TorchNetwork, load_torch, read_torch, save_torch
from models.training import label_scores, load_encoder, rows, train
from models.weights import MANIFEST, add_to_manifest, sha256
from models.windows import special_id

Say = Callable[[str], None]
_STATE, _DONE, _CARD = "training.json", "best.json", "README.md"


class TrainingError(ValueError):
    """A training that cannot begin or go on; the message says what to do."""


@dataclass(frozen=True)
class Variant:
    """One form of the best network on the documents held out, calibrated there; `same` labels as under torch."""

    macro4: float
    f1: dict[str, float]
    ece_before: float
    ece_after: float
    temperature: float
    same: float
    megabytes: float


@dataclass(frozen=True)
class Report:
    """What a training gave: macro F1 of each seed, the seed that was kept, and the forms it was written in."""

    fingerprint: str
    documents: int
    turns: int
    seeds: dict[int, float]
    seed: int
    variants: dict[str, Variant]


def train_turns(
    documents: Sequence[Labelled],
    held_out: Sequence[Labelled],
    encoder: str,
    settings: TurnSettings,
    folder: Path,
    say: Say,
) -> Report:
    """Train with every seed, keep the best on `held_out`, and write it to `folder`.

    - `torch/`: the network for `--classifier torch:…`
    - `onnx/`: the form that `settings.precision` names, with its card, for `--classifier onnx:…`
    - `fp16/` or `int8/`: the other form
    - `metrics.json`: the report

    Raises `TrainingError` where there is nothing to learn from, or where `folder` holds another training.
    """
    if not documents or not held_out:
        raise TrainingError("there are no turns to learn from, or none held out: name folders with annotated turns")
    fingerprint = _fingerprint(documents, held_out, encoder, settings)
    _claim(folder, fingerprint)
    scores = {}
    for seed in settings.seeds:
        train_seed(documents, held_out, encoder, settings, seed, folder / f"seed-{seed}", say)
        scores[seed] = _best_score(folder / f"seed-{seed}")
        say(f"seed {seed}: macro4_f1 {scores[seed]:.3f} on the documents held out")
    best = max(scores, key=lambda seed: scores[seed])
    kept = folder / f"seed-{best}" / "best"
    network, manifest = read_torch(kept)
    trained = NetworkClassifier.of(kept, manifest, TorchNetwork(network))
    tokenizer = trained.tokenizer
    name = f"protokollant-turns {__version__} {fingerprint[:12]}"
    reference = _logits(trained, held_out).argmax(1)
    variants: dict[str, Variant] = {}
    plain = Calibration(rules_weight=settings.rules_weight).as_json()

    def measured(form: str, target: Path, classifier: NetworkClassifier) -> Calibration:
        calibration, variants[form] = _variant(classifier, held_out, reference, _size(target))
        say(f"{form}: macro4_f1 {variants[form].macro4:.3f}, ECE {variants[form].ece_after:.3f} after calibration")
        return calibration

    for precision in get_args(Precision):
        target = folder / ("onnx" if precision == settings.precision else precision)
        export(network, tokenizer, target, precision, name=f"{name} {precision}", calibration=plain)
        calibration = measured(precision, target, load_onnx(target))
        add_to_manifest(target, calibration=calibration.as_json())
    target = folder / "torch"
    save_torch(network, tokenizer, target, settings, name=f"{name} torch", calibration=plain)
    calibration = measured("torch", target, load_torch(target))
    add_to_manifest(target, calibration=calibration.as_json())
    turns = sum(len(document.labels) for document in documents)
    report = Report(fingerprint, len(documents), turns, scores, best, variants)
    (folder / "metrics.json").write_text(json.dumps(asdict(report), indent=2) + "\n", encoding="utf-8")
    (folder / "onnx" / _CARD).write_text(card(report, settings, documents, encoder), encoding="utf-8")
    return report


def train_seed(
    documents: Sequence[Labelled],
    held_out: Sequence[Labelled],
    encoder: str,
    settings: TurnSettings,
    seed: int,
    folder: Path,
    say: Say,
) -> NetworkClassifier:
    """Return what one seed gives, not calibrated; from `folder` if it is done there, else from its last epoch on."""
    best = folder / "best"
    if not (folder / _DONE).is_file():
        first, tokenizer = load_encoder(encoder, settings.shape.layers)
        positions: int | None = getattr(first.config, "max_position_embeddings", None)
        if positions and settings.shape.window > positions:
            raise TrainingError(f"{encoder} reads {positions} pieces at most: set window to so many, or fewer")

        def make() -> TurnNetwork:
            own, _ = load_encoder(encoder, settings.shape.layers)
            return TurnNetwork(own, settings.shape, settings.schedule, weights)

        weights = _class_weights(documents) if settings.schedule.class_weights else None
        padding = special_id(tokenizer, "<pad>")
        data, held = rows(documents, tokenizer), rows(held_out, tokenizer)
        trained = train(data, held, make, padding, settings, seed, folder / "checkpoints", say)
        plain = Calibration(rules_weight=settings.rules_weight).as_json()
        save_torch(trained.network, tokenizer, best, settings, name=f"seed {seed}", calibration=plain)
        scores = {**trained.scores, "epochs": trained.epochs}
        (folder / _DONE).write_text(json.dumps(scores, indent=2) + "\n", encoding="utf-8")
        shutil.rmtree(folder / "checkpoints")
    return load_torch(best)


def _best_score(folder: Path) -> float:
    return float(json.loads((folder / _DONE).read_text(encoding="utf-8"))["macro4"])


def _class_weights(documents: Sequence[Labelled]) -> Tensor:
    """Weigh labels by the root of their rarity, with a mean of one."""
    counts = np.bincount([LABELS.index(x) for document in documents for x in document.labels], minlength=len(LABELS))
    weights = 1 / np.sqrt(np.maximum(counts, 1))
    return torch.tensor(weights / weights.mean(), dtype=torch.float32)


def _variant(
    classifier: NetworkClassifier, held_out: Sequence[Labelled], reference: NDArray[np.int64], megabytes: float
) -> tuple[Calibration, Variant]:
    logits, gold = _logits(classifier, held_out), _gold(held_out)
    known = np.concatenate([features(document.document) for document in held_out])
    joined = classifier.calibration.joined(logits, known)
    calibration = replace(classifier.calibration, temperature=fit_temperature(joined, gold))
    found = joined.argmax(1)
    scores = label_scores(gold, found)
    return calibration, Variant(
        macro4=scores["macro4"],
        f1={label: scores[f"f1_{label}"] for label in LABELS},
        ece_before=_error(softmax(joined), gold),
        ece_after=_error(softmax(calibration(logits, known)), gold),
        temperature=calibration.temperature,
        same=float((logits.argmax(1) == reference).mean()),
        megabytes=megabytes,
    )


def _logits(classifier: NetworkClassifier, documents: Sequence[Labelled]) -> NDArray[np.float32]:
    return np.concatenate([classifier.logits(document.document) for document in documents])


def _gold(documents: Sequence[Labelled]) -> NDArray[np.int64]:
    return np.asarray([LABELS.index(label) for document in documents for label in document.labels], np.int64)


def _error(probabilities: NDArray[np.float64], gold: NDArray[np.int64]) -> float:
    return expected_calibration_error(probabilities.max(axis=1), probabilities.argmax(axis=1) == gold) or 0.0


def _size(folder: Path) -> float:
    """Return the megabytes of the weights and the tokenizer, without what is written after they were measured."""
    return sum(path.stat().st_size for path in folder.iterdir() if path.name not in (MANIFEST, _CARD)) / 1e6


def _fingerprint(
    documents: Sequence[Labelled], held_out: Sequence[Labelled], encoder: str, settings: TurnSettings
) -> str:
    """Return the hash of everything that the result depends on: texts, labels, features, settings, encoder."""
    digest = hashlib.sha256()
    for part in (documents, held_out):
        for document in sorted(part, key=lambda x: x.name):
            digest.update(repr(document).encode())
        digest.update(b"|")
    digest.update(settings.model_dump_json(exclude={"precision"}).encode())
    digest.update(_encoder_id(encoder).encode())
    return digest.hexdigest()


def _encoder_id(encoder: str) -> str:
    weights = Path(encoder) / "model.safetensors"
    return sha256(weights) if weights.is_file() else encoder


def _claim(folder: Path, fingerprint: str) -> None:
    """Mark a folder as that of this training; `TrainingError` if it is that of another."""
    folder.mkdir(parents=True, exist_ok=True)
    state = folder / _STATE
    if state.is_file():
        if json.loads(state.read_text(encoding="utf-8")).get("fingerprint") != fingerprint:
            raise TrainingError(
                f"{folder} holds a training with other data or settings: name another folder, or remove it"
            )
    elif any(folder.iterdir()):
        raise TrainingError(f"{folder} is not empty, and holds no training that could go on: name another folder")
    else:
        state.write_text(json.dumps({"fingerprint": fingerprint}) + "\n", encoding="utf-8")
