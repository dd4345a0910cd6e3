"""Write a trained network as ONNX files that run without torch: the encoder, and the head over turns."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from corpus.record import LABELS
from models.features import COLUMNS
from models.inference import ENCODER, HEAD, TOKENIZER
from models.network import TurnNetwork
from models.settings import Precision
from models.weights import write_manifest

_OPSET = 17


class _States(nn.Module):
    """The encoder with one plain argument and one plain result; windows run alone, so nothing is ever masked."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor) -> Tensor:
        states: Tensor = self.encoder(input_ids=ids).last_hidden_state
        return states


def export(network: TurnNetwork, tokenizer: Tokenizer, folder: Path, precision: Precision, **manifest: Any) -> None:
    """Write `encoder.onnx`, `head.onnx`, `tokenizer.json` and the manifest into a folder.

    `int8` quantises the weights of the encoder per channel (activations while it runs), `fp16` stores them in half
    precision and computes in single. `manifest` must hold what `models.inference` reads: name and temperature.
    """
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()  # else dropout stays in the graph
    plain = folder / "plain.onnx"
    ids = torch.ones((1, 8), dtype=torch.int64)
    network.encoder.set_attn_implementation("eager")  # type: ignore[operator]  # the fastest under onnxruntime
    _write(_States(network.encoder), (ids,), plain, {"ids": {0: "windows", 1: "pieces"}}, "states")
    _STORE[precision](plain, folder / ENCODER)
    plain.unlink()
    vectors, features = torch.zeros(3, 2 * network.hidden), torch.zeros(3, len(COLUMNS))
    each = {0: "turns"}
    _write(network.head, (vectors, features), folder / HEAD, {"vectors": each, "features": each}, "logits")
    tokenizer.save(str(folder / TOKENIZER))
    write_manifest(
        folder,
        (ENCODER, HEAD, TOKENIZER),
        labels=list(LABELS),
        columns=list(COLUMNS),
        window=network.shape.window,
        context=network.shape.context,
        **manifest,
    )


def _write(
    module: nn.Module, arguments: tuple[Tensor, ...], path: Path, axes: dict[str, dict[int, str]], output: str
) -> None:
    first = next(iter(axes.values()))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what torch and transformers say of their own code; tests compare the results
        torch.onnx.export(
            module.eval(),
            arguments,
            str(path),
            input_names=list(axes),
            output_names=[output],
            dynamic_axes={**axes, output: first},
            opset_version=_OPSET,
            dynamo=False,
        )


def _int8(plain: Path, path: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(plain, path, per_channel=True, weight_type=QuantType.QInt8)


def _fp16(plain: Path, path: Path) -> None:
    """Store the weights in half precision and cast them back in the graph: onnxruntime does so once, at the start."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    model = onnx.load(plain)
    casts = []
    for weight in model.graph.initializer:
        if weight.data_type != TensorProto.FLOAT or numpy_helper.to_array(weight).size < 1024:
            continue
        halved = numpy_helper.from_array(numpy_helper.to_array(weight).astype("float16"), f"{weight.name}.half")
        casts.append(helper.make_node("Cast", [halved.name], [weight.name], to=TensorProto.FLOAT))
        weight.CopyFrom(halved)
    nodes = list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend([*casts, *nodes])
    onnx.save(model, path)


_STORE: dict[Precision, Callable[[Path, Path], None]] = {"int8": _int8, "fp16": _fp16}
