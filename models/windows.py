"""Documents as the encoder reads them: word pieces, and windows of them that fit its positions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.classifier import DocumentInput, TextBlock

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = NDArray[np.int64]
_BERT = {"<s>": "[CLS]", "</s>": "[SEP]", "<pad>": "[PAD]", "<mask>": "[MASK]"}


@dataclass(frozen=True)
class Cut:
    """The pieces of one document in order: `starts` and `ends` are offsets into its text.

    Each block begins with a piece of no width: `<s>` before a heading, `</s>` before everything else (`[CLS]` and
    `[SEP]` where the vocabulary has those). `turns` holds
    a row a turn, the numbers of its first piece and of the one behind its last.
    """

    ids: Ints
    starts: Ints
    ends: Ints
    turns: Ints

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Window:
    """The pieces `begin:end`, of which those before `fresh` are context that the window before has read already."""

    begin: int
    fresh: int
    end: int


def cut(document: DocumentInput, tokenizer: Tokenizer) -> Cut:
    """Cut headings and the blocks that turns touch into pieces; `ValueError` where the tokenizer lacks the marks."""
    heading, other = (special_id(tokenizer, mark) for mark in ("<s>", "</s>"))
    blocks = list(_read(document))
    texts = [document.text[block.start : block.end] for block in blocks]
    ids: list[int] = []
    offsets: list[tuple[int, int]] = []
    encodings = tokenizer.encode_batch(texts, add_special_tokens=False)
    for block, encoding in zip(blocks, encodings, strict=True):
        ids.append(heading if block.heading else other)
        offsets.append((block.start, block.start))
        ids.extend(encoding.ids)
        offsets.extend((block.start + a, block.start + b) for a, b in encoding.offsets)
    spans = np.asarray(offsets, np.int64).reshape(-1, 2)
    starts, ends = spans[:, 0].copy(), spans[:, 1].copy()
    return Cut(np.asarray(ids, np.int64), starts, ends, _turns(document, starts, ends))


def special_id(tokenizer: Tokenizer, mark: str) -> int:
    """Return the id of a special piece by its XLM-R name or its BERT name; `ValueError` where there is neither."""
    for name in (mark, _BERT[mark]):
        found = tokenizer.token_to_id(name)
        if found is not None:
            return found
    raise ValueError(f"the tokenizer has neither {mark} nor {_BERT[mark]}: give an encoder that has one of them")


def _read(document: DocumentInput) -> Iterator[TextBlock]:
    turns = iter(document.turns)
    turn = next(turns, None)
    for block in document.blocks:
        while turn is not None and turn.start + len(turn.text) <= block.start:
            turn = next(turns, None)
        if block.heading or (turn is not None and turn.start < block.end):
            yield block


def _turns(document: DocumentInput, starts: Ints, ends: Ints) -> Ints:
    """Find the pieces that touch each turn; a turn that none touches gets the one behind it."""
    begins = np.asarray([turn.start for turn in document.turns], np.int64)
    behind = np.asarray([turn.start + len(turn.text) for turn in document.turns], np.int64)
    first = np.minimum(np.searchsorted(ends, begins, side="right"), max(len(starts) - 1, 0))
    last = np.searchsorted(starts, behind, side="left")
    return np.stack([first, np.maximum(last, first + 1)], axis=1)


def windows(length: int, size: int, context: int) -> list[Window]:
    """Cut `length` pieces into windows of up to `size`, each beginning with the last `context` of the one before."""
    if not 0 <= context < size:
        raise ValueError(f"a window of {size} pieces cannot have {context} pieces of context")
    found = []
    fresh = 0
    while fresh < length:
        begin = max(0, fresh - context)
        end = min(length, begin + size)
        found.append(Window(begin, fresh, end))
        fresh = end
    return found


@dataclass(frozen=True)
class Batch:
    """Windows of several documents, padded: `ids` and `mask` (windows × pieces).

    `places` has an entry for each piece of the documents, one document after the other: where in `ids`, read row by
    row, the window stands that reads it afresh.
    """

    ids: Ints
    mask: Ints
    places: Ints


def lay_out(documents: Sequence[Ints], size: int, context: int, padding: int) -> Batch:
    """Lay the windows of documents (their piece ids) side by side."""
    cuts = [(ids, window) for ids in documents for window in windows(len(ids), size, context)]
    width = max((window.end - window.begin for _, window in cuts), default=0)
    ids = np.full((len(cuts), width), padding, np.int64)
    mask = np.zeros((len(cuts), width), np.int64)
    places = [np.zeros(0, np.int64)]
    for row, (own, window) in enumerate(cuts):
        length = window.end - window.begin
        ids[row, :length] = own[window.begin : window.end]
        mask[row, :length] = 1
        places.append(row * width + np.arange(window.fresh - window.begin, length))
    return Batch(ids, mask, np.concatenate(places))
