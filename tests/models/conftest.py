from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import pytest
import torch
from tokenizers import Tokenizer

from models.calibration import Calibration
from models.export import export
from models.network import TurnNetwork
from models.settings import Precision, Schedule, Shape, TurnSettings
from models.torch_network import save_torch
from models.training import load_encoder
from tests.models.tiny import settings, write_encoder

MakeNetwork = Callable[..., TurnNetwork]


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the tiny encoder."""
    return write_encoder(tmp_path_factory.mktemp("encoder"))


@pytest.fixture(scope="session")
def tokenizer(encoder: Path) -> Tokenizer:
    return load_encoder(str(encoder), None)[1]


@pytest.fixture(scope="session")
def make_network(encoder: Path) -> MakeNetwork:
    """Make a network with random weights, the same ones for the same arguments."""

    def make(schedule: Schedule = Schedule(), **shape: object) -> TurnNetwork:  # noqa: B008
        torch.manual_seed(1)
        wanted: Shape = settings(**shape).shape
        network = TurnNetwork(load_encoder(str(encoder), wanted.layers)[0], wanted, schedule)
        if network.head.transitions is not None:
            torch.nn.init.normal_(network.head.transitions)
        return network.eval()

    return make


@dataclass(frozen=True)
class Folders:
    """One network as torch and ONNX store it."""

    torch: Path
    fp16: Path
    int8: Path


@pytest.fixture(scope="session")
def exported(make_network: MakeNetwork, tokenizer: Tokenizer, tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """The folders of a network whose labels vary."""
    folder = tmp_path_factory.mktemp("weights")
    return write_forms(make_network(width=32), tokenizer, folder)


def write_forms(network: TurnNetwork, tokenizer: Tokenizer, folder: Path) -> Folders:
    """Write a network in every form, with a temperature of 2."""
    found = Folders(*(folder / form for form in ("torch", "fp16", "int8")))
    calibration = Calibration(temperature=2.0).as_json()
    whole = TurnSettings(shape=network.shape)
    save_torch(network, tokenizer, found.torch, whole, name="tiny torch", calibration=calibration)
    for precision in get_args(Precision):
        export(network, tokenizer, folder / precision, precision, name=f"tiny {precision}", calibration=calibration)
    return found
