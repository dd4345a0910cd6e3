"""The turn classifier under torch, from a folder that a training wrote. Needs the extra `train`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from transformers import AutoConfig, AutoModel

from corpus.record import LABELS
from models.features import COLUMNS
from models.inference import TOKENIZER, Floats, NetworkClassifier, check_version
from models.network import TurnNetwork
from models.settings import TurnSettings
from models.weights import read_manifest, write_manifest
from models.windows import Ints

WEIGHTS, CONFIG = "model.safetensors", "config.json"


class TorchNetwork:
    """A network under torch, on the CPU."""

    def __init__(self, network: TurnNetwork) -> None:
        self.network = network.eval()

    @torch.inference_mode()
    def encode(self, ids: Ints) -> Floats:
        """Return the vectors of windows of equal length."""
        pieces = torch.from_numpy(ids)
        states = self.network.encoder(input_ids=pieces).last_hidden_state
        return cast(Floats, states.numpy())

    @torch.inference_mode()
    def label(self, vectors: Floats, features: Floats) -> Floats:
        """Return the scores of turns."""
        return cast(Floats, self.network.head(torch.from_numpy(vectors), torch.from_numpy(features)).numpy())


def save_torch(
    network: TurnNetwork, tokenizer: Tokenizer, folder: Path, settings: TurnSettings, **manifest: Any
) -> None:
    """Write weights (safetensors), the encoder's configuration, the tokenizer and the manifest into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    save_file({name: w.contiguous() for name, w in network.state_dict().items()}, folder / WEIGHTS)
    network.encoder.config.save_pretrained(folder)  # type: ignore[operator, union-attr]
    tokenizer.save(str(folder / TOKENIZER))
    content = {
        "labels": list(LABELS),
        "columns": list(COLUMNS),
        "window": settings.shape.window,
        "context": settings.shape.context,
        "settings": settings.model_dump(mode="json"),
        **manifest,
    }
    write_manifest(folder, (WEIGHTS, CONFIG, TOKENIZER), **content)


def read_torch(folder: Path) -> tuple[TurnNetwork, dict[str, Any]]:
    """Return the network in a folder and what its manifest says; `WeightsError` where it is incomplete or damaged."""
    manifest = read_manifest(folder, (WEIGHTS, CONFIG, TOKENIZER))
    check_version(folder, manifest)
    settings = TurnSettings.model_validate(manifest["settings"])
    encoder = AutoModel.from_config(AutoConfig.from_pretrained(folder), add_pooling_layer=False)  # type: ignore[no-untyped-call]
    network = TurnNetwork(encoder, settings.shape, settings.schedule)
    network.load_state_dict(load_file(folder / WEIGHTS))
    return network, manifest


def load_torch(folder: Path) -> NetworkClassifier:
    """Load a classifier to run under torch; `WeightsError` as `read_torch` raises it."""
    network, manifest = read_torch(folder)
    return NetworkClassifier.of(folder, manifest, TorchNetwork(network))
