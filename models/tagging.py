"""Names of speakers as the token head of a trained network tags them. Needs the extra `train`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from tokenizers import Tokenizer

from models.classifier import DocumentInput
from models.network import TurnNetwork
from models.windows import cut, lay_out, special_id

Span = tuple[int, int]


@torch.inference_mode()
def tagged_speakers(network: TurnNetwork, tokenizer: Tokenizer, document: DocumentInput) -> list[list[Span]]:
    """Return for each turn the spans of the document's text that name its speakers, in order."""
    pieces = cut(document, tokenizer)
    shape = network.shape
    laid = lay_out([pieces.ids], shape.window, shape.context, special_id(tokenizer, "<pad>"))
    vectors = network.pieces(torch.from_numpy(laid.ids), torch.from_numpy(laid.mask), torch.from_numpy(laid.places))
    tags = network.tags(vectors).argmax(-1).numpy()
    spans = ((document.text, pieces.starts[a:b], pieces.ends[a:b], tags[a:b]) for a, b in pieces.turns)
    return [list(_decoded(*turn)) for turn in spans]


def _decoded(text: str, starts: np.ndarray, ends: np.ndarray, tags: np.ndarray) -> Iterator[Span]:
    """Join a piece that begins a name and the inner ones behind it; an inner piece without a beginning begins one."""
    open_: Span | None = None
    for start, end, tag in zip(starts.tolist(), ends.tolist(), tags.tolist(), strict=True):
        if start == end:
            continue
        if open_ and tag == 2:
            open_ = (open_[0], end)
            continue
        if open_:
            yield _trimmed(text, *open_)
        open_ = (start, end) if tag else None
    if open_:
        yield _trimmed(text, *open_)


def _trimmed(text: str, start: int, end: int) -> Span:
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())
