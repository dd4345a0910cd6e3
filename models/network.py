"""The network: an encoder over the pieces of whole documents, and a head over the turns of each.

A turn is the mean of its pieces beside its first piece, and its features; a layer over the turns of the document
joins them, so that an answer can know its question. In the same pass each piece is tagged: does it name a speaker?
Needs torch and transformers (extra `train`).
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, linear, scaled_dot_product_attention
from torch.nn.utils.rnn import pad_sequence

from corpus.record import LABELS
from models.features import COLUMNS
from models.settings import Schedule, Shape

TAGS = ("outside", "begins", "inside")
IGNORED = -100


class TurnHead(nn.Module):
    """Label turns: vectors (turns × 2·hidden) and features (turns × columns) of one document to logits (turns × 5)."""

    def __init__(self, hidden: int, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        width = shape.width
        inputs = (2 * hidden if shape.encoder else 0) + (len(COLUMNS) if shape.features else 0)
        self.inner = nn.Sequential(nn.Dropout(shape.dropout), nn.Linear(inputs, width), nn.GELU(), nn.LayerNorm(width))
        self.dropout = nn.Dropout(shape.dropout)
        self.joined: nn.Module | None = None
        if shape.sequence == "recurrent":
            self.joined = nn.GRU(width, width // 2, bidirectional=True, batch_first=True)
        elif shape.sequence == "attention":
            self.joined = _Attention(width, 4, 2 * width, shape.dropout, batch_first=True)
        self.out = nn.Linear(2 * width if self.joined else width, len(LABELS))
        # from a label (the last row: from the beginning) to a label
        self.transitions = nn.Parameter(torch.zeros(len(LABELS) + 1, len(LABELS))) if shape.crf else None

    def forward(self, vectors: Tensor, features: Tensor) -> Tensor:
        """Return the scores of the labels; with a CRF the logarithms of their probabilities given the document."""
        scores = self.scores(vectors, features)
        return scores if self.transitions is None else _log_marginals(scores, self.transitions)

    def scores(self, vectors: Tensor, features: Tensor) -> Tensor:
        """Return the scores of the labels of each turn, before a CRF joins them."""
        parts = [vectors] if self.shape.encoder else []
        inner = self.inner(torch.cat([*parts, features], dim=-1) if self.shape.features else vectors)
        if self.joined is not None:
            joined = self.joined(inner.unsqueeze(0))
            if self.shape.sequence == "recurrent":
                joined, _ = joined
            inner = torch.cat([inner, joined.squeeze(0)], dim=-1)
        logits: Tensor = self.out(self.dropout(inner))
        return logits


class _Attention(nn.TransformerEncoderLayer):
    """Torch's layer written out for one document: a trace of its own way holds the number of turns of the example."""

    def forward(self, src: Tensor, *_: Any, **__: Any) -> Tensor:
        """Join the turns of a document (1 × turns × width)."""
        turns, own = src, self.self_attn
        parts = linear(turns, own.in_proj_weight, own.in_proj_bias).chunk(3, dim=-1)
        query, key, value = (part.view(1, -1, own.num_heads, own.head_dim).transpose(1, 2) for part in parts)
        dropout = own.dropout if self.training else 0.0
        joined = scaled_dot_product_attention(query, key, value, dropout_p=dropout)
        joined = own.out_proj(joined.transpose(1, 2).flatten(2))
        turns = self.norm1(turns + self.dropout1(joined))
        result: Tensor = self.norm2(turns + self.dropout2(self.linear2(self.dropout(self.linear1(turns).relu()))))
        return result


class TurnNetwork(nn.Module):
    """Encoder, head over turns and tags of pieces; `forward` takes what `models.training.Collator` gives."""

    def __init__(self, encoder: nn.Module, shape: Shape, schedule: Schedule, weights: Tensor | None = None) -> None:
        super().__init__()
        self.hidden: int = encoder.config.hidden_size  # type: ignore[assignment, union-attr]
        self.encoder, self.shape, self.schedule = encoder, shape, schedule
        self.head = TurnHead(self.hidden, shape)
        self.tags = nn.Linear(self.hidden, len(TAGS))
        self.register_buffer("weights", weights, persistent=False)

    def pieces(self, ids: Tensor, mask: Tensor, places: Tensor) -> Tensor:
        """Return the vectors of the pieces (pieces × hidden), one document after the other."""
        if not self.shape.encoder:
            return torch.zeros(len(places), self.hidden)
        states: Tensor = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return states.flatten(0, 1).index_select(0, places)

    def forward(
        self,
        ids: Tensor,
        mask: Tensor,
        places: Tensor,
        turns: Tensor,
        documents: Tensor,
        features: Tensor,
        labels: Tensor | None = None,
        tags: Tensor | None = None,
    ) -> dict[str, Tensor]:
        pieces = self.pieces(ids, mask, places)
        vectors = turn_vectors(pieces, turns)
        if self.training and self.schedule.feature_dropout:
            kept = torch.rand(len(features), 1) >= self.schedule.feature_dropout
            features = features * kept
        sizes = torch.bincount(documents).tolist() if len(documents) else []
        parts = zip(torch.split(vectors, sizes), torch.split(features, sizes), strict=True)
        transitions = self.head.transitions
        if transitions is None or labels is None or not self.training:
            logits = torch.cat([self.head(x, y) for x, y in parts if len(x)])
        else:
            logits = torch.cat([self.head.scores(x, y) for x, y in parts if len(x)])
        output = {"logits": logits.float()}
        if labels is not None:
            if transitions is None or not self.training:
                loss = self._loss(logits, labels)
            else:
                loss = _sequence_loss(logits, labels, sizes, transitions)
            if self.shape.tags and tags is not None:
                loss = loss + self.schedule.tag_weight * cross_entropy(self.tags(pieces), tags, ignore_index=IGNORED)
            output = {"loss": loss, **output}
        return output

    def _loss(self, logits: Tensor, labels: Tensor) -> Tensor:
        smoothing = self.schedule.label_smoothing
        losses = cross_entropy(logits, labels, self.weights, reduction="none", label_smoothing=smoothing)  # type: ignore[arg-type]
        if self.schedule.focus:
            right = logits.softmax(-1).gather(1, labels.unsqueeze(1)).squeeze(1)
            losses = losses * (1 - right) ** self.schedule.focus
        return losses.mean()


def _sequence_loss(scores: Tensor, labels: Tensor, sizes: list[int], transitions: Tensor) -> Tensor:
    """Return the negative log-likelihood of the labels of each document in a linear-chain CRF, per turn."""
    padded = pad_sequence(list(torch.split(scores, sizes)), batch_first=True)
    gold = pad_sequence(list(torch.split(labels, sizes)), batch_first=True)
    lengths = torch.tensor(sizes)
    start, steps = transitions[-1], transitions[:-1]
    alpha = padded[:, 0] + start
    right = alpha.gather(1, gold[:, :1]).squeeze(1)
    for t in range(1, padded.shape[1]):
        alive = (t < lengths).unsqueeze(1)
        onward = torch.logsumexp(alpha.unsqueeze(2) + steps, dim=1) + padded[:, t]
        step = padded[:, t].gather(1, gold[:, t : t + 1]).squeeze(1) + steps[gold[:, t - 1], gold[:, t]]
        alpha = torch.where(alive, onward, alpha)
        right = right + step * alive.squeeze(1)
    return (torch.logsumexp(alpha, dim=1) - right).sum() / max(sum(sizes), 1)


@torch.jit.script_if_tracing  # type: ignore[untyped-decorator]
def _log_marginals(scores: Tensor, transitions: Tensor) -> Tensor:
    """Return the log-probability of each label of each turn, summed over all labellings of the others."""
    # scripted for the export: a trace would hold as many steps as its example has turns
    start, steps = transitions[-1], transitions[:-1]
    alpha = scores[0:1] + start
    forwards = alpha
    for t in range(1, len(scores)):
        alpha = torch.logsumexp(alpha.transpose(0, 1) + steps, dim=0, keepdim=True) + scores[t]
        forwards = torch.cat([forwards, alpha])
    beta = torch.zeros_like(alpha)
    backwards = beta
    for t in range(len(scores) - 1, 0, -1):
        beta = torch.logsumexp(steps + scores[t] + beta, dim=1).unsqueeze(0)
        backwards = torch.cat([beta, backwards])
    return (forwards + backwards).log_softmax(-1)


def turn_vectors(pieces: Tensor, turns: Tensor) -> Tensor:
    """Return the mean of the pieces of each turn beside its first piece (turns × 2·hidden)."""
    sums = torch.cat([pieces.new_zeros(1, pieces.shape[1]), pieces.float().cumsum(0)])
    lengths = (turns[:, 1] - turns[:, 0]).unsqueeze(1)
    means = (sums.index_select(0, turns[:, 1]) - sums.index_select(0, turns[:, 0])) / lengths
    return torch.cat([means, pieces.index_select(0, turns[:, 0]).float()], dim=-1)


def parameter_groups(network: TurnNetwork, schedule: Schedule) -> list[dict[str, Any]]:
    """Return the encoder's weights and the others with their own rates; biases and norms do not decay."""
    if schedule.frozen_embeddings:
        for name, weight in network.encoder.named_parameters():
            weight.requires_grad = not name.startswith("embeddings.")
    named = [(name, weight) for name, weight in network.named_parameters() if weight.requires_grad]
    groups = []
    for rate, encoder in ((schedule.encoder_rate, True), (schedule.head_rate, False)):
        own = [weight for name, weight in named if name.startswith("encoder.") == encoder]
        matrices, others = [w for w in own if w.ndim > 1], [w for w in own if w.ndim <= 1]
        groups.append({"params": matrices, "lr": rate, "weight_decay": schedule.weight_decay})
        groups.append({"params": others, "lr": rate, "weight_decay": 0.0})
    return [group for group in groups if group["params"]]
