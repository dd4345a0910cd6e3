"""Adapt an encoder to a kind of text without labels: masked language modelling (Devlin et al. 2019). Needs `train`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import torch
from torch import nn
from torch.nn.functional import cross_entropy
from transformers import AutoTokenizer

from models.training import load_encoder
from models.windows import special_id

_MASKED = 0.15
_WINDOWS = 8  # in one step


def adapt(
    source: str,
    texts: Iterable[str],
    folder: Path,
    *,
    epochs: int = 1,
    rate: float = 1e-4,
    seed: int = 0,
    window: int = 256,
    say: Callable[[str], None] = lambda line: None,
) -> None:
    """Read texts with 15 % of their pieces masked, and save the encoder that guesses them better to `folder`.

    Vocabulary and embeddings stay. Of the masked pieces 80 % are replaced by `<mask>`,
    10 % by any piece. Raises `ValueError` where the texts fill no window.
    """
    torch.manual_seed(seed)
    network, tokenizer = load_encoder(source, None)
    positions: int = network.config.max_position_embeddings  # type: ignore[union-attr, assignment]
    window = min(window, positions)
    end = special_id(tokenizer, "</s>")
    ids = [i for text in texts for i in (*tokenizer.encode(text, add_special_tokens=False).ids, end)]
    data = torch.tensor(ids[: len(ids) // window * window]).view(-1, window)
    if not len(data):
        raise ValueError(f"the texts hold less than one window of {window} pieces")
    embeddings = network.embeddings.word_embeddings.weight.detach()  # type: ignore[union-attr, operator]
    for weight in network.embeddings.parameters():  # type: ignore[union-attr]
        weight.requires_grad = False
    size, hidden = embeddings.shape
    guess = nn.Sequential(nn.Linear(hidden, hidden), nn.GELU(), nn.LayerNorm(hidden))
    weights = [w for w in (*network.parameters(), *guess.parameters()) if w.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=rate)
    steps = epochs * -(-len(data) // _WINDOWS)
    decay = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min((step + 1) / 20, (steps - step) / steps))
    mask = special_id(tokenizer, "<mask>")
    network.train()
    seen, total = 0, 0.0
    for _ in range(epochs):
        for part in data[torch.randperm(len(data))].split(_WINDOWS):  # type: ignore[no-untyped-call]
            chosen = torch.rand(part.shape) < _MASKED
            fate = torch.rand(part.shape)
            masked = torch.where(chosen & (fate < 0.8), mask, part)
            masked = torch.where(chosen & (fate > 0.9), torch.randint(size, part.shape), masked)
            states = network(input_ids=masked).last_hidden_state[chosen]
            loss = cross_entropy(guess(states) @ embeddings.T, part[chosen])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(weights, 1.0)
            optimizer.step()
            decay.step()
            seen, total = seen + 1, total + float(loss.detach())
            if seen % 50 == 0 or seen == steps:
                say(f"step {seen} of {steps}: loss {total / (seen % 50 or 50):.3f}")
                total = 0.0
    network.save_pretrained(folder)  # type: ignore[operator]
    AutoTokenizer.from_pretrained(source).save_pretrained(folder)
