"""An encoder of two layers with random weights, its tokenizer, and invented minutes to learn from."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tokenizers import Tokenizer

from corpus.collection import Document
from corpus.generation import generate
from corpus.gold import gold_json
from models.classifier import DocumentInput, TextBlock, TurnInput
from models.labelled import Labelled
from models.settings import Schedule, Shape, TurnSettings
from pipeline import load
from pipeline.labelling import labelled

SURNAMES = (
    *("Lux", "Roth", "Zeh", "Amann", "Maul", "Dreier", "Vogt", "Kern"),
    *("Bohn", "Stark", "Feld", "Busch", "Ahrens", "Wirth", "Noll", "Pape"),
)
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
HEADING = "TOP 1: Bad"
QUESTION = "Frau Lux (SPD) fragt, ob das Bad öffne."
ANSWER = "Herr Roth antwortet Frau Lux, es öffne im Mai."
IDLE = "Die Sitzung ist öffentlich."
TALK = "Herr Zeh meint, das sei spät."
TEXT = "\n".join((HEADING, QUESTION, ANSWER, IDLE, TALK))


def block(line: str) -> TextBlock:
    start = TEXT.index(line)
    return TextBlock(start, start + len(line), line == HEADING)


EXCHANGE = DocumentInput(
    TEXT,
    tuple(map(block, TEXT.split("\n"))),
    (
        TurnInput(QUESTION, 1, "lux", "mandate", ("ask",), "fragen", asks=True, start=TEXT.index(QUESTION)),
        TurnInput(ANSWER, 1, "roth", "administration", ("reply",), "antworten", addressees=("lux",),
                  mentioned=("roth", "lux"), start=TEXT.index(ANSWER)),
        TurnInput(TALK, 1, "zeh", "mandate", ("opinion",), "meinen", start=TEXT.index(TALK)),
    ),
)  # fmt: skip


def settings(seeds: Sequence[int] = (0,), epochs: int = 2, **shape: object) -> TurnSettings:
    """A training of seconds: windows of 64 pieces, dropout where chance could go wrong."""
    return TurnSettings(
        seeds=tuple(seeds),
        shape=Shape.model_validate({"window": 64, "context": 8, "width": 16, **shape}),
        schedule=Schedule(epochs=epochs, documents=2, encoder_rate=1e-3, head_rate=1e-2),
    )


def write_encoder(folder: Path) -> Path:
    """Write it in the form of Hugging Face."""
    import torch
    from transformers import BertConfig, BertModel

    tokenizer = _tokenizer()
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    marks = {"bos_token": "<s>", "cls_token": "<s>", "eos_token": "</s>", "sep_token": "</s>", "pad_token": "<pad>"}
    form = {"tokenizer_class": "PreTrainedTokenizerFast", "unk_token": "<unk>", "mask_token": "<mask>", **marks}
    (folder / "tokenizer_config.json").write_text(json.dumps(form), encoding="utf-8")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=128, pad_token_id=1,
    )  # fmt: skip
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


def _tokenizer() -> Tokenizer:
    from tokenizers import models, normalizers, pre_tokenizers

    words = Counter(f"▁{word}" for document in minutes() for word in document.gold.text.split())
    pieces = [word for word, _ in words.most_common(400) if len(word) > 2]
    characters = sorted({x for document in minutes() for x in document.gold.text if not x.isspace()} | {"▁"})
    scored = [*((x, 0.0) for x in SPECIAL), *((x, -6.0) for x in pieces), *((x, -12.0) for x in characters)]
    tokenizer = Tokenizer(models.Unigram(scored, unk_id=SPECIAL.index("<unk>")))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.add_special_tokens(list(SPECIAL))
    return tokenizer


@cache
def minutes() -> tuple[Document, ...]:
    """Minutes of two invented houses, some 300 turns."""
    return tuple(generate(300, 3, surnames=SURNAMES))


@cache
def learned() -> tuple[Labelled, ...]:
    """The same as the rules read them."""
    return tuple(labelled(minutes(), load(classifier="rules")))


def write_samples(folder: Path, number: int = 6) -> Path:
    """Write the first documents as annotated samples: every third is held out."""
    folder.mkdir(parents=True, exist_ok=True)
    for n, document in enumerate(minutes()[:number]):
        split = ("train", "train", "dev")[n % 3]
        assert document.gold.origin is not None
        gold = document.gold.model_copy(update={"origin": document.gold.origin.model_copy(update={"split": split})})
        (folder / f"{document.name}.txt").write_text(gold.text, encoding="utf-8", newline="")
        (folder / f"{document.name}.json").write_text(gold_json(gold), encoding="utf-8")
    return folder
