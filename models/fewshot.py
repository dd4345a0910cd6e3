"""Few-shot labelling: an encoder tuned on pairs of examples, then logistic regression on its vectors.

After SetFit (Tunstall et al. 2022, Efficient Few-Shot Learning Without Prompts): pairs of turns with one label are
drawn together, others apart, by the mean squared error of the cosine. A turn is read alone. Kept as a comparison.
Needs the extra `train`.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn.functional import cosine_similarity, mse_loss

from corpus.record import Label
from models.labelled import Labelled
from models.training import load_encoder
from models.windows import special_id

_LONGEST = 128  # pieces of a turn
_PAIRS = 16  # in one step


def few_shot(
    documents: Sequence[Labelled], held_out: Sequence[Labelled], encoder: str, shots: int, layers: int | None, seed: int
) -> list[list[Label]]:
    """Return the labels of the turns held out, learned from `shots` turns of each label."""
    torch.manual_seed(seed)
    network, tokenizer = load_encoder(encoder, layers)
    tokenizer.enable_truncation(_LONGEST)
    tokenizer.enable_padding(pad_id=special_id(tokenizer, "<pad>"))
    examples = _examples(documents, shots, random.Random(seed))
    texts, labels = [text for text, _ in examples], [label for _, label in examples]
    _draw_together(network, tokenizer, texts, labels, random.Random(seed))
    classifier = LogisticRegression(max_iter=1000).fit(_vectors(network, tokenizer, texts), labels)
    return [
        list(classifier.predict(_vectors(network, tokenizer, [turn.text for turn in document.document.turns])))
        for document in held_out
    ]


def _examples(documents: Sequence[Labelled], shots: int, chance: random.Random) -> list[tuple[str, Label]]:
    by_label: dict[Label, list[str]] = {}
    for document in documents:
        for turn, label in zip(document.document.turns, document.labels, strict=True):
            by_label.setdefault(label, []).append(turn.text)
    return [
        (text, label)
        for label, texts in sorted(by_label.items())
        for text in chance.sample(texts, min(shots, len(texts)))
    ]


def _draw_together(
    network: nn.Module, tokenizer: Tokenizer, texts: Sequence[str], labels: Sequence[Label], chance: random.Random
) -> None:
    """Each text is paired four times: twice with one of its label, twice with another."""
    numbers = range(len(texts))
    pairs = []
    for i in numbers:
        same = [j for j in numbers if labels[j] == labels[i] and j != i] or [i]
        other = [j for j in numbers if labels[j] != labels[i]] or [i]
        pairs += [(i, chance.choice(same), 1.0) for _ in range(2)] + [(i, chance.choice(other), 0.0) for _ in range(2)]
    chance.shuffle(pairs)
    optimizer = torch.optim.AdamW(network.parameters(), lr=5e-5)
    network.train()
    for at in range(0, len(pairs), _PAIRS):
        part = pairs[at : at + _PAIRS]
        left = _means(network, tokenizer, [texts[i] for i, _, _ in part])
        right = _means(network, tokenizer, [texts[j] for _, j, _ in part])
        loss = mse_loss(cosine_similarity(left, right), torch.tensor([wanted for _, _, wanted in part]))
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    network.eval()


@torch.no_grad()
def _vectors(network: nn.Module, tokenizer: Tokenizer, texts: Sequence[str]) -> NDArray[np.float32]:
    parts = [_means(network, tokenizer, texts[at : at + 32]).numpy() for at in range(0, len(texts), 32)]
    return np.concatenate(parts)


def _means(network: nn.Module, tokenizer: Tokenizer, texts: Sequence[str]) -> Tensor:
    encodings = tokenizer.encode_batch(list(texts))
    ids = torch.tensor([encoding.ids for encoding in encodings])
    mask = torch.tensor([encoding.attention_mask for encoding in encodings])
    states: Tensor = network(input_ids=ids, attention_mask=mask).last_hidden_state
    weights = mask.unsqueeze(-1).float()
    return (states * weights).sum(1) / weights.sum(1)
