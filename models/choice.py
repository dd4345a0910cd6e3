"""Which turn classifier is meant by `embedded`, `rules`, `onnx:PATH` or `torch:PATH`."""

from __future__ import annotations

from pathlib import Path

from models.baseline import RuleBaseline
from models.classifier import TurnClassifier
from models.weights import embedded_folder

EMBEDDED, RULES = "embedded", "rules"


def is_choice(name: str) -> bool:
    """Tell whether a name is one that `make_classifier` takes, whatever its folder holds."""
    kind, _, path = name.partition(":")
    return name in (EMBEDDED, RULES) or (kind in ("onnx", "torch") and bool(path))


def make_classifier(choice: str = EMBEDDED, threads: int = 0) -> TurnClassifier:
    """Return the classifier of that choice; `threads` for one document (0: as many as there are cores).

    Raises `ValueError` for another word, `WeightsError` where a folder's weights are missing or damaged, and
    `ModuleNotFoundError` for `torch:` without the extra `train`.
    """
    kind, _, path = choice.partition(":")
    if choice == RULES:
        return RuleBaseline()
    if choice == EMBEDDED or (kind == "onnx" and path):
        from models.inference import load_onnx

        return load_onnx(embedded_folder() if choice == EMBEDDED else Path(path), threads)
    if kind == "torch" and path:
        try:
            from models.torch_network import load_torch
        except ModuleNotFoundError as error:
            raise ModuleNotFoundError(f"{choice} needs {error.name}: pip install 'protokollant[train]'") from error
        return load_torch(Path(path))
    raise ValueError(f"no such classifier: {choice}; give {EMBEDDED}, {RULES}, onnx:FOLDER or torch:FOLDER")
