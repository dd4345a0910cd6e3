"""The reader of the encoder file, on a tiny file of the same format that the tests write themselves."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from models.e5 import EncoderError, Shape, check_sha256, dequantised, read_e5

SHAPE = Shape(
    hidden=32, layers=2, heads=2, feed_forward=64, vocabulary=44, positions=16, types=2, epsilon=np.float32(1e-12)
)
WORDS = ("▁Weg", "▁We", "▁fragt", "▁nach", "▁Haus", "amt", "Weg", "▁„", "/20", "--------------", "ж", "щ")
TEXTS = ("<s>", "<pad>", "</s>", "<unk>", "▁", *"abcefghnrstuwxyzHWäß.,2“", *WORDS, "<mask>")
SCORES = tuple(0.0 if text.startswith("<") else -8.0 if len(text) == 1 else -5.0 for text in TEXTS)
NORMALISATION = {0x01: "", 0x09: " ", 0x0A: " ", 0x0D: " ", 0xA0: " ", 0x2581: " ", 0xFB01: "fi"}


def q4_0(scales: Sequence[float], nibbles: Sequence[Sequence[int]]) -> bytes:
    """Write blocks as the format has them: element i in the low nibble of byte i, element i + 16 in its high one."""
    written = b""
    for scale, block in zip(scales, nibbles, strict=True):
        written += struct.pack("<e", scale) + bytes(block[i] | block[i + 16] << 4 for i in range(16))
    return written


def e5_bytes(
    shape: Shape = SHAPE,
    texts: Sequence[str] = TEXTS,
    tensors: Mapping[str, tuple[int, int, bytes]] | None = None,
    block: int = 32,
    special: Sequence[int] = (0, 2, 1, 3),
) -> bytes:
    """Write a file; `tensors` replaces type, number of elements and bytes of single tensors, no bytes leave it out."""
    head = b"E5S1" + struct.pack("<I", 1)
    sizes = (shape.hidden, shape.layers, shape.heads, shape.feed_forward, shape.vocabulary, shape.positions)
    head += struct.pack("<7ifi", *sizes, shape.types, shape.epsilon, block)
    pieces = [text.encode() for text in texts]
    bounds = np.cumsum([0, *map(len, pieces)])
    head += struct.pack("<5iQ", len(texts), *special, bounds[-1]) + bounds.astype("<u4").tobytes()
    head += np.array(SCORES[: len(texts)], "<f4").tobytes() + b"".join(pieces)
    entries = [
        struct.pack(f"<IB{len(new)}I", old, len(new), *map(ord, new)) for old, new in sorted(NORMALISATION.items())
    ]
    head += struct.pack("<iI", len(entries), len(b"".join(entries))) + b"".join(entries)
    kept = {**tensors_of(shape), **(tensors or {})}
    kept = {name: tensor for name, tensor in kept.items() if tensor[2]}
    start = len(head) + 4 + sum(2 + len(name) + 21 for name in kept)
    head += struct.pack("<i", len(kept))
    for name, (kind, count, stored) in kept.items():
        head += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", kind, count, start, len(stored))
        start += len(stored)
    return head + b"".join(stored for _, _, stored in kept.values())


def tensors_of(shape: Shape) -> dict[str, tuple[int, int, bytes]]:
    """Draw the tensors of a shape: matrices in 4 bit, positions, types and vectors as floats."""
    drawn = np.random.default_rng(7)
    tensors = {}
    for name, dimensions in shape.tensors():
        count = int(np.prod(dimensions))
        if len(dimensions) == 2 and name not in ("emb.pos", "emb.type"):
            nibbles = drawn.integers(0, 16, (count // 32, 32)).tolist()
            scales = drawn.choice([0.01, 0.02, 0.03], count // 32).tolist()
            tensors[name] = (1, count, q4_0(scales, nibbles))
        else:
            tensors[name] = (0, count, drawn.normal(1, 0.1, count).astype("<f4").tobytes())
    return tensors


def test_dequantises_as_by_hand() -> None:
    first = [0, 15, 8, 7, *[8] * 12, 1, *[8] * 15]
    values = dequantised(q4_0([0.5, -2.0], [first, [9] * 32]))
    assert values.tolist() == [-4.0, 3.5, 0.0, -0.5, *[0.0] * 12, -3.5, *[0.0] * 15, *[-2.0] * 32]
    assert values.dtype == np.float32


def test_reads_what_was_written() -> None:
    source = read_e5(e5_bytes())
    assert source.shape == SHAPE
    assert source.pieces.texts == TEXTS
    assert source.pieces.scores.tolist() == list(SCORES)
    assert (source.pieces.bos, source.pieces.eos, source.pieces.pad, source.pieces.unk) == (0, 2, 1, 3)
    assert source.normalisation == NORMALISATION
    assert {name: tensor.values().shape for name, tensor in source.tensors.items()} == dict(SHAPE.tensors())
    assert len(source.tensors) == 5 + 2 * 16


def test_a_plain_tensor_is_read_as_it_stands() -> None:
    values = np.arange(32, dtype="<f4")
    source = read_e5(e5_bytes(tensors={"l1.oln.b": (0, 32, values.tobytes())}))
    assert source.tensors["l1.oln.b"].values().tolist() == values.tolist()


@pytest.mark.parametrize("name", ["emb.word", "emb.pos"])
def test_single_rows_are_those_of_the_matrix(name: str) -> None:
    tensor = read_e5(e5_bytes()).tensors[name]
    assert np.array_equal(tensor.rows([3, 0, 15]), tensor.values()[[3, 0, 15]])
    assert not np.array_equal(tensor.rows([3]), tensor.values()[[4]])


def test_no_cut_file_is_read() -> None:
    whole = e5_bytes()
    for size in (*range(0, 3000, 7), *range(3000, len(whole), 997), len(whole) - 1):
        with pytest.raises(EncoderError, match=r"ends within|does not begin with"):
            read_e5(whole[:size])


def _changed(at: int, new: bytes) -> bytes:
    whole = e5_bytes()
    return whole[:at] + new + whole[at + len(new) :]


_PIECES_AT = 4 + 4 + 7 * 4 + 4 + 4
_BOUNDS_AT = _PIECES_AT + 5 * 4 + 8
_SCORES_AT = _BOUNDS_AT + (len(TEXTS) + 1) * 4
_TEXTS_AT = _SCORES_AT + len(TEXTS) * 4
_TABLE_AT = _TEXTS_AT + len("".join(TEXTS).encode())


@pytest.mark.parametrize(
    ("stored", "message"),
    [
        (_changed(0, b"GGUF"), "does not begin with E5S1"),
        (_changed(4, struct.pack("<I", 2)), "version 2"),
        (_changed(8, struct.pack("<i", -32)), "not all positive"),
        (_changed(16, struct.pack("<i", 5)), "5 heads do not divide 32"),
        (e5_bytes(block=64), "blocks of 64"),
        (_changed(_PIECES_AT, struct.pack("<i", 45)), "45 pieces for 44 rows"),
        (_changed(_PIECES_AT, struct.pack("<i", -1)), "-1 pieces"),
        (e5_bytes(special=(0, 2, 1, 99)), "special pieces"),
        (_changed(_BOUNDS_AT + 8, struct.pack("<I", 9999)), "do not follow one another"),
        (_changed(_SCORES_AT, struct.pack("<f", float("nan"))), "no finite score"),
        (_changed(_TEXTS_AT, b"\xff"), "not UTF-8"),
        (_changed(_TABLE_AT + 8 + 5 + 5, struct.pack("<I", 0x110000)), "names no character"),
        (_changed(_TABLE_AT, struct.pack("<i", len(NORMALISATION) - 1)), "another length"),
        (_changed(_TABLE_AT, struct.pack("<i", len(NORMALISATION) + 1)), "ends within the normalisation table"),
        (e5_bytes(tensors={"l1.fo.b": (0, 32, b"")}), "lacks 1 tensors, the first is l1.fo.b"),
        (e5_bytes(tensors={"l2.q.b": (0, 32, bytes(128))}), "'l2.q.b' that its 2 layers do not have"),
        (e5_bytes(tensors={"l0.q.b": (2, 32, bytes(128))}), "type 2"),
        (e5_bytes(tensors={"l0.q.b": (0, 64, bytes(256))}), "not 32 elements"),
        (e5_bytes(tensors={"l0.q.w": (1, 1024, bytes(575))}), "1024 elements in 575 bytes"),
    ],
)
def test_damage_is_named(stored: bytes, message: str) -> None:
    with pytest.raises(EncoderError, match=message):
        read_e5(stored)


def test_the_hash_is_compared() -> None:
    check_sha256(b"Weg", hashlib.sha256(b"Weg").hexdigest(), "weg.bin")
    with pytest.raises(EncoderError, match=r"weg\.bin is damaged or another version"):
        check_sha256(b"Wag", hashlib.sha256(b"Weg").hexdigest(), "weg.bin")
